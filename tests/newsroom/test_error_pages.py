"""What a reader sees when something is not as it should be."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client

from accounts.models import User
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


FORMS = ("/accounts/login/", "/accounts/signup/", "/admin/articles/article/add/")


@pytest.mark.django_db
@pytest.mark.parametrize("address", FORMS)
def test_a_form_that_is_too_large_is_told_so(
    as_user: Callable[[Any], Client], desk: User, settings: Any, address: str
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    client = as_user(desk) if "admin" in address else Client()
    answer = client.post(address, "title=" + "x" * 2000, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert Page(answer.content.decode()).one("p", of_class="notice-code").text == "413"


@pytest.mark.django_db
@pytest.mark.parametrize("address", FORMS)
def test_a_form_of_endless_fields_cannot_be_read(
    as_user: Callable[[Any], Client], desk: User, settings: Any, address: str
) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    client = as_user(desk) if "admin" in address else Client()
    answer = client.post(address, {f"field-{number}": "x" for number in range(20)})
    assert answer.status_code == 400


@pytest.mark.django_db
def test_nor_can_one_of_endless_files(as_user: Callable[[Any], Client], desk: User, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 1
    files = {f"file-{number}": SimpleUploadedFile("a.txt", b"a") for number in range(3)}
    assert as_user(desk).post("/admin/articles/photo/add/", files).status_code == 400
