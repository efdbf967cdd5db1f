"""What every template knows of the paper."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from publication import clock
from publication.furniture import thing
from publication.models import PolicyPage, Publication
from publication.standing import ends_at


def paper(request: HttpRequest) -> dict[str, Any]:
    """`publication`, `policy_pages`, `copyright_year` (of today in the paper's time zone), `site_url`."""
    today = timezone.localtime(clock.now())
    ends_at(datetime(today.year + 1, 1, 1, tzinfo=today.tzinfo))
    return {
        "publication": SimpleLazyObject(current),
        "policy_pages": SimpleLazyObject(policy_pages),
        "copyright_year": today.year,
        "site_url": settings.SITE_URL,
    }


def current() -> Publication:
    return thing("publication", Publication.objects.current)


def policy_pages() -> list[PolicyPage]:
    """Those that are shown, without their texts."""
    shown = PolicyPage.objects.filter(is_shown=True).only("slug", "title")
    return thing("policy pages", lambda: list(shown))
