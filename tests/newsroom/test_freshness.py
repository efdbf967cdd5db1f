"""Fresh all the same: with the page cache on, no change of any kind leaves an old answer on any page."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.utils import timezone

from publication.verbs import LABELS
from tests.newsroom.freshness import article_rows, comment_rows, moment_rows, paper_rows
from tests.newsroom.freshness.paper import Paper
from tests.newsroom.freshness.walk import Row, Walk

# The tables: whoever adds a verb or a door adds its row.
TABLES: dict[str, list[Row]] = {
    "articles on their way": article_rows.WORKFLOW,
    "articles edited": article_rows.EDITS,
    "sections, series, tags, reporters": paper_rows.FURNITURE,
    "pictures, people": [*paper_rows.PICTURES, *paper_rows.PEOPLE],
    "the paper's facts": paper_rows.FACTS,
    "comments": comment_rows.ROWS,
    "time": moment_rows.ROWS,
}
# Doors behind which nothing stands that a public page shows.
BEHIND = {
    "account.emailaddress",
    "mfa.authenticator",
    "socialaccount.socialapp",
    "socialaccount.socialtoken",
    "socialaccount.socialaccount",
    "django_tasks_database.dbtaskresult",
    "publication.audit",
}


@pytest.fixture
def walk(page_cache: None, frozen: Callable[[Any], Any]) -> Iterator[Walk]:
    with frozen(timezone.now()) as clock:
        yield Walk(Paper(clock))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", TABLES)
def test_no_change_leaves_an_old_answer_anywhere(walk: Walk, table: str, settings: Any) -> None:
    if table == "time":
        settings.COMMENTS = {"close_after_days": 14}
    walk.along(TABLES[table])
    assert not walk.problems, "\n".join(walk.problems)


def test_every_verb_has_a_row() -> None:
    assert {verb for rows in TABLES.values() for row in rows for verb in row.verbs} == set(LABELS)


def test_every_door_has_a_row() -> None:
    doors = {door for rows in TABLES.values() for row in rows for door in row.doors}
    assert doors | BEHIND == {model._meta.label_lower for model in admin.site._registry}
