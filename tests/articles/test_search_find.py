"""What a reader finds, in which order, page by page, and when."""

import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from articles.models import Article, Byline
from articles.search import find as finding
from articles.search.engines import engine
from articles.search.find import BrokenCursor, Found, find, matches
from articles.search.query import TooLong
from articles.search.similar import similar
from tests.factories import make_article, make_published_article, make_reporter, make_section, make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
BODY = "<p>캐나다 토론토에 사는 사람들이 한반도 체육을 말한다. AI가 법원에 갔다.</p>"


def publish(at: datetime = NOW - timedelta(hours=1), **fields: Any) -> Article:
    return make_published_article(**{"at": at, "title": "머리", "body": BODY} | fields)


def found(text: str, **options: Any) -> list[Article]:
    page = find(text, **{"now": NOW} | options)
    assert isinstance(page, Found)
    return page.articles


@pytest.mark.parametrize(
    "typed",
    [
        "토론토",
        "토론토에",
        "론토",
        '"캐나다 토론토"',
        "ai",
        "AI",
        "법",
        "법원",
        "캐나다 법원",
        unicodedata.normalize("NFD", "토론토"),
        "캐나다\u00a0토론토",
        "한반도",
        '"한반도 체육"',
        '"토론토',
    ],
)
def test_an_article_is_found_by_its_words(typed: str) -> None:
    story = publish()
    assert found(typed) == [story]


@pytest.mark.parametrize(
    "typed",
    ["반도체", '"토론토 캐나다"', "토론톤", "원", "A", "AIG", "캐나다 부산", '"다 토론토에 사는 사"x'],
)
def test_no_word_crosses_the_border_of_two(typed: str) -> None:
    publish()
    assert found(typed) == []


def test_no_phrase_crosses_the_border_of_two_parts() -> None:
    publish(title="새로운 반도", subtitle="체육의 날", body="<p>강물은</p><p>흐른다</p>")
    assert found('"반도 체육"') == []
    assert found('"강물은 흐른다"') == []
    assert len(found("반도 체육 강물은 흐른다")) == 1


def test_every_part_is_searched() -> None:
    person = make_reporter("홍길동")
    story = publish(
        by=person, title="머릿글", subtitle="부제", body="<h2>소제목</h2><p>본문</p>", lead_caption="사진설명",
        tags=("경제정책",),
    )  # fmt: skip
    for typed in ("머릿글", "부제", "소제목", "본문", "사진설명", "홍길동", "경제정책"):
        assert found(typed) == [story], typed


def test_all_words_in_the_headline_come_first_then_the_newest() -> None:
    body = publish(NOW - timedelta(minutes=1), body="<p>배터리 공장</p>")
    half = publish(NOW - timedelta(minutes=2), title="배터리", body="<p>공장</p>")
    old = publish(NOW - timedelta(days=300), title="배터리를 만드는 공장")
    older = publish(NOW - timedelta(days=400), title="공장의 배터리", body="<p>배터리</p>")
    assert found("배터리 공장") == [old, older, body, half]


@pytest.mark.parametrize("count_max", [1_000, 3])
def test_pages_go_on_over_ties_without_gap_or_repetition(
    monkeypatch: pytest.MonkeyPatch, count_max: int
) -> None:
    """With the small bound the word counts as frequent, and the newest are walked through first."""
    monkeypatch.setattr(finding, "PAGE_SIZE", 3)
    monkeypatch.setattr(finding, "COUNT_MAX", count_max)
    for name in ("titles_walked", "texts_walked"):
        monkeypatch.setattr(type(engine()), name, 4)
    titled = [publish(title="토론토에서") for _number in range(4)]
    others = [publish() for _number in range(4)]
    for typed in ("토론토", "토론"):
        seen: list[Article] = []
        cursor = None
        while True:
            page = find(typed, now=NOW, cursor=cursor)
            assert page is not None
            assert page.is_first == (cursor is None)
            assert (page.count, page.count_is_more) == (min(8, count_max), count_max < 8)
            seen += page.articles
            cursor = page.next_cursor
            if cursor is None:
                break
        assert seen == [*reversed(titled), *reversed(others)]


def test_the_count_stops_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "COUNT_MAX", 2)
    publish(), publish()
    page = find("토론토", now=NOW)
    assert page is not None
    assert (page.count, page.count_is_more) == (2, False)
    publish()
    page = find("토론토", now=NOW)
    assert page is not None
    assert (page.count, page.count_is_more) == (2, True)


def test_a_planned_article_is_found_from_its_second_on() -> None:
    story = publish(NOW)
    assert found("토론토", now=NOW - timedelta(seconds=1)) == []
    assert found("토론토", now=NOW) == [story]


def test_drafts_are_found_by_the_admin_only() -> None:
    draft, public = make_article(title="토론토 초고"), publish()
    assert found("토론토") == [public]
    assert set(matches(Article.objects.all(), "토론토")) == {draft, public}
    assert set(matches(Article.objects.all(), "초고")) == {draft}
    assert set(matches(Article.objects.all(), " ")) == {draft, public}


def test_the_admin_finds_ones_own_among_any_number_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    own = make_article(title="토론토 초고", owner=make_user())
    publish()
    monkeypatch.setattr(finding, "ADMIN_MAX", 1)
    assert list(matches(Article.objects.filter(owner=own.owner), "토론토")) == [own]
    assert list(matches(Article.objects.none(), "토론토")) == []


