"""What pages say to machines in schema.org's words, and that no text can break out of it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.template.loader_tags import BlockNode
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from articles.models import Article, Byline, Photo
from articles.photos import make_renditions
from publication import structured
from publication.models import PolicyPage, Publication
from tests.factories import (
    jpeg,
    make_photo,
    make_published_article,
    make_reporter,
    make_section,
    make_series,
)
from tests.schema import RATIOS, SCRIPT, Node, graph_of, node, problems

pytestmark = pytest.mark.django_db

SITE = "https://paper.test"
NASTY = [
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "]]> & &lt; \" ' \\ \\u003c",
    "줄\u2028바꿈\u2029",
    "먼지 👩‍👩‍👧 없는 교실 🚍",
]


@pytest.fixture(autouse=True)
def address(settings: Any) -> None:
    settings.SITE_URL = SITE


@pytest.fixture
def photo(publication: Publication) -> Photo:
    photo = make_photo(content=jpeg(2000, 1600), credit="서울시", copyright="© 서울시", photographer="박사진")
    make_renditions.func(photo.pk)
    return photo


def read(client: Client, path: str) -> list[Node]:
    return graph_of(client.get(path).content.decode())


def article_node(client: Client, article: Article) -> Node:
    return node(read(client, article.get_absolute_url()), "NewsArticle")


@pytest.fixture
def full(photo: Photo) -> Article:
    """An article with everything."""
    section = make_section("국회", parent=make_section("정치"))
    return make_published_article(
        title="막차가 끊긴 마을",
        section=section,
        series=make_series("막차"),
        by=make_reporter("홍길동", title="선임기자"),
        tags=("버스", "마을"),
        at=datetime(2023, 8, 24, 6, 50, 0, 123456, tzinfo=UTC),
        content_modified_at=datetime(2023, 8, 24, 8, 2, tzinfo=UTC),
        lead_photo=photo,
        lead_alt="강 위의 다리",
        lead_caption="다리가 놓였다",
        lead_credit="강동구",
    )


def test_a_complete_article_lacks_nothing(client: Client, full: Article) -> None:
    assert problems(read(client, full.url), complete=True) == []


def test_an_article_says_what_it_is(client: Client, full: Article) -> None:
    said = article_node(client, full)
    assert said["headline"] == "막차가 끊긴 마을"
    assert said["description"] == full.summary
    assert "홍길동" not in said["description"]
    assert said["articleSection"] == ["정치", "국회"]
    assert said["keywords"] == ["버스", "마을"] or said["keywords"] == ["마을", "버스"]
    assert said["commentCount"] == 0
    assert said["isAccessibleForFree"] is True
    assert said["inLanguage"] == "ko"
    assert said["isPartOf"]["name"] == "막차"
    assert said["mainEntityOfPage"]["@id"] == f"{SITE}/news/{full.pk}/"
    assert said["publisher"]["name"] == "시험신문"


def test_both_clocks_stand_in_seoul_to_the_second(client: Client, full: Article) -> None:
    said = article_node(client, full)
    assert said["datePublished"] == "2023-08-24T15:50:00+09:00"
    assert said["dateModified"] == "2023-08-24T17:02:00+09:00"


def test_an_article_that_was_never_changed_was_modified_when_published(
    client: Client, publication: Publication
) -> None:
    said = article_node(client, make_published_article())
    assert said["dateModified"] == said["datePublished"]


def test_every_author_stands_alone_with_the_bare_name_as_published(client: Client, full: Article) -> None:
    second = make_reporter("김철수")
    Byline.objects.create(article=full, reporter=second, role="photo", order=1)
    Byline.objects.create(article=full, reporter=second, role="writing", order=2)
    editor = make_reporter("이편집")
    Byline.objects.create(article=full, reporter=editor, role="editing", order=3)
    said = article_node(client, full)
    assert [(one["name"], one["jobTitle"]) for one in said["author"]] == [
        ("홍길동", "선임기자"),
        ("김철수", "기자"),
    ]
    assert said["author"][1]["url"] == f"{SITE}/reporter/{second.pk}/"
    assert [one["name"] for one in said["editor"]] == ["이편집"]


def test_who_left_the_paper_has_no_address(client: Client, full: Article) -> None:
    left = make_reporter("나간이", is_active=False, title="")
    Byline.objects.create(article=full, reporter=left, order=1)
    assert article_node(client, full)["author"][1] == {"@type": "Person", "name": "나간이"}


def test_an_article_whose_byline_names_only_an_editor_has_that_author(
    client: Client, publication: Publication
) -> None:
    article = make_published_article()
    article.bylines.update(role="editing")
    assert article_node(client, article)["author"][0]["name"] == article.bylines.get().name


def test_without_a_byline_the_paper_is_the_author(client: Client, publication: Publication) -> None:
    article = make_published_article()
    article.bylines.all().delete()
    assert [one["name"] for one in article_node(client, article)["author"]] == ["시험신문"]


def test_the_picture_comes_in_three_shapes_with_its_makers(client: Client, full: Article) -> None:
    images = article_node(client, full)["image"]
    assert [round(one["width"] / one["height"], 2) for one in images] == [
        round(ratio, 2) for ratio in RATIOS.values()
    ]
    assert all(one["url"].startswith(f"{SITE}/media/photos/") for one in images)
    assert {one["width"] for one in images} == {1200}
    for one in images:
        assert one["creditText"] == "강동구"
        assert one["copyrightNotice"] == "© 서울시"
        assert one["creator"] == {"@type": "Person", "name": "박사진"}
        assert one["caption"] == "다리가 놓였다"


def test_the_named_pictures_are_served_in_the_named_size(client: Client, full: Article) -> None:
    for one in article_node(client, full)["image"]:
        answer = client.get(one["url"].removeprefix(SITE))
        assert Image.open(BytesIO(b"".join(answer))).size == (one["width"], one["height"])


def test_a_picture_this_article_never_crops_comes_whole_and_once(client: Client, photo: Photo) -> None:
    said = article_node(client, make_published_article(lead_photo=photo, lead_whole=True))
    assert [(one["width"], one["height"]) for one in said["image"]] == [(1600, 1280)]


def test_without_a_lead_photo_the_first_figure_stands_in(client: Client, photo: Photo) -> None:
    body = f'<p>글.</p><figure data-photo="{photo.pk}" data-credit="독자"><img alt="다리"></figure>'
    images = article_node(client, make_published_article(body=body))["image"]
    assert len(images) == 3
    assert images[0]["creditText"] == "독자"
    assert images[0]["caption"] == "다리"


def test_without_any_picture_there_is_no_image(client: Client, publication: Publication) -> None:
    nodes = read(client, make_published_article().url)
    assert "image" not in node(nodes, "NewsArticle")
    assert problems(nodes) == []


def test_a_column_is_opinion_and_news(client: Client, publication: Publication) -> None:
    said = article_node(client, make_published_article(kind="column"))
    assert said["@type"] == ["NewsArticle", "OpinionNewsArticle"]


def test_the_way_to_an_article_is_its_breadcrumbs(client: Client, full: Article) -> None:
    items = node(read(client, full.url), "BreadcrumbList")["itemListElement"]
    assert [one["name"] for one in items] == ["시험신문", "정치", "국회", "막차가 끊긴 마을"]
    assert [one["position"] for one in items] == [1, 2, 3, 4]
    assert items[0]["item"] == f"{SITE}/"
    assert "item" not in items[-1]


@pytest.mark.parametrize("words", NASTY)
def test_no_text_breaks_out(client: Client, publication: Publication, words: str) -> None:
    Publication.objects.update(description=words, corporation=words)
    series = make_series(words[:60] or "연재", description=words)
    article = make_published_article(
        title=words,
        subtitle=words,
        lead=words,
        source=words[:90],
        series=series,
        section=make_section(words[:40]),
    )
    for path in (article.url, article.section.get_absolute_url(), series.get_absolute_url(), "/"):
        html = client.get(path).content.decode()
        (data,) = SCRIPT.findall(html)
        assert not set("<>&\u2028\u2029") & set(data)
        assert problems(graph_of(html)) == []
    article.refresh_from_db()
    assert article_node(client, article)["headline"] == article.title


def test_data_is_written_as_it_is_and_without_blanks() -> None:
    written = structured.script(
        [{"a": "", "b": None, "c": 0, "d": False, "e": [{}], "f": {"g": ""}, "h": "</script>"}]
    )
    (data,) = SCRIPT.findall(written)
    assert json.loads(data)["@graph"] == [{"c": 0, "d": False, "h": "</script>"}]
    assert structured.script([]) == ""


def test_the_front_says_who_makes_the_paper(client: Client, publication: Publication) -> None:
    Publication.objects.update(
        profiles="https://example.com/paper\n그냥 글\n  https://example.net/@paper \njavascript:alert(1)",
        logo="brand/0123456789abcdef-600x120.png",
    )
    PolicyPage.objects.create(slug="ethics", title="윤리강령")
    PolicyPage.objects.create(slug="corrections", title="정정보도", is_shown=False)
    nodes = read(client, "/")
    assert problems(nodes) == []
    paper = node(nodes, "NewsMediaOrganization")
    assert paper["legalName"] == "주식회사 시험"
    assert paper["foundingDate"] == "2020-02-03"
    assert paper["sameAs"] == ["https://example.com/paper", "https://example.net/@paper"]
    assert paper["logo"] == {
        "@type": "ImageObject",
        "url": f"{SITE}/media/brand/0123456789abcdef-600x120.png",
        "width": 600,
        "height": 120,
    }
    assert paper["address"]["streetAddress"] == "서울특별시 시험구 시험로 1"
    assert (paper["telephone"], paper["email"]) == ("02-000-0000", "desk@paper.test")
    assert paper["ethicsPolicy"] == f"{SITE}/policy/ethics/"
    assert "correctionsPolicy" not in paper
    search = node(nodes, "WebSite")["potentialAction"]
    assert search["target"]["urlTemplate"] == f"{SITE}/search/?q={{search_term_string}}"


def test_a_paper_that_says_nothing_of_itself_yet_is_not_wrong(client: Client, db: None) -> None:
    assert problems(read(client, "/")) == []


def test_a_reporters_page_is_a_profile_of_the_bare_name(client: Client, photo: Photo) -> None:
    person = make_reporter("홍길동", bio="강을 씁니다.", portrait=photo)
    nodes = read(client, person.get_absolute_url())
    assert problems(nodes) == []
    said = node(nodes, "ProfilePage")["mainEntity"]
    assert (said["name"], said["jobTitle"], said["description"]) == ("홍길동", "기자", "강을 씁니다.")
    assert said["worksFor"]["name"] == "시험신문"
    assert len(said["image"]) == 3
    assert person.email not in json.dumps(nodes)


def test_a_list_names_its_articles_in_order(client: Client, publication: Publication) -> None:
    section = make_section("정치")
    articles = [make_published_article(section=section) for _ in range(3)]
    nodes = read(client, section.get_absolute_url())
    assert problems(nodes) == []
    items = node(nodes, "CollectionPage")["mainEntity"]["itemListElement"]
    assert {one["url"] for one in items} == {f"{SITE}/news/{article.pk}/" for article in articles}
    assert [one["position"] for one in items] == [1, 2, 3]


def test_nothing_private_stands_in_any_data(client: Client, full: Article) -> None:
    said = json.dumps(read(client, full.url), ensure_ascii=False)
    person = full.bylines.get().reporter
    assert person.email not in said
    assert full.body[:20] not in said


def test_a_preview_carries_no_data(as_user: Any, desk: Any, publication: Publication) -> None:
    article = make_published_article()
    html = as_user(desk).get(f"/admin/articles/article/{article.pk}/preview/").content.decode()
    assert graph_of(html) == []
    assert "og:title" not in html


def test_the_head_asks_the_database_for_nothing(
    client: Client, full: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, tag = full.bylines.get().reporter, full.tags.first()
    lists = [full.section.get_absolute_url(), full.series.get_absolute_url(), person.get_absolute_url()]
    for path in [full.url, f"{full.url}comments/", "/", f"/tag/{tag.slug}/", *lists]:
        client.get(path)  # what is asked for once in a process's life
        with_head, html = queries(client, path)
        assert "og:title" in html
        with monkeypatch.context() as patch:
            patch.setattr(BlockNode, "render", without_head(BlockNode.render))
            without, html = queries(client, path)
        assert "og:title" not in html
        assert with_head == without, path


def queries(client: Client, path: str) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as captured:
        html = client.get(path).content.decode()
    return len(captured), html


def without_head(render: Callable[..., str]) -> Callable[..., str]:
    return lambda block, context: "" if block.name == "head" else render(block, context)
