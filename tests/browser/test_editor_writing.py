"""Writing around figures: pastes from word processors, the keyboard alone, Hangul, and nothing lost by accident."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.models import Article, Photo
from tests.browser.editor_page import EditorPage
from tests.factories import make_photo
from tests.pictures import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORD = "<html><body><!--StartFragment-->{paragraphs}<p class=MsoNormal><o:p>&nbsp;</o:p></p></body></html>"
WORD_PARAGRAPH = (
    "<p class=MsoNormal style='margin:0cm'><span lang=KO style='font-family:\"맑은 고딕\"'>"
    "{n}번째&nbsp;문단은 “따옴표”와 ‘작은따옴표’를\u200b 쓴다.<o:p></o:p></span></p>"
)


@pytest.fixture
def editor(page: Page, reporter: Any, live_server: Any) -> Iterator[EditorPage]:
    opened = EditorPage(page, reporter, live_server.url)
    opened.open()
    yield opened
    assert opened.errors == []


@pytest.fixture
def figure(editor: EditorPage) -> Photo:
    """A described figure between two paragraphs."""
    photo = make_photo()
    stored = f'<figure data-photo="{photo.pk}" data-credit="서울시"><img src="{photo.preview_url}" alt="강"></figure>'
    editor.text.click()
    editor.paste(html=f"<p>앞 문단</p>{stored}<p>뒤 문단</p>")
    expect(editor.figures).to_have_count(1)
    return photo


# Pasting


def test_fourteen_paragraphs_of_a_word_processor_are_fourteen_paragraphs(editor: EditorPage) -> None:
    editor.text.click()
    paragraphs = "".join(WORD_PARAGRAPH.format(n=n) for n in range(14))
    # Word puts a picture of the copied text beside the text.
    editor.paste(("image.png", "image/png", jpeg()), html=WORD.format(paragraphs=paragraphs))
    expected = [f"{n}번째 문단은 “따옴표”와 ‘작은따옴표’를 쓴다." for n in range(14)]
    assert editor.outline == expected
    expect(editor.figures).to_have_count(0)
    assert not Photo.objects.exists()


@pytest.mark.parametrize("end", ["\n", "\r\n\r\n"], ids=["lines", "blank lines"])
def test_plain_lines_are_paragraphs(editor: EditorPage, end: str) -> None:
    editor.text.click()
    editor.paste(text=end.join(f"문단 {n}" for n in range(14)))
    assert editor.outline == [f"문단 {n}" for n in range(14)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("하나<br><br>둘<br>\n<br>셋", ["하나", "둘", "셋"]),
        ("<p>하나<br><br>둘</p><p>셋</p>", ["하나", "둘", "셋"]),
        ("<div>하나<br><br><b>둘</b></div><div>&nbsp;</div><div>셋</div>", ["하나", "둘", "셋"]),
        ("<b style='font-weight:normal'><p>하나</p><br><p>둘</p></b><p>셋</p>", ["하나", "둘", "셋"]),
        ("<h1>하나</h1><p>둘</p><h5>셋</h5>", ["하나", "둘", "셋"]),
    ],
    ids=["breaks", "breaks in p", "breaks in div", "docs", "headings"],
)
def test_other_sources_come_out_as_paragraphs(editor: EditorPage, html: str, expected: list[str]) -> None:
    editor.text.click()
    editor.paste(html=html)
    assert editor.outline == expected


def test_nothing_of_a_hostile_paste_runs(editor: EditorPage) -> None:
    editor.text.click()
    editor.paste(html="<p onclick='x()'>하나</p><script>window.ran = 1</script><style>p{}</style><p>둘</p>")
    assert editor.outline == ["하나", "둘"]
    assert editor.page.evaluate("() => window.ran === undefined")
    # The browser reports the handler that its policy kept from running.
    assert [error for error in editor.errors if "inline event handler" not in error] == []
    editor.errors.clear()


def test_pictures_of_a_pasted_text_are_missed_aloud(editor: EditorPage) -> None:
    editor.text.click()
    editor.paste(html='<p>글</p><img src="file:///C:/a.png"><p>글</p><img src="data:image/png;base64,AA">')
    expect(editor.page.get_by_text("사진 2장은 옮겨지지 않았습니다")).to_be_visible()
    assert "<img" not in editor.html


def test_a_figure_leaves_a_quote(editor: EditorPage) -> None:
    photo = make_photo()
    editor.text.click()
    stored = f'<figure data-photo="{photo.pk}"><img src="{photo.preview_url}" alt=""></figure>'
    editor.paste(html=f"<blockquote><p>인용</p>{stored}</blockquote>")
    assert "</blockquote><figure" in editor.html


# Keyboard and Hangul


def test_a_figure_is_inserted_with_the_keyboard_alone(editor: EditorPage) -> None:
    make_photo()
    photo = make_photo(caption="강", credit="서울시")
    editor.write("문단")
    keyboard = editor.page.keyboard
    keyboard.press("Alt+F10")
    expect(editor.page.get_by_role("button", name="사진 넣기")).to_be_focused()
    keyboard.press("Enter")
    expect(editor.photo(photo.pk)).to_be_visible()
    expect(editor.dialog.get_by_role("searchbox")).to_be_focused()
    keyboard.press("ArrowDown")
    keyboard.press("Space")
    keyboard.press("Enter")
    expect(editor.dialog.get_by_label("대체 텍스트")).to_be_focused()
    keyboard.type("a river")
    keyboard.press("Control+Enter")
    expect(editor.figures).to_have_count(1)
    expect(editor.text).to_be_focused()
    assert editor.outline == ["문단", f"[{photo.pk}]", ""]


def test_enter_on_a_figure_opens_it(editor: EditorPage, figure: Photo) -> None:
    editor.figures.click()
    editor.page.keyboard.press("Enter")
    credit = editor.dialog.get_by_label("크레디트")
    expect(credit).to_have_value("서울시")
    credit.fill("한강시")
    credit.press("Enter")
    expect(editor.dialog).to_have_count(0)
    assert 'data-credit="한강시"' in editor.html
    expect(editor.text).to_be_focused()


def test_hangul_on_a_selected_figure_goes_into_a_new_paragraph(editor: EditorPage, figure: Photo) -> None:
    editor.figures.click()
    editor.compose("ㅎ", "하", "한")
    assert editor.outline == ["앞 문단", f"[{figure.pk}]", "한", "뒤 문단"]


def test_a_typed_letter_does_not_replace_a_figure(editor: EditorPage, figure: Photo) -> None:
    editor.figures.click()
    editor.page.keyboard.press("a")
    assert editor.outline == ["앞 문단", f"[{figure.pk}]", "a", "뒤 문단"]


def test_enter_while_composing_leaves_the_dialog_open(editor: EditorPage, figure: Photo) -> None:
    editor.figures.click()
    editor.page.keyboard.press("Enter")
    credit = editor.dialog.get_by_label("크레디트")
    credit.fill("")
    composing = {"key": "Enter", "isComposing": True, "bubbles": True, "cancelable": True}
    credit.evaluate("(input, event) => input.dispatchEvent(new KeyboardEvent('keydown', event))", composing)
    editor.compose("ㅅ", "시")
    expect(editor.dialog).to_be_visible()
    expect(credit).to_have_value("시")


def test_enter_in_the_headline_does_not_send_the_form(editor: EditorPage) -> None:
    title = editor.page.locator("[name=title]")
    title.fill("제목")
    title.press("Enter")
    editor.page.wait_for_timeout(300)
    expect(title).to_have_value("제목")
    assert not Article.objects.exists()


def test_a_figure_is_removed_and_brought_back(editor: EditorPage, figure: Photo) -> None:
    editor.page.wait_for_timeout(600)  # longer than what the history takes for one movement
    editor.figures.hover()
    editor.figures.get_by_role("button", name="기사에서 사진 빼기").click()
    assert editor.outline == ["앞 문단", "뒤 문단"]
    editor.page.keyboard.press("Control+z")
    assert editor.outline == ["앞 문단", f"[{figure.pk}]", "뒤 문단"]


# The lead photo and the form around


def test_the_lead_photo_fills_what_is_empty_only(editor: EditorPage) -> None:
    photo = make_photo(caption="(왼쪽부터) 두 사람", credit="서울시", alt="두 사람")
    editor.page.locator("[name=lead_credit]").fill("이미 쓴 출처")
    editor.page.get_by_role("button", name="사진 고르기").click()
    editor.photo(photo.pk).dblclick()
    expect(editor.page.locator("[name=lead_caption]")).to_have_value("(왼쪽부터) 두 사람")
    expect(editor.page.locator("[name=lead_credit]")).to_have_value("이미 쓴 출처")
    expect(editor.page.locator("[name=lead_alt]")).to_have_value("두 사람")
    expect(editor.page.locator("[name=lead_whole]")).to_be_checked()
    expect(editor.page.locator("[data-photo-picture] img")).to_have_attribute("src", photo.preview_url)


def test_leaving_with_unsaved_text_asks_first(editor: EditorPage) -> None:
    asked: list[str] = []
    editor.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    editor.text.click()
    editor.page.goto(reverse("admin:index"))
    assert asked == []
    editor.open()
    editor.write("저장하지 않은 문단")
    editor.page.goto(reverse("admin:index"))
    assert asked == ["beforeunload"]


def test_saving_asks_nothing_and_keeps_the_figure(editor: EditorPage, figure: Photo) -> None:
    asked: list[str] = []
    editor.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    editor.page.locator("[name=title]").fill("강변의 하루")
    editor.page.locator("[name=_continue]").click()
    expect(editor.figures).to_have_count(1)
    article = Article.objects.get()
    assert asked == []
    assert article.title == "강변의 하루"
    assert f'<figure data-photo="{figure.pk}" data-credit="서울시">' in article.body