def test_filters_by_section_reporter_and_period() -> None:
    above = make_section()
    below = make_section(parent=above)
    person = make_reporter()
    first = publish(NOW - timedelta(days=2), section=above, by=person)
    second = publish(NOW - timedelta(days=1), section=below)
    third = publish(NOW)
    for typed in ("토론", "토론토"):
        assert found(typed, section=above) == [second, first]
        assert found(typed, section=below) == [second]
        assert found(typed, reporter=person) == [first]
        assert found(typed, section=below, reporter=person) == []
        assert found(typed, since=NOW - timedelta(days=1)) == [third, second]
        assert found(typed, until=NOW - timedelta(days=1)) == [first]


def test_filters_hold_for_frequent_words_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "COUNT_MAX", 1)
    monkeypatch.setattr(finding, "PAGE_SIZE", 1)
    place, person = make_section(), make_reporter()
    stories = [publish(section=place, by=person), publish(section=place, by=person)]
    publish()
    for options in ({"section": place}, {"reporter": person}, {"section": place, "reporter": person}):
        first = find("토론", now=NOW, **options)
        assert first is not None
        second = find("토론", now=NOW, cursor=first.next_cursor, **options)
        assert second is not None
        assert [*first.articles, *second.articles] == stories[::-1]


@pytest.mark.parametrize("typed", ["", "  ", '"', "&", "*", "\x00"])
def test_nothing_to_search_for_is_no_search(typed: str) -> None:
    assert find(typed, now=NOW) is None


@pytest.mark.parametrize(
    "typed",
    [
        "AND OR NOT",
        "NEAR(가 나)",
        "title:가",
        "가* ^나",
        "가 <-> 나",
        "'가' & !나",
        "{가 | 나}",
        "가:나",
        "%s %(x)s",
        "\\",
    ],
)
def test_operators_of_no_database_mean_anything(typed: str) -> None:
    publish()
    assert find(typed, now=NOW) is None or found(typed) == []


def test_an_endless_query_is_refused() -> None:
    with pytest.raises(TooLong):
        find("가" * 10_000, now=NOW)


def test_cursors_hold_for_their_own_query_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "PAGE_SIZE", 1)
    place = make_section()
    publish(section=place), publish(section=place)
    page = find("토론토", now=NOW)
    assert page is not None
    cursor = page.next_cursor
    assert cursor is not None
    assert find("토론토", now=NOW, cursor=cursor)
    for typed, options in (("캐나다", {}), ("토론토", {"section": place}), ("토론토", {"since": NOW})):
        with pytest.raises(BrokenCursor):
            find(typed, now=NOW, cursor=cursor, **options)
    for forged in ("", "x", cursor[:-1], "t-1-1", f"t{cursor[1:]}", "t-1-1:x", "\x00", "가" * 2_000):
        with pytest.raises(BrokenCursor):
            find("토론토", now=NOW, cursor=forged)


def test_a_hit_comes_with_its_marked_headline_and_text() -> None:
    publish(title="토론토의 봄")
    page = find("토론토", now=NOW)
    assert page is not None
    assert [tuple(piece) for piece in page.hits[0].title] == [("토론토", True), ("의 봄", False)]
    assert ("토론토", True) in [tuple(piece) for piece in page.hits[0].snippet]


def test_a_word_that_stands_beside_the_text_only_is_shown_too() -> None:
    publish(subtitle="오로라가 보이는 밤", lead_caption="망원경을 든 사람")
    for typed in ("오로라", "망원경"):
        page = find(typed, now=NOW)
        assert page is not None
        assert (typed, True) in [tuple(piece) for piece in page.hits[0].snippet]
    page = find("머리", now=NOW)
    assert page is not None
    assert page.hits[0].snippet[0].text.startswith("캐나다 토론토에")


def test_a_page_needs_a_fixed_number_of_queries(django_assert_max_num_queries: Any) -> None:
    for _number in range(8):
        publish()
    with django_assert_max_num_queries(11):
        found("토론토")


def test_similar_articles_share_telling_words_of_their_headlines() -> None:
    story = publish(title="배터리 공장 준공", tags=("이차전지",))
    both = publish(NOW - timedelta(days=3), title="공장에서 배터리를 만든다")
    tagged = publish(NOW - timedelta(days=2), title="이차전지의 앞날")
    one = publish(NOW - timedelta(days=1), title="공장 문을 닫다")
    publish(title="강물이 흐른다")
    make_article(title="배터리 공장 초고")
    publish(NOW + timedelta(hours=1), title="배터리 공장 내일")
    assert similar(story, NOW, 5) == [both.pk, tagged.pk, one.pk]
    assert similar(story, NOW, 1) == [both.pk]
    assert similar(story, NOW, 5, {both.pk}) == [tagged.pk, one.pk]
    assert similar(publish(title="…"), NOW, 5) == []


def test_a_byline_of_another_reporter_counts() -> None:
    story, person = publish(), make_reporter("임꺽정")
    Byline.objects.create(article=story, reporter=person)
    story.save()
    assert found("임꺽정", reporter=person) == [story]
