"""The section navigation, on every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.models import Section


def sections(request: HttpRequest) -> dict[str, Any]:
    """`sections`: top-level sections, each with its `subsections`; one query, when a template asks."""
    return {"sections": SimpleLazyObject(Section.objects.tree)}
