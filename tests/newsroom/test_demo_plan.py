"""How a large paper is made of a small one: nothing is lost in dividing, and nothing happens tomorrow."""

from datetime import UTC, datetime, timedelta

import pytest

from newsroom.demo.bulk.plan import ARTICLES_WRITTEN, COMMENTS_WRITTEN, HOT_WRITTEN, Plan

NOW = datetime(2026, 3, 1, 9, 30, 15, 400, tzinfo=UTC)
SIZES = (
    (1, 0, 0),
    (60, 500, 50),
    (300, 1_500, 500),
    (1_000, 1_000_000, 0),
    (20_050, 7, 7),
    (100_000, 1_000_000, 700_000),
    (1_000_000, 10_000_000, 1_000_000),
)


@pytest.mark.parametrize(("articles", "comments", "hot"), SIZES)
def test_nothing_is_lost_in_dividing(articles: int, comments: int, hot: int) -> None:
    plan = Plan(articles, comments, hot, NOW)
    assert plan.copies * plan.base + plan.newest == articles
    assert min(plan.base, plan.base_comments, plan.newest - 1, plan.hot_written) >= 0
    cast = plan.copies * plan.base_comments + plan.hot_copies * plan.hot_piece
    assert cast + plan.newest_comments == comments
    assert plan.newest_comments >= sum(plan.special)
    assert plan.hot_copies * plan.hot_piece + plan.hot_written == hot


@pytest.mark.parametrize(("articles", "comments", "hot"), SIZES)
def test_one_thing_happens_after_the_other_and_all_of_it_before_now(
    articles: int, comments: int, hot: int
) -> None:
    plan = Plan(articles, comments, hot, NOW)
    assert plan.period.microseconds == 0
    if plan.copies:
        last = plan.start + plan.step * (plan.base - 1)
        assert last < plan.written_until
        assert plan.written_until + plan.period * (plan.copies - 1) == plan.until
        assert last + plan.period * (plan.copies - 1) < plan.newest_start
    newest = plan.newest_start + plan.step * (plan.newest - 1)
    assert newest <= NOW - timedelta(hours=1)
    assert newest + plan.hot_step * hot < NOW - timedelta(minutes=1)


def test_only_so_much_is_written_word_by_word() -> None:
    plan = Plan(1_000_000, 10_000_000, 1_000_000, NOW)
    assert (plan.copies, plan.hot_copies) == (50, 20)
    assert plan.base + plan.newest <= ARTICLES_WRITTEN + 100
    assert plan.base_comments <= COMMENTS_WRITTEN
    assert plan.hot_piece == HOT_WRITTEN
    assert plan.newest_comments < 12_000
