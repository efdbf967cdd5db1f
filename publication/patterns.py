"""Templates whose sentences are the paper's and whose gaps are the page's: rendered once, filled for each page.

Where a template says `{{ gap.title }}` there is a gap. What it shows besides is the paper and a few values that
are the same on many pages, such as whether a thread is open; so it is furniture (publication.furniture), one for
each set of those values. To fill a pattern costs a hundredth of rendering its template.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from publication.furniture import thing

# What context processors say of the paper, whatever the page.
PAPER = ("publication", "policy_pages", "sections", "site_url")

# No text that anybody typed holds these signs (publication.text), so none can make a gap.
_GAP = re.compile("\x02(\\w+)\x03")
_EMPTY_LINES = re.compile("\n(?: *\n)+")


class Gaps:
    """`gap.name` in a template: where the value goes, and true if this page has one."""

    def __init__(self, present: tuple[str, ...]) -> None:
        self.present = present

    def __getitem__(self, name: str) -> SafeString:
        return SafeString(f"\x02{name}\x03" if name in self.present else "")


def part(name: str, context: Mapping[str, Any], **values: Hashable) -> SafeString:
    """A template that shows nothing but the paper, out of `context`, and these values."""

    def render() -> SafeString:
        return _rendered(name, {**_paper(context), **values})

    return thing(("html", get_language(), name, *sorted(values.items())), render)


def filled(name: str, context: Mapping[str, Any], gaps: Mapping[str, str], **values: Hashable) -> SafeString:
    """The template with its gaps filled. `gaps`: HTML, each escaped by whoever made it; "" for what is not there."""
    present = tuple(gap for gap, html in gaps.items() if html)

    def render() -> str:
        html = _rendered(name, {**_paper(context), **values, "gap": Gaps(present)})
        return _GAP.sub(r"%(\1)s", html.replace("%", "%%"))

    pattern = thing(("pattern", get_language(), name, present, *sorted(values.items())), render)
    return SafeString(pattern % gaps)


def _rendered(name: str, context: dict[str, Any]) -> SafeString:
    """Without the empty lines that lines of tags leave; whatever a reader typed stands in the gaps."""
    return SafeString(_EMPTY_LINES.sub("\n", get_template(name).render(context)))


def _paper(context: Mapping[str, Any]) -> dict[str, Any]:
    return {known: context[known] for known in PAPER if known in context}
