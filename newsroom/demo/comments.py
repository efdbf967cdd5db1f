"""The demo readers' talk: a few thousand comments, replies and votes, made of our own phrases.

Written in bulk, because posting them one by one would take minutes; the counters are summed here and the tests
compare them with counted rows. The same words come out every time.
"""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max

from accounts.models import User
from articles.models import Article, Discussion
from comments import moderation, threads, words
from comments.models import BlockedWord, Comment, Vote
from comments.writers import Writer, guest_hash
from newsroom.demo.comment_trouble import make_trouble
from newsroom.demo.sources import HERE
from publication import clock, versions

Say = Callable[[str], None]
# Comments under the articles, the liveliest first; further articles get the last number and fewer.
SIZES = (
    260,
    210,
    180,
    160,
    140,
    130,
    120,
    110,
    100,
    95,
    90,
    85,
    80,
    75,
    70,
    65,
    60,
    55,
    50,
    45,
    40,
    35,
    30,
    25,
    20,
)
# Of these, replies.
REPLY_SHARE = 0.38
HOT_SHARE = 0.06
# Tags that name a kind of article and no subject.
GENRES = {"단독", "속보", "포토", "사설", "칼럼", "인터뷰"}
# With fewer views than this of their own, readers say what can be said of anything.
FEWEST = 12
GUESTS = 90
YOUNGEST = timedelta(minutes=20)
BLOCKED = {"바보": "바보상자", "얼간이": ""}
SEED = 20230824


@cache
def phrases() -> dict[str, Any]:
    return tomllib.loads((HERE / "comments.toml").read_text())


def load(say: Say) -> None:
    """A second run finds comments there and changes nothing."""
    if Comment.objects.exists():
        say("the demo's comments are there already")
        return
    with transaction.atomic():
        talk = Talk()
        for article, size in talk.sizes():
            talk.about(article, size)
        talk.store()
        make_trouble(talk.random, talk.moderator)
        moderation.set_discussion(
            talk.articles[-1], by=talk.moderator, is_open=False, is_frozen=False, why="오래된 기사"
        )
    say(f"wrote {len(talk.comments)} comments and {len(talk.votes)} votes")


