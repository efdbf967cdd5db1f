"""The body editor in a real browser: figures chosen, uploaded, dropped, pasted, described, moved and kept."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models import Photo
from tests.browser.editor_page import EditorPage
from tests.factories import make_photo
from tests.pictures import CAPTION, CREDIT, jpeg, korean_photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PICTURE = ("강변.jpg", "image/jpeg")


@pytest.fixture
def editor(page: Page, reporter: Any, live_server: Any) -> Iterator[EditorPage]:
    opened = EditorPage(page, reporter, live_server.url)
    opened.open()
    yield opened
    assert opened.errors == []


@pytest.fixture
def photo(db: None) -> Photo:
    return make_photo(caption="강변의 아침", credit="서울시", alt="안개 낀 강")


def described(caption: str, credit: str, alt: str, extra: str = "") -> str:
    """The stored form of a figure, as a pattern with its photo's number open."""
    end = f"<figcaption>{re.escape(caption)}</figcaption></figure>" if caption else "</figure>"
    credit = f' data-credit="{credit}"' if credit else ""
    return rf'<figure data-photo="\d+"{credit}{extra}><img src="/media/photos/[^"]+" alt="{alt}">{end}'


# Choosing and describing


def test_a_chosen_photo_stands_after_the_paragraph_with_its_own_words(
    editor: EditorPage, photo: Photo
) -> None:
    editor.write("첫 문단", "둘째 문단", "셋째 문단")
    editor.text.get_by_text("첫 문단").click()
    editor.press_photo_button()
    editor.photo(photo.pk).click()
    editor.dialog.get_by_role("button", name="다음: 설명과 크레디트").click()
    expect(editor.dialog.get_by_label("설명", exact=True)).to_have_value("강변의 아침")
    editor.dialog.get_by_role("button", name="기사에 넣기").click()
    expect(editor.figures).to_have_count(1)
    assert editor.outline == ["첫 문단", f"[{photo.pk}]", "둘째 문단", "셋째 문단"]
    assert re.search(described("강변의 아침", "서울시", "안개 낀 강"), editor.html)


def test_several_photos_stand_in_the_order_chosen(editor: EditorPage) -> None:
    first, second, third = make_photo(), make_photo(), make_photo()
    editor.write("문단")
    editor.press_photo_button()
    for photo in (second, third, first):
        editor.photo(photo.pk).click()
    expect(editor.dialog.get_by_text("3장 고름")).to_be_visible()
    editor.dialog.get_by_role("button", name="다음: 설명과 크레디트").click()
    editor.dialog.get_by_role("button", name="기사에 넣기").click()
    expect(editor.figures).to_have_count(3)
    assert editor.outline == ["문단", f"[{second.pk}]", f"[{third.pk}]", f"[{first.pk}]", ""]
    editor.page.keyboard.type("more")
    assert editor.outline[-1] == "more"


def test_a_caption_from_the_left_is_never_cropped(editor: EditorPage, photo: Photo) -> None:
    editor.write("문단")
    editor.press_photo_button()
    editor.photo(photo.pk).dblclick()
    whole = editor.dialog.get_by_label("자르지 않음")
    expect(whole).not_to_be_checked()
    editor.dialog.get_by_label("설명", exact=True).fill("(왼쪽부터) 김하늘, 이바다")
    expect(whole).to_be_checked()
    editor.dialog.get_by_role("button", name="기사에 넣기").click()
    expected = described("(왼쪽부터) 김하늘, 이바다", "서울시", "안개 낀 강", ' data-crop="whole"')
    assert re.search(expected, editor.html)


def test_a_decorative_photo_has_no_alternative_text(editor: EditorPage, photo: Photo) -> None:
    editor.write("문단")
    editor.press_photo_button()
    editor.photo(photo.pk).dblclick()
    editor.dialog.get_by_label("장식용").check()
    expect(editor.dialog.get_by_label("대체 텍스트")).to_be_disabled()
    editor.dialog.get_by_role("button", name="기사에 넣기").click()
    expected = described("강변의 아침", "서울시", "", ' data-decorative="true"')
    assert re.search(expected, editor.html)


def test_what_is_missing_is_shown_until_it_is_written(editor: EditorPage) -> None:
    photo = make_photo()
    editor.write("문단")
    editor.press_photo_button()
    editor.photo(photo.pk).dblclick()
    expect(editor.dialog.get_by_text("크레디트가 없으면 출고할 수 없습니다.")).to_be_visible()
    editor.dialog.get_by_role("button", name="기사에 넣기").click()
    expect(editor.figures.get_by_text("크레디트가 없습니다")).to_be_visible()
    expect(editor.figures.get_by_text("대체 텍스트가 없습니다")).to_be_visible()
    editor.figures.dblclick()
    editor.dialog.get_by_label("크레디트").fill("한강시 제공")
    editor.dialog.get_by_label("대체 텍스트").fill("빈 광장")
    editor.dialog.get_by_role("button", name="고친 내용 적용").click()
    expect(editor.figures.get_by_role("note")).to_be_hidden()
    assert re.search(described("", "한강시 제공", "빈 광장"), editor.html)


