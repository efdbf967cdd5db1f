"""The icons of the paper: from its logo, or those that come with the software."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.models import model_to_dict
from django.test import Client
from PIL import Image

from accounts.models import User
from publication import branding
from publication.models import Publication
from tests.factories import make_publication

pytestmark = pytest.mark.django_db


def logo_file(colour: tuple[int, ...], size: tuple[int, int] = (300, 100)) -> bytes:
    """A word mark: a bar of the colour on nothing."""
    picture = Image.new("RGBA", size)
    picture.paste(Image.new("RGBA", (size[0], size[1] // 2), colour), (0, size[1] // 4))
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def served(client: Client, name: str) -> Image.Image:
    answer = client.get(f"/{name}")
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("public, max-age=86400")
    assert answer["Content-Type"] == ("image/vnd.microsoft.icon" if name.endswith(".ico") else "image/png")
    picture = Image.open(BytesIO(answer.getvalue()))
    picture.load()
    return picture


def with_logo(publication: Publication, colour: tuple[int, ...]) -> Publication:
    publication.logo.save("logo.png", ContentFile(logo_file(colour)))
    branding.make_icons(publication)
    return publication


@pytest.mark.parametrize(("name", "side"), branding.ICONS.items())
def test_a_paper_without_a_logo_has_icons(
    client: Client, publication: Publication, name: str, side: int
) -> None:
    assert served(client, name).size == (side, side)


@pytest.mark.parametrize(("name", "side"), branding.ICONS.items())
def test_the_logo_stands_whole_on_every_icon(
    client: Client, publication: Publication, name: str, side: int
) -> None:
    with_logo(publication, (200, 0, 0, 255))
    picture = served(client, name).convert("RGB")
    assert picture.size == (side, side)
    assert picture.getpixel((0, 0)) == (255, 255, 255)
    red, green, blue = picture.getpixel((side // 2, side // 2))
    assert red > 150
    assert max(green, blue) < 60


def test_a_white_logo_gets_a_dark_ground(client: Client, publication: Publication) -> None:
    with_logo(publication, (255, 255, 255, 255))
    picture = served(client, "icon-192.png").convert("RGB")
    assert picture.getpixel((0, 0)) == branding.DARK
    assert picture.getpixel((96, 96)) == (255, 255, 255)


def test_lost_icons_are_stood_in_for(client: Client, publication: Publication) -> None:
    with_logo(publication, (200, 0, 0, 255))
    for path in Path(publication.logo.path).parent.glob("*-icon-192.png"):
        path.unlink()
    assert served(client, "icon-192.png").size == (192, 192)


def test_icons_are_made_when_the_logo_is_saved(
    client: Client, manager: User, publication: Publication
) -> None:
    client.force_login(manager)
    stored = model_to_dict(publication, exclude=["logo", "default_share_picture"])
    data = {name: "" if value is None else value for name, value in stored.items()}
    data["logo"] = SimpleUploadedFile("로고.png", logo_file((200, 0, 0, 255)), "image/png")
    answer = client.post("/admin/publication/publication/1/change/", data)
    assert answer.status_code == 302, answer.context["errors"]
    publication.refresh_from_db()
    for name in branding.ICONS:
        assert branding.icon_path(publication, name).parent == Path(publication.logo.path).parent


def test_the_head_names_icon_and_manifest(client: Client, publication: Publication) -> None:
    page = client.get("/").content.decode()
    assert '<link rel="icon" href="/static/icons/favicon.svg" type="image/svg+xml">' in page
    assert '<link rel="apple-touch-icon" href="/apple-touch-icon.png">' in page
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    with_logo(publication, (200, 0, 0, 255))
    page = client.get("/").content.decode()
    assert '<link rel="icon" href="/icon-192.png" type="image/png" sizes="192x192">' in page
    assert "favicon.svg" not in page


def test_the_manifest_names_the_paper_and_its_icons(client: Client) -> None:
    make_publication(description="물가의 신문")
    answer: Any = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    assert answer["Cache-Control"].startswith("public")
    told = json.loads(answer.content)
    assert (told["name"], told["description"], told["lang"]) == ("시험신문", "물가의 신문", "ko")
    for icon in told["icons"]:
        assert served(client, icon["src"].removeprefix("/")).size == tuple(map(int, icon["sizes"].split("x")))
