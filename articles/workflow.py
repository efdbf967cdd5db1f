"""The only writer of an article's status and times.

draft → submitted → returned | approved (published: now, or scheduled for a time to come) → withdrawn.
Every verb locks the article, asks permissions.py, changes what it may change from the states it may start
in, writes its audit row and raises the page versions: all in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import permissions
from articles import cards, checklist, saving, story
from articles.locking import lock
from articles.models import Article, Byline
from articles.models.article import Status
from articles.pages import changed
from articles.search import index
from publication import audit, clock
from publication.prepared import Prepared

if TYPE_CHECKING:
    from accounts.models import User


ROW = Prepared(
    lambda pk: Article.objects.select_related("section", "lead_photo").filter(pk=pk).order_by(), pk=int
)


class Refused(Exception):
    """A verb that was not carried out; `message` says why, in the person's language."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(Refused):
    """The person may not do this."""


class WrongState(Refused):
    """The article is not, or no longer, in a state in which this can be done."""


class Incomplete(Refused):
    """The publish checklist is not empty; `lacks` names each thing with its field."""

    def __init__(self, lacks: list[checklist.Missing]) -> None:
        super().__init__(" ".join(item.message for item in lacks))
        self.lacks = lacks


def submit(article: Article, *, by: User) -> None:
    """The reporter hands the article to the desk."""
    with transaction.atomic():
        current = _locked(article, {Status.DRAFT, Status.RETURNED})
        _demand(permissions.can_submit_article(by, current))
        _demand_complete(current)
        _move(article, Status.SUBMITTED, submitted_by=by, submitted_at=clock.now())
        audit.record("submit", by=by, obj=article)


def recall(article: Article, *, by: User) -> None:
    """The reporter takes it back while it still waits, to write on."""
    with transaction.atomic():
        current = _locked(article, {Status.SUBMITTED})
        _demand(permissions.can_recall_article(by, current))
        _move(article, Status.DRAFT, submitted_by=None, submitted_at=None)
        audit.record("recall", by=by, obj=article)


def return_to_reporter(article: Article, *, by: User, note: str) -> None:
    """The desk gives it back with a note of what to do."""
    with transaction.atomic():
        current = _locked(article, {Status.SUBMITTED})
        _demand(permissions.can_decide_article(by, current))
        if not note.strip():
            raise Refused(_("Write a note, so that the reporter knows what to change."))
        _move(article, Status.RETURNED, return_note=note.strip())
        audit.record("return", by=by, obj=article, why=note)


def approve(article: Article, *, by: User, at: datetime | None = None, reason: str = "") -> None:
    """Publishes now, or at a time to come. Whoever submitted it may not, save a manager with a reason."""
    with transaction.atomic():
        now = clock.now()
        current = _locked(article, {Status.SUBMITTED})
        _demand_approval(by, current, reason)
        publish_at = _time_to_come(at, now)
        story.gather(current)
        _demand_complete(current)
        for byline in current.bylines.all():
            before = (byline.name, byline.title)
            byline.take_name()
            if (byline.name, byline.title) != before:
                Byline.objects.filter(pk=byline.pk).update(name=byline.name, title=byline.title)
        is_own = current.submitted_by_id == by.pk
        saving.derive(
            current,
            status=Status.PUBLISHED,
            publish_at=publish_at,
            first_published_at=publish_at,
            approved_by=by,
            approved_at=now,
            approval_reason=reason.strip() if is_own else "",
            return_note="",
        )
        _hand_over(current, article)
        cards.draw_soon(current)
        audit.record(
            "schedule" if publish_at > now else "publish", by=by, obj=article, why=reason if is_own else ""
        )
        changed(current, is_gathered=True)


def reschedule(article: Article, *, by: User, at: datetime) -> None:
    """Moves a time that has not come yet; 입력 moves with it. From its second on nothing moves it."""
    with transaction.atomic():
        now = clock.now()
        current = _locked_scheduled(article, now)
        _demand(permissions.can_decide_article(by, current))
        publish_at = _time_to_come(at, now)
        _move(article, Status.PUBLISHED, publish_at=publish_at, first_published_at=publish_at)
        audit.record("reschedule", by=by, obj=article)
        changed(article)


