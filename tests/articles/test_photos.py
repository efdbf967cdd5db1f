"""The photo library's verbs: who may, what they write, and whose pages they raise."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from articles import photos
from articles.models import Article, Photo
from articles.pictures import renditions
from publication import versions
from publication.models import Audit
from tests.factories import make_article, make_photo, make_published_article, make_reporter, make_upload

pytestmark = pytest.mark.django_db


def figure(photo: Photo) -> str:
    return f'<p>글</p><figure data-photo="{photo.pk}"><img alt="강"></figure>'


@pytest.mark.parametrize("who", ["moderator", "reader"])
def test_who_does_not_make_the_paper_uploads_nothing(who: str, request: Any) -> None:
    with pytest.raises(PermissionDenied):
        photos.store_upload(make_upload(), by=request.getfixturevalue(who))
    assert not Photo.objects.exists()


@pytest.mark.parametrize("who", ["colleague", "moderator", "reader"])
def test_a_photos_data_are_changed_by_whom_they_should(who: str, request: Any, reporter: User) -> None:
    photo = make_photo(by=reporter)
    photo.caption = "남이 쓴 설명"
    with pytest.raises(PermissionDenied):
        photos.describe(photo, by=request.getfixturevalue(who), changed_fields={"caption"})
    assert Photo.objects.get().caption == ""
    assert not Audit.objects.filter(verb="describe").exists()


def test_machinery_asks_nobody() -> None:
    photo = photos.store_upload(make_upload(), by=None)
    photo.caption = "설명"
    photos.describe(photo, by=None, changed_fields={"caption"})
    assert Photo.objects.get().caption == "설명"


def test_describing_leaves_what_was_made_meanwhile(reporter: User) -> None:
    photo = make_photo(by=reporter)
    stale = Photo.objects.get()
    made = [
        {"kind": "wide", "name": "480.jpg", "width": 480, "height": 320, "type": "image/jpeg", "bytes": 1}
    ]
    Photo.objects.update(renditions=made, is_complete=True, source="남이 고친 출처")
    stale.caption = "새 설명"
    photos.describe(stale, by=reporter, changed_fields={"caption"})
    photo.refresh_from_db()
    assert (photo.caption, photo.source) == ("새 설명", "남이 고친 출처")
    assert photo.renditions == made
    assert photo.is_complete


def test_nothing_new_is_no_deed(reporter: User) -> None:
    photo = make_photo(by=reporter, caption="설명")
    photos.describe(photo, by=reporter, changed_fields={"caption", "credit"})
    assert not Audit.objects.filter(verb="describe").exists()


def test_a_new_credit_makes_the_files_anew_and_is_written_down(
    reporter: User, django_capture_on_commit_callbacks: Any
) -> None:
    photo = make_photo(by=reporter)
    photo.credit = "서울시"
    with django_capture_on_commit_callbacks(execute=False) as tasks:
        photos.describe(photo, by=reporter, changed_fields={"credit"})
    assert len(tasks) == 1
    assert not Photo.objects.get().is_complete
    assert Audit.objects.filter(verb="describe").count() == 1


def test_files_are_made_before_the_transaction(reporter: User, monkeypatch: pytest.MonkeyPatch) -> None:
    depths = []
    quick = renditions.quick

    def watched(*args: Any, **kwargs: Any) -> Any:
        depths.append(len(connection.savepoint_ids))
        return quick(*args, **kwargs)

    monkeypatch.setattr(renditions, "quick", watched)
    photos.store_upload(make_upload(), by=reporter)
    assert depths == [len(connection.savepoint_ids)]


def test_an_upload_whose_row_fails_leaves_no_file(
    reporter: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no room for a row")

    monkeypatch.setattr(photos.audit, "record", fail)
    with pytest.raises(RuntimeError):
        photos.store_upload(make_upload(), by=reporter)
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    assert not Photo.objects.exists()


def test_a_label_reaches_every_article_once_and_in_order(desk: User) -> None:
    photo = make_photo()
    stories = [make_published_article(body=figure(photo) * 2, lead_photo=photo) for _ in range(3)]
    before = versions.numbers(*(f"article:{story.pk}" for story in stories))
    photo.ai_use = "generated"
    with CaptureQueriesContext(connection) as queries:
        photos.describe(photo, by=desk, changed_fields={"ai_use"})
    after = versions.numbers(*before)
    assert {key: number - before[key] for key, number in after.items()} == dict.fromkeys(before, 1)
    for story in Article.objects.all():
        assert "AI 생성" in story.body_html
    if connection.features.has_select_for_update:
        locks = [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]]
        assert len(locks) == len(stories)


def test_a_portraits_change_reaches_its_reporters_pages(desk: User) -> None:
    photo = make_photo()
    person, other = make_reporter("홍길동", portrait=photo), make_reporter("성춘향")
    make_article(by=person)
    photo.focal_x = 0.1
    before = versions.numbers(f"reporter:{person.pk}", f"reporter:{other.pk}")
    photos.describe(photo, by=desk, changed_fields={"focal_x"})
    after = versions.numbers(*before)
    assert after[f"reporter:{person.pk}"] == before[f"reporter:{person.pk}"] + 1
    assert after[f"reporter:{other.pk}"] == before[f"reporter:{other.pk}"]


def test_the_form_refuses_what_the_verb_refuses(as_user: Callable[[Any], Client], colleague: User) -> None:
    photo = make_photo()
    data = {"caption": "남의 것", "ai_use": "none", "focal_x": "0.5", "focal_y": "0.5"}
    assert as_user(colleague).post(f"/admin/articles/photo/{photo.pk}/change/", data).status_code == 403
