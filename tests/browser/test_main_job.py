"""The newspaper's main job, once through: written, illustrated, approved, read."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from articles.models import Article, Reporter, Section
from publication.models import Publication
from tests.factories import PASSWORD, make_reporter, make_section
from tests.pictures import korean_photo

pytestmark = [pytest.mark.browser, pytest.mark.main_job, pytest.mark.django_db(transaction=True)]

TITLE = '[단독] ‘달빛 진료소’ 문 연 첫 밤…"아이 열 내렸어요" & <안도>'
SUBTITLE = "강변동 주민이 만든 밤 진료, 한 달 뒤 이웃 동네로"
# As a word processor puts it on the clipboard: NBSP, curly quotes, styles, an empty paragraph between.
PARAGRAPHS = [
    f"{n}번째\u00a0문단이다.\u00a0주민들은 “밤에도 불이 켜져 있다”며 ‘고맙다’고 말했다." for n in range(1, 15)
]
PASTED = (
    "<html><body><!--StartFragment-->"
    + "<p class=MsoNormal><o:p>&nbsp;</o:p></p>".join(
        f'<p class="MsoNormal" style="line-height:160%"><span lang="KO">{text}</span></p>'
        for text in PARAGRAPHS
    )
    + "<!--EndFragment--></body></html>"
)
PASTE = """([html]) => {
  const data = new DataTransfer()
  data.setData("text/html", html)
  document.querySelector(".tiptap.ProseMirror")
    .dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}))
}"""
FIRST = {
    "caption": "사람들이 (왼쪽부터) 진료소 앞에 서 있다.",
    "credit": "강변구청 제공",
    "alt": "불 켜진 건물 앞의 네 사람",
}
SECOND = {"caption": "밤의 강변동 골목.", "credit": "홍길동 기자", "alt": "가로등이 켜진 골목"}


@pytest.fixture
def section(db: None) -> Section:
    return make_section("사회", "society")


@pytest.fixture
def byline(reporter: User) -> Reporter:
    return make_reporter("홍길동", user=reporter)


def log_in(page: Page, user: User) -> None:
    page.goto("/admin/")
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/admin/")


def place_photo(page: Page, after_paragraph: int, name: str, told: dict[str, str], encoding: str) -> None:
    """Uploads a JPEG whose IPTC speaks Korean, checks what was read, and inserts it after a paragraph."""
    page.locator(f".tiptap.ProseMirror > p:nth-of-type({after_paragraph})").click()
    page.locator("[data-name=figure]").click()
    content = korean_photo(caption=told["caption"], credit=told["credit"], encoding=encoding)
    file = {"name": name, "mimeType": "image/jpeg", "buffer": content}
    page.set_input_files(".photo-dialog input[type=file]", [file])
    expect(page.locator(".photo-dialog__go")).to_be_enabled()
    page.locator(".photo-dialog__go").click()
    card = page.locator(".photo-card")
    expect(card.locator("[name=caption]")).to_have_value(told["caption"])
    expect(card.locator("[name=credit]")).to_have_value(told["credit"])
    card.locator("[name=alt]").fill(told["alt"])
    page.locator(".photo-dialog__go").click()
    expect(page.locator(".photo-dialog")).to_have_count(0)


def write_article(page: Page) -> None:
    page.goto("/admin/articles/article/add/")
    page.fill("#id_title", TITLE)
    page.fill("#id_subtitle", SUBTITLE)
    page.select_option("#id_section", label="사회")
    page.fill("#id_tags", "밤 진료, 강변동")
    page.locator(".tiptap.ProseMirror").click()
    page.evaluate(PASTE, [PASTED])
    expect(page.locator(".tiptap.ProseMirror > p").last).to_contain_text("14번째")
    place_photo(page, 3, "사진 하나.jpg", FIRST, "utf-8")
    place_photo(page, 7, "사진 둘.jpg", SECOND, "cp949")


def test_a_reporter_writes_the_desk_approves_and_a_reader_reads(
    page: Page,
    browser: Browser,
    live_server: Any,
    publication: Publication,
    section: Section,
    byline: Reporter,
    reporter: User,
    desk: User,
) -> None:
    log_in(page, reporter)
    write_article(page)
    page.locator("[name=_submit]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    article = Article.objects.get()
    assert article.status == "submitted"

    as_reader_before = Client().get(article.url)
    assert as_reader_before.status_code == 404

    desk_page = browser.new_page(base_url=live_server.url, locale="ko-KR", timezone_id="Asia/Seoul")
    log_in(desk_page, desk)
    desk_page.get_by_role("link", name="달빛 진료소").first.click()
    desk_page.locator("[name=_approve]").first.click()
    expect(desk_page.locator(".messagelist .success")).to_be_visible()
    desk_page.close()

    for has_script in (False, True):
        context = browser.new_context(base_url=live_server.url, java_script_enabled=has_script)
        read(context.new_page(), article, section, byline)
        context.close()


def read(page: Page, article: Article, section: Section, byline: Reporter) -> None:
    """What page.md describes, read off the page."""
    article.refresh_from_db()
    stamp = timezone.localtime(article.first_published_at)
    page.goto(f"/news/{article.pk}/")
    assert page.locator("h1").all_inner_texts() == [TITLE]
    text = page.locator("main").inner_text()
    assert "Editor. 홍길동 기자" in text
    assert f"입력 {stamp:%Y.%m.%d %H:%M}" in text
    assert "수정" not in page.locator(".times").inner_text()
    body = page.locator(".article-body")
    written = [line for line in body.locator("p").all_inner_texts() if "번째" in line]
    assert written[0] == "[시험신문 홍길동 기자] " + PARAGRAPHS[0].replace("\u00a0", " ")
    assert written[1:] == [line.replace("\u00a0", " ") for line in PARAGRAPHS[1:]]
    order = body.evaluate("body => [...body.children].map(e => e.localName)")
    assert order == ["p"] * 3 + ["figure"] + ["p"] * 4 + ["figure"] + ["p"] * 7
    for figure, told in zip(body.locator("figure").all(), (FIRST, SECOND), strict=True):
        assert figure.locator("img").get_attribute("alt") == told["alt"]
        assert figure.locator("figcaption").inner_text() == f"{told['caption']} [사진={told['credit']}]"
    assert "저작권자 © 시험신문 무단전재 및 재배포 금지" in text
    footer = page.locator(".site-footer").inner_text()
    assert f"© {timezone.localtime().year} 시험신문. All rights reserved." in footer
    for address in (
        "/",
        section.get_absolute_url(),
        byline.get_absolute_url(),
        "/tag/밤-진료/",
        "/tag/강변동/",
    ):
        page.goto(address)
        expect(page.get_by_role("link", name="달빛 진료소").first).to_be_visible()


def test_approved_for_a_time_to_come_it_appears_at_its_second(
    page: Page,
    publication: Publication,
    section: Section,
    byline: Reporter,
    reporter: User,
    desk: User,
    client: Client,
    frozen: Any,
) -> None:
    article = Article.objects.create(title=TITLE, body="<p>글</p>", section=section, owner=reporter)
    article.bylines.create(reporter=byline)
    Article.objects.filter(pk=article.pk).update(status="submitted", submitted_by=reporter)
    log_in(page, desk)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    at = timezone.localtime() + timedelta(days=1)
    page.fill("#id_at", f"{at:%Y-%m-%dT%H:%M}")
    page.locator("[name=_schedule]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    article.refresh_from_db()
    assert article.publish_at == at.replace(second=0, microsecond=0)
    with frozen(article.publish_at - timedelta(seconds=1)):
        assert client.get(article.url).status_code == 404
    with frozen(article.publish_at):
        assert client.get(article.url).status_code == 200
