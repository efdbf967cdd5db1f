"""How an article is cited: one line in the paper's language, for a reader's notes."""

import re
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.dateline import Named
from articles.models import Article

# More names than these are cited by the first one.
_NAMES_MAX = 3
# The part in a byline that makes an author; where nobody has it, all of them are.
_WRITING = "writing"
_SIGN = re.compile(r"\W")


def citation(article: Article, bylines: Iterable[Named], paper: str) -> str:
    """`홍길동, 「제목」, 『한빛신문』, 2023.08.24, https://…`: bare names, the day of first publication."""
    people = list(bylines)
    writers = [person.name for person in people if person.role == _WRITING]
    moment = article.first_published_at
    language = settings.LANGUAGE_CODE
    # To change the language costs more than the citation.
    is_active = translation.get_language() == language
    with nullcontext() if is_active else translation.override(language):
        authors = _authors(writers or [person.name for person in people]) or article.source
        pattern = _("“%(title)s”, %(paper)s, %(date)s, %(address)s")
        if authors:
            pattern = _("%(authors)s, “%(title)s”, %(paper)s, %(date)s, %(address)s")
        return pattern % {
            "authors": authors,
            "title": article.title,
            "paper": paper,
            "date": _day(localtime(moment).date(), language) if moment else "",
            "address": settings.SITE_URL + article.get_absolute_url(),
        }


def in_address(words: str) -> str:
    """Words as the value of a field in an address. Browsers encode what is not ASCII themselves, as UTF-8.

    Written out by us, a Korean title takes nine bytes a syllable, twice on every article's page.
    """
    return _SIGN.sub(_quoted, words)


def _quoted(sign: re.Match[str]) -> str:
    return quote(sign[0], safe=":/")


@lru_cache(maxsize=500)
def _day(day: date, language: str) -> str:
    """In the language, which is the active one."""
    return date_format(day, "DATE_FORMAT")


def _authors(names: list[str]) -> str:
    distinct = list(dict.fromkeys(name for name in names if name))
    if len(distinct) > _NAMES_MAX:
        return _("%(name)s and others") % {"name": distinct[0]}
    return pgettext("between names", ", ").join(distinct)
