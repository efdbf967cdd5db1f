"""Whatever is asked of the admin's lists: an answer, never a fault of ours."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from articles.admin import SeriesAdmin
from publication.models import Audit, PolicyPage, Publication
from tests.factories import PASSWORD, make_article, make_photo, make_reporter, make_section

pytestmark = pytest.mark.django_db

HUGE = 10**40
LISTS = (
    "articles/article",
    "articles/photo",
    "articles/section",
    "articles/series",
    "articles/reporter",
    "articles/deskassignment",
    "taggit/tag",
    "publication/policypage",
    "publication/audit",
    "accounts/user",
)
PICKERS = (
    ("articles", "byline", "reporter"),
    ("articles", "reporter", "user"),
    ("articles", "deskassignment", "section"),
)


@pytest.fixture
def newsroom(as_user: Callable[[Any], Client], manager: User, publication: Publication) -> Client:
    return as_user(manager)


@pytest.mark.parametrize("name", LISTS)
def test_a_search_of_1500_words_is_answered(newsroom: Client, name: str) -> None:
    assert newsroom.get(f"/admin/{name}/", {"q": "가 " * 1500}).status_code == 200


@pytest.mark.parametrize(("app", "model", "field"), PICKERS)
def test_so_is_one_in_a_picker(newsroom: Client, app: str, model: str, field: str) -> None:
    make_reporter("홍길동")
    query = {"app_label": app, "model_name": model, "field_name": field, "term": "가 " * 1500}
    assert newsroom.get("/admin/autocomplete/", query).status_code == 200


def test_only_the_beginning_of_a_long_search_is_searched_for(newsroom: Client) -> None:
    make_reporter("가 나 다 라 마 바 사 아 자 차")
    answer = newsroom.get("/admin/articles/reporter/", {"q": "가 나 다 라 마 바 사 아 자 차 없는말"})
    assert len(answer.context["cl"].result_list) == 1


@pytest.mark.parametrize(
    "address",
    [
        f"articles/photo/?uploaded_at__year={HUGE}",
        f"articles/deskassignment/?section={HUGE}",
        "publication/audit/?at__gte=0001-01-01 00:00:00%2B14:00",
    ],
)
def test_a_filter_beyond_all_numbers_is_no_fault_of_ours(newsroom: Client, address: str) -> None:
    make_photo()
    answer = newsroom.get(f"/admin/{address}", follow=True)
    assert answer.status_code == 200


def test_a_fault_of_ours_is_not_sent_round_in_circles(
    newsroom: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise ValueError("ours")

    monkeypatch.setattr(SeriesAdmin, "get_queryset", fail)
    address = "/admin/articles/series/"
    assert newsroom.get(address).headers["Location"] == f"{address}?e=1"
    with pytest.raises(ValueError, match="ours"):
        newsroom.get(f"{address}?e=1")


@pytest.mark.parametrize("name", ["articles/section", "publication/policypage"])
def test_a_forged_row_of_a_list_is_refused(newsroom: Client, name: str) -> None:
    make_section()
    PolicyPage.objects.create(slug="terms", title="이용약관")
    forged = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-id": HUGE,
        "form-0-order": 1,
        "_save": "1",
    }
    assert newsroom.post(f"/admin/{name}/", forged).status_code in {200, 400}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("number", ["x", str(HUGE)])
def test_a_forged_choice_is_refused(newsroom: Client, name: str, number: str) -> None:
    make_article(tags=("하늘",))
    data = {"action": "delete_selected", "_selected_action": number}
    assert newsroom.post(f"/admin/{name}/", data).status_code in {200, 302, 400}


def test_things_are_deleted_one_by_one_but_tags(newsroom: Client) -> None:
    make_article(tags=("하늘",), by=make_reporter("홍길동"))
    for name in LISTS:
        page = newsroom.get(f"/admin/{name}/").content.decode()
        assert ("delete_selected" in page) == (name == "taggit/tag"), name


def test_a_password_set_by_a_manager_is_written_down(newsroom: Client, manager: User, reader: User) -> None:
    address = f"/admin/accounts/user/{reader.pk}/password/"
    new = "a different battery staple"
    data = {"password1": new, "password2": new, "usable_password": "true"}
    assert newsroom.post(address, data | {"password2": "another"}).status_code == 200
    assert not Audit.objects.exists()
    assert newsroom.post(address, data).status_code == 302
    reader.refresh_from_db()
    assert reader.check_password(new)
    assert not reader.check_password(PASSWORD)
    row = Audit.objects.get()
    assert (row.verb, row.actor, row.object_id) == ("password", manager, str(reader.pk))
    assert "비밀번호를 새로 설정" in newsroom.get("/admin/publication/audit/").content.decode()


def test_other_changes_of_a_person_speak_of_no_password(newsroom: Client, reader: User) -> None:
    data = {"email": reader.email, "name": "새이름", "nickname": reader.nickname, "is_active": "on"}
    assert newsroom.post(f"/admin/accounts/user/{reader.pk}/change/", data).status_code == 302
    assert set(Audit.objects.values_list("verb", flat=True)) == {"change"}
