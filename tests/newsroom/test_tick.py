"""What happens by itself: every job, again and again, whatever the others do."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from articles.models import Photo
from newsroom.management.commands import tick
from publication.models import Heartbeat
from tests.factories import make_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Puts other jobs in place, by name and what they do; returns the list of those that ran."""
    ran: list[str] = []

    def put(**does: Callable[[], object]) -> list[str]:
        def job(name: str) -> tuple[str, Callable[[], object]]:
            def run() -> None:
                ran.append(name)
                does[name]()

            return name, run

        monkeypatch.setattr(tick, "JOBS", tuple(map(job, does)))
        return ran

    return put


def fail() -> None:
    raise ValueError("secret words of a reader")


def nothing() -> None:
    return None


def test_a_tick_writes_its_heartbeat(jobs: Any, frozen: Any) -> None:
    jobs(one=nothing)
    now = timezone.now()
    with frozen(now):
        assert tick.run() == []
    beat = Heartbeat.objects.get(name="tick")
    assert (beat.at, beat.failed, beat.error) == (now, 0, "")


def test_a_job_that_fails_keeps_no_other_from_running(jobs: Any, caplog: pytest.LogCaptureFixture) -> None:
    ran = jobs(first=nothing, broken=fail, last=nothing)
    assert tick.run() == ["broken"]
    assert ran == ["first", "broken", "last"]
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_a_failure_is_shown_by_its_kind_and_not_by_its_words(jobs: Any) -> None:
    jobs(broken=fail)
    tick.run()
    beat = Heartbeat.objects.get()
    assert (beat.failed, beat.error) == (1, "broken: ValueError")
    assert beat.is_late


def test_the_next_good_tick_forgets_the_failure(jobs: Any) -> None:
    jobs(broken=fail)
    tick.run()
    jobs(fine=nothing)
    tick.run()
    beat = Heartbeat.objects.get()
    assert (beat.failed, beat.error) == (0, "")
    assert not beat.is_late


def test_the_command_names_what_failed(jobs: Any, capsys: pytest.CaptureFixture[str]) -> None:
    jobs(broken=fail)
    call_command("tick")
    assert capsys.readouterr().err == "tick: failed: broken\n"


def test_the_command_outlives_a_database_that_is_away(
    jobs: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def away(**fields: Any) -> None:
        raise OperationalError

    jobs(fine=nothing)
    monkeypatch.setattr(Heartbeat.objects, "update_or_create", away)
    call_command("tick")
    assert "OperationalError" in capsys.readouterr().err


def test_it_ticks_again_and_again_until_it_is_stopped(jobs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[int] = []

    def sleep(seconds: int) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            raise KeyboardInterrupt

    ran = jobs(one=nothing)
    monkeypatch.setattr(tick.time, "sleep", sleep)
    monkeypatch.setattr(tick, "close_old_connections", nothing)
    with pytest.raises(KeyboardInterrupt):
        call_command("tick", every=30)
    assert (ran, slept) == (["one"] * 3, [30] * 3)


@pytest.fixture
def task_queue(settings: Any) -> None:
    """The queue as it is outside of tests: in the database."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.usefixtures("task_queue")
@pytest.mark.django_db(transaction=True)
def test_the_real_jobs_can_run_twice() -> None:
    photo = make_photo()
    assert tick.run() == []
    before = Photo.objects.values().get(pk=photo.pk)
    assert tick.run() == []
    assert Photo.objects.values().get(pk=photo.pk) == before
    assert Heartbeat.objects.count() == 1


@pytest.mark.usefixtures("task_queue")
@pytest.mark.django_db(transaction=True)
def test_expired_sessions_go_and_others_stay() -> None:
    now = timezone.now()
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(seconds=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(days=1))
    tick.run()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
