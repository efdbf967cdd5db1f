"""The repair of counters: nothing to do as a rule, and exact where there is."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import User
from articles.models import Article, Discussion
from comments import moderation, recount, voting
from comments.models import Comment
from tests.comments.cast import guest, member, write
from tests.factories import make_published_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(reader: User, stranger: User) -> Article:
    """A thread with everything that is counted."""
    article = make_published_article()
    top = write(article, member(reader))
    for number in range(3):
        reply = write(article, guest(str(number)), answers=top)
        voting.set_vote(top.pk, by=guest(str(number)), value=1)
        voting.set_vote(reply.pk, by=member(stranger), value=-1)
    write(article, member(reader), answers=top)
    moderation.report(top.pk, by=member(stranger), reason="spam")
    return article


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("recount", *arguments, stdout=out)
    return out.getvalue()


def test_verbs_leave_no_drift(article: Article) -> None:
    assert recount.drift(article.pk) == []
    assert told("--check") == "drift: 0 in 1 threads\n"


@pytest.mark.parametrize("counter", ["up", "down", "replies", "replies_by_others", "reports"])
def test_every_counter_is_repaired(article: Article, counter: str) -> None:
    top = Comment.objects.get(parent=None)
    right = getattr(top, counter)
    Comment.objects.filter(pk=top.pk).update(**{counter: 77})
    assert recount.drift(article.pk) == [recount.Drift(counter, top.pk, 77, right)]
    assert f"{counter} of #{top.pk} is 77, counted {right}" in told()
    assert recount.drift(article.pk) == []


def test_the_public_count_is_repaired_and_the_check_only_reports(
    article: Article, make_other: Callable[[], Article]
) -> None:
    other = make_other()
    Discussion.objects.filter(pk=article.pk).update(visible_count=9)
    with pytest.raises(SystemExit):
        told("--check")
    assert told("--check", str(other.pk)) == "drift: 0 in 1 threads\n"
    told(str(article.pk))
    assert Discussion.objects.get(pk=article.pk).visible_count == 5


@pytest.fixture
def make_other() -> Callable[[], Article]:
    return make_published_article
