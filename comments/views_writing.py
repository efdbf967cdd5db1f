"""Writing and editing. Whatever is refused, the typed text comes back with the reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.models import Article
from comments import answers, editing, facts, posting, presenting, threads, visitors, writers
from comments.ages import with_age
from comments.forms import Typed, number
from comments.models import Comment, Posting, State
from comments.posting import Posted
from comments.refusals import Conflict, Forbidden, Refused, Unknown
from comments.rows import ANSWERED, SHOWN
from publication import clock

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def comment_write(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; POST stores one comment for its token and leads to it. `?parent=` is what it answers."""
    if request.method == "POST":
        try:
            return _post(request, pk)
        except Refused as refusal:
            article = _article(pk)
            # What strangers may not see is as if it were not there, however wrong their form is.
            is_known = article is not None and article.is_public(clock.now())
            return _write_refused(request, article, refusal if is_known else _no_article())
    article = _article(pk)
    try:
        posting.may_write(_known(article), writers.of(request))
        parent = _parent(request, pk)
    except Refused as refusal:
        return _write_refused(request, article, refusal)
    typed = Typed(nickname=presenting.last_nickname(writers.of(request))).with_token()
    return render(request, "comments/comment-write.html", _write_context(article, parent, typed))


def _article(pk: int) -> Article | None:
    return threads.opening().filter(pk=pk).first()


def _known(article: Article | None) -> Article:
    if article is None:
        raise _no_article()
    return article


def _no_article() -> Unknown:
    return Unknown(_("There is no such article."))


def _parent(request: HttpRequest, article_id: int) -> Comment | None:
    """What is answered; Unknown for a forged pair, Conflict for what has been deleted meanwhile."""
    if "parent" not in request.GET:
        return None
    pk = number(request.GET["parent"])
    if pk is None or article_id > facts.ID_MAX:
        raise Unknown(_("There is no such comment."))
    parent = Comment.objects.filter(pk=pk, article=article_id).first()
    if parent is not None and parent.state in {State.VISIBLE, State.DELETED}:
        if parent.state == State.VISIBLE:
            return parent
        raise Conflict(_("The comment you answer has been deleted."))
    if parent is not None:
        raise Conflict(_("The comment you answer cannot be answered at the moment."))
    if Posting.objects.filter(comment_id=pk, article_id=article_id).exists():
        raise Conflict(_("The comment you answer has been deleted."))
    raise Unknown(_("There is no such comment."))


def _parent_or_none(request: HttpRequest, article_id: int) -> Comment | None:
    """Where what was to be answered is gone, the form that comes back writes an ordinary comment."""
    try:
        return _parent(request, article_id)
    except Refused:
        return None


def _post(request: HttpRequest, article_id: int) -> HttpResponse:
    by, key = visitors.acting(request)
    typed = Typed.of(request)
    # A second arrival is answered from the first, even where its parent has been deleted since.
    is_first_reply = "parent" in request.GET and not posting.is_posted(typed.token)
    posted = posting.post(
        article_id,
        by=by,
        text=typed.body,
        token=typed.token,
        nickname=typed.nickname,
        answers=_parent(request, article_id) if is_first_reply else None,
    )
    return answers.done(request, _address_of(posted, article_id), _told(posted, article_id), key)


def _address_of(posted: Posted, article_id: int) -> str:
    if posted.comment is None:
        return threads.thread_address(article_id)
    return posted.comment.url


def _told(posted: Posted, article_id: int) -> dict[str, Any]:
    if posted.comment is None:
        return {
            "id": None,
            "state": State.DELETED,
            "message": _("This comment has been deleted."),
            "count": presenting.count_of(article_id),
        }
    comment, count = posted.comment, posted.count
    if count is None:
        comment = _aged(comment.pk)
        count = comment.count
    return {
        "id": comment.pk,
        "parent": comment.parent_id,
        "state": comment.state,
        "message": _("Your comment is posted.") if comment.is_visible else _("It will appear after review."),
        "html": presenting.html_of(comment) if comment.is_visible else "",
        "seconds": editing.seconds_left(comment),
        "count": count,
    }


