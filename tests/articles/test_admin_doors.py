"""Roles × doors of the admin: who is let in where, in which state of an article, and what is answered instead.

302 to the log-in for strangers, 403 for staff without the right, 302 to the desk for an article that is
somebody else's or nobody's: unknown and forbidden look the same.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from articles.models import Article, DeskAssignment
from articles.models.article import Status
from tests.factories import make_article, make_section, make_user

pytestmark = pytest.mark.django_db

ROLES = ("guest", "reader", "reporter", "colleague", "desk", "other_desk", "moderator", "manager")
STATES = ("draft", "submitted", "returned", "scheduled", "published", "withdrawn")
UNKNOWN = 999_999

IN, LOGIN, DESK, NO, GONE = "200", "302 log-in", "302 desk", "403", "404"
SAVED = "302 saved"
STRANGERS = {"guest": LOGIN, "reader": LOGIN}
NOT_EVEN_LISTED = STRANGERS | {"colleague": DESK, "moderator": NO}

# What an article's doors answer, by role; "own" is its reporter in a state in which reporters write.
READ = NOT_EVEN_LISTED | {"reporter": IN, "desk": IN, "other_desk": IN, "manager": IN}
HISTORY = READ | {"moderator": DESK}
PREVIEW = READ | {"colleague": GONE, "moderator": GONE}
SAVE_OPEN = NOT_EVEN_LISTED | {"reporter": SAVED, "desk": SAVED, "other_desk": NO, "manager": SAVED}
SAVE_CLOSED = SAVE_OPEN | {"reporter": NO}
DELETE_OPEN = STRANGERS | {
    "reporter": IN,
    "colleague": NO,
    "desk": IN,
    "other_desk": NO,
    "moderator": NO,
    "manager": IN,
}
DELETE_WAITING = DELETE_OPEN | {"reporter": NO}
DELETE_NEVER = DELETE_WAITING | {"desk": NO, "manager": NO}

DOORS: dict[str, dict[str, dict[str, str]]] = {
    "change": dict.fromkeys(STATES, READ),
    "history": dict.fromkeys(STATES, HISTORY),
    "preview": dict.fromkeys(STATES, PREVIEW),
    "delete": {
        "draft": DELETE_OPEN,
        "submitted": DELETE_WAITING,
        "returned": DELETE_OPEN,
        "scheduled": DELETE_NEVER,
        "published": DELETE_NEVER,
        "withdrawn": DELETE_NEVER,
    },
}
SAVING = {state: SAVE_OPEN if state in {"draft", "returned"} else SAVE_CLOSED for state in STATES}


@pytest.fixture
def cast(
    reader: User, reporter: User, colleague: User, desk: User, moderator: User, manager: User
) -> dict[str, User | None]:
    """Everybody by name; the other desk minds a section in which the article does not stand."""
    other_desk = make_user("other@paper.test", "남데스크", Role.DESK)
    DeskAssignment.objects.create(user=other_desk, section=make_section("스포츠", "sports"))
    people = [None, reader, reporter, colleague, desk, other_desk, moderator, manager]
    return dict(zip(ROLES, people, strict=True))


@pytest.fixture
def enter(cast: dict[str, User | None], as_user: Callable[[Any], Client]) -> Callable[[str], Client]:
    """The client of a role; the guest's is not signed in."""

    def client_of(role: str) -> Client:
        person = cast[role]
        return Client() if person is None else as_user(person)

    return client_of


def article_in(state: str, owner: User | None) -> Article:
    """The reporter's article, complete, in one of the six states."""
    now = timezone.now()
    at = now + timedelta(hours=1) if state == "scheduled" else now - timedelta(hours=1)
    fields: dict[str, Any] = {
        "owner": owner,
        "submitted_by": owner,
        "section": make_section("사회", "society"),
    }
    if state in {"scheduled", "published", "withdrawn"}:
        fields |= {"status": Status.PUBLISHED, "publish_at": at, "first_published_at": at}
    else:
        fields["status"] = state
    if state == "withdrawn":
        fields |= {"status": Status.WITHDRAWN, "withdrawn_at": now}
    return make_article(**fields)


def address(article: Article, door: str) -> str:
    return f"/admin/articles/article/{article.pk}/{door}/"


def answer_of(response: Any) -> str:
    """The status, and where a redirect leads."""
    if response.status_code != 302:
        return str(response.status_code)
    if response.url.startswith(("/admin/login/", "/accounts/login/")):
        return LOGIN
    return DESK if response.url == "/admin/" else "302 saved"


