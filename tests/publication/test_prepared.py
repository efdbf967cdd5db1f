"""A compiled query answers as the plain one does, with any values, and fails where it could not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, Prefetch, QuerySet
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publication.models import Audit, Version
from publication.prepared import Among, Parameter, Prepared, Statement

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
# What array notations, JSON and placeholders could stumble over, but NUL, which PostgreSQL does not store.
KEYS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8) | st.text(
    '"\\{}%,s', max_size=8
)

BY_KEY = Prepared(
    lambda keys: Version.objects.filter(Among("key", keys)).values_list("key", "number"), keys=[str]
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
