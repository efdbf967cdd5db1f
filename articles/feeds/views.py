"""The feeds' addresses. ConditionalGetMiddleware answers 304 by the time set here or by the bytes."""

from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from articles import pages
from articles.feeds import entries, forms
from articles.feeds.places import PLACES
from publication import audit, clock, versions
from publication.http import public_page
from publication.models import FeedText, Publication
from publication.standing import ends_at, stands_on

# Whose deeds change a feed.
TELLING = (
    "articles.article",
    "articles.section",
    "articles.series",
    "articles.reporter",
    "articles.photo",
    "articles.reporter",
    "publication.publication",
    "taggit.tag",
)


@require_safe
@public_page
def feed(request: HttpRequest, place: str, form: str, **address: str | int) -> HttpResponse:
    """One feed; 404 where the page of the same place answers 404."""
    now = clock.now()
    found = PLACES[place](**address)
    publication = Publication.objects.current()
    stands_on(found.key, versions.PUBLICATION)
    ends_at(pages.next_publication(now))
    told = entries.newest(found.listed, full=publication.feed_text == FeedText.FULL)
    if not told and not found.may_be_empty:
        raise Http404
    text = forms.write(form, forms.head(found, form, publication, told), told)
    response = HttpResponse(text, content_type=f"{forms.MIME[form]}; charset=utf-8")
    if (changed := _changed_at(told, now)) is not None:
        response["Last-Modified"] = http_date(changed.timestamp())
    # Reader programs that run in a browser may read it: it is the same for everybody.
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _changed_at(told: list[entries.Entry], now: datetime) -> datetime | None:
    """Never before the last change: the newest article's second, or the last deed, also a withdrawal.

    None within the second of the change, because more may change in it and HTTP counts in seconds.
    """
    moments = [entry.published for entry in told[:1]]
    deed = audit.last(*TELLING)
    latest = max([*moments, deed] if deed else moments, default=None)
    return latest if latest is not None and latest <= now - timedelta(seconds=1) else None
