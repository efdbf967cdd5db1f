"""The one door to the audit table: who did what to which object, and why. Never any content."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models

from publication.models import Audit


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
