"""The search page: what is found, how it is narrowed, and what it says to addresses that make no sense."""

import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from articles import workflow
from articles.models import Article
from articles.search.find import PAGE_SIZE
from newsroom import search
from publication.models import Publication
from tests.factories import make_published_article, make_reporter, make_section
from tests.page import Element, Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("publication")]

SEOUL = ZoneInfo("Asia/Seoul")
TYPE_OF_SHORT = "private, max-age=30"
QUERIES_MAX = 14


def at(client: Client, status: int = 200, **query: Any) -> Page:
    answer = client.get("/search/", query)
    assert answer.status_code == status, answer.content.decode()
    return Page(answer.content.decode())


def having(page: Page, tag: str, **attributes: str) -> list[Element]:
    return [one for one in page.all(tag) if attributes.items() <= one.attributes.items()]


def one(page: Page, tag: str, **attributes: str) -> Element:
    (found,) = having(page, tag, **attributes)
    return found


def headlines(page: Page) -> list[str]:
    """Of the results; of a page without any nothing, whatever else is shown on it."""
    return [title.text for title in page.all("h3", of_class="card-title")] if page.all("ol") else []


def said(page: Page) -> str:
    return page.one("main").text


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


# Finding


def test_every_word_must_stand_and_hits_are_marked(client: Client) -> None:
    make_published_article(title="토론토에 첫눈", body="<p>캐나다 토론토에 눈이 내렸다.</p>")
    make_published_article(title="밴쿠버에 비", body="<p>캐나다 밴쿠버에 비가 내렸다.</p>")
    page = at(client, q="캐나다 토론토")
    assert headlines(page) == ["토론토에 첫눈"]
    assert {mark.text for mark in page.all("mark")} == {"캐나다", "토론토"}
    assert "‘캐나다 토론토’ 검색 결과 1건" in said(page)
    assert [time["datetime"][-6:] for time in page.all("time")] == ["+09:00"]


def test_the_page_is_private_for_a_moment_and_not_for_indexes(client: Client) -> None:
    answer = client.get("/search/", {"q": "강"})
    assert answer["Cache-Control"] == TYPE_OF_SHORT
    robots = [tag["content"] for tag in having(Page(answer.content.decode()), "meta", name="robots")]
    assert robots == ["noindex,follow"]
    for query in ({"q": "가" * 1000}, {"q": "강", "after": "x"}):
        assert client.get("/search/", query)["Cache-Control"] == "private, no-store"
    assert client.post("/search/", {"q": "강"}).status_code == 405


def test_it_is_the_same_for_everybody(
    client: Client, as_user: Callable[[Any], Client], manager: User
) -> None:
    make_published_article(title="강이 얼었다")
    for query in ({}, {"q": "강이"}, {"q": "없는말"}):
        pages = [one.get("/search/", query).content for one in (client, as_user(manager))]
        assert pages[0] == pages[1]


def test_only_what_is_public_is_found_at_its_second(client: Client, frozen: Any, manager: User) -> None:
    now = timezone.now().replace(microsecond=0)
    with frozen(now) as moment:
        article = make_published_article(title="얼음 강", at=now + timedelta(seconds=1))
        assert headlines(at(client, q="얼음")) == []
        moment.shift(timedelta(seconds=1))
        assert headlines(at(client, q="얼음")) == ["얼음 강"]
        workflow.withdraw(article, by=manager, reason="오보")
        assert headlines(at(client, q="얼음")) == []
        assert "얼음 강" not in said(at(client, q="얼음"))


def test_what_is_typed_is_text(client: Client) -> None:
    make_published_article(title='<b>"강"</b> & 산')
    answer = client.get("/search/", {"q": '<script>alert(1)</script> "'})
    assert "<script>alert" not in answer.content.decode()
    assert headlines(at(client, q="강")) == ['<b>"강"</b> & 산']


# Pages


