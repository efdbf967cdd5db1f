"""What stands on the front page: each story once, and beside the stories what readers turn to.

The newest articles are looked at as bare rows first; only those that find a place are loaded. The lists of what
is most read and discussed are rankings: they name an article that stands above as well.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles import pages
from articles.context import tree
from articles.models import Article, Section
from articles.models.article import Grade, Kind
from articles.popular import popular
from publication import versions
from publication.standing import ends_at, stands_on

# How many articles each part shows.
SECOND_ROW = 4
BLOCK = 4
OPINION = 4
PHOTO_STRIP = 6
# The newest articles the front is made of; older ones stand in their sections.
NEWEST = 120
# A headline leads the page while it is among this many newest ones.
LEADS_AMONG = 30
RANKS = {Grade.HEADLINE: 0, Grade.IMPORTANT: 1}
PLAIN_RANK = len(RANKS)


@dataclass(frozen=True)
class Row:
    """What decides about an article's place."""

    pk: int
    kind: str
    grade: str
    section_id: int
    lead_photo_id: int | None
    publish_at: datetime
    content_modified_at: datetime | None

    @property
    def edited_at(self) -> datetime:
        return max(self.publish_at, self.content_modified_at or self.publish_at)


class Choice:
    """Takes each article once, in the order in which the parts of the page ask."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.taken: dict[int, None] = {}

    def take(self, count: int, fits: Callable[[Row], bool], rows: Iterable[Row] | None = None) -> list[int]:
        """Ids of the first `count` rows that fit and stand nowhere yet."""
        free = (
            row.pk for row in (self.rows if rows is None else rows) if row.pk not in self.taken and fits(row)
        )
        chosen = [pk for pk, _place in zip(free, range(count), strict=False)]
        self.taken.update(dict.fromkeys(chosen))
        return chosen


@dataclass(frozen=True)
class Arrangement:
    """Ids of the articles in each part of the page; no id stands twice."""

    lead: list[int]
    second: list[int]
    opinion: list[int]
    photo_strip: list[int]
    blocks: list[tuple[Section, list[int]]]


def arrange(rows: list[Row], sections: list[Section]) -> Arrangement:
    """Gives each part its articles. What the desk will pin is to be taken from the choice before all else."""
    choice = Choice(rows)
    by_grade = sorted(rows[:LEADS_AMONG], key=lambda row: RANKS.get(row.grade, PLAIN_RANK))
    leading = by_grade + rows[LEADS_AMONG:]
    return Arrangement(
        lead=choice.take(1, _is_story, leading),
        second=choice.take(SECOND_ROW, _is_story, leading),
        opinion=choice.take(OPINION, lambda row: row.kind == Kind.COLUMN),
        photo_strip=choice.take(
            PHOTO_STRIP, lambda row: row.kind == Kind.PHOTO and row.lead_photo_id is not None
        ),
        blocks=[(section, choice.take(BLOCK, _story_of(section))) for section in sections],
    )


def front_page(now: datetime) -> dict[str, Any]:
    """The context of newsroom/front.html: its parts, and `popular`, whose lists may name an article again."""
    stands_on(versions.FRONT)
    ends_at(pages.next_publication(now))
    fields = Row.__dataclass_fields__
    rows = [Row(*values) for values in Article.objects.public(now).newest().values_list(*fields)[:NEWEST]]
    places = arrange(rows, tree())
    blocks = [pks for _section, pks in places.blocks]
    loaded = Article.objects.for_cards().in_bulk(
        [
            pk
            for part in (places.lead, places.second, places.opinion, places.photo_strip, *blocks)
            for pk in part
        ]
    )

    def cards(pks: list[int]) -> list[Article]:
        return [loaded[pk] for pk in pks if pk in loaded]

    return {
        "final_edit": max((row.edited_at for row in rows), default=None),
        "lead": next(iter(cards(places.lead)), None),
        "second": cards(places.second),
        "opinion": cards(places.opinion),
        "photo_strip": cards(places.photo_strip),
        "blocks": [
            {"section": section, "articles": _pictured_first(cards(pks))}
            for section, pks in places.blocks
            if cards(pks)
        ],
        "popular": popular(now),
    }


def _pictured_first(articles: list[Article]) -> list[Article]:
    """The newest one with a picture heads its block, so that blocks side by side look alike; the rest keep order."""
    head = next((article for article in articles if article.thumbnail), articles[0])
    return [head, *(article for article in articles if article is not head)]


def _is_story(row: Row) -> bool:
    return row.kind != Kind.COLUMN


def _story_of(section: Section) -> Callable[[Row], bool]:
    """Columns stand in the opinion row, not in a block again."""
    ids = {section.pk, *(child.pk for child in section.subsections)}
    return lambda row: row.section_id in ids and _is_story(row)