def form_of(article: Article, **fields: Any) -> dict[str, Any]:
    """What the browser sends from the article's form."""
    byline = article.bylines.get()
    return {
        "title": "고친 제목",
        "body": article.body,
        "kind": "article",
        "grade": "normal",
        "ai_use": "none",
        "section": article.section_id,
        "bylines-TOTAL_FORMS": 1,
        "bylines-INITIAL_FORMS": 1,
        "bylines-0-id": byline.pk,
        "bylines-0-article": article.pk,
        "bylines-0-reporter": byline.reporter_id,
        "bylines-0-role": "writing",
        "bylines-0-order": 0,
        "related_picks-TOTAL_FORMS": 0,
        "related_picks-INITIAL_FORMS": 0,
        "_continue": "1",
    } | fields


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("door", DOORS)
def test_an_articles_doors_open_to_whom_they_should(
    cast: dict[str, User | None], enter: Callable[[str], Client], door: str, state: str
) -> None:
    article = article_in(state, cast["reporter"])
    got = {role: answer_of(enter(role).get(address(article, door))) for role in ROLES}
    assert got == {role: DOORS[door][state][role] for role in ROLES}


@pytest.mark.parametrize("state", STATES)
def test_saving_an_article_is_refused_or_done_and_nothing_between(
    cast: dict[str, User | None], enter: Callable[[str], Client], state: str
) -> None:
    article = article_in(state, cast["reporter"])
    expected = SAVING[state]
    for role in ROLES:
        Article.objects.filter(pk=article.pk).update(title="제목")
        got = answer_of(enter(role).post(address(article, "change"), form_of(article)))
        assert (role, got) == (role, expected[role])
        article.refresh_from_db()
        assert (role, article.title) == (role, "고친 제목" if expected[role] == SAVED else "제목")


@pytest.mark.parametrize("door", DOORS)
def test_what_is_unknown_looks_like_what_is_somebody_elses(
    cast: dict[str, User | None], enter: Callable[[str], Client], door: str
) -> None:
    article = article_in("draft", cast["reporter"])
    unknown = Article(pk=UNKNOWN)
    for role in ("guest", "reader", "colleague", "moderator"):
        client = enter(role)
        there, nowhere = client.get(address(article, door)), client.get(address(unknown, door))
        assert answer_of(there) == answer_of(nowhere)
        if role in STRANGERS:
            assert there.url.replace(str(article.pk), "N") == nowhere.url.replace(str(UNKNOWN), "N")


def test_who_has_no_role_ends_at_a_refusal(enter: Callable[[str], Client]) -> None:
    assert enter("reader").get("/admin/", follow=True).status_code == 403


BUTTONS = (
    "_submit",
    "_approve",
    "_schedule",
    "_return",
    "_reschedule",
    "_unschedule",
    "_withdraw",
    "_reinstate",
)
# The only buttons that do something, by role and state; every other press changes nothing.
PRESSED = {
    ("reporter", "draft"): {"_submit"},
    ("reporter", "returned"): {"_submit"},
    ("desk", "draft"): {"_submit"},
    ("desk", "returned"): {"_submit"},
    ("desk", "submitted"): {"_approve", "_schedule", "_return"},
    ("desk", "scheduled"): {"_reschedule", "_unschedule"},
    ("desk", "published"): {"_withdraw"},
    ("desk", "withdrawn"): {"_reinstate"},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ["reporter", "colleague", "desk", "other_desk", "moderator"])
def test_a_pressed_button_does_what_its_presser_may_and_nothing_else(
    cast: dict[str, User | None], enter: Callable[[str], Client], role: str, state: str
) -> None:
    later = timezone.localtime(timezone.now() + timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M")
    client, article = enter(role), article_in(state, cast["reporter"])
    before = (article.status, article.publish_at)
    effective = set()
    for button in BUTTONS:
        with transaction.atomic():
            client.post(address(article, "change"), form_of(article, note="사유", at=later, **{button: "1"}))
            now = Article.objects.get(pk=article.pk)
            if (now.status, now.publish_at) != before:
                effective.add(button)
            # The next button finds the article as this one did.
            transaction.set_rollback(True)
    assert effective == PRESSED.get((role, state), set())


def test_whoever_submitted_an_article_gets_no_button_to_approve_it(
    enter: Callable[[str], Client], desk: User
) -> None:
    article = article_in("submitted", desk)
    page = enter("desk").get(address(article, "change")).content.decode()
    assert 'name="_return"' in page
    assert 'name="_approve"' not in page


def test_a_new_article_belongs_to_whoever_wrote_it(enter: Callable[[str], Client], colleague: User) -> None:
    fields = {"title": "새 글", "kind": "article", "grade": "normal", "ai_use": "none"}
    forms = {
        f"{rows}-{name}": 0
        for rows in ("bylines", "related_picks")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    forged = {"owner": 1, "status": "published", "publish_at": "2020-01-01T00:00", "submitted_by": 1}
    assert enter("colleague").post("/admin/articles/article/add/", fields | forms | forged).status_code == 302
    article = Article.objects.get()
    assert (article.owner, article.status, article.publish_at) == (colleague, Status.DRAFT, None)
    assert article.submitted_by is None
