"""What search engines are told to read."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from articles import photos, sitemaps, workflow
from articles.models import Article
from publication.models import PolicyPage, Publication
from tests.articles.maps import address_of_map
from tests.factories import (
    make_article,
    make_photo,
    make_published_article,
    make_reporter,
    make_section,
    make_series,
)

pytestmark = pytest.mark.django_db

AT = datetime(2023, 8, 24, 15, 50, tzinfo=timezone.get_default_timezone())
SITE = django_settings.SITE_URL
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


@pytest.fixture
def read(client: Client) -> Callable[[str], ElementTree.Element]:
    def fetch(path: str) -> ElementTree.Element:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer["Content-Type"] == "application/xml; charset=utf-8"
        assert answer["Cache-Control"].startswith("public")
        return ElementTree.fromstring(answer.getvalue())

    return fetch


def locs(root: ElementTree.Element) -> list[str]:
    """Addresses without the paper's own; an address of another site would make this fail."""
    found = [loc.text or "" for loc in root.iter(f"{MAP}loc")]
    assert all(loc.startswith(f"{SITE}/") for loc in found)
    return [loc.removeprefix(SITE) for loc in found]


def test_the_index_names_every_map_that_is_not_empty(read: Any, publication: Publication) -> None:
    assert locs(read("/sitemap.xml")) == ["/sitemap-pages.xml"]
    article = make_published_article()
    assert locs(read("/sitemap.xml")) == [
        "/sitemap-pages.xml",
        "/sitemap-reporters.xml",
        address_of_map(article),
    ]


def test_an_articles_chunk_never_changes(read: Any, publication: Publication, monkeypatch: Any) -> None:
    monkeypatch.setattr(sitemaps, "CHUNK", 10)
    person, section = make_reporter(), make_section()
    for pk in (9, 10, 35):
        make_published_article(pk=pk, by=person, section=section)
    make_article(pk=47, by=person, section=section)
    assert locs(read("/sitemap.xml"))[2:] == [f"/sitemap-articles-{number}.xml" for number in (0, 1, 3)]
    assert locs(read("/sitemap-articles-0.xml")) == ["/news/9/"]
    assert locs(read("/sitemap-articles-1.xml")) == ["/news/10/"]
    assert locs(read("/sitemap-articles-3.xml")) == ["/news/35/"]


