"""Every other door of the admin, by role: lists, forms, choosers, people, the paper's facts, the audit."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import Role, User
from articles.models import Article, Photo, Section
from publication.models import Audit, PolicyPage, Publication
from tests.factories import make_article, make_photo, make_reporter, make_section, make_user

pytestmark = pytest.mark.django_db

ROLES = ("guest", "reader", "reporter", "desk", "moderator", "manager")
CHOOSE = "/admin/autocomplete/?app_label=articles&model_name={}&field_name={}&term="
# Statuses in the order of ROLES. 302 for a stranger is the log-in.
NEWSROOM = (302, 302, 200, 200, 403, 200)
DESKS = (302, 302, 403, 200, 403, 200)
MANAGERS = (302, 302, 403, 403, 403, 200)
STAFF = (302, 302, 200, 200, 200, 200)
DOORS: dict[str, tuple[int, ...]] = {
    "/admin/": STAFF,
    "/admin/jsi18n/": STAFF,
    "/admin/articles/": (302,) * 6,
    "/admin/articles/article/": NEWSROOM,
    "/admin/articles/article/add/": NEWSROOM,
    "/admin/articles/photo/": NEWSROOM,
    "/admin/articles/photo/add/": NEWSROOM,
    "/admin/articles/photo/{photo}/change/": NEWSROOM,
    "/admin/articles/photo/{photo}/delete/": (302, 302, 403, 403, 403, 403),
    "/admin/articles/photo/library/": (403, 403, 200, 200, 403, 200),
    "/admin/articles/section/": NEWSROOM,
    "/admin/articles/section/add/": MANAGERS,
    "/admin/articles/section/{section}/delete/": MANAGERS,
    "/admin/articles/reporter/": NEWSROOM,
    "/admin/articles/reporter/add/": MANAGERS,
    "/admin/articles/reporter/{reporter}/change/": NEWSROOM,
    "/admin/articles/reporter/{reporter}/delete/": MANAGERS,
    "/admin/articles/series/": NEWSROOM,
    "/admin/articles/series/add/": DESKS,
    "/admin/taggit/tag/": NEWSROOM,
    "/admin/taggit/tag/add/": DESKS,
    "/admin/articles/deskassignment/": MANAGERS,
    "/admin/articles/deskassignment/add/": MANAGERS,
    "/admin/publication/publication/1/change/": MANAGERS,
    "/admin/publication/publication/1/delete/": (302, 302, 403, 403, 403, 403),
    "/admin/publication/publication/add/": (302, 302, 403, 403, 403, 403),
    "/admin/publication/policypage/": MANAGERS,
    "/admin/publication/policypage/add/": MANAGERS,
    "/admin/publication/policypage/{policy}/change/": MANAGERS,
    "/admin/publication/policypage/{policy}/delete/": (302, 302, 403, 403, 403, 403),
    "/admin/publication/audit/": MANAGERS,
    "/admin/publication/audit/{audit}/change/": MANAGERS,
    "/admin/publication/audit/{audit}/delete/": (302, 302, 403, 403, 403, 403),
    "/admin/publication/audit/add/": (302, 302, 403, 403, 403, 403),
    "/admin/accounts/user/": MANAGERS,
    "/admin/accounts/user/add/": MANAGERS,
    "/admin/accounts/user/{user}/change/": MANAGERS,
    "/admin/accounts/user/{user}/password/": MANAGERS,
    "/admin/accounts/user/{user}/history/": MANAGERS,
    "/admin/accounts/user/{user}/delete/": (302, 302, 403, 403, 403, 200),
    "/admin/account/emailaddress/": (302, 302, 403, 403, 403, 403),
    "/admin/auth/group/": (302, 302, 404, 404, 404, 404),
    CHOOSE.format("byline", "reporter"): NEWSROOM,
    CHOOSE.format("reporter", "user"): MANAGERS,
    CHOOSE.format("deskassignment", "user"): MANAGERS,
    CHOOSE.format("deskassignment", "section"): NEWSROOM,
    CHOOSE.format("article", "owner"): MANAGERS,
    "/admin/r/1/1/": (302, 302, 404, 404, 404, 404),
    "/admin/nowhere/": (302, 302, 404, 404, 404, 404),
}


@pytest.fixture
def things(publication: Publication, desk: User) -> dict[str, int]:
    """One object of each kind that a door names."""
    return {
        "photo": make_photo(by=desk).pk,
        "section": make_section("사회", "society").pk,
        "reporter": make_reporter("홍길동").pk,
        "policy": PolicyPage.objects.create(slug="terms", title="이용약관").pk,
        "audit": Audit.objects.create(verb="submit", object_type="articles.article", object_id="1").pk,
        "user": make_user("someone@home.test", "누군가").pk,
    }


@pytest.fixture
def clients(
    reader: User,
    reporter: User,
    desk: User,
    moderator: User,
    manager: User,
    as_user: Callable[[Any], Client],
) -> dict[str, Client]:
    people = [as_user(person) for person in (reader, reporter, desk, moderator, manager)]
    return dict(zip(ROLES, [Client(), *people], strict=True))


@pytest.mark.parametrize("door", DOORS)
def test_a_door_opens_to_whom_it_should(
    things: dict[str, int], clients: dict[str, Client], door: str
) -> None:
    address = door.format(**things)
    got = tuple(clients[role].get(address).status_code for role in ROLES)
    assert dict(zip(ROLES, got, strict=True)) == dict(zip(ROLES, DOORS[door], strict=True))


def test_a_refused_stranger_is_sent_to_the_papers_log_in_and_back(client: Client) -> None:
    response = client.get("/admin/articles/article/7/change/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=")
    assert "article/7/change" in response.redirect_chain[-1][0]


@pytest.mark.parametrize(
    "address",
    [
        "/admin/articles/article/?owner__password__startswith=a",
        "/admin/articles/photo/?uploaded_by__email__startswith=a",
        "/admin/articles/reporter/?user__password__startswith=a",
        "/admin/accounts/user/?_to_field=password",
        "/admin/articles/reporter/?_to_field=email",
        "/admin/articles/photo/1/change/?_to_field=sha256",
    ],
)
def test_no_list_answers_questions_about_what_it_does_not_show(
    things: dict[str, int], clients: dict[str, Client], address: str
) -> None:
    assert clients["manager"].get(address).status_code in {302, 400}
    assert clients["manager"].get(address, follow=True).status_code in {200, 400}


def test_lists_changed_in_place_are_changed_by_managers_only(
    clients: dict[str, Client], publication: Publication
) -> None:
    section = make_section("사회", "society", order=1)
    data = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-id": section.pk,
        "form-0-order": 9,
        "_save": "1",
    }
    for role in ("reporter", "desk", "moderator"):
        assert clients[role].post("/admin/articles/section/", data).status_code in {200, 403}
        assert Section.objects.get().order == 1
    assert clients["manager"].post("/admin/articles/section/", data).status_code == 302
    assert Section.objects.get().order == 9


def test_a_reporter_changes_own_photos_and_reads_the_others(
    clients: dict[str, Client], reporter: User, desk: User
) -> None:
    own, others = make_photo(by=reporter), make_photo(by=desk)
    data = {"caption": "고친 설명", "ai_use": "none", "focal_x": "0.2", "focal_y": "0.8"}
    client = clients["reporter"]
    assert client.post(f"/admin/articles/photo/{own.pk}/change/", data).status_code == 302
    assert client.post(f"/admin/articles/photo/{others.pk}/change/", data).status_code == 403
    assert Photo.objects.get(pk=own.pk).focal_x == 0.2
    assert Photo.objects.get(pk=others.pk).caption != "고친 설명"


def test_lists_offer_no_deletion_of_articles_photos_and_records(
    clients: dict[str, Client], things: dict[str, int]
) -> None:
    article = make_article(owner=None)
    for address in ("articles/article", "articles/photo", "publication/audit"):
        data = {"action": "delete_selected", "_selected_action": [article.pk, 1], "post": "yes"}
        clients["manager"].post(f"/admin/{address}/", data)
    assert Article.objects.exists()
    assert Photo.objects.exists()
    assert Audit.objects.filter(pk=things["audit"]).exists()


# People


def person_form(user: User, *roles: Role, **fields: Any) -> dict[str, Any]:
    groups = [Group.objects.get(name=role).pk for role in roles]
    return {"email": user.email, "name": user.name, "groups": groups, "is_active": "on"} | fields


def test_a_manager_gives_roles_and_never_more(
    clients: dict[str, Client], manager: User, reader: User
) -> None:
    address = f"/admin/accounts/user/{reader.pk}/change/"
    forged = {"is_superuser": "on", "is_staff": "on", "user_permissions": ["1"]}
    form = person_form(reader, Role.REPORTER, **forged)
    assert clients["manager"].post(address, form).status_code == 302
    person = User.objects.get(pk=reader.pk)
    assert person.roles == {Role.REPORTER}
    assert not person.is_superuser
    assert not person.user_permissions.exists()
    assert Audit.objects.filter(verb="roles", object_id=str(reader.pk), why="reporter").exists()


def test_a_new_person_is_a_reader_unless_a_role_is_given(clients: dict[str, Client]) -> None:
    form = {
        "email": "new@paper.test",
        "name": "새 사람",
        "password1": "correct horse battery",
        "password2": "correct horse battery",
        "is_superuser": "on",
    }
    assert clients["manager"].post("/admin/accounts/user/add/", form).status_code == 302
    person = User.objects.get(email="new@paper.test")
    assert not person.is_superuser
    assert person.roles == frozenset()
    form |= {"email": "second@paper.test", "groups": [Group.objects.get(name=Role.DESK).pk]}
    assert clients["manager"].post("/admin/accounts/user/add/", form).status_code == 302
    assert User.objects.get(email="second@paper.test").roles == {Role.DESK}
    assert Audit.objects.filter(verb="roles", why="desk").exists()


def test_the_account_above_managers_is_out_of_their_reach(clients: dict[str, Client]) -> None:
    above = User.objects.create_superuser("root@paper.test", "correct horse battery")
    password = above.password
    client = clients["manager"]
    for door in ("change", "password", "delete"):
        address = f"/admin/accounts/user/{above.pk}/{door}/"
        data = {"password1": "x" * 20, "password2": "x" * 20, "post": "yes", "email": "mine@home.test"}
        assert client.post(address, data).status_code == 403
    client.post(
        "/admin/accounts/user/",
        {"action": "delete_selected", "_selected_action": [above.pk], "post": "yes"},
    )
    above.refresh_from_db()
    assert (above.email, above.password) == ("root@paper.test", password)


def test_nobody_locks_the_door_behind_oneself(clients: dict[str, Client], manager: User) -> None:
    address = f"/admin/accounts/user/{manager.pk}/change/"
    for form in (person_form(manager, Role.DESK), person_form(manager, Role.MANAGER, is_active="")):
        assert clients["manager"].post(address, form).status_code == 200
    assert (
        clients["manager"].post(f"/admin/accounts/user/{manager.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )
    assert User.objects.get(pk=manager.pk).roles == {Role.MANAGER}


def test_forms_of_people_name_the_roles_in_their_order_and_no_foreign_log_in(
    clients: dict[str, Client], reader: User
) -> None:
    for door in ("add", f"{reader.pk}/change", f"{reader.pk}/password"):
        page = clients["manager"].get(f"/admin/accounts/user/{door}/").content.decode()
        assert "LDAP" not in page
        assert 'name="usable_password"' not in page, door
        if not door.endswith("password"):
            roles = re.findall(r'name="groups"[^>]*>\s*([^<]*)</label>', page)
            assert [name.strip() for name in roles] == [role.label for role in Role], door
