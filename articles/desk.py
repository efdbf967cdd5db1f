"""The desk's dashboard: what waits, what is planned, what is mine, what just went out."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from accounts import permissions
from articles.models import Article
from articles.models.article import ArticleQuerySet, Status

if TYPE_CHECKING:
    from accounts.models import User

# Articles shown in each box of the dashboard; the lists hold the rest.
BOX = 8


@dataclass(frozen=True)
class Dashboard:
    """Lists of articles, newest first (waiting: oldest first); None where the person has no such box."""

    mine: list[Article] | None
    waiting: list[Article] | None
    scheduled: list[Article] | None
    published: list[Article] | None
    own_approvals: list[Article] | None


def dashboard(user: "User", now: datetime) -> Dashboard:
    """Four boxes at most, a bounded query each."""
    rows = Article.objects.defer("body", "body_html", "lead_html").select_related(
        "section", "owner", "submitted_by", "approved_by"
    )
    newsroom, all_of_it = permissions.can_use_newsroom(user), permissions.can_see_all_articles(user)
    own = rows.filter(owner=user)
    visible = _of_desk(rows, user) if all_of_it else own
    return Dashboard(
        mine=list(own.exclude(status__in=[Status.PUBLISHED, Status.WITHDRAWN]).order_by("-id")[:BOX])
        if newsroom
        else None,
        waiting=list(visible.filter(status=Status.SUBMITTED).order_by("submitted_at", "id")[:BOX])
        if all_of_it
        else None,
        scheduled=list(visible.scheduled(now).order_by("publish_at", "id")[:BOX]) if newsroom else None,
        published=list(visible.public(now).newest()[:BOX]) if newsroom else None,
        own_approvals=list(rows.exclude(approval_reason="").order_by("-id")[:BOX])
        if permissions.is_manager(user)
        else None,
    )


def _of_desk(articles: ArticleQuerySet, user: "User") -> ArticleQuerySet:
    """What this desk minds: its sections with their sub-sections, and what has no section yet."""
    mine = user.desk_section_ids
    if permissions.is_manager(user) or not mine:
        return articles
    return articles.filter(Q(section__in=mine) | Q(section__parent__in=mine) | Q(section=None))
