"""Numbers and words that no honest page sends: never a 500, on either database."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from articles.models import Article
from comments.models import Comment
from publication.models import Publication
from tests.comments.cast import guest, token, write
from tests.factories import make_published_article

pytestmark = pytest.mark.django_db
NUMBERS = ("0", str(2**31), str(2**63 - 1), str(2**63), "9" * 40)
QUERIES = ("parent", "after", "sort", "ids", "article", "version", "value")
ODD = ("", "-1", "1.5", "１", "\u202e", "\ud83d", "a" * 3000, "0-1", "0-" + "9" * 18, NUMBERS[-1])


@pytest.fixture
def comment(publication: Publication) -> Comment:
    return write(make_published_article(), guest("other"))


@pytest.fixture(params=["guest", "member", "moderator"])
def visitor(
    request: pytest.FixtureRequest, reader: User, moderator: User, as_user: Callable[[Any], Client]
) -> Client:
    who = {"guest": None, "member": reader, "moderator": moderator}[request.param]
    return as_user(who) if who else Client()


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_beyond_the_database_is_unknown(visitor: Client, comment: Comment, number: str) -> None:
    article: Article = comment.article
    addresses = [f"/comments/{number}/{verb}" for verb in ("", "at/", "edit/", "delete/", "vote/", "report/")]
    addresses += [f"/news/{number}/comments/", f"/news/{number}/comments/write/"]
    sent = {"body": "글", "nickname": "손님", "token": token(), "value": "1", "reason": "spam"}
    for address in addresses:
        assert visitor.get(address).status_code == 404, address
        assert visitor.post(address, sent).status_code in {404, 405}, address
    assert visitor.post(f"/news/{article.pk}/comments/write/?parent={number}", sent).status_code == 404


@pytest.mark.parametrize("odd", ODD)
def test_odd_parameters_break_nothing(client: Client, comment: Comment, odd: str) -> None:
    value = odd.encode("utf-8", "surrogatepass")
    article, at = f"/news/{comment.article_id}/comments/", f"/comments/{comment.pk}/"
    for name in QUERIES:
        for address in (article, f"{article}write/", at, "/comments/me.json", "/comments/mine/"):
            assert client.get(address, {name: value}).status_code < 500, (address, name)
    for address in (f"{article}write/", f"{at}edit/", f"{at}vote/", f"{at}report/"):
        names = ("body", "nickname", "token", "version", "value", "reason")
        for name in names:
            sent = {
                "body": f"글 {name}",
                "nickname": "손님",
                "token": token(),
                "value": "1",
                "reason": "spam",
            }
            assert client.post(address, sent | {name: value}).status_code < 500, (address, name)
