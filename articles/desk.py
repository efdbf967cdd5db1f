"""The desk's dashboard: what waits, what is planned, what is mine, what just went out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Case, Q, Value, When

from accounts import permissions
from articles.models import Article
from articles.models.article import ArticleQuerySet, Status

if TYPE_CHECKING:
    from accounts.models import User

# Articles shown in each box of the dashboard; the lists hold the rest.
BOX = 8


@dataclass(frozen=True)
class Box:
    """The first articles of a list, and whether the list holds more."""

    articles: list[Article]
    has_more: bool

    @classmethod
    def of(cls, articles: ArticleQuerySet) -> Box:
        rows = list(articles[: BOX + 1])
        return cls(rows[:BOX], len(rows) > BOX)


@dataclass(frozen=True)
class Dashboard:
    """Boxes of articles; None where the person has no such box.

    Waiting: oldest first. Scheduled: next first. Mine: returned ones first, then newest. Others: newest first.
    """

    mine: Box | None = None
    waiting: Box | None = None
    scheduled: Box | None = None
    published: Box | None = None
    own_approvals: Box | None = None


def dashboard(user: User, now: datetime) -> Dashboard:
    """Five boxes at most, one query each."""
    if not permissions.can_use_newsroom(user):
        return Dashboard()
    rows = Article.objects.defer("body", "body_html", "lead_html").select_related(
        "section", "owner", "submitted_by", "approved_by"
    )
    own = rows.filter(owner=user)
    is_desk = permissions.can_see_all_articles(user)
    visible = _of_desk(rows, user) if is_desk else own
    waiting = visible.filter(status=Status.SUBMITTED).order_by("submitted_at", "id")
    return Dashboard(
        mine=Box.of(_unfinished(own)),
        waiting=Box.of(waiting) if is_desk else None,
        scheduled=Box.of(visible.scheduled(now).order_by("publish_at", "id")),
        published=Box.of(visible.public(now).newest()),
        own_approvals=Box.of(rows.exclude(approval_reason="").order_by("-approved_at", "-id"))
        if permissions.is_manager(user)
        else None,
    )


def _unfinished(own: ArticleQuerySet) -> ArticleQuerySet:
    """What its writer still has to do with, returned ones on top."""
    returned_first = Case(When(status=Status.RETURNED, then=Value(0)), default=Value(1))
    unfinished = own.exclude(status__in=[Status.PUBLISHED, Status.WITHDRAWN])
    return unfinished.order_by(returned_first, "-updated_at", "-id")


def _of_desk(articles: ArticleQuerySet, user: User) -> ArticleQuerySet:
    """What this desk minds: its sections with their sub-sections, and what has no section yet."""
    mine = user.desk_section_ids
    if permissions.is_manager(user) or not mine:
        return articles
    return articles.filter(Q(section__in=mine) | Q(section__parent__in=mine) | Q(section=None))
