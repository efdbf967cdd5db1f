"""Names that readers may not take: the paper's own, its people's, and what looks like them."""

from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from articles.models import Reporter
from comments import texts
from comments.refusals import Refused
from comments.rules import NICKNAME_MAX, NICKNAME_MIN
from publication.models import Publication
from publication.text import TextRefused, canonical, skeleton

# Whoever carries one of these in a name speaks for the paper.
RESERVED = (
    "관리자",
    "운영자",
    "편집부",
    "편집국",
    "데스크",
    "admin",
    "administrator",
    "moderator",
    "editor",
    "newsroom",
)


_RESERVED_KEYS = tuple(map(skeleton, RESERVED))


class Names(NamedTuple):
    """Those of the paper, blank for none, and of its reporters with their titles."""

    publication: str
    reporters: tuple[tuple[str, str], ...]


def standing() -> Names:
    """The names at this moment."""
    reporters = Reporter.objects.order_by("id").values_list("name", "title")
    return Names(Publication.objects.only("name").current().name, tuple(reporters))


def accepted(nickname: str, names: Names) -> str:
    """A reader's nickname, guest or member, in its canonical form; Refused with the reason."""
    try:
        name = " ".join(canonical(nickname).split())
    except TextRefused as refusal:
        raise Refused(_("This nickname cannot be used.")) from refusal
    if not NICKNAME_MIN <= len(name) <= NICKNAME_MAX:
        message = _("A nickname has {min} to {max} characters.")
        raise Refused(message.format(min=NICKNAME_MIN, max=NICKNAME_MAX))
    if texts.has_blot(name):
        raise Refused(_("Too many combining marks in a row."))
    if not skeleton(name):
        raise Refused(_("A nickname needs letters or digits."))
    if is_reserved(name, names):
        raise Refused(_("This name is reserved for the newspaper's own people."))
    return name


def is_reserved(name: str, names: Names) -> bool:
    """Holds a reserved word, or is the publication's or a reporter's name, by skeleton."""
    key = skeleton(name)
    if any(word in key for word in _RESERVED_KEYS):
        return True
    publication, reporters = _keys(names)
    return bool(publication and publication in key) or key in reporters


@lru_cache(maxsize=8)
def _keys(names: Names) -> tuple[str, frozenset[str]]:
    written = (one for name, title in names.reporters for one in (name, f"{name}{title}", f"{name}기자"))
    return skeleton(names.publication), frozenset(map(skeleton, written))
