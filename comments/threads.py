"""Reading a thread: what stands on which page, in three orders, by keyset and by index."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet

from articles.models import Article, Discussion
from comments import rows
from comments.models import STANDING_REPLIES, Comment, State, best_of
from comments.rows import Row
from comments.rules import BEST_SHOWN, PAGE_SIZE, REPLIES_PAGE, REPLIES_SHOWN, rules
from publication import clock

# Orders by the names in addresses: the counter they go by, None for the newest first.
SORTS: dict[str, str | None] = {"new": None, "up": "up", "replies": "replies"}
DEFAULT_SORT = "new"
OPENING = (
    *("title", "status", "publish_at", "discussion__state"),
    *("section__comments_open", "section__parent__comments_open"),
)
CURSOR = re.compile(r"(\d{1,9})-([1-9]\d{0,17})")


class BrokenCursor(ValueError):
    """A cursor that is none of ours."""


@dataclass
class Entry:
    """A top-level comment as the page shows it, with its first replies."""

    comment: Row
    replies: list[Row] = field(default_factory=list)
    # Something stands behind the first replies, be it placeholders only.
    goes_on: bool = False

    @property
    def more(self) -> int:
        """Visible replies behind "more replies": a placeholder is never counted."""
        return max(0, self.comment.replies - sum(reply.is_visible for reply in self.replies))


@dataclass
class Page:
    best: list[Entry]
    entries: list[Entry]
    next_cursor: str | None
    sort: str


def version_key(article_id: int) -> str:
    return f"comments:{article_id}"


def thread_address(article_id: int) -> str:
    """A page of the thread: its order and its place follow as a query."""
    return f"/news/{article_id}/comments/"


def opening() -> QuerySet[Article]:
    """Articles with what `is_open`, `Article.is_public` and a form's links ask of them, without their text."""
    return Article.objects.select_related("section__parent", "discussion").only(*OPENING)


def with_thread(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Comments whole, each with its article as `opening` gives it."""
    own = (field.name for field in Comment._meta.concrete_fields)
    return comments.select_related("article__section__parent", "article__discussion").only(
        *own, *(f"article__{name}" for name in OPENING)
    )


def closes_at(article: Article) -> datetime | None:
    """When comments close by themselves; None for never."""
    return _end(article.publish_at)


def _end(publish_at: datetime | None) -> datetime | None:
    days = rules().close_after_days
    return publish_at + timedelta(days=days) if days and publish_at else None


def is_open(article: Article) -> bool:
    """Neither closed itself, nor by its section or the one above, nor by its age."""
    section = article.section
    above = section.parent if section is not None else None
    return opens(
        article.publish_at, article.discussion.state, *(one and one.comments_open for one in (section, above))
    )


def opens(publish_at: datetime | None, state: str, section: bool | None, above: bool | None) -> bool:
    """The same from what is known of a thread; `section` and the one `above` it: open or not, None for none."""
    if state != Discussion.State.OPEN or any(one is not None and not one for one in (section, above)):
        return False
    end = _end(publish_at)
    return end is None or clock.now() < end


def page(article: Article, *, sort: str = DEFAULT_SORT, cursor: str | None = None) -> Page:
    """One page of the thread in a bounded number of queries; BrokenCursor, KeyError for a forged order."""
    counter = SORTS[sort]
    best, found = _best_and_page(article, counter, cursor)
    shown = found[:PAGE_SIZE]
    is_first = cursor is None
    entries = _with_replies([*(best if is_first else []), *shown])
    count = len(best) if is_first else 0
    next_cursor = _cursor(shown[-1], counter) if len(found) > PAGE_SIZE else None
    return Page(entries[:count], entries[count:], next_cursor, sort)


def _best_and_page(article: Article, counter: str | None, cursor: str | None) -> tuple[list[Row], list[Row]]:
    """BEST, and the page with one comment more, none of them BEST: in one query."""
    with_best = not article.discussion.ranking_frozen
    if cursor is None:
        loaded = rows.first(article.pk, counter, with_best=with_best)
    else:
        loaded = rows.after(article.pk, counter, _place(cursor), with_best=with_best)
    best = best_of(loaded)[:BEST_SHOWN] if with_best else []
    others = [one for one in loaded if one not in best]
    others.sort(key=lambda one: (getattr(one, counter) if counter else 0, one.pk), reverse=True)
    return best, others[: PAGE_SIZE + 1]


def _best(article: Article) -> list[Comment]:
    """What stands above the first page; nothing while ranking is frozen."""
    if article.discussion.ranking_frozen:
        return []
    return list(Comment.objects.filter(article=article).best()[:BEST_SHOWN])


def _place(cursor: str) -> tuple[int, int]:
    match = CURSOR.fullmatch(cursor)
    if match is None:
        raise BrokenCursor(cursor)
    return int(match[1]), int(match[2])


def _cursor(comment: Row, counter: str | None) -> str:
    return f"{getattr(comment, counter) if counter else 0}-{comment.pk}"


def _with_replies(tops: list[Row]) -> list[Entry]:
    """The first replies of each, oldest first.

    A comment that counts no reply may have one all the same: a rights claim leaves a placeholder, uncounted.
    """
    replies = defaultdict(list)
    if tops:
        for reply in rows.replies(top.pk for top in tops):
            replies[reply.parent_id].append(reply)
    for found in replies.values():
        found.sort(key=lambda reply: reply.pk)
    return [
        Entry(top, replies[top.pk][:REPLIES_SHOWN], goes_on=len(replies[top.pk]) > REPLIES_SHOWN)
        for top in tops
    ]


def replies(top: Comment, after: int = 0) -> tuple[list[Comment], int | None]:
    """Replies that stand after this id, oldest first, and the id to go on after, or None."""
    standing = Comment.objects.standing_under(top).filter(id__gt=after).select_related("answers")
    found = list(standing.order_by("id")[: REPLIES_PAGE + 1])
    return found[:REPLIES_PAGE], found[REPLIES_PAGE - 1].pk if len(found) > REPLIES_PAGE else None


def cursor_before(comment: Comment) -> str | None:
    """The cursor of a page, newest first, on which this top-level comment stands; None for the first page.

    BEST stands above the first page, and is left out of every other.
    """
    best = [one.pk for one in _best(comment.article)]
    if comment.pk in best:
        return None
    above = Comment.objects.filter(article_id=comment.article_id, id__gt=comment.pk).standing()
    newer = above.exclude(pk__in=best).order_by("-parent_id", "id").values_list("pk", flat=True)
    newer = list(newer[:PAGE_SIZE])
    return f"0-{newer[0]}" if len(newer) == PAGE_SIZE else None


def is_shown(comment: Comment) -> bool:
    """Whether it has a place in the thread that a reader may see."""
    if comment.parent is not None:
        return comment.state in STANDING_REPLIES and is_shown(comment.parent)
    return comment.state in {State.VISIBLE, State.CLAIMED} or comment.replies > 0
