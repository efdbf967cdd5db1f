"""What leaves by itself after ninety days: rows and hashes that tell who was where. The tick runs it."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from django.db import models, transaction
from django.db.models import F, Q

from comments.models import Ban, Comment, Posting, Report, Vote
from comments.rules import KEPT
from publication import clock

# Rows of one kind in one go: the tick comes again in half a minute, and nobody waits for a lock.
BATCH = 1000


def drop_old() -> int:
    """Drops what is too old, a batch of each kind; returns how many rows it touched. Harmless twice."""
    # Instants are compared here, not ages: at ninety days a second does not matter, and indexes serve it.
    end = clock.now() - KEPT
    jobs: tuple[Callable[[datetime], int], ...] = (_postings, _comments, _votes, _reports, _bans)
    return sum(job(end) for job in jobs)


def _oldest(rows: models.QuerySet, order: str) -> list[object]:
    return list(rows.order_by(order).values_list("pk", flat=True)[:BATCH])


def _postings(end: datetime) -> int:
    return Posting.objects.filter(
        pk__in=_oldest(Posting.objects.filter(created_at__lt=end), "created_at")
    ).delete()[0]


def _comments(end: datetime) -> int:
    old = Comment.objects.filter(created_at__lt=end).exclude(address="")
    return Comment.objects.filter(pk__in=_oldest(old, "created_at")).update(address="")


def _votes(end: datetime) -> int:
    old = Vote.objects.filter(changed_at__lt=end).exclude(address="")
    return Vote.objects.filter(pk__in=_oldest(old, "changed_at")).update(address="")


def _reports(end: datetime) -> int:
    """The comment's number of reports goes down with them."""
    found = list(Report.objects.filter(created_at__lt=end).order_by("created_at")[:BATCH])
    gone = 0
    for comment_id, number in sorted(Counter(row.comment_id for row in found).items()):
        pks = [row.pk for row in found if row.comment_id == comment_id]
        with transaction.atomic():
            Comment.objects.select_for_update().filter(pk=comment_id).first()
            left = Report.objects.filter(pk__in=pks).delete()[0]
            Comment.objects.filter(pk=comment_id).update(reports=F("reports") - left)
        gone += min(left, number)
    return gone


def _bans(end: datetime) -> int:
    """An ended ban of an address holds an address' hash and nothing else of use: it leaves at once."""
    ended = Q(kind=Ban.Kind.ADDRESS, until__lte=clock.now()) | Q(until__lt=end)
    return Ban.objects.filter(ended).delete()[0]
