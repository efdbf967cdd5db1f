"""The card of a shared article, and the page of one that has no place in the paper yet."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils.encoding import iri_to_uri
from django.utils.timezone import localtime

from accounts.models import User
from articles.models import Byline, Photo
from articles.photos import make_renditions
from publication import branding
from publication.models import PolicyPage, Publication
from tests.factories import (
    jpeg,
    make_article,
    make_photo,
    make_publication,
    make_published_article,
    make_reporter,
    make_section,
    make_series,
)
from tests.page import Page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def address(settings: Any) -> None:
    settings.SITE_URL = "https://paper.test"


@pytest.fixture
def photo(publication: Publication) -> Photo:
    photo = make_photo(content=jpeg(1600, 1600))
    make_renditions.func(photo.pk)
    return photo


def card(client: Client, **fields: Any) -> dict[str, str]:
    """What stands on the page about the card's picture, without the beginning of each name."""
    page = Page(client.get(make_published_article(**fields).url).content.decode())
    told = {meta["property"]: meta["content"] for meta in page.all("meta") if "property" in meta.attributes}
    return {name.removeprefix("og:"): text for name, text in told.items() if name.startswith("og:image")}


def test_the_lead_photos_widest_crop_stands_on_the_card(client: Client, photo: Photo) -> None:
    assert card(client, lead_photo=photo, lead_alt='강 위의 "다리"') == {
        "image": f"https://paper.test/media/photos/{photo.key}/16x9.jpg",
        "image:width": "1200",
        "image:height": "675",
        "image:alt": '강 위의 "다리"',
    }


def test_a_decorative_picture_is_not_described(client: Client, photo: Photo) -> None:
    assert "image:alt" not in card(client, lead_photo=photo, lead_alt="강", lead_decorative=True)


def test_a_picture_that_this_article_never_crops_is_whole(client: Client, photo: Photo) -> None:
    shown = card(client, lead_photo=photo, lead_whole=True)
    assert (shown["image:width"], shown["image:height"]) == ("1600", "1600")


def test_before_its_crops_are_made_it_is_the_preview(client: Client, publication: Publication) -> None:
    fresh = make_photo(content=jpeg(1600, 1600))
    Photo.objects.filter(pk=fresh.pk).update(
        renditions=[one for one in fresh.renditions if one["name"] == "480.jpg"]
    )
    assert card(client, lead_photo=fresh)["image"].endswith(f"/{fresh.key}/480.jpg")


def test_without_a_lead_photo_the_papers_own_picture_stands_there(
    client: Client, publication: Publication
) -> None:
    assert card(client) == {}
    Publication.objects.update(default_share_picture="brand/0123456789abcdef.png")
    assert card(client) == {
        "image": "https://paper.test/media/brand/0123456789abcdef.png",
        "image:alt": "시험신문",
    }


def test_a_preview_without_a_section_has_no_empty_links(
    as_user: Callable[[Any], Client], desk: User, publication: Publication
) -> None:
    draft = make_article(section=None)
    html = as_user(desk).get(f"/admin/articles/article/{draft.pk}/preview/").content.decode()
    assert 'href=""' not in html
    assert Page(html).all("aside", of_class="breadcrumb") == []


def properties(client: Client, path: str) -> dict[str, list[str]]:
    """Names and contents of a page's `<meta>`, of both kinds; each name once, if it is none of a list's."""
    told: dict[str, list[str]] = {}
    for meta in Page(client.get(path).content.decode()).all("meta"):
        name = meta.attributes.get("property") or meta.attributes.get("name")
        if name:
            told.setdefault(name, []).append(meta["content"])
    several = {name for name, contents in told.items() if len(contents) > 1}
    assert several <= {"theme-color", "article:tag", "article:author"}
    return told


@pytest.fixture
def paper(publication: Publication) -> Publication:
    return make_publication(
        x_account="@paper",
        description="강가의 신문입니다.",
        default_share_picture="brand/0123456789abcdef-1200x630.png",
    )


