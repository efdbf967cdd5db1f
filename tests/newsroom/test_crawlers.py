"""robots.txt, ads.txt, security.txt."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from django.test import Client

from publication.models import Publication
from tests.factories import make_publication

pytestmark = pytest.mark.django_db

SITE = django_settings.SITE_URL
SEOUL = ZoneInfo("Asia/Seoul")


def lines(client: Client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"].startswith("public")
    return answer.content.decode().splitlines()


def test_robots_are_told_what_is_closed_and_where_the_maps_are(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    found = lines(client, "/robots.txt")
    assert found[0] == "User-agent: *"
    assert {f"Disallow: {path}" for path in ("/admin/", "/accounts/", "/search/", "/comments/")} < set(found)
    assert found[-2:] == [f"Sitemap: {SITE}/sitemap.xml", f"Sitemap: {SITE}/sitemap-news.xml"]
    assert client.get("/robots.txt", headers={"Host": "evil.example"}).content.count(b"evil") == 0


def test_articles_and_lists_are_open(client: Client) -> None:
    closed = [line.removeprefix("Disallow: ") for line in lines(client, "/robots.txt") if "Disallow" in line]
    for path in (
        "/",
        "/news/1/",
        "/news/1/comments/",
        "/section/a/",
        "/media/photos/a/480.jpg",
        "/static/a.css",
    ):
        assert not path.startswith(tuple(closed))


def test_ads_txt_is_what_the_paper_typed(client: Client, publication: Publication) -> None:
    assert client.get("/ads.txt").status_code == 404
    make_publication(ads_txt="  google.com, pub-1, DIRECT\r\n# 끝\r\n")
    assert lines(client, "/ads.txt") == ["google.com, pub-1, DIRECT", "# 끝"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "mailto:desk@paper.test"),
        ("hole@paper.test", "mailto:hole@paper.test"),
        ("mailto:hole@paper.test", "mailto:hole@paper.test"),
        ("https://paper.test/신고", "https://paper.test/%EC%8B%A0%EA%B3%A0"),
        ("paper.test/report", "https://paper.test/report"),
    ],
)
def test_who_found_a_hole_learns_where_to_report_it(client: Client, typed: str, told: str) -> None:
    make_publication(security_contact=typed)
    found = dict(line.split(": ", 1) for line in lines(client, "/.well-known/security.txt"))
    assert found["Contact"] == told
    assert found["Preferred-Languages"] == "ko, en"
    assert found["Canonical"] == f"{SITE}/.well-known/security.txt"


def test_without_any_address_there_is_no_security_txt(client: Client) -> None:
    make_publication(email="")
    assert client.get("/.well-known/security.txt").status_code == 404


def test_security_txt_ends_within_a_year_and_stays_the_same_all_day(
    client: Client, publication: Publication, frozen: Any
) -> None:
    def expires(*moment: int) -> datetime:
        with frozen(datetime(*moment, tzinfo=SEOUL)):
            [line] = [
                line for line in lines(client, "/.well-known/security.txt") if line.startswith("Expires")
            ]
        return datetime.fromisoformat(line.removeprefix("Expires: "))

    first, last = expires(2023, 8, 24, 0, 0, 0), expires(2023, 8, 24, 23, 59, 59)
    next_day = expires(2023, 8, 25, 0, 0, 0)
    assert first == last < next_day
    assert 0 < (first - datetime(2023, 8, 24, tzinfo=SEOUL)).days < 365
