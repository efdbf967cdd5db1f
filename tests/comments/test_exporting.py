"""Everything about a member in one file, and nothing left of it when the account is deleted."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from articles import workflow
from articles.models import Article
from comments import moderation, voting
from comments.models import Ban, Comment, Posting, Report, State, Vote
from comments.recount import drift
from publication.models import Audit
from tests.comments.cast import guest, member, write
from tests.factories import PASSWORD, make_published_article

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]


@pytest.fixture
def article() -> Article:
    return make_published_article(title="강 위의 다리")


def database() -> str:
    """Every row of every table, as text; the index of articles' words gives no rows back."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - {"articles_searchterms"}
        found = []
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def leave(client: Client) -> Any:
    """Presses the button, gives the password, and is where that leads."""
    asked = client.post("/accounts/delete/")
    assert asked.status_code == 302
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    return client.post(asked["Location"], {"password": PASSWORD})


def test_the_file_holds_everything(
    as_user: SignIn, article: Article, reader: User, stranger: User, moderator: User, desk: User
) -> None:
    mine, theirs = write(article, member(reader), "내가 쓴 글"), write(article, member(stranger), "남의 글")
    voting.set_vote(theirs.pk, by=member(reader), value=1)
    moderation.report(theirs.pk, by=member(reader), reason="spam")
    hidden = write(make_published_article(title="회수될 기사"), member(reader), "회수된 기사의 글")
    moderation.hide(mine.pk, by=moderator, why="spam")
    Ban.objects.create(kind="member", target=f"m{reader.pk}", why="도배")
    workflow.withdraw(hidden.article, by=desk, reason="확인")
    answer = as_user(reader).get("/accounts/export/")
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert "private" in answer["Cache-Control"]
    told = json.loads(answer.content)
    assert told["account"]["email"] == reader.email
    assert [row["text"] for row in told["comments"]] == ["내가 쓴 글", "회수된 기사의 글"]
    assert told["comments"][0]["state"] == "hidden"
    assert [row["article_title"] for row in told["comments"]] == ["강 위의 다리", None]
    assert [row["value"] for row in told["votes"]] == [1]
    assert [row["reason"] for row in told["reports"]] == ["spam"]
    assert [row["reason"] for row in told["bans"]] == ["도배"]
    assert len(told["sent_forms"]) == 2
    assert "남의 글" not in answer.content.decode()


def test_the_file_is_for_who_is_logged_in(client: Client) -> None:
    for door in ("/accounts/export/", "/accounts/delete/"):
        assert client.get(door)["Location"] == f"/accounts/login/?next={door}"
    assert client.post("/accounts/delete/").status_code == 302


def test_deleting_asks_first_and_wants_the_password(as_user: SignIn, reader: User) -> None:
    client = as_user(reader)
    assert "복구할 수 없습니다" in client.get("/accounts/delete/").content.decode()
    client.post("/accounts/delete/")
    assert User.objects.filter(pk=reader.pk).exists()


def test_nothing_is_left_of_a_member_who_leaves(
    as_user: SignIn, article: Article, reader: User, stranger: User
) -> None:
    User.objects.filter(pk=reader.pk).update(nickname="유일한이름")
    reader.refresh_from_db()
    alone = write(article, member(reader), "혼자 선 낱말")
    top = write(article, member(reader), "답글 달린 낱말")
    reply = write(article, member(stranger), "남는 답글", answers=top)
    voting.set_vote(reply.pk, by=member(reader), value=1)
    moderation.report(reply.pk, by=member(reader), reason="other")
    Ban.objects.create(kind="member", target=f"m{reader.pk}", why="도배")
    client = as_user(reader)
    answer = leave(client)
    assert answer.status_code == 303
    assert "지웠습니다" in client.get("/accounts/login/").content.decode()
    assert not User.objects.filter(pk=reader.pk).exists()
    assert not Comment.objects.filter(pk=alone.pk).exists()
    top.refresh_from_db()
    reply.refresh_from_db()
    assert (top.state, reply.body, reply.up, reply.reports) == (State.DELETED, "남는 답글", 0, 0)
    assert not Vote.objects.exists()
    assert not Report.objects.exists()
    assert not Posting.objects.filter(writer=f"m{reader.pk}").exists()
    assert Audit.objects.get(verb="close account").object_id == str(reader.pk)
    left = database()
    for gone in ("낱말", "유일한이름", reader.email):
        assert gone not in left
    assert drift(article.pk) == []
    assert client.get("/accounts/").status_code == 302


def test_staff_do_not_leave_by_a_click(as_user: SignIn, reporter: User) -> None:
    client = as_user(reporter)
    assert client.get("/accounts/delete/").status_code == 403
    assert leave(client).status_code == 403
    assert User.objects.filter(pk=reporter.pk).exists()


def test_a_guests_rows_are_nobodys_export(as_user: SignIn, article: Article, reader: User) -> None:
    write(article, guest(), "비회원의 글")
    assert "비회원의 글" not in as_user(reader).get("/accounts/export/").content.decode()


def test_a_manager_deletes_a_person_the_same_way(
    as_user: SignIn, article: Article, reader: User, stranger: User, manager: User
) -> None:
    top = write(article, member(reader), "답글 달린 낱말")
    reply = write(article, member(stranger), answers=top)
    voting.set_vote(reply.pk, by=member(reader), value=1)
    door = f"/admin/accounts/user/{reader.pk}/delete/"
    client = as_user(manager)
    assert "낱말" not in client.get(door).content.decode()
    assert client.post(door, {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=reader.pk).exists()
    top.refresh_from_db()
    assert (top.state, top.body) == (State.DELETED, "")
    assert "낱말" not in database()
    assert drift(article.pk) == []
