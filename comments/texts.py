"""What a reader's text must be: canonical, 1 to 400 characters, visible, no blots."""

import re
import unicodedata

from django.utils.translation import gettext as _

from comments.refusals import Refused
from comments.rules import BODY_MAX, MARKS_MAX
from publication.text import LoneSurrogate, TextTooLong, canonical

# Nothing of this is seen: braille's blank and variation selectors. Marks alone are blank as well.
BLANK = re.compile("[\u2800\ufe0e\ufe0f\\s]")
LINK = re.compile(r"(?i)\b(?:https?://|www\.)|\b[\w-]+\.(?:com|net|org|kr|io|me|co|ly|gg|xyz|shop|site)\b")


def accepted(text: str) -> str:
    """The canonical text of a comment; Refused (400 for what is no text, 422 otherwise) with the reason."""
    try:
        body = canonical(text)
    except LoneSurrogate as refusal:
        raise Refused(_("This is not text that can be stored."), status=400) from refusal
    except TextTooLong as refusal:
        raise Refused(_("A comment has at most {max} characters.").format(max=BODY_MAX)) from refusal
    if len(body) > BODY_MAX:
        message = _("A comment has at most {max} characters; this one has {count}.")
        raise Refused(message.format(max=BODY_MAX, count=len(body)))
    if is_blank(body):
        raise Refused(_("Write something first."))
    if has_blot(body):
        raise Refused(_("Too many combining marks in a row."))
    return body


def is_blank(body: str) -> bool:
    """Nothing visible in it."""
    return not any(not unicodedata.category(character).startswith("M") for character in BLANK.sub("", body))


def has_blot(body: str) -> bool:
    """More than MARKS_MAX combining marks in a row."""
    run = 0
    for character in body:
        run = run + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if run > MARKS_MAX:
            return True
    return False


def has_link(body: str) -> bool:
    return LINK.search(body) is not None
