"""The allow-list and the normal form of staff's HTML."""

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publication.richtext import clean_policy
from publication.richtext.blocks import ATTRIBUTES, TAGS
from publication.richtext.builder import MAX_NESTING
from publication.richtext.inline import MAX_RUN
from tests.costs import costs_at_most

TAG_NAMES = """p b strong i em u s sub sup code span div h1 h3 blockquote ul ol li br hr a
table thead tbody tfoot tr td th caption figure figcaption"""
PIECES = [
    *(f"<{tag}>" for tag in TAG_NAMES.split()),
    *(f"</{tag}>" for tag in TAG_NAMES.split()),
    '<a href="/news/1/">', '<a href="https://example.org/?a=1&amp;b=2">', "<a href=javascript:alert(1)>",
    "<td colspan=2 rowspan=999>", '<ol start="3">', "<b style='font-weight:normal'>", "<img src=x onerror=y>",
    '<figure data-photo="1" data-credit="&quot;나&quot;">', '<img src="/media/photos/k/480.jpg" alt="a&lt;b">',
    '<figure data-photo="2" data-decorative="true" data-crop="whole">',
    "<svg>", "</svg>", "<math><mi>", "<style>", "</style>", "<script>", "</script>", "<template>", "<noscript>",
    "<!--", "-->", "<!", "<?", "</", "<", ">", '"', "'", "=", "&", "&amp;", "&lt;", "&#0;", "&nbsp;", "&zwj;",
    " ", "\n", "\xa0", "\u200b", "\u200d", "\u0301", "\u0344", "e", "가", "ᄀ\u1161", "😀", "글자", "\x00", "\ud800",
]  # fmt: skip
fragments = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=40).map("".join)


@given(fragments)
@settings(max_examples=200, deadline=None)
def test_cleaning_twice_is_cleaning_once_and_the_second_sanitiser_agrees(html: str) -> None:
    once = clean_policy(html)
    assert clean_policy(once) == once
    attributes = {tag: set(names) for tag, names in ATTRIBUTES.items()}
    assert nh3.clean(once, tags=set(TAGS), attributes=attributes, link_rel=None) == once


WORDS_AND_TAGS = [
    "말",
    "말 ",
    "\xa0",
    *(piece for piece in PIECES[: PIECES.index("<svg>")] if "fig" not in piece),
]


@given(st.lists(st.sampled_from(WORDS_AND_TAGS), max_size=60).map("".join))
@settings(max_examples=200, deadline=None)
def test_no_word_is_lost_however_tags_are_mixed(html: str) -> None:
    assert clean_policy(html).count("말") == html.count("말")


@pytest.mark.parametrize(
    ("pasted", "stored"),
    [
        ("글자", "<p>글자</p>"),
        ("<div>하나</div><section>둘<div>셋</div></section>", "<p>하나</p><p>둘</p><p>셋</p>"),
        ("<p>가&nbsp;나\xa0 다\u200b</p>", "<p>가 나 다</p>"),
        ("<p>&nbsp;</p><p><br></p><p> </p><p><b> </b></p><p></p>", ""),
        ("<p><br>가<br>나<br></p>", "<p>가<br>나</p>"),
        ("<p>가<br><br>나</p>", "<p>가</p><p>나</p>"),
        ("<h1>가</h1><h2>나</h2><h4>다</h4><h6>라</h6>", "<h2>가</h2><h2>나</h2><h3>다</h3><h3>라</h3>"),
        ("<h2><div>가</div></h2>", "<h2>가</h2>"),
        ("<b>가<i>나</b>다</i>", "<p><strong>가<em>나</em></strong><em>다</em></p>"),
        ("<p><b>가</p><p>나</p>", "<p><strong>가</strong></p><p>나</p>"),
        ("<b><p>가</p><p>나</p></b>", "<p><strong>가</strong></p><p><strong>나</strong></p>"),
        ("<ul>가<li>나<li>다</ul>", "<ul><li><p>가</p></li><li><p>나</p></li><li><p>다</p></li></ul>"),
        (
            "<ul><li>가</li><ul><li>나</li></ul></ul>",
            "<ul><li><p>가</p><ul><li><p>나</p></li></ul></li></ul>",
        ),
        ("<ol start=3><li>가</ol>", '<ol start="3"><li><p>가</p></li></ol>'),
        ("<ul><li> </li></ul><blockquote><p></p></blockquote>", ""),
        ("<blockquote>가<div>나</div></blockquote>", "<blockquote><p>가</p><p>나</p></blockquote>"),
        ("<p>가<ul><li>나</ul>다</p>", "<p>가</p><ul><li><p>나</p></li></ul><p>다</p>"),
        ("<p class=x style=y id=z onclick=a>가</p>", "<p>가</p>"),
        ("가<!-- 나 -->다<!-->라", "<p>가다라</p>"),
        ("<p>3 < 4 &amp; 5 > 2 x<y</p>", "<p>3 &lt; 4 &amp; 5 &gt; 2 x</p>"),
        ("<img src=x>", ""),
        ("<figure data-photo=1><img><figcaption>가</figcaption></figure><p>나", "<p>나</p>"),
        ("e<b>\u200b</b>\u0301", "<p>é</p>"),
    ],
)
def test_what_is_pasted_is_stored_in_one_form(pasted: str, stored: str) -> None:
    assert clean_policy(pasted) == stored


