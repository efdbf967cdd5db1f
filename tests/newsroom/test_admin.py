"""The paper's facts and its policy pages in the admin."""

from collections.abc import Callable
from typing import Any

import pytest
from django.forms.models import model_to_dict
from django.test import Client

from accounts.models import User
from publication.models import PolicyPage, Publication

pytestmark = pytest.mark.django_db

FACTS = "/admin/publication/publication/1/change/"


@pytest.fixture
def client(as_user: Callable[[Any], Client], manager: User) -> Client:
    return as_user(manager)


def typed(publication: Publication, **fields: Any) -> dict[str, Any]:
    stored = model_to_dict(publication, exclude=["logo", "default_share_picture"])
    return {name: "" if value is None else value for name, value in stored.items()} | fields


# The paper's facts


@pytest.mark.parametrize(
    ("field", "pattern"),
    [
        ("dateline_pattern", "[{publication} {reporter}]"),
        ("dateline_pattern", "[{publication} {byline]"),
        ("credit_pattern", "[사진={credit} {name}]"),
        ("copyright_line", "© {byline}"),
    ],
)
def test_a_pattern_names_nothing_that_is_not_filled_in(
    client: Client, publication: Publication, field: str, pattern: str
) -> None:
    answer = client.post(FACTS, typed(publication, **{field: pattern}))
    assert list(answer.context["adminform"].form.errors) == [field]
    assert "중괄호에는" in answer.content.decode()
    assert getattr(Publication.objects.get(), field) == getattr(publication, field)


def test_a_legal_item_left_blank_is_said_and_marked(client: Client, publication: Publication) -> None:
    answer = client.post(FACTS, typed(publication, editor="", phone="", _continue="1"), follow=True)
    page = answer.content.decode()
    assert "비어 있습니다: 편집인, 대표전화" in page
    assert page.count("is-missing") == 2
    assert Publication.objects.get().editor == ""


def test_complete_legal_items_are_saved_without_a_word(client: Client, publication: Publication) -> None:
    assert publication.blank_legal_items() == []
    page = client.post(FACTS, typed(publication, _continue="1"), follow=True).content.decode()
    assert "비어 있습니다" not in page
    assert "is-missing" not in page


# Policy pages


def test_a_policy_page_is_written_in_the_editor_and_keeps_its_address(client: Client) -> None:
    page = PolicyPage.objects.create(slug="terms", title="이용약관", body="<p>옛 글</p>")
    address = f"/admin/publication/policypage/{page.pk}/change/"
    form = client.get(address).content.decode()
    assert "data-django-prose-editor-configurable" in form
    assert "NewsFigure" not in form
    data = {
        "slug": "other",
        "title": "이용약관",
        "body": "<h2>제1조</h2><img src=x>",
        "order": 1,
        "is_shown": "on",
    }
    assert client.post(address, data).status_code == 302
    page.refresh_from_db()
    assert (page.slug, page.body) == ("terms", "<h2>제1조</h2>")


def test_a_policy_page_is_hidden_never_deleted(client: Client) -> None:
    page = PolicyPage.objects.create(slug="terms", title="이용약관")
    assert client.post(f"/admin/publication/policypage/{page.pk}/delete/", {"post": "yes"}).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [page.pk], "post": "yes"}
    client.post("/admin/publication/policypage/", data)
    assert PolicyPage.objects.filter(pk=page.pk).exists()


def test_a_new_policy_page_chooses_its_address(client: Client) -> None:
    data = {"slug": "about", "title": "소개", "body": "", "order": 0, "is_shown": "on"}
    assert client.post("/admin/publication/policypage/add/", data).status_code == 302
    assert PolicyPage.objects.get().slug == "about"
