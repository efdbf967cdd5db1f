"""Counters against counted rows: what `manage.py recount` repairs, and what must always be nothing."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from articles.models import Discussion
from comments import threads
from comments.models import Comment, Report, State, Vote
from publication import versions


@dataclass(frozen=True)
class Drift:
    """One counter that differs from the rows it counts."""

    what: str
    pk: int
    stored: int
    counted: int


def drift(article_id: int) -> list[Drift]:
    """Every counter of an article's thread that differs; the expected answer is none."""
    found = []
    visible = Comment.objects.visible().filter(article_id=article_id).count()
    stored = Discussion.objects.get(pk=article_id).visible_count
    if stored != visible:
        found.append(Drift("visible_count", article_id, stored, visible))
    return found + _differing(Comment.objects.filter(article_id=article_id))


def _differing(rows: QuerySet) -> list[Drift]:
    return [
        Drift(name, comment.pk, getattr(comment, name), number)
        for comment, counted in _counted(rows)
        for name, number in counted.items()
        if getattr(comment, name) != number
    ]


def _number(rows: QuerySet, key: str) -> Coalesce:
    """How many of these rows belong to the comment outside; a join of two kinds would multiply them."""
    counted = rows.order_by().filter(**{key: OuterRef("pk")}).values(key).annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def _counted(rows: QuerySet) -> list[tuple[Comment, dict[str, int]]]:
    replies = Comment.objects.visible()
    own = replies.filter(
        Q(user=OuterRef("user")) | Q(guest=OuterRef("guest"), guest__gt=""),
    )
    rows = rows.defer("body").annotate(
        n_up=_number(Vote.objects.filter(value=1), "comment"),
        n_down=_number(Vote.objects.filter(value=-1), "comment"),
        n_reports=_number(Report.objects.all(), "comment"),
        n_replies=_number(replies, "parent"),
        n_own=_number(own, "parent"),
    )
    return [
        (
            row,
            {
                "up": row.n_up,
                "down": row.n_down,
                "reports": row.n_reports,
                "replies": row.n_replies,
                "replies_by_others": 0 if row.state == State.DELETED else row.n_replies - row.n_own,
            },
        )
        for row in rows
    ]


def repair(article_id: int) -> list[Drift]:
    """Writes the counted numbers; returns what had drifted."""
    with transaction.atomic():
        # Comments before their thread, as the verbs lock them.
        list(Comment.objects.select_for_update().filter(article_id=article_id).order_by("pk"))
        Discussion.objects.select_for_update().get(pk=article_id)
        found = drift(article_id)
        _write(found)
        if found:
            versions.bump(threads.version_key(article_id))
    return found


def repair_comments(pks: Collection[int]) -> list[Drift]:
    """The same for single comments that the caller has locked."""
    found = _differing(Comment.objects.filter(pk__in=pks))
    _write(found)
    return found


def _write(found: list[Drift]) -> None:
    for one in found:
        rows = Discussion.objects if one.what == "visible_count" else Comment.objects
        rows.filter(pk=one.pk).update(**{one.what: one.counted})
