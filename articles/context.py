"""The section navigation, on every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.models import Section
from publication.furniture import thing


def sections(request: HttpRequest) -> dict[str, Any]:
    """`sections`: top-level sections, each with its `subsections`; one query, when a template asks."""
    return {"sections": SimpleLazyObject(tree)}


def tree() -> list[Section]:
    """A section's admin raises the key of what every page shows."""
    return thing("sections", Section.objects.tree)
