"""The canonical form of readers' words and the folding of the paper's own."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publication.text import (
    DROPPED_RANGES,
    MAX_BEFORE_NORMALISING,
    MAX_FILE_NAME,
    LoneSurrogate,
    TextRefused,
    TextTooLong,
    canonical,
    fill,
    fold,
    fold_line,
    plain_name,
    skeleton,
    xml_text,
)
from tests.costs import costs_at_most

FAMILY = "👨‍👩‍👧‍👦"
# Where the rules meet: joiners, brackets that NFC rewrites, marks, jamo, line ends, spaces, what is dropped.
TRAPS = (
    "\u200d\ufe0f😀←\u2329©1\u20e3\u0301\u0344\u0338가ᄀ\u1161\u11a8"
    "\r\n\x0b\x85\u2028 \t\xa0\u3000\u200b\ufeff\x00\u3164"
)
texts = st.text(st.one_of(st.sampled_from(TRAPS), st.characters(exclude_categories=["Cs"])), max_size=60)
any_texts = st.text(st.one_of(st.sampled_from(TRAPS), st.characters()), max_size=60)


def is_dropped(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in DROPPED_RANGES)


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("가" * 400, 400),
        ("가" * 401, 401),
        ("가" * 200 + "\r\n" + "가" * 199, 400),
        (unicodedata.normalize("NFD", "각") * 400, 400),
        ("😀" * 400, 400),
        (FAMILY * 57, 399),
        (FAMILY * 58, 406),
        ("ㅋ" * 400, 400),
        ("1️⃣" * 133, 399),
        ("🇰🇷" * 200, 400),
        ("\u3164", 0),
        ("\u200b", 0),
        ("\ufeff", 0),
        ("   \u3000\n", 0),
        ("\u202e하세요", 3),
        ("q" + "\u0301" * 4, 5),
        ("q" + "\u0301" * 5, 6),
    ],
)
def test_the_canonical_text_has_the_length_that_the_rules_say(typed: str, length: int) -> None:
    assert len(canonical(typed)) == length


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("a\tb", "a b"),
        (" \u3000가\xa0나 \n", "가\xa0나"),
        ("❤\u200d🔥", "❤\u200d🔥"),
        ("가\u200d나", "가나"),
        ("👩\u200d", "👩"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("\ufe00\U000e0041A\ufffeB\U0010ffff", "AB"),
        ("ㅋㅋ ﬁ", "ㅋㅋ ﬁ"),
    ],
)
def test_the_canonical_text_keeps_what_can_be_read(typed: str, kept: str) -> None:
    assert canonical(typed) == kept


def test_a_lone_surrogate_is_refused_with_its_code() -> None:
    with pytest.raises(LoneSurrogate) as refused:
        canonical("가\ud800")
    assert isinstance(refused.value, TextRefused)
    assert isinstance(refused.value, ValueError)
    assert refused.value.code == "surrogate"


def test_too_long_is_decided_on_what_is_left_before_normalising() -> None:
    assert len(canonical("가" * MAX_BEFORE_NORMALISING)) == MAX_BEFORE_NORMALISING
    assert canonical("\u200b" * 5_000 + "가") == "가"
    with pytest.raises(TextTooLong) as refused:
        canonical("가" * (MAX_BEFORE_NORMALISING + 1))
    assert refused.value.code == "too_long"


def test_a_hundred_thousand_combining_marks_cost_milliseconds() -> None:
    with costs_at_most(0.25):
        with pytest.raises(TextTooLong):
            canonical("q" + "\u0301\u0323" * 50_000)
        with pytest.raises(TextTooLong):
            skeleton("q" + "\u0301\u0323" * 50_000)
        assert len(fold("q" + "\u0301\u0323" * 50_000)) <= 32


@given(texts)
def test_canonical_text_is_nfc_bare_and_stays_as_it_is(typed: str) -> None:
    once = canonical(typed)
    assert canonical(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(is_dropped(letter) or letter in "\r\t\x85\u2028" for letter in once)


@given(any_texts)
def test_folded_text_is_nfc_without_odd_spaces_and_stays_as_it_is(typed: str) -> None:
    once = fold(typed)
    assert fold(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(is_dropped(letter) or letter in "\r\t\xa0\u2007\u202f\u3000\ud800" for letter in once)
    line = fold_line(typed)
    assert fold_line(line) == line
    assert "\n" not in line
    assert "  " not in line
    assert line == line.strip()


@given(st.integers(0, 0x10FFFF).map(chr))
def test_every_single_code_point_can_be_folded(letter: str) -> None:
    for typed in (letter, letter * 40, f"a{letter}b", f"😀\u200d{letter}"):
        assert fold(fold(typed)) == fold(typed)
        fold(typed).encode()


def test_folding_mends_what_a_paste_brings() -> None:
    assert fold("한\xa0강\u202f물\u2007이") == "한 강 물 이"
    assert fold(unicodedata.normalize("NFD", "사진")) == "사진"
    assert fold("제\u200b목\ufeff\x00\ud800") == "제목"
    assert fold(f"{FAMILY} ❤️") == f"{FAMILY} ❤️"
    assert fold("첫 줄\r\n둘째 줄") == "첫 줄\n둘째 줄"
    assert fold("‘말’ “글” & <태그>") == "‘말’ “글” & <태그>"
    assert fold_line(" 제목\r\n 둘째\t\xa0줄 ") == "제목 둘째 줄"


def test_names_that_look_alike_have_one_skeleton() -> None:
    keys = {skeleton(name) for name in ("관리자", "관 리 자", "관-리.자", "관\u200b리\u3164자", "관리자!")}
    assert keys == {"관리자"}
    assert skeleton("ＡＤＭＩＮ") == skeleton("Admin") == skeleton("a d m i n") == "admin"
    assert skeleton("①②") == "12"
    assert skeleton("ㅤ!?") == ""


@given(any_texts)
def test_a_skeleton_is_its_own_skeleton(name: str) -> None:
    assert skeleton(skeleton(name)) == skeleton(name)


def test_an_uploaded_file_keeps_its_name_without_folders_and_in_bounds() -> None:
    assert plain_name("C:\\사진\\" + unicodedata.normalize("NFD", "국회.JPG")) == "국회.JPG"
    assert plain_name("../../etc/passwd") == "passwd"
    assert plain_name("a\x00b\n.jpg") == "ab .jpg"
    long = plain_name("가" * 500 + ".jpeg")
    assert len(long) == MAX_FILE_NAME
    assert long.endswith("가.jpeg")


def test_a_pattern_is_filled_once_and_never_by_its_own_values() -> None:
    assert fill("[{publication} {byline}]", {"publication": "{byline}", "byline": "홍"}) == "[{byline} 홍]"
    assert fill("{unknown} {", {}) == "{unknown} {"


def test_what_no_xml_file_may_hold_is_dropped_and_nothing_else() -> None:
    kept = "가 a\n\t😀\U0010ffff\ufffd"
    assert xml_text(f"{kept}\x00\x08\x0b\x1b\x7f\x80\x9f\ud800\ufffe\uffff") == kept
