"""Writing: what is taken, what is refused and how, and one comment for one form."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from articles import workflow
from articles.models import Article, Discussion, Section
from comments import counting, deleting, posting, threads, voting
from comments.models import Ban, BlockedWord, Comment, Posting, State
from comments.recount import drift
from comments.refusals import Conflict, Forbidden, Refused, TooMuch, Unknown
from tests.comments.cast import age_postings, guest, member, token, write
from tests.factories import make_article, make_published_article, make_reporter, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_published_article()


def count(article: Article) -> int:
    return Discussion.objects.get(pk=article.pk).visible_count


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("가" * 400, 400),
        ("가" * 200 + "\r\n" + "가" * 199, 400),
        ("\u1100\u1161\u11a8" * 400, 400),
        ("😀" * 400, 400),
        ("👨\u200d👩\u200d👧\u200d👦" * 57, 399),
        ("ㅋ" * 400, 400),
        ("1\ufe0f\u20e3" * 133, 399),
        ("🇰🇷" * 200, 400),
        ("\u202e하세요", 3),
        ("q" + "\u0301" * 4, 5),
    ],
)
def test_what_400_characters_means(article: Article, reader: User, text: str, stored: int) -> None:
    assert len(write(article, member(reader), text).body) == stored


@pytest.mark.parametrize(
    "text",
    ["가" * 401, "👨\u200d👩\u200d👧\u200d👦" * 58, "\u3164", "\u200b", "\ufeff", "   \n\t ", "\u2800", "",
     "q" + "\u0301" * 5, "\u0301" * 100_000],
)  # fmt: skip
def test_what_is_refused(article: Article, reader: User, text: str) -> None:
    with pytest.raises(Refused):
        write(article, member(reader), text)
    assert count(article) == 0


def test_a_lone_surrogate_is_malformed(article: Article, reader: User) -> None:
    with pytest.raises(Refused) as refusal:
        write(article, member(reader), "가\ud800")
    assert refusal.value.status == 400


def test_the_database_knows_the_bound_as_well(article: Article, reader: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.create(article=article, user=reader, nickname="독자", body="가" * 401)


def test_a_form_sent_again_answers_with_the_same_comment(article: Article, reader: User) -> None:
    one = token()
    first = posting.post(article.pk, by=member(reader), text="한 번", token=one)
    for _ in range(15):
        again = posting.post(article.pk, by=member(reader), text="한 번", token=one)
        assert (again.comment, again.is_new) == (first.comment, False)
    assert count(article) == Comment.objects.count() == 1


def test_a_form_sent_again_after_the_deletion_brings_nothing_back(article: Article, reader: User) -> None:
    one = token()
    posted = posting.post(article.pk, by=member(reader), text="지울 글", token=one)
    deleting.delete(posted.comment.pk)
    again = posting.post(article.pk, by=member(reader), text="지울 글", token=one)
    assert again.comment is None
    assert not Comment.objects.exists()


def test_anothers_token_is_nobodys(article: Article, reader: User, stranger: User) -> None:
    one = token()
    posting.post(article.pk, by=member(reader), text="내 글", token=one)
    with pytest.raises(Refused):
        posting.post(article.pk, by=member(stranger), text="네 글", token=one)
    for forged in ("", "short", "x" * 65, "한글토큰한글토큰한글토큰", "a b" * 10):
        with pytest.raises(Refused):
            posting.post(article.pk, by=member(reader), text="글", token=forged)


def test_comments_stand_under_public_articles_only(reader: User, desk: User) -> None:
    draft, scheduled = make_article(), make_published_article(at=timezone.now() + timedelta(hours=1))
    gone = make_published_article()
    workflow.withdraw(gone, by=desk, reason="확인")
    for article in (draft, scheduled, gone):
        with pytest.raises(Unknown):
            write(article, member(reader))


def test_a_closed_thread_says_so(article: Article, reader: User) -> None:
    Discussion.objects.filter(pk=article.pk).update(state=Discussion.State.CLOSED)
    article.discussion.refresh_from_db()
    with pytest.raises(Forbidden):
        write(article, member(reader))


def test_a_closed_section_closes_its_threads_and_those_below_it(reader: User, stranger: User) -> None:
    above = make_section()
    for section in (above, make_section(parent=above)):
        article = make_published_article(section=section)
        comment = write(article, member(reader))
        Section.objects.filter(pk=above.pk).update(comments_open=False)
        article = Article.objects.get(pk=article.pk)
        assert not threads.is_open(article)
        with pytest.raises(Forbidden):
            write(article, member(reader))
        with pytest.raises(Forbidden):
            voting.set_vote(comment.pk, by=member(stranger), value=1)
        Section.objects.filter(pk=above.pk).update(comments_open=True)
        assert threads.is_open(Article.objects.get(pk=article.pk))


def test_a_reply_to_a_reply_stands_under_the_top_with_a_name(
    article: Article, reader: User, stranger: User
) -> None:
    top = write(article, member(reader))
    reply = write(article, member(stranger), answers=top)
    second = write(article, member(reader), answers=reply)
    assert (reply.parent, reply.answers) == (top, None)
    assert (second.parent, second.answers) == (top, reply)
    top.refresh_from_db()
    assert (top.replies, top.replies_by_others) == (2, 1)
    assert drift(article.pk) == []


def test_a_forged_pair_of_article_and_parent_is_unknown(article: Article, reader: User) -> None:
    elsewhere = write(make_published_article(), member(reader))
    with pytest.raises(Unknown):
        write(article, member(reader), answers=elsewhere)


def test_nobody_answers_a_tombstone_or_a_held_comment(article: Article, reader: User, stranger: User) -> None:
    top = write(article, member(reader))
    write(article, member(stranger), answers=top)
    held = write(article, member(reader), state=State.HELD)
    deleting.delete(top.pk)
    top.refresh_from_db()
    for gone in (top, held):
        with pytest.raises(Conflict):
            write(article, member(stranger), answers=gone)


def test_guests_write_with_a_nickname_and_reserved_names_are_refused(
    article: Article, publication: object
) -> None:
    make_reporter("홍길동")
    assert write(article, guest(), nickname="강가의 손님").is_guest
    for name in (
        "관리자",
        "관 리 자",
        "운영자1",
        "편집부",
        "시험신문",
        "홍길동",
        "홍길동 기자",
        "ＡＤＭＩＮ",
        "a",
        "가" * 21,
        "...",
    ):
        with pytest.raises(Refused):
            write(article, guest("b"), nickname=name)


def test_staff_carry_a_badge(article: Article, reporter: User, reader: User) -> None:
    assert write(article, member(reporter)).is_staff
    assert not write(article, member(reader)).is_staff


def test_blocked_words_hold_with_the_match_shown(article: Article, reader: User) -> None:
    BlockedWord.objects.create(word="바보", skeleton="바보", exceptions="바보상자")
    held = write(article, member(reader), "이런 바 보 같은")
    assert (held.state, held.matched) == (State.HELD, "바 보")
    assert count(article) == 0
    assert write(article, member(reader), "그 바보상자 말이지").state == State.VISIBLE


def test_a_guests_link_waits_for_review_a_members_does_not(article: Article, reader: User) -> None:
    assert write(article, guest(), "여기 https://example.com 보세요").state == State.HELD
    assert write(article, member(reader), "여기 https://example.com 보세요").state == State.VISIBLE


def test_the_minute_runs_while_a_comment_waits_for_others(
    article: Article, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waits(comment: Comment, appear: Any = counting.appear) -> int:
        time.sleep(0.05)
        return appear(comment)

    monkeypatch.setattr(counting, "appear", waits)
    posted = posting.post(article.pk, by=member(reader), text="하나", token=token())
    assert posted.comment is not None
    assert posted.comment.age >= timedelta(seconds=0.05)


def test_ten_seconds_between_two_comments(article: Article, reader: User) -> None:
    by = member(reader)
    posting.post(article.pk, by=by, text="하나", token=token())
    with pytest.raises(TooMuch) as refusal:
        posting.post(article.pk, by=by, text="둘", token=token())
    assert 0 < refusal.value.retry_after <= 10
    age_postings(by)
    posting.post(article.pk, by=by, text="둘", token=token())


def test_ten_under_one_article_and_twenty_a_day_deleted_ones_count(article: Article, reader: User) -> None:
    by = member(reader)
    for _ in range(10):
        deleting.delete(write(article, by).pk)
    with pytest.raises(TooMuch):
        write(article, by)
    other, third = make_published_article(), make_published_article()
    for _ in range(10):
        write(other, by)
    with pytest.raises(TooMuch):
        write(third, by)


def test_thirty_from_one_address_in_ten_minutes(article: Article) -> None:
    for number in range(30):
        write(article, guest(str(number), address="hash"))
    with pytest.raises(TooMuch):
        write(article, guest("31", address="hash"))
    write(article, guest("32", address="other"))


def test_the_same_text_twice_is_refused(article: Article, reader: User, stranger: User) -> None:
    write(article, member(reader), "같은 말")
    with pytest.raises(Refused):
        write(article, member(reader), " 같은 말 ")
    write(article, member(stranger), "같은 말")


@pytest.mark.parametrize("kind", ["member", "guest", "address"])
def test_whoever_is_banned_does_not_write(article: Article, reader: User, kind: str) -> None:
    by = member(reader) if kind == "member" else guest("x", address="hash")
    Ban.objects.create(kind=kind, target="hash" if kind == "address" else by.key, why="도배")
    with pytest.raises(Forbidden):
        write(article, by)
    Ban.objects.update(until=timezone.now() - timedelta(seconds=1))
    write(article, by)


def test_a_posting_keeps_no_text(article: Article, reader: User) -> None:
    write(article, member(reader), "비밀스러운 낱말")
    assert "비밀" not in str(Posting.objects.values().get())
