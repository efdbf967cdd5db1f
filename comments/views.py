"""The public pages of a thread, byte for byte the same for everybody, and permalinks into it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.views import gone
from comments import presenting, threads
from comments.forms import number
from comments.models import Comment
from comments.rules import REPLIES_SHOWN
from comments.threads import BrokenCursor
from publication import clock
from publication.http import public_page
from publication.standing import stands_on


@require_safe
@public_page(query=("sort", "after", "parent"))
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """`?sort=&after=` a page of the thread, `?parent=&after=` the replies under one comment.

    404 and 410 as the article itself; 400 for an order or a cursor that is none of ours.
    """
    article = (
        Article.objects.public(clock.now())
        .select_related("section__parent", "discussion")
        .filter(pk=pk)
        .first()
    )
    if article is None:
        if Article.objects.withdrawn().filter(pk=pk).exists():
            return gone(request)
        raise Http404
    stands_on(f"article:{pk}", threads.version_key(pk))
    if "parent" in request.GET:
        return _replies(request, article)
    sort, cursor = request.GET.get("sort", threads.DEFAULT_SORT), request.GET.get("after")
    if sort not in threads.SORTS:
        return render(request, "400.html", status=400)
    try:
        thread = presenting.thread(article, sort=sort, cursor=cursor)
    except BrokenCursor:
        return render(request, "400.html", status=400)
    return render(request, "comments/comments.html", {"article": article, "thread": thread})


def _replies(request: HttpRequest, article: Article) -> HttpResponse:
    parent, after = number(request.GET["parent"]), number(request.GET.get("after", "0"))
    if after is None:
        return render(request, "400.html", status=400)
    top = get_object_or_404(Comment, pk=parent or 0, article=article, parent=None)
    if not threads.is_shown(top):
        raise Http404
    presenting.stands_on_thread(article)
    replies, last = threads.replies(top, after)
    context = {
        "article": article,
        "top": top,
        "replies": replies,
        "after": after,
        "last": last,
        "is_open": threads.is_open(article),
        "rules": presenting.rules_shown(),
    }
    return render(request, "comments/replies.html", context)


@require_safe
def comment_at(request: HttpRequest, pk: int) -> HttpResponse:
    """302 to the page on which the comment stands, and to its place on it."""
    comment = get_object_or_404(
        Comment.objects.select_related("article__discussion", "parent__article__discussion"), pk=pk
    )
    if not comment.article.is_public(clock.now()) or not threads.is_shown(comment):
        raise Http404
    return HttpResponseRedirect(f"{_page_of(comment)}#{comment.anchor}")


def _page_of(comment: Comment) -> str:
    address = reverse("comments", args=[comment.article_id])
    if comment.parent is not None:
        older = Comment.objects.standing_under(comment.parent).filter(id__lt=comment.pk).order_by("-id")
        before = list(older.values_list("pk", flat=True)[:REPLIES_SHOWN])
        if len(before) == REPLIES_SHOWN:
            return f"{address}?parent={comment.parent_id}&after={before[0]}"
    cursor = threads.cursor_before(comment.parent or comment)
    return comment.article.get_absolute_url() if cursor is None else f"{address}?after={cursor}"
