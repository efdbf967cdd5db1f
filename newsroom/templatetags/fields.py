"""How a form's field is put into a page (templates/_form_field.html)."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def without_placeholder(field: BoundField) -> SafeString:
    """The field's input; its label stands above it, and a placeholder would only say it twice, in pale grey."""
    return field.as_widget(attrs={"placeholder": False})
