"""The one door to the audit table: who did what to which object, and why. Never any content."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models

from publication.models import Audit

# Deeds that `last` reads: no index is by kind and time, and the answer may be late, never early.
LOOKED_AT = 200


def record(
    verb: str, *, by: "settings.AUTH_USER_MODEL | AnonymousUser | None", obj: models.Model, why: str = ""
) -> Audit:
    """Writes one row; the caller holds the transaction in which the deed itself is done."""
    person = by if by is not None and by.is_authenticated else None
    return Audit.objects.create(
        verb=verb,
        actor=person,
        actor_name=str(person) if person else "",
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        why=why[: Audit.WHY_MAX],
    )


def last(*object_types: str) -> datetime | None:
    """When something was last done to an object of these kinds ("articles.article"), or a little later.

    Of the newest LOOKED_AT deeds: where none of them was, it is the oldest of these that answers. None for never.
    """
    deeds = list(Audit.objects.order_by("-id").values_list("at", "object_type")[:LOOKED_AT])
    found = next((at for at, kind in deeds if kind in object_types), None)
    return found or (deeds[-1][0] if len(deeds) == LOOKED_AT else None)
