"""A comment as HTML: the only maker of what stands in a thread, for pages and for scripts' answers alike.

Written here and not in a template because a page holds dozens, and one costs a tenth of what a template takes.
It is made of numbers, of addresses and words of the paper, and of `escape(…)` of all else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comments.models import Comment, State
from comments.threads import Entry, thread_address
from publication.templatetags.moments import time_element

_PLACEHOLDER = '<p class="comment comment-placeholder">{}</p>'


@dataclass(frozen=True)
class _Words:
    """What stands in every comment, in one language."""

    staff: str
    guest: str
    edited: str
    recommend: str
    disapprove: str
    act: str
    act_on: str
    replies: str
    more: str
    more_of: str


@lru_cache(maxsize=10)
def _words(language: str | None) -> _Words:
    return _Words(
        staff=f' <span class="comment-badge">{escape(_("Editorial staff"))}</span>',
        guest=f' <span class="comment-guest">{escape(_("Guest"))}</span>',
        edited=f' <span class="comment-edited">{escape(_("(edited)"))}</span>',
        recommend=escape(_("Recommend")),
        disapprove=escape(_("Disapprove")),
        act=escape(_("Reply, vote, report")),
        act_on=escape(_("Reply, vote, report: %(name)s")),
        replies=escape(_("Replies")),
        more=escape(_("More replies")),
        more_of=_("%(n)s more replies"),
    )


def comment_html(comment: Comment) -> SafeString:
    """The comment, or what stands in its place."""
    return SafeString(_comment(comment, _words(get_language())))


def _comment(comment: Comment, words: _Words) -> str:
    if comment.state != State.VISIBLE:
        return _PLACEHOLDER.format(escape(placeholder(comment)))
    name, url, to = escape(comment.nickname), comment.url, comment.answers
    mark = words.staff if comment.is_staff else words.guest if comment.guest else ""
    edited = words.edited if comment.edited_at is not None else ""
    answered = ""
    if to is not None and to.is_visible:
        answered = f'<span class="comment-to">@{escape(to.nickname)}</span> '
    return (
        '<article class="comment">\n'
        f'<p class="comment-head"><b class="comment-name" dir="auto">{name}</b>{mark} '
        f'<a class="comment-time" href="{url}at/" rel="nofollow">{time_element(comment.created_at)}</a>{edited}</p>\n'
        f'<p class="comment-text" dir="auto">{answered}{escape(comment.body)}</p>\n'
        f'<p class="comment-foot"><span class="comment-votes">{words.recommend} <span data-up>{comment.up}</span> · '
        f"{words.disapprove} <span data-down>{comment.down}</span></span> "
        f'<a href="{url}" rel="nofollow" aria-label="{words.act_on % {"name": name}}">{words.act}</a></p>\n'
        "</article>"
    )


def placeholder(comment: Comment) -> str:
    """What stands where a comment is not shown."""
    return {
        State.DELETED: _("This comment has been deleted."),
        State.HELD: _("This comment is being reviewed."),
        State.CLAIMED: _("This comment is blocked for a while because of a rights claim."),
    }.get(comment.state) or _("This comment has been hidden by a moderator.")


def entries_html(entries: Iterable[Entry]) -> SafeString:
    """Top-level comments with their first replies, as items of a list."""
    words = _words(get_language())
    return SafeString("".join([_entry(entry, words) for entry in entries]))


def _entry(entry: Entry, words: _Words) -> str:
    comment = entry.comment
    replies = _replies(entry, words) if entry.replies else ""
    return f'<li class="thread-item" id="{comment.anchor}">\n{_comment(comment, words)}\n{replies}</li>\n'


def _replies(entry: Entry, words: _Words) -> str:
    replies = "".join([_reply(reply, words) for reply in entry.replies])
    more = _more(entry, words) if entry.goes_on else ""
    return f'<ol class="replies" aria-label="{words.replies}">\n{replies}</ol>\n{more}'


def reply_html(reply: Comment) -> SafeString:
    """An item of a list of replies."""
    return SafeString(_reply(reply, _words(get_language())))


def _reply(reply: Comment, words: _Words) -> str:
    html = _comment(reply, words)
    return f'<li class="reply" id="{reply.anchor}" data-parent="{reply.parent_id}">{html}</li>\n'


def _more(entry: Entry, words: _Words) -> str:
    address, last = thread_address(entry.comment.article_id), entry.replies[-1].pk
    shown = escape(words.more_of % {"n": entry.more}) if entry.more else words.more
    return (
        f'<p class="replies-more"><a href="{address}?parent={entry.comment.pk}&amp;after={last}" data-more>'
        f"{shown}</a></p>\n"
    )
