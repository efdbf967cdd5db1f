"""What a press on Save does: once, said once, and nothing at all where nothing was changed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article, Byline
from articles.models.article import Status
from publication.models import Audit
from tests.articles.test_admin_bad_input import change, errors, typed
from tests.factories import make_article, make_published_article, make_reporter, make_section

pytestmark = pytest.mark.django_db


def form_of(article: Article, **fields: Any) -> dict[str, Any]:
    """What a browser sends when the form is saved as it came."""
    data = {
        name: getattr(article, name)
        for name in ("title", "subtitle", "body", "kind", "grade", "ai_use", "lead", "region", "source")
    }
    data |= {"lead_alt": article.lead_alt, "section": article.section_id or ""}
    rows = list(article.bylines.all())
    data |= {"bylines-TOTAL_FORMS": len(rows), "bylines-INITIAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        prefix = f"bylines-{number}"
        data |= {f"{prefix}-id": row.pk, f"{prefix}-reporter": row.reporter_id}
        data |= {f"{prefix}-role": row.role, f"{prefix}-order": row.order}
    return typed() | data | fields


@pytest.fixture
def decider(as_user: Callable[[Any], Client], desk: User) -> Client:
    return as_user(desk)


def test_an_unchanged_article_is_left_alone(decider: Client) -> None:
    article = make_published_article(title="그대로", by=make_reporter("홍길동"))
    before = (article.updated_at, Audit.objects.count())
    assert decider.post(change(article), form_of(article, _continue="1")).status_code == 302
    article.refresh_from_db()
    assert (article.updated_at, Audit.objects.count()) == before


def test_a_changed_title_or_byline_alone_is_written_down(decider: Client) -> None:
    article = make_published_article(title="그대로", by=make_reporter("홍길동"))
    other = make_reporter("임꺽정")
    for fields in ({"title": "바꾼 제목"}, {"title": "바꾼 제목", "bylines-0-reporter": other.pk}):
        rows = Audit.objects.count()
        assert decider.post(change(article), form_of(article, **fields)).status_code == 302
        assert Audit.objects.count() == rows + 1
        article.refresh_from_db()
    assert (article.title, Byline.objects.get(article=article).name) == ("바꾼 제목", "임꺽정")


def test_a_workflow_button_works_on_an_unchanged_article(decider: Client, reporter: User) -> None:
    article = make_article(owner=reporter, status="submitted", submitted_by=reporter)
    decider.post(change(article), form_of(article, _return="1", note="고쳐 주세요."))
    article.refresh_from_db()
    assert (article.status, article.return_note) == (Status.RETURNED, "고쳐 주세요.")


def test_a_time_that_has_passed_is_refused_on_its_field_and_kept(decider: Client, reporter: User) -> None:
    section = make_section("사회", "society")
    article = make_article(owner=reporter, status="submitted", submitted_by=reporter, section=section)
    past = (timezone.localtime() - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M")
    answer = decider.post(change(article), form_of(article, _schedule="1", at=past))
    assert "at" in errors(answer)
    assert f'value="{past}"' in answer.content.decode()
    assert Article.objects.get(pk=article.pk).status == Status.SUBMITTED


def test_what_was_refused_is_said_in_one_place(decider: Client, reporter: User) -> None:
    article = make_article(owner=reporter, status="submitted", submitted_by=reporter)
    page = decider.post(change(article), form_of(article, _return="1", note="")).content.decode()
    assert page.count('class="errornote"') == 1
    assert "<title>오류:" in page
