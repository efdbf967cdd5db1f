"""The body's sanitiser with its figures, and its text without tags."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import body
from articles.body import clean_body, figures, plain_text, summary
from articles.dateline import byline_text, dateline, has_dateline, strip_dateline
from articles.figures import ALT_MAX, CAPTION_MAX, CREDIT_MAX, FIGURES_MAX, Figure
from tests.costs import costs_at_most
from tests.publication.test_richtext import fragments

KNOWN = {1: "/media/photos/aa/480.jpg", 2: "/media/photos/bb/480.jpg"}
STORED = (
    '<figure data-photo="1" data-credit="서울시" data-crop="whole"><img src="/media/photos/aa/480.jpg" '
    'alt="강 위의 다리"><figcaption>(왼쪽부터) 김하나, 이두리</figcaption></figure>'
)


@pytest.fixture(scope="module", autouse=True)
def forgetful() -> Iterator[None]:
    """Here a text is cleaned each time: remembered ones would prove nothing about the cleaning."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(body._Digests, "KEPT", 0)
        yield


@given(fragments)
@settings(max_examples=200, deadline=None)
def test_cleaning_twice_is_cleaning_once(html: str) -> None:
    for known in (None, KNOWN, {}):
        once = clean_body(html, known)
        assert clean_body(once, known) == once
    assert clean_body(clean_body(html), KNOWN) == clean_body(html, KNOWN)


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=200))
@settings(deadline=None)
def test_texts_of_a_figure_survive_being_stored_and_read(caption: str, credit: str, alt: str) -> None:
    first = Figure(1, caption=caption, credit=credit, alt=alt, order=1, src=KNOWN[1])
    stored = clean_body(first.html(), KNOWN)
    (read,) = figures(stored)
    assert clean_body(read.html(), KNOWN) == stored
    assert figures(clean_body(stored, KNOWN)) == [read]


def test_a_stored_figure_stays_as_it_is() -> None:
    html = f"<p>첫 문단</p>{STORED}<p>둘째 문단</p>"
    assert clean_body(html, KNOWN) == html
    assert clean_body(html) == html
    assert figures(html) == [
        Figure(1, "(왼쪽부터) 김하나, 이두리", "서울시", "강 위의 다리", whole=True, order=1, src=KNOWN[1])
    ]


def test_every_picture_gets_the_address_of_its_own_photo() -> None:
    html = STORED.replace(KNOWN[1], "https://evil.example/x.jpg")
    assert clean_body(html, KNOWN) == STORED
    assert "evil" not in clean_body(html)
    assert "<img alt=" in clean_body(html)


@pytest.mark.parametrize(
    "src",
    [
        "data:image/png;base64,x",
        "file:///C:/x.jpg",
        "//evil.example/photos/a/b.jpg",
        "/media/photos/../x/a.jpg",
        "/media/photos/a/b.jpg?x",
        "/media/originals/a.jpg",
        "/accounts/logout/",
        "javascript:alert(1)",
    ],
)
def test_without_known_photos_only_addresses_of_renditions_stay(src: str) -> None:
    assert clean_body(f'<figure data-photo="1"><img src="{src}" alt=""></figure>') == (
        '<figure data-photo="1"><img alt=""></figure>'
    )


