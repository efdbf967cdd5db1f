"""Loads old addresses from a file: two columns, the old address and the number of its article.

A bad line is reported and left out; the good lines of a batch are stored in one transaction. Nothing grows
with the file: each line is read, and each batch decided, by itself.
"""

import codecs
import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from articles import old_addresses
from articles.models import Article, OldAddress

BATCH = 1_000
# Characters of one line; an address is stored up to 500 of them.
LINE_MAX = 10_000
_BLOCK = 1 << 20
_TARGET = re.compile(r"(?:/news/)?([0-9]{1,18})/?")
# UTF-8 with or without a mark at its beginning; what spreadsheets on Korean Windows write.
ENCODINGS = ("utf-8-sig", "cp949")


class Unreadable(Exception):
    """The file is in neither of the encodings."""


@dataclass
class Row:
    """One line that could be read: where it stands, the canonical address, the article's number."""

    line: int
    address: str
    article: int


@dataclass
class Tally:
    """What became of the lines."""

    lines: int = 0
    added: int = 0
    moved: int = 0
    unchanged: int = 0
    refused: int = 0


@dataclass
class Import:
    """One run. `refuse(line, reason)` is called for each bad line, `progress(tally)` after each batch."""

    path: Path
    refuse: Callable[[int, str], None]
    progress: Callable[[Tally], None]
    dry_run: bool = False
    # Whether an address that leads to another article already is led to the file's instead.
    replace: bool = False
    tally: Tally = field(default_factory=Tally)

    def run(self) -> Tally:
        """Raises Unreadable before anything is stored."""
        encoding = encoding_of(self.path)
        rows = self._rows(encoding)
        while batch := list(islice(rows, BATCH)):
            with transaction.atomic():
                self._store([row for row in batch if row is not None])
                transaction.set_rollback(self.dry_run)
            self.progress(self.tally)
        return self.tally

    def _bad(self, line: int, reason: str) -> None:
        self.tally.refused += 1
        self.refuse(line, reason)

    def _rows(self, encoding: str) -> Iterator[Row | None]:
        """One for each line; None for a line that was refused, so that a file of bad lines has batches too."""
        for number, text in _lines(self.path, encoding):
            if not text.strip() or (number == 1 and _is_heading(text)):
                continue
            self.tally.lines += 1
            try:
                yield _row(number, text)
            except ValueError as reason:
                self._bad(number, str(reason))
                yield None

    def _store(self, rows: list[Row]) -> None:
        known = set(Article.objects.filter(pk__in={row.article for row in rows}).values_list("pk", flat=True))
        stored = OldAddress.objects.in_bulk({row.address for row in rows}, field_name="address")
        new: dict[str, Row] = {}
        for row in rows:
            if row.article not in known:
                self._bad(row.line, f"there is no article {row.article}")
            elif row.address in new and new[row.address].article != row.article:
                self._bad(row.line, f"line {new[row.address].line} leads this address elsewhere")
            elif row.address in stored:
                self._meet(row, stored[row.address])
            elif row.address in new:
                self.tally.unchanged += 1
            else:
                new[row.address] = row
        OldAddress.objects.bulk_create(
            OldAddress(address=row.address, article_id=row.article) for row in new.values()
        )
        self.tally.added += len(new)

    def _meet(self, row: Row, stored: OldAddress) -> None:
        """The address is known already."""
        if stored.article_id == row.article:
            self.tally.unchanged += 1
        elif self.replace:
            stored.article_id = row.article
            stored.save(update_fields=["article"])
            self.tally.moved += 1
        else:
            self._bad(row.line, f"this address leads to article {stored.article_id} already (see --replace)")


def encoding_of(path: Path) -> str:
    """The first encoding in which the whole file can be read."""
    for encoding in ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while block := file.read(_BLOCK):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise Unreadable


def _lines(path: Path, encoding: str) -> Iterator[tuple[int, str]]:
    """Every line with its number; of an endless one only the beginning, one character too long."""
    with path.open(encoding=encoding, newline="\n") as file:
        number = 0
        while text := file.readline(LINE_MAX + 1):
            number += 1
            yield number, text.rstrip("\r\n") if text.endswith("\n") else text
            while len(text) > LINE_MAX and not text.endswith("\n"):
                text = file.readline(LINE_MAX + 1)


def _is_heading(text: str) -> bool:
    """The first line may name the columns."""
    return not re.match(r'\s*"?\s*(?:/|https?:)', text) and not re.search(r"[0-9]/?\s*\"?\s*$", text)


def _row(line: int, text: str) -> Row:
    """Raises ValueError with the reason, in words for whoever made the file."""
    if len(text) > LINE_MAX:
        raise ValueError(f"the line is longer than {LINE_MAX} characters")
    try:
        (cells,) = csv.reader([text], strict=True)
    except (csv.Error, ValueError) as error:
        raise ValueError("the quotation marks of this line do not fit together") from error
    if len(cells) != 2:
        raise ValueError(f"two columns are expected, {len(cells)} were found; quote an address with a comma")
    address = old_addresses.canonical_link(cells[0].strip())
    if not address:
        raise ValueError(
            f"no address: a path or an http link of at most {old_addresses.ADDRESS_MAX} characters is expected"
        )
    if old_addresses.is_own(address):
        raise ValueError(f"{address[:80]} is an address of this paper itself")
    return Row(line, address, _article(cells[1].strip()))


def _article(target: str) -> int:
    """The number in `12`, `/news/12/` or a link to the latter on this very site."""
    parts = urlsplit(target[: old_addresses.RAW_MAX])
    if (parts.scheme or parts.netloc) and f"{parts.scheme}://{parts.netloc}" != settings.SITE_URL:
        raise ValueError("the second column leads out of this paper; the number of an article is expected")
    found = _TARGET.fullmatch(parts.path)
    if found is None or parts.query or parts.fragment:
        raise ValueError("the second column is not the number of an article")
    return int(found[1])
