"""The search follows every change of an article, in the change's own transaction."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag

from accounts.models import User
from articles import editing, workflow
from articles.models import Article, SearchEntry
from articles.search import index
from articles.search.engines import Engine, engine
from articles.search.find import find, matches
from tests.factories import make_article, make_published_article

pytestmark = pytest.mark.django_db


def public(text: str, after: timedelta = timedelta()) -> list[Article]:
    page = find(text, now=timezone.now() + after)
    assert page is not None
    return page.articles


def known(text: str) -> list[Article]:
    return list(matches(Article.objects.order_by("pk"), text))


def test_a_changed_text_is_found_by_its_new_words_only(desk: User) -> None:
    story = make_published_article(title="옛 머릿글", body="<p>배터리 공장</p>")
    story.title, story.body = "새 머리", "<p>반도체 회사</p>"
    editing.update(story, by=desk)
    assert public("반도체") == public("머리") == [story]
    assert public("배터리") == public("머릿글") == known("공장") == []


def test_what_is_rolled_back_was_never_indexed(desk: User) -> None:
    story = make_published_article(title="옛 글")
    with transaction.atomic():
        story.title = "새 머리"
        editing.update(story, by=desk)
        assert public("머리") == [story]
        transaction.set_rollback(True)
    assert public("머리") == []
    assert public("옛") == [story]


def test_the_way_of_an_article_through_the_desk(reporter: User, desk: User) -> None:
    story = make_article(title="토론토 소식", owner=reporter)
    workflow.submit(story, by=reporter)
    assert public("토론토") == []
    workflow.approve(story, by=desk, at=timezone.now() + timedelta(hours=1))
    assert public("토론토") == []
    assert public("토론토", timedelta(hours=1)) == [story]
    workflow.reschedule(story, by=desk, at=timezone.now() + timedelta(hours=3))
    assert public("토론토", timedelta(hours=2)) == []
    workflow.unschedule(story, by=desk)
    assert public("토론토", timedelta(hours=4)) == []
    workflow.approve(story, by=desk)
    assert public("토론토", timedelta(seconds=1)) == [story]
    workflow.withdraw(story, by=desk, reason="오보")
    assert public("토론토", timedelta(seconds=1)) == []
    assert known("토론토") == [story]
    workflow.reinstate(story, by=desk, reason="확인")
    assert public("토론토", timedelta(seconds=1)) == [story]


def test_a_name_taken_at_approval_is_found(reporter: User, desk: User) -> None:
    story = make_article(owner=reporter)
    person = story.bylines.get().reporter
    person.name = "임꺽정"
    person.save()
    workflow.submit(story, by=reporter)
    workflow.approve(story, by=desk)
    assert public("임꺽정", timedelta(seconds=1)) == [story]


def test_tags_and_bylines_of_a_finished_form_are_found() -> None:
    story = make_published_article()
    story.tags.set(["이차전지"])
    editing.finish(story)
    assert public("이차전지") == [story]
    story.tags.clear()
    editing.finish(story)
    assert public("이차전지") == []


@pytest.mark.parametrize("in_bulk", [False, True])
def test_a_deleted_draft_is_forgotten(in_bulk: bool) -> None:
    draft = make_article(title="지울 글")
    assert known("지울") == [draft]
    if in_bulk:
        Article.objects.filter(pk=draft.pk).delete()
    else:
        draft.delete()
    assert known("지울") == []
    assert terms_left("지울") == 0


def terms_left(term: str) -> int:
    """How many articles the database's own index still holds the term for."""
    table, condition = {
        "sqlite": ("articles_searchterms", f"articles_searchterms MATCH '\"{term}\"'"),
        "postgresql": ("articles_searchentry", f"terms @@ '{term}'::tsquery"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {condition}")
        return cursor.fetchone()[0]


def test_nothing_is_left_of_words_that_were_replaced() -> None:
    before = terms_left("글")
    story = make_article(title="지울 글")
    story.title = "새 글"
    story.save()
    assert terms_left("지울") == 0
    assert terms_left("글") == before + 1


def test_a_save_that_changes_nothing_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    story = make_published_article(tags=("태그",))

    def refuse(*args: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(type(engine()), "replace", refuse)
    story.save()
    editing.finish(story)


def test_a_renamed_or_deleted_tag_changes_what_finds_its_articles(
    manager: User, as_user: Callable[[User], Any]
) -> None:
    story = make_published_article(tags=("이차전지",))
    tag = Tag.objects.get()
    client = as_user(manager)
    client.post(reverse("admin:taggit_tag_change", args=[tag.pk]), {"name": "축전지", "slug": tag.slug})
    assert (public("축전지"), public("이차전지")) == ([story], [])
    client.post(reverse("admin:taggit_tag_delete", args=[tag.pk]), {"post": "yes"})
    assert public("축전지") == []


def test_reindex_restores_what_was_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "BATCH", 2)
    stories = [make_published_article(title=f"토론토 {number}") for number in range(5)]
    engine().empty()
    assert public("토론토") == []
    output = StringIO()
    call_command("reindex", stdout=output)
    assert public("토론토") == stories[::-1]
    assert "2 of 5 articles" in output.getvalue()
    assert "The search knows 5 articles." in output.getvalue()


def test_reindex_may_run_again_and_from_nothing() -> None:
    story = make_published_article(title="토론토 소식")
    for options in ({}, {}, {"from_nothing": True}):
        call_command("reindex", stdout=StringIO(), **options)
        assert public("토론토") == [story]
        assert SearchEntry.objects.count() == terms_left("토론") == 1


def test_both_databases_have_an_engine() -> None:
    assert isinstance(engine(), Engine)
