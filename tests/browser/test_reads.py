"""A page that is really looked at is counted, once, and no cookie goes along."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request

from articles import reads
from articles.models import Article, DailyReads
from publication.models import Publication
from tests.factories import make_published_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A reader's browser says no word of being without a window."""
    agent = (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
    )
    return {**browser_context_args, "user_agent": agent}


@pytest.fixture
def article(publication: Publication, monkeypatch: pytest.MonkeyPatch) -> Article:
    monkeypatch.setattr(reads, "buffer", reads.Buffer())
    monkeypatch.setattr(reads, "repeats", reads.Repeats())
    return make_published_article()


def reports(page: Page) -> list[Request]:
    """What the page sends to the counting address from now on."""
    sent: list[Request] = []
    page.on("request", lambda request: request.url.endswith("/read/") and sent.append(request))
    return sent


def test_a_page_in_view_is_counted_once(
    page: Page, context: BrowserContext, live_server: Any, article: Article
) -> None:
    context.add_cookies([{"name": "reader", "value": "1", "url": live_server.url}])
    page.clock.install()
    sent = reports(page)
    page.goto(article.url)
    page.clock.run_for(3000)
    assert sent == []
    with page.expect_response("**/read/") as answered:
        page.clock.run_for(2500)
    assert answered.value.status == 204
    assert "cookie" not in answered.value.request.all_headers()
    page.clock.run_for(60_000)
    assert len(sent) == 1
    assert reads.buffer.flush() == 1
    assert DailyReads.objects.get().reads == 1


def test_a_page_behind_others_is_not_counted(page: Page, article: Article) -> None:
    page.clock.install()
    sent = reports(page)
    page.add_init_script("Object.defineProperty(document, 'visibilityState', {get: () => window.seen})")
    page.add_init_script("window.seen = 'hidden'")
    page.goto(article.url)
    page.clock.run_for(60_000)
    turn = "seen => { window.seen = seen; document.dispatchEvent(new Event('visibilitychange')) }"
    page.evaluate(turn, "visible")
    page.clock.run_for(3000)
    page.evaluate(turn, "hidden")
    page.clock.run_for(60_000)
    assert sent == []
    with page.expect_response("**/read/"):
        page.evaluate(turn, "visible")
        page.clock.run_for(5100)


def test_fronts_are_not_counted(page: Page, article: Article) -> None:
    page.clock.install()
    sent = reports(page)
    page.goto("/")
    page.clock.run_for(60_000)
    assert sent == []
