"""Votes are set, not added; BEST and the orders follow from counters; pages lose and double nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from articles.models import Article, Discussion
from comments import moderation, threads, voting
from comments.models import Comment, State, Vote
from comments.recount import drift
from comments.refusals import Forbidden, TooMuch, Unknown
from tests.comments.cast import guest, member, write
from tests.factories import make_published_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_published_article()


@pytest.fixture
def comment(article: Article, reader: User) -> Comment:
    return write(article, member(reader))


def test_a_vote_is_a_state(comment: Comment, stranger: User) -> None:
    by = member(stranger)
    for value, up, down in ((1, 1, 0), (1, 1, 0), (-1, 0, 1), (0, 0, 0), (0, 0, 0), (1, 1, 0)):
        after = voting.set_vote(comment.pk, by=by, value=value)
        assert (after.up, after.down) == (up, down)
    assert drift(comment.article_id) == []


def test_nobody_votes_on_an_own_comment(comment: Comment, reader: User) -> None:
    with pytest.raises(Forbidden):
        voting.set_vote(comment.pk, by=member(reader), value=1)


@pytest.mark.parametrize("state", [State.HELD, State.HIDDEN])
def test_nobody_votes_on_what_is_not_visible(comment: Comment, stranger: User, state: str) -> None:
    Comment.objects.filter(pk=comment.pk).update(state=state)
    with pytest.raises(Unknown):
        voting.set_vote(comment.pk, by=member(stranger), value=1)
    with pytest.raises(Unknown):
        voting.set_vote(comment.pk + 999, by=member(stranger), value=1)


def test_fifty_votes_a_day_withdrawals_count(comment: Comment, stranger: User) -> None:
    for number in range(50):
        voting.set_vote(comment.pk, by=member(stranger), value=(number + 1) % 2)
    with pytest.raises(TooMuch):
        voting.set_vote(comment.pk, by=member(stranger), value=1)


def test_yesterdays_changes_are_not_todays(comment: Comment, stranger: User) -> None:
    by = member(stranger)
    for number in range(50):
        voting.set_vote(comment.pk, by=by, value=(number + 1) % 2)
    Vote.objects.update(changed_at=timezone.now() - timedelta(hours=25))
    voting.set_vote(comment.pk, by=by, value=1)
    voting.set_vote(comment.pk, by=by, value=0)
    assert Vote.objects.get().changes == 2


def test_taking_back_what_was_never_given_leaves_nothing(comment: Comment, stranger: User) -> None:
    voting.set_vote(comment.pk, by=member(stranger), value=0)
    assert not Vote.objects.exists()


def test_three_guest_votes_a_day_on_one_comment_from_one_address(comment: Comment) -> None:
    for name in "abc":
        voting.set_vote(comment.pk, by=guest(name, "home"), value=1)
    with pytest.raises(TooMuch):
        voting.set_vote(comment.pk, by=guest("d", "home"), value=1)
    voting.set_vote(comment.pk, by=guest("e", "away"), value=1)
    assert Comment.objects.get(pk=comment.pk).up == 4


def test_best_is_recommendations_and_others_replies_from_three_on(
    article: Article, comment: Comment, reader: User, stranger: User
) -> None:
    write(article, member(reader), answers=comment)
    write(article, member(stranger), answers=comment)
    voting.set_vote(comment.pk, by=guest("a", "1"), value=1)
    assert threads.page(article).best == []
    voting.set_vote(comment.pk, by=guest("b", "2"), value=1)
    assert [entry.comment.pk for entry in threads.page(article).best] == [comment.pk]
    assert threads.page(article).entries == []


def test_best_has_three_at_most_ties_older_first_and_more_ups_than_downs(
    article: Article, reader: User
) -> None:
    rows = [write(article, guest(str(n)), up=3) for n in range(4)]
    write(article, guest("x"), up=9, down=10)
    write(article, guest("y"), up=5, state=State.HIDDEN)
    assert [entry.comment.pk for entry in threads.page(article).best] == [row.pk for row in rows[:3]]


def test_a_frozen_ranking_hides_best(article: Article) -> None:
    write(article, guest("a"), up=9)
    Discussion.objects.filter(pk=article.pk).update(ranking_frozen=True)
    article = Article.objects.get(pk=article.pk)
    page = threads.page(article)
    assert page.best == []
    assert len(page.entries) == 1


@pytest.mark.parametrize("sort", ["new", "up", "replies"])
def test_pages_lose_and_double_nothing_with_equal_scores(article: Article, sort: str) -> None:
    comments = Comment.objects.bulk_create(
        Comment(
            article=article, guest=f"g{n}", nickname="손님", body=f"글 {n}", up=n % 2, down=1, replies=n % 2
        )
        for n in range(65)
    )
    seen: list[int] = []
    cursor: str | None = None
    while True:
        page = threads.page(article, sort=sort, cursor=cursor)
        seen += [entry.comment.pk for entry in page.entries]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert sorted(seen) == [one.pk for one in comments]
    assert len(seen) == 65


@pytest.mark.parametrize("cursor", ["", "x", "1", "-1-1", "1-0", "1-", "9" * 30 + "-1", "1-1 ", "１-１"])
def test_a_broken_cursor_is_named(article: Article, cursor: str) -> None:
    with pytest.raises(threads.BrokenCursor):
        threads.page(article, cursor=cursor)


def test_a_page_needs_a_fixed_number_of_queries_and_no_offset(
    article: Article, django_assert_max_num_queries: Any
) -> None:
    tops = [write(article, guest(str(n)), up=n) for n in range(25)]
    for top in tops[:10]:
        for n in range(5):
            write(article, guest(f"r{n}"), answers=top)
    article = Article.objects.select_related("discussion").get(pk=article.pk)
    for sort in threads.SORTS:
        with django_assert_max_num_queries(4) as captured:
            page = threads.page(article, sort=sort)
        assert not any("OFFSET" in query["sql"].upper() for query in captured.captured_queries)
    assert len(page.entries[0].replies) <= 3


def test_placeholders_stand_only_over_visible_replies(
    article: Article, reader: User, moderator: User
) -> None:
    top = write(article, guest("a"))
    moderation.hide(top.pk, by=moderator, why="욕설")
    assert threads.page(article).entries == []
    other = write(article, guest("b"))
    write(article, member(reader), answers=other)
    moderation.hide(other.pk, by=moderator, why="욕설")
    page = threads.page(article)
    assert [entry.comment.pk for entry in page.entries] == [other.pk]
    assert Discussion.objects.get(pk=article.pk).visible_count == 1
    assert drift(article.pk) == []
