"""The section navigation, on every page."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.models import Section
from publication.furniture import thing


def sections(request: HttpRequest) -> dict[str, Any]:
    """`sections`: top-level sections, each with its `subsections`; one query, when a template asks."""
    return {"sections": SimpleLazyObject(tree)}


def place(slug: str) -> Section:
    """The section or sub-section at this address; Http404 for none."""
    for section in tree():
        for one in (section, *section.subsections):
            if one.slug == slug:
                return one
    raise Http404


def tree() -> list[Section]:
    """A section's admin raises the key of what every page shows."""
    return thing("sections", Section.objects.tree)
