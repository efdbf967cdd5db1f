"""Lists go both ways along an index: each page has one address, and what stands at it stays."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from articles import editing, listings, workflow
from articles.models import Article, Byline
from articles.models.article import Kind
from articles.models.listed import TaggedArticle
from articles.paging import PAGE_SIZE
from tests.factories import make_article, make_published_article, make_reporter, make_section, make_series
from tests.page import Page

pytestmark = pytest.mark.django_db

AT = datetime(2023, 8, 24, 6, 50, tzinfo=UTC)


def fill(count: int, **fields: Any) -> list[Article]:
    """So many articles, a minute apart, the newest first."""
    made = [make_published_article(at=AT + timedelta(minutes=number), **fields) for number in range(count)]
    return made[::-1]


def shown(client: Client, address: str) -> list[int]:
    return [article.pk for article in client.get(address).context["articles"]]


def link(client: Client, address: str, rel: str) -> str:
    """The address that both the head and the button name, "" where there is none."""
    page = Page(client.get(address).content.decode())
    (found,) = {
        tuple(one["href"] for one in page.all(tag) if one.attributes.get("rel") == rel)
        for tag in ("link", "a")
    }
    return found[0] if found else ""


def canonical(client: Client, address: str) -> str:
    page = Page(client.get(address).content.decode())
    return next(one["href"] for one in page.all("link") if one.attributes.get("rel") == "canonical")


def test_pages_lead_back_over_the_addresses_they_came_by(client: Client) -> None:
    section = make_section()
    articles = fill(2 * PAGE_SIZE + 5, section=section)
    top = section.get_absolute_url()
    second = link(client, top, "next")
    third = link(client, second, "next")
    assert [len(shown(client, address)) for address in (top, second, third)] == [PAGE_SIZE, PAGE_SIZE, 5]
    assert (link(client, third, "next"), link(client, third, "prev")) == ("", second)
    assert (link(client, second, "prev"), link(client, top, "prev")) == (top, "")
    seen = shown(client, top) + shown(client, second) + shown(client, third)
    assert seen == [article.pk for article in articles]


def test_a_further_page_is_its_own_canonical_and_stays_as_it_is(client: Client) -> None:
    section = make_section()
    fill(2 * PAGE_SIZE, section=section)
    top = section.get_absolute_url()
    second = link(client, top, "next")
    before = shown(client, second)
    assert canonical(client, second).endswith(second)
    make_published_article(section=section)
    assert shown(client, second) == before
    # One more stands between the top and this page now: the way up is a page of its own.
    assert len(shown(client, link(client, second, "prev"))) == PAGE_SIZE


def test_after_an_article_stands_the_page_just_newer(client: Client) -> None:
    section = make_section()
    articles = fill(3 * PAGE_SIZE, section=section)
    top = section.get_absolute_url()
    second = link(client, top, "next")
    third = link(client, second, "next")
    cursor = link(client, third, "next") or third
    assert cursor == third
    oldest_of_second = second.partition("=")[2], third.partition("=")[2]
    newer = f"{top}?after={oldest_of_second[1]}"
    assert shown(client, newer) == [article.pk for article in articles[PAGE_SIZE - 1 : 2 * PAGE_SIZE - 1]]
    assert "?before=" in canonical(client, newer)
    assert canonical(client, f"{top}?after={oldest_of_second[0]}").endswith(top)


@pytest.mark.parametrize("cursor", ["", "x", "1-0", "zz-zz", "f" * 39 + "-1", "9" * 500, "1-1"])
@pytest.mark.parametrize("way", ["before", "after"])
def test_forged_cursors_and_pages_beyond_the_end_are_unknown(client: Client, way: str, cursor: str) -> None:
    section = make_section()
    make_published_article(section=section)
    answer = client.get(section.get_absolute_url(), {way: cursor})
    # The first instant of all is a well-formed place: after it stands the whole list.
    assert answer.status_code == (200 if (way, cursor) == ("after", "1-1") else 404)


def test_a_page_has_one_place_only(client: Client) -> None:
    section = make_section()
    make_published_article(section=section)
    assert client.get(section.get_absolute_url(), {"before": "1-1", "after": "1-1"}).status_code == 404


def test_a_place_above_the_newest_is_the_top(client: Client) -> None:
    section = make_section()
    article = make_published_article(section=section)
    address = f"{section.get_absolute_url()}?before=ffffffffffffff-1"
    assert client.get(address).status_code == 404 or shown(client, address) == [article.pk]


def test_a_section_holds_its_sub_sections_and_a_sub_section_its_own(client: Client) -> None:
    section = make_section("사회")
    first, second = (make_section(name, parent=section) for name in ("교육", "지역"))
    articles = [make_published_article(at=AT, section=one) for one in (section, first, second)]
    assert shown(client, section.get_absolute_url()) == [article.pk for article in articles[::-1]]
    assert shown(client, first.get_absolute_url()) == [articles[1].pk]
    page = Page(client.get(first.get_absolute_url()).content.decode())
    named = [one.text for one in page.all("a") if one["href"] == second.get_absolute_url()]
    assert "지역" in named


def test_the_desks_headline_leads_its_section_while_it_is_new(client: Client) -> None:
    section = make_section()
    articles = fill(9, section=section)
    Article.objects.filter(pk=articles[7].pk).update(grade="headline")
    pks = [article.pk for article in articles]
    assert shown(client, section.get_absolute_url()) == [pks[7], *pks[:7], pks[8]]
    make_published_article(section=section)
    assert shown(client, section.get_absolute_url())[1:] == pks


@pytest.mark.parametrize("kind", Kind.values)
def test_kinds_have_their_lists(client: Client, kind: str) -> None:
    article = make_published_article(at=AT, kind=kind)
    for other in Kind.values:
        assert shown(client, f"/kind/{other}/") == ([article.pk] if other == kind else [])


@pytest.mark.parametrize("address", ["/kind/", "/kind/none/", "/kind/Photo/"])
def test_unknown_kinds_are_unknown(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_an_article_stands_once_in_the_list_of_whoever_did_two_parts(client: Client) -> None:
    person = make_reporter()
    articles = fill(PAGE_SIZE + 1, by=person)
    for article in articles:
        Byline.objects.create(article=article, reporter=person, role=Byline.Role.PHOTO, order=1)
    top = person.get_absolute_url()
    assert shown(client, top) == [article.pk for article in articles[:PAGE_SIZE]]
    assert shown(client, link(client, top, "next")) == [articles[-1].pk]


def test_every_list_is_entered_at_the_second_of_publication(client: Client, frozen: Any) -> None:
    person, section, series = make_reporter(), make_section(), make_series()
    make_published_article(at=AT, by=person, section=section, series=series, tags=("강",), kind=Kind.PHOTO)
    doors = [one.get_absolute_url() for one in (person, section, series)] + ["/tag/강/", "/kind/photo/"]
    for moment, number in ((AT - timedelta(seconds=1), 0), (AT, 1)):
        with frozen(moment):
            answers = [client.get(door) for door in doors]
        counts = [len(answer.context["articles"]) if answer.status_code == 200 else 0 for answer in answers]
        assert counts == [number] * len(doors)


def times(article: Article) -> set[Any]:
    """What the rows of its tag and its byline say."""
    rows = [TaggedArticle.objects.get(content_object=article), Byline.objects.get(article=article)]
    return {row.publish_at for row in rows}


def test_the_rows_of_tags_and_bylines_follow_the_article(desk: User, reporter: User) -> None:
    article = make_article(owner=reporter, tags=("강",), lead_alt="강")
    assert times(article) == {None}
    workflow.submit(article, by=reporter)
    workflow.approve(article, by=desk, at=datetime(2126, 1, 1, tzinfo=UTC))
    assert times(article) == {article.publish_at}
    workflow.reschedule(article, by=desk, at=datetime(2126, 1, 2, tzinfo=UTC))
    assert times(article) == {datetime(2126, 1, 2, tzinfo=UTC)}
    workflow.unschedule(article, by=desk)
    assert times(article) == {None}
    workflow.approve(article, by=desk)
    workflow.withdraw(article, by=desk, reason="확인")
    assert times(article) == {None}
    workflow.reinstate(article, by=desk, reason="확인됨")
    assert times(article) == {article.publish_at}


def test_rows_that_come_later_or_are_saved_anew_know_the_time_too() -> None:
    article = make_published_article(at=AT)
    article.tags.set(["강"])
    byline = article.bylines.get()
    byline.publish_at = None
    byline.save()
    assert times(article) == {AT}
    other = make_article()
    Byline.objects.filter(pk=byline.pk).update(article=other)
    assert Byline.objects.get(pk=byline.pk).publish_at is None


def plan(query: Any) -> str:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A few rows are read at one go, whatever indexes there are.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    return query.explain()


@pytest.fixture
def many() -> Article:
    """One of five hundred articles, alone in its section and series, of its kind, tag and reporter."""
    other, section, series = make_section(), make_section(), make_series()
    article = make_published_article(at=AT, section=section, series=series, tags=("강",), kind=Kind.VIDEO)
    fields = {"title": "글", "status": "published", "section": other, "series": make_series()}
    moments = [AT + timedelta(minutes=number) for number in range(-250, 250)]
    Article.objects.bulk_create(Article(publish_at=at, first_published_at=at, **fields) for at in moments)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE articles_article")
    return article


def test_every_list_is_read_along_its_own_index(many: Article) -> None:
    now = AT + timedelta(days=1)
    lists = {
        "article_newest_in_section": listings.of_sections([many.section], now),
        "article_newest_in_series": listings.of_series(many.series_id, now),
        "article_newest_of_kind": listings.of_kind(many.kind, now),
        "article_newest_of_tag": listings.of_tag(many.tags.get().pk, now),
        "article_newest_of_reporter": listings.of_reporter(many.bylines.get().reporter_id, now),
    }
    for index, listed in lists.items():
        for newer in (False, True):
            (part,) = listed.parts((AT + timedelta(hours=1), 5), 21, newer=newer)
            told = plan(part)
            assert index in told, told
            assert "TEMP B-TREE" not in told
            assert "Sort" not in told


@pytest.mark.parametrize("count", [3, 45])
def test_a_page_needs_a_fixed_number_of_queries(
    client: Client, django_assert_max_num_queries: Any, count: int
) -> None:
    section, person, series = make_section(), make_reporter(), make_series()
    for number in range(3):
        make_section(f"하위{number}", parent=section)
    fill(count, section=section, by=person, series=series, tags=("강",), kind=Kind.PHOTO)
    doors = [one.get_absolute_url() for one in (person, section, series)] + ["/tag/강/", "/kind/photo/"]
    for door in doors:
        with django_assert_max_num_queries(9):
            older = client.get(door).context["older_url"]
        if older:
            with django_assert_max_num_queries(10):
                client.get(older)


def test_a_list_says_what_it_stands_on_and_when_it_ends(client: Client) -> None:
    parent = make_section()
    section, person, series = make_section(parent=parent), make_reporter(), make_series()
    article = make_published_article(section=section, by=person, series=series, tags=("강",))
    later = make_published_article(at=datetime(2126, 1, 1, tzinfo=UTC))
    keys = {
        section.get_absolute_url(): f"section:{section.pk}",
        parent.get_absolute_url(): f"section:{parent.pk}",
        person.get_absolute_url(): f"reporter:{person.pk}",
        series.get_absolute_url(): f"series:{series.pk}",
        "/tag/강/": f"tag:{article.tags.get().pk}",
        "/kind/article/": "front",
    }
    for address, key in keys.items():
        made = client.get(address).standing
        assert {key, f"comments:{article.pk}", "publication"} <= made.keys
        assert made.end is not None
        assert made.end <= later.publish_at


def test_what_an_article_stood_in_is_raised_when_it_leaves(
    desk: User, version_of: Callable[[str], int]
) -> None:
    article = make_published_article(section=make_section(), series=make_series())
    old, new = article.section, make_section()
    article.section = new
    editing.update(article, by=desk)
    editing.finish(article)
    assert version_of(f"section:{old.pk}")
    assert version_of(f"section:{new.pk}")


@pytest.fixture
def version_of() -> Callable[[str], int]:
    from publication import versions

    return lambda key: versions.numbers(key)[key]
