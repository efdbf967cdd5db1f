"""The paper's facts and its policy pages in the admin; the audit log stands in admin_audit.py."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import permissions
from accounts.guarded import GuardedAdmin
from articles.rerendering import RENDERED_FACTS, render_all
from articles.widgets import TextWidget, nonced_media
from newsroom.admin_audit import AuditAdmin
from newsroom.admin_people import PeopleAdmin
from publication import branding, versions
from publication.models import PolicyPage, Publication

__all__ = ["AuditAdmin", "PeopleAdmin", "PolicyPageAdmin", "PublicationAdmin"]

# A role is given on the person's page; a bare list of groups would only show names nobody may change.
admin.site.unregister(Group)


# What each pattern may name in braces; anything else would stand in the paper as it was typed.
TOKENS = {
    "copyright_line": ("{publication}",),
    "dateline_pattern": ("{publication}", "{byline}"),
    "credit_pattern": ("{credit}",),
}


class PublicationForm(forms.ModelForm):
    """The facts; pictures are taken in as untrusted ones are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in Publication.LEGAL_ITEMS:
            field, is_blank = self.fields[name], not getattr(self.instance, name)
            field.help_text = (
                _("Still blank: the law wants it at the foot of every page.")
                if is_blank
                else _("The law wants it at the foot of every page.")
            )
            if is_blank:
                field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} is-missing".strip()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name, tokens in TOKENS.items():
            rest = data.get(name) or ""
            for token in tokens:
                rest = rest.replace(token, "")
            if "{" in rest or "}" in rest:
                message = gettext("Only {tokens} may stand in braces here.")
                self.add_error(name, message.replace("{tokens}", ", ".join(tokens)))
        return data

    def clean_logo(self) -> Any:
        return self._picture("logo")

    def clean_default_share_picture(self) -> Any:
        return self._picture("default_share_picture")

    def _picture(self, field: str) -> Any:
        """A new file is encoded anew; what stands there already, or "clear", passes."""
        file = self.cleaned_data[field]
        return branding.encoded(file) if isinstance(file, UploadedFile) else file


@admin.register(Publication)
class PublicationAdmin(GuardedAdmin):
    """One row: the list leads straight to it."""

    may_view = may_change = staticmethod(permissions.can_manage_publication)
    form = PublicationForm
    fieldsets = (
        (
            _("The newspaper"),
            {"fields": ("name", "corporation", "registration_number", "registered_on", "issued_on")},
        ),
        (
            _("Responsible"),
            {
                "fields": (
                    "publisher",
                    "editor",
                    "youth_officer",
                    "privacy_officer",
                    "ombudsman",
                    "arrangement_officer",
                )
            },
        ),
        (_("Contact"), {"fields": ("address", "phone", "email")}),
        (
            _("Words on the page"),
            {
                "fields": (
                    "copyright_line",
                    "byline_label",
                    "published_label",
                    "modified_label",
                    "dateline_pattern",
                    "credit_pattern",
                )
            },
        ),
        (_("Pictures"), {"fields": ("logo", "default_share_picture")}),
        (
            _("Being found"),
            {
                "fields": (
                    "description",
                    "profiles",
                    "x_account",
                    "feed_text",
                    "websub_hub",
                    "ads_txt",
                    "security_contact",
                )
            },
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Publication.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)
        row = Publication.objects.first()
        name = "admin:publication_publication_change" if row else "admin:publication_publication_add"
        return redirect(reverse(name, args=[row.pk] if row else []))

    def save_model(self, request: HttpRequest, obj: Publication, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "logo" in form.changed_data:
            branding.make_icons(obj)
        if RENDERED_FACTS.intersection(form.changed_data):
            transaction.on_commit(lambda: render_all.enqueue())
        if blank := obj.blank_legal_items():
            message = gettext(
                "Saved, but the law wants these at the foot of every page, and they are blank: {items}"
            )
            messages.warning(request, message.format(items=", ".join(blank)))

    def version_keys(self, obj: models.Model) -> list[str]:
        return [versions.PUBLICATION]


@admin.register(PolicyPage)
class PolicyPageAdmin(GuardedAdmin):
    may_view = may_change = staticmethod(permissions.can_manage_publication)
    list_display = ("title", "slug", "order", "is_shown", "updated_at")
    list_editable = ("order", "is_shown")

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never: the law and other pages point to them. One that is not needed is hidden."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        # The address of a page that exists is printed, linked and bookmarked.
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: models.Model | None = None) -> dict:
        return {} if obj else {"slug": ("title",)}

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, widgets={"body": TextWidget()}, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        context["media"] = nonced_media(context["media"], request)
        return super().render_change_form(request, context, *args, **kwargs)

    def version_keys(self, obj: models.Model) -> list[str]:
        return [versions.PUBLICATION]