@pytest.mark.parametrize(
    "dropped",
    [
        '<img src="file:///C:/hwp/1.png">',
        '<p><img src="file:///C:/hwp/1.png"></p>',
        '<img src="/media/photos/aa/480.jpg" alt="a">',
        '<figure><img src="x"><figcaption>설명</figcaption></figure>',
        '<figure data-photo="99"><img src="x"><figcaption>설명</figcaption></figure>',
        '<figure data-photo="1e3"><img src="x"><figcaption>설명</figcaption></figure>',
        '<figure data-photo="-1"><img></figure>',
        '<figure data-photo="１"><img></figure>',
        f'<figure data-photo="{"1" * 30}"><img></figure>',
        '<picture><source srcset="x"><img src="x"></picture>',
    ],
)
def test_a_picture_that_is_no_known_photo_leaves_with_its_caption(dropped: str) -> None:
    assert clean_body(f"<p>앞</p>{dropped}<p>뒤</p>", KNOWN) == "<p>앞</p><p>뒤</p>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"<p>앞{STORED}뒤</p>", f"<p>앞 뒤</p>{STORED}"),
        (f"<p>{STORED}</p>", STORED),
        (
            f"<ul><li>하나{STORED}</li><li>둘</li></ul>",
            f"<ul><li><p>하나</p></li><li><p>둘</p></li></ul>{STORED}",
        ),
        (f"<blockquote><p>말</p>{STORED}</blockquote>", f"<blockquote><p>말</p></blockquote>{STORED}"),
        (f"앞{STORED}뒤", f"<p>앞</p>{STORED}<p>뒤</p>"),
        (f"<div>{STORED}<p>뒤</p></div>", f"{STORED}<p>뒤</p>"),
        (f"<table><tr><td>칸{STORED}</td></tr></table>", None),
    ],
)
def test_a_figure_stands_between_paragraphs_and_after_what_held_it(before: str, after: str | None) -> None:
    table = f"<table><tbody><tr><td><p>칸</p></td></tr></tbody></table>{STORED}"
    assert clean_body(before, KNOWN) == (after or table)


def test_a_decorative_figure_has_no_alternative_text_and_odd_values_are_dropped() -> None:
    html = (
        '<figure data-photo="002" data-decorative="true" data-crop="no" data-credit=" \xa0 " class="x" onclick="y">'
        '<img alt="지워질 글" width=1 srcset="x"><figcaption> <p>줄<br>바꿈</p> </figcaption></figure>'
    )
    assert clean_body(html, KNOWN) == (
        '<figure data-photo="2" data-decorative="true"><img src="/media/photos/bb/480.jpg" alt="">'
        "<figcaption>줄 바꿈</figcaption></figure>"
    )


def test_caption_credit_and_alt_are_plain_text_in_bounds() -> None:
    (figure,) = figures(
        clean_body(
            f'<figure data-photo="1" data-credit="{"가" * 900}&lt;b&gt;"><img alt="{"나" * 900}">'
            f"<figcaption>{'다' * 3_000}<script>x</script></figcaption></figure>",
            KNOWN,
        )
    )
    assert (len(figure.caption), len(figure.credit), len(figure.alt)) == (CAPTION_MAX, CREDIT_MAX, ALT_MAX)
    hostile = clean_body(
        '<figure data-photo="1" data-credit="&quot;><script>x</script>"><img alt="\'&quot;&lt;/figure&gt;">'
        '<figcaption>&lt;b&gt; ‘말’ “글” & "곧"</figcaption></figure>',
        KNOWN,
    )
    (figure,) = figures(hostile)
    assert figure.credit == '"><script>x</script>'
    assert figure.alt == "'\"</figure>"
    assert figure.caption == '<b> ‘말’ “글” & "곧"'
    assert hostile.count("<figure") == hostile.count("</figcaption>") == 1


def test_figures_are_numbered_in_their_order_and_unclosed_ones_swallow_nothing() -> None:
    html = (
        '<figure data-photo="2"><img alt="b"><p>글</p>'
        '<figure data-photo="1"><figcaption>설명</figcaption><img alt="a">'
    )
    cleaned = clean_body(html, KNOWN)
    assert [(one.photo_id, one.alt, one.caption, one.order) for one in figures(cleaned)] == [
        (2, "b", "", 1),
        (1, "a", "설명", 2),
    ]
    assert "<p>글</p>" in cleaned


def test_fourteen_pasted_paragraphs_come_out_clean() -> None:
    pasted = "".join(
        f'<p class="MsoNormal" style="margin:0"><span lang="KO">“문단\xa0{n}”은 ‘여기’다.&nbsp;</span><o:p></o:p></p>'
        "<p><br></p><p>&nbsp;</p>"
        for n in range(14)
    )
    assert clean_body(pasted, {}) == "".join(f"<p>“문단 {n}”은 ‘여기’다.</p>" for n in range(14))


def test_a_body_of_two_megabytes_with_pictures_takes_bounded_time() -> None:
    with costs_at_most(5):
        assert len(figures(clean_body((STORED + "<p>글</p>") * 9_000, KNOWN))) == FIGURES_MAX


