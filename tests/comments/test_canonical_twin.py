"""Python's and the browser's count of a comment are one: run against each other on the same texts."""

import json
import random
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from comments import texts
from comments.refusals import Refused
from publication import text as publication_text
from publication.text import LoneSurrogate, TextTooLong, canonical

SOURCE = Path(__file__).resolve().parents[2] / "static/js/comments/canonical.js"
RANDOM_STRINGS = 100_000
# Where something happens: ends of every range, their neighbours, and what combines.
EDGES = sorted(
    {
        max(0, min(0x10FFFF, edge + step))
        for ranges in (
            publication_text.DROPPED_RANGES,
            publication_text.SPACE_RANGES,
            publication_text.JOINING_RANGES,
        )
        for pair in ranges
        for edge in pair
        for step in (-1, 0, 1)
    }
)
SPECIAL = [
    *"\r\n\t\v\f\x85\u2028\u2029\u200d\u200d\u200d\ufe0f\ufe0e\u20e3 가각힣ㅋㅎ한a1é",
    *"\u1100\u1161\u11a8\u0301\u0323\u0300\u1ab0\u2329\u232a\u212b\u2126\u0344\u0958\ufb1d👨👩👧👦❤🇰🇷",
    "\r\n",
    "\u200d👩",
    "❤\ufe0f\u200d🔥",
    "\ud83d",
    "\ude00",
]
# Reads lines of JSON strings, answers one JSON line each: the canonical text and its count, or the refusal.
HARNESS = """
const lines = (await import("node:fs")).readFileSync(0, "utf8").trimEnd().split("\\n");
const told = lines.map((line) => {
  const text = JSON.parse(line);
  try {
    return JSON.stringify([canonical(text), count(text), problem(text)]);
  } catch (refusal) {
    return JSON.stringify([null, refusal.message, problem(text)]);
  }
});
process.stdout.write(told.join("\\n"));
"""

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="no Node.js: apt install nodejs")


def in_javascript(strings: list[str], tmp_path: Path) -> list[list[object]]:
    module = tmp_path / "twin.mjs"
    module.write_text(SOURCE.read_text(encoding="utf-8") + HARNESS, encoding="utf-8")
    sent = "\n".join(json.dumps(text) for text in strings)
    ran = subprocess.run(["node", str(module)], input=sent, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.split("\n")]


def in_python(text: str) -> list[object]:
    try:
        body = canonical(text)
    except LoneSurrogate:
        return [None, "surrogate", "surrogate"]
    except TextTooLong:
        return [None, "too_long", "long"]
    return [body, len(body), problem(body)]


def problem(body: str) -> str:
    if len(body) > 400:
        return "long"
    if texts.is_blank(body):
        return "blank"
    return "marks" if texts.has_blot(body) else ""


def random_strings(seed: int) -> list[str]:
    """From the edges, the special ones and everything else; code points that this Python does not know are left out.

    A newer browser may know marks that this Python's tables lack: only there may the two differ.
    """
    chance = random.Random(seed)
    strings = []
    for _ in range(RANDOM_STRINGS):
        length = chance.choice((1, 2, 3, 5, 8, 13, 40))
        strings.append("".join(letter(chance) for _ in range(length)))
    return strings


def letter(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.4:
        return chance.choice(SPECIAL)
    code = chance.choice(EDGES) if kind < 0.8 else chance.randrange(0x110000 if kind < 0.9 else 0x3000)
    found = chr(code)
    is_unknown = unicodedata.category(found) == "Cn" and not _is_dropped(code)
    return "?" if is_unknown or 0xD800 <= code <= 0xDFFF else found


def _is_dropped(code: int) -> bool:
    return any(first <= code <= last for first, last in publication_text.DROPPED_RANGES)


@needs_node
def test_the_twins_agree_on_random_strings(tmp_path: Path) -> None:
    strings = random_strings(20230824)
    # A pair of lone halves in a row is one character to JavaScript and to JSON, and no text to Python.
    strings = [json.loads(json.dumps(text)) for text in strings]
    for text, told in zip(strings, in_javascript(strings, tmp_path), strict=True):
        assert told == in_python(text), ascii(text)


TABLE = [
    ("가" * 400, 400, ""),
    ("가" * 401, 401, "long"),
    ("가" * 200 + "\r\n" + "가" * 199, 400, ""),
    ("\u1100\u1161\u11a8" * 400, 400, ""),
    ("😀" * 400, 400, ""),
    ("👨\u200d👩\u200d👧\u200d👦" * 57, 399, ""),
    ("👨\u200d👩\u200d👧\u200d👦" * 58, 406, "long"),
    ("ㅋ" * 400, 400, ""),
    ("1\ufe0f\u20e3" * 133, 399, ""),
    ("🇰🇷" * 200, 400, ""),
    ("\u3164", 0, "blank"),
    ("\u200b", 0, "blank"),
    ("\ufeff", 0, "blank"),
    (" \u00a0\u3000\n ", 0, "blank"),
    ("\u2800", 1, "blank"),
    ("\u0301\u0301", 2, "blank"),
    ("\u202e하세요", 3, ""),
    ("q" + "\u0323" * 4, 5, ""),
    ("q" + "\u0323" * 5, 6, "marks"),
]


@needs_node
def test_the_twins_agree_on_the_table(tmp_path: Path) -> None:
    told = in_javascript([text for text, _count, _problem in TABLE], tmp_path)
    assert [answer[1:] for answer in told] == [[count, wrong] for _text, count, wrong in TABLE]


@pytest.mark.parametrize(("text", "count", "wrong"), TABLE)
def test_the_table_in_python(text: str, count: int, wrong: str) -> None:
    assert in_python(text)[1:] == [count, wrong]


@needs_node
def test_a_hundred_thousand_marks_are_too_long_on_both_sides(tmp_path: Path) -> None:
    marks = "\u0301" * 100_000
    assert in_javascript([marks], tmp_path) == [[None, "too_long", "long"]]
    with pytest.raises(Refused):
        texts.accepted(marks)
