"""What makes reading comfortable: text size, citation, print, and embeds and KakaoTalk that ask nobody unasked."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from articles import kakao
from articles.models import Article
from publication.models import Publication
from tests.factories import make_published_article, make_reporter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
KEY = "0123456789abcdef0123456789abcdef"
# Layout shifts, and what the page's policy refused, from the first moment on.
WATCH = """
  window.shifts = 0
  window.refused = []
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    window.shifts += entry.hadRecentInput ? 0 : entry.value
  }))
    .observe({ type: "layout-shift", buffered: true })
  document.addEventListener("securitypolicyviolation", (event) => window.refused.push(event.blockedURI))
"""
# What a page of Kakao's script does for us, told to the test.
FAKE_SDK = """
  window.calls = []
  window.Kakao = {
    isInitialized: () => window.calls.length > 0,
    init: (key) => window.calls.push(["init", key]),
    Share: { sendScrap: (what) => window.calls.push(["sendScrap", what.requestUrl]) },
  }
"""


@pytest.fixture
def article(publication: Publication) -> Article:
    text = "강물은 천천히 흐른다. " * 40
    return make_published_article(
        title='[단독] ‘강’ & "다리"',
        by=make_reporter("홍길동"),
        body=f"<p>{text}</p><p>{VIDEO}</p><p>{text}</p><p>https://x.com/paper/status/20</p><p>{text}</p>",
    )


@pytest.fixture
def outside(page: Page, live_server: Any) -> Iterator[list[str]]:
    """What the page asks of other sites; each is answered by an empty page."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        if route.request.url.startswith(live_server.url):
            return route.continue_()
        asked.append(route.request.url)
        return route.fulfill(content_type="text/html", body="<!doctype html><title>player</title>")

    page.route("**/*", answer)
    yield asked
    page.unroute("**/*")


def size_of(page: Page, selector: str = ".article-body p") -> float:
    return page.locator(selector).first.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")


def wait_for(page: Page, condition: str) -> None:
    """Not Playwright's own: that evaluates in the page, which the page's policy forbids."""
    for _moment in range(400):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def test_the_text_size_is_kept_and_nothing_jumps_on_the_next_visit(page: Page, article: Article) -> None:
    page.add_init_script(WATCH)
    page.goto(article.url)
    normal, headline = size_of(page), size_of(page, "h1")
    sizes = page.get_by_role("group", name="글자 크기")
    expect(sizes.get_by_role("radio", name="보통")).to_be_checked()
    sizes.get_by_role("radio", name="보통").focus()
    for _step in range(3):
        page.keyboard.press("ArrowRight")
    expect(sizes.get_by_role("radio", name="아주 크게")).to_be_checked()
    assert size_of(page) == pytest.approx(1.5 * normal)
    assert size_of(page, "h1") == headline
    page.reload()
    expect(sizes.get_by_role("radio", name="아주 크게")).to_be_checked()
    assert size_of(page) == pytest.approx(1.5 * normal)
    assert page.evaluate("window.shifts") < 0.01
    sizes.get_by_role("radio", name="작게").check(force=True)
    assert size_of(page) < normal
    sizes.get_by_role("radio", name="보통").check(force=True)
    page.reload()
    assert size_of(page) == normal


def test_a_size_that_nobody_could_have_chosen_does_no_harm(page: Page, article: Article) -> None:
    page.add_init_script("""localStorage.setItem("text-size", '9"] *')""")
    page.goto(article.url)
    expect(page.get_by_role("radio", name="보통")).to_be_checked()
    assert size_of(page) == 18


def test_without_script_there_are_no_controls_and_everything_else(
    browser: Browser, live_server: Any, article: Article
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="ko-KR")
    page = context.new_page()
    page.goto(article.url)
    expect(page.get_by_role("group", name="글자 크기")).to_be_hidden()
    expect(page.get_by_role("button", name="인쇄")).to_be_hidden()
    expect(page.get_by_role("link", name="YouTube 동영상")).to_have_attribute("href", VIDEO)
    assert page.locator(".embed button, iframe").count() == 0
    page.locator("[data-share] summary").click()
    expect(page.get_by_label("인용")).to_be_visible()
    expect(page.get_by_role("button", name="인용문 복사")).to_be_hidden()
    context.close()


