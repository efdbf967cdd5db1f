"""A browser's comments come into the account, with votes, reports and exact counters."""

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from articles.models import Article
from comments import claiming, moderation, voting
from comments.models import Ban, Comment, Posting, Report, Vote
from comments.recount import drift
from comments.refusals import Forbidden, Refused
from comments.writers import COOKIE, guest_hash, remember
from tests.comments.cast import guest, member, write
from tests.factories import make_published_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_published_article()


def vote_of(user: User, comment: Comment) -> list[int]:
    return list(Vote.objects.filter(comment=comment, voter=f"m{user.pk}").values_list("value", flat=True))


def test_comments_come_with_the_accounts_name(article: Article, reader: User) -> None:
    browser = guest("b")
    comment = write(article, browser, nickname="아무개")
    other = write(article, guest("c"))
    assert claiming.claimable(browser.guest) == 1
    assert claiming.claim(reader, browser.guest) == 1
    comment.refresh_from_db()
    assert (comment.user, comment.guest, comment.nickname) == (reader, "", reader.nickname)
    other.refresh_from_db()
    assert other.is_guest
    assert not Posting.objects.filter(writer=browser.key).exists()
    assert claiming.claim(reader, browser.guest) == claiming.claim(reader, "") == 0
    assert drift(article.pk) == []


def test_where_both_voted_the_accounts_vote_stays(article: Article, reader: User, stranger: User) -> None:
    browser = guest("b")
    both, theirs, withdrawn = (write(article, member(stranger)) for _ in range(3))
    voting.set_vote(both.pk, by=member(reader), value=-1)
    voting.set_vote(both.pk, by=browser, value=1)
    voting.set_vote(theirs.pk, by=browser, value=1)
    for value in (1, 0):
        voting.set_vote(withdrawn.pk, by=member(reader), value=value)
    voting.set_vote(withdrawn.pk, by=browser, value=1)
    claiming.claim(reader, browser.guest)
    assert [vote_of(reader, one) for one in (both, theirs, withdrawn)] == [[-1], [1], [1]]
    both.refresh_from_db()
    assert (both.up, both.down) == (0, 1)
    assert not Vote.objects.filter(voter=browser.key).exists()
    assert drift(article.pk) == []


def test_nobody_keeps_a_vote_or_a_report_on_an_own_comment(article: Article, reader: User) -> None:
    browser = guest("b")
    of_browser, of_account = write(article, browser), write(article, member(reader))
    voting.set_vote(of_browser.pk, by=member(reader), value=1)
    voting.set_vote(of_account.pk, by=browser, value=1)
    moderation.report(of_account.pk, by=browser, reason="spam")
    claiming.claim(reader, browser.guest)
    assert not Vote.objects.exists()
    assert not Report.objects.exists()
    assert drift(article.pk) == []


def test_replies_by_others_are_counted_anew(article: Article, reader: User, stranger: User) -> None:
    browser = guest("b")
    of_browser, of_account = write(article, browser), write(article, member(reader))
    write(article, member(reader), answers=of_browser)
    write(article, browser, answers=of_account)
    write(article, member(stranger), answers=of_account)
    claiming.claim(reader, browser.guest)
    of_account.refresh_from_db()
    assert (of_account.replies, of_account.replies_by_others) == (2, 1)
    assert drift(article.pk) == []


def test_two_reports_become_one(article: Article, reader: User, stranger: User) -> None:
    comment = write(article, member(stranger))
    for by in (guest("b"), member(reader)):
        moderation.report(comment.pk, by=by, reason="spam")
    claiming.claim(reader, guest("b").guest)
    assert Report.objects.get().reporter == f"m{reader.pk}"
    assert drift(article.pk) == []


def test_a_banned_browser_cannot_be_taken_over_and_a_name_is_needed(article: Article, reader: User) -> None:
    browser = guest("b")
    write(article, browser)
    ban = Ban.objects.create(kind="guest", target=browser.key, why="도배")
    with pytest.raises(Forbidden):
        claiming.claim(reader, browser.guest)
    ban.delete()
    nameless = User.objects.create_user("nameless@home.test")
    with pytest.raises(Refused):
        claiming.claim(nameless, browser.guest)
    assert Comment.objects.get().is_guest


def test_the_account_page_offers_it_and_the_browser_forgets_its_key(
    client: Client, article: Article, reader: User
) -> None:
    carrier = HttpResponse()
    remember(carrier, "this browser")
    write(article, guest("this browser"))
    assert guest_hash("this browser") == guest("this browser").guest
    client.force_login(reader)
    assert "/accounts/claim/" not in client.get("/accounts/").content.decode()
    client.cookies[COOKIE] = carrier.cookies[COOKIE].value
    assert "/accounts/claim/" in client.get("/accounts/").content.decode()
    assert client.get("/accounts/claim/").status_code == 405
    answer = client.post("/accounts/claim/", follow=True)
    assert answer.redirect_chain == [("/accounts/", 303)]
    assert "댓글 1개" in answer.content.decode()
    assert Comment.objects.get().user == reader
    assert not client.cookies[COOKIE].value
