"""What every template knows of the paper."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from publication import clock, versions
from publication.models import PolicyPage, Publication
from publication.standing import ends_at, stands_on


def paper(request: HttpRequest) -> dict[str, Any]:
    """`publication`, `policy_pages`, `copyright_year` (of today in the paper's time zone), `site_url`."""
    today = timezone.localtime(clock.now())
    stands_on(versions.PUBLICATION)
    ends_at(datetime(today.year + 1, 1, 1, tzinfo=today.tzinfo))
    return {
        "publication": SimpleLazyObject(Publication.objects.current),
        "policy_pages": PolicyPage.objects.filter(is_shown=True).only("slug", "title"),
        "copyright_year": today.year,
        "site_url": settings.SITE_URL,
    }
