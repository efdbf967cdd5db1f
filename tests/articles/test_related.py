"""What a reader is offered next: picks first, then tags, then words; and the neighbours in a series."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import Role, User
from articles import workflow
from articles.models import Article, RelatedPick
from articles.related import LOOKED_AT, SHOWN, beside
from publication import versions
from publication.models import Audit
from tests.articles.test_admin_bad_input import change
from tests.articles.test_admin_saving import form_of
from tests.factories import make_article, make_photo, make_published_article, make_series, make_user
from tests.page import Page

pytestmark = pytest.mark.django_db

AT = datetime(2023, 8, 24, 6, 50, tzinfo=UTC)
NOW = AT + timedelta(days=1)
LATER = datetime(2126, 1, 1, tzinfo=UTC)


def out(title: str, *, minutes: int = 0, **fields: Any) -> Article:
    """A public article; its words and tags tell nothing unless they are given."""
    return make_published_article(at=AT + timedelta(minutes=minutes), title=title, **fields)


def titles(article: Article, now: datetime = NOW) -> list[str]:
    return [one.title for one in beside(article, now).related]


def pick(article: Article, *others: Article) -> None:
    RelatedPick.objects.bulk_create(
        [RelatedPick(article=article, related=other, order=order) for order, other in enumerate(others)]
    )


def test_picks_come_first_in_their_order_then_shared_tags_then_the_newest() -> None:
    article = out("느티나무", tags=("강", "산", "들"))
    one = out("한 낱말", tags=("강",), minutes=9)
    two_old = out("두 낱말", tags=("강", "산"), minutes=1)
    two_new = out("두 말씀", tags=("들", "산"), minutes=5)
    first, second = out("손수 고른 글"), out("다시 고른 말", tags=("강", "산", "들"))
    pick(article, first, second)
    wanted = [first, second, two_new, two_old, one]
    assert titles(article) == [each.title for each in wanted]


def test_words_fill_what_picks_and_tags_leave() -> None:
    article = out("배터리 공장 화재 조사", tags=("강",))
    tagged = out("다리 위의 바람", tags=("강",))
    worded = out("배터리 공장 다시 열다")
    out("전혀 다른 소식")
    assert titles(article) == [tagged.title, worded.title]


def test_an_article_is_never_its_own_neighbour_and_none_stands_twice() -> None:
    article = out("배터리 공장", tags=("강",))
    other = out("배터리 공장 이야기", tags=("강",))
    pick(article, other)
    assert titles(article) == [other.title]
    assert beside(out("홀로 선 나무"), NOW).related == []


def test_no_more_are_shown_than_a_reader_looks_at() -> None:
    article = out("느티나무", tags=("강",))
    for number in range(LOOKED_AT + SHOWN):
        out(f"소식 {number}", tags=("강",), minutes=number)
    assert titles(article) == [f"소식 {LOOKED_AT + SHOWN - 1 - number}" for number in range(SHOWN)]


def test_what_is_not_public_is_not_shown_until_its_second(desk: User) -> None:
    article = out("느티나무", tags=("강",))
    planned = make_published_article(at=NOW, title="곧 나갈 글", tags=("강",))
    picked = make_published_article(at=NOW, title="곧 나갈 고른 글")
    gone = out("거둔 글", tags=("강",))
    pick(article, picked, gone, make_article(title="초고", tags=("강",)))
    workflow.withdraw(gone, by=desk, reason="확인")
    assert titles(article, NOW - timedelta(seconds=1)) == []
    assert titles(article, NOW) == [picked.title, planned.title]


def test_neighbours_in_a_series_go_by_publication_and_id() -> None:
    series = make_series()
    first, second, third = (out(f"{number}회", series=series) for number in (1, 2, 3))
    late = make_published_article(at=NOW, title="4회", series=series)

    def neighbours(article: Article, now: datetime = NOW) -> tuple[str | None, str | None]:
        found = beside(article, now)
        return found.older and found.older.title, found.newer and found.newer.title

    assert neighbours(second, NOW - timedelta(seconds=1)) == (first.title, third.title)
    assert neighbours(third, NOW - timedelta(seconds=1)) == (second.title, None)
    assert neighbours(third) == (second.title, late.title)
    assert neighbours(first) == (None, second.title)
    draft = make_article(series=series)
    assert neighbours(draft) == (late.title, None)


def test_the_article_page_shows_them_under_headings_in_order(client: Client) -> None:
    series = make_series("연재물")
    photo = make_photo()
    previous = out("지난 회", series=series)
    article = out("느티나무", series=series, tags=("강",), minutes=1)
    body = f'<p>글</p><figure data-photo="{photo.pk}"><img alt="강둑"></figure>'
    pictured = out("사진 있는 글", tags=("강",), body=body)
    led = out("대표 사진", tags=("강",), lead_photo=photo, lead_alt="다리")
    html = client.get(article.url).content.decode()
    page = Page(html)
    aside = html[html.index('<aside class="article-after">') :]
    after = Page(aside[: aside.index("</aside>")] + "</aside>")
    assert [heading.text for heading in after.all("h2")][:3] == ["태그", "연재물", "관련 기사"]
    linked = [link["href"] for link in after.all("a")]
    assert linked.count(previous.url) == 1
    assert {pictured.url, led.url} <= set(linked)
    assert [image["alt"] for image in after.all("img")] == ["다리", "강둑"]
    assert len(page.all("h1")) == 1
    # A place of six letters' width: one file of each kind, the narrowest.
    files = [image["src"] for image in after.all("img")] + [one["srcset"] for one in after.all("source")]
    assert {Path(file).stem for file in files} == {"480"}


def test_the_page_stands_on_all_it_shows(client: Client) -> None:
    article = out("느티나무", series=make_series(), tags=("강",))
    other = out("다른 글", tags=("강",))
    planned = make_published_article(at=LATER)
    made = client.get(article.url).standing
    assert made.keys >= {
        "publication",
        f"article:{article.pk}",
        f"article:{other.pk}",
        f"comments:{article.pk}",
        f"section:{article.section_id}",
        f"series:{article.series_id}",
        f"tag:{article.tags.get().pk}",
        f"reporter:{article.bylines.get().reporter_id}",
    }
    assert made.end is not None
    assert made.end <= planned.publish_at


def test_a_year_ends_on_every_page(client: Client, frozen: Any) -> None:
    article = out("느티나무")
    with frozen("2026-12-31T14:59:59Z"):
        page = client.get(article.url)
    assert "© 2026" in page.content.decode()
    assert page.standing.end == datetime(2026, 12, 31, 15, tzinfo=UTC)
    with frozen("2026-12-31T15:00:00Z"):
        assert "© 2027" in client.get(article.url).content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_related_articles_take_a_fixed_number_of_queries(
    django_assert_max_num_queries: Any, count: int
) -> None:
    article = out("느티나무 아래", tags=("강", "산"))
    for number in range(count):
        out(f"느티나무 {number}", tags=("강", "산"), series=make_series())
    article = Article.objects.for_page().get(pk=article.pk)
    # On PostgreSQL the search sets its own bounds around its question.
    with django_assert_max_num_queries(8 if connection.vendor == "postgresql" else 4):
        beside(article, NOW, is_preview=True)


# The newsroom


@pytest.fixture
def decider(as_user: Callable[[Any], Client], desk: User) -> Client:
    return as_user(desk)


def picks_form(article: Article, *rows: dict[str, Any]) -> dict[str, Any]:
    known = sum("id" in row for row in rows)
    data = {"related_picks-TOTAL_FORMS": len(rows), "related_picks-INITIAL_FORMS": known}
    for number, row in enumerate(rows):
        data |= {f"related_picks-{number}-{name}": value for name, value in row.items()}
    return form_of(article, **data, _continue="1")


def test_a_desk_picks_and_the_pages_are_raised_but_not_the_time_of_change(decider: Client) -> None:
    article, other = out("느티나무"), out("다른 글")
    assert decider.get(change(article)).status_code == 200
    before = versions.numbers(f"article:{article.pk}")
    rows = Audit.objects.count()
    answer = decider.post(change(article), picks_form(article, {"related": other.pk, "order": 0}))
    assert answer.status_code == 302
    article.refresh_from_db()
    assert titles(article) == [other.title]
    assert versions.numbers(f"article:{article.pk}") != before
    assert article.content_modified_at is None
    assert Audit.objects.count() == rows + 1
    pick_id = RelatedPick.objects.get().pk
    row = {"id": pick_id, "related": other.pk, "order": 0, "DELETE": "on"}
    assert decider.post(change(article), picks_form(article, row)).status_code == 302
    assert titles(article) == []


def test_an_article_cannot_be_its_own_pick_or_be_picked_twice(decider: Client) -> None:
    article, other = out("느티나무"), out("다른 글")
    for rows in ([{"related": article.pk, "order": 0}], [{"related": other.pk, "order": 0}] * 2):
        assert decider.post(change(article), picks_form(article, *rows)).status_code == 200
    assert not RelatedPick.objects.exists()


def test_a_reporter_picks_what_readers_see_or_what_is_own(
    as_user: Callable[[Any], Client], reporter: User, colleague: User
) -> None:
    client = as_user(reporter)
    article = make_article(owner=reporter)
    public = make_published_article(title="공개 글", owner=colleague)
    secret = make_article(title="남의 초고", owner=colleague)
    planned = make_published_article(at=LATER, title="남의 예약", owner=colleague)
    own = make_published_article(at=LATER, title="내 예약", owner=reporter)
    for other, saved in ((public, True), (own, True), (secret, False), (planned, False)):
        RelatedPick.objects.all().delete()
        article.refresh_from_db()
        answer = client.post(change(article), picks_form(article, {"related": other.pk, "order": 0}))
        assert RelatedPick.objects.exists() == saved
        assert (other.title in answer.content.decode()) is False
    found = client.get(
        "/admin/autocomplete/",
        {"app_label": "articles", "model_name": "relatedpick", "field_name": "related"},
    ).json()
    assert {one["text"] for one in found["results"]} == {public.title, own.title}


def test_a_pick_of_a_desk_stays_when_the_reporter_saves(
    as_user: Callable[[Any], Client], reporter: User
) -> None:
    article = make_article(owner=reporter)
    planned = make_published_article(at=LATER, title="데스크가 고른 글", owner=make_user("", "", Role.DESK))
    pick(article, planned)
    row = {"id": RelatedPick.objects.get().pk, "related": planned.pk, "order": 0}
    answer = as_user(reporter).post(change(article), picks_form(article, row) | {"title": "고친 제목"})
    assert answer.status_code == 302
    assert RelatedPick.objects.get().related == planned


def test_no_more_picks_are_taken_than_shown(decider: Client) -> None:
    article = out("느티나무")
    rows = [{"related": out(f"글 {number}").pk, "order": number} for number in range(SHOWN + 3)]
    decider.post(change(article), picks_form(article, *rows))
    assert RelatedPick.objects.count() <= SHOWN
