"""A changed pattern reaches the articles that were rendered with the old one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from publication import versions
from publication.models import Publication
from tests.factories import make_photo, make_published_article, make_reporter

pytestmark = pytest.mark.django_db


def test_a_new_pattern_stands_in_every_article(
    as_user: Callable[[Any], Client],
    manager: User,
    publication: Publication,
    django_capture_on_commit_callbacks: Any,
) -> None:
    photo = make_photo()
    body = f'<p>글</p><figure data-photo="{photo.pk}" data-credit="시청"><img src="" alt="강"></figure>'
    article = make_published_article(body=body, by=make_reporter("홍길동"))
    assert "[시험신문 홍길동 기자]</span> 글" in article.body_html
    before = versions.numbers(f"article:{article.pk}")
    address = "/admin/publication/publication/1/change/"
    client = as_user(manager)
    form = client.get(address).context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value and name in form.fields}
    data |= {"dateline_pattern": "({byline})", "credit_pattern": "/{credit}"}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, data).status_code == 302
    article.refresh_from_db()
    assert "(홍길동 기자)" in article.body_html
    assert "[시험신문" not in article.body_html
    assert "/시청" in article.body_html
    assert versions.numbers(f"article:{article.pk}") != before
    assert article.content_modified_at is None
