"""Deploy checks: what the law wants on every page, named while it is blank."""

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from publication.models import Publication


@register(Tags.models, deploy=True)
def legal_items(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """One warning per blank legal item; silent while there is no database or no table yet."""
    try:
        blank = Publication.objects.current().blank_legal_items()
    except (DatabaseError, OSError):
        return []
    return [
        Warning(
            f"The publication's “{item}” is blank; an internet newspaper must show it (Newspaper Act §21).",
            hint="Fill it in under Admin → Publication.",
            id="publication.W001",
        )
        for item in blank
    ]