@pytest.fixture
def many(db: None) -> list[Article]:
    section = make_section()
    return [
        make_published_article(
            title=f"바다 {number}", section=section, at=timezone.now() - timedelta(hours=number)
        )
        for number in range(1, PAGE_SIZE + 3)
    ]


def links(page: Page, rel: str) -> list[str]:
    return [link["href"] for link in page.all("a") if rel in link.attributes.get("rel", "").split()]


def test_pages_go_on_where_they_ended_and_lead_back(client: Client, many: list[Article]) -> None:
    first = at(client, q="바다")
    assert headlines(first) == [article.title for article in many[:PAGE_SIZE]]
    assert f"검색 결과 {len(many)}건" in said(first)
    [address] = links(first, "next")
    second = Page(client.get(address).content.decode())
    assert headlines(second) == [article.title for article in many[PAGE_SIZE:]]
    assert links(second, "next") == []
    assert [link["href"] for link in second.all("a") if link.text == "검색 결과 첫 쪽"] == [
        "/search/?q=%EB%B0%94%EB%8B%A4"
    ]


def test_a_page_of_a_narrowed_search_has_an_address_that_lasts(
    client: Client, many: list[Article], frozen: Any
) -> None:
    week = next(link for link in at(client, q="바다").all("a") if link.text == "1주")["href"]
    [address] = links(Page(client.get(week).content.decode()), "next")
    with frozen(timezone.now() + timedelta(days=2)):
        assert client.get(address).status_code == 200


def test_queries_do_not_grow_with_what_is_found(client: Client, many: list[Article]) -> None:
    counts = []
    for text in ("바다 1", "바다"):
        with CaptureQueriesContext(connection) as queries:
            assert headlines(at(client, q=text))
        counts.append(len(queries))
    # For one hit the second part of the order is asked too; PostgreSQL counts the settings of its transaction.
    assert counts[1] <= counts[0] <= QUERIES_MAX


