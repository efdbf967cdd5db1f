"""The public pages of a thread: the same for everybody, complete without script, bounded in queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from articles.models import Article, Discussion
from comments import deleting, moderation, voting
from comments.models import Comment
from publication.models import Publication
from tests.comments.cast import guest, member, write
from tests.factories import make_article, make_published_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(publication: Publication) -> Article:
    return make_published_article()


def many(article: Article, count: int, start: int = 0) -> list[Comment]:
    return [write(article, guest(f"many {n}"), f"{n}번째 글") for n in range(start, start + count)]


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        page(client, address)
    return len(captured)


def test_an_article_without_comments_says_nought_everywhere(client: Client, article: Article) -> None:
    text = page(client, article.url)
    assert '<a href="#comments" data-count>댓글 0</a>' in text
    assert "0개의 댓글" in text
    assert "BEST댓글" not in text
    assert f'href="/news/{article.pk}/comments/write/"' in text


def test_the_article_holds_the_first_page_of_the_default_order(client: Client, article: Article) -> None:
    written = many(article, 21)
    text = page(client, article.url)
    assert "댓글 21" in text
    assert "21개의 댓글" in text
    assert "20번째 글" in text
    assert "1번째 글<" in text
    assert ">0번째 글<" not in text
    assert f"/news/{article.pk}/comments/?after=0-{written[1].pk}#comments" in text


def test_the_next_page_goes_on_where_the_first_ended(client: Client, article: Article) -> None:
    written = many(article, 21)
    text = page(client, f"/news/{article.pk}/comments/?after=0-{written[1].pk}")
    assert f'id="comment-{written[0].pk}"' in text
    assert f'id="comment-{written[1].pk}"' not in text
    assert 'rel="next"' not in text


def test_orders_are_plain_links_and_one_is_current(client: Client, article: Article) -> None:
    liked, plain = many(article, 2)
    voting.set_vote(liked.pk, by=guest("fan"), value=1)
    text = page(client, f"/news/{article.pk}/comments/?sort=up")
    assert 'aria-label="댓글 정렬"' in text
    assert '?sort=up#comments" aria-current="true">추천순</a>' in text
    assert text.count('aria-current="true">') == 1
    assert text.index(f'id="comment-{liked.pk}"') < text.index(f'id="comment-{plain.pk}"')
    newest = page(client, f"/news/{article.pk}/comments/")
    assert newest.index(f'id="comment-{plain.pk}"') < newest.index(f'id="comment-{liked.pk}"')


def test_best_stands_above_and_once_only(client: Client, article: Article) -> None:
    best, _other = many(article, 2)
    for number in range(3):
        voting.set_vote(best.pk, by=guest(f"fan {number}"), value=1)
    text = page(client, article.url)
    assert "BEST댓글" in text
    assert "BEST 댓글 답글과 추천수를 합산하여 자동으로 노출됩니다." in text
    assert text.count(f'id="comment-{best.pk}"') == 1
    assert "2개의 댓글" in text


def test_frozen_ranking_hides_best_and_orders(client: Client, article: Article, moderator: User) -> None:
    best = many(article, 1)[0]
    for number in range(3):
        voting.set_vote(best.pk, by=guest(f"fan {number}"), value=1)
    moderation.set_discussion(article, by=moderator, is_open=True, is_frozen=True)
    text = page(client, f"/news/{article.pk}/comments/?sort=up")
    assert "BEST댓글" not in text
    assert "추천순</a>" not in text
    assert "최신순으로만 보여 드립니다" in text
    assert f'id="comment-{best.pk}"' in text


def test_a_closed_thread_says_so_and_stays_readable(
    client: Client, article: Article, moderator: User
) -> None:
    written = many(article, 1)[0]
    moderation.set_discussion(article, by=moderator, is_open=False, is_frozen=False)
    text = page(client, article.url)
    assert "댓글을 더 쓸 수 없는 기사입니다." in text
    assert "comments/write/" not in text
    assert written.body in text


def test_three_replies_are_shown_and_the_rest_is_a_link(client: Client, article: Article) -> None:
    top = many(article, 1)[0]
    replies = [write(article, guest(f"r{n}"), f"답글 글 {n}", answers=top) for n in range(5)]
    text = page(client, article.url)
    assert "답글 2개 더보기" in text
    link = f"/news/{article.pk}/comments/?parent={top.pk}&amp;after={replies[2].pk}"
    assert link in text
    rest = page(client, link.replace("&amp;", "&"))
    assert [reply.body in rest for reply in replies] == [False, False, False, True, True]
    whole = page(client, f"/news/{article.pk}/comments/?parent={top.pk}")
    assert all(reply.body in whole for reply in replies)


def test_a_reply_to_a_reply_names_whom_it_answers(client: Client, article: Article) -> None:
    top = many(article, 1)[0]
    reply = write(article, guest("r"), "첫 답글", answers=top, nickname="골목대장")
    second = write(article, guest("s"), "둘째 답글", answers=reply)
    assert "@골목대장" in page(client, article.url)
    assert second.parent_id == top.pk
    Comment.objects.filter(pk=reply.pk).update(state="hidden")
    assert "골목대장" not in page(client, article.url)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("held", "검토 중인 댓글입니다."),
        ("hidden", "관리자가 가린 댓글입니다."),
        ("claimed", "권리침해 신고로 임시조치된 댓글입니다."),
    ],
)
def test_what_may_not_be_read_keeps_its_place_over_replies(
    client: Client, article: Article, state: str, words: str
) -> None:
    top = write(article, guest("a"), "가려질 말", nickname="가려질이름")
    write(article, guest("b"), "남은 답글", answers=top)
    until = timezone.now() + timedelta(days=1) if state == "claimed" else None
    Comment.objects.filter(pk=top.pk).update(state=state, claimed_until=until)
    text = page(client, article.url)
    assert words in text
    assert "남은 답글" in text
    assert "가려질" not in text


def test_a_tombstone_keeps_nothing_but_its_place(client: Client, article: Article) -> None:
    top = write(article, guest("a"), "지워질 말", nickname="지워질이름")
    write(article, guest("b"), "남은 답글", answers=top)
    deleting.delete(top.pk)
    text = page(client, article.url)
    assert "삭제된 댓글입니다." in text
    assert "지워질" not in text
    assert "1개의 댓글" in text


def test_readers_words_are_text_and_nothing_else(client: Client, article: Article) -> None:
    evil = "<script>alert(1)</script> {{ 7 }} &amp; <a href=javascript:1>x</a> https://example.com/"
    write(article, guest("a"), evil, nickname="<b>굵은이</b>")
    Comment.objects.update(state="visible")
    for address in (article.url, f"/news/{article.pk}/comments/"):
        text = page(client, address)
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 }} &amp;amp; &lt;a href" in text
        assert "&lt;b&gt;굵은이&lt;/b&gt;" in text
        assert '<a href="https://example.com/' not in text


def test_public_pages_are_the_same_for_everybody(
    client: Client, article: Article, reader: User, moderator: User, as_user: Callable[[Any], Client]
) -> None:
    top = write(article, member(reader), "내 글")
    write(article, guest("b"), "답글", answers=top)
    for address in (
        article.url,
        f"/news/{article.pk}/comments/?sort=replies",
        f"/news/{article.pk}/comments/?parent={top.pk}",
    ):
        plain = client.get(address)
        assert not plain.cookies
        assert "public" in plain["Cache-Control"]
        assert b"csrf" not in plain.content
        for person in (reader, moderator):
            other = as_user(person).get(address)
            assert other.content == plain.content
            assert not other.cookies


@pytest.mark.parametrize(
    "query",
    [
        "after=x",
        "after=",
        "after=1-0",
        "after=0-99999999999999999999",
        "sort=best",
        "sort=",
        "parent=1&after=-1",
    ],
)
def test_a_broken_cursor_or_order_is_malformed(client: Client, article: Article, query: str) -> None:
    assert client.get(f"/news/{article.pk}/comments/?{query}").status_code == 400


@pytest.mark.parametrize("parent", ["0", "999999", "x", "", "9" * 30, "１"])
def test_replies_of_an_unknown_comment_are_unknown(client: Client, article: Article, parent: str) -> None:
    many(article, 1)
    assert client.get(f"/news/{article.pk}/comments/", {"parent": parent}).status_code == 404


def test_a_comment_is_not_found_under_another_article(client: Client, article: Article) -> None:
    top = many(article, 1)[0]
    other = make_published_article()
    assert client.get(f"/news/{other.pk}/comments/?parent={top.pk}").status_code == 404


def test_the_thread_is_public_when_its_article_is(client: Client, publication: Publication) -> None:
    draft = make_article()
    planned = make_published_article(at=timezone.now() + timedelta(hours=1))
    gone = make_published_article(status="withdrawn", withdrawn_at=timezone.now())
    statuses = [client.get(f"/news/{one.pk}/comments/").status_code for one in (draft, planned, gone)]
    assert statuses == [404, 404, 410]
    assert client.get(f"/news/{10**30}/comments/").status_code == 404


def test_nothing_is_posted_to_a_page_for_reading(client: Client, article: Article) -> None:
    top = many(article, 1)[0]
    for address in (f"/news/{article.pk}/comments/", f"/comments/{top.pk}/", f"/comments/{top.pk}/at/"):
        assert client.post(address).status_code == 405


def test_a_permalink_leads_to_the_page_and_the_place(client: Client, article: Article) -> None:
    written = many(article, 21)
    replies = [write(article, guest(f"r{n}"), f"답 {n}", answers=written[0]) for n in range(4)]
    for comment in (written[20], written[5], written[0], replies[0], replies[3]):
        answer = client.get(comment.permalink)
        assert answer.status_code == 302
        assert "private" in answer["Cache-Control"]
        assert answer["Location"].endswith(f"#comment-{comment.pk}")
        assert f'id="comment-{comment.pk}"' in page(client, answer["Location"])
    assert client.get(written[20].permalink)["Location"] == f"{article.url}#comment-{written[20].pk}"
    assert client.get(written[5].permalink)["Location"] == f"{article.url}#comment-{written[5].pk}"


def test_a_permalink_to_what_is_not_shown_is_unknown(client: Client, article: Article) -> None:
    top = many(article, 1)[0]
    Comment.objects.update(state="held")
    assert client.get(top.permalink).status_code == 404
    assert client.get("/comments/999999/at/").status_code == 404


def test_the_number_of_queries_does_not_grow(client: Client, article: Article) -> None:
    for top in many(article, 2):
        write(article, guest("x"), f"답 {top.pk}", answers=top)
    addresses = (article.url, f"/news/{article.pk}/comments/?sort=up")
    # What is most read is found once for many pages.
    client.get(article.url)
    few = [queries(client, address) for address in addresses]
    for top in many(article, 25, start=2):
        write(article, guest(f"y {top.pk}"), f"답 {top.pk}", answers=top)
    assert [queries(client, address) for address in addresses] == few


def test_cards_show_the_same_count(client: Client, article: Article) -> None:
    many(article, 3)
    assert "<span>댓글 3</span>" in page(client, article.section.get_absolute_url())
    assert Discussion.objects.get(pk=article.pk).visible_count == 3
