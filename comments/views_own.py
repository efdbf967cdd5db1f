"""What belongs to this browser or account: its comments, and its part of a public page."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Article
from comments import editing, posting, presenting, writers
from comments.ages import with_age
from comments.forms import number
from comments.models import Comment
from comments.refusals import Refused
from comments.rules import MINE_PAGE
from comments.writers import Writer
from publication import clock

# Comments that one answer tells about: a page with every thread opened wide.
IDS_MAX = 500


def _own(by: Writer) -> QuerySet[Comment]:
    if by.user is not None:
        return Comment.objects.filter(user=by.user)
    return Comment.objects.filter(guest=by.guest) if by.guest else Comment.objects.none()


@require_safe
def comments_mine(request: HttpRequest) -> HttpResponse:
    """내 댓글 모음: newest first, over all articles; `?after=` goes on after an id."""
    by = writers.of(request)
    after = number(request.GET["after"]) if "after" in request.GET else None
    if "after" in request.GET and after is None:
        return render(request, "400.html", status=400)
    rows = _own(by).select_related("article", "answers").order_by("-id")
    found = list((rows if after is None else rows.filter(id__lt=after))[: MINE_PAGE + 1])
    now = clock.now()
    context = {
        "entries": [(comment, comment.article.is_public(now)) for comment in found[:MINE_PAGE]],
        "after": found[MINE_PAGE - 1].pk if len(found) > MINE_PAGE else None,
        "is_first": after is None,
        "is_member": by.user is not None,
    }
    return render(request, "comments/comments-mine.html", context)


@require_safe
def comments_me(request: HttpRequest) -> HttpResponse:
    """For the script, about `?article=` and the comments `?ids=1,2,3` on its page: what is mine, and tokens."""
    by = writers.of(request)
    ids = [pk for pk in map(number, request.GET.get("ids", "").split(",")[:IDS_MAX]) if pk]
    told = {
        "csrf": get_token(request),
        "token": posting.new_token(),
        "member": by.user is not None,
        "name": (by.user.nickname or by.user.name) if by.user else presenting.last_nickname(by),
        "known": by.is_known,
        **_may_write(by, request.GET.get("article", "")),
        "mine": _mine(by, ids),
        "votes": presenting.votes_of(by, ids) if ids else {},
    }
    return JsonResponse(told)


def _may_write(by: Writer, article: str) -> dict[str, Any]:
    """Whether the form may be used at this moment, and if not, why."""
    found = (
        Article.objects.select_related("section__parent", "discussion")
        .filter(pk=number(article) or 0)
        .first()
    )
    if found is None:
        return {"write": False, "why": _("There is no such article.")}
    try:
        posting.may_write(found, by)
    except Refused as refusal:
        return {"write": False, "why": refusal.message}
    return {"write": True, "why": ""}


def _mine(by: Writer, ids: list[int]) -> dict[int, dict[str, int]]:
    """Own comments among these: id -> seconds left for editing, and the version an edit names."""
    if not ids or not by.is_known:
        return {}
    own = with_age(_own(by).filter(pk__in=ids))
    return {
        comment.pk: {"seconds": editing.seconds_left(comment), "version": comment.version} for comment in own
    }
