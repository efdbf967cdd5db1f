"""What waits for moderators: the queue's lists, its counts, and the facts that stand beside a comment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from articles.paging import union
from comments import texts
from comments.models import Comment, Report, State
from comments.rules import CLAIM_WARNING

# The lists by their names in the address, in the order of the tabs.
VIEWS = {
    "held": _("Held"),
    "reported": _("Reported"),
    "claims": _("Rights claims"),
    "recent": _("Recent"),
}
DEFAULT_VIEW = "held"
# Comments on one page of the queue: what one clears in a minute or two.
PAGE = 50
# What no index finds is looked for among so many of the newest; the next page looks on among older ones.
LOOKED_THROUGH = 50_000
# Of a writer so many comments are counted, the newest.
TALLIED = 50
# Numbers in the tabs stop here, so that a flood does not slow the page down.
COUNTED = 1000
# Reasons for holding besides the readers' own.
WORD, LINK = "word", "link"


@dataclass(frozen=True)
class Filters:
    """What the moderator asked for; None and blanks leave everything in."""

    view: str = DEFAULT_VIEW
    q: str = ""
    section: int | None = None
    article: int | None = None
    # The number of a comment whose writer's comments are wanted: no key of a writer stands in an address.
    writer: int | None = None
    who: str = ""
    reason: str = ""
    state: str = ""
    after: int | None = None


@dataclass(frozen=True)
class Part:
    """A piece of the text; `is_match` where the blocked word stands."""

    text: str
    is_match: bool = False


@dataclass
class Row:
    """One comment with what a moderator needs to decide."""

    comment: Comment
    parts: list[Part]
    # Why it stands here: (label, how often), the readers' reports and what held it.
    reasons: list[tuple[str, int]] = field(default_factory=list)
    # The writer's comments, and those hidden; of very many only the newest are counted.
    others: int = 0
    hidden: int = 0


@dataclass
class Page:
    rows: list[Row]
    # The number to go on after, or None at the end.
    next: int | None


@dataclass(frozen=True)
class Counts:
    """How much waits; each number stops at COUNTED."""

    held: int
    reported: int
    claims: int
    # Claims that end within three days, and claims that have ended and were not looked at since.
    ending: int
    ended: int

    @property
    def is_clear(self) -> bool:
        return not (self.held or self.reported or self.ending or self.ended)


def held() -> QuerySet:
    return Comment.objects.filter(state=State.HELD)


def reported() -> QuerySet:
    """Readers complained, it stands, and no moderator has let it stand yet."""
    return Comment.objects.filter(reports__gt=0, state=State.VISIBLE, is_approved=False)


def claims() -> QuerySet:
    """Under a claim, or visible again since its end without anybody having looked."""
    return Comment.objects.exclude(claimed_by="")


def counts(now: datetime) -> Counts:
    def number(rows: QuerySet) -> int:
        return rows.order_by()[:COUNTED].count()

    running = Comment.objects.filter(state=State.CLAIMED)
    return Counts(
        held=number(held()),
        reported=number(reported()),
        claims=number(claims()),
        ending=number(running.filter(claimed_until__lte=now + CLAIM_WARNING)),
        ended=number(claims().exclude(state=State.CLAIMED)),
    )


def page(filters: Filters) -> Page:
    """One page: what waits longest stands first, except in the list of recent ones."""
    rows = _narrowed(_list(filters.view), filters)
    newest_first = filters.view == "recent"
    if filters.after is not None:
        rows = rows.filter(id__lt=filters.after) if newest_first else rows.filter(id__gt=filters.after)
    border = _border(filters) if newest_first else None
    if border is not None:
        rows = rows.filter(id__gte=border)
    rows = rows.select_related("article__section", "user", "parent", "answers").defer(
        "article__body", "article__body_html", "article__lead_html"
    )
    found = list(rows.order_by("-id" if newest_first else "id")[: PAGE + 1])
    shown = found[:PAGE]
    following = shown[-1].pk if len(found) > PAGE else None
    if following is None and border is not None and Comment.objects.filter(id__lt=border).exists():
        following = border
    return Page(described(shown), following)


def _border(filters: Filters) -> int | None:
    """The lowest number that this page of recent comments looks at; None where an index finds all it wants."""
    if not (
        filters.q or filters.section or filters.article or filters.who or filters.reason or filters.state
    ):
        return None
    top = filters.after or Comment.objects.order_by("-id").values_list("id", flat=True).first() or 0
    return max(0, top - LOOKED_THROUGH)


def _list(view: str) -> QuerySet:
    lists = {"held": held, "reported": reported, "claims": claims}
    return lists[view]() if view in lists else Comment.objects.exclude(state=State.DELETED)


def _narrowed(rows: QuerySet, filters: Filters) -> QuerySet:
    if filters.section is not None:
        rows = rows.filter(Q(article__section=filters.section) | Q(article__section__parent=filters.section))
    if filters.article is not None:
        rows = rows.filter(article=filters.article)
    if filters.writer is not None:
        rows = rows.filter(same_writer(Comment.objects.filter(pk=filters.writer).first()))
    if filters.who:
        rows = rows.filter(user=None) if filters.who == "guest" else rows.exclude(user=None)
    if filters.state:
        rows = rows.filter(state=filters.state)
    return _searched(_with_reason(rows, filters.reason), filters.q)


def _with_reason(rows: QuerySet, reason: str) -> QuerySet:
    if reason == WORD:
        return rows.exclude(matched="")
    if reason == LINK:
        return rows.filter(matched="", reports=0)
    return rows.filter(report_rows__reason=reason).distinct() if reason else rows


def _searched(rows: QuerySet, words: str) -> QuerySet:
    """By number (#12), or by what stands in text, name or headline."""
    number = words.removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) <= 18:
        return rows.filter(Q(pk=int(number)) | Q(body__contains=words))
    if not words:
        return rows
    return rows.filter(
        Q(body__icontains=words) | Q(nickname__icontains=words) | Q(article__title__icontains=words)
    )


