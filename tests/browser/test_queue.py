"""The moderators' queue in a real browser: cleared by keyboard, undone, and the same without script."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect

from accounts.models import User
from articles.models import Article
from comments.models import BlockedWord, Comment, State
from comments.recount import drift
from publication.models import Audit
from tests.comments.cast import guest, write
from tests.factories import make_published_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUEUE = "/admin/comments/comment/"


@pytest.fixture
def article() -> Article:
    return make_published_article(title="강 위의 다리")


@pytest.fixture
def held(article: Article) -> list[Comment]:
    BlockedWord.objects.create(word="나쁜말", skeleton="나쁜말")
    return [write(article, guest(str(n)), f"나쁜 말 {n}번째") for n in range(5)]


def sign_in(page: Page, user: User, site: str) -> None:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


@pytest.fixture
def queue(page: Page, moderator: User, held: list[Comment], live_server: Any) -> Iterator[Page]:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    sign_in(page, moderator, live_server.url)
    page.goto(QUEUE)
    yield page
    assert errors == []


def row(page: Page, comment: Comment) -> Locator:
    return page.locator(f"#row-{comment.pk}")


def states(*comments: Comment) -> list[str]:
    found = dict(Comment.objects.values_list("pk", "state"))
    return [found.get(comment.pk, "deleted") for comment in comments]


def test_the_queue_is_cleared_by_keyboard(queue: Page, held: list[Comment], article: Article) -> None:
    expect(row(queue, held[0])).to_have_class("queue-row is-current")
    expect(row(queue, held[0]).locator("mark")).to_have_text("나쁜 말")
    queue.keyboard.press("a")
    expect(row(queue, held[0])).to_contain_text("게시")
    expect(row(queue, held[1])).to_have_class("queue-row is-current")
    queue.keyboard.press("h")
    expect(queue.locator("[data-queue-told]")).to_contain_text("사유를 고르세요")
    queue.keyboard.press("4")
    queue.keyboard.press("h")
    expect(row(queue, held[1])).to_have_class("queue-row is-done")
    queue.keyboard.press("x")
    queue.keyboard.press("j")
    queue.keyboard.press("x")
    queue.keyboard.press("d")
    expect(queue.get_by_role("dialog")).to_contain_text("2개 선택")
    expect(queue.get_by_role("button", name="취소")).to_be_focused()
    queue.keyboard.press("Escape")
    assert states(*held) == ["visible", "hidden", "held", "held", "held"]
    queue.keyboard.press("d")
    queue.get_by_role("dialog").get_by_role("button", name="삭제").click()
    expect(row(queue, held[3])).to_have_class("queue-row is-done")
    queue.keyboard.press("k")
    queue.keyboard.press("a")
    expect(queue.locator(".queue__empty")).to_have_text("기다리는 댓글이 없습니다.")
    expect(queue.locator("[data-count=held]")).to_have_text("0")
    assert states(*held) == ["visible", "hidden", "deleted", "deleted", "visible"]
    assert Audit.objects.get(verb="hide").why == "광고·도배"
    assert drift(article.pk) == []


def test_the_last_deed_can_be_undone(queue: Page, held: list[Comment], article: Article) -> None:
    queue.keyboard.press("1")
    queue.keyboard.press("Shift+X")
    queue.keyboard.press("k")
    for comment in held[3:]:
        row(queue, comment).locator("input").uncheck()
    queue.keyboard.press("h")
    expect(row(queue, held[2])).to_have_class("queue-row is-done")
    queue.keyboard.press("u")
    expect(row(queue, held[0])).to_be_visible()
    expect(queue.locator("[data-queue-told]")).to_have_text("되돌렸습니다")
    assert states(*held) == [State.HELD] * 5
    assert drift(article.pk) == []


def test_the_keys_work_while_a_korean_keyboard_is_on(queue: Page, held: list[Comment]) -> None:
    queue.evaluate(
        """() => document.body.dispatchEvent(new KeyboardEvent("keydown",
             { key: "ㅁ", code: "KeyA", bubbles: true, cancelable: true }))"""
    )
    expect(row(queue, held[0])).to_have_class("queue-row is-done")
    assert states(held[0]) == ["visible"]


def test_keys_leave_fields_alone(queue: Page, held: list[Comment]) -> None:
    queue.keyboard.press("/")
    queue.keyboard.type("ahd")
    expect(queue.locator("#queue-search")).to_have_value("ahd")
    assert states(*held) == [State.HELD] * 5


def test_clearing_two_hundred_takes_no_page_load_each(
    queue: Page, article: Article, held: list[Comment]
) -> None:
    for number in range(60):
        write(article, guest(f"more{number}"), f"또 나쁜말 {number}")
    queue.goto(QUEUE)
    queue.evaluate("window.stays = true")
    rows = queue.locator("[data-row]")
    expect(rows).to_have_count(50)
    queue.keyboard.press("Shift+X")
    queue.keyboard.press("a")
    expect(rows).to_have_count(15)
    queue.keyboard.press("Shift+X")
    queue.keyboard.press("a")
    expect(queue.locator(".queue__empty")).to_be_visible()
    assert queue.evaluate("window.stays")
    assert not Comment.objects.filter(state=State.HELD).exists()
    assert drift(article.pk) == []


def test_a_failed_deed_changes_nothing_and_says_so(queue: Page, held: list[Comment]) -> None:
    queue.route(f"**{QUEUE}*", lambda route: route.fulfill(status=200, body="<p>log in</p>"))
    queue.keyboard.press("a")
    expect(queue.locator("[data-queue-told]")).to_contain_text("처리하지 못했습니다")
    expect(row(queue, held[0])).not_to_have_class("queue-row is-done")
    assert states(held[0]) == [State.HELD]


def test_without_script_the_form_does_the_same(
    browser: Browser, moderator: User, held: list[Comment], live_server: Any
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, moderator, live_server.url)
    page.goto(QUEUE)
    row(page, held[0]).locator("input").check()
    row(page, held[4]).locator("input").check()
    page.select_option("#deed-reason", "abuse")
    page.locator("button[value=hide]").click()
    expect(page.locator(".messagelist")).to_contain_text("댓글 2개")
    expect(page.locator("[data-row]")).to_have_count(3)
    assert states(*held) == ["hidden", "held", "held", "held", "hidden"]
    context.close()