def test_an_article_is_described_for_those_who_share_it(client: Client, paper: Publication) -> None:
    inactive = make_reporter(is_active=False)
    article = make_published_article(
        title='<b> "따옴표" & 🚍',
        section=make_section("정치"),
        tags=("버스",),
        at=datetime(2023, 8, 24, 6, 50, tzinfo=UTC),
        content_modified_at=datetime(2023, 8, 24, 8, 2, tzinfo=UTC),
    )
    Byline.objects.create(article=article, reporter=inactive, order=1)
    writer = article.bylines.first()
    told = properties(client, article.url)
    expected = {
        "og:type": "article",
        "og:site_name": "시험신문",
        "og:locale": "ko_KR",
        "og:title": '<b> "따옴표" & 🚍',
        "og:url": f"https://paper.test/news/{article.pk}/",
        "og:description": article.summary,
        "description": article.summary,
        "article:published_time": "2023-08-24T15:50:00+09:00",
        "article:modified_time": "2023-08-24T17:02:00+09:00",
        "article:section": "정치",
        "article:tag": "버스",
        "article:author": f"https://paper.test/reporter/{writer.reporter_id}/",
        "og:image": "https://paper.test/media/brand/0123456789abcdef-1200x630.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "시험신문",
        "twitter:card": "summary_large_image",
        "twitter:site": "@paper",
    }
    assert {name: told.get(name) for name in expected} == {name: [text] for name, text in expected.items()}


def test_every_kind_of_page_says_what_it_is_and_where(client: Client, paper: Publication) -> None:
    article = make_published_article(tags=("버스",), series=make_series(), by=make_reporter("홍길동"))
    policy = PolicyPage.objects.create(
        slug="about", title="매체소개", body="<h2>우리</h2><p>강 &amp; 다리를 씁니다.</p>"
    )
    person, tag = article.bylines.get().reporter, article.tags.get()
    pages = {
        "/": ("website", "시험신문", "강가의 신문입니다."),
        article.section.get_absolute_url(): ("website", article.section.name, None),
        article.series.get_absolute_url(): ("website", article.series.title, None),
        f"/tag/{tag.slug}/": ("website", "버스", None),
        person.get_absolute_url(): ("profile", "홍길동 기자", None),
        policy.get_absolute_url(): ("website", "매체소개", "우리 강 & 다리를 씁니다."),
        f"{article.url}comments/": ("website", f"댓글: {article.title}", None),
        "/kind/article/": ("website", "기사", None),
        "/archive/": ("website", f"지난 기사 {localtime(article.publish_at).year}", None),
    }
    for path, (kind, title, description) in pages.items():
        told = properties(client, path)
        assert (told["og:type"], told["og:title"]) == ([kind], [title]), path
        assert told["description"] == told["og:description"], path
        assert description is None or told["description"] == [description]
        assert "og:image" in told, path
        assert told["twitter:card"] == ["summary_large_image"], path
        page = Page(client.get(path).content.decode())
        (canonical,) = [link["href"] for link in page.all("link") if link["rel"] == "canonical"]
        assert canonical == "https://paper.test" + iri_to_uri(path)


def test_sharing_a_page_of_the_thread_shares_the_article(client: Client, paper: Publication) -> None:
    article = make_published_article()
    path = f"{article.url}comments/?sort=up&utm_source=x"
    assert properties(client, path)["og:url"] == [f"https://paper.test{article.url}"]
    page = Page(client.get(path).content.decode())
    (canonical,) = [link["href"] for link in page.all("link") if link["rel"] == "canonical"]
    assert canonical == f"https://paper.test{article.url}comments/?sort=up"


def test_a_paper_without_pictures_has_a_small_card(client: Client, publication: Publication) -> None:
    told = properties(client, "/")
    assert told["twitter:card"] == ["summary"]
    assert "og:image" not in told
    assert "twitter:site" not in told
    assert told["description"] == ["시험신문의 최신 기사를 전합니다."]


def test_a_reporters_portrait_stands_on_the_card(client: Client, photo: Photo) -> None:
    person = make_reporter("홍길동", portrait=photo)
    told = properties(client, person.get_absolute_url())
    assert told["og:image"] == [f"https://paper.test/media/photos/{photo.key}/16x9.jpg"]
    assert told["og:image:alt"] == ["홍길동"]


def test_a_long_description_is_cut(client: Client, publication: Publication) -> None:
    series = make_series(description="강은 흐릅니다. " * 30)
    make_published_article(series=series)
    (told,) = properties(client, series.get_absolute_url())["description"]
    assert len(told) == 160
    assert told.endswith("…")


def test_an_uploaded_brand_picture_tells_its_size_in_its_name() -> None:
    file = branding.encoded(BytesIO(jpeg(1500, 500)))
    assert branding.size(file.name) == (1200, 400)
    assert branding.size("brand/0123456789abcdef.png") is None
