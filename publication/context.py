"""What every template knows of the paper."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from publication import clock
from publication.models import PolicyPage, Publication


def paper(request: HttpRequest) -> dict[str, Any]:
    """`publication`, `policy_pages`, `copyright_year` (of today in the paper's time zone), `site_url`."""
    return {
        "publication": SimpleLazyObject(Publication.objects.current),
        "policy_pages": PolicyPage.objects.filter(is_shown=True).only("slug", "title"),
        "copyright_year": timezone.localtime(clock.now()).year,
        "site_url": settings.SITE_URL,
    }
