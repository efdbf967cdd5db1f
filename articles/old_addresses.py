"""Addresses of the system that the paper moved in from: one form for all of them, and where each leads.

`canonical` is the only maker of that form, for the import and for a reader's request alike. Nothing of an old
address ever reaches the answer: what is found is the number of an article of this paper.
"""

import re
import unicodedata
from datetime import datetime
from urllib.parse import unquote_to_bytes, urlsplit

from django.urls import Resolver404, resolve
from django.utils.encoding import repercent_broken_unicode

from articles.models import Article, OldAddress

ADDRESS_MAX = OldAddress._meta.get_field("address").max_length
# An address longer than this, as it was sent, is not even decoded.
RAW_MAX = 4_000
FIELDS_MAX = 40
# What others hang on a link to see where its reader came from; it says nothing about the article.
TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|igshid|mc_[ce]id|yclid)", re.IGNORECASE
)
_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def canonical(path: str, query: str) -> str:
    """The stored form of a decoded path and a query as it was sent; "" for what no row can hold.

    Percent-encodings are decoded once where they are UTF-8 (NFC), and kept in capitals where they are not, as
    in links of the days of EUC-KR. The query's fields are sorted, tracking left out; the fragment never counts.
    """
    if len(path) + len(query) > RAW_MAX:
        return ""
    fields = sorted(filter(None, map(_field, query.split("&", FIELDS_MAX)[:FIELDS_MAX])))
    address = "/" + path.lstrip("/") + ("?" + "&".join(fields) if fields else "")
    address = unicodedata.normalize("NFC", address)
    return "" if len(address) > ADDRESS_MAX or _UNREADABLE.search(address) else address


def canonical_link(link: str) -> str:
    """The stored form of a whole link or of a path with its query: the host is left out; "" if it is neither."""
    if len(link) > RAW_MAX:
        return ""
    try:
        parts = urlsplit(link)
    except ValueError:  # brackets that hold no address
        return ""
    is_link = parts.scheme in {"http", "https"} and parts.netloc
    if not is_link and (parts.scheme or parts.netloc or not link.startswith("/")):
        return ""
    return canonical(_decoded(parts.path), parts.query)


def is_own(address: str) -> bool:
    """Whether this paper has pages of its own at such addresses; there, nothing old is ever looked up."""
    path = address.partition("?")[0]
    return _resolves(path) or (not path.endswith("/") and _resolves(path + "/"))


def article_at(path: str, query: str, now: datetime) -> int | None:
    """The number of the article that stood there, if a reader may know of it: public, or withdrawn since."""
    address = canonical(path, query)
    if not address:
        return None
    known = Article.objects.public(now) | Article.objects.withdrawn()
    return known.filter(old_addresses__address=address).values_list("pk", flat=True).first()


def _field(text: str) -> str:
    """One field of a query: name and value decoded, apart from the signs that would change its meaning."""
    name, equals, value = (_decoded(part.replace("+", " ")) for part in text.partition("="))
    if not name or TRACKING.fullmatch(name):
        return ""
    return _guarded(name) + equals + _guarded(value)


def _guarded(text: str) -> str:
    return re.sub("[&=#+]", lambda sign: f"%{ord(sign[0]):02X}", text)


def _decoded(text: str) -> str:
    """Exactly what Django makes of the path of a request: UTF-8 decoded, all other octets left encoded."""
    return repercent_broken_unicode(unquote_to_bytes(text)).decode("utf-8")


def _resolves(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