class Talk:
    """Everything that readers have said, in memory, until it is stored at once."""

    def __init__(self) -> None:
        self.random = random.Random(SEED)  # noqa: S311 - the same words every time, no secret
        self.now = clock.now()
        self.moderator = User.objects.get(email="moderator@example.com")
        # Nobody can have read what went out this very moment.
        articles = Article.objects.public(self.now - YOUNGEST).select_related("section__parent", "discussion")
        self.articles = list(articles.prefetch_related("tags", "bylines__reporter__user").newest())
        self.comments: list[Comment] = []
        self.votes: list[Vote] = []
        self.writers = self._writers()
        for word, exceptions in BLOCKED.items():
            BlockedWord.objects.get_or_create(
                skeleton=words.letters(word)[0], defaults={"word": word, "exceptions": exceptions}
            )

    def _writers(self) -> list[tuple[Writer, str]]:
        """(writer, name): members with nicknames, the demo's reader among them, and guests."""
        nobody = make_password(None)
        people = [
            User(email=f"reader{number:02}@example.com", nickname=name, password=nobody)
            for number, name in enumerate(phrases()["nicknames"], start=1)
        ]
        for person in people:
            person.nickname_key = person.key_of_nickname()
        User.objects.bulk_create(people, ignore_conflicts=True)
        members = list(User.objects.filter(nickname__gt="", email__endswith="@example.com"))
        names = phrases()["guests"]
        guests = [
            (Writer(guest=guest_hash(f"demo {n}")), names[n % len(names)] + str(n // len(names) or ""))
            for n in range(GUESTS)
        ]
        return [(Writer(user=member), member.nickname) for member in members] + guests

    def sizes(self) -> list[tuple[Article, int]]:
        """Which article has how many comments; the order of liveliness is shuffled once for ever."""
        order = self.random.sample(self.articles[:-2], len(self.articles) - 2)
        return [(article, SIZES[min(place, len(SIZES) - 1)]) for place, article in enumerate(order)]

    def about(self, article: Article, size: int) -> None:
        """One thread: views first, then what others answer."""
        said: set[str] = set()
        tops: list[Comment] = []
        # A few start a quarrel, or a conversation.
        hot: list[Comment] = []
        for moment in self._moments(article.publish_at, size):
            is_reply = tops and self.random.random() < REPLY_SHARE
            if is_reply:
                near = hot if hot and self.random.random() < 0.4 else tops[-12:]
                parent = self.random.choice(near if self.random.random() < 0.8 else tops)
                self._say(article, self._reply(), moment, parent)
                continue
            text = next((one for one in (self._view(article) for _ in range(12)) if one not in said), "")
            if text:
                said.add(text)
                tops.append(self._say(article, text, moment))
                if self.random.random() < HOT_SHARE:
                    hot.append(tops[-1])
        self._staff(article, tops)

    def _moments(self, start: datetime, size: int) -> list[datetime]:
        """Most in the first hours; sorted, none in the time to come, none within the minute for editing."""
        span = (self.now - start - timedelta(minutes=3)).total_seconds()
        pace = min(span / 2, 6 * 3600)
        delays = sorted(
            min(self.random.expovariate(1 / pace), self.random.random() * span) for _ in range(size)
        )
        return [start + timedelta(minutes=1, seconds=delay) for delay in delays]

    # Words

    def _filled(self, sentence: str, tag: str = "") -> str:
        told = phrases()
        return sentence.format(
            kin=self.random.choice(told["kin"]),
            town=self.random.choice(told["town"]),
            n=self.random.randint(2, 9),
            tag=tag,
        )

    def _view(self, article: Article) -> str:
        told, pick = phrases(), self.random.choice
        names = {tag.name for tag in article.tags.all()}
        tags = sorted(names - GENRES) or ["이런"]
        views, kind = _views(names), self.random.random()
        if kind < 0.1:
            parts = [pick(told["short"])]
        elif kind < 0.28:
            parts = [pick(views)]
        elif kind < 0.52:
            parts = [pick(told["openers"]), pick(views)]
        elif kind < 0.74:
            parts = [pick(views), pick(told["closers"])]
        elif kind < 0.9:
            parts = self.random.sample(views, 2)
        else:
            parts = [pick(told["openers"]), *self.random.sample(views, 2), pick(told["closers"])]
        text = " ".join(self._filled(part, pick(tags)) for part in parts[:2])
        between = "\n" if kind > 0.95 else " "
        return between.join([text, *(self._filled(part, pick(tags)) for part in parts[2:])])

    def _reply(self) -> str:
        told, kind = phrases(), self.random.random()
        for share, name in ((0.5, "agree"), (0.75, "disagree"), (0.9, "ask"), (1.0, "answer")):
            if kind < share:
                return self._filled(self.random.choice(told[name]))
        return self._filled(self.random.choice(told["agree"]))

    def _staff(self, article: Article, tops: list[Comment]) -> None:
        """Here and there the reporter answers, with the badge."""
        people = [byline.reporter.user for byline in article.bylines.all() if byline.reporter.user]
        if not people or len(tops) < 20 or self.random.random() < 0.4:
            return
        parent = self.random.choice(tops[: len(tops) // 2])
        at = min(parent.created_at + timedelta(minutes=40), self.now - timedelta(minutes=2))
        text = self.random.choice(phrases()["staff"])
        self._add(article, Writer(user=people[0]), people[0].name, text, at, parent)

    # Rows

    def _say(self, article: Article, text: str, moment: datetime, parent: Comment | None = None) -> Comment:
        by, name = self.random.choice(self.writers)
        return self._add(article, by, name, text, moment, parent)

    def _add(
        self, article: Article, by: Writer, name: str, text: str, moment: datetime, parent: Comment | None
    ) -> Comment:
        comment = Comment(
            article=article,
            parent=parent,
            user=by.user,
            guest=by.guest,
            nickname=name,
            is_staff=by.user is not None and by.user.is_staff,
            body=text,
            created_at=max(moment, parent.created_at + timedelta(seconds=30)) if parent else moment,
        )
        if parent is not None:
            parent.replies += 1
            parent.replies_by_others += (parent.user_id, parent.guest) != (comment.user_id, comment.guest)
        self.comments.append(comment)
        return comment

    def _vote(self, comment: Comment, keys: list[str]) -> None:
        """Few are liked by many; some are liked by as many as disliked."""
        weight = self.random.paretovariate(1.1) - 1
        likes = min(self.random.randint(24, 70), int(weight * (2.2 if comment.parent is None else 0.9)))
        dislikes = int(likes * self.random.choice((0, 0, 0.1, 0.2, 1.1))) + (self.random.random() < 0.1)
        own = Writer(user=comment.user, guest=comment.guest).key
        voters = [key for key in self.random.sample(keys, min(len(keys), likes + dislikes)) if key != own]
        for place, key in enumerate(voters):
            value = 1 if place < likes else -1
            self.votes.append(
                Vote(
                    comment=comment,
                    voter=key,
                    value=value,
                    is_guest=key.startswith("g"),
                    changes=1,
                    changed_at=comment.created_at,
                )
            )
            comment.up += value == 1
            comment.down += value == -1

    def store(self) -> None:
        """Numbers follow time, as if everything had been posted in its turn."""
        self.comments.sort(key=lambda comment: (comment.created_at, comment.parent is not None))
        first = (Comment.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
        keys = [by.key for by, _name in self.writers]
        for pk, comment in enumerate(self.comments, start=first):
            comment.pk = pk
        for comment in self.comments:
            # The parent has its number only now.
            comment.parent = comment.parent
            self._vote(comment, keys)
        Comment.objects.bulk_create(self.comments, batch_size=500)
        Vote.objects.bulk_create(self.votes, batch_size=2000)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [Comment]):
                cursor.execute(statement)
        visible = Counter(comment.article_id for comment in self.comments)
        for article in self.articles:
            Discussion.objects.filter(pk=article.pk).update(visible_count=visible[article.pk])
        versions.bump(*(threads.version_key(article.pk) for article in self.articles))


def _views(names: set[str]) -> list[str]:
    """What can be said about these tags: of the topic that shares most of them, what fits them."""
    topics = phrases()["topics"]
    best = max(topics, key=lambda name: len(names & set(topics[name]["tags"])))
    found = []
    for view in topics[best if names & set(topics[best]["tags"]) else "neighbours"]["views"]:
        wanted, bar, words_only = view.rpartition("|")
        if not bar or names & set(wanted.split(",")):
            found.append(words_only)
    return found + phrases()["views"] if len(found) < FEWEST else found
