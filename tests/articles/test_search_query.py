"""What a reader typed, and where it stands in a text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.query import MAX_LENGTH, MAX_WORDS, Query, TooLong, parse
from articles.search.snippets import LENGTH, marked, snippet


def needles(text: str) -> list[str]:
    wanted = parse(text)
    return wanted.needles if wanted else []


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("토론토", ["토론토"]),
        ("법", [" 법"]),
        ("AI", [" ai "]),
        ("한국 은행", ["한국", "은행"]),
        ("한국 한국", ["한국"]),
        ('"캐나다 토론토"', ["캐나다 토론토"]),
        ("“캐나다 토론토” 법", ["캐나다 토론토", " 법"]),
        ('캐나다 "토론토', ["캐나다", "토론토"]),
        ('한국" 은행 "경제 성장', ["한국", "은행", "경제", "성장"]),
        ("R&D", [" r d "]),
        ("LG전자", [" lg 전자"]),
        ("한국\u00a0은행", ["한국", "은행"]),
        ("-한국 +은행* (경제) 국회:", ["한국", "은행", "경제", "국회"]),
        ("한\x00국\x07", ["한국"]),
    ],
)
def test_words_phrases_and_nothing_else(typed: str, sought: list[str]) -> None:
    assert needles(typed) == sought


@pytest.mark.parametrize(
    "typed", ["", "   ", "\u3000\u00a0", '""', '"', "+-*/&|!()", "\x00\x01", "'; --", "…"]
)
def test_without_a_letter_there_is_no_query(typed: str) -> None:
    assert parse(typed) is None


def test_decomposed_letters_are_the_composed_ones() -> None:
    assert needles(unicodedata.normalize("NFD", "반도체")) == ["반도체"]


def test_the_longest_query_is_read_and_one_letter_more_is_refused() -> None:
    assert needles("가" * MAX_LENGTH) == ["가" * MAX_LENGTH]
    assert needles(unicodedata.normalize("NFD", "각" * MAX_LENGTH)) == ["각" * MAX_LENGTH]
    for typed in ("가" * (MAX_LENGTH + 1), "가" * 10_000, " " * 10_000):
        with pytest.raises(TooLong):
            parse(typed)


def test_the_most_words_are_read_and_one_more_is_refused() -> None:
    words = [f"w{number}" for number in range(MAX_WORDS + 1)]
    assert len(needles(" ".join(words[:-1]))) == MAX_WORDS
    with pytest.raises(TooLong):
        parse(" ".join(words))


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(typed: str) -> None:
    parse(typed)


def hits(text: str, typed: str) -> list[str]:
    wanted = parse(typed)
    assert isinstance(wanted, Query)
    return [piece.text for piece in marked(text, wanted) if piece.is_hit]


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("캐나다 토론토에 간다", "토론토", ["토론토"]),
        ("국회는 법을, 마법사는", "법", ["법"]),
        ("OpenAI의 AI가", "ai", ["AI"]),
        ("한국과 한국어", "한국", ["한국", "한국"]),
        ("북캐나다, 토론토에서", '"캐나다 토론토"', ["캐나다, 토론토"]),
        ("LG 전자의 R&D 투자", "LG전자 R&D", ["LG 전자", "R&D"]),
        ("한캐나다 토론토", '"캐나다 토론토"', ["캐나다 토론토"]),
        ("R and D, RnD", "R&D", []),
        ("없다", "토론토", []),
        ("한반도 체육", "반도체", []),
    ],
)
def test_hits_are_marked_as_they_are_written(text: str, typed: str, found: list[str]) -> None:
    assert hits(text, typed) == found


@given(st.text(max_size=200), st.text(alphabet='가나 ab"', min_size=1, max_size=8))
def test_the_pieces_together_are_the_text(text: str, typed: str) -> None:
    wanted = parse(typed)
    if wanted:
        pieces = marked(text, wanted)
        assert "".join(piece.text for piece in pieces) == "".join(
            piece.text for piece in marked(text, wanted)
        )
        assert len("".join(piece.text for piece in snippet(text, wanted))) <= LENGTH + 2


def test_a_snippet_stands_around_the_first_hit() -> None:
    wanted = parse("배터리")
    assert wanted is not None
    pieces = snippet("앞의 말 " * 60 + "새 배터리를 만든다 " + "뒤의 말 " * 60, wanted)
    text = "".join(piece.text for piece in pieces)
    assert text.startswith("…")
    assert text.endswith("…")
    assert "새 배터리를 만든다" in text
    assert [piece.text for piece in pieces if piece.is_hit] == ["배터리"]


def test_without_a_hit_the_text_begins_the_snippet() -> None:
    wanted = parse("배터리")
    assert wanted is not None
    assert [tuple(piece) for piece in snippet("짧은 글.", wanted)] == [("짧은 글.", False)]
