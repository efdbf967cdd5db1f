"""Prepared statements in PostgreSQL's connections: SQLite's driver keeps and renews its own."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, NotSupportedError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from publication.http import public_page
from publication.prepared import OutdatedPlan, Prepared, Statement
from publication.snapshot import snapshot
from tests.publication.test_prepared import NOON, REMOVED

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="about PostgreSQL's statements"),
]

CHANGING = Prepared(lambda word: Statement("SELECT word FROM changing WHERE word = %s", [word]), word=str)


def test_postgresql_keeps_one_statement_for_all_values_with_its_constants_in_it() -> None:
    for most in (1, 2**20, 2**40):
        REMOVED.rows(moment=NOON, most=most)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%%removed_at%%'", []
        )
        [(statement,)] = cursor.fetchall()
    assert "'100%s'" in statement


@pytest.mark.django_db(transaction=True)
def test_a_page_that_is_not_found_leaves_the_statements_as_they_are() -> None:
    def page() -> None:
        with snapshot():
            REMOVED.rows(moment=NOON, most=1)
            raise Http404

    with pytest.raises(Http404):
        page()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%removed_at%'")
        assert cursor.fetchone()[0] >= 1
    with pytest.raises(DatabaseError), snapshot(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing")
    assert REMOVED.rows(moment=NOON, most=1) == []


@pytest.fixture
def migrate() -> Iterator[Callable[[], None]]:
    """Makes a column wider from another connection, as a migration does under running workers."""
    with psycopg.connect(**{**connection.get_connection_params(), "autocommit": True}) as other:
        other.execute("CREATE TABLE changing (word varchar(10))")
        other.execute("INSERT INTO changing VALUES ('가나')")
        try:
            yield lambda: other.execute("ALTER TABLE changing ALTER word TYPE varchar(20)") and None
        finally:
            other.execute("DROP TABLE changing")


@pytest.mark.django_db(transaction=True)
def test_a_migration_under_a_running_worker_costs_no_answer(migrate: Callable[[], None]) -> None:
    CHANGING.rows(word="가나")
    migrate()
    assert [tuple(row) for row in CHANGING.rows(word="가나")] == [("가나",)]
    assert [tuple(row) for row in CHANGING.rows(word="가나")] == [("가나",)]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_meets_one_is_as_one_that_met_another_change(migrate: Callable[[], None]) -> None:
    CHANGING.rows(word="가나")
    migrate()
    with pytest.raises(OutdatedPlan), transaction.atomic():
        CHANGING.rows(word="가나")
    assert [tuple(row) for row in CHANGING.rows(word="가나")] == [("가나",)]


@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.django_db(transaction=True)
def test_a_page_that_meets_one_is_made_again(
    migrate: Callable[[], None], is_kept: bool, settings: Any, rf: RequestFactory
) -> None:
    settings.PAGE_CACHE = is_kept

    @public_page
    def page(request: HttpRequest) -> HttpResponse:
        [(word,)] = CHANGING.rows(word="가나")
        return HttpResponse(word)

    page(rf.get("/"))
    migrate()
    assert page(rf.get("/")).content.decode() == "가나"


def test_what_the_database_cannot_do_is_said_as_ever() -> None:
    counted = Prepared(lambda n: Statement("SELECT count(*), %s FROM auth_group FOR UPDATE", [n]), n=int)
    with pytest.raises(NotSupportedError):
        counted.rows(n=1)