def _aged(pk: int) -> Comment:
    """The comment with its age, and the public count of its thread at this moment."""
    aged = with_age(Comment.objects.select_related("answers").only(*SHOWN, *ANSWERED))
    return aged.annotate(count=F("article__discussion__visible_count")).get(pk=pk)


def _write_context(article: Article, parent: Comment | None, typed: Typed) -> dict[str, Any]:
    return {"article": article, "parent": parent, "typed": typed, "rules": presenting.rules_shown()}


def _write_refused(request: HttpRequest, article: Article | None, refusal: Refused) -> HttpResponse:
    typed = Typed.of(request)
    if posting.is_posted(typed.token):
        # Another's token, or one's own before logging in or out: the form that comes back must be usable.
        typed = replace(typed, token="")
    if article is None or isinstance(refusal, Unknown):
        return answers.refused(request, refusal, "comments/refused.html", {"typed": typed})
    if isinstance(refusal, Forbidden):
        return answers.refused(
            request, refusal, "comments/refused.html", {"typed": typed, "article": article}
        )
    parent = None if isinstance(refusal, Conflict) else _parent_or_none(request, article.pk)
    context = _write_context(article, parent, typed.with_token())
    return answers.refused(
        request,
        refusal,
        "comments/comment-write.html",
        context,
        count=typed.count,
        token=typed.with_token().token,
    )


@require_http_methods(METHODS)
def comment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form while the minute lasts; POST replaces the text. The typed text comes back when it is over."""
    by = writers.of(request)
    comment = (
        with_age(threads.with_thread(Comment.objects.all()).select_related("answers")).filter(pk=pk).first()
    )
    try:
        if comment is None or not by.wrote(comment):
            raise Unknown(_("There is no such comment."))
        if request.method == "POST":
            return _edit(request, comment)
        editing.may_edit(comment, by)
    except Refused as refusal:
        return _edit_refused(request, comment, refusal)
    typed = Typed(body=comment.body, version=comment.version)
    return render(request, "comments/comment-edit.html", _edit_context(comment, typed))


def _edit(request: HttpRequest, comment: Comment) -> HttpResponse:
    typed = Typed.of(request)
    version = comment.version if typed.version is None else typed.version
    edited = editing.edit(comment, by=writers.of(request), text=typed.body, version=version)
    data = {
        "id": edited.pk,
        "state": edited.state,
        "version": edited.version,
        "message": _("Your comment is changed.") if edited.is_visible else _("It will appear after review."),
        "html": presenting.html_of(edited) if edited.is_visible else "",
        "count": presenting.count_of(edited.article_id),
    }
    return answers.done(request, reverse("comment", args=[edited.pk]), data)


def _edit_context(comment: Comment, typed: Typed) -> dict[str, Any]:
    return {
        "comment": comment,
        "article": comment.article,
        "typed": typed,
        "seconds": editing.seconds_left(comment),
        "rules": presenting.rules_shown(),
    }


def _edit_refused(request: HttpRequest, comment: Comment | None, refusal: Refused) -> HttpResponse:
    typed = Typed.of(request)
    if comment is None or isinstance(refusal, Unknown):
        return answers.refused(request, refusal, "comments/refused.html", {"typed": typed})
    current = with_age(Comment.objects.select_related("article__discussion")).filter(pk=comment.pk).first()
    is_over = current is None or not editing.seconds_left(current) or isinstance(refusal, Forbidden)
    if is_over:
        context = {"typed": typed, "comment": current}
        return answers.refused(request, refusal, "comments/refused.html", context, count=typed.count)
    # Still in time: the form comes back with what was typed, for the text as it stands now.
    again = Typed(body=typed.body, version=current.version)
    return answers.refused(
        request,
        refusal,
        "comments/comment-edit.html",
        _edit_context(current, again),
        count=typed.count,
        version=current.version,
    )