def test_a_table_keeps_its_cells_and_loses_the_rest() -> None:
    pasted = (
        "<table border=1><caption>표 제목</caption><colgroup><col></colgroup><thead><tr><th>가</thead>"
        "<tr><td colspan=2 rowspan=101>나<td>다<table><tr><td>라</table></table>"
    )
    assert clean_policy(pasted) == (
        "<p>표 제목</p><table><thead><tr><th><p>가</p></th></tr></thead>"
        '<tbody><tr><td colspan="2"><p>나</p></td><td><p>다</p><p>라</p></td></tr></tbody></table>'
    )
    assert clean_policy("<table><tr><td></td><td>가</td></tr></table>").count("<td>") == 2
    assert clean_policy("<table><tr><td> </td></tr></table>") == ""


@pytest.mark.parametrize(
    ("address", "stored"),
    [
        ("https://example.org/a", 'href="https://example.org/a" rel="noopener noreferrer"'),
        ("HTTP://example.org", 'href="http://example.org" rel="noopener noreferrer"'),
        ("/news/1/?a=1&amp;b=2#c", 'href="/news/1/?a=1&amp;b=2#c"'),
        ("mailto:desk@paper.test", 'href="mailto:desk@paper.test"'),
        ("tel:+82-2-000", 'href="tel:+82-2-000"'),
        (
            "https://example.org/한글 &quot;x&quot;",
            'href="https://example.org/한글%20%22x%22" rel="noopener noreferrer"',
        ),
    ],
)
def test_a_link_keeps_an_address_a_reader_may_be_sent_to(address: str, stored: str) -> None:
    assert (
        clean_policy(f'<a target="_blank" rel="opener" href="{address}">가</a>')
        == f"<p><a {stored}>가</a></p>"
    )


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "java\tscript:alert(1)", " \x01javascript:alert(1)", "JaVaScRiPt&colon;alert(1)",
        "&#106;avascript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example", "/\\evil.example\\",
        "\\\\evil.example", "https:\\evil.example", "https:evil.example", "file:///c:/x", "blob:x", "relative/x",
        "#x", "", "http://[", "https://" + "a" * 3_000, "feed:javascript:x",
    ],
)  # fmt: skip
def test_a_link_with_any_other_address_is_only_its_text(address: str) -> None:
    cleaned = clean_policy(f'<a href="{address}">가</a>')
    assert cleaned == "<p>가</p>" or cleaned == '<p><a href="/%5Cevil.example%5C">가</a></p>'


def test_google_docs_wrapper_is_not_bold_and_its_bold_spans_are() -> None:
    pasted = '<b style="font-weight:normal;" id="docs"><p><span style="font-weight:700">가</span>나</p></b>'
    assert clean_policy(pasted) == "<p><strong>가</strong>나</p>"


