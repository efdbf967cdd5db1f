"""Articles for the molds: what the newsroom's verbs would have written, row for row.

A few thousand paragraphs are written, cleaned and taken apart for the search once; each article is another
choice of them, some 700 syllables long as news of the day are. Most are out, some are drafts, waiting or
withdrawn, as on any paper's disk.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from itertools import accumulate
from typing import Any, NamedTuple

from taggit.models import Tag

from accounts.models import User
from articles import body, rendering, sharing
from articles.dateline import byline_text, dateline
from articles.models import Article, Byline, Photo, Placement, Reporter, Section, Series
from articles.models.article import Status
from articles.models.listed import TaggedArticle
from articles.search import filling, tokens
from articles.search.engines import TITLE
from articles.search.filling import Taken
from newsroom.demo.bulk.molds import Mold, Molds
from newsroom.demo.bulk.writer import Writer
from publication import versions
from publication.models import Audit, Publication

SEED = 20230901
BATCH = 2_000
PARAGRAPHS = 6_000
PARAGRAPHS_EACH = 4
# One reporter and one tag more for each so many articles, as far as so many.
REPORTER_EACH, REPORTERS_MAX = 2_500, 400
TAG_EACH, TAGS_MAX = 100, 5_000
TAGS_PER_ARTICLE = 3
SURNAMES = "강고구나남노도라마모문민박방배서선소손송신안양엄오온우유윤이임장전정조주차최하한허홍"
# In how many of a thousand: what is not out, kinds, grades, a series, a lead photo.
STATES = ((1, Status.SUBMITTED), (2, Status.RETURNED), (5, Status.DRAFT), (7, Status.WITHDRAWN))
KINDS = ((80, "column"), (120, "photo"), (130, "video"))
GRADES = ((60, "headline"), (240, "important"))
IN_SERIES, PICTURED = 40, 300
CAPTION = "취재 현장에서 찍은 사진"

ARTICLE = (
    "id", "title", "subtitle", "kind", "grade", "section_id", "series_id", "body", "body_html", "lead_html",
    "summary", "card", "lead_photo_id", "lead_caption", "lead_alt", "status", "publish_at",
    "first_published_at", "withdrawn_at", "submitted_at", "approved_at", "created_at", "updated_at",
    "owner_id",
)  # fmt: skip
BYLINE = ("article_id", "reporter_id", "name", "title", "publish_at")
TAGGED = ("content_object_id", "tag_id", "publish_at")
PLACEMENT = ("article_id", "photo_id", "role", "order", "caption", "alt")
AUDIT = ("at", "verb", "actor_id", "actor_name", "object_type", "object_id")


class Paragraph(NamedTuple):
    text: str
    summary: str
    line: str
    terms: frozenset[str]


class Picture(NamedTuple):
    """A photograph as an article with it in front stores it."""

    photo_id: int
    lead_html: str
    card: str


class Name(NamedTuple):
    """A tag, a person: its number, its words in the search, and those words' terms."""

    pk: int
    line: str
    terms: frozenset[str]


def molds() -> list[Mold]:
    """Everything of an article but its discussion, whose counter its comments settle."""
    search = [
        Mold(
            table,
            columns,
            {columns[0]: "article"} | ({"publish_at": "time"} if "publish_at" in columns else {}),
        )
        for table, columns in filling.tables().items()
    ]
    return [
        Mold.of(Article, ARTICLE),
        Mold.of(Byline, BYLINE),
        Mold.of(TaggedArticle, TAGGED),
        Mold.of(Placement, PLACEMENT),
        Mold.of(Audit, AUDIT, object_id="named"),
        *search,
    ]


