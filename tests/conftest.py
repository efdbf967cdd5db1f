"""What every test may use: the fixed cast, the paper, frozen time, and the browser."""

import gc
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase
from playwright.sync_api import expect

from accounts.models import Role, User
from articles.models import Photo
from articles.models.photo import originals
from publication import furniture
from publication.models import Publication
from publication.pagecache.levels import holder
from tests.browser.chromium import find_chromium, flags, missing
from tests.environment import STATIC_ROOT
from tests.factories import make_publication, make_user
from tests.flushing import Flush


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--browser-tests",
        choices=["all", "main-job", "none"],
        default="all",
        help="which of the tests that drive a browser to run (default: all)",
    )
    parser.addoption(
        "--pure-tests",
        choices=["all", "none"],
        default="all",
        help="whether to run the tests that ask for no database (default: all)",
    )


def pytest_configure(config: pytest.Config) -> None:
    # Hashing a password properly takes a tenth of a second, and nothing here needs it.
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.STATIC_ROOT = STATIC_ROOT
    # Nothing is gained by giving up early on a machine that is slow.
    expect.set_options(timeout=20_000)


def pytest_collection_finish(session: pytest.Session) -> None:
    # Of the many thousand objects of the tests and of Django none will be garbage: no need to look at them again.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted, pure = config.getoption("--browser-tests"), config.getoption("--pure-tests")
    kept, dropped = [], []
    for item in items:
        if pure == "none" and not asks_for_a_database(item):
            dropped.append(item)
        elif item.get_closest_marker("browser") is None:
            kept.append(item)
        elif wanted == "none" or (wanted == "main-job" and item.get_closest_marker("main_job") is None):
            dropped.append(item)
        else:
            kept.append(item)
            if missing():
                item.add_marker(pytest.mark.skip(reason=missing()))
    items[:] = kept
    if dropped:
        config.hook.pytest_deselected(items=dropped)


def asks_for_a_database(item: pytest.Item) -> bool:
    """pytest-django refuses the database to every other test, so that which one it is says nothing to it."""
    fixtures = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A test database of this run's own, so that two runs at once do not meet."""
    database = django_settings.DATABASES["default"]
    on_sqlite = database["ENGINE"].endswith("sqlite3")
    name = (
        str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        if on_sqlite
        else f"test_newsroom_{os.getpid()}"
    )
    database.setdefault("TEST", {})["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Ends sessions that a browser's last request left open: PostgreSQL drops no database that is in use."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session", autouse=True)
def flushable() -> Iterator[None]:
    """The flush after a transactional test deletes what no code may delete, public articles, and little else."""
    guards = import_module("articles.migrations.0002_guards")

    def change(how: Callable[..., None]) -> None:
        with connection.schema_editor() as editor:
            how(None, editor)

    flush = Flush(remove=lambda: change(guards.remove), create=lambda: change(guards.create))
    tear_down = TransactionTestCase._fixture_teardown
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: flush(lambda: tear_down(test)))
        yield


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Originals and renditions of a test go to its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    # The originals' storage was given its folder when the model was defined.
    monkeypatch.setattr(Photo._meta.get_field("original"), "storage", originals())


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Limits and kept pages of one test must not reach the next."""
    yield
    cache.clear()


@pytest.fixture
def page_cache(settings: Any, tmp_path: Path, transactional_db: None) -> Iterator[None]:
    """Public pages are kept, as in the running paper; the shelves are the test's own."""
    settings.PAGE_CACHE, settings.KEPT_PAGES = True, tmp_path / "pages.sqlite3"
    holder.renew()
    furniture.forget()
    yield
    holder.renew()
    furniture.forget()


@pytest.fixture
def frozen() -> Callable[[datetime | str], Any]:
    """`with frozen(at):` holds the application's clock still at a moment; `.shift(seconds)` moves it."""

    def hold(at: datetime | str) -> time_machine.travel:
        return time_machine.travel(at, tick=False)

    return hold


# The cast. Everybody in the tests is one of these people; a guest is the plain `client`.


@pytest.fixture
def reporter(db: None) -> User:
    """Writes articles; owns those that the test gives her."""
    return make_user("reporter@paper.test", "김기자", Role.REPORTER)


@pytest.fixture
def colleague(db: None) -> User:
    """Another reporter, who owns none of the reporter's articles."""
    return make_user("colleague@paper.test", "박동료", Role.REPORTER)


@pytest.fixture
def desk(db: None) -> User:
    """Decides about articles of every section."""
    return make_user("desk@paper.test", "이데스크", Role.DESK)


@pytest.fixture
def moderator(db: None) -> User:
    """Looks after comments; has no business with articles."""
    return make_user("moderator@paper.test", "최운영", Role.MODERATOR)


@pytest.fixture
def manager(db: None) -> User:
    """Runs the paper."""
    return make_user("manager@paper.test", "정관리", Role.MANAGER)


@pytest.fixture
def reader(db: None) -> User:
    """Has an account and no role."""
    return make_user("reader@home.test", "한독자", nickname="한강독자")


@pytest.fixture
def stranger(db: None) -> User:
    """Another reader, who has nothing to do with anything in the test."""
    return make_user("stranger@home.test", "남모름", nickname="지나가던이")


@pytest.fixture
def publication(db: None) -> Publication:
    """The paper's row, with every legal item filled in."""
    return make_publication()


@pytest.fixture
def as_user() -> Callable[[Any], Client]:
    """A client of its own, signed in as the given user."""

    def sign_in(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": find_chromium(), "args": flags()}


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], live_server: Any) -> dict[str, Any]:
    """Pages open relative to the live server, as a Korean reader's desktop."""
    return {
        **browser_context_args,
        "base_url": live_server.url,
        "locale": "ko-KR",
        "timezone_id": "Asia/Seoul",
        "viewport": {"width": 1280, "height": 900},
    }
