"""The editor's two doors to the photo library: who may use them, what they find, what they refuse."""

import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from articles import photo_library
from articles.models import Photo
from articles.pictures.renditions import NoSpace
from tests.factories import jpeg, make_photo, make_upload

SEOUL = ZoneInfo("Asia/Seoul")

pytestmark = pytest.mark.django_db


def library(client: Client, **query: Any) -> Any:
    return client.get(reverse("admin:articles_photo_library"), query)


def upload(client: Client, *files: Any) -> Any:
    data = {"photo": files[0]} if files else {}
    return client.post(reverse("admin:articles_photo_upload"), data)


def ids(response: Any) -> list[int]:
    return [photo["id"] for photo in response.json()["photos"]]


@pytest.fixture
def newsroom(reporter: Any, as_user: Callable[[Any], Client]) -> Client:
    return as_user(reporter)


# Who


@pytest.mark.parametrize("role", ["reporter", "desk", "manager"])
def test_everybody_who_makes_the_paper_uses_the_library(
    role: str, request: Any, as_user: Callable[[Any], Client]
) -> None:
    client = as_user(request.getfixturevalue(role))
    assert library(client).status_code == 200
    assert upload(client, make_upload()).status_code == 201


@pytest.mark.parametrize("role", ["moderator", "reader"])
def test_nobody_else_does(role: str, request: Any, as_user: Callable[[Any], Client]) -> None:
    client = as_user(request.getfixturevalue(role))
    for response in (library(client), upload(client, make_upload())):
        assert response.status_code == 403
        assert response.json()["error"]
    assert not Photo.objects.exists()


def test_a_guest_is_told_to_log_in_again(client: Client) -> None:
    for response in (library(client), upload(client, make_upload())):
        assert response.status_code == 403
        assert "로그인" in response.json()["error"]


def test_upload_needs_the_token(reporter: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(reporter)
    assert upload(client, make_upload()).status_code == 403
    assert not Photo.objects.exists()


def test_answers_are_kept_nowhere(newsroom: Client) -> None:
    for response in (library(newsroom), upload(newsroom, make_upload())):
        assert {"private", "no-store"} <= set(response["Cache-Control"].replace(" ", "").split(","))


def test_wrong_methods_are_refused(newsroom: Client) -> None:
    assert newsroom.post(reverse("admin:articles_photo_library")).status_code == 405
    assert newsroom.get(reverse("admin:articles_photo_upload")).status_code == 405


# Finding


def test_newest_first_in_pages(newsroom: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo_library, "PAGE_SIZE", 2)
    photos = [make_photo().pk for _ in range(3)]
    first = library(newsroom)
    assert ids(first) == [photos[2], photos[1]]
    assert first.json()["next"] == photos[1]
    second = library(newsroom, before=photos[1])
    assert ids(second) == [photos[0]]
    assert second.json()["next"] is None


@pytest.mark.parametrize("field", ["caption", "photographer", "credit", "original_name"])
def test_finds_in_every_field(newsroom: Client, field: str) -> None:
    wanted = make_photo(**{field: "한강 다리 Sunset"})
    make_photo()
    assert ids(library(newsroom, q="다리")) == [wanted.pk]
    assert ids(library(newsroom, q="sunset")) == [wanted.pk]


def test_every_word_must_be_found_somewhere(newsroom: Client) -> None:
    wanted = make_photo(caption="한강의 노을", photographer="홍길동")
    make_photo(caption="한강의 아침", photographer="김하늘")
    assert ids(library(newsroom, q="한강 홍길동")) == [wanted.pk]


def test_a_query_in_jamo_finds_syllables(newsroom: Client) -> None:
    wanted = make_photo(caption="도서관")
    assert ids(library(newsroom, q=unicodedata.normalize("NFD", "도서관"))) == [wanted.pk]


def test_signs_of_the_database_are_only_signs(newsroom: Client) -> None:
    make_photo(caption="백 퍼센트")
    assert ids(library(newsroom, q="%")) == []
    assert ids(library(newsroom, q="_")) == []
    assert library(newsroom, q="'\";--").status_code == 200


@pytest.mark.parametrize(
    ("hour", "minute", "is_found"),
    [(0, 0, True), (23, 59, True), (24, 0, False)],
    ids=["first", "last", "next"],
)
def test_a_day_is_the_day_in_seoul(newsroom: Client, hour: int, minute: int, is_found: bool) -> None:
    midnight = datetime(2023, 8, 24, tzinfo=SEOUL)
    photo = make_photo(taken_at=midnight + timedelta(hours=hour, minutes=minute))
    assert ids(library(newsroom, date="2023-08-24")) == ([photo.pk] if is_found else [])


def test_without_a_moment_taken_the_upload_counts(newsroom: Client) -> None:
    photo = make_photo(taken_at=None, uploaded_at=datetime(2023, 8, 24, 9, 30, tzinfo=SEOUL))
    assert ids(library(newsroom, date="2023-08-24")) == [photo.pk]


@pytest.mark.parametrize(
    "query",
    [
        {"before": "x"},
        {"before": "-1"},
        {"before": "9" * 30},
        {"before": "²"},
        {"date": "yesterday"},
        {"date": "2023-02-31"},
        {"date": "0001-01-01"},
        {"date": "9999-12-31"},
    ],
    ids=str,
)
def test_a_broken_query_is_400(newsroom: Client, query: dict[str, str]) -> None:
    response = library(newsroom, **query)
    assert response.status_code == 400
    assert response.json()["error"]


def test_a_long_query_is_cut(newsroom: Client) -> None:
    assert library(newsroom, q="가 " * 10_000).status_code == 200


def test_a_page_takes_few_queries(newsroom: Client, django_assert_max_num_queries: Any) -> None:
    for _ in range(4):
        make_photo()
    with django_assert_max_num_queries(5):
        library(newsroom)


# Uploading


def test_an_upload_answers_with_what_the_dialog_needs(newsroom: Client, reporter: Any) -> None:
    response = upload(newsroom, make_upload(jpeg(900, 600), name="강.jpg"))
    photo = Photo.objects.get()
    assert photo.uploaded_by == reporter
    said = response.json()["photo"]
    assert (said["id"], said["src"], said["name"]) == (photo.pk, photo.preview_url, "강.jpg")
    assert (said["width"], said["height"]) == (900, 600)


def test_the_same_file_again_is_the_same_photo(newsroom: Client) -> None:
    content = jpeg()
    first, second = (upload(newsroom, make_upload(content)).json()["photo"]["id"] for _ in range(2))
    assert first == second


@pytest.mark.parametrize("content", [b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a"])
def test_what_is_no_picture_is_refused_in_words(newsroom: Client, content: bytes) -> None:
    response = upload(newsroom, make_upload(content, name="사진.jpg"))
    assert response.status_code == 422
    assert response.json()["error"]
    assert not Photo.objects.exists()


def test_no_file_is_422(newsroom: Client) -> None:
    assert upload(newsroom).status_code == 422


def test_too_large_is_413(newsroom: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(file: Any, *, by: Any) -> Photo:
        raise ValidationError("파일이 큽니다.", code="too_large")

    monkeypatch.setattr(photo_library, "store_upload", refuse)
    response = upload(newsroom, make_upload())
    assert (response.status_code, response.json()["error"]) == (413, "파일이 큽니다.")


def test_a_full_disk_is_507(newsroom: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(file: Any, *, by: Any) -> Photo:
        raise NoSpace

    monkeypatch.setattr(photo_library, "store_upload", fail)
    response = upload(newsroom, make_upload())
    assert response.status_code == 507
    assert response.json()["error"]