def test_counting_stops(client: Client, many: list[Article], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.search.find.COUNT_MAX", 10)
    assert "‘바다’ 검색 결과 10건 이상" in said(at(client, q="바다"))


@pytest.mark.parametrize("cursor", ["", "x", "t-1-1:forged", "0", "9" * 5000, "t-fffffffffffffff-1", "🎈"])
def test_a_forged_cursor_is_told_so_with_a_way_back(client: Client, cursor: str) -> None:
    page = at(client, 400, q="강", after=cursor)
    assert "검색 결과에 없는 쪽입니다" in said(page)
    assert one(page, "input", name="q")["value"] == "강"


def test_a_cursor_of_another_query_is_forged(client: Client, many: list[Article]) -> None:
    cursor = links(at(client, q="바다"), "next")[0].partition("after=")[2]
    assert client.get(f"/search/?q=강&after={cursor}").status_code == 400
    assert client.get(f"/search/?q=바다&since=2020-01-01&after={cursor}").status_code == 400


# Filters


def test_a_section_brings_its_subsections(client: Client) -> None:
    economy, culture = make_section("경제", "economy"), make_section("문화", "culture")
    banks = make_section("금융", "banks", parent=economy)
    make_published_article(title="강과 은행", section=banks)
    make_published_article(title="강과 노래", section=culture)
    assert headlines(at(client, q="강과", section="economy")) == ["강과 은행"]
    assert headlines(at(client, q="강과", section="culture")) == ["강과 노래"]
    chosen = [
        option["value"] for option in having(at(client, q="강과", section="banks"), "option", selected="")
    ]
    assert chosen == ["banks"]


def test_a_reporter_is_named_or_numbered(client: Client) -> None:
    hong = make_reporter("홍길동")
    make_published_article(title="강을 따라", by=hong)
    make_published_article(title="강을 건너", by=make_reporter("성춘향"))
    for name in ("홍길동", " 홍길동 기자", str(hong.pk)):
        page = at(client, q="강을", reporter=name)
        assert headlines(page) == ["강을 따라"]
        assert one(page, "input", name="reporter")["value"] == str(hong.pk)


def test_of_namesakes_the_reader_chooses(client: Client) -> None:
    people = [make_reporter("홍길동"), make_reporter("홍길동")]
    make_published_article(title="강을 따라", by=people[1])
    page = at(client, 422, q="강을", reporter="홍길동")
    assert "이름이 같은 기자가 여럿" in said(page)
    ways = [link["href"] for link in page.all("a") if "reporter=" in link["href"]]
    assert [f"reporter={person.pk}" in way for person, way in zip(people, ways, strict=True)] == [True, True]
    assert headlines(Page(client.get(ways[1]).content.decode())) == ["강을 따라"]


def test_who_left_the_paper_is_found_without_an_address_for_mail(client: Client) -> None:
    here, gone = make_reporter("홍길동"), make_reporter("홍길동", is_active=False)
    make_published_article(by=gone)
    assert here.email in said(at(client, 422, q="강을", reporter="홍길동"))
    for address in (gone.get_absolute_url(), "/search/?q=강&reporter=홍길동"):
        assert gone.email not in client.get(address).content.decode()


def test_days_are_those_of_seoul_and_both_ends_belong_to_them(client: Client) -> None:
    for title, moment in [
        ("강 앞", "2024-05-30T23:59:59"),
        ("강 첫", "2024-05-31T00:00:00"),
        ("강 끝", "2024-06-01T23:59:59"),
        ("강 뒤", "2024-06-02T00:00:00"),
    ]:
        make_published_article(title=title, at=day(moment))
    assert headlines(at(client, q="강", since="2024-05-31", until="2024-06-01")) == ["강 끝", "강 첫"]
    assert headlines(at(client, q="강", since="2024. 6. 2.")) == ["강 뒤"]
    assert headlines(at(client, q="강", until="2024/05/30")) == ["강 앞"]


def test_a_span_is_a_link_that_names_its_first_day(client: Client, frozen: Any) -> None:
    with frozen(day("2024-05-31T00:30:00")):
        make_published_article(title="강 새것", at=day("2024-05-24T00:00:00"))
        make_published_article(title="강 헌것", at=day("2024-05-23T23:59:59"))
        page = at(client, q="강")
        week = next(link for link in page.all("a") if link.text == "1주")
        assert "since=2024-05-24" in week["href"]
        page = Page(client.get(week["href"]).content.decode())
        assert headlines(page) == ["강 새것"]
        assert [link.text for link in having(page, "a", **{"aria-current": "true"})] == ["1주"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"since": "2023-02-29"}, "없는 날짜입니다"),
        ({"until": "2024-13-01"}, "없는 날짜입니다"),
        ({"since": "0000-00-00"}, "없는 날짜입니다"),
        ({"until": "9999-12-31"}, "없는 날짜입니다"),
        ({"since": "어제"}, "없는 날짜입니다"),
        ({"since": "٢٠٢٤-٠٥-٣١"}, "없는 날짜입니다"),
        ({"until": "1" * 10_000}, "없는 날짜입니다"),
        ({"since": "2024-06-01", "until": "2024-05-31"}, "끝 날짜가 시작 날짜보다 빠릅니다"),
        ({"section": "nowhere"}, "없는 섹션입니다"),
        ({"reporter": "없는이름"}, "이 이름의 기자가 없습니다"),
        ({"reporter": "999999"}, "이 이름의 기자가 없습니다"),
        ({"reporter": "9" * 30}, "이 이름의 기자가 없습니다"),
        ({"reporter": "%"}, "이 이름의 기자가 없습니다"),
    ],
)
def test_what_does_not_exist_is_said_and_what_was_typed_is_kept(
    client: Client, query: dict[str, str], message: str
) -> None:
    page = at(client, 422, q="강물", **query)
    assert message in said(page)
    assert one(page, "input", name="q")["value"] == "강물"
    assert page.one("details").attributes.get("open") is not None
    for name in query.keys() - {"section"}:
        assert one(page, "input", name=name)["value"] == query[name][: search.FIELD_MAX + 1]