def test_plain_text_has_a_line_for_each_paragraph_and_no_captions() -> None:
    html = clean_body(f"<h2>제목</h2><p>가 <b>나</b> &amp; 다<br>라</p>{STORED}<ul><li>마</li></ul>", KNOWN)
    assert plain_text(html) == "제목\n가 나 & 다 라\n마"


class Person:
    def __init__(self, name: str, title: str = "기자", role: str = "writing") -> None:
        self.name, self.title, self.role = name, title, role


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("[한빛신문 홍길동 기자] 본문", "본문"),
        ("【서울=홍길동 특파원】본문", "본문"),
        ("[홍길동·김철수 기자]\xa0본문", "본문"),
        ("[홍길동 선임기자] 본문", "본문"),
        ("(서울=한빛통신) 홍길동 기자 = 본문", "본문"),
        ("(서울=한빛통신) 본문", "본문"),
        ("[단독] 본문", "[단독] 본문"),
        ("[인터뷰] 홍길동 기자가 만났다", "[인터뷰] 홍길동 기자가 만났다"),
        ("[사진=홍길동 기자] 본문", "[사진=홍길동 기자] 본문"),
        ("본문 [홍길동 기자]", "본문 [홍길동 기자]"),
        ("[" + "가" * 100 + " 기자] 본문", "[" + "가" * 100 + " 기자] 본문"),
        ("", ""),
    ],
)
def test_a_dateline_leaves_and_other_brackets_stay(typed: str, left: str) -> None:
    assert strip_dateline(typed) == left
    assert has_dateline(typed) == (typed != left)


def test_the_publication_and_its_people_make_a_bracket_a_dateline() -> None:
    assert not has_dateline("[한빛신문] 본문")
    assert has_dateline("[한빛신문] 본문", "한빛신문")
    assert has_dateline("[홍길동] 본문", "한빛신문", ["홍길동"])
    assert not has_dateline("[이슈] 본문", "한빛신문", ["이", ""])


def test_people_with_one_title_share_it() -> None:
    assert byline_text([Person("홍길동")]) == "홍길동 기자"
    assert byline_text([Person("홍길동"), Person("김철수")]) == "홍길동·김철수 기자"
    assert byline_text([Person("홍길동", "특파원"), Person("김철수")]) == "홍길동 특파원·김철수 기자"
    assert byline_text([Person("한빛통신", "")]) == "한빛통신"
    assert byline_text([]) == ""


@pytest.mark.parametrize(
    ("pattern", "byline", "made"),
    [
        ("[{publication} {byline}]", "홍길동 기자", "[한빛 홍길동 기자]"),
        ("[{publication} {byline}]", "", ""),
        ("[{publication}]", "", "[한빛]"),
        ("", "홍길동 기자", ""),
    ],
)
def test_a_dateline_names_somebody_or_is_not_there(pattern: str, byline: str, made: str) -> None:
    assert dateline(pattern, "한빛", byline) == made


@pytest.mark.parametrize(
    ("lead", "length", "made"),
    [
        ("리드\n문장", 80, "리드 문장"),
        ("", 80, "첫 문장이다. 둘째 문장은 더 길다. 셋째."),
        ("", 12, "첫 문장이다."),
    ],
)
def test_a_summary_is_the_lead_or_the_beginning_of_the_text(lead: str, length: int, made: str) -> None:
    html = clean_body(
        f"<h2>소제목</h2>{STORED}<p>[한빛신문 홍길동 기자] 첫 문장이다. 둘째 문장은 더 길다.</p><p>셋째.</p>",
        KNOWN,
    )
    assert summary(html, lead, length) == made
    assert all(len(summary(html, lead, most)) <= most for most in range(1, 40))


def test_a_summary_without_a_sentence_end_stops_at_a_word() -> None:
    assert summary("<p>하나 둘 셋 넷 다섯</p>", "", 8) == "하나 둘 셋…"
    assert summary("<p>가나다라마바사아자차</p>", "", 5) == "가나다라…"
    assert summary("", "", 80) == ""
