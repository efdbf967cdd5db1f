"""The archive: years and months, a month's days, a day's articles, by the paper's own clock."""

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from articles import archive as days
from articles import listings, paging
from articles.pages import list_stands_on
from articles.views_lists import render_list
from publication import clock, versions
from publication.http import public_page


def day_url(day: date) -> str:
    return reverse("archive-day", args=[f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"])


def month_url(month: date) -> str:
    return reverse("archive-month", args=[f"{month.year:04}", f"{month.month:02}"])


@require_safe
@public_page
def archive(request: HttpRequest, year: str | None = None) -> HttpResponse:
    """A year's months that have articles, the newest year's without one; 404 for a year without articles."""
    now = clock.now()
    known = days.years(now)
    if year is not None and int(year) not in known:
        raise Http404
    shown = int(year) if year is not None else next(iter(known), None)
    months = days.months(shown, now) if shown is not None else []
    list_stands_on(versions.FRONT, cards=[], now=now)
    context = {
        "year": shown,
        "years": [{"year": one, "url": reverse("archive-year", args=[f"{one:04}"])} for one in known],
        "months": [_link(month, month_url) for month in months],
    }
    return render(request, "articles/archive.html", context)


@require_safe
@public_page
def month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    """A month's days and how many articles each has; 404 for a month to come, or before the first article."""
    now = clock.now()
    first = days.day_of(int(year), int(month))
    days.demand_past(first, now)
    weeks = days.weeks(first, now)
    before, after = days.neighbours(*days.month_span(first), now)
    total = sum(day.count for week in weeks for day in week)
    _demand_begun(has_articles=bool(total), before=before)
    list_stands_on(versions.FRONT, cards=[], now=now)
    context = {
        "month": first,
        "total": total,
        "weekdays": _weekdays(),
        "weeks": [
            [{"day": day, "url": day_url(day.date) if day.count else ""} for day in week] for week in weeks
        ],
        "year_url": reverse("archive-year", args=[year]),
        "newer_month": _link(after, month_url),
        "older_month": _link(before, month_url),
    }
    return render(request, "articles/archive_month.html", context)


@require_safe
@public_page(query=paging.QUERY)
def day(request: HttpRequest, year: str, month: str, day: str) -> HttpResponse:
    """A day's articles, newest first, and the nearest days that have some."""
    now = clock.now()
    shown = days.day_of(int(year), int(month), int(day))
    days.demand_past(shown, now)
    span = days.span(shown, shown)
    before, after = days.neighbours(*span, now)
    return render_list(
        request,
        listings.between(*span, now),
        versions.FRONT,
        # Before the first article there was no paper; a day off in its life is a page.
        may_be_empty=before is not None,
        kind="day",
        heading=f"{date_format(shown, 'DATE_FORMAT')} {WEEKDAYS[shown.weekday()]}",
        object=None,
        month=_link(shown, month_url),
        newer_day=_link(after, day_url),
        older_day=_link(before, day_url),
    )


def _weekdays() -> list[str]:
    """The heads of a month's columns; Django's own short names are the long ones in Korean."""
    return [
        pgettext("weekday", "Sun"),
        pgettext("weekday", "Mon"),
        pgettext("weekday", "Tue"),
        pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"),
    ]


def _link(day: date | None, address: Callable[[date], str]) -> dict[str, object] | None:
    return {"date": day, "url": address(day)} if day else None


def _demand_begun(*, has_articles: bool, before: date | None) -> None:
    """A month without articles is a page in the paper's life only."""
    if not has_articles and before is None:
        raise Http404
