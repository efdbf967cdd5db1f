"""No link leads to a page that does not exist."""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from articles.models import Article
from publication.models import PolicyPage, Publication
from tests.factories import make_photo, make_published_article, make_reporter, make_section, make_series

HOST = "http://testserver"


class Links(HTMLParser):
    """Addresses that a page names, as links, pictures or files of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "a" and told.get("href"):
            self.found.add(told["href"])
        if tag == "img" and told.get("src"):
            self.found.add(told["src"])
        for candidate in (told.get("srcset") or "").split(","):
            if candidate.strip():
                self.found.add(candidate.split()[0])


def links(client: Client, address: str) -> Iterator[str]:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    if not answer.get("Content-Type", "").startswith("text/html"):
        assert answer.getvalue()
        return
    parser = Links()
    parser.feed(answer.content.decode())
    for link in parser.found:
        target = urlsplit(urljoin(HOST + address, link))
        if f"{target.scheme}://{target.netloc}" == HOST:
            yield target.path + (f"?{target.query}" if target.query else "")


@pytest.fixture
def paper(publication: Publication) -> Article:
    """One of everything a reader can reach, and enough articles for a second page."""
    section, series, person = make_section(), make_series(), make_reporter("홍길동")
    child = make_section(parent=section)
    PolicyPage.objects.create(slug="terms", title="이용약관", body="<p>약관</p>")
    photo = make_photo()
    body = f'<p>글</p><figure data-photo="{photo.pk}" data-credit="시청"><img src="" alt="강"></figure>'
    for number in range(22):
        kind = ("article", "column", "photo")[number % 3]
        make_published_article(
            section=child, by=person, kind=kind, lead_photo=photo, body=body, lead_alt="강"
        )
    return make_published_article(section=child, series=series, by=person, body=body, tags=("밤 진료", "AI"))


@pytest.mark.django_db
def test_every_link_of_the_paper_is_answered(client: Client, paper: Article) -> None:
    waiting, seen = ["/", "/accounts/login/"], {"/", "/accounts/login/"}
    while waiting:
        for link in links(client, waiting.pop()):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    assert paper.url in seen
    assert {"/policy/terms/", "/tag/AI/" if "/tag/AI/" in seen else "/tag/ai/"} <= seen
    assert any("before=" in link for link in seen)
    assert any(link.endswith((".avif", ".jpg")) for link in seen)
