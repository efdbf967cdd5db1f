"""The section navigation, on every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.models import Section
from publication import versions
from publication.standing import stands_on


def sections(request: HttpRequest) -> dict[str, Any]:
    """`sections`: top-level sections, each with its `subsections`; one query, when a template asks."""
    # A section's admin raises the key of what every page shows.
    stands_on(versions.PUBLICATION)
    return {"sections": SimpleLazyObject(Section.objects.tree)}
