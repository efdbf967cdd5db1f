"""The dateline `[신문이름 홍길동 기자]` that opens a story: made once, recognised when a reporter typed it."""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from publication.text import fill

# What a byline ends in. A bracket that ends otherwise, such as [단독] or [인터뷰], is part of the story.
_TITLES = (
    "기자|특파원|통신원|논설위원|편집위원|해설위원|전문위원|객원위원|에디터|리포터|PD|피디|앵커|아나운서"
)
# A bracket that credits a picture also ends in 기자.
_NOT_A_DATELINE = re.compile(r"\s*(?:사진|영상|그래픽|자료|글|일러스트|삽화|편집|그림|표)\s*[=·/:]")
_MAX_INSIDE = 80
_BRACKETED = re.compile(rf"\s*[\[【]([^\[\]【】\n]{{1,{_MAX_INSIDE}}})[\]】]\s*")
_WITH_TITLE = re.compile(rf"(?:{_TITLES})$")
# The form of the wire services: (서울=한빛통신) 홍길동 기자 = …
_WIRE = re.compile(
    rf"\s*\([^()=\n]{{1,30}}=[^()=\n]{{1,30}}\)\s*(?:[^=\n.]{{1,40}}(?:{_TITLES})\s*=\s*|=\s*)?"
)


class Named(Protocol):
    """What a byline offers: the name and title as published, and the part it names."""

    name: str
    title: str
    role: str


def dateline(pattern: str, publication: str, byline: str) -> str:
    """The pattern filled in; "" where there is no pattern or nobody to name in it."""
    if not pattern or (not byline and "{byline}" in pattern):
        return ""
    return fill(pattern, {"publication": publication, "byline": byline})


def byline_text(bylines: Iterable[Named]) -> str:
    """`홍길동 기자`, `홍길동·김철수 기자`, `홍길동 특파원·김철수 기자`: a title that several share stands once."""
    people = list(bylines)
    written = []
    for person, follower in zip(people, [*people, None][1:], strict=True):
        shared = follower is not None and follower.title == person.title
        written.append(person.name if shared or not person.title else f"{person.name} {person.title}")
    return "·".join(written)


def strip_dateline(text: str, publication: str = "", names: Sequence[str] = ()) -> str:
    """The text without a leading `[… 기자] ` or `(서울=통신사) … 기자 = `; as it is where there is none."""
    return text[_dateline_end(text, publication, names) :]


def has_dateline(text: str, publication: str = "", names: Sequence[str] = ()) -> bool:
    """True where the text, without tags, opens with a dateline: a bracket that ends in a title or names the
    publication or one of the names, or a wire service's opening."""
    return _dateline_end(text, publication, names) > 0


def _dateline_end(text: str, publication: str, names: Sequence[str]) -> int:
    if (wire := _WIRE.match(text)) is not None:
        return wire.end()
    found = _BRACKETED.match(text)
    if found is None or _NOT_A_DATELINE.match(found[1]):
        return 0
    inside = found[1].strip()
    is_named = any(len(name) > 1 and name in inside for name in (publication, *names))
    return found.end() if is_named or _WITH_TITLE.search(inside) else 0
