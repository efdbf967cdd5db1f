"""Giving and taking roles. A role is a group; membership is all there is to it."""

from django.contrib.auth.models import Group

from accounts.models import Role, User


def give(user: User, *roles: Role) -> None:
    """Adds the roles to the person's groups and forgets what was cached about them."""
    for role in roles:
        user.groups.add(Group.objects.get_or_create(name=role.value)[0])
    user.__dict__.pop("roles", None)
