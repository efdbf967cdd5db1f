"""What the pages of comments show: the thread, one comment, and what this visitor may do with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import permissions
from articles.models import Article, Discussion
from comments import editing, markup, threads
from comments.models import Comment, Report, Vote
from comments.rules import BODY_MAX, NICKNAME_MAX, NICKNAME_MIN, Rules, rules
from comments.threads import Page
from comments.writers import Writer
from publication import clock
from publication.standing import ends_at, stands_on


@dataclass(frozen=True)
class Sort:
    """One link of the sort line."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class May:
    """What a visitor may do with a comment at this moment. `edit` is the seconds left, 0 for not."""

    reply: bool
    vote: bool
    report: bool
    edit: int
    delete: bool
    is_own: bool


@dataclass(frozen=True)
class ShownRules:
    """What a reader should know before writing."""

    edit_seconds: int
    edit_rule: str
    guests_write: bool
    # Of a report: value and words.
    reasons: tuple[tuple[str, str], ...]
    body_max: int = BODY_MAX
    nickname_min: int = NICKNAME_MIN
    nickname_max: int = NICKNAME_MAX


def thread(
    article: Article, *, sort: str = threads.DEFAULT_SORT, cursor: str | None = None
) -> dict[str, Any]:
    """The context of comments/_thread.html; BrokenCursor for a cursor that is none of ours.

    While ranking is frozen every order is the newest first.
    """
    stands_on_thread(article)
    is_frozen = article.discussion.ranking_frozen
    page = threads.page(article, sort=threads.DEFAULT_SORT if is_frozen else sort, cursor=cursor)
    return {
        "article": article,
        "count": article.discussion.visible_count,
        "page": page,
        "sorts": [] if is_frozen else sorts(article, page.sort),
        "is_frozen": is_frozen,
        "is_open": threads.is_open(article),
        "is_first": cursor is None,
        "next_url": _next_url(article, page),
        "rules": rules_shown(),
    }


def stands_on_thread(article: Article) -> None:
    """Said by every public page that shows comments of the article: its form goes when the thread closes."""
    stands_on(threads.version_key(article.pk), f"article:{article.pk}")
    if threads.is_open(article):
        ends_at(threads.closes_at(article))


def rules_shown() -> ShownRules:
    """The rules that a reader should know before writing, in the active language."""
    return _shown(rules(), get_language())


@lru_cache(maxsize=10)
def _shown(chosen: Rules, language: str | None) -> ShownRules:
    return ShownRules(
        edit_seconds=chosen.edit_seconds,
        edit_rule=_edit_rule(chosen.edit_seconds),
        guests_write=chosen.guests_write,
        reasons=tuple((value, str(label)) for value, label in Report.Reason.choices),
    )


def _edit_rule(seconds: int) -> str:
    if seconds == 60:
        return _("A comment can be edited within one minute of writing only.")
    return _("A comment can be edited within {n} seconds of writing only.").format(n=seconds)


def sorts(article: Article, current: str) -> list[Sort]:
    labels, address = _labels(get_language()), threads.thread_address(article.pk)
    return [
        Sort(
            labels[name],
            f"{address}#comments" if name == threads.DEFAULT_SORT else f"{address}?sort={name}#comments",
            name == current,
        )
        for name in threads.SORTS
    ]


@lru_cache(maxsize=10)
def _labels(language: str | None) -> dict[str, str]:
    return {"new": _("Newest first"), "up": _("Most recommended"), "replies": _("Most replies")}


def _next_url(article: Article, page: Page) -> str:
    if page.next_cursor is None:
        return ""
    order = "" if page.sort == threads.DEFAULT_SORT else f"sort={page.sort}&"
    return f"{threads.thread_address(article.pk)}?{order}after={page.next_cursor}#comments"


def may(comment: Comment, by: Writer) -> May:
    """`comment` comes with its age, its article and the article's discussion."""
    is_own = by.wrote(comment)
    is_live = comment.is_visible and comment.article.is_public(clock.now())
    is_open = is_live and threads.is_open(comment.article)
    is_member, chosen = by.user is not None, rules()
    return May(
        reply=is_open and (is_member or chosen.guests_write),
        vote=is_open and not is_own and (is_member or chosen.guests_vote),
        report=is_live and not is_own,
        edit=editing.seconds_left(comment) if is_own and is_open else 0,
        delete=is_own or (by.user is not None and permissions.can_moderate_comments(by.user)),
        is_own=is_own,
    )


def votes_of(by: Writer, pks: list[int]) -> dict[int, int]:
    """This writer's standing votes on these comments: id -> 1 or −1."""
    if not by.is_known:
        return {}
    rows = Vote.objects.filter(voter=by.key, comment__in=pks).exclude(value=0)
    return dict(rows.values_list("comment_id", "value"))


def html_of(comment: Comment) -> str:
    """The comment as it stands in the thread, for a script to put in its place."""
    return markup.comment_html(comment)


def count_of(article_id: int) -> int:
    """The public count at this moment, for an answer to a script."""
    return Discussion.objects.values_list("visible_count", flat=True).get(pk=article_id)


def last_nickname(by: Writer) -> str:
    """What a returning guest called himself last; blank for everybody else."""
    if not by.guest:
        return ""
    own = Comment.objects.filter(guest=by.guest).order_by("-id")
    return own.values_list("nickname", flat=True).first() or ""
