"""Templates that are rendered once and filled for each page."""

from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from publication.http import public_page
from publication.patterns import filled, part

TEMPLATE = (
    "50% of {{ publication }}: <b>{{ gap.word }}</b>{% if gap.more %}, {{ gap.more }}{% endif %}{{ sign }}"
)


@pytest.fixture
def template(settings: Any, tmp_path: Path) -> str:
    """Its own folder is looked into first."""
    (tmp_path / "pattern.html").write_text(TEMPLATE)
    (tmp_path / "lines.html").write_text("one\n\n  \n\ntwo\n{% if gap.text %}{{ gap.text }}{% endif %}\n")
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}]
    return "pattern.html"


def test_gaps_are_filled_as_they_are_and_nothing_else_is(template: str) -> None:
    paper = {"publication": "A&B", "sign": "never shown"}
    html = filled(template, paper, {"word": "<i>100%</i> %(more)s"}, sign="!")
    assert html == "50% of A&amp;B: <b><i>100%</i> %(more)s</b>!"


def test_a_template_knows_which_gaps_a_page_has(template: str) -> None:
    assert filled(template, {}, {"word": "one", "more": "two"}).endswith("<b>one</b>, two")
    assert filled(template, {}, {"word": "one", "more": ""}).endswith("<b>one</b>")


@pytest.mark.django_db
def test_one_pattern_serves_many_pages(template: str, page_cache: None) -> None:
    def page(word: str, paper: str) -> str:
        view = public_page(
            lambda request: HttpResponse(filled(template, {"publication": paper}, {"word": word}))
        )
        return view(RequestFactory().get("/")).content.decode()

    assert "of paper: <b>one</b>" in page("one", "paper")
    # The paper is what it was: its key has not been raised.
    assert "of paper: <b>two</b>" in page("two", "other")


def test_empty_lines_go_from_patterns_and_stay_in_what_was_typed(template: str) -> None:
    assert filled("lines.html", {}, {"text": "a\n\nb"}) == "one\ntwo\na\n\nb\n"
    assert part("lines.html", {}, gap=()) == "one\ntwo\n"
