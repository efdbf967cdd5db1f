"""The workflow's buttons: which stand on the form of whom, and what each one does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import permissions
from articles import workflow
from articles.models import Article
from articles.models.article import Status
from publication import clock

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from accounts.models import User


@dataclass(frozen=True)
class Action:
    """A button: its name in the POST, its label, the form fields it reads, and whether it stands out."""

    name: str
    label: str | Promise
    fields: tuple[str, ...] = ()
    is_main: bool = False
    is_danger: bool = False


SUBMIT = Action("_submit", gettext_lazy("Send to the desk"), is_main=True)
APPROVE = Action("_approve", gettext_lazy("Approve and publish now"), ("note",), is_main=True)
SCHEDULE = Action("_schedule", gettext_lazy("Approve for the chosen time"), ("note", "at"))
RETURN = Action("_return", gettext_lazy("Return to the reporter"), ("note",))
RESCHEDULE = Action("_reschedule", gettext_lazy("Change the time"), ("at",))
UNSCHEDULE = Action("_unschedule", gettext_lazy("Take from the schedule"))
WITHDRAW = Action("_withdraw", gettext_lazy("Withdraw from readers"), ("note",), is_danger=True)
REINSTATE = Action("_reinstate", gettext_lazy("Publish again"), ("note",))


def available_actions(user: User, article: Article | None) -> list[Action]:
    """The buttons this person may press on this article now; a new article can be sent at once."""
    if article is None or article.pk is None:
        return [SUBMIT]
    actions: list[Action] = []
    if permissions.can_submit_article(user, article):
        actions.append(SUBMIT)
    if not permissions.can_decide_article(user, article):
        return actions
    return [*actions, *_of_the_desk(user, article)]


def _of_the_desk(user: User, article: Article) -> list[Action]:
    now = clock.now()
    if article.status == Status.SUBMITTED:
        # A manager who submitted it may still approve it, with a reason.
        may_approve = permissions.can_approve_article(user, article, reason="given later")
        return [APPROVE, SCHEDULE, RETURN] if may_approve else [RETURN]
    if article.is_scheduled(now):
        return [RESCHEDULE, UNSCHEDULE]
    if article.is_public(now):
        return [WITHDRAW]
    return [REINSTATE] if article.status == Status.WITHDRAWN else []


def _submit(article: Article, by: User, note: str, at: datetime | None) -> str:
    workflow.submit(article, by=by)
    return _("Sent to the desk.")


def _approve(article: Article, by: User, note: str, at: datetime | None) -> str:
    workflow.approve(article, by=by, reason=note)
    return _("Published. Readers see it now.")


def _schedule(article: Article, by: User, note: str, at: datetime | None) -> str:
    if at is None:
        raise workflow.Refused(_("Choose the time of publication."))
    workflow.approve(article, by=by, at=at, reason=note)
    return _("Scheduled. Readers see it from its second on.")


def _return(article: Article, by: User, note: str, at: datetime | None) -> str:
    workflow.return_to_reporter(article, by=by, note=note)
    return _("Returned with your note.")


def _reschedule(article: Article, by: User, note: str, at: datetime | None) -> str:
    if at is None:
        raise workflow.Refused(_("Choose the time of publication."))
    workflow.reschedule(article, by=by, at=at)
    return _("The time has been changed.")


def _unschedule(article: Article, by: User, note: str, at: datetime | None) -> str:
    workflow.unschedule(article, by=by)
    return _("Taken from the schedule; it waits for approval again.")


def _withdraw(article: Article, by: User, note: str, at: datetime | None) -> str:
    workflow.withdraw(article, by=by, reason=note)
    return _("Withdrawn. Its address answers that the article is gone.")


def _reinstate(article: Article, by: User, note: str, at: datetime | None) -> str:
    workflow.reinstate(article, by=by, reason=note)
    return _("Published again under its old address and time.")


VERBS: dict[str, Callable[[Article, User, str, datetime | None], str]] = {
    "_submit": _submit,
    "_approve": _approve,
    "_schedule": _schedule,
    "_return": _return,
    "_reschedule": _reschedule,
    "_unschedule": _unschedule,
    "_withdraw": _withdraw,
    "_reinstate": _reinstate,
}


def perform(name: str, article: Article, *, by: User, note: str, at: datetime | None) -> str:
    """Runs the button's verb; returns what to tell the person, raises workflow.Refused."""
    return VERBS[name](article, by, note, at)
