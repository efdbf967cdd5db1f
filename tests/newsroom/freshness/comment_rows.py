"""What happens to comments and their threads."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from accounts.models import User
from comments import banning, claiming, deleting, editing, moderation, recount, threads, voting
from comments.models import Ban, Comment
from comments.writers import Writer, guest_hash
from newsroom.management.commands import tick
from publication import clock, versions
from tests.comments.cast import guest, member, write
from tests.factories import PASSWORD
from tests.newsroom.freshness.forms import press
from tests.newsroom.freshness.paper import Paper
from tests.newsroom.freshness.walk import Row

# Where a comment of the story shows, and what has nothing to do with it.
THREAD = "article thread thread-up thread-replies"
COUNTED = f"{THREAD} section sub series hong kind day"
ELSEWHERE = "other-thread plain album columns photos lim society paper-rss sitemap-news policy"


def edited(text: str) -> object:
    def do(paper: Paper) -> None:
        comment = Comment.objects.select_related("article__discussion").get(pk=paper.fresh.pk)
        editing.edit(comment, by=member(paper.reader), text=text, version=comment.version)

    return do


def written(paper: Paper) -> None:
    paper.fresh = write(paper.story, member(paper.reader), "방금 쓴 글")


def reported(paper: Paper) -> None:
    for person in paper.others[:3]:
        moderation.report(paper.second.pk, by=Writer(user=person), reason="abuse")


def claimed(paper: Paper) -> None:
    until = clock.now() + timedelta(hours=1)
    moderation.claim(paper.second.pk, by=paper.moderator, claimed_by="권리자", until=until)


def claim_ends(paper: Paper) -> None:
    paper.clock.shift(3600)
    tick.run()


def left(paper: Paper) -> None:
    client = paper.client(paper.reader)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    answer = client.post("/accounts/delete/")
    assert not User.objects.filter(pk=paper.reader.pk).exists(), answer.status_code


def discussion(**changed: object) -> object:
    def do(paper: Paper) -> None:
        press(
            paper.client(paper.moderator), f"/admin/articles/discussion/{paper.story.pk}/change/", **changed
        )

    return do


def vote(value: int) -> object:
    return lambda paper: voting.set_vote(paper.second.pk, by=Writer(user=paper.others[0]), value=value)


def drifted(paper: Paper) -> None:
    Comment.objects.filter(pk=paper.second.pk).update(up=7)
    with transaction.atomic():
        versions.bump(threads.version_key(paper.story.pk))


def erased_by_moderator(paper: Paper) -> None:
    answer = paper.client(paper.moderator).post(
        f"/admin/comments/comment/{paper.second.pk}/delete/", {"post": "yes"}
    )
    assert answer.status_code == 302


def lifted(paper: Paper) -> None:
    banning.lift(Ban.objects.get(), by=paper.moderator)


ROWS = [
    Row("a guest comments", lambda p: write(p.story, guest("e"), "손님의 글"), COUNTED, ELSEWHERE),
    Row("a member comments", written, COUNTED, is_narrow=True),
    Row("a comment is edited", edited("고친 글"), THREAD, is_narrow=True),
    Row(
        "a comment is edited so that it waits",
        edited("막힌낱말"),
        COUNTED,
        ELSEWHERE,
        before=lambda p: press(p.client(p.moderator), "/admin/comments/blockedword/add/", word="막힌낱말"),
        doors=("comments.blockedword",),
    ),
    Row(
        "a reply is written",
        lambda p: write(p.story, guest("f"), "답글", p.top),
        f"{COUNTED} replies",
        is_narrow=True,
    ),
    Row("a comment is recommended", vote(1), THREAD, is_narrow=True),
    Row("a vote is turned", vote(-1), THREAD, is_narrow=True),
    Row("a vote is taken back", vote(0), THREAD, is_narrow=True),
    Row(
        "a comment is held",
        lambda p: moderation.hold(p.second.pk, by=p.moderator),
        COUNTED,
        ELSEWHERE,
        verbs=("hold",),
    ),
    Row(
        "a held comment may stand",
        lambda p: moderation.restore(p.second.pk, by=p.moderator),
        COUNTED,
        verbs=("restore",),
        is_narrow=True,
    ),
    Row(
        "a comment is hidden",
        lambda p: moderation.hide(p.second.pk, by=p.moderator),
        COUNTED,
        verbs=("hide",),
        is_narrow=True,
    ),
    Row(
        "a hidden comment may stand",
        lambda p: moderation.restore(p.second.pk, by=p.moderator),
        COUNTED,
        is_narrow=True,
    ),
    Row("a right is claimed", claimed, COUNTED, verbs=("claim",), is_narrow=True),
    Row("the claim ends by the tick", claim_ends, COUNTED, "policy robots", verbs=("end claim",)),
    Row(
        "readers report it",
        reported,
        COUNTED,
        before=lambda p: Comment.objects.filter(pk=p.second.pk).update(is_approved=False),
        is_narrow=True,
    ),
    Row(
        "it may stand again",
        lambda p: moderation.restore(p.second.pk, by=p.moderator),
        COUNTED,
        is_narrow=True,
    ),
    Row(
        "its counters are put right",
        lambda p: recount.repair(p.story.pk),
        before=drifted,
        is_narrow=True,
        shows="thread-up",
    ),
    Row(
        "the ranking is frozen",
        discussion(ranking_frozen="on"),
        THREAD,
        verbs=("set discussion",),
        doors=("articles.discussion",),
        is_narrow=True,
    ),
    Row("the ranking is freed", discussion(ranking_frozen=None), THREAD, is_narrow=True),
    Row("a thread is closed", discussion(state="closed"), THREAD, is_narrow=True),
    Row("a thread is opened", discussion(state="open"), THREAD, is_narrow=True),
    Row(
        "a browser's comments are taken into an account",
        lambda p: claiming.claim(p.others[1], guest_hash("c")),
        THREAD,
        is_narrow=True,
    ),
    Row(
        "a writer is banned",
        lambda p: banning.ban(p.second.pk, by=p.moderator, kind="member", why="도배"),
        "",
        "article thread",
        verbs=("ban",),
        doors=("comments.ban",),
        is_narrow=True,
    ),
    Row("a ban is lifted", lifted, "", "article thread", verbs=("lift ban",), is_narrow=True),
    Row(
        "a moderator deletes",
        erased_by_moderator,
        COUNTED,
        ELSEWHERE,
        verbs=("delete",),
        doors=("comments.comment",),
    ),
    Row(
        "a writer deletes a reply",
        lambda p: deleting.delete(p.reply.pk),
        f"{COUNTED} replies",
        is_narrow=True,
    ),
    Row("an account leaves with its comments", left, COUNTED, ELSEWHERE, verbs=("close account",)),
]