def same_writer(comment: Comment | None) -> Q:
    """Comments of this one's writer; nothing for a tombstone, which has none."""
    if comment is not None and comment.user_id is not None:
        return Q(user=comment.user_id)
    if comment is not None and comment.guest:
        return Q(guest=comment.guest)
    return Q(pk__in=[])


def described(comments: list[Comment]) -> list[Row]:
    """Rows for the page, in three queries whatever their number."""
    reasons = _reports_of(comments)
    tallies = _tallies(comments)
    rows = []
    for comment in comments:
        total, hidden = tallies.get(comment.user_id or comment.guest, (1, 0))
        rows.append(
            Row(
                comment,
                parts(comment.body, comment.matched),
                [*_held_by(comment), *reasons[comment.pk]],
                others=max(0, total - 1),
                hidden=hidden,
            )
        )
    return rows


def _held_by(comment: Comment) -> list[tuple[str, int]]:
    """What our own rules found; readers' reports are counted apart."""
    if comment.state != State.HELD:
        return []
    if comment.matched:
        return [(str(_("Blocked word")), 1)]
    return [(str(_("Guest's link")), 1)] if comment.is_guest and texts.has_link(comment.body) else []


def _reports_of(comments: Iterable[Comment]) -> dict[int, list[tuple[str, int]]]:
    pks = [comment.pk for comment in comments if comment.reports]
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for pk, reason in Report.objects.filter(comment__in=pks).values_list("comment_id", "reason"):
        found[pk][str(Report.Reason(reason).label)] += 1
    return defaultdict(list, {pk: reasons.most_common() for pk, reasons in found.items()})


def _tallies(comments: Iterable[Comment]) -> dict[int | str, tuple[int, int]]:
    """(comments, hidden ones) by member's number or guest's key, among TALLIED of each writer's newest."""
    users = {comment.user_id for comment in comments if comment.user_id}
    guests = {comment.guest for comment in comments if comment.guest}
    parts = [Comment.objects.filter(user=user) for user in users]
    parts += [Comment.objects.filter(guest=guest) for guest in guests]
    if not parts:
        return {}
    newest = union([part.order_by("-id").values_list("id")[:TALLIED] for part in parts])
    totals: Counter[int | str] = Counter()
    hidden: Counter[int | str] = Counter()
    for user, guest, state in Comment.objects.filter(pk__in=newest).values_list("user_id", "guest", "state"):
        totals[user or guest] += 1
        hidden[user or guest] += state == State.HIDDEN
    return {key: (number, hidden[key]) for key, number in totals.items()}


def parts(body: str, matched: str) -> list[Part]:
    """The text cut where the matched word stands, so that a template can mark and escape it."""
    if not matched or matched not in body:
        return [Part(body)]
    pieces = body.split(matched)
    found = [Part(pieces[0])]
    for piece in pieces[1:]:
        found += [Part(matched, is_match=True), Part(piece)]
    return [part for part in found if part.text]
