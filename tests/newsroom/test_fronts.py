"""The front page: each article once, headlines first, and right in an empty or tiny paper too."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, DailyReads, Discussion
from newsroom import fronts
from publication.standing import collected
from tests.factories import make_photo, make_published_article, make_section

pytestmark = pytest.mark.django_db

# What the front may ask the database, whatever stands on it; two more when the rankings are found anew.
QUERIES = 11


def shown(page: dict[str, Any]) -> list[Article]:
    lead = [page["lead"]] if page["lead"] else []
    blocks = [article for block in page["blocks"] for article in block["articles"]]
    return [*lead, *page["second"], *page["opinion"], *page["photo_strip"], *blocks]


def ago(hours: float) -> Any:
    return timezone.now() - timedelta(hours=hours)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 60])
def test_each_article_stands_once(client: Client, count: int) -> None:
    sections, photo = [make_section() for _ in range(3)], make_photo()
    for n in range(count):
        kind = ("article", "column", "photo")[n % 3]
        make_published_article(at=ago(n + 1), section=sections[n % 3], kind=kind, lead_photo=photo)
    articles = shown(fronts.front_page(timezone.now()))
    assert len({article.pk for article in articles}) == len(articles)
    assert len(articles) == count or count > fronts.SECOND_ROW
    assert client.get("/").status_code == 200


def test_a_headline_leads_while_it_is_new(client: Client) -> None:
    section = make_section()
    headline = make_published_article(at=ago(50), grade="headline", section=section)
    important = make_published_article(at=ago(40), grade="important", section=section)
    for n in range(fronts.LEADS_AMONG - 2):
        make_published_article(at=ago(n / 10), section=section)
    page = fronts.front_page(timezone.now())
    assert page["lead"] == headline
    assert page["second"][0] == important
    newest = make_published_article(at=ago(0.01), section=section)
    page = fronts.front_page(timezone.now())
    assert page["lead"] == important
    assert newest in page["second"]


def test_columns_stand_in_the_opinion_row_only(client: Client) -> None:
    column = make_published_article(kind="column")
    page = fronts.front_page(timezone.now())
    assert (page["lead"], page["opinion"], page["blocks"]) == (None, [column], [])
    html = client.get("/").content.decode()
    assert column.title in html
    assert 'class="nothing"' not in html


def test_an_empty_paper_says_so(client: Client) -> None:
    html = client.get("/").content.decode()
    assert 'class="nothing"' in html
    assert not any(
        f'class="{part}' in html for part in ("top", "blocks", "opinion", "popular", "photo-strip")
    )


def test_a_paper_of_one_article_is_its_lead_alone(client: Client) -> None:
    article = make_published_article()
    page = fronts.front_page(timezone.now())
    assert shown(page) == [page["lead"]] == [article]
    assert 'class="top top-alone"' in client.get("/").content.decode()


def test_the_last_edit_is_the_newest_publication_or_change() -> None:
    article = make_published_article(at=ago(5))
    assert fronts.front_page(timezone.now())["final_edit"] == article.publish_at
    Article.objects.update(content_modified_at=ago(1))
    article.refresh_from_db()
    assert fronts.front_page(timezone.now())["final_edit"] == article.content_modified_at


def test_the_newest_article_with_a_picture_heads_its_block() -> None:
    top, section, photo = make_section(), make_section(), make_photo()
    for _ in range(1 + fronts.SECOND_ROW):
        make_published_article(at=ago(0), section=top)
    articles = [make_published_article(at=ago(n + 1), section=section) for n in range(fronts.BLOCK)]
    articles[2].lead_photo = photo
    articles[2].save()
    (block,) = fronts.front_page(timezone.now())["blocks"]
    assert block["articles"] == [articles[n] for n in (2, 0, 1, 3)]


def fill(count: int) -> None:
    """Articles of every kind, half of them with pictures, all of them read and discussed."""
    sections, photo = [make_section() for _ in range(4)], make_photo()
    for n in range(count):
        article = make_published_article(
            at=ago(n / 10),
            section=sections[n % 4],
            kind=("article", "column", "photo")[n % 3],
            lead_photo=photo if n % 2 else None,
        )
        DailyReads.objects.create(article=article, day=timezone.localdate(), reads=n + 1)
        Discussion.objects.filter(pk=article.pk).update(visible_count=n + 1)


def test_what_is_most_read_may_stand_in_the_page_as_well(client: Client) -> None:
    fill(12)
    page = fronts.front_page(timezone.now())
    popular = page["popular"]
    assert len(popular.today) == len(popular.discussed) == 5
    assert set(popular.today) & set(shown(page))
    html = client.get("/").content.decode()
    assert html.count('class="ranking"') == 2
    assert "댓글 12" in html


@pytest.mark.parametrize("count", [3, 40])
def test_the_number_of_queries_is_fixed(client: Client, count: int) -> None:
    fill(count)
    client.get("/")
    with CaptureQueriesContext(connection) as warm:
        client.get("/")
    assert len(warm) <= QUERIES
    cache.clear()
    with CaptureQueriesContext(connection) as cold:
        client.get("/")
    assert len(cold) == len(warm) + 2


def test_the_page_stands_on_the_front_and_ends_with_the_next_publication() -> None:
    fill(3)
    at = timezone.now() + timedelta(minutes=2)
    make_published_article(at=at)
    with collected() as standing:
        fronts.front_page(timezone.now())
    assert "front" in standing.keys
    assert standing.end == at