def test_chunks_are_asked_for_by_the_hundred(
    client: Client, publication: Publication, monkeypatch: Any, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(sitemaps, "CHUNK", 1)
    monkeypatch.setattr(sitemaps, "PROBES", 100)
    make_published_article(pk=1)
    make_published_article(pk=250)
    client.get("/sitemap.xml")
    # The next publication, a reporter, the last number, and three hundreds.
    with django_assert_num_queries(6):
        found = client.get("/sitemap.xml").content.decode()
    assert found.count("/sitemap-articles-") == 2
    assert "/sitemap-articles-250.xml" in found


@pytest.mark.parametrize("number", ["1", "7", "999999999999"])
def test_a_chunk_without_articles_does_not_exist(
    client: Client, publication: Publication, number: str
) -> None:
    make_published_article(pk=1)
    assert client.get(f"/sitemap-articles-{number}.xml").status_code == 404


def test_an_address_has_its_last_change_and_its_pictures(read: Any, publication: Publication) -> None:
    lead, figure = make_photo(), make_photo()
    for photo in (lead, figure):
        photos.make_renditions.func(photo.pk)
    body = "".join(
        f'<figure data-photo="{photo.pk}" data-credit="시청"><img src="" alt="강"></figure>'
        for photo in (figure, lead)
    )
    changed = make_published_article(
        at=AT, content_modified_at=AT + timedelta(hours=2), lead_photo=lead, lead_alt="강", body=body
    )
    plain = make_published_article(at=AT)
    found = {url.findtext(f"{MAP}loc"): url for url in read(address_of_map(plain))}
    one, other = found[f"{SITE}{changed.url}"], found[f"{SITE}{plain.url}"]
    assert one.findtext(f"{MAP}lastmod") == "2023-08-24T17:50:00+09:00"
    assert other.findtext(f"{MAP}lastmod") == "2023-08-24T15:50:00+09:00"
    pictures = [loc.text for loc in one.iter(f"{IMAGE}loc")]
    assert sorted(pictures) == sorted(SITE + photo.rendition_url("1200.jpg") for photo in (lead, figure))
    assert not list(other.iter(f"{IMAGE}image"))


def test_a_long_chunk_is_read_in_batches(
    client: Client, publication: Publication, monkeypatch: Any, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(sitemaps, "BATCH", 4)
    person, section = make_reporter(), make_section()
    made = [make_published_article(by=person, section=section) for _ in range(9)]
    # Articles, placements and photographs of each batch, an empty one at the end, and two before.
    with django_assert_max_num_queries(3 * 3 + 1 + 2):
        found = client.get(address_of_map(made[0])).getvalue().decode()
    assert [found.count(f"{SITE}{article.url}<") for article in made] == [1] * 9


def test_a_very_long_chunk_is_read_while_it_is_sent(
    client: Client, publication: Publication, monkeypatch: Any
) -> None:
    made = [make_published_article() for _ in range(4)]
    whole = client.get(address_of_map(made[0]))
    assert not whole.streaming
    monkeypatch.setattr(sitemaps, "WHOLE_MAX", 300)
    sent = client.get(address_of_map(made[0]))
    assert sent.streaming
    assert sent.getvalue() == whole.content
    assert whole.content.count(b"<loc>") == len(made)


def test_an_article_is_told_from_its_second_on(
    client: Client, read: Any, publication: Publication, frozen: Any
) -> None:
    make_published_article(pk=1, at=AT - timedelta(days=1))
    scheduled = make_published_article(pk=2, at=AT)
    for moment, is_told in ((AT - timedelta(seconds=1), False), (AT, True)):
        with frozen(moment):
            for path in ("/sitemap-articles-0.xml", "/sitemap-news.xml"):
                assert (scheduled.url in locs(read(path))) == is_told, (path, moment)


def test_what_is_not_public_is_never_told(
    client: Client, read: Any, publication: Publication, desk: Any
) -> None:
    gone = make_published_article()
    draft = make_article()
    kept = make_published_article()
    workflow.withdraw(gone, by=desk, reason="오보")
    for path in (address_of_map(kept), "/sitemap-news.xml"):
        assert locs(read(path)) == [kept.url]
    people = locs(read("/sitemap-reporters.xml"))
    assert people == [kept.bylines.first().reporter.get_absolute_url()]
    assert draft.url not in str(people)


def test_pages_are_the_front_sections_series_and_policies(read: Any, publication: Publication) -> None:
    section = make_section(slug="society")
    make_section(slug="seoul", parent=section)
    make_published_article(section=section, series=make_series(slug="water"))
    make_series(slug="empty")
    PolicyPage.objects.create(slug="terms", title="이용약관")
    PolicyPage.objects.create(slug="hidden", title="숨김", is_shown=False)
    assert set(locs(read("/sitemap-pages.xml"))) >= {
        "/",
        "/section/society/",
        "/section/seoul/",
        "/series/water/",
        "/policy/terms/",
    }
    assert not {"/series/empty/", "/policy/hidden/"} & set(locs(read("/sitemap-pages.xml")))


def test_the_news_map_has_exactly_googles_fields(read: Any, publication: Publication, frozen: Any) -> None:
    title = '‘강 & 산’ ]]> </script> "물" 😀'
    article = make_published_article(at=AT, title=title)
    Article.objects.filter(pk=article.pk).update(title=title + "\x0b")
    with frozen(AT + timedelta(hours=1)):
        [url] = read("/sitemap-news.xml")
    assert [part.tag for part in url] == [f"{MAP}loc", f"{NEWS}news"]
    assert url.findtext(f"{MAP}loc") == f"{SITE}/news/{article.pk}/"
    [news] = url.iter(f"{NEWS}news")
    assert [part.tag.removeprefix(NEWS) for part in news] == ["publication", "publication_date", "title"]
    assert news.findtext(f"{NEWS}title") == title
    assert news.findtext(f"{NEWS}publication_date") == "2023-08-24T15:50:00+09:00"
    assert {part.tag.removeprefix(NEWS): part.text for part in news[0]} == {
        "name": "시험신문",
        "language": "ko",
    }


def test_news_are_news_for_two_days(read: Any, publication: Publication, frozen: Any) -> None:
    article = make_published_article(at=AT)
    with frozen(AT + timedelta(days=2) - timedelta(seconds=1)):
        assert locs(read("/sitemap-news.xml")) == [article.url]
    with frozen(AT + timedelta(days=2)):
        assert locs(read("/sitemap-news.xml")) == []


def test_the_news_map_has_a_thousand_at_most(read: Any, publication: Publication, monkeypatch: Any) -> None:
    assert sitemaps.NEWS_MAX == 1_000
    monkeypatch.setattr(sitemaps, "NEWS_MAX", 2)
    made = [make_published_article(at=timezone.now() - timedelta(hours=hours)) for hours in (3, 1, 2)]
    assert locs(read("/sitemap-news.xml")) == [made[1].url, made[2].url]


def test_the_host_of_the_request_is_never_told(
    client: Client, publication: Publication, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    make_published_article()
    for name in ("", "-news", "-pages", "-reporters", "-articles-0"):
        answer = client.get(f"/sitemap{name}.xml", headers={"Host": "evil.example"})
        assert b"evil.example" not in answer.getvalue()


def test_the_maps_say_when_they_change_by_themselves(client: Client, publication: Publication) -> None:
    coming = timezone.now() + timedelta(hours=1)
    make_published_article(at=timezone.now() - timedelta(hours=47, minutes=30))
    planned = make_published_article(at=coming)
    for path in ("/sitemap.xml", address_of_map(planned), "/sitemap-pages.xml", "/sitemap-reporters.xml"):
        stands = client.get(path).standing
        assert "front" in stands.keys
        assert stands.end == coming
    stands = client.get("/sitemap-news.xml").standing
    # The oldest news leave before the next ones come.
    assert stands.end < coming
