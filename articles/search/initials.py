"""Names by their initial consonants (초성): `ㄱㄱㅁ` finds 구광모, and so does `구과`, still being typed.

A pattern over ranges of syllables needs no column of its own and means the same on both databases: Unicode
orders the 11,172 Hangul syllables by initial, vowel and final consonant.
"""

import re

# The modern initials, vowels and finals in the order of Unicode's syllables; the first final is none.
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
VOWELS = 21
FIRST, LAST = 0xAC00, 0xD7A3

# Two consonants on one key press or after another, which input methods join: ㄱ and ㅅ arrive as ㄳ.
CLUSTERS = dict(
    zip(
        "ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ",
        ["ㄱㅅ", "ㄴㅈ", "ㄴㅎ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅂㅅ"],
        strict=True,
    )
)
# Vowels that the next key may still change, by number, with the last one they may become: ㅗ to ㅚ, ㅜ to ㅟ, ㅡ to ㅢ.
GROWING = {8: 11, 13: 16, 18: 19}
# Conjoining initials (U+1100…), as a file name or another system may send them.
CONJOINING = {0x1100 + number: initial for number, initial in enumerate(INITIALS)}


def pattern(text: str) -> str:
    """A regular expression for names in which `text` stands, its lone consonants read as initials.

    For Python's re and PostgreSQL alike. `text` is folded (publication.text). The last syllable may be unfinished:
    its final consonant may turn out to be the initial of the next one.
    """
    letters = "".join(CLUSTERS.get(letter, letter) for letter in text.translate(CONJOINING))
    if not letters:
        return ""
    return "".join(_exactly(letter) for letter in letters[:-1]) + _unfinished(letters[-1])


def has_initials(text: str) -> bool:
    """Whether some letter of it is a consonant alone."""
    return any(letter in INITIALS or letter in CLUSTERS or ord(letter) in CONJOINING for letter in text)


def _exactly(letter: str) -> str:
    return _beginning_with(letter) if letter in INITIALS else re.escape(letter)


def _unfinished(letter: str) -> str:
    if not FIRST <= ord(letter) <= LAST:
        return _exactly(letter)
    open_syllable, final = divmod(ord(letter) - FIRST, len(FINALS))
    if not final:
        return _range(open_syllable, _grown(open_syllable))
    # 국: the syllable itself, or 구 and a syllable that begins with ㄱ. 넋: itself, or 넉 and one with ㅅ.
    stays, goes = CLUSTERS.get(FINALS[final], ("", FINALS[final]))
    if goes not in INITIALS:
        return letter
    before = chr(FIRST + open_syllable * len(FINALS) + FINALS.index(stays))
    return f"(?:{letter}|{before}{_beginning_with(goes)})"


def _grown(open_syllable: int) -> int:
    initial, vowel = divmod(open_syllable, VOWELS)
    return initial * VOWELS + GROWING.get(vowel, vowel)


def _beginning_with(initial: str) -> str:
    """ㄱ: every syllable from 가 to 깋, or the consonant itself."""
    first = INITIALS.index(initial) * VOWELS
    syllables = _range(first, first + VOWELS - 1)
    return f"[{initial}{syllables[1:]}"


def _range(first: int, last: int) -> str:
    """Every syllable from an open one to another, each with any final consonant."""
    size = len(FINALS)
    return f"[{chr(FIRST + first * size)}-{chr(FIRST + last * size + size - 1)}]"
