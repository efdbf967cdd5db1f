"""The hub is told of every change, at the tick, and a hub's trouble is nobody else's."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from articles import editing, workflow
from articles.feeds import websub
from articles.models import Article
from newsroom.management.commands import tick
from publication.models import Heartbeat, Publication
from publication.outgoing import Unreachable
from tests.factories import (
    make_article,
    make_publication,
    make_published_article,
    make_reporter,
    make_section,
    make_series,
)

pytestmark = pytest.mark.django_db

SITE = django_settings.SITE_URL
HUB = "https://hub.example/"


@pytest.fixture
def told(publication: Publication, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The feeds that the hub was told of; it has heard of everything until now."""
    heard: list[str] = []

    def post(url: str, fields: list[tuple[str, str]]) -> int:
        assert (url, fields[0]) == (HUB, ("hub.mode", "publish"))
        heard.append(fields[1][1])
        return 204

    monkeypatch.setattr(websub, "post_form", post)
    make_publication(websub_hub=HUB)
    Heartbeat.objects.create(name=websub.JOB, at=timezone.now() - timedelta(minutes=1))
    return heard


def refuse(*args: Any) -> int:
    raise Unreachable("gone")


def test_what_came_out_is_told_with_every_feed_it_stands_in(
    told: list[str], publication: Publication
) -> None:
    person = make_reporter()
    section = make_section(slug="seoul", parent=make_section(slug="society"))
    make_published_article(
        at=timezone.now() - timedelta(seconds=5),
        by=person,
        section=section,
        series=make_series(slug="water"),
        tags=("한강",),
    )
    assert websub.tell_hub() == len(told)
    places = ["/", "/section/seoul/", "/section/society/", "/series/water/", f"/reporter/{person.pk}/"]
    places.append("/tag/%ED%95%9C%EA%B0%95/")
    assert told == [f"{SITE}{place}{ending}" for place in places for ending in ("rss/", "atom/", "feed.json")]


def test_a_scheduled_article_is_told_at_the_first_tick_after_its_second(told: list[str], frozen: Any) -> None:
    at = timezone.now() + timedelta(hours=1)
    make_published_article(at=at)
    with frozen(at - timedelta(seconds=1)):
        assert websub.tell_hub() == 0
    with frozen(at + timedelta(seconds=20)):
        assert websub.tell_hub() > 0
    with frozen(at + timedelta(minutes=2)):
        assert websub.tell_hub() == 0


def test_edits_and_withdrawals_are_told(told: list[str], frozen: Any, desk: Any) -> None:
    edited, withdrawn = (make_published_article(at=timezone.now() - timedelta(days=9)) for _ in range(2))
    assert websub.tell_hub() == 0
    edited.title = "고친 제목"
    editing.update(edited, by=desk, is_typo=True)
    workflow.withdraw(withdrawn, by=desk, reason="오보")
    assert websub.tell_hub() > 0
    for article in (edited, withdrawn):
        assert f"{SITE}/section/{article.section.slug}/rss/" in told
    with frozen(timezone.now() + timedelta(minutes=5)):
        # Once more for the overlap, then never again.
        websub.tell_hub()
    with frozen(timezone.now() + timedelta(minutes=6)):
        assert websub.tell_hub() == 0


def test_drafts_are_nobodys_business(told: list[str], desk: Any) -> None:
    article = make_article()
    article.title = "비밀"
    editing.update(article, by=desk)
    scheduled = make_published_article(at=timezone.now() + timedelta(hours=1))
    scheduled.title = "아직 아님"
    editing.update(scheduled, by=desk)
    assert websub.tell_hub() == 0
    assert told == []


def test_a_hub_that_does_not_answer_is_asked_again(
    told: list[str], monkeypatch: pytest.MonkeyPatch, frozen: Any
) -> None:
    make_published_article(at=timezone.now() - timedelta(seconds=5))
    with monkeypatch.context() as patch:
        patch.setattr(websub, "post_form", refuse)
        assert websub.tell_hub() == 0
        patch.setattr(websub, "post_form", lambda *args: 503)
        assert websub.tell_hub() == 0
    with frozen(timezone.now() + timedelta(minutes=30)):
        assert websub.tell_hub() > 0
    assert f"{SITE}/rss/" in told


def test_a_hub_that_refuses_is_not_asked_for_ever(told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    make_published_article(at=timezone.now() - timedelta(seconds=5))
    before = Heartbeat.objects.get(name=websub.JOB).at
    monkeypatch.setattr(websub, "post_form", lambda *args: 400)
    websub.tell_hub()
    assert Heartbeat.objects.get(name=websub.JOB).at > before


def test_a_dead_hub_leaves_the_tick_well(told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    make_published_article(at=timezone.now() - timedelta(seconds=5))
    monkeypatch.setattr(websub, "post_form", refuse)
    monkeypatch.setattr(tick, "JOBS", (("hub", websub.tell_hub),))
    assert tick.run() == []
    assert not Heartbeat.objects.get(name="tick").is_late


def test_without_a_hub_nothing_is_sent_or_kept(told: list[str]) -> None:
    make_publication(websub_hub="")
    Heartbeat.objects.all().delete()
    make_published_article(at=timezone.now() - timedelta(seconds=5))
    assert websub.tell_hub() == 0
    assert told == []
    assert not Heartbeat.objects.exists()


def test_a_new_hub_is_not_told_the_archive(told: list[str]) -> None:
    Heartbeat.objects.all().delete()
    make_published_article(at=timezone.now() - timedelta(minutes=5))
    assert websub.tell_hub() == 0


def test_one_tick_tells_no_more_than_it_can(told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websub, "FEEDS_MAX", 4)
    make_published_article(at=timezone.now() - timedelta(seconds=5))
    assert websub.tell_hub() == 4
    assert told[:3] == [f"{SITE}/rss/", f"{SITE}/atom/", f"{SITE}/feed.json"]
    assert Article.objects.count() == 1
