"""The probes, and the answers to errors."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from newsroom import readiness
from publication.models import Heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def new_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that does not know yet that its database is migrated."""
    monkeypatch.setattr(readiness, "schema", readiness._Schema())


def beat(**fields: Any) -> None:
    Heartbeat.objects.update_or_create(name="tick", defaults={"at": timezone.now()} | fields)


def away(*args: Any, **kwargs: Any) -> None:
    raise OperationalError("the database is away")


def test_the_process_lives(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_the_process_lives_while_the_database_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "ensure_connection", away)
    assert client.get("/healthz").status_code == 200


def test_the_paper_is_ready_with_a_fresh_heartbeat(client: Client) -> None:
    beat()
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": True, "migrations": True, "tick": True, "cache": True}


def test_the_paper_is_not_ready_before_the_first_tick(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["tick"] is False


def test_a_heartbeat_is_late_after_its_time_and_not_before(client: Client, frozen: Any) -> None:
    now = timezone.now().replace(microsecond=0)
    with frozen(now) as moment:
        beat(at=now)
        moment.shift(timedelta(seconds=Heartbeat.LATE_AFTER))
        assert client.get("/readyz").status_code == 200
        moment.shift(timedelta(seconds=1))
        assert client.get("/readyz").status_code == 503


def test_a_tick_that_left_work_undone_is_not_ready(client: Client) -> None:
    beat(failed=1, error="renditions: OSError")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "renditions" not in response.content.decode()


def test_the_paper_is_not_ready_without_its_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    beat()
    without = {"database": False, "migrations": False, "tick": False, "cache": True}
    with monkeypatch.context() as patch:
        patch.setattr("newsroom.readiness.MigrationExecutor", away)
        response = client.get("/readyz")
        assert (response.status_code, response.json()) == (503, without)
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr(Heartbeat.objects, "filter", away)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, without)


def test_the_migrations_are_read_until_they_are_applied(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    beat()
    plans = [["one"], []]
    monkeypatch.setattr("newsroom.readiness.MigrationExecutor.migration_plan", lambda *args: plans.pop(0))
    assert [client.get("/readyz").status_code for _ in range(3)] == [503, 200, 200]


@pytest.mark.parametrize("verb", ["set", "get"])
def test_the_paper_is_not_ready_without_its_cache(
    client: Client, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError("the cache is away")

    beat()
    monkeypatch.setattr(cache, verb, refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": True, "migrations": True, "tick": True, "cache": False}


def test_the_paper_is_not_ready_with_a_cache_that_forgets(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    beat()
    monkeypatch.setattr(cache, "set", lambda *args: None)
    assert client.get("/readyz").json()["cache"] is False


def test_the_paper_is_not_ready_with_a_migration_to_come(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    beat()
    monkeypatch.setattr("newsroom.readiness.MigrationExecutor.migration_plan", lambda *args: ["one"])
    found = {"database": True, "migrations": False, "tick": False, "cache": True}
    assert client.get("/readyz").json() == found


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_are_asked_not_posted(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
    assert client.head(path).content == b""


def test_an_unknown_page_is_the_papers_own_404(client: Client, publication: Any) -> None:
    response = client.get("/nowhere/<script>/")
    assert response.status_code == 404
    assert "시험신문" in response.content.decode()
    assert "<script>/" not in response.content.decode()


def test_a_fault_of_ours_is_told_without_the_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "ensure_connection", away)
    monkeypatch.setattr("newsroom.fronts.front_page", away)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code in {500, 503}
    assert "the database is away" not in response.content.decode()
