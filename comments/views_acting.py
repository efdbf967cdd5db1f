"""What one visitor may do with one comment, and doing it: vote, report, delete."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import permissions
from articles.models import Article
from comments import answers, deleting, moderation, presenting, threads, visitors, voting, writers
from comments.ages import with_age
from comments.models import Comment, Posting, Report, State
from comments.refusals import Refused, Unknown
from comments.rules import rules
from comments.writers import Writer
from publication import clock

METHODS = ["GET", "HEAD", "POST"]
VOTES = {"1": 1, "0": 0, "-1": -1}


def _find(pk: int, by: Writer) -> Comment | None:
    """The comment with its age, where this visitor may know of it."""
    rows = with_age(
        Comment.objects.select_related("article__discussion", "article__section__parent", "parent", "answers")
    )
    comment = rows.filter(pk=pk).exclude(state=State.DELETED).first()
    if comment is None or by.wrote(comment) or _moderates(by):
        return comment
    is_shown = comment.is_visible or Report.objects.filter(comment=comment, reporter=by.key).exists()
    return comment if is_shown and comment.article.is_public(clock.now()) else None


def _moderates(by: Writer) -> bool:
    return by.user is not None and permissions.can_moderate_comments(by.user)


@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """One comment and what this visitor may do now; 404 for what is not his to see."""
    by = writers.of(request)
    found = _find(pk, by)
    if found is None:
        raise Http404
    return render(request, "comments/comment.html", _context(found, by))


def _context(found: Comment, by: Writer) -> dict[str, Any]:
    may = presenting.may(found, by)
    has_reported = by.is_known and Report.objects.filter(comment=found, reporter=by.key).exists()
    return {
        "comment": found,
        "article": found.article if found.article.is_public(clock.now()) else None,
        "may": may,
        "vote": presenting.votes_of(by, [found.pk]).get(found.pk, 0),
        "has_reported": has_reported,
        # A reporter of a comment that has been taken away since sees that, and no longer its words.
        "is_readable": found.is_visible or may.is_own or _moderates(by),
        "is_new": may.is_own and found.is_visible and found.age <= rules().edit_window,
        "has_place": threads.is_shown(found),
        "rules": presenting.rules_shown(),
    }


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    return answers.refused(request, refusal, "comments/refused.html", {})


@require_http_methods(METHODS)
def comment_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """POST sets this visitor's vote to `value`: 1, 0 or −1; GET shows the comment with its buttons."""
    if request.method != "POST":
        return comment(request, pk)
    by, key = visitors.acting(request)
    value = VOTES.get(request.POST.get("value", ""))
    try:
        if value is None:
            raise Refused(_("Choose between recommending and disapproving."))
        voted = voting.set_vote(pk, by=by, value=value)
    except Refused as refusal:
        return _refused(request, refusal)
    data = {"id": pk, "up": voted.up, "down": voted.down, "vote": value}
    return answers.done(request, reverse("comment", args=[pk]), data, key)


@require_http_methods(METHODS)
def comment_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The reasons; POST reports with one of them."""
    by, key = visitors.acting(request)
    found = _find(pk, by)
    reason = request.POST.get("reason", "")
    try:
        if found is None:
            raise Unknown(_("There is no such comment."))
        if request.method == "POST":
            moderation.report(pk, by=by, reason=reason)
            data = {"id": pk, "message": _("Thank you. Your report has arrived.")}
            return answers.done(request, reverse("comment", args=[pk]), data, key)
    except Refused as refusal:
        if found is None or refusal.status != Refused.status:
            return _refused(request, refusal)
        return answers.refused(request, refusal, "comments/comment-report.html", _context(found, by))
    return render(request, "comments/comment-report.html", _context(found, by))


@require_http_methods(METHODS)
def comment_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks; POST deletes for good, and a second POST finds it done."""
    by = writers.of(request)
    found = _find(pk, by)
    try:
        if found is None and request.method == "POST":
            return _gone(request, _deleted_before(pk, by))
        if found is None or not presenting.may(found, by).delete:
            raise Unknown(_("There is no such comment."))
        if request.method != "POST":
            return render(request, "comments/comment-delete.html", _context(found, by))
        if by.wrote(found):
            deleting.delete(pk)
        else:
            moderation.delete(pk, by=by.user)
    except Refused as refusal:
        return _refused(request, refusal)
    return _gone(request, found.article_id, pk)


def _deleted_before(pk: int, by: Writer) -> int:
    """The article under which the comment was once posted, for its writer and moderators; else Unknown."""
    posted = Posting.objects.filter(comment_id=pk)
    mine = posted if _moderates(by) else posted.filter(writer=by.key)
    article_id = mine.values_list("article_id", flat=True).first()
    if article_id is None:
        raise Unknown(_("There is no such comment."))
    return article_id


def _gone(request: HttpRequest, article_id: int, pk: int | None = None) -> HttpResponse:
    """To the thread; where that is not public any more, to one's own comments."""
    is_public = Article.objects.public(clock.now()).filter(pk=article_id).exists()
    address = reverse("comments", args=[article_id]) if is_public else reverse("comments-mine")
    stone = Comment.objects.filter(pk=pk).first() if pk else None
    data = {
        "message": _("Your comment has been deleted."),
        "html": presenting.html_of(stone) if stone and threads.is_shown(stone) else "",
        "count": presenting.count_of(article_id),
    }
    return answers.done(request, address, data)
