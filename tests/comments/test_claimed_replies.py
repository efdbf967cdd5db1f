"""A reply under a rights claim keeps its place as a placeholder and is counted nowhere."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article, Discussion
from comments import moderation, threads
from comments.models import Comment
from comments.rules import REPLIES_PAGE, REPLIES_SHOWN
from publication.models import Publication
from tests.comments.cast import guest, write
from tests.factories import make_published_article

PLACEHOLDER = "권리침해 신고로 임시조치된 댓글입니다."


@pytest.fixture
def article(publication: Publication) -> Article:
    article = make_published_article()
    return Article.objects.select_related("discussion").get(pk=article.pk)


@pytest.fixture
def top(article: Article) -> Comment:
    return write(article, guest("top"), "무엇을 여쭙습니다")


def replies(top: Comment, count: int) -> list[Comment]:
    return [write(top.article, guest(f"r{n}"), f"답글 {n}입니다", answers=top) for n in range(count)]


def claim(comment: Comment, by: User) -> None:
    until = timezone.now() + timedelta(days=3)
    moderation.claim(comment.pk, by=by, claimed_by="김아무개", until=until)


def entry(top: Comment) -> threads.Entry:
    article = Article.objects.select_related("discussion").get(pk=top.article_id)
    page = threads.page(article)
    return next(one for one in [*page.best, *page.entries] if one.comment.pk == top.pk)


def test_it_stands_as_a_placeholder_without_name_or_words(
    client: Client, top: Comment, moderator: User
) -> None:
    blocked, other = replies(top, 2)
    claim(blocked, moderator)
    page = client.get(f"/news/{top.article_id}/").content.decode()
    assert page.count(PLACEHOLDER) == 1
    assert f'id="{blocked.anchor}"' in page
    assert blocked.body not in page
    assert other.body in page
    assert "2개의 댓글" in page


def test_it_stands_where_no_other_reply_does(client: Client, top: Comment, moderator: User) -> None:
    [blocked] = replies(top, 1)
    claim(blocked, moderator)
    shown = entry(top)
    assert [reply.pk for reply in shown.replies] == [blocked.pk]
    assert (shown.more, shown.goes_on) == (0, False)
    assert shown.comment.replies == 0
    assert Discussion.objects.get(pk=top.article_id).visible_count == 1
    assert PLACEHOLDER in client.get(f"/news/{top.article_id}/").content.decode()


def test_the_number_behind_the_first_replies_counts_what_can_be_read(
    client: Client, top: Comment, moderator: User
) -> None:
    written = replies(top, REPLIES_SHOWN + 2)
    claim(written[0], moderator)
    shown = entry(top)
    assert len(shown.replies) == REPLIES_SHOWN
    assert (shown.comment.replies, shown.more, shown.goes_on) == (REPLIES_SHOWN + 1, 2, True)
    claim(written[-1], moderator)
    assert entry(top).more == 1
    assert "답글 1개 더보기" in client.get(f"/news/{top.article_id}/").content.decode()


def test_placeholders_alone_behind_the_first_replies_are_reached_by_a_link_without_a_number(
    client: Client, top: Comment, moderator: User
) -> None:
    *shown, blocked = replies(top, REPLIES_SHOWN + 1)
    claim(blocked, moderator)
    assert (entry(top).more, entry(top).goes_on) == (0, True)
    address = f"/news/{top.article_id}/comments/?parent={top.pk}&amp;after={shown[-1].pk}"
    page = client.get(f"/news/{top.article_id}/").content.decode()
    assert address in page
    assert "답글 더보기" in page
    assert PLACEHOLDER in client.get(address.replace("&amp;", "&")).content.decode()


def test_the_pages_of_replies_hold_it_in_its_place(top: Comment, moderator: User) -> None:
    fields = {"article": top.article, "parent": top, "nickname": "손님", "body": "답글"}
    written = Comment.objects.bulk_create(Comment(**fields, guest=f"g{n}") for n in range(REPLIES_PAGE + 1))
    Comment.objects.filter(pk=top.pk).update(replies=len(written), replies_by_others=len(written))
    blocked = Comment.objects.filter(parent=top).order_by("id")[REPLIES_PAGE - 1]
    claim(blocked, moderator)
    found, after = threads.replies(top)
    assert (len(found), found[-1], after) == (REPLIES_PAGE, blocked, blocked.pk)
    assert len(threads.replies(top, after)[0]) == 1


def test_its_permalink_leads_to_the_placeholder(client: Client, top: Comment, moderator: User) -> None:
    written = replies(top, REPLIES_SHOWN + 1)
    for comment in (written[0], written[-1]):
        claim(comment, moderator)
    assert client.get(written[0].permalink)["Location"] == f"/news/{top.article_id}/#{written[0].anchor}"
    behind = f"/news/{top.article_id}/comments/?parent={top.pk}&after={written[-2].pk}#{written[-1].anchor}"
    assert client.get(written[-1].permalink)["Location"] == behind


def test_under_a_comment_that_is_not_shown_it_is_not_shown_either(
    client: Client, top: Comment, moderator: User
) -> None:
    [blocked] = replies(top, 1)
    claim(blocked, moderator)
    moderation.hide(top.pk, by=moderator)
    assert client.get(blocked.permalink).status_code == 404
    assert PLACEHOLDER not in client.get(f"/news/{top.article_id}/").content.decode()
    assert client.get(f"/news/{top.article_id}/comments/?parent={top.pk}").status_code == 404


def test_held_and_hidden_replies_are_simply_not_there(client: Client, top: Comment, moderator: User) -> None:
    hidden, held = replies(top, 2)
    moderation.hide(hidden.pk, by=moderator)
    Comment.objects.filter(pk=held.pk).update(state="held")
    assert entry(top).replies == []
