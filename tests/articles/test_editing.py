"""Saving a text: who may, what moves 수정, and what an open form can never put back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from articles import editing, workflow
from articles.models import Article
from articles.models.article import Status
from publication import versions
from publication.models import Audit
from tests.factories import (
    make_article,
    make_photo,
    make_published_article,
    make_reporter,
    make_section,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2023, 8, 24, 3, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=2)


@pytest.fixture
def public() -> Article:
    return make_published_article(at=NOON)


def test_a_new_article_belongs_to_whoever_writes_it_and_has_its_discussion(reporter: User) -> None:
    article = Article(title="새 글")
    editing.create(article, by=reporter)
    assert article.owner == reporter
    assert article.discussion.visible_count == 0
    assert Audit.objects.get().verb == "create"


def test_readers_and_moderators_write_no_articles(reader: User, moderator: User) -> None:
    for person in (reader, moderator):
        with pytest.raises(workflow.NotAllowed):
            editing.create(Article(title="새 글"), by=person)


@pytest.mark.parametrize(
    "field", ["title", "subtitle", "lead", "body", "lead_caption", "lead_credit", "lead_alt"]
)
def test_a_substantial_change_moves_the_time_of_the_last_change(
    public: Article, desk: User, frozen: Any, field: str
) -> None:
    with frozen(LATER):
        setattr(public, field, "<p>고친 글</p>" if field == "body" else "고친 글")
        editing.update(public, by=desk)
    public.refresh_from_db()
    assert public.content_modified_at == LATER
    assert public.first_published_at == NOON


def test_a_new_lead_photo_or_another_figure_is_substantial(public: Article, desk: User, frozen: Any) -> None:
    photo = make_photo()
    with frozen(LATER):
        public.lead_photo = photo
        editing.update(public, by=desk)
    assert public.content_modified_at == LATER
    with frozen(LATER + timedelta(minutes=1)):
        public.body += f'<figure data-photo="{photo.pk}" data-credit="시청"><img src="x" alt="강"></figure>'
        editing.update(public, by=desk)
    assert public.content_modified_at == LATER + timedelta(minutes=1)


@pytest.mark.parametrize(
    "change", [{}, {"grade": "headline"}, {"source": "통신"}, {"region": "광주"}, {"ai_use": "assisted"}]
)
def test_any_other_save_leaves_it(public: Article, desk: User, frozen: Any, change: dict[str, str]) -> None:
    with frozen(LATER):
        for field, value in change.items():
            setattr(public, field, value)
        editing.update(public, by=desk)
    public.refresh_from_db()
    assert public.content_modified_at is None


def test_a_typo_is_no_substantial_change(public: Article, desk: User, frozen: Any) -> None:
    with frozen(LATER):
        public.title = "오탈자를 고친 제목"
        editing.update(public, by=desk, is_typo=True)
    public.refresh_from_db()
    assert public.title == "오탈자를 고친 제목"
    assert public.content_modified_at is None
    assert Audit.objects.last().verb == "fix typo"


def test_a_change_before_publication_leaves_no_trace_for_readers(desk: User, frozen: Any) -> None:
    article = make_published_article(at=LATER)
    with frozen(LATER - timedelta(seconds=1)):
        article.title = "공개 전의 수정"
        editing.update(article, by=desk)
    article.refresh_from_db()
    assert article.content_modified_at is None


def test_a_form_that_stood_open_cannot_put_an_old_status_back(reporter: User, desk: User) -> None:
    article = make_article(owner=reporter)
    stale = Article.objects.get(pk=article.pk)
    workflow.submit(article, by=reporter)
    workflow.approve(article, by=desk)
    stale.title = "열려 있던 창의 제목"
    stale.save()
    article.refresh_from_db()
    assert article.status == Status.PUBLISHED
    assert article.title == "열려 있던 창의 제목"


def test_a_reporter_cannot_write_what_the_desk_has(reporter: User) -> None:
    article = make_article(owner=reporter)
    stale = Article.objects.get(pk=article.pk)
    workflow.submit(article, by=reporter)
    stale.title = "늦은 수정"
    with pytest.raises(workflow.NotAllowed):
        editing.update(stale, by=reporter)
    article.refresh_from_db()
    assert article.title != "늦은 수정"


def test_a_stale_save_by_a_reader_is_refused_whatever_the_object_says(reader: User) -> None:
    article = make_article(owner=reader)
    with pytest.raises(workflow.NotAllowed):
        editing.update(article, by=reader)


def test_placements_follow_the_figures_of_the_text() -> None:
    photo, other = make_photo(), make_photo()
    body = (
        f'<p>글</p><figure data-photo="{photo.pk}" data-credit="시청" data-crop="whole">'
        f'<img src="x" alt="강"><figcaption>사람들이 (왼쪽부터)</figcaption></figure><p>글</p>'
    )
    article = make_article(
        body=body, lead_photo=other, lead_caption="대표", lead_credit="도청", lead_alt="산"
    )
    lead, figure = article.placements.order_by("-role")
    assert (lead.photo, lead.role, lead.caption, lead.credit) == (other, "lead", "대표", "도청")
    assert (figure.photo, figure.caption, figure.credit, figure.alt) == (
        photo,
        "사람들이 (왼쪽부터)",
        "시청",
        "강",
    )
    assert figure.whole
    article.body, article.lead_photo = "<p>글만</p>", None
    article.save()
    assert not article.placements.exists()


def test_moving_to_another_section_raises_both(public: Article, desk: User) -> None:
    old, new = public.section_id, make_section()
    public.section = new
    before = versions.numbers(f"section:{old}", f"section:{new.pk}")
    editing.update(public, by=desk)
    editing.finish(public)
    after = versions.numbers(f"section:{old}", f"section:{new.pk}")
    assert all(after[key] > before[key] for key in before)


def test_a_change_while_withdrawn_moves_it_as_well(public: Article, desk: User, frozen: Any) -> None:
    with frozen(LATER):
        workflow.withdraw(public, by=desk, reason="확인")
        public.title = "회수한 동안 바꾼 제목"
        editing.update(public, by=desk)
        workflow.reinstate(public, by=desk, reason="확인 끝")
    public.refresh_from_db()
    assert public.content_modified_at == LATER


def test_everybody_elses_save_is_written_down_an_own_drafts_is_not(reporter: User, desk: User) -> None:
    article = make_article(owner=reporter)
    editing.update(article, by=reporter)
    assert not Audit.objects.filter(verb="update").exists()
    editing.update(article, by=desk)
    assert Audit.objects.get(verb="update").actor == desk


def test_a_draft_raises_no_page(reporter: User) -> None:
    article = make_article(owner=reporter)
    before = versions.numbers("front", f"article:{article.pk}", f"section:{article.section_id}")
    editing.update(article, by=reporter)
    editing.finish(article)
    assert versions.numbers(*before) == before


def test_a_byline_given_to_another_reporter_takes_the_other_name(public: Article) -> None:
    byline = public.bylines.get()
    byline.reporter = make_reporter("성춘향", title="특파원")
    byline.save()
    assert str(byline) == "성춘향 특파원"
