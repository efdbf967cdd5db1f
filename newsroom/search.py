"""The search page: what the address asks for, what was found, and what to say where neither makes sense."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from articles import fresh
from articles.models import Reporter, Section
from articles.search.find import BrokenCursor, Found, find
from articles.search.query import MAX_LENGTH, MAX_WORDS, TooLong
from publication import clock
from publication.http import SHORT_CACHE_CONTROL
from publication.text import fold, fold_line

# Spans a reader chooses with one press. Their links name the first day, so that what follows has an address that
# is the same tomorrow.
PERIODS: tuple[tuple[Any, timedelta], ...] = (
    (gettext_lazy("1 day"), timedelta(days=1)),
    (gettext_lazy("1 week"), timedelta(days=7)),
    (gettext_lazy("1 month"), timedelta(days=30)),
    (gettext_lazy("1 year"), timedelta(days=365)),
)
# Characters of a query that are looked at and come back in the box, for its writer to cut. The boxes take no more:
# a whole story pasted into one would make an address that servers refuse without a page.
KEPT_MAX = 800
# A field's own text is never longer; what is, names nobody and no day.
FIELD_MAX = 80
NAMESAKES_SHOWN = 10
DAY = re.compile(r"(\d{4})[-./] ?(\d{1,2})[-./] ?(\d{1,2})\.?", re.ASCII)
NUMBER = re.compile(r"[1-9]\d{0,17}", re.ASCII)
# A day's end must still be a date that a database can hold, in every time zone.
YEARS = range(1900, 9000)


@dataclass
class Question:
    """What the address asks for. `wrong` says by field what cannot be understood; `typed` gives it back."""

    text: str
    sections: list[Section]
    section: Section | None = None
    reporter: Reporter | None = None
    namesakes: list[Reporter] = field(default_factory=list)
    first: date | None = None
    last: date | None = None
    typed: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.section or self.reporter or self.first or self.last)

    @property
    def is_open(self) -> bool:
        """Whether the form shows its filters: where one of them is set by hand, or wrong."""
        has_own_days = not any(period["is_current"] for period in self.periods)
        by_hand = self.section or self.reporter or has_own_days
        return bool(by_hand or self.wrong.keys() - {"q", "page"})

    @property
    def since(self) -> datetime | None:
        return None if self.first is None else _midnight(self.first)

    @property
    def until(self) -> datetime | None:
        return None if self.last is None else _midnight(self.last + timedelta(days=1))

    def address(self, **changes: Any) -> str:
        """This search with some of its parts changed; one search has one address."""
        parts = {
            "q": self.text,
            "section": self.section.slug if self.section else "",
            "reporter": self.reporter.pk if self.reporter else "",
            "since": self.first or "",
            "until": self.last or "",
        }
        query = {name: value for name, value in (parts | changes).items() if value}
        return f"{reverse('search')}?{urlencode(query)}" if query else reverse("search")

    @property
    def without_reporter(self) -> str:
        return self.address(reporter="")

    @property
    def first_page(self) -> str:
        return self.address()

    @property
    def periods(self) -> list[dict[str, Any]]:
        """Links to the same search over other spans, which end today."""
        today = timezone.localdate(clock.now())
        spans = [(_("Any time"), None), *((label, today - span) for label, span in PERIODS)]
        return [
            {
                "label": label,
                "url": self.address(since=first or "", until=""),
                "is_current": self.last is None and self.first == first,
            }
            for label, first in spans
        ]

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The one to choose from where a name is that of several reporters."""
        return [{"reporter": one, "url": self.address(reporter=one.pk)} for one in self.namesakes]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """200; 422 for what cannot be searched for, everything typed kept; 400 for a cursor that is none of ours."""
    question = read(request.GET)
    found, status = None, 422 if question.wrong else 200
    if question.text and not question.wrong:
        try:
            found = _find(question, request.GET.get("after"))
        except TooLong:
            status = 422
            question.wrong["q"] = _too_long()
        except BrokenCursor:
            status = 400
            question.wrong["page"] = _("There is no such page of results. Begin at the first one.")
    response = render(request, "newsroom/search.html", _context(question, found), status=status)
    if status == 200:
        response["Cache-Control"] = SHORT_CACHE_CONTROL
    return response


def _find(question: Question, cursor: str | None) -> Found | None:
    return find(
        question.text,
        now=clock.now(),
        section=question.section,
        reporter=question.reporter,
        since=question.since,
        until=question.until,
        cursor=cursor,
    )


def _context(question: Question, found: Found | None) -> dict[str, Any]:
    has_hits = found is not None and bool(found.hits)
    return {
        "question": question,
        "found": found,
        "count": number_format(found.count, force_grouping=True) if found else "",
        "next_url": question.address(after=found.next_cursor) if found and found.next_cursor else "",
        "is_wordless": bool(question.text) and found is None and not question.wrong,
        "fresh": [] if has_hits else fresh.stories(clock.now()),
        # The header would read them a second time.
        "sections": [section for section in question.sections if section.parent_id is None],
    }


def read(query: QueryDict) -> Question:
    """What the address asks for, as far as it can be understood."""
    tree = Section.objects.tree()
    sections = [section for top in tree for section in (top, *top.subsections)]
    asked = query.get("q", "")
    typed = {name: fold_line(query.get(name, "")[: FIELD_MAX + 1]) for name in ("reporter", "since", "until")}
    typed["q"] = fold(asked[:KEPT_MAX])
    question = Question(fold_line(typed["q"]), sections, typed=typed)
    if len(asked) > KEPT_MAX:
        question.wrong["q"] = _too_long()
    slug = query.get("section", "")
    question.section = next((section for section in sections if section.slug == slug), None)
    if slug and question.section is None:
        question.wrong["section"] = _("The paper has no such section.")
    _read_reporter(question, typed["reporter"])
    question.first = _read_day(question, "since")
    question.last = _read_day(question, "until")
    if question.first and question.last and question.first > question.last:
        question.wrong["until"] = _("The last day comes before the first.")
    return question


def _too_long() -> str:
    message = _("This is too much to search for: at most {words} words and {letters} characters, please.")
    return message.format(words=MAX_WORDS, letters=MAX_LENGTH)


def _read_reporter(question: Question, typed: str) -> None:
    """By number, as links do, or by name, as people do; of several with one name the reader chooses."""
    if not typed:
        return
    if NUMBER.fullmatch(typed):
        found = list(Reporter.objects.filter(pk=typed))
    else:
        name, _space, title = typed.rpartition(" ")
        named = Reporter.objects.filter(Q(name=typed) | Q(name=name, title=title))
        found = list(named.order_by("pk")[:NAMESAKES_SHOWN])
    if len(found) == 1:
        [question.reporter] = found
    elif found:
        question.namesakes = found
        question.wrong["reporter"] = _("Several reporters have this name. Choose one:")
    else:
        question.wrong["reporter"] = _("The paper has no reporter of this name.")


def _read_day(question: Question, name: str) -> date | None:
    typed = question.typed[name]
    if not typed:
        return None
    match = DAY.fullmatch(typed)
    try:
        day = date(*map(int, match.groups())) if match else None
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        question.wrong[name] = _("There is no such day. Write it like 2024-05-31.")
        return None
    question.typed[name] = day.isoformat()
    return day


def _midnight(day: date) -> datetime:
    """The day's first moment in the paper's own time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))
