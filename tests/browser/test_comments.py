"""The life of a comment with and without script, as guest and as member."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from accounts.models import User
from articles.models import Article
from comments import rules
from comments.models import Comment, Posting, Report, Vote
from publication.models import Publication
from tests.comments.cast import guest, write
from tests.factories import PASSWORD, make_published_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WRITING = "[data-write] textarea"


@pytest.fixture
def article(publication: Publication) -> Article:
    return make_published_article()


@pytest.fixture
def no_pause(settings: Any) -> None:
    settings.COMMENTS = {"pause_seconds": 0}


@pytest.fixture
def scriptless(browser: Browser, live_server: Any) -> Any:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="ko-KR")
    yield context
    context.close()


def log_in(page: Page, user: User) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/accounts/")


def post(page: Page, text: str, nickname: str = "손님하나") -> None:
    page.fill(WRITING, text)
    if nickname:
        page.fill("[data-write] input[name=nickname]", nickname)
    page.click("[data-write] [data-submit]")


def item(page: Page, comment: Comment) -> Any:
    return page.locator(f"#comment-{comment.pk}")


def test_a_guest_lives_through_a_comment_without_script(
    scriptless: BrowserContext, article: Article, no_pause: None
) -> None:
    other = write(article, guest("other"), "남의 댓글", nickname="다른이")
    page = scriptless.new_page()
    page.goto(article.url)
    expect(page.get_by_role("heading", name="1개의 댓글")).to_be_visible()
    page.get_by_role("link", name="댓글 쓰기").click()
    expect(page.locator("[data-counter]")).to_have_text("0 / 400")
    page.fill("[name=nickname]", "손님하나")
    page.fill("[name=body]", "가" * 401)
    page.get_by_role("button", name="등록").click()
    expect(page.get_by_role("alert")).to_contain_text("지금은 401자입니다.")
    expect(page.locator("[data-counter]")).to_have_text("401 / 400")
    expect(page.locator("[name=body]")).to_have_value("가" * 401)
    page.fill("[name=body]", "첫 줄\n둘째 줄")
    page.get_by_role("button", name="등록").click()
    expect(page.get_by_role("status")).to_have_text("등록되었습니다.")
    mine = Comment.objects.get(nickname="손님하나")
    assert mine.body == "첫 줄\n둘째 줄"

    page.get_by_role("link", name="수정 가능").click()
    expect(page.locator("main")).to_contain_text("댓글 수정은 작성 후 1분내에만 가능합니다.")
    page.fill("[name=body]", "고친 글")
    page.get_by_role("button", name="수정하기").click()
    expect(page.get_by_role("status")).to_have_text("수정되었습니다.")
    expect(page.locator("main")).to_contain_text("(수정됨)")

    act_on_anothers(page, other)

    page.goto("/comments/mine/")
    expect(page.locator(".thread-item")).to_have_count(2)
    page.get_by_role("link", name=f"댓글 {mine.pk} 삭제").click()
    expect(page.locator("main")).to_contain_text("삭제한 댓글은 다시 복구할 수 없습니다.")
    expect(page.locator("main")).to_contain_text("그래도 삭제하시겠습니까?")
    page.get_by_role("button", name="삭제").click()
    expect(page.get_by_role("heading", name="2개의 댓글")).to_be_visible()
    assert not Comment.objects.filter(pk=mine.pk).exists()


def act_on_anothers(page: Page, other: Comment) -> None:
    """Recommends, reports and answers it, through its own page."""
    page.goto(f"/comments/{other.pk}/")
    page.get_by_role("button", name="추천").click()
    expect(page.get_by_role("button", name="추천 1")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="신고").click()
    page.get_by_label("광고·도배").check()
    page.get_by_role("button", name="신고").click()
    expect(page.get_by_role("status")).to_have_text("신고가 접수되었습니다.")
    page.get_by_role("link", name="답글").click()
    page.fill("[name=body]", "답글입니다")
    expect(page.locator("[name=nickname]")).to_have_value("손님하나")
    page.get_by_role("button", name="등록").click()
    page.get_by_role("link", name="댓글이 있는 자리로").click()
    assert Comment.objects.get(body="답글입니다").parent == other
    expect(page.locator(f"#comment-{other.pk} .reply")).to_contain_text("답글입니다")


def test_a_guest_lives_through_a_comment_in_place(page: Page, article: Article, no_pause: None) -> None:
    other = write(article, guest("other"), "남의 댓글", nickname="다른이")
    page.goto(article.url)
    post(page, "제자리 댓글")
    expect(page.locator("[data-list] > li [role=alert]")).to_have_text("등록되었습니다.")
    mine = Comment.objects.get(body="제자리 댓글")
    expect(page.locator("[data-list] > li").first).to_have_id(f"comment-{mine.pk}")
    expect(item(page, mine)).to_be_focused()
    expect(page.locator("#comments-title")).to_have_text("2개의 댓글")
    expect(page.locator(".article-count")).to_have_text("댓글 2")
    expect(page.locator(WRITING)).to_have_value("")

    edit = item(page, mine).locator("[data-do=edit]")
    expect(edit).to_contain_text("수정 가능")
    edit.click()
    dialog = page.get_by_role("dialog", name="댓글수정")
    expect(dialog.locator("textarea")).to_have_value("제자리 댓글")
    expect(dialog.locator("textarea")).to_be_focused()
    dialog.locator("textarea").fill("<b>고친</b> 댓글")
    dialog.get_by_role("button", name="수정하기").click()
    expect(item(page, mine)).to_contain_text("<b>고친</b> 댓글")
    expect(item(page, mine)).to_contain_text("(수정됨)")

    expect(item(page, mine).locator("[data-do=up]")).to_be_disabled()
    act_in_place(page, other)

    page.reload()
    expect(item(page, mine).locator("[data-do=delete]")).to_be_visible()
    expect(item(page, other).locator("[data-do=down]").first).to_have_attribute("aria-pressed", "true")
    item(page, mine).locator("[data-do=delete]").click()
    dialog = page.get_by_role("dialog", name="댓글삭제")
    expect(dialog).to_contain_text("삭제한 댓글은 다시 복구할 수 없습니다.")
    expect(dialog).to_contain_text("그래도 삭제하시겠습니까?")
    expect(dialog.get_by_role("button", name="취소")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    item(page, mine).locator("[data-do=delete]").click()
    dialog.get_by_role("button", name="삭제").click()
    expect(item(page, mine)).to_have_count(0)
    expect(page.locator("#comments-title")).to_have_text("2개의 댓글")
    expect(page.locator("#comments-title")).to_be_focused()
    assert not Comment.objects.filter(pk=mine.pk).exists()
    assert Vote.objects.get().value == -1
    assert Report.objects.get().reason == "abuse"


def act_in_place(page: Page, other: Comment) -> None:
    """Votes twice, answers and reports, without leaving the page."""
    up = item(page, other).locator("[data-do=up]")
    up.click()
    expect(up).to_have_text("추천 1")
    expect(up).to_have_attribute("aria-pressed", "true")
    item(page, other).locator("[data-do=down]").click()
    expect(up).to_have_text("추천 0")
    expect(item(page, other).locator("[data-do=down]")).to_have_text("반대 1")

    item(page, other).locator("[data-do=reply]").click()
    form = item(page, other).locator("form")
    expect(form.locator("textarea")).to_be_focused()
    form.locator("textarea").fill("제자리 답글")
    form.locator("[name=nickname]").fill("손님하나")
    form.get_by_role("button", name="등록").click()
    expect(item(page, other).locator(".reply")).to_contain_text("제자리 답글")
    expect(page.locator("#comments-title")).to_have_text("3개의 댓글")

    item(page, other).locator("[data-do=report]").first.click()
    page.get_by_label("욕설·비하").check()
    page.get_by_role("dialog").get_by_role("button", name="신고").click()
    expect(item(page, other).locator("> .comment [role=alert]")).to_have_text("신고가 접수되었습니다.")


def test_a_member_writes_under_his_nickname(page: Page, article: Article, reader: User) -> None:
    log_in(page, reader)
    page.goto(article.url)
    page.locator(WRITING).focus()
    expect(page.locator("[data-write]")).to_contain_text("한강독자 이름으로 씁니다.")
    expect(page.locator("[data-write] [name=nickname]")).to_be_hidden()
    post(page, "회원의 댓글", nickname="")
    expect(page.locator("[data-list] > li")).to_contain_text("한강독자")
    assert Comment.objects.get().user == reader


def test_a_tombstone_stays_over_the_replies_of_others(page: Page, article: Article) -> None:
    page.goto(article.url)
    post(page, "지울 댓글")
    expect(page.locator("[data-list] > li")).to_have_count(1)
    mine = Comment.objects.get()
    write(article, guest("other"), "남는 답글", answers=mine)
    page.reload()
    item(page, mine).locator("[data-do=delete]").first.click()
    page.get_by_role("dialog").get_by_role("button", name="삭제").click()
    expect(item(page, mine)).to_contain_text("삭제된 댓글입니다.")
    expect(item(page, mine)).to_contain_text("남는 답글")
    expect(page.locator("#comments-title")).to_have_text("1개의 댓글")


def test_the_counter_counts_speaks_and_stops(page: Page, article: Article) -> None:
    page.goto(article.url)
    field, counter = page.locator(WRITING), page.locator("[data-write] [data-counter]")
    submit, live = page.locator("[data-write] [data-submit]"), page.locator("#comments > [role=status]")
    expect(counter).to_have_text("0 / 400")
    field.fill("가" * 39)
    expect(live).to_have_text("")
    field.fill("가" * 40)
    expect(live).to_have_text("400자 가운데 40자")
    field.fill("가" * 381)
    expect(live).to_have_text("400자 가운데 381자")
    field.fill("👨\u200d👩\u200d👧\u200d👦" * 58)
    expect(counter).to_have_text("406 / 400")
    expect(submit).to_be_disabled()
    assert field.input_value() == "👨\u200d👩\u200d👧\u200d👦" * 58
    field.fill("한 줄\n둘")
    expect(counter).to_have_text("5 / 400")
    expect(submit).to_be_enabled()
    field.blur()
    expect(live).to_have_text("400자 가운데 5자")


def test_the_minute_counts_down_and_the_button_leaves(page: Page, article: Article, settings: Any) -> None:
    settings.COMMENTS = {"edit_seconds": 3}
    page.goto(article.url)
    post(page, "금방 지나갈 댓글")
    edit = page.locator("[data-do=edit]")
    edit.focus()
    expect(edit).to_be_hidden()
    expect(page.locator("[data-do=delete]")).to_be_focused()


def test_an_edit_that_comes_too_late_keeps_the_text(page: Page, article: Article) -> None:
    page.goto(article.url)
    post(page, "늦게 고칠 댓글")
    page.locator("[data-do=edit]").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("textarea").fill("늦은 고침")
    Comment.objects.update(created_at=timezone.now() - rules.rules().edit_window * 2)
    dialog.get_by_role("button", name="수정하기").click()
    expect(dialog.get_by_role("alert")).to_have_text("수정 기한이 지났습니다.")
    expect(dialog.locator("textarea")).to_have_value("늦은 고침")


def test_a_draft_survives_a_reload_and_a_lost_answer_stores_one_comment(page: Page, article: Article) -> None:
    page.goto(article.url)
    page.fill(WRITING, "끊긴 댓글")
    page.fill("[data-write] [name=nickname]", "손님하나")

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/comments/write/", lose)
    page.click("[data-write] [data-submit]")
    expect(page.locator("[data-write] [role=alert]")).to_contain_text("보내지 못했습니다.")
    page.unroute("**/comments/write/")
    assert Comment.objects.count() == 1
    page.reload()
    expect(page.locator(WRITING)).to_have_value("끊긴 댓글")
    page.locator(WRITING).focus()
    page.click("[data-write] [data-submit]")
    expect(page.locator("[data-list] > li [role=alert]")).to_have_text("등록되었습니다.")
    assert Comment.objects.count() == 1
    expect(page.locator("[data-list] > li")).to_have_count(1)
    page.reload()
    expect(page.locator(WRITING)).to_have_value("")


def test_a_double_press_stores_one_comment(page: Page, article: Article) -> None:
    page.goto(article.url)
    page.fill(WRITING, "두 번 누름")
    page.fill("[data-write] [name=nickname]", "손님하나")
    page.evaluate(
        "() => { const b = document.querySelector('[data-write] [data-submit]'); b.click(); b.click() }"
    )
    expect(page.locator("[data-list] > li [role=alert]")).to_have_text("등록되었습니다.")
    assert Comment.objects.count() == Posting.objects.count() == 1


def test_enter_while_composing_submits_nothing(page: Page, article: Article) -> None:
    page.goto(article.url)
    page.fill(WRITING, "조합 중")
    page.fill("[data-write] [name=nickname]", "손님하나")
    page.press("[data-write] [name=nickname]", "Enter")
    expect(page.locator(WRITING)).to_be_focused()
    page.press(WRITING, "Enter")
    expect(page.locator(WRITING)).to_have_value("조합 중\n")
    assert not Comment.objects.exists()


def test_nothing_private_is_asked_before_there_is_a_reason(page: Page, article: Article) -> None:
    write(article, guest("other"), "남의 댓글")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "me.json" in request.url else None)
    page.goto(article.url)
    page.wait_for_load_state("networkidle")
    assert asked == []
    page.locator(WRITING).focus()
    expect(page.locator("[data-write] [name=nickname]")).to_be_visible()
    assert len(asked) == 1


def test_more_replies_come_in_place(page: Page, article: Article) -> None:
    top = write(article, guest("top"), "답글 많은 댓글")
    for number in range(6):
        write(article, guest(f"r{number}"), f"답 {number}", answers=top)
    page.goto(article.url)
    page.get_by_role("link", name="답글 3개 더보기").click()
    expect(page.locator(".reply")).to_have_count(6)
    expect(page.locator(".reply").nth(3)).to_be_focused()
    expect(page.locator(".reply").nth(5).locator("[data-do=reply]")).to_be_visible()
    assert page.url.endswith(article.url)


def test_everything_is_reached_by_keyboard_on_a_telephone(
    page: Page, article: Article, no_pause: None
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    other = write(
        article, guest("other"), "남의 댓글 " + "가" * 300, nickname="아주아주아주아주아주아주긴이름"
    )
    page.goto(article.url)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    reply = item(page, other).locator("[data-do=reply]")
    reply.focus()
    page.keyboard.press("Enter")
    expect(item(page, other).locator("textarea")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    expect(item(page, other).get_by_label("닉네임")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(item(page, other).get_by_role("button", name="취소")).to_be_focused()
    page.keyboard.press("Enter")
    expect(reply).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(item(page, other).locator("[data-do=up]")).to_have_text("추천 1")
    for control in page.locator("#comments a, #comments button").all():
        box = control.bounding_box()
        assert box is None or min(box["width"], box["height"]) >= 24, control.inner_text()


def test_what_is_held_is_told_to_its_writer(page: Page, article: Article) -> None:
    page.goto(article.url)
    post(page, "보세요 https://example.com/")
    expect(page.locator("[data-write] [role=alert]")).to_have_text("검토 후 게시됩니다.")
    expect(page.locator("#comments-title")).to_have_text("0개의 댓글")
    expect(page.locator("[data-list] > li")).to_have_count(0)


def test_a_stale_form_token_is_renewed_by_itself(
    page: Page, article: Article, as_user: Callable[[Any], Any]
) -> None:
    page.goto(article.url)
    page.fill(WRITING, "낡은 양식")
    page.fill("[data-write] [name=nickname]", "손님하나")
    page.context.clear_cookies(name="csrf")
    page.click("[data-write] [data-submit]")
    expect(page.locator("[data-list] > li [role=alert]")).to_have_text("등록되었습니다.")
    assert Comment.objects.count() == 1
