"""The words of an article page and of the frame around every page, exactly, as a reader of the paper knows them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape

from articles.models import Article, Byline
from publication.models import Publication
from tests.factories import make_photo, make_published_article, make_reporter, make_section, make_series
from tests.page import Page

pytestmark = pytest.mark.django_db

# 2023.08.24 15:50 in Seoul.
PUBLISHED = datetime(2023, 8, 24, 6, 50, 12, 345678, tzinfo=UTC)
MODIFIED = datetime(2023, 8, 24, 8, 2, tzinfo=UTC)
LATER = datetime(2026, 3, 1, tzinfo=UTC)
TITLE = "[단독] ‘새벽’ “시장”의 'A' & \"B\" < C"


@pytest.fixture
def article(publication: Publication) -> Article:
    """An article with everything that the page can show."""
    photo = make_photo()
    body = (
        "<p>첫 문단입니다.</p>"
        f'<figure data-photo="{photo.pk}" data-credit="서울시 제공" data-crop="whole">'
        '<img alt="세 사람이 지도를 보고 있다"><figcaption>사람들이 (왼쪽부터) 지도를 본다.</figcaption></figure>'
        "<p>둘째 문단입니다.</p>"
    )
    article = make_published_article(
        at=PUBLISHED,
        by=make_reporter("홍길동", bio="시장을 취재합니다."),
        title=TITLE,
        subtitle="상인들은 말한다",
        section=make_section("지역", parent=make_section("사회")),
        series=make_series("사라지는 일터"),
        tags=("전통시장",),
        body=body,
        lead_photo=make_photo(),
        lead_caption="시장의 새벽.",
        lead_credit="김하늘",
        lead_alt="불 켜진 시장 골목",
    )
    Article.objects.filter(pk=article.pk).update(content_modified_at=MODIFIED)
    return article


@pytest.fixture
def page(client: Client, article: Article, frozen: Any) -> Page:
    with frozen(LATER):
        return Page(client.get(article.url).content.decode())


def test_the_three_areas_have_their_headings_for_screen_readers(page: Page) -> None:
    hidden = [heading.text for heading in page.all("h2", of_class="visually-hidden")]
    assert hidden == ["상단영역", "본문영역", "하단영역"]


def test_the_skip_link_moves_focus_into_the_main_area(page: Page) -> None:
    assert page.one("a", of_class="skip-link").text == "본문 바로가기"
    assert page.one("a", of_class="skip-link")["href"] == "#main"
    assert (page.one("main")["id"], page.one("main")["tabindex"]) == ("main", "-1")


def test_only_the_headline_is_h1_and_every_sign_in_it_survives(page: Page) -> None:
    assert page.one("h1").text == TITLE
    assert page.one("title").text == f"{TITLE} | 시험신문"


def test_a_headline_of_200_characters_is_shown_whole(client: Client, article: Article) -> None:
    article.title = "가" * 200
    article.save()
    assert Page(client.get(article.url).content.decode()).one("h1").text == "가" * 200


def test_the_account_link_is_neutral(page: Page) -> None:
    assert [link.text for link in page.all("a") if link["href"] == "/accounts/"] == ["내 계정"]


def test_the_byline_has_label_name_and_title_and_leads_to_the_reporter(page: Page, article: Article) -> None:
    assert page.one("p", of_class="written-by").text == "Editor. 홍길동 기자"
    address = article.bylines.get().reporter.get_absolute_url()
    assert "홍길동 기자" in [link.text for link in page.all("a") if link["href"] == address]


def test_several_bylines_stand_in_their_order(client: Client, article: Article) -> None:
    Byline.objects.create(article=article, reporter=make_reporter("나중", title="선임기자"), order=2)
    page = Page(client.get(article.url).content.decode())
    assert page.one("p", of_class="written-by").text == "Editor. 홍길동 기자, 나중 선임기자"
    # Readers' programs that know no JSON-LD take the bare names from here.
    (author,) = (meta for meta in page.all("meta") if meta.attributes.get("name") == "author")
    assert author["content"] == "홍길동, 나중"


def test_the_times_are_those_of_seoul_to_the_second_for_machines(page: Page) -> None:
    assert page.one("p", of_class="times").text == "입력 2023.08.24 15:50 · 수정 2023.08.24 17:02"
    assert [time["datetime"] for time in page.all("time")] == [
        "2023-08-24T15:50:12+09:00",
        "2023-08-24T17:02:00+09:00",
    ]


def test_an_article_that_was_never_changed_says_only_when_it_appeared(client: Client) -> None:
    page = Page(client.get(make_published_article(at=PUBLISHED).url).content.decode())
    assert page.one("p", of_class="times").text == "입력 2023.08.24 15:50"


def test_sharing_works_without_script_and_never_puts_the_title_into_one(page: Page, article: Article) -> None:
    address = f"{settings.SITE_URL}/news/{article.pk}/"
    assert page.one("summary").text == "이 기사를 공유합니다"
    assert page.one("details")["data-title"] == TITLE
    assert page.one("details")["data-url"] == address
    mail, x, facebook = (
        next(link["href"] for link in page.all("a") if link["href"].startswith(start))
        for start in ("mailto:", "https://x.com/", "https://www.facebook.com/")
    )
    assert all(quote(address, safe=":/") in link for link in (mail, x, facebook))
    assert "%22B%22" in x
    assert "%26" in mail
    scripts = [
        script for script in page.all("script") if script.attributes.get("type") != "application/ld+json"
    ]
    assert all(script.attributes.get("src") and not script.text for script in scripts)


def test_the_dateline_opens_the_first_paragraph_once_and_stays_out_of_the_description(page: Page) -> None:
    assert "[시험신문 홍길동 기자] 첫 문단입니다." in page.text
    assert page.text.count("[시험신문 홍길동 기자]") == 1
    descriptions = [
        meta["content"]
        for meta in page.all("meta")
        if meta.attributes.get("name", meta.attributes.get("property", "")).endswith("description")
    ]
    assert len(descriptions) == 2
    assert all("첫 문단입니다." in text and "[시험신문" not in text for text in descriptions)


def test_caption_and_credit_stand_under_the_picture_and_alt_in_it(page: Page) -> None:
    assert [caption.text for caption in page.all("figcaption")] == [
        "시장의 새벽. [사진=김하늘]",
        "사람들이 (왼쪽부터) 지도를 본다. [사진=서울시 제공]",
    ]
    assert [image["alt"] for image in page.all("img")] == ["불 켜진 시장 골목", "세 사람이 지도를 보고 있다"]


def test_the_copyright_line_is_the_papers_or_the_articles_own(
    page: Page, client: Client, article: Article
) -> None:
    assert page.one("p", of_class="article-copyright").text == "저작권자 © 시험신문 무단전재 및 재배포 금지"
    article.copyright, article.source = "저작권자 © 가나통신", "가나통신"
    article.save()
    wire = Page(client.get(article.url).content.decode())
    assert wire.one("p", of_class="article-copyright").text == "저작권자 © 가나통신"
    assert wire.one("p", of_class="article-source").text == "출처: 가나통신"


def test_tags_series_and_reporter_follow(page: Page) -> None:
    assert page.one("nav", of_class="tags").text == "태그 #전통시장"
    assert page.one("section", of_class="series-box").text == "연재 사라지는 일터"
    assert "홍길동 기자 시장을 취재합니다." in page.one("section", of_class="reporter-box").text


def test_the_footer_has_the_legal_items_and_the_year_of_seoul(
    client: Client, article: Article, frozen: Any
) -> None:
    # 2027 in Seoul, still 2026 in UTC.
    with frozen(datetime(2026, 12, 31, 15, 0, tzinfo=UTC)):
        footer = Page(client.get(article.url).content.decode()).one("footer", of_class="site-footer").text
    assert footer.startswith("하단영역")
    assert "© 2027 시험신문. All rights reserved." in footer
    for item in (
        "제호 시험신문",
        "법인명 주식회사 시험",
        "등록번호 서울 아99999",
        "등록일 2020.01.02",
        "발행일 2020.02.03",
        "발행인 발행인",
        "편집인 편집인",
        "발행소 서울특별시 시험구 시험로 1",
        "대표전화 02-000-0000",
        "이메일 desk@paper.test",
        "청소년보호책임자 보호자",
    ):
        assert item in footer


def test_blank_legal_items_are_left_out(page: Page) -> None:
    footer = page.one("footer", of_class="site-footer").text
    assert not [item for item in ("개인정보보호책임자", "고충처리인", "기사배열책임자") if item in footer]


def test_the_front_says_when_it_was_last_edited_and_no_other_page_does(
    client: Client, article: Article, page: Page
) -> None:
    front = Page(client.get("/").content.decode())
    assert "최종편집 2023.08.24 17:02" in front.text
    assert front.one("h1").text == "시험신문"
    assert "최종편집" not in page.text


def test_every_list_has_one_h1_and_leads_to_the_article(client: Client, article: Article) -> None:
    doors = {
        article.section.parent.get_absolute_url(): "사회",
        article.section.get_absolute_url(): "지역",
        "/tag/전통시장/": "#전통시장",
        article.series.get_absolute_url(): "사라지는 일터",
        article.bylines.get().reporter.get_absolute_url(): "홍길동 기자",
    }
    for door, heading in doors.items():
        page = Page(client.get(door).content.decode())
        assert page.one("h1").text == heading
        assert [link.text for link in page.all("a") if link["href"] == article.url] == [TITLE]


def test_a_title_cannot_close_what_it_stands_in(client: Client, article: Article) -> None:
    article.title = '</script></title><img src=x onerror="alert(1)">'
    article.save()
    for door in ("/", article.url, article.section.get_absolute_url()):
        html = client.get(door).content.decode()
        assert "<img src=x" not in html
        assert escape(article.title) in html


def test_a_picture_that_may_be_cropped_keeps_its_focal_point_in_view(client: Client) -> None:
    photo = make_photo(focal_x=0.31, focal_y=0.68)
    article = make_published_article(lead_photo=photo, lead_alt="강")
    thumb = Page(client.get(article.section.get_absolute_url()).content.decode()).one("img")
    assert (thumb["data-x"], thumb["data-y"], thumb["alt"]) == ("3", "7", "강")


def test_the_second_page_of_a_list_is_linked(client: Client, publication: Publication) -> None:
    section = make_section("사회")
    for minute in range(21):
        make_published_article(at=PUBLISHED + timedelta(minutes=minute), section=section)
    page = Page(client.get(section.get_absolute_url()).content.decode())
    (link,) = [link for link in page.all("a") if "?before=" in link["href"]]
    assert link.text == "이전 기사 더 보기"
    assert client.get(link["href"]).status_code == 200


def test_the_grade_is_the_desks_and_the_use_of_ai_the_readers(client: Client, article: Article) -> None:
    article.grade, article.ai_use = "headline", "assisted"
    article.save()
    page = Page(client.get(article.url).content.decode())
    assert page.one("p", of_class="label").text == "AI 보조"
    assert article.get_grade_display() not in page.one("article").text


def test_without_a_lead_photo_lists_show_the_first_figure_as_it_may_be_shown(client: Client) -> None:
    first, second = make_photo(), make_photo()
    body = "".join(
        f'<p>글.</p><figure data-photo="{photo.pk}" data-crop="whole"><img alt="{photo.pk}번"></figure>'
        for photo in (first, second)
    )
    article = make_published_article(body=body)
    page = Page(client.get(article.section.get_absolute_url()).content.decode())
    assert page.one("img")["alt"] == f"{first.pk}번"
    assert page.one("span", of_class="thumb-whole")
    assert len(Page(client.get(article.url).content.decode()).all("img")) == 2
