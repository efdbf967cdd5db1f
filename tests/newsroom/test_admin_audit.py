"""The audit log in the admin: what it speaks of, and in how many queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from publication import audit
from publication.models import Audit, Publication
from tests.factories import make_article, make_photo, make_section

pytestmark = pytest.mark.django_db

LIST = "/admin/publication/audit/"
# Session, user, roles; the rows, their number and the dates of the filter; articles, sections and photos.
QUERIES = 14


@pytest.fixture
def reader_of_logs(as_user: Callable[[Any], Client], manager: User, publication: Publication) -> Client:
    return as_user(manager)


def test_what_exists_has_its_name_and_a_link(reader_of_logs: Client, desk: User) -> None:
    article = make_article(title="강변의 봄", owner=desk)
    audit.record("update", by=desk, obj=article)
    page = reader_of_logs.get(LIST).content.decode()
    assert f'<a href="/admin/articles/article/{article.pk}/change/">기사 “강변의 봄”</a>' in page


def test_what_is_no_more_has_its_number_only(reader_of_logs: Client) -> None:
    for kind, number in (("articles.article", "777"), ("gone.thing", "778"), ("articles.photo", "x")):
        Audit.objects.create(verb="delete", object_type=kind, object_id=number)
    page = reader_of_logs.get(LIST).content.decode()
    for words in ("기사 777", "gone.thing 778", "사진 x"):
        assert words in page
    assert "777/change" not in page


@pytest.mark.parametrize("number", [1, 20])
def test_one_row_and_many_take_the_same_queries(
    reader_of_logs: Client, desk: User, django_assert_max_num_queries: Any, number: int
) -> None:
    for count in range(number):
        section = make_section(f"섹션 {count}", f"section-{count}")
        for thing in (section, make_article(owner=desk, section=section), make_photo(by=desk)):
            audit.record("update", by=desk, obj=thing)
    with django_assert_max_num_queries(QUERIES):
        assert reader_of_logs.get(LIST).status_code == 200
