"""The demo's log-ins: one per role, a reader, and the reporters whose names stand over the stories."""

from typing import Any

from allauth.account.models import EmailAddress

from accounts import roles
from accounts.models import Role, User
from articles.models import Reporter
from newsroom.demo import PASSWORD

NAMES = {
    Role.REPORTER: "민가온",
    Role.DESK: "나도담",
    Role.MODERATOR: "우리온",
    Role.MANAGER: "한도경",
}
# Of the eight, the one who logs in as reporter@example.com.
LOGIN_REPORTER = "mingaon"


def load_logins() -> dict[str, User]:
    """The five log-ins by role name; `reader` has none."""
    people = {role.value: _person(f"{role}@example.com", name=NAMES[role], role=role) for role in Role}
    people["reader"] = _person("reader@example.com", nickname="독자")
    for user in people.values():
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        EmailAddress.objects.get_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )
    return people


def load_reporters(rows: list[dict[str, Any]], login: User) -> dict[str, Reporter]:
    """Reporters by key, each with a log-in of its own (without a password, except the demo's)."""
    found = {}
    for row in rows:
        is_login = row["key"] == LOGIN_REPORTER
        user = login if is_login else _person(row["email"], name=row["name"], role=Role.REPORTER)
        fields = {key: row[key] for key in ("name", "title", "bio")}
        found[row["key"]] = Reporter.objects.get_or_create(
            email=row["email"], defaults={**fields, "user": user}
        )[0]
    return found


def _person(email: str, *, role: Role | None = None, **fields: str) -> User:
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, **fields)
        if role is not None:
            roles.give(user, role)
    return user
