"""What moderators see in the demo: held, reported, hidden, claimed and deleted comments, by the real verbs."""

from __future__ import annotations

import random
import tomllib
from datetime import timedelta
from typing import TYPE_CHECKING

from comments import banning, moderation, texts, words
from comments.models import Comment, Report, State
from comments.writers import Writer, guest_hash
from newsroom.demo.sources import HERE
from publication import clock

if TYPE_CHECKING:
    from accounts.models import User

HELD, HIDDEN, TOMBSTONES, REPORTED = 16, 10, 14, 22
WHY = ("욕설·비하", "광고·도배", "개인정보")


def make_trouble(chance: random.Random, moderator: User) -> None:
    """Counters follow, because every change of state is a moderator's or a reader's own verb."""
    told = tomllib.loads((HERE / "comments.toml").read_text())
    pks = list(Comment.objects.filter(is_staff=False).order_by("-id").values_list("pk", flat=True)[:900])
    chosen = iter(chance.sample(pks, HELD + HIDDEN + REPORTED))
    for number in range(HELD):
        _rewrite(next(chosen), told["held"][number % len(told["held"])], moderator)
    for number in range(HIDDEN):
        pk = next(chosen)
        Comment.objects.filter(pk=pk).update(body=told["hidden"][number % len(told["hidden"])])
        moderation.hide(pk, by=moderator, why=WHY[number % len(WHY)])
    for pk in chosen:
        _report(pk, chance)
    _tombstones(chance, moderator)
    _claims(moderator)
    spammer = Comment.objects.filter(state=State.HIDDEN).exclude(guest="").first()
    if spammer is not None:
        banning.ban(spammer.pk, by=moderator, kind="guest", why="도배", until=clock.now() + timedelta(days=7))


def _rewrite(pk: int, text: str, moderator: User) -> None:
    """Held for what stands in it: a blocked word, or a guest's link."""
    match = words.first_match(text, words.blocked())
    rows = Comment.objects.filter(pk=pk)
    if match is None and texts.has_link(text):
        rows = rows.exclude(guest="")
    rows.update(body=text, matched=match.written if match else "")
    moderation.hold(pk, by=moderator)


def _report(pk: int, chance: random.Random) -> None:
    """One to four readers complain; the third holds it."""
    reasons = chance.choices(
        Report.Reason.values, weights=(5, 1, 1, 3, 1, 2), k=chance.choice((1, 1, 2, 2, 4))
    )
    for number, reason in enumerate(reasons):
        reader = Writer(guest=guest_hash(f"demo reporter {number}"))
        if Comment.objects.filter(pk=pk, state=State.VISIBLE).exists():
            moderation.report(pk, by=reader, reason=reason)


def _tombstones(chance: random.Random, moderator: User) -> None:
    """Deleted comments that others had answered."""
    answered = Comment.objects.visible().filter(parent=None, replies__gt=0, replies__lt=4, up__lt=6)
    pks = list(answered.order_by("-id").values_list("pk", flat=True)[:300])
    for number, pk in enumerate(chance.sample(pks, min(TOMBSTONES, len(pks)))):
        moderation.delete(pk, by=moderator, why=WHY[number % len(WHY)])


def _claims(moderator: User) -> None:
    """One that ends soon, one that has time, and one that has just ended and waits to be looked at."""
    now = clock.now()
    rows = Comment.objects.visible().filter(parent=None, is_staff=False).order_by("-up")
    pks = list(rows.values_list("pk", flat=True)[40:43])
    ends = (now + timedelta(days=2), now + timedelta(days=20), now + timedelta(seconds=1))
    for pk, until in zip(pks, ends, strict=False):
        moderation.claim(pk, by=moderator, claimed_by="아무개 (당사자)", until=until, why="명예훼손")
    with clock.at(now + timedelta(seconds=1)):
        moderation.end_claims()