def unschedule(article: Article, *, by: User) -> None:
    """Takes an article that is not public yet from the plan, back among those that wait."""
    with transaction.atomic():
        current = _locked_scheduled(article, clock.now())
        _demand(permissions.can_decide_article(by, current))
        _move(
            article,
            Status.SUBMITTED,
            publish_at=None,
            first_published_at=None,
            approved_by=None,
            approved_at=None,
            approval_reason="",
        )
        cards.drop(article)
        audit.record("unschedule", by=by, obj=article)
        changed(article)


def withdraw(article: Article, *, by: User, reason: str) -> None:
    """Takes a public article from readers: its address answers 410 from now on."""
    with transaction.atomic():
        now = clock.now()
        current = _locked(article, {Status.PUBLISHED})
        if not current.is_public(now):
            raise WrongState(_("This article is not public yet; take it from the schedule instead."))
        _demand(permissions.can_withdraw_article(by, current))
        if not reason.strip():
            raise Refused(_("Give a reason for the withdrawal."))
        _move(article, Status.WITHDRAWN, withdrawn_at=now)
        cards.drop(article)
        audit.record("withdraw", by=by, obj=article, why=reason)
        changed(article, removing=True)


def reinstate(article: Article, *, by: User, reason: str) -> None:
    """Gives a withdrawn article back to readers, under its old address and time."""
    with transaction.atomic():
        current = _locked(article, {Status.WITHDRAWN})
        _demand(permissions.can_withdraw_article(by, current))
        if not reason.strip():
            raise Refused(_("Give a reason for publishing it again."))
        _demand_complete(current)
        _move(article, Status.PUBLISHED, withdrawn_at=None)
        article.refresh_from_db()
        saving.derive(article)
        cards.draw_soon(article)
        audit.record("reinstate", by=by, obj=article, why=reason)
        changed(article)


def _locked(article: Article, states: Iterable[str]) -> Article:
    """The article's row as it is now, locked for this transaction; WrongState if it is elsewhere."""
    lock(article.pk)
    [current] = ROW.objects(pk=article.pk)
    if current.status not in states:
        raise WrongState(
            _("The article is “{status}” by now. Reload the page.").format(
                status=current.get_status_display()
            )
        )
    return current


def _locked_scheduled(article: Article, now: datetime) -> Article:
    current = _locked(article, {Status.PUBLISHED})
    if not current.is_scheduled(now):
        raise WrongState(_("The article is public already; its time cannot change any more."))
    return current


def _time_to_come(at: datetime | None, now: datetime) -> datetime:
    if at is None:
        return now
    if at <= now:
        raise Refused(_("This time has passed. Choose a later one, or publish now."))
    return at.replace(microsecond=0)


def _demand(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed(_("You may not do this with this article."))


def _demand_complete(article: Article) -> None:
    lacks = checklist.missing(article, bylines=article.bylines.count())
    if lacks:
        raise Incomplete(lacks)


def _demand_approval(by: User, article: Article, reason: str) -> None:
    if permissions.can_approve_article(by, article, reason):
        return
    if article.submitted_by_id == by.pk and permissions.is_manager(by):
        raise NotAllowed(_("You submitted this article yourself: give a reason why nobody else approves it."))
    if article.submitted_by_id == by.pk and permissions.can_decide_article(by, article):
        raise NotAllowed(_("Whoever submitted an article does not approve it; a colleague has to."))
    raise NotAllowed(_("You may not approve this article."))


def _hand_over(current: Article, article: Article) -> None:
    """The object that the caller holds becomes as the row is, and knows of no other rows."""
    for field in Article._meta.concrete_fields:
        setattr(article, field.attname, getattr(current, field.attname))
        if field.is_relation and field.is_cached(article):
            field.delete_cached_value(article)
    getattr(article, "_prefetched_objects_cache", {}).clear()


def _move(article: Article, status: Status, **fields: object) -> None:
    """Writes the new state to the locked row and to the object the caller holds."""
    Article.objects.filter(pk=article.pk).update(status=status, **fields)
    index.moved(article.pk, Article)
    article.status = status
    for name, value in fields.items():
        setattr(article, name, value)
