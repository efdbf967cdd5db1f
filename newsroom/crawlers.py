"""What programs ask of a site before they read it: robots.txt, ads.txt, security.txt."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.views.decorators.http import require_safe

from publication import clock, versions
from publication.http import public_page
from publication.models import Publication
from publication.standing import ends_at, stands_on

# For people, each with an own answer: there is nothing in them to index. A demo is open to crawlers as a paper
# is, so that what checks a paper can check it.
CLOSED = ("/admin/", "/accounts/", "/search/", "/comments/")
# The format wants less than a year; the day moves on every day, so that it never runs out.
SECURITY_DAYS = 300


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@public_page
def robots(request: HttpRequest) -> HttpResponse:
    closed = [f"Disallow: {path}" for path in CLOSED]
    maps = [f"Sitemap: {settings.SITE_URL}{reverse(name)}" for name in ("sitemap", "sitemap-news")]
    return _text(["User-agent: *", *closed, "", *maps])


@require_safe
@public_page
def ads(request: HttpRequest) -> HttpResponse:
    """Who may sell this paper's advertising, as the paper typed it; 404 while that is blank."""
    stands_on(versions.PUBLICATION)
    typed = Publication.objects.current().ads_txt.strip()
    if not typed:
        raise Http404
    return _text(typed.splitlines())


@require_safe
@public_page
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a hole (RFC 9116); 404 while the paper has named no address at all."""
    stands_on(versions.PUBLICATION)
    publication = Publication.objects.current()
    contact = _contact(publication.security_contact or publication.email)
    if not contact:
        raise Http404
    midnight = _next_midnight()
    ends_at(midnight)
    languages = dict.fromkeys([settings.LANGUAGE_CODE, "en"])
    expires = (midnight + timedelta(days=SECURITY_DAYS)).astimezone(UTC)
    return _text(
        [
            f"Contact: {contact}",
            f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
            f"Preferred-Languages: {', '.join(languages)}",
            f"Canonical: {settings.SITE_URL}{request.path}",
        ]
    )


def _contact(typed: str) -> str:
    """As an address with its scheme: what was typed may be `security@…`, `https://…` or `paper.example/report`."""
    if not typed or typed.startswith(("https://", "http://", "mailto:", "tel:")):
        return iri_to_uri(typed)
    return iri_to_uri(f"mailto:{typed}" if "@" in typed else f"https://{typed}")


def _next_midnight() -> datetime:
    """The end of today in the paper's time zone."""
    tomorrow = timezone.localtime(clock.now()).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))
