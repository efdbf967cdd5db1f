"""Varnish and CDNs are told which keys have changed; what they hold under them is asked for anew.

One POST to PURGE_URL with the keys in `Surrogate-Key` (and PURGE_TOKEN as a bearer token, where there is one).
A background task sends it after the commit: an edge that does not answer slows no verb, and what it keeps is
older than s-maxage allows no longer than that.
"""

import urllib.request
from collections.abc import Iterable

from django.conf import settings
from django_tasks import task

# Seconds; an edge that takes longer is asked again by the next change.
TIMEOUT = 3


def tell(keys: Iterable[str]) -> None:
    """Nothing where the paper has no edge that wants to be told."""
    if settings.PURGE_URL:
        purge.enqueue(sorted(keys))


@task()
def purge(keys: list[str]) -> None:
    """Safe to run twice. urllib.error.URLError where the edge refuses; the task then stands among the failed."""
    headers = {"Surrogate-Key": " ".join(key.replace(":", "-") for key in keys)}
    if settings.PURGE_TOKEN:
        headers["Authorization"] = f"Bearer {settings.PURGE_TOKEN}"
    request = urllib.request.Request(settings.PURGE_URL, method="POST", headers=headers)  # noqa: S310 - http(s), checked by newsroom.environment
    with urllib.request.build_opener(_NoRedirect).open(request, timeout=TIMEOUT):
        pass


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The address is the operator's; where it points on is nobody's business."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None
