"""Headlines break between words only."""

import pytest

from publication.templatetags.typography import bound


@pytest.mark.parametrize(
    ("title", "html"),
    [
        ("‘교실’로 간다", '‘교실<span class="bound">’로</span> 간다'),
        ("“난다”고 말했다", '“난다<span class="bound">”고</span> 말했다'),
        ("‘책(冊)’의 힘", '‘책(冊<span class="bound">)’의</span> 힘'),
        ("‘교실’ 안", "‘교실’ 안"),
        ("줄고…배로", "줄고…배로"),
        ("11㎞가 31%로", '11<span class="bound">㎞가</span> 31<span class="bound">%로</span>'),
        ("‘<통과>’ 뒤", '‘<span class="bound">&lt;통과&gt;</span>’ 뒤'),
        ("'영업이익<이자' 가게", '&#x27;영업이<span class="bound">익&lt;이자</span>&#x27; 가게'),
    ],
)
def test_a_closing_mark_stays_with_its_particle(title: str, html: str) -> None:
    assert bound(title) == html


def test_the_text_is_escaped_first() -> None:
    assert bound("<b>’로") == '&lt;b<span class="bound">&gt;’로</span>'
