"""What the audit's verbs are called. They are stored in English, so that a log reads the same for ever."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise] = {
    "create": _("created"),
    "update": _("updated"),
    "fix typo": _("fixed a typo"),
    "submit": _("sent to the desk"),
    "recall": _("took back"),
    "return": _("returned"),
    "publish": _("approved and published"),
    "schedule": _("approved for a time"),
    "reschedule": _("moved the time"),
    "unschedule": _("took from the schedule"),
    "withdraw": _("withdrew"),
    "reinstate": _("published again"),
    "delete": _("deleted"),
    "upload": _("uploaded"),
    "describe": _("changed a photo's data"),
    "change": _("changed"),
    "roles": _("changed roles"),
    "restore": _("let a comment stand"),
    "hold": _("held for review"),
    "hide": _("hid"),
    "claim": _("took from view for a rights claim"),
    "end claim": _("a rights claim ended"),
    "set discussion": _("changed a thread"),
    "ban": _("banned"),
    "lift ban": _("lifted a ban"),
    "close account": _("closed the own account"),
    "password": _("set a new password"),
}


def label(verb: str) -> str:
    """The verb in the person's language; one that is not known stays as it was stored."""
    return str(LABELS.get(verb, verb))
