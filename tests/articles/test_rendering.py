"""The public HTML of a body and of the lead photo."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from articles.models import Article, Byline, Photo
from articles.rendering import render_body, render_lead
from publication.models import Publication
from tests.factories import make_article, make_reporter

PAPER = Publication(name="한빛신문")
FIGURE = (
    '<figure data-photo="1" data-credit="서울시 제공"><img src="/media/photos/aa/480.jpg" alt="강 위의 다리">'
    "<figcaption>사람들이 (왼쪽부터) 걷는다.</figcaption></figure>"
)


def person(name: str = "홍길동", title: str = "기자", role: str = "writing") -> SimpleNamespace:
    return SimpleNamespace(name=name, title=title, role=role)


def photo(pk: int = 1, **fields: Any) -> Photo:
    renditions = [
        {
            "kind": "wide",
            "name": f"{width}.{ending}",
            "width": width,
            "height": width // 2,
            "type": kind,
            "bytes": 1,
        }
        for width in (480, 800)
        for ending, kind in (("jpg", "image/jpeg"), ("webp", "image/webp"), ("avif", "image/avif"))
    ]
    return Photo(**{"pk": pk, "key": "aa", "width": 1600, "height": 800, "renditions": renditions} | fields)


def rendered(body: str, *people: SimpleNamespace, kind: str = "article", **given: Any) -> str:
    photos = given.pop("photos", {1: photo()})
    paper = given.pop("publication", PAPER)
    return render_body(
        Article(pk=1, body=body, kind=kind, **given),
        photos=photos,
        bylines=people or [person()],
        publication=paper,
    )


def lead(**fields: Any) -> str:
    given = {
        "lead_photo": photo(),
        "lead_caption": "다리",
        "lead_credit": "서울시",
        "lead_alt": "강 위의 다리",
    }
    return render_lead(Article(**given | fields), publication=PAPER)


def test_the_dateline_opens_the_first_paragraph_once() -> None:
    html = rendered("<h2>소제목</h2><p>첫 문단</p><p>둘째</p>")
    assert '<p><span class="dateline">[한빛신문 홍길동 기자]</span> 첫 문단</p>' in html
    assert html.count("홍길동") == 1


@pytest.mark.parametrize(
    "typed",
    [
        "[한빛신문 홍길동 기자] 본문",
        "<strong>[한빛신문</strong> 홍길동 기자] 본문",
        "[홍길동 기자] 본문",
        "[한빛신문] 본문",
        "【홍길동】 본문",
        "(서울=한빛통신) 홍길동 기자 = 본문",
    ],
)
def test_a_dateline_that_was_typed_is_not_doubled(typed: str) -> None:
    assert 'class="dateline"' not in rendered(f"<h2>소제목</h2><p>{typed}</p>")


@pytest.mark.parametrize(
    ("people", "opening"),
    [
        ([person(), person("김철수")], "[한빛신문 홍길동·김철수 기자]"),
        ([person(title="특파원"), person("김철수")], "[한빛신문 홍길동 특파원·김철수 기자]"),
        ([person(), person("박사진", role="photo")], "[한빛신문 홍길동 기자]"),
        ([person("한빛통신", "")], "[한빛신문 한빛통신]"),
    ],
)
def test_the_dateline_names_who_wrote(people: list[SimpleNamespace], opening: str) -> None:
    assert f">{opening}</span>" in rendered("<p>본문</p>", *people)


@pytest.mark.parametrize("kind", ["column", "photo"])
def test_columns_and_photo_stories_have_no_dateline(kind: str) -> None:
    assert rendered("<p>본문</p>", kind=kind) == "<p>본문</p>"


def test_there_is_no_dateline_without_a_writer_a_pattern_or_a_paragraph() -> None:
    assert rendered("<p>본문</p>", person(role="photo")) == "<p>본문</p>"
    assert (
        rendered("<p>본문</p>", publication=Publication(name="한빛신문", dateline_pattern=""))
        == "<p>본문</p>"
    )
    assert "dateline" not in rendered(FIGURE)
    assert rendered("") == ""


def test_a_figure_stands_where_it_was_put_with_all_its_parts() -> None:
    html = rendered(f"<p>앞</p>{FIGURE}<p>뒤</p>")
    assert re.search(r'앞</p>\n<figure class="figure" id="photo-1">.*</figure>\n<p>뒤</p>', html, re.DOTALL)
    sizes = 'sizes="(min-width: 48rem) 45rem, 100vw"'
    at = "/media/photos/aa/"
    assert f'<source type="image/avif" srcset="{at}480.avif 480w, {at}800.avif 800w" {sizes}>' in html
    assert html.index("image/avif") < html.index("image/webp") < html.index("<img")
    assert (
        f'<img src="{at}800.jpg" srcset="{at}480.jpg 480w, {at}800.jpg 800w" {sizes} width="800" height="400" '
        'alt="강 위의 다리" loading="lazy" decoding="async">'
    ) in html
    caption = '사람들이 (왼쪽부터) 걷는다. <span class="credit">[사진=서울시 제공]</span>'
    assert f"<figcaption>{caption}</figcaption>" in html


@pytest.mark.parametrize(
    ("caption", "credit", "written"),
    [
        ("다리", "", "<figcaption>다리</figcaption>"),
        ("", "서울시", '<figcaption><span class="credit">[사진=서울시]</span></figcaption>'),
        (
            "다리 [사진=서울시]",
            "서울시",
            '<figcaption>다리 <span class="credit">[사진=서울시]</span></figcaption>',
        ),
        ("다리", "[사진=서울시]", '<figcaption>다리 <span class="credit">[사진=서울시]</span></figcaption>'),
    ],
)
def test_a_part_that_is_missing_leaves_no_trace(caption: str, credit: str, written: str) -> None:
    html = lead(lead_caption=caption, lead_credit=credit)
    assert written in html
    assert "None" not in html


def test_without_caption_and_credit_there_is_no_figcaption() -> None:
    html = lead(lead_caption="", lead_credit="")
    assert "figcaption" not in html
    assert "[사진=" not in html


def test_the_lead_is_fetched_first_and_a_page_without_one_has_nothing() -> None:
    html = lead()
    assert 'fetchpriority="high"' in html
    assert "lazy" not in html
    assert 'id="photo-lead"' in html
    assert render_lead(Article(), publication=PAPER) == ""


def test_a_decorative_picture_has_an_empty_alt_and_a_whole_one_says_so() -> None:
    html = lead(lead_decorative=True, lead_whole=True)
    assert 'alt=""' in html
    assert 'class="figure figure--whole"' in html
    stored = FIGURE.replace("<img", "<img ").replace(
        "<figure ", '<figure data-crop="whole" data-decorative="true" '
    )
    html = rendered(stored)
    assert 'alt=""' in html
    assert 'class="figure figure--whole"' in html


@pytest.mark.parametrize(
    ("use", "note", "label"),
    [
        ("assisted", "", '<span class="ai-label">AI 보조</span>'),
        ("generated", "상상도", '<span class="ai-label">AI 생성: 상상도</span>'),
        ("none", "잊힌 메모", None),
    ],
)
def test_the_use_of_ai_is_said_under_the_picture(use: str, note: str, label: str | None) -> None:
    html = lead(lead_photo=photo(ai_use=use, ai_note=note))
    assert (label in html) if label else ("ai-label" not in html)


def test_public_words_are_the_papers_whatever_the_editor_reads() -> None:
    with translation.override("en"):
        assert "AI 보조" in lead(lead_photo=photo(ai_use="assisted"))
        assert 'aria-label="표"' in rendered("<table><tr><td>칸</td></tr></table>")


def test_a_photo_without_renditions_shows_its_preview() -> None:
    html = lead(lead_photo=photo(renditions=[]))
    assert '<img src="/media/photos/aa/480.jpg" width="1600" height="800"' in html
    assert "srcset" not in html


def test_a_figure_whose_photo_is_gone_is_left_out() -> None:
    assert rendered(f"<p>앞</p>{FIGURE}", photos={}, kind="column") == "<p>앞</p>"


def test_everything_is_escaped() -> None:
    hostile = '"><script>alert(1)</script>'
    html = lead(
        lead_caption=hostile,
        lead_credit=hostile,
        lead_alt=hostile,
        lead_photo=photo(ai_use="generated", ai_note=hostile),
    )
    html += rendered("<p>본문</p><h2>&lt;script&gt; \" '</h2>", person(hostile, ""))
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 6


def test_the_body_is_cleaned_again_on_its_way_out() -> None:
    html = rendered("<p onclick=x>본문<script>alert(1)</script></p><img src=x onerror=y>", kind="column")
    assert html == "<p>본문</p>"


def test_headings_have_ids_that_follow_their_words() -> None:
    html = rendered("<p>가</p><h2>물가, 다시 오르다</h2><h3>전망</h3><h3>전망</h3><h2>?!</h2>")
    assert re.findall(r'<(h\d) id="([^"]+)">', html) == [
        ("h2", "s-물가-다시-오르다"),
        ("h3", "s-전망"),
        ("h3", "s-전망-2"),
        ("h2", "s-heading"),
    ]


def test_a_table_scrolls_by_itself_and_its_headers_have_a_scope() -> None:
    html = rendered("<table><tr><th>해</th><th>값</th></tr><tr><th>2024</th><td>1</td></tr></table>")
    assert html.startswith('<div class="table-scroll" tabindex="0" role="region" aria-label="표"><table>')
    assert html.count('<th scope="col">') == 2
    assert html.count('<th scope="row">') == 1


@pytest.mark.django_db
def test_rendering_takes_three_queries_however_many_pictures(django_assert_num_queries: Any) -> None:
    article = make_article(by=make_reporter("홍길동"))
    photos = [Photo(pk=n, key=f"k{n}", sha256=str(n), width=9, height=9, size=1) for n in range(1, 6)]
    Photo.objects.bulk_create(photos)
    article = Article.objects.get(pk=article.pk)
    article.body = "<p>본문</p>" + "".join(FIGURE.replace('"1"', f'"{n}"') for n in range(1, 6))
    with django_assert_num_queries(3):
        html = render_body(article)
    assert html.count("<figure") == 5
    assert "홍길동 기자]" in html


@pytest.mark.django_db
def test_a_saved_article_has_its_dateline_once_however_often_it_is_saved() -> None:
    article = make_article(by=make_reporter("홍길동"))
    Byline.objects.create(article=article, reporter=make_reporter("박사진"), role=Byline.Role.PHOTO, order=1)
    for _ in range(3):
        article.save()
    article.refresh_from_db()
    assert article.body_html.count('class="dateline"') == 1
    assert "dateline" not in article.body
    assert "박사진" not in article.body_html
    assert "기자]" not in article.summary