def test_word_leaves_its_words_only() -> None:
    pasted = (
        "<!--[if gte mso 9]><xml><o:x>나쁨</o:x></xml><![endif]--><style>p.MsoNormal{color:red}</style>"
        "<p class=MsoNormal style='mso-pagination:none'><span lang=EN-US>한강<o:p></o:p></span></p>"
        "<![if !supportEmptyParas]>&nbsp;<![endif]>"
    )
    assert clean_policy(pasted) == "<p>한강</p>"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<svg onload=alert(1)><p>x</p></svg>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<template><img src=x onerror=alert(1)></template>",
        "<style>@import 'javascript:alert(1)';</style>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<p style='background:url(javascript:alert(1))'>x</p>",
        "<img src=x onerror=alert(1)//",
        "<img srcset='x 1x' src='data:image/svg+xml,x' onerror=alert(1)>",
        "<a href='x'><svg><a xlink:href='javascript:alert(1)'>x</a></svg></a>",
        "<table background='javascript:alert(1)'><tr><td onclick=alert(1)>x</td></tr></table>",
        "<object data='x'></object><embed src='x'><base href='//x'><meta http-equiv=refresh content=0>",
        "<p title='\"><img src=x onerror=alert(1)>'>x",
        "</p><body onload=alert(1)>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<![CDATA[<img src=x onerror=alert(1)>]]>",
        "&lt;img src=x onerror=alert(1)&gt;",
        "<input autofocus onfocus=alert(1)><textarea></textarea><img src=x onerror=alert(1)>",
    ],
)
def test_hostile_html_leaves_nothing_that_acts(hostile: str) -> None:
    cleaned = clean_policy(f"{hostile}<p>끝</p>")
    seen: list[tuple[str, str]] = []
    nh3.clean(
        cleaned,
        tags={*TAGS, "img", "script", "style", "svg", "math", "iframe", "object", "form"},
        clean_content_tags=set(),
        attributes={
            tag: {"href", "src", "style", "onerror", "onload", "onclick"} for tag in ("img", "a", "p", "td")
        },
        attribute_filter=lambda tag, name, value: seen.append((tag, name)),
    )
    assert not seen
    assert not any(
        f"<{tag}" in cleaned for tag in ("img", "script", "style", "svg", "math", "iframe", "object")
    )


def test_nul_bytes_and_lone_surrogates_are_dropped() -> None:
    assert clean_policy("<p>가\x00나\ud800다&#xD800;</p>").startswith("<p>가나다")
    assert clean_policy('<a href="https://example.org/\ud800\x00a">가</a>').startswith(
        '<p><a href="https://example.org/a"'
    )
    assert "가" in clean_policy(f"<p>&#{'9' * 10_000};가</p>")


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 10_000 + "깊은 곳" + "</div>" * 10_000,
        "<blockquote>" * 10_000 + "깊은 곳",
        "<ul><li>" * 20_000 + "깊은 곳",
        "<table><tr><td>" * 10_000 + "깊은 곳",
        "".join(f"<p><b id={n}>깊은 곳" for n in range(5_000)),
        "<b>" * 30_000 + "깊은 곳",
        "<!--" * 100_000 + "-->깊은 곳",
        "<svg>" * 100_000 + "깊은 곳",
        '<a "' * 100_000 + "깊은 곳",
        "<p " + "a=1 " * 100_000 + ">깊은 곳",
        "&" * 300_000 + "깊은 곳",
        "e" + "\u0301" * 300_000 + "깊은 곳",
    ],
    ids=lambda source: source[:14],
)
def test_deep_broken_and_endless_input_takes_bounded_time(source: str) -> None:
    with costs_at_most(5):
        cleaned = clean_policy(source)
    assert "깊은 곳" in cleaned
    assert cleaned.count("<blockquote>") + cleaned.count("<ul>") <= MAX_NESTING
    assert clean_policy(cleaned) == cleaned


def test_two_megabytes_of_paragraphs_take_bounded_time() -> None:
    with costs_at_most(8):
        cleaned = clean_policy("<p>가나다 <strong>라</strong>마바사</p>" * 50_000)
    assert cleaned.count("<p>") == 50_000


@pytest.mark.parametrize("word", ["가", "가나 ", "👩\u200d"])
def test_an_endless_paragraph_is_divided_and_stays_so(word: str) -> None:
    cleaned = clean_policy(word * (2 * MAX_RUN // len(word) + 10) + "<b> 끝</b>")
    assert cleaned.count("<p>") > 1
    assert clean_policy(cleaned) == cleaned
    assert max(map(len, cleaned.split("</p>"))) <= MAX_RUN + len("<p><strong> 끝</strong>")
