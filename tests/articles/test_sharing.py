"""The card of a shared article, and the page of one that has no place in the paper yet."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from articles.models import Photo
from articles.photos import make_renditions
from publication.models import Publication
from tests.factories import jpeg, make_article, make_photo, make_published_article
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
    assert Page(html).all("nav", of_class="breadcrumb") == []
