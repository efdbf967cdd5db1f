"""The demo paper: everything its files say, through the real verbs, once."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.models import User
from articles.models import Article, Photo, Reporter, Section
from articles.models.article import Status
from newsroom import demo, fronts
from newsroom.demo import loading, sources
from newsroom.demo.pictures import SCENES, draw
from tests.factories import make_user


@pytest.fixture
def small_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scenes are drawn in a test of their own; here each picture is a different small one."""

    def drawn(pictures: list[dict[str, Any]]) -> Iterator[tuple[str, bytes]]:
        for number, picture in enumerate(pictures):
            file = io.BytesIO()
            Image.new("RGB", (90 + number, 60), (number, 90, 160)).save(file, "JPEG")
            yield picture["key"], file.getvalue()

    monkeypatch.setattr(loading, "_drawn", drawn)


@pytest.mark.django_db
def test_the_whole_paper_is_loaded_once(settings: Any, small_pictures: None, client: Client) -> None:
    settings.DEMO = True
    call_command("demo", quick=True, verbosity=0)
    states = [story["state"] for story in sources.stories()]
    assert Article.objects.count() == len(states) >= 40
    assert Article.objects.filter(status=Status.SUBMITTED).count() == states.count("submitted")
    assert Article.objects.filter(status=Status.RETURNED).exclude(return_note="").count() == states.count(
        "returned"
    )
    assert Article.objects.filter(status=Status.WITHDRAWN).count() == states.count("withdrawn")
    assert Section.objects.filter(parent=None).count() == Reporter.objects.count() == 8
    assert Photo.objects.count() == len(sources.pictures())
    for role in demo.ROLES:
        user = User.objects.get(email=f"{role}@example.com")
        assert user.check_password(demo.PASSWORD)
        assert user.roles == ({role} if role != "reader" else set())
    assert client.get("/").status_code == 200
    popular = fronts.front_page(timezone.now())["popular"]
    assert [len(articles) for articles in (popular.week, popular.discussed)] == [5, 5]
    before = list(Article.objects.values_list("pk", "updated_at"))
    call_command("demo", quick=True, verbosity=0)
    assert list(Article.objects.values_list("pk", "updated_at")) == before


@pytest.mark.django_db
def test_it_refuses_a_real_paper(settings: Any) -> None:
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError):
        call_command("demo")
    settings.DEMO = True
    make_user("someone@paper.kr")
    with pytest.raises(CommandError):
        call_command("demo")
    assert not Article.objects.exists()


def test_every_scene_of_the_stories_can_be_drawn_and_is_the_same_twice() -> None:
    assert {picture["scene"] for picture in sources.pictures()} <= set(SCENES)
    scene = SCENES[0]
    assert draw(scene, 1, (240, 160)).tobytes() == draw(scene, 1, (240, 160)).tobytes()
    assert draw(scene, 1, (240, 160)).tobytes() != draw(scene, 2, (240, 160)).tobytes()
