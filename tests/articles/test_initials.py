"""초성: names found by their initial consonants and by syllables still being typed, on both databases."""

import re

import pytest
from taggit.models import Tag

from articles.search.initials import CLUSTERS, CONJOINING, INITIALS, has_initials, pattern
from publication.text import fold


def finds(text: str, name: str) -> bool:
    return re.search(pattern(text), name) is not None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ㄱㄱㅁ", "구광모"),
        ("ㄱㅁ", "구광모"),
        ("구ㄱㅁ", "구광모"),
        ("구과", "구광모"),
        ("구고", "구광모"),
        ("국", "구광모"),
        ("국", "국민"),
        ("구광", "구광모"),
        ("넋", "넉살"),
        ("넋", "넋두리"),
        ("앉", "안주영"),
        ("우", "원주"),
        ("으", "의정부"),
        ("ㅎㄱㄷ", "홍길동"),
        ("ㅆ", "쌍용"),
        ("ㄳ", "강산"),
        ("ㅄㅇ", "박수영"),
        ("ㄱ", "가"),
        ("ㄱ", "깋"),
        ("ㅎ", "힣"),
        ("ㅋㅋ", "ㅋㅋ"),
        ("AI", "AI 반도체"),
        ("a.b", "a.b"),
    ],
)
def test_it_finds(text: str, name: str) -> None:
    assert finds(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ㄱㄱㅁ", "구관서"),
        ("ㄱ", "까치"),
        ("ㄱ", "나무"),
        ("ㄲ", "가지"),
        ("구과", "구구단"),
        ("국", "구단"),
        ("구광모", "구과모"),
        ("값", "가사"),
        ("ㅏ", "가"),
        ("a.b", "axb"),
        ("(", "가"),
    ],
)
def test_it_does_not_find(text: str, name: str) -> None:
    assert not finds(text, name)


def test_every_initial_is_the_one_that_its_syllables_decompose_to() -> None:
    for number, initial in enumerate(INITIALS):
        first = 0xAC00 + number * 588
        assert finds(initial, chr(first))
        assert finds(initial, chr(first + 587))
        assert not finds(initial, chr(first - 1))
        assert not finds(initial, chr(first + 588))
        assert CONJOINING[0x1100 + number] == initial


@pytest.mark.parametrize(
    "text", [r"[", r"\\", "(?i)", "a{9999}", "*", "+", "구[", "ㄱ)", "", '"', "%", "_", "|"]
)
def test_signs_are_signs(text: str) -> None:
    assert re.search(pattern(text), f"앞 {text} 뒤")
    assert finds(text, "아무개") is (text == "")


def test_lone_consonants_are_told_from_names() -> None:
    assert has_initials("구ㄱㅁ")
    assert has_initials("\u1100")
    assert has_initials(next(iter(CLUSTERS)))
    assert not has_initials("구광모 AI 3")


def test_consonants_that_another_system_sends_apart_are_the_same() -> None:
    assert finds(fold("\u1100\u1100\u1106"), "구광모")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ㄱㄱㅁ", ["구광모"]),
        ("국", ["구광모", "국민연금"]),
        ("구과", ["구광모"]),
        ("ㄱ", ["구광모", "국민연금"]),
        ("a{", ["a{1}"]),
        ("\\", []),
        ("ai", ["AI"]),
    ],
)
def test_both_databases_read_it_alike(text: str, names: list[str]) -> None:
    for number, name in enumerate(["구광모", "국민연금", "나무", "까치", "AI", "a{1}"]):
        Tag.objects.create(name=name, slug=f"t{number}")
    found = Tag.objects.filter(name__iregex=pattern(text)).values_list("name", flat=True)
    assert sorted(found) == sorted(names)
