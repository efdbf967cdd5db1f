"""The table of roles in publishing.md, cell by cell."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts import permissions, roles
from accounts.models import Role, User

ROLES = ("reporter", "desk", "moderator", "manager", "reader", "guest")


@pytest.fixture
def person(request: pytest.FixtureRequest) -> Callable[[str], Any]:
    return lambda name: AnonymousUser() if name == "guest" else request.getfixturevalue(name)


def article(owner: Any = None, status: str = "draft", **fields: Any) -> Any:
    """What permissions.py asks of an article."""
    defaults = {
        "status": status,
        "owner_id": getattr(owner, "pk", None),
        "submitted_by_id": None,
        "section": None,
        "is_kept": status in {"published", "withdrawn"},
    }
    return SimpleNamespace(**defaults | fields)


TABLE = [
    # predicate, article of, status, who may
    ("can_view_article", "own", "draft", {"reporter", "desk", "manager"}),
    ("can_view_article", "other", "draft", {"desk", "manager"}),
    ("can_edit_article", "own", "draft", {"reporter", "desk", "manager"}),
    ("can_edit_article", "own", "returned", {"reporter", "desk", "manager"}),
    ("can_edit_article", "own", "submitted", {"desk", "manager"}),
    ("can_edit_article", "own", "published", {"desk", "manager"}),
    ("can_edit_article", "own", "withdrawn", {"desk", "manager"}),
    ("can_edit_article", "other", "draft", {"desk", "manager"}),
    ("can_submit_article", "own", "draft", {"reporter", "desk", "manager"}),
    ("can_submit_article", "own", "submitted", set()),
    ("can_submit_article", "other", "draft", {"desk", "manager"}),
    ("can_decide_article", "own", "submitted", {"desk", "manager"}),
    ("can_approve_article", "other", "submitted", {"desk", "manager"}),
    ("can_withdraw_article", "own", "published", {"desk", "manager"}),
    ("can_delete_article", "own", "draft", {"reporter", "desk", "manager"}),
    ("can_delete_article", "other", "draft", {"desk", "manager"}),
    ("can_delete_article", "own", "submitted", {"desk", "manager"}),
    ("can_delete_article", "own", "published", set()),
    ("can_delete_article", "own", "withdrawn", set()),
]


@pytest.mark.parametrize(("predicate", "whose", "status", "allowed"), TABLE)
def test_articles(
    person: Callable[[str], Any], predicate: str, whose: str, status: str, allowed: set[str]
) -> None:
    for name in ROLES:
        user = person(name)
        piece = article(user if whose == "own" and name != "guest" else None, status)
        assert getattr(permissions, predicate)(user, piece) == (name in allowed), name


@pytest.mark.parametrize(
    ("predicate", "allowed"),
    [
        ("can_enter_admin", {"reporter", "desk", "moderator", "manager"}),
        ("can_use_newsroom", {"reporter", "desk", "manager"}),
        ("can_write_articles", {"reporter", "desk", "manager"}),
        ("can_see_all_articles", {"desk", "manager"}),
        ("can_use_photos", {"reporter", "desk", "manager"}),
        ("can_manage_series", {"desk", "manager"}),
        ("can_manage_publication", {"manager"}),
        ("can_manage_people", {"manager"}),
        ("can_read_audit", {"manager"}),
        ("can_moderate_comments", {"moderator", "manager"}),
        ("can_ban_writers", {"moderator", "manager"}),
        ("can_edit_blocked_words", {"moderator", "manager"}),
        ("can_close_threads", {"desk", "moderator", "manager"}),
    ],
)
def test_the_paper(person: Callable[[str], Any], predicate: str, allowed: set[str]) -> None:
    assert {name for name in ROLES if getattr(permissions, predicate)(person(name))} == allowed


def test_photos_are_changed_by_their_uploader_and_by_desks(person: Callable[[str], Any]) -> None:
    for name in ROLES:
        user = person(name)
        own = SimpleNamespace(uploaded_by_id=getattr(user, "pk", None))
        assert permissions.can_edit_photo(user, own) == (name in {"reporter", "desk", "manager"}), name
        other = SimpleNamespace(uploaded_by_id=None)
        assert permissions.can_edit_photo(user, other) == (name in {"desk", "manager"}), name


def test_nobody_approves_what_he_or_she_submitted_but_a_manager_with_a_reason(
    desk: User, manager: User
) -> None:
    for user in (desk, manager):
        own = article(None, "submitted", submitted_by_id=user.pk)
        assert not permissions.can_approve_article(user, own)
        assert not permissions.can_approve_article(user, own, reason="  ")
        assert permissions.can_approve_article(user, own, reason="심야") == (user == manager)


def test_a_person_who_left_may_nothing(reporter: User, manager: User) -> None:
    for user in (reporter, manager):
        user.is_active = False
        assert not permissions.can_enter_admin(user)
        assert not permissions.can_edit_article(user, article(user))


def test_a_superuser_counts_as_manager_and_staff_is_membership(db: None, reader: User) -> None:
    assert User.objects.create_superuser("root@paper.test", "x").roles == {Role.MANAGER}
    assert not reader.is_staff
    roles.give(reader, Role.MODERATOR)
    assert reader.is_staff
    assert reader.roles == {Role.MODERATOR}


def test_one_person_may_have_two_roles(reporter: User) -> None:
    roles.give(reporter, Role.MODERATOR)
    assert permissions.can_write_articles(reporter)
    assert reporter.roles == {Role.REPORTER, Role.MODERATOR}
