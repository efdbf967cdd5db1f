"""The tokeniser: one line that decides, and terms that find."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search import tokens
from articles.search.query import Word

TEXTS = st.text(max_size=60) | st.text(alphabet="가나다한국토론에 AIß·-\n漢カ1ㅋ", max_size=40)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("AI가 반도체·2026년", " ai 가 반도체 2026 년 "),
        ("LG전자 R&D", " lg 전자 r d "),
        ("中정부, 大法院", " 中정부 大法院 "),
        ("ㅋㅋ 재밌다", " ㅋㅋ 재밌다 "),
        ("한국\u00a0은행", " 한국 은행 "),
        ("a_b", " a b "),
        ("…!?", ""),
        ("", ""),
    ],
)
def test_a_line_is_runs_with_one_space_around_each(text: str, line: str) -> None:
    assert tokens.line(text) == line


def test_hangul_is_known_by_its_pairs_and_its_first_syllable_words_as_a_whole() -> None:
    assert tokens.terms(" 토론토에 법 ai ") == {"토", "토론", "론토", "토에", "법", "ai"}


def test_an_endless_word_counts_by_its_beginning() -> None:
    assert tokens.line("x" * 500) == f" {'x' * tokens.MAX_WORD} "


def test_an_endless_article_is_cut() -> None:
    written = tokens.lines(["제목", "낱말 " * tokens.MAX_LINE])
    assert len(written) <= tokens.MAX_LINE + 1
    assert written.startswith(" 제목 \n 낱말 ")


def test_the_terms_of_the_worst_article_fit_into_a_tsvector() -> None:
    codes = (chr(code) for code in range(0x4E00, 0x4E00 + 20_000))
    written = tokens.lines(["".join(codes) * 3])
    assert sum(len(term.encode()) for term in tokens.terms(written)) < 2**19


@given(TEXTS)
def test_decomposed_and_composed_text_are_one(text: str) -> None:
    assert tokens.line(unicodedata.normalize("NFD", text)) == tokens.line(unicodedata.normalize("NFC", text))


@given(TEXTS)
def test_no_run_holds_what_parts_runs_or_would_end_a_quotation(text: str) -> None:
    for run in tokens.line(text).split(" "):
        assert not set(run) & set(" \n\t'\"\\:()&|!*")


@given(TEXTS)
def test_runs_stand_where_they_say(text: str) -> None:
    at = 0
    for run in tokens.runs(text):
        assert at <= run.start < run.end <= len(text)
        if tokens.is_glued(run.text):
            assert text[run.start : run.end] == run.text
        at = run.end


@given(st.lists(TEXTS, max_size=4), st.data())
def test_whatever_the_line_holds_the_terms_find(texts: list[str], data: st.DataObject) -> None:
    """The index never loses what the line would grant: every part of every line that a reader may type."""
    written = tokens.lines(texts)
    runs = data.draw(st.sampled_from([line.split() for line in written.split("\n")]))
    if not runs:
        return
    first = data.draw(st.integers(0, len(runs) - 1))
    word = Word(tuple(runs[first : data.draw(st.integers(first + 1, len(runs)))]))
    assert word.needle in written
    assert word.terms <= tokens.terms(written)


@given(TEXTS, TEXTS)
def test_where_the_terms_alone_decide_they_say_what_the_line_says(text: str, typed: str) -> None:
    written = tokens.lines([text])
    for run in tokens.line(typed).split():
        word = Word((run,))
        if word.is_exact:
            assert (word.terms <= tokens.terms(written)) == (word.needle in written)
