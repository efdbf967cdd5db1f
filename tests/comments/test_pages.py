"""What a reader's browser gets for comments: exact words, weight, one script, one style sheet."""

import gzip
import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import translation

from articles.models import Article
from comments.models import Comment
from newsroom import staticfiles
from newsroom.staticfiles import COMMENTS_SCRIPT, JOINED, PUBLIC_CSS
from publication.models import Publication
from tests.comments.cast import guest, write
from tests.factories import make_published_article

STATIC = Path(__file__).resolve().parents[2] / "static"
# Bytes on the wire, compressed (speed.md).
SCRIPT_MAX = 10 * 1024
CSS_MAX = 12 * 1024
HTML_MAX = 12 * 1024


def sources(joined: str) -> dict[str, str]:
    return {name: (STATIC / name).read_text(encoding="utf-8") for name in JOINED[joined]}


def weight(text: str) -> int:
    return len(gzip.compress(text.encode()))


def test_the_joined_script_is_one_light_module() -> None:
    script = staticfiles.join_modules(sources(COMMENTS_SCRIPT))
    assert not re.search(r"^\s*(?:import|export)\b", script, re.MULTILINE)
    assert weight(script) <= SCRIPT_MAX


def test_no_name_at_the_top_of_a_module_is_anothers() -> None:
    found: list[str] = []
    for text in sources(COMMENTS_SCRIPT).values():
        found += re.findall(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", text, re.MULTILINE)
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    "text",
    [
        'import { b } from "./b.js";\n',
        'import b from "./a.js";\n',
        "export default 1;\n",
        'export { one } from "./a.js";\n',
    ],
)
def test_modules_that_cannot_be_joined_are_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"c\.js"):
        staticfiles.join_modules({"a.js": "export const one = 1;\n", "c.js": text})


def test_modules_are_joined_in_order_without_comments() -> None:
    joined = staticfiles.join_modules(
        {
            "js/a.js": "// why\nexport const one = 1;\n",
            "js/b.js": 'import { one } from "./a.js";\n\nuse(one);\n',
        }
    )
    assert joined == "const one = 1;\nuse(one);\n"


def test_the_style_sheet_stays_within_its_weight() -> None:
    assert weight(staticfiles.join_css(sources(PUBLIC_CSS))) <= CSS_MAX


@pytest.fixture
def article(publication: Publication) -> Article:
    """The reference article of speed.md: 2,000 Hangul, 20 comments of 60."""
    body = "".join(f"<p>{'강물이 천천히 흐르고 바람이 분다. ' * 14}</p>" for _ in range(8))
    article = make_published_article(body=body)
    for number in range(20):
        words = f"{number}번째로 쓰는 댓글은 이렇게 육십 자쯤 되는 길이를 가지고 있습니다. " * 2
        write(article, guest(f"g{number}"), words[:60].strip() + str(number), nickname=f"독자 {number}")
    return article


@pytest.mark.django_db
def test_the_page_with_twenty_comments_is_light(client: Client, article: Article) -> None:
    page = client.get(article.url).content.decode()
    assert page.count('class="thread-item"') == 20
    assert weight(page) <= HTML_MAX


@pytest.mark.django_db
def test_the_thread_stands_apart_from_the_story(client: Client, article: Article) -> None:
    """Firefox's reader view takes a section of this class for what it is."""
    page = client.get(article.url).content.decode()
    assert '<section class="comments" id="comments"' in page
    assert page.count('id="comments"') == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.django_db
def test_the_exact_words(client: Client, article: Article) -> None:
    """page.md's own, where script finds them too."""
    top = Comment.objects.first()
    Comment.objects.filter(pk=top.pk).update(up=3)
    page = client.get(article.url).content.decode()
    for words in (
        "댓글 20",
        "20개의 댓글",
        'aria-label="댓글 정렬"',
        ">최신순</a>",
        ">추천순</a>",
        ">답글순</a>",
        "BEST댓글",
        "BEST 댓글 답글과 추천수를 합산하여 자동으로 노출됩니다.",
        "댓글삭제",
        "삭제한 댓글은 다시 복구할 수 없습니다.",
        "그래도 삭제하시겠습니까?",
        "댓글수정",
        "댓글 수정은 작성 후 1분내에만 가능합니다.",
        "내 댓글 모음",
        "수정 가능 {n}초",
    ):
        assert words in page, words


@pytest.mark.django_db
def test_an_english_paper_speaks_english(client: Client, article: Article) -> None:
    with translation.override("en"):
        page = client.get(article.url).content.decode()
    assert "20 comments" in page
    assert "Sort comments" in page
    thread = page[page.index('id="comments"') :]
    thread = thread[: thread.index("</section>")]
    hangul = re.sub(
        r'<p class="comment-text".*?</p>|<b class="comment-name".*?</b>|aria-label="[^"]*"', "", thread
    )
    assert not re.search("[가-힣]", hangul)
