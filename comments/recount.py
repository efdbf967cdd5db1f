"""Counters against counted rows: what `manage.py recount` repairs, and what must always be nothing."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F, Q

from articles.models import Discussion
from comments.models import Comment, State


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
    for comment, counted in _counted(article_id):
        for name, number in counted.items():
            if getattr(comment, name) != number:
                found.append(Drift(name, comment.pk, getattr(comment, name), number))
    return found


def _counted(article_id: int) -> list[tuple[Comment, dict[str, int]]]:
    rows = Comment.objects.filter(article_id=article_id).annotate(
        n_up=Count("votes", filter=Q(votes__value=1), distinct=True),
        n_down=Count("votes", filter=Q(votes__value=-1), distinct=True),
        n_replies=Count("children", filter=Q(children__state=State.VISIBLE), distinct=True),
        n_own=Count(
            "children",
            filter=Q(children__state=State.VISIBLE)
            & (Q(children__user=F("user")) | (Q(children__guest=F("guest")) & ~Q(guest=""))),
            distinct=True,
        ),
    )
    return [
        (
            row,
            {
                "up": row.n_up,
                "down": row.n_down,
                "replies": row.n_replies,
                "replies_by_others": 0 if row.state == State.DELETED else row.n_replies - row.n_own,
            },
        )
        for row in rows
    ]


def repair(article_id: int) -> list[Drift]:
    """Writes the counted numbers; returns what had drifted."""
    with transaction.atomic():
        Discussion.objects.select_for_update().get(pk=article_id)
        list(Comment.objects.select_for_update().filter(article_id=article_id).order_by("pk"))
        found = drift(article_id)
        for one in found:
            rows = Discussion.objects if one.what == "visible_count" else Comment.objects
            rows.filter(pk=one.pk).update(**{one.what: one.counted})
    return found
