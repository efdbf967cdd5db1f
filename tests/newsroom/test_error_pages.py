"""What a reader sees when something is not as it should be."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

from publication.models import Publication
from tests.page import Page

EVERY = ["400", "403", "403_csrf", "404", "405", "410", "413", "429", "500", "503"]
# Rendered when the database, or the request itself, may be what failed.
WITHOUT_ANYTHING = ["400", "500", "503"]


@pytest.mark.parametrize("name", EVERY)
def test_each_says_what_is_wrong_and_leads_back(name: str) -> None:
    page = Page(render_to_string(f"{name}.html", {"publication": Publication(name="시험신문")}))
    assert page.one("h1").text
    assert page.one("p", of_class="notice-code").text == name[:3]
    assert "첫 화면으로" in [link.text for link in page.all("a") if link["href"] == "/"]
    assert [meta["content"] for meta in page.all("meta") if meta.attributes.get("name") == "robots"] == [
        "noindex"
    ]
    assert page.one("h1").text in page.one("title").text


@pytest.mark.parametrize("name", WITHOUT_ANYTHING)
def test_these_come_without_context_and_without_the_database(name: str) -> None:
    # No database is allowed in this test: a query would fail it.
    page = Page(render_to_string(f"{name}.html"))
    assert page.one("h1").text
    assert page.one("title").text == page.one("h1").text
    assert page.all("script") == []


@pytest.mark.django_db
def test_an_unknown_address_gets_the_papers_own_page(client: Client, publication: Publication) -> None:
    answer = client.get("/news/1/")
    assert answer.status_code == 404
    page = Page(answer.content.decode())
    assert page.one("h1").text == "페이지를 찾을 수 없습니다"
    assert "제호 시험신문" in page.one("footer").text