# Odd queries


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '"캐나다 토론토',
        'AND OR NOT "',
        "강 OR 산)",
        "title:강 -산*",
        "'; DROP TABLE articles_article; --",
        "강%00".replace("%00", "\x01"),
        "\x0b\x1f강\x7f",
        "\u202e강",
        "\ufffd",
        "{강} ^ ~ NEAR(",
        "🎈",
        "%_\\",
        unicodedata.normalize("NFD", "강물"),
        "강\u00a0물",
    ],
)
def test_signs_and_controls_break_nothing(client: Client, text: str) -> None:
    make_published_article(title="강물")
    page = at(client, q=text)
    assert one(page, "input", name="q")["value"] == one(page, "input", name="q")["value"].strip(
        "\x01\x0b\x1f"
    )


def test_a_decomposed_word_finds_the_composed_one(client: Client) -> None:
    make_published_article(title="강물")
    assert headlines(at(client, q=unicodedata.normalize("NFD", "강물"))) == ["강물"]
    assert headlines(at(client, q="강물\u00a0")) == ["강물"]


@pytest.mark.parametrize("text", ["", " ", "   \t\u00a0\u3000 ", "\u200b"])
def test_without_words_there_is_the_box_and_what_is_new(client: Client, text: str) -> None:
    make_published_article(title="오늘 소식")
    page = at(client, q=text)
    assert one(page, "input", name="q")["value"] == text.strip(" \t\u00a0\u3000\u200b") or text
    assert "오늘 소식" in said(page)
    assert "새로 나온 기사" in said(page)


@pytest.mark.parametrize("text", ["!?", '""', "()", "…"])
def test_signs_alone_are_no_word(client: Client, text: str) -> None:
    assert "찾을 낱말이 없습니다" in said(at(client, q=text))


@pytest.mark.parametrize("text", ["가" * 10_000, "가 나" * 5_000, '"' * 10_000, "a" * 201, "\u0301" * 10_000])
def test_an_endless_query_is_refused_and_its_beginning_kept(client: Client, text: str) -> None:
    page = at(client, 422, q=text)
    assert "검색어가 너무 깁니다" in said(page)
    assert len(one(page, "input", name="q")["value"]) <= search.KEPT_MAX
    assert one(page, "input", name="q")["aria-invalid"] == "true"


@pytest.mark.parametrize("address", ["/", "/search/", "/nothing/"])
def test_no_box_takes_more_than_an_address_can_carry(
    client: Client, publication: Publication, address: str
) -> None:
    page = Page(client.get(address).content.decode())
    assert [box["maxlength"] for box in having(page, "input", name="q")] == [str(search.KEPT_MAX)]


def test_nothing_found_is_said_with_help_and_what_is_new(client: Client) -> None:
    make_published_article(title="오늘 소식")
    page = at(client, q="없는낱말", since="2024-01-01")
    assert "‘없는낱말’ 검색 결과가 없습니다" in said(page)
    assert "오늘 소식" in said(page)
    assert "모든 기사에서 다시 찾기" in [link.text for link in page.all("a")]


def test_an_empty_paper_has_nothing_new_to_show(client: Client) -> None:
    page = at(client)
    assert page.one("h1").text == "검색"
    assert "새로 나온 기사" not in said(page)


# The header


def test_every_public_page_leads_to_the_search(client: Client, publication: Publication) -> None:
    for address in ("/", make_published_article().get_absolute_url()):
        page = Page(client.get(address).content.decode())
        form = one(page, "form", role="search")
        assert (form["action"], form["method"]) == ("/search/", "get")
        assert form["class"] == "header-search"
        assert [link["class"] for link in page.all("a") if link["href"] == "/search/"] == [
            "account-link search-link"
        ]
    assert len(having(at(client), "form", role="search")) == 1
