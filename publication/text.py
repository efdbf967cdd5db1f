"""What happens to text at the edges: one canonical form for readers' words, one folding for the paper's own.

`canonical` is mirrored in JavaScript, so every set of code points is written out here as explicit ranges:
the same in every version of Unicode, Python and browser. Normal form is NFC everywhere and never NFKC, which
would tear compatibility jamo such as ㅋㅋ apart; only `skeleton`, a key that nobody reads, goes through NFKC.
"""

import re
import unicodedata
from collections.abc import Mapping

MAX_BEFORE_NORMALISING = 1_600
"""Code points that may reach normalisation: four times the longest comment, enough for 400 Hangul in jamo."""

MAX_MARKS_IN_A_ROW = 30
"""Combining marks kept on one letter of editorial text: the bound of Unicode's stream-safe format (UAX #15).
Normalising sorts each run of marks, so an endless run would cost endless time."""

MAX_FILE_NAME = 200
"""Code points kept of the name an uploaded file had on its owner's machine."""

# Everything that ends a line somewhere: CRLF, CR, VT, FF, NEL, LINE SEPARATOR, PARAGRAPH SEPARATOR.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

# Invisible, direction-changing, filling or never assigned; LF, TAB and the joiner U+200D are not among them.
DROPPED_RANGES: tuple[tuple[int, int], ...] = (
    (0x0000, 0x0008),
    (0x000E, 0x001F),
    (0x007F, 0x0084),
    (0x0086, 0x009F),
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200C),
    (0x200E, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFDD0, 0xFDEF),
    (0xFE00, 0xFE0D),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFC),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
    *((plane << 16 | 0xFFFE, plane << 16 | 0xFFFF) for plane in range(17)),
)

