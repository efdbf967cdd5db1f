"""The way of an article to its readers, step by step, and who may take each step."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from articles import editing, workflow
from articles.models import Article, DeskAssignment
from articles.models.article import EverPublic, Status
from publication import versions
from publication.models import Audit
from tests.factories import make_article, make_photo, make_published_article, make_reporter, make_section

pytestmark = pytest.mark.django_db

# Times to come for the database's own clock as well, which no test can freeze.
NOON = datetime(2093, 8, 24, 3, 0, tzinfo=UTC)


@pytest.fixture
def draft(reporter: User) -> Article:
    return make_article(owner=reporter)


@pytest.fixture
def submitted(draft: Article, reporter: User) -> Article:
    workflow.submit(draft, by=reporter)
    return draft


def verbs(article: Article) -> list[str]:
    return list(Audit.objects.filter(object_id=str(article.pk)).order_by("id").values_list("verb", flat=True))


def test_a_reporter_submits_an_own_draft_and_it_is_written_down(draft: Article, reporter: User) -> None:
    workflow.submit(draft, by=reporter)
    draft.refresh_from_db()
    assert draft.status == Status.SUBMITTED
    assert draft.submitted_by == reporter
    assert draft.submitted_at is not None
    assert verbs(draft) == ["submit"]


def test_nobody_submits_a_colleagues_draft_but_a_desk_may(
    draft: Article, colleague: User, desk: User, moderator: User, reader: User
) -> None:
    for person in (colleague, moderator, reader):
        with pytest.raises(workflow.NotAllowed):
            workflow.submit(draft, by=person)
    workflow.submit(draft, by=desk)


def test_a_draft_without_a_headline_is_not_submitted(draft: Article, reporter: User) -> None:
    Article.objects.filter(pk=draft.pk).update(title="")
    with pytest.raises(workflow.Incomplete) as refusal:
        workflow.submit(draft, by=reporter)
    assert [lack.field for lack in refusal.value.lacks] == ["title"]


def test_a_reporter_takes_it_back_while_it_waits(
    submitted: Article, reporter: User, colleague: User, desk: User
) -> None:
    for person in (colleague, desk):
        with pytest.raises(workflow.NotAllowed):
            workflow.recall(submitted, by=person)
    workflow.recall(submitted, by=reporter)
    submitted.refresh_from_db()
    assert (submitted.status, submitted.submitted_by) == (Status.DRAFT, None)
    assert verbs(submitted) == ["submit", "recall"]
    with pytest.raises(workflow.WrongState):
        workflow.recall(submitted, by=reporter)


def test_what_is_incomplete_is_not_sent(draft: Article, reporter: User) -> None:
    draft.bylines.all().delete()
    Article.objects.filter(pk=draft.pk).update(section=None)
    with pytest.raises(workflow.Incomplete) as refusal:
        workflow.submit(draft, by=reporter)
    assert [lack.field for lack in refusal.value.lacks] == ["section", "bylines"]


def test_the_desk_returns_it_with_a_note(submitted: Article, desk: User, reporter: User) -> None:
    with pytest.raises(workflow.Refused):
        workflow.return_to_reporter(submitted, by=desk, note="  ")
    with pytest.raises(workflow.NotAllowed):
        workflow.return_to_reporter(submitted, by=reporter, note="내가 반려")
    workflow.return_to_reporter(submitted, by=desk, note="둘째 문단의 출처를 밝혀 주세요")
    submitted.refresh_from_db()
    assert submitted.status == Status.RETURNED
    assert submitted.return_note == "둘째 문단의 출처를 밝혀 주세요"
    workflow.submit(submitted, by=reporter)
    assert verbs(submitted) == ["submit", "return", "submit"]


def test_approval_publishes_at_this_moment(submitted: Article, desk: User, frozen: Any) -> None:
    with frozen(NOON):
        workflow.approve(submitted, by=desk)
    submitted.refresh_from_db()
    assert submitted.status == Status.PUBLISHED
    assert submitted.publish_at == submitted.first_published_at == NOON
    assert submitted.approved_by == desk
    assert verbs(submitted)[-1] == "publish"


def test_approval_for_a_time_to_come_schedules(submitted: Article, desk: User, frozen: Any) -> None:
    with frozen(NOON):
        workflow.approve(submitted, by=desk, at=NOON + timedelta(hours=3))
        assert submitted.is_scheduled(NOON)
        assert not submitted.is_public(NOON)
    submitted.refresh_from_db()
    assert submitted.publish_at == submitted.first_published_at == NOON + timedelta(hours=3)
    assert verbs(submitted)[-1] == "schedule"


def test_a_time_that_has_passed_is_refused(submitted: Article, desk: User, frozen: Any) -> None:
    with frozen(NOON), pytest.raises(workflow.Refused):
        workflow.approve(submitted, by=desk, at=NOON)
    submitted.refresh_from_db()
    assert submitted.status == Status.SUBMITTED


def test_whoever_submitted_it_does_not_approve_it(desk: User) -> None:
    article = make_article(owner=desk)
    workflow.submit(article, by=desk)
    with pytest.raises(workflow.NotAllowed):
        workflow.approve(article, by=desk, reason="다른 데스크가 없음")


def test_a_manager_approves_an_own_article_with_a_reason_only_and_it_is_listed(manager: User) -> None:
    article = make_article(owner=manager)
    workflow.submit(article, by=manager)
    with pytest.raises(workflow.NotAllowed):
        workflow.approve(article, by=manager)
    workflow.approve(article, by=manager, reason="심야 속보, 당직 데스크 부재")
    article.refresh_from_db()
    assert article.approval_reason == "심야 속보, 당직 데스크 부재"
    assert Audit.objects.get(verb="publish").why == "심야 속보, 당직 데스크 부재"


def test_a_desk_decides_in_its_own_sections_only(submitted: Article, desk: User) -> None:
    elsewhere = make_section()
    DeskAssignment.objects.create(user=desk, section=elsewhere)
    desk.__dict__.pop("desk_section_ids", None)
    with pytest.raises(workflow.NotAllowed):
        workflow.approve(submitted, by=desk)
    Article.objects.filter(pk=submitted.pk).update(section=make_section(parent=elsewhere))
    workflow.approve(submitted, by=desk)


def test_what_is_incomplete_is_not_published_and_each_thing_is_named(submitted: Article, desk: User) -> None:
    photo = make_photo(credit="", alt="")
    submitted.body = f'<p>글</p><figure data-photo="{photo.pk}"><img src="x" alt=""></figure>'
    submitted.lead_photo, submitted.lead_credit, submitted.lead_alt = photo, "", ""
    submitted.save()
    submitted.bylines.all().delete()
    with pytest.raises(workflow.Incomplete) as refusal:
        workflow.approve(submitted, by=desk)
    fields = [lack.field for lack in refusal.value.lacks]
    assert fields == ["bylines", "lead_credit", "lead_alt", "body", "body"]
    submitted.refresh_from_db()
    assert submitted.status == Status.SUBMITTED


def test_the_name_stands_as_it_was_at_publication(submitted: Article, desk: User) -> None:
    person = submitted.bylines.get().reporter
    person.name, person.title = "새이름", "선임기자"
    person.save()
    workflow.approve(submitted, by=desk)
    person.name = "더새이름"
    person.save()
    byline = submitted.bylines.get()
    assert (byline.name, byline.title) == ("새이름", "선임기자")
    submitted.refresh_from_db()
    assert "새이름 선임기자" in submitted.body_html


def test_the_time_moves_while_it_is_to_come_and_never_from_its_second_on(
    submitted: Article, desk: User, frozen: Any
) -> None:
    at = NOON + timedelta(hours=1)
    with frozen(NOON):
        workflow.approve(submitted, by=desk, at=at)
    with frozen(at - timedelta(seconds=1)):
        workflow.reschedule(submitted, by=desk, at=at + timedelta(seconds=30))
    submitted.refresh_from_db()
    moved = at + timedelta(seconds=30)
    assert submitted.publish_at == submitted.first_published_at == moved
    with frozen(moved), pytest.raises(workflow.WrongState):
        workflow.reschedule(submitted, by=desk, at=moved + timedelta(hours=1))
    with frozen(moved), pytest.raises(workflow.WrongState):
        workflow.unschedule(submitted, by=desk)
    submitted.refresh_from_db()
    assert submitted.first_published_at == moved


def test_a_scheduled_article_is_taken_from_the_plan(submitted: Article, desk: User, frozen: Any) -> None:
    with frozen(NOON):
        workflow.approve(submitted, by=desk, at=NOON + timedelta(hours=1))
        with pytest.raises(workflow.WrongState):
            workflow.withdraw(submitted, by=desk, reason="아직 아님")
        workflow.unschedule(submitted, by=desk)
    submitted.refresh_from_db()
    assert submitted.status == Status.SUBMITTED
    assert submitted.publish_at is submitted.first_published_at is submitted.approved_by is None


def test_a_public_article_is_withdrawn_with_a_reason_and_given_back(desk: User, reporter: User) -> None:
    article = make_published_article(owner=reporter)
    first = article.first_published_at
    with pytest.raises(workflow.NotAllowed):
        workflow.withdraw(article, by=reporter, reason="마음이 바뀜")
    with pytest.raises(workflow.Refused):
        workflow.withdraw(article, by=desk, reason=" ")
    workflow.withdraw(article, by=desk, reason="사실 확인 중")
    article.refresh_from_db()
    assert article.status == Status.WITHDRAWN
    assert not article.is_public(timezone.now())
    workflow.reinstate(article, by=desk, reason="확인을 마침")
    article.refresh_from_db()
    assert article.is_public(timezone.now())
    assert article.first_published_at == first
    assert verbs(article) == ["withdraw", "reinstate"]


def test_every_verb_asks_for_the_state_it_starts_from(desk: User) -> None:
    article = make_published_article()
    with pytest.raises(workflow.WrongState):
        workflow.submit(article, by=desk)
    with pytest.raises(workflow.WrongState):
        workflow.approve(article, by=desk)
    with pytest.raises(workflow.WrongState):
        workflow.return_to_reporter(article, by=desk, note="늦었다")
    with pytest.raises(workflow.WrongState):
        workflow.reinstate(article, by=desk, reason="공개 중")


def test_what_was_ever_public_or_is_planned_is_never_deleted(desk: User) -> None:
    scheduled = make_published_article(at=timezone.now() + timedelta(days=1))
    for article in (make_published_article(), scheduled):
        with pytest.raises(workflow.NotAllowed):
            editing.delete(article, by=desk)
        with pytest.raises(EverPublic):
            article.delete()
    with pytest.raises(EverPublic):
        Article.objects.all().delete()
    draft = make_article()
    editing.delete(draft, by=desk)
    assert not Article.objects.filter(pk=draft.pk).exists()
    assert Audit.objects.filter(verb="delete").exists()


def test_publishing_raises_the_version_of_every_page_it_stands_on(submitted: Article, desk: User) -> None:
    person, section = make_reporter(), make_section()
    section.parent = make_section()
    section.save()
    submitted.bylines.all().delete()
    submitted.bylines.create(reporter=person)
    submitted.tags.set(["강"])
    submitted.section = section
    submitted.save()
    tag = submitted.tags.get()
    keys = [
        "front",
        f"article:{submitted.pk}",
        f"section:{section.pk}",
        f"section:{section.parent_id}",
        f"reporter:{person.pk}",
        f"tag:{tag.pk}",
    ]
    before = versions.numbers(*keys)
    workflow.approve(submitted, by=desk)
    assert all(versions.numbers(*keys)[key] > before[key] for key in keys)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "published"},
        {"status": "published", "publish_at": NOON},
        {"status": "published", "publish_at": NOON, "first_published_at": NOON + timedelta(seconds=1)},
        {"status": "published", "publish_at": NOON, "first_published_at": NOON, "title": ""},
        {"status": "published", "publish_at": NOON, "first_published_at": NOON, "section": None},
        {"status": "draft", "publish_at": NOON, "first_published_at": NOON},
        {"status": "withdrawn", "publish_at": NOON, "first_published_at": NOON},
        {
            "status": "published",
            "publish_at": NOON,
            "first_published_at": NOON,
            "content_modified_at": NOON - timedelta(seconds=1),
        },
        {"status": "killed"},
    ],
)
def test_the_database_refuses_what_must_never_be(fields: dict[str, Any]) -> None:
    article = make_article()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**fields)


def test_the_database_lets_nobody_delete_what_was_public() -> None:
    article = make_published_article()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk)._raw_delete("default")
    assert Article.objects.filter(pk=article.pk).exists()


def test_the_database_lets_nobody_change_when_something_was_first_published() -> None:
    article = make_published_article()
    other = timezone.now() - timedelta(days=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(publish_at=other, first_published_at=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(status="draft", publish_at=None, first_published_at=None)
    planned = make_published_article(at=NOON)
    later = NOON + timedelta(days=1)
    Article.objects.filter(pk=planned.pk).update(publish_at=later, first_published_at=later)
