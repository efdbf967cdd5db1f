"""Fresh all the same: with the page cache on, no change of any kind leaves an old answer on any page."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.utils import timezone

from articles import workflow
from articles.paging import PAGE_SIZE
from publication.pagecache.levels import levels
from publication.verbs import LABELS
from tests.factories import make_published_article, make_section
from tests.newsroom.freshness import article_rows, comment_rows, moment_rows, paper_rows
from tests.newsroom.freshness.paper import Paper, noon
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
def walk(request: pytest.FixtureRequest, page_cache: None, frozen: Callable[[Any], Any]) -> Iterator[Walk]:
    # Comments are timed by the database, whose clock nobody holds.
    is_timed = "[comments]" in request.node.name
    with frozen(timezone.now() if is_timed else noon()) as clock:
        yield Walk(Paper(clock))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", TABLES)
def test_no_change_leaves_an_old_answer_anywhere(walk: Walk, table: str, settings: Any) -> None:
    if table == "time":
        settings.COMMENTS = {"close_after_days": 14}
    walk.along(TABLES[table])
    assert not walk.problems, "\n".join(walk.problems)


@pytest.mark.django_db(transaction=True)
def test_a_planned_article_is_everywhere_from_its_second_on_and_nowhere_once_withdrawn(
    walk: Walk, client: Client
) -> None:
    paper = walk.paper
    article_rows.submitted(paper)
    article_rows.planned(paper)
    paper.draft.refresh_from_db()
    at, address = paper.draft.publish_at, paper.draft.get_absolute_url()
    lists = ["picker", "tag", *article_rows.LISTED.split()]

    def shown_on() -> list[str]:
        return [name for name in lists if address in client.get(paper.pages[name]).content.decode()]

    for before in (timedelta(minutes=1), timedelta(seconds=1), timedelta(microseconds=1)):
        paper.clock.move_to(at - before)
        assert shown_on() == []
        assert client.get(address).status_code == 404
    paper.clock.move_to(at)
    assert shown_on() == lists
    assert client.get(address).status_code == 200
    workflow.withdraw(paper.draft, by=paper.desk, reason="오보")
    assert shown_on() == []
    assert client.get(address).status_code == 410
    assert not any(address.encode() in levels().copies.get(page).content for page in shelf_of(lists, paper))


def shelf_of(names: list[str], paper: Paper) -> list[str]:
    """Addresses of which there is a last good copy."""
    return [paper.pages[name] for name in names if levels().copies.get(paper.pages[name]) is not None]


@pytest.mark.django_db(transaction=True)
def test_each_page_of_a_list_and_each_order_of_a_thread_is_kept_for_itself(
    page_cache: None, client: Client
) -> None:
    section = make_section("사회", "society")
    articles = [
        make_published_article(
            section=section, title=f"기사 {number}", at=timezone.now() - timedelta(hours=number)
        )
        for number in range(1, PAGE_SIZE + 2)
    ]
    first = client.get("/section/society/")
    cursor = first.context["next_cursor"]
    for _made_and_kept in range(2):
        second = client.get(f"/section/society/?before={cursor}").content.decode()
        assert articles[-1].title in second
        assert f"{articles[1].title}</a>" not in second
        thread = f"/news/{articles[0].pk}/comments/"
        assert client.get(f"{thread}?sort=up").content != client.get(thread).content
        assert client.get(f"{thread}?sort=nonsense").status_code == 400
    assert client.get("/section/society/?utm_source=x").content == first.content


def test_every_verb_has_a_row() -> None:
    assert {verb for rows in TABLES.values() for row in rows for verb in row.verbs} == set(LABELS)


def test_every_door_has_a_row() -> None:
    doors = {door for rows in TABLES.values() for row in rows for door in row.doors}
    assert doors | BEHIND == {model._meta.label_lower for model in admin.site._registry}