def test_the_citation_is_copied_and_said(page: Page, article: Article) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(article.url)
    page.locator("[data-share] summary").click()
    page.get_by_role("button", name="인용문 복사").click()
    expect(page.get_by_role("status").filter(has_text="인용문을 복사했습니다.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith('홍길동, 「[단독] ‘강’ & "다리"」, 『시험신문』, ')
    assert copied.endswith(f"/news/{article.pk}/")


def test_a_refused_clipboard_leaves_the_citation_selected(page: Page, article: Article) -> None:
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject()")
    page.goto(article.url)
    page.locator("[data-share] summary").click()
    page.get_by_role("button", name="인용문 복사").click()
    expect(page.get_by_text("직접 복사해 주세요.", exact=True)).to_be_visible()
    assert page.evaluate("getSelection().toString()").startswith("홍길동, 「")


def test_the_print_button_prints_and_the_print_is_the_article_alone(page: Page, article: Article) -> None:
    page.add_init_script("window.prints = 0; window.print = () => { window.prints += 1 }")
    page.goto(article.url)
    page.get_by_role("button", name="인쇄").click()
    assert page.evaluate("window.prints") == 1
    page.emulate_media(media="print")
    for shown in (
        ".nameplate",
        "h1",
        ".written-by",
        ".times",
        ".article-body",
        ".article-copyright",
        ".print-only",
    ):
        expect(page.locator(shown).first).to_be_visible()
    for hidden in (".section-nav", ".share", ".comfort-print", ".text-size", ".comments", ".site-footer"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".embed button").first).to_be_hidden()


def test_an_embed_asks_nobody_before_it_is_opened(page: Page, article: Article, outside: list[str]) -> None:
    page.add_init_script(WATCH)
    page.goto(article.url)
    page.wait_for_load_state("networkidle")
    assert outside == []
    assert page.locator("iframe").count() == 0
    height = page.locator(".embed-wide").bounding_box()
    page.get_by_role("button", name="YouTube 동영상 재생").press("Enter")
    frame = page.locator("iframe")
    expect(frame).to_be_focused()
    expect(frame).to_have_attribute("title", "YouTube 동영상")
    assert "allow-top-navigation" not in (frame.get_attribute("sandbox") or "allow-top-navigation")
    expect(page.frame_locator("iframe").locator("html")).to_be_attached()
    assert outside == ["https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"]
    assert height
    assert frame.bounding_box()["height"] == pytest.approx(height["height"], abs=4)
    expect(page.get_by_role("link", name="YouTube 동영상")).to_be_visible()
    page.get_by_role("button", name="X 게시물 보기").click()
    expect(page.locator("iframe")).to_have_count(2)
    assert page.evaluate("window.refused") == []
    assert page.evaluate("window.shifts") < 0.01


def test_a_frame_of_another_host_is_refused_by_the_policy(
    page: Page, article: Article, outside: list[str]
) -> None:
    page.add_init_script(WATCH)
    page.goto(article.url)
    page.locator("[data-embed]").first.evaluate("(box) => { box.dataset.frame = 'https://evil.example/' }")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('iframe'), {src: 'https://evil.example/'}))"
    )
    wait_for(page, "window.refused.length > 0")
    assert outside == []


def test_a_provider_that_is_switched_off_has_no_button(page: Page, article: Article, settings: Any) -> None:
    settings.EMBEDS = ["x"]
    page.goto(article.url)
    expect(page.get_by_role("button", name="X 게시물 보기")).to_be_visible()
    assert page.get_by_role("button", name="YouTube 동영상 재생").count() == 0
    expect(page.get_by_role("link", name="YouTube 동영상")).to_be_visible()


def test_kakao_is_asked_for_its_script_when_the_button_is_pressed_and_not_before(
    page: Page, article: Article, outside: list[str], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.KAKAO_SHARE_KEY = KEY
    policies = settings.PAGE_CONTENT_SECURITY_POLICY
    settings.PAGE_CONTENT_SECURITY_POLICY = policies | {
        "article": policies["article"] | kakao.CONTENT_SECURITY_POLICY
    }
    # The hash of what stands in for Kakao's script here.
    monkeypatch.setattr(kakao.Button, "__init__", _button_without_hash)
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(
            content_type="text/javascript", headers={"Access-Control-Allow-Origin": "*"}, body=FAKE_SDK
        )

    page.route(kakao.SDK, answer)
    page.add_init_script(WATCH)
    page.goto(article.url)
    page.locator("[data-share] summary").click()
    page.wait_for_load_state("networkidle")
    assert asked == outside == []
    for _press in range(2):
        page.get_by_role("button", name="카카오톡").click()
    wait_for(page, "window.calls?.length === 3")
    address = page.locator("#share-address").input_value()
    assert page.evaluate("window.calls") == [["init", KEY], ["sendScrap", address], ["sendScrap", address]]
    assert asked == [kakao.SDK]
    assert outside == []
    assert page.evaluate("window.refused") == []


def _button_without_hash(button: kakao.Button, key: str) -> None:
    for name, value in {"key": key, "sdk": kakao.SDK, "integrity": ""}.items():
        object.__setattr__(button, name, value)


def test_other_bytes_than_kakaos_are_not_run_and_the_reader_is_told(
    page: Page, article: Article, settings: Any
) -> None:
    settings.KAKAO_SHARE_KEY = KEY
    page.route(
        kakao.SDK,
        lambda route: route.fulfill(
            content_type="text/javascript", headers={"Access-Control-Allow-Origin": "*"}, body=FAKE_SDK
        ),
    )
    settings.PAGE_CONTENT_SECURITY_POLICY = {"article": kakao.CONTENT_SECURITY_POLICY}
    page.goto(article.url)
    page.locator("[data-share] summary").click()
    page.get_by_role("button", name="카카오톡").click()
    expect(page.get_by_text("카카오톡을 열지 못했습니다. 주소를 복사해 주세요.")).to_be_visible()
    assert page.evaluate("window.Kakao") is None
