"""Two people, or a person and the worker, with one article at the same moment: whoever waited sees what was done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from articles import editing, workflow
from articles.models import Article
from publication import versions
from tests.factories import make_article, make_photo, make_section
from tests.publication.kept import wait_for

pytestmark = pytest.mark.django_db(transaction=True)


def while_it_changes(article: Article, act: Callable[[], Any], **changes: Any) -> None:
    """Does it while somebody else's change of the article's row is written and not yet committed."""

    def alone() -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Article.objects.filter(pk=article.pk).update(**changes)
            acting = pool.submit(alone)
            if connection.vendor == "postgresql":
                wait_for(lambda: _somebody_waits() or acting.done())
        acting.result(60)


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone()[0]


def number(key: str) -> int:
    return versions.numbers(key)[key]


@pytest.fixture
def submitted(reporter: User) -> Article:
    article = make_article(owner=reporter, lead_photo=make_photo(), lead_credit="사진가", lead_alt="사진")
    workflow.submit(article, by=reporter)
    return article


def test_what_goes_out_shows_the_photograph_that_it_has_by_then(submitted: Article, desk: User) -> None:
    other = make_photo()
    while_it_changes(submitted, lambda: workflow.approve(submitted, by=desk), lead_photo=other)
    submitted.refresh_from_db()
    assert submitted.is_published
    assert other.key in submitted.lead_html


def test_approving_raises_the_section_that_it_stands_in_by_then(submitted: Article, desk: User) -> None:
    above = make_section()
    other = make_section(parent=above)
    while_it_changes(submitted, lambda: workflow.approve(submitted, by=desk), section=other)
    assert (number(f"section:{other.pk}"), number(f"section:{above.pk}")) == (1, 1)


def test_a_saved_text_raises_the_section_that_it_leaves(submitted: Article, desk: User) -> None:
    workflow.approve(submitted, by=desk)
    left, last = make_section(), make_section()

    def move() -> None:
        article = Article.objects.get(pk=submitted.pk)
        article.section = last
        editing.update(article, by=desk)

    while_it_changes(submitted, move, section=left)
    assert number(f"section:{left.pk}") == 1