class Stories:
    """The furniture that articles stand on, made or found once."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.dice = random.Random(SEED)  # noqa: S311 - the same paper every time, no secret
        self.writer = Writer(SEED)
        self.paper = Publication.objects.current()
        self.paragraphs = [self._paragraph() for _number in range(min(PARAGRAPHS, 40 * count))]
        self.sections = list(Section.objects.values_list("pk", flat=True).order_by("pk"))
        self.series = list(Series.objects.values_list("pk", flat=True).order_by("pk"))
        self.pictures = [self._picture(one) for one in Photo.objects.filter(is_complete=True).order_by("pk")]
        self.reporters = [(one, _name(one.pk, one.name)) for one in self._reporters()]
        self.tags = [_name(one.pk, one.name) for one in self._tags()]
        # Some tags stand everywhere, most nearly nowhere.
        self.tag_weights = list(accumulate(1 / (rank + 5) for rank in range(len(self.tags))))
        self.desk = User.objects.get(email="desk@example.com")

    def _paragraph(self) -> Paragraph:
        text = self.writer.paragraph(1 / PARAGRAPHS_EACH)
        line = tokens.line(text)
        return Paragraph(text, body.summary(f"<p>{text}</p>", "", 160), line, frozenset(tokens.terms(line)))

    def _picture(self, photo: Photo) -> Picture:
        article = Article(lead_photo=photo, lead_caption=CAPTION, lead_alt=CAPTION)
        card, _is_due = sharing.settled(article, self.paper)
        return Picture(photo.pk, rendering.render_lead(article, publication=self.paper), json.dumps(card))

    def _reporters(self) -> list[Reporter]:
        wanted = min(self.count // REPORTER_EACH + 1, REPORTERS_MAX)
        people = [
            Reporter(
                name=self.dice.choice(SURNAMES) + "".join(self.dice.choices(SURNAMES, k=2)),
                email=f"bulk{number}@example.com",
            )
            for number in range(wanted)
        ]
        known = set(Reporter.objects.values_list("email", flat=True))
        Reporter.objects.bulk_create([one for one in people if one.email not in known])
        return list(Reporter.objects.order_by("pk"))

    def _tags(self) -> list[Tag]:
        wanted = min(self.count // TAG_EACH + 20, TAGS_MAX)
        words = list(dict.fromkeys(word for word in self.writer.words if len(word) > 1))[:wanted]
        Tag.objects.bulk_create(
            [Tag(name=word, slug=f"bulk-{number}") for number, word in enumerate(words)],
            ignore_conflicts=True,
        )
        return list(Tag.objects.order_by("pk"))

    def pour(
        self, molds: Molds, times: Sequence[datetime], until: datetime, *, last_out: int = 0
    ) -> list[bool]:
        """One article for each of these times, numbered from nought; which of them are out.

        until: nothing happened later. last_out: so many of the last ones are out for certain.
        """
        out: list[bool] = []
        for start in range(0, len(times), BATCH):
            some = range(start, min(start + BATCH, len(times)))
            batch = [
                self._article(pk, times[pk], until, must_be_out=pk >= len(times) - last_out) for pk in some
            ]
            molds.pour(Article, [one.row for one in batch])
            molds.pour(Byline, [one.byline for one in batch])
            molds.pour(TaggedArticle, [(one.pk, tag.pk, one.out_at) for one in batch for tag in one.tagged])
            molds.pour(Placement, [one.placement for one in batch if one.placement])
            molds.pour(Audit, [deed for one in batch for deed in one.deeds])
            for table, rows in filling.rows([one.taken for one in batch]):
                molds.pour(table, rows)
            out += [one.out_at is not None for one in batch]
        return out

    def tell(self) -> None:
        """Every page that lists articles has new ones."""
        versions.bump(
            versions.FRONT,
            *(f"section:{pk}" for pk in self.sections),
            *(f"series:{pk}" for pk in self.series),
            *(f"reporter:{person.pk}" for person, _name in self.reporters),
            *(f"tag:{tag.pk}" for tag in self.tags),
        )

    def _share(self, shares: tuple[tuple[int, str], ...], other: str) -> str:
        place = self.dice.random() * 1_000
        return next((value for until, value in shares if place < until), other)

    def _article(self, pk: int, at: datetime, until: datetime, *, must_be_out: bool) -> _Article:
        status = Status.PUBLISHED if must_be_out else self._share(STATES, Status.PUBLISHED)
        has_series = bool(self.series) and self.dice.random() * 1_000 < IN_SERIES
        picture = None
        if self.pictures and self.dice.random() * 1_000 < PICTURED:
            picture = self.dice.choice(self.pictures)
        return _Article(
            pk=pk,
            at=at,
            until=until,
            status=status,
            kind=self._share(KINDS, "article"),
            grade=self._share(GRADES, "normal"),
            title=self.writer.headline(),
            section=self.dice.choice(self.sections),
            series=self.dice.choice(self.series) if has_series else None,
            paragraphs=self.dice.sample(self.paragraphs, PARAGRAPHS_EACH),
            picture=picture,
            reporter=self.dice.choice(self.reporters),
            tagged=self._tagged(),
            desk=self.desk,
            paper=self.paper,
        )

    def _tagged(self) -> list[Name]:
        chosen = self.dice.choices(self.tags, cum_weights=self.tag_weights, k=TAGS_PER_ARTICLE)
        return list({one.pk: one for one in chosen}.values())


def _name(pk: int, words: str) -> Name:
    line = tokens.line(words)
    return Name(pk, line, frozenset(tokens.terms(line)))


@dataclass(frozen=True)
class _Article:
    """One article and the rows that belong to it."""

    pk: int
    at: datetime
    until: datetime
    status: str
    kind: str
    grade: str
    title: str
    section: int
    series: int | None
    paragraphs: list[Paragraph]
    picture: Picture | None
    reporter: tuple[Reporter, Name]
    tagged: list[Name]
    desk: User
    paper: Publication

    @property
    def out_at(self) -> datetime | None:
        return self.at if self.status == Status.PUBLISHED else None

    @property
    def row(self) -> tuple[Any, ...]:
        """In the order of ARTICLE."""
        is_kept = self.status in {Status.PUBLISHED, Status.WITHDRAWN}
        moment = self.at if is_kept else None
        sent = None if self.status == Status.DRAFT else self.at - timedelta(minutes=20)
        picture = self.picture or Picture(0, "", "{}")
        caption = CAPTION if self.picture else ""
        return (
            self.pk, self.title, "", self.kind, self.grade, self.section, self.series,
            "".join(f"<p>{one.text}</p>" for one in self.paragraphs),
            self._html(), picture.lead_html, self.paragraphs[0].summary,
            "{}" if self.status == Status.WITHDRAWN else picture.card, picture.photo_id or None,
            caption, caption, self.status, moment, moment,
            min(self.at + timedelta(hours=5), self.until) if self.status == Status.WITHDRAWN else None,
            sent, moment, self.at - timedelta(hours=2), self.at, self.reporter[0].user_id,
        )  # fmt: skip

    def _html(self) -> str:
        person = self.reporter[0]
        opening = ""
        if self.kind in rendering.DATELINED_KINDS:
            named = byline_text([Byline(name=person.name, title=person.title)])
            opening = dateline(self.paper.dateline_pattern, self.paper.name, named)
        start = f'<span class="dateline">{escape(opening)}</span> ' if opening else ""
        texts = [one.text for one in self.paragraphs]
        return "\n".join(f"<p>{text}</p>" for text in [start + texts[0], *texts[1:]])

    @property
    def byline(self) -> tuple[Any, ...]:
        person = self.reporter[0]
        return self.pk, person.pk, person.name, person.title, self.out_at

    @property
    def placement(self) -> tuple[Any, ...] | None:
        if self.picture is None:
            return None
        return self.pk, self.picture.photo_id, Placement.Role.LEAD, 0, CAPTION, CAPTION

    @property
    def deeds(self) -> list[tuple[Any, ...]]:
        """Who wrote it and who let it out."""
        person, kind = self.reporter[0], Article._meta.label_lower
        made = (self.at - timedelta(hours=2), "create", person.user_id, person.name, kind, str(self.pk))
        if self.out_at is None:
            return [made]
        return [made, (self.at, "publish", self.desk.pk, str(self.desk), kind, str(self.pk))]

    @property
    def taken(self) -> Taken:
        """As articles.search.index takes it up."""
        person, title = self.reporter[1], tokens.line(self.title)
        caption = [tokens.line(CAPTION)] if self.picture else []
        labels = (f"section:{self.section}", f"reporter:{person.pk}")
        lines = [title, person.line, *(tag.line for tag in self.tagged), *caption]
        terms = tokens.terms(title)
        found = set(labels).union({TITLE + term for term in terms}, terms, person.terms)
        found.update(*(tag.terms for tag in self.tagged), *(one.terms for one in self.paragraphs))
        found.update(*map(tokens.terms, caption))
        return Taken(
            self.pk, self.out_at, f" {' '.join(labels)} ", title,
            "\n".join([*lines, *(one.line for one in self.paragraphs)]), found,
        )  # fmt: skip