# Spaces that look like U+0020 and are not: they glue words together and hide text from search.
SPACE_RANGES: tuple[tuple[int, int], ...] = (
    (0x0020, 0x0020),
    (0x00A0, 0x00A0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
)

# What a joiner may stand before: pictures and arrows. U+2329 and U+232A are left out: NFC turns these two
# brackets into U+3008 and U+3009, so a joiner kept before them would be dropped by the next pass.
JOINED_RANGES: tuple[tuple[int, int], ...] = ((0x2190, 0x2328), (0x232B, 0x2BFF), (0x1F000, 0x1FAFF))

# What a joiner may stand after: the same, U+FE0F, and © ® ‼ ⁉ ™ ℹ 〰 〽 ㊗ ㊙.
JOINING_RANGES: tuple[tuple[int, int], ...] = (
    *JOINED_RANGES,
    (0xFE0F, 0xFE0F),
    *((ord(sign), ord(sign)) for sign in "©®‼⁉™ℹ〰〽㊗㊙"),
)


def _character_class(ranges: tuple[tuple[int, int], ...]) -> str:
    """The ranges as a regular expression class: "[\\x20-\\x20…]"."""
    return "[" + "".join(f"\\U{first:08X}-\\U{last:08X}" for first, last in ranges) + "]"


_DROPPED = re.compile(_character_class(DROPPED_RANGES))
_SPACES = re.compile(_character_class(SPACE_RANGES))
_LONE_JOINER = re.compile(
    f"(?<!{_character_class(JOINING_RANGES)})\u200d|\u200d(?!{_character_class(JOINED_RANGES)})"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_TRIMMED = "".join(chr(code) for first, last in SPACE_RANGES for code in range(first, last + 1)) + "\n"
_WHITE_RUN = re.compile("[ \n]+")
# All but what XML 1.0 calls a character, and of those the controls that it only discourages.
_NOT_XML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Long runs outside the scripts a newspaper is written in: only there can an endless run of marks hide.
_UNUSUAL_RUN = re.compile(
    "[^\x00-\u02ff\u1100-\u11ff\u2000-\u206f\u3000-\u3029\u3030-\u3098\u309b-\u30ff\u3130-\u318f"
    f"\u4e00-\u9fff\uac00-\ud7a3\uff00-\uffef]{{{MAX_MARKS_IN_A_ROW + 1},}}"
)


class TextRefused(ValueError):
    """Text that cannot be taken as it is. `code` names the reason for messages and tests."""

    code = "refused"


class LoneSurrogate(TextRefused):
    """Half of a UTF-16 pair: no character, and no database can store it."""

    code = "surrogate"


class TextTooLong(TextRefused):
    """More than MAX_BEFORE_NORMALISING code points, decided before any costly step."""

    code = "too_long"


def canonical(text: str) -> str:
    """The form in which a reader's words are counted, compared and stored.

    Line ends become LF, TAB a space; what nobody can see or what turns the writing direction is dropped; a
    joiner stays only between emoji; then NFC, trimmed at both ends. Raises LoneSurrogate or TextTooLong.
    """
    if _SURROGATE.search(text):
        raise LoneSurrogate("a lone surrogate is not text")
    visible = _without_invisible(_LINE_ENDS.sub("\n", text).replace("\t", " "))
    if len(visible) > MAX_BEFORE_NORMALISING:
        raise TextTooLong(f"more than {MAX_BEFORE_NORMALISING} code points")
    return unicodedata.normalize("NFC", visible).strip(_TRIMMED)


def fold(text: str) -> str:
    """Editorial text as it is stored: NFC, one kind of space, LF line ends, nothing invisible.

    Nothing is refused here, because a reporter's paste must never be lost: lone surrogates, controls and
    zero-width characters leave silently, emoji keep their joiners and variation selectors.
    """
    if text.isascii() and text.isprintable():
        return text
    plain = _LINE_ENDS.sub("\n", _SURROGATE.sub("", text)).replace("\t", " ")
    visible = _without_invisible(_SPACES.sub(" ", plain))
    # Once before normalising for the cost, once after it because a few marks decompose into two.
    return _without_endless_marks(unicodedata.normalize("NFC", _without_endless_marks(visible)))


def fold_line(text: str) -> str:
    """Folded to one line, for titles, captions, credits and names: single spaces, none at the ends."""
    return _WHITE_RUN.sub(" ", fold(text)).strip(" ")


def xml_text(text: str) -> str:
    """The text without what no XML file may hold: controls and lone surrogates, from whatever door they came."""
    return _NOT_XML.sub("", text)


def skeleton(text: str) -> str:
    """The look-alike key of a name: NFKC, case folded, letters and digits only. Never shown.

    `관 리 자`, `관-리-자` and `관리자` have one key. Raises TextTooLong like `canonical`.
    """
    key = _without_invisible(_SURROGATE.sub("", text)).replace("\u200d", "")
    if len(key) > MAX_BEFORE_NORMALISING:
        raise TextTooLong(f"more than {MAX_BEFORE_NORMALISING} code points")
    before = None
    while key != before:  # dropping a separator can bring two jamo together, which then compose
        before = key
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", key).casefold())
        key = "".join(letter for letter in folded if letter.isalnum())
    return key


def plain_name(name: str) -> str:
    """An uploaded file's own name, kept as metadata: no folders, NFC (macOS sends NFD), one bounded line.

    A long name loses its middle, not its extension. May be empty.
    """
    line = fold_line(fold(name[-4 * MAX_FILE_NAME :]).replace("\\", "/").rpartition("/")[2])
    if len(line) <= MAX_FILE_NAME:
        return line
    stem, dot, extension = line.rpartition(".")
    tail = dot + extension if stem and len(extension) <= 10 else ""
    return line[: MAX_FILE_NAME - len(tail)] + tail


def fill(pattern: str, values: Mapping[str, str]) -> str:
    """A publication's pattern such as `[사진={credit}]` with each {token} replaced by its value, once.

    Unknown tokens stay as they are, and a value that looks like a token is not replaced again.
    """
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), pattern)


def _without_invisible(text: str) -> str:
    return _LONE_JOINER.sub("", _DROPPED.sub("", text))


def _without_endless_marks(text: str) -> str:
    return _UNUSUAL_RUN.sub(lambda run: _bounded_marks(run[0]), text)


def _bounded_marks(run: str) -> str:
    kept: list[str] = []
    marks = 0
    for letter in run:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= MAX_MARKS_IN_A_ROW:
            kept.append(letter)
    return "".join(kept)
