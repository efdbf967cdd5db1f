"""A compiled query answers as the plain one does, with any values, and fails where it could not."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, NotSupportedError, connection, transaction
from django.db.models import F, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publication.http import public_page
from publication.models import Audit, Version
from publication.prepared import OutdatedPlan, Parameter, Prepared, Statement, among
from publication.snapshot import snapshot

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
# What array notations, JSON and placeholders could stumble over, but NUL, which PostgreSQL does not store.
KEYS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8) | st.text(
    '"\\{}%,s', max_size=8
)

BY_KEY = Prepared(
    lambda keys: Version.objects.filter(among("key", keys)).values_list("key", "number"), keys=[str]
)
REMOVED = Prepared(
    lambda moment, most: (
        Version.objects.filter(removed_at__lte=moment, number__lt=most)
        .exclude(key="100%s")
        .order_by("key")
        .values_list("key", "removed_at")
    ),
    moment=datetime,
    most=int,
)

CHANGING = Prepared(lambda word: Statement("SELECT word FROM changing WHERE word = %s", [word]), word=str)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(KEYS, max_size=6), st.sets(KEYS, min_size=1, max_size=6))
def test_collections_of_any_number_and_any_text_find_what_in_finds(stored: set[str], asked: set[str]) -> None:
    Version.objects.all().delete()
    Version.objects.bulk_create(Version(key=key, number=len(key)) for key in stored)
    plain = Version.objects.filter(key__in=asked).values_list("key", "number")
    assert {tuple(row) for row in BY_KEY.rows(keys=asked)} == set(plain)


@pytest.mark.parametrize("most", [0, 3, 2**40])
def test_moments_and_numbers_of_any_size_compare_and_columns_come_converted(most: int) -> None:
    for number in range(6):
        Version.objects.create(key=f"{number}%", number=number, removed_at=NOON + timedelta(days=number))
    Version.objects.create(key="100%s", removed_at=NOON)
    moment = NOON + timedelta(days=4)
    plain = Version.objects.filter(removed_at__lte=moment, number__lt=most).exclude(key="100%s")
    expected = list(plain.order_by("key").values_list("key", "removed_at"))
    assert [tuple(row) for row in REMOVED.rows(moment=moment, most=most)] == expected


def test_instances_are_as_the_orm_makes_them_with_their_relations(reader: Any) -> None:
    Audit.objects.create(verb="publish", actor=reader, object_type="articles.article", object_id="1")
    Audit.objects.create(verb="publish", object_type="articles.article", object_id="2")
    rows = Audit.objects.select_related("actor").defer("why", "actor__password").order_by("id")
    found = Prepared(lambda verb: rows.filter(verb=verb), verb=str).objects(verb="publish")
    with CaptureQueriesContext(connection) as queries:
        assert [(one, one.actor, one.at) for one in found] == [(one, one.actor, one.at) for one in rows]
    assert len(queries) == 1
    assert found[0].get_deferred_fields() == {"why"}
    assert found[0].actor.get_deferred_fields() == {"password"}
    assert not found[0]._state.adding


def test_it_is_compiled_once_and_seen_by_whoever_counts_queries() -> None:
    built: list[Parameter] = []

    def build(key: Parameter) -> QuerySet:
        built.append(key)
        return Version.objects.filter(key=key).values_list("number")

    question = Prepared(build, key=str)
    Version.objects.create(key="front", number=7)
    with CaptureQueriesContext(connection) as queries:
        assert [tuple(row) for row in question.rows(key="front")] == [(7,)]
        assert question.rows(key="nowhere") == []
    assert len(built) == 1
    assert len(queries) == 2
    assert "front" in queries[0]["sql"]


def test_raw_sql_takes_values_by_the_same_names() -> None:
    question = Prepared(lambda n: Statement("SELECT %s, %s || '%%'", [n, "100"]), n=int)
    assert [tuple(row) for row in question.rows(n=5)] == [(5, "100%")]


@pytest.mark.parametrize("value", [None, "1", 1.5, [1]])
def test_a_value_of_another_kind_is_refused(value: Any) -> None:
    question = Prepared(lambda number: Version.objects.filter(number=number), number=int)
    with pytest.raises(TypeError, match="number"):
        question.objects(number=value)


def test_a_query_that_loses_a_value_when_it_is_compiled_fails_at_its_first_use() -> None:
    question = Prepared(lambda number: Version.objects.all(), number=int)
    with pytest.raises(ValueError, match="number"):
        question.objects(number=1)


def test_prefetches_are_refused() -> None:
    rows = Audit.objects.prefetch_related(Prefetch("actor"))
    with pytest.raises(ValueError, match="prefetch"):
        Prepared(lambda verb: rows.filter(verb=verb), verb=str).objects(verb="publish")


def test_annotations_of_models_are_refused_for_they_would_be_lost() -> None:
    rows = Audit.objects.annotate(twice=F("id") * 2)
    with pytest.raises(ValueError, match="annotate"):
        Prepared(lambda verb: rows.filter(verb=verb), verb=str).objects(verb="publish")
    assert Prepared(lambda verb: rows.filter(verb=verb).values_list("twice"), verb=str).rows(verb="x") == []


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite's driver keeps statements by itself")
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
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite's driver keeps statements by itself")
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
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite prepares anew by itself")
def test_a_migration_under_a_running_worker_costs_no_answer(migrate: Callable[[], None]) -> None:
    CHANGING.rows(word="가나")
    migrate()
    assert [tuple(row) for row in CHANGING.rows(word="가나")] == [("가나",)]
    assert [tuple(row) for row in CHANGING.rows(word="가나")] == [("가나",)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite prepares anew by itself")
def test_a_transaction_that_meets_one_is_as_one_that_met_another_change(migrate: Callable[[], None]) -> None:
    CHANGING.rows(word="가나")
    migrate()
    with pytest.raises(OutdatedPlan), transaction.atomic():
        CHANGING.rows(word="가나")
    assert [tuple(row) for row in CHANGING.rows(word="가나")] == [("가나",)]


@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite prepares anew by itself")
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


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite locks no rows")
def test_what_the_database_cannot_do_is_said_as_ever() -> None:
    counted = Prepared(lambda n: Statement("SELECT count(*), %s FROM auth_group FOR UPDATE", [n]), n=int)
    with pytest.raises(NotSupportedError):
        counted.rows(n=1)