def test_the_library_is_searched_by_words(editor: EditorPage, photo: Photo) -> None:
    other = make_photo(photographer="홍길동")
    editor.press_photo_button()
    expect(editor.photo(photo.pk)).to_be_visible()
    editor.dialog.get_by_role("searchbox").fill("홍길동")
    expect(editor.photo(photo.pk)).to_have_count(0)
    expect(editor.photo(other.pk)).to_be_visible()
    editor.dialog.get_by_role("searchbox").fill("없는말")
    expect(editor.dialog.get_by_text("찾는 사진이 없습니다.")).to_be_visible()


def test_a_left_dialog_changes_nothing(editor: EditorPage, photo: Photo) -> None:
    editor.write("문단")
    before = editor.html
    editor.press_photo_button()
    editor.photo(photo.pk).click()
    editor.page.keyboard.press("Escape")
    expect(editor.dialog).to_have_count(0)
    assert editor.html == before
    expect(editor.text).to_be_focused()


# Uploading


def test_uploads_of_the_dialog_show_each_refusal_and_keep_the_rest(editor: EditorPage) -> None:
    editor.write("문단")
    editor.press_photo_button()
    files = [
        {"name": "하나.jpg", "mimeType": "image/jpeg", "buffer": korean_photo()},
        {"name": "가짜.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"},
        {"name": "둘.jpg", "mimeType": "image/jpeg", "buffer": jpeg(800, 500)},
    ]
    editor.dialog.locator("input[type=file]").set_input_files(files)
    expect(editor.dialog.get_by_text("2장 고름")).to_be_visible()
    refused = editor.dialog.get_by_role("listitem").filter(has_text="가짜.jpg")
    expect(refused.get_by_role("alert")).to_contain_text("사진 파일이 아닙니다")
    editor.dialog.get_by_role("button", name="다음: 설명과 크레디트").click()
    expect(editor.dialog.get_by_label("설명", exact=True).first).to_have_value(CAPTION)
    expect(editor.dialog.get_by_label("크레디트").first).to_have_value(CREDIT)
    expect(editor.dialog.get_by_label("자르지 않음").first).to_be_checked()
    editor.dialog.get_by_role("button", name="기사에 넣기").click()
    names = [Photo.objects.get(pk=block[1:-1]).original_name for block in editor.outline if block[:1] == "["]
    assert names == ["하나.jpg", "둘.jpg"]


def test_dropped_pictures_stand_where_they_were_dropped(editor: EditorPage) -> None:
    editor.write("첫 문단", "둘째 문단")
    files = ((*PICTURE, korean_photo()), ("둘.jpg", "image/jpeg", jpeg(700, 500)))
    editor.drop(*files, on=editor.text.get_by_text("첫 문단"))
    expect(editor.figures).to_have_count(2)
    first, *pictures, last = editor.outline
    assert (first, last) == ("첫 문단", "둘째 문단")
    names = [Photo.objects.get(pk=block[1:-1]).original_name for block in pictures]
    assert names == ["강변.jpg", "둘.jpg"]
    assert re.search(described(CAPTION, CREDIT, "", ' data-crop="whole"'), editor.html)


def test_a_drop_on_the_upper_half_goes_before(editor: EditorPage) -> None:
    editor.write("첫 문단", "둘째 문단")
    editor.drop((*PICTURE, jpeg()), on=editor.text.get_by_text("첫 문단"), share=0.1)
    expect(editor.figures).to_have_count(1)
    assert editor.outline[1:] == ["첫 문단", "둘째 문단"]


@pytest.mark.parametrize("name", ["가짜.jpg", "메모.txt"])
def test_a_refused_drop_says_why_and_leaves_the_text(editor: EditorPage, name: str) -> None:
    editor.write("첫 문단", "둘째 문단")
    before = editor.html
    kind = "text/plain" if name.endswith("txt") else "image/jpeg"
    editor.drop((name, kind, b"no picture"), on=editor.text.get_by_text("첫 문단"))
    box = editor.text.locator("[data-upload=refused]")
    expect(box).to_contain_text(name)
    expect(box.get_by_role("alert")).to_contain_text("아닙니다")
    box.get_by_role("button", name="닫기").click()
    expect(box).to_have_count(0)
    assert editor.html == before


def test_a_pasted_picture_stands_after_the_paragraph(editor: EditorPage) -> None:
    editor.write("첫 문단", "둘째 문단")
    editor.text.get_by_text("첫 문단").click()
    editor.page.keyboard.press("End")
    editor.paste(("image.png", "image/png", jpeg()), html='<img src="https://elsewhere.example/x.png">')
    expect(editor.figures).to_have_count(1)
    assert (editor.outline[0], editor.outline[2]) == ("첫 문단", "둘째 문단")


def test_an_upload_can_be_undone(editor: EditorPage) -> None:
    editor.write("문단")
    before = editor.html
    editor.page.wait_for_timeout(600)  # longer than what the history takes for one movement
    editor.drop((*PICTURE, jpeg()), on=editor.text.get_by_text("문단"))
    expect(editor.figures).to_have_count(1)
    editor.text.get_by_text("문단").click()
    editor.page.keyboard.press("Control+z")
    expect(editor.figures).to_have_count(0)
    assert editor.html == before
    editor.page.keyboard.press("Control+Shift+z")
    expect(editor.figures).to_have_count(1)
