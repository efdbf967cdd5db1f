"""An article's page is put together from pieces: what people typed stands there as they typed it, and once."""

import json

import pytest
from django.test import Client

from articles.models import Article
from tests.factories import make_publication, make_published_article, make_reporter, make_series
from tests.page import Page

pytestmark = pytest.mark.django_db

TYPED = "<u> & \" ' 100% %s %(pk)s %% {x} {{ y }} {% z %} </script> <!-- &amp;"


@pytest.fixture(params=["each page anew", "kept patterns"], autouse=True)
def _typed(request: pytest.FixtureRequest) -> None:
    """Everything that can hold words holds those that mean something to a page, or to what makes it."""
    if request.param == "kept patterns":
        request.getfixturevalue("page_cache")
    make_publication(
        name=TYPED[:60], copyright_line=TYPED, byline_label=TYPED[:20], published_label=TYPED[:20]
    )
    reporter = make_reporter(TYPED[:40], title=TYPED[:20], bio=TYPED, email="o'neil&co@paper.test")
    series = make_series(TYPED, description=TYPED)
    words = {"title": TYPED, "subtitle": TYPED, "source": TYPED, "ai_use": "assisted", "ai_note": TYPED}
    for _number in range(3):
        make_published_article(by=reporter, series=series, tags=(TYPED,), **words)


def test_what_was_typed_is_shown_as_it_was_typed(client: Client) -> None:
    # Those after the first are made with its patterns.
    for article in Article.objects.order_by("pk"):
        answer = client.get(article.get_absolute_url())
        html = answer.content.decode()
        page = Page(html)
        assert page.one("h1").text == TYPED
        assert page.one("title").text == f"{TYPED} | {TYPED[:60].strip()}"
        for name in ("subtitle", "article-source", "label-note"):
            assert TYPED in next(one for one in page.elements if one.has_class(name)).text
        assert page.one("details")["data-title"] == TYPED
        assert TYPED in page.all("textarea")[0].text
        titles = [one for one in page.all("meta") if one.attributes.get("property") == "og:title"]
        assert [one["content"] for one in titles] == [TYPED]
        # Subtitle, source, note, series' title and words, neighbour, reporter's words, citation, headline …
        assert page.text.count(TYPED) >= 9
        assert "&amp;amp;amp;" not in html
        assert "mailto:o&#x27;neil&amp;co@paper.test" in html
        assert not page.all("u")
        told = [json.loads("".join(one.parts)) for one in page.all("script") if one.parts]
        assert told[0]["@graph"][0]["headline"] == TYPED
