"""A comment as HTML: the only maker of what stands in a thread, for pages and for scripts' answers alike.

Written here and not in a template because a page holds dozens, and one costs a tenth of what a template takes.
The patterns are filled with numbers, with addresses and words of the paper, and with `escape(…)` of all else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comments.models import Comment, State
from comments.threads import Entry, thread_address
from publication.templatetags.moments import time_element

_COMMENT = """<article class="comment">
<p class="comment-head"><b class="comment-name" dir="auto">{name}</b>{mark} \
<a class="comment-time" href="{permalink}" rel="nofollow">{time}</a>{edited}</p>
<p class="comment-text" dir="auto">{to}{body}</p>
<p class="comment-foot"><span class="comment-votes">{recommend} <span data-up>{up}</span> · \
{disapprove} <span data-down>{down}</span></span> \
<a href="{url}" rel="nofollow" aria-label="{act_on}">{act}</a></p>
</article>"""
_TO = '<span class="comment-to">@{}</span> '
_PLACEHOLDER = '<p class="comment comment-placeholder">{}</p>'
_ENTRY = """<li class="thread-item" id="{anchor}">
{comment}
{replies}</li>
"""
_REPLIES = """<ol class="replies" aria-label="{label}">
{replies}</ol>
{more}"""
_REPLY = '<li class="reply" id="{anchor}" data-parent="{parent}">{comment}</li>\n'
_MORE = """<p class="replies-more"><a href="{address}?parent={parent}&amp;after={last}" data-more>{words}</a></p>
"""


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
        act_on=_("Reply, vote, report: %(name)s"),
        replies=escape(_("Replies")),
        more=escape(_("More replies")),
        more_of=_("%(n)s more replies"),
    )


def comment_html(comment: Comment) -> SafeString:
    """The comment, or what stands in its place."""
    if not comment.is_visible:
        return SafeString(_PLACEHOLDER.format(escape(placeholder(comment))))
    words = _words(get_language())
    to = comment.answers
    html = _COMMENT.format(
        name=escape(comment.nickname),
        mark=words.staff if comment.is_staff else words.guest if comment.is_guest else "",
        permalink=comment.permalink,
        time=time_element(comment.created_at),
        edited=words.edited if comment.is_edited else "",
        to=_TO.format(escape(to.nickname)) if to is not None and to.is_visible else "",
        body=escape(comment.body),
        recommend=words.recommend,
        up=comment.up,
        disapprove=words.disapprove,
        down=comment.down,
        url=comment.url,
        act_on=escape(words.act_on % {"name": comment.nickname}),
        act=words.act,
    )
    return SafeString(html)


def placeholder(comment: Comment) -> str:
    """What stands where a comment is not shown."""
    return {
        State.DELETED: _("This comment has been deleted."),
        State.HELD: _("This comment is being reviewed."),
        State.CLAIMED: _("This comment is blocked for a while because of a rights claim."),
    }.get(comment.state) or _("This comment has been hidden by a moderator.")


def entry_html(entry: Entry) -> SafeString:
    """A top-level comment with its first replies."""
    html = _ENTRY.format(
        anchor=entry.comment.anchor,
        comment=comment_html(entry.comment),
        replies=_replies(entry) if entry.replies else "",
    )
    return SafeString(html)


def _replies(entry: Entry) -> str:
    words = _words(get_language())
    return _REPLIES.format(
        label=words.replies,
        replies="".join(map(reply_html, entry.replies)),
        more=_more(entry, words) if entry.goes_on else "",
    )


def reply_html(reply: Comment) -> SafeString:
    html = _REPLY.format(anchor=reply.anchor, parent=reply.parent_id, comment=comment_html(reply))
    return SafeString(html)


def _more(entry: Entry, words: _Words) -> str:
    return _MORE.format(
        address=thread_address(entry.comment.article_id),
        parent=entry.comment.pk,
        last=entry.replies[-1].pk,
        words=escape(words.more_of % {"n": entry.more}) if entry.more else words.more,
    )
