"""How long a text takes to read."""

import pytest
from django.test import Client

from articles.reading_time import SYLLABLES_A_MINUTE, WORDS_A_MINUTE, minutes, syllables
from publication.models import Publication
from tests.factories import make_published_article


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", 0),
        ("<p>…!</p>", 0),
        ("<p>가</p>", 1),
        (f"<p>{'가' * SYLLABLES_A_MINUTE}</p>", 1),
        (f"<p>{'가' * SYLLABLES_A_MINUTE}나</p>", 2),
        (f"<p>{'가나다 ' * 1000}</p>", 6),
        (f"<p>{'don’t ' * WORDS_A_MINUTE}</p>", 1),
        (f"<p>{'word ' * WORDS_A_MINUTE}</p><p>{'가' * SYLLABLES_A_MINUTE}</p>", 2),
        (f"<p>{'1,234.5 ' * (WORDS_A_MINUTE + 1)}</p>", 2),
        (f"<p>{'漢' * (SYLLABLES_A_MINUTE + 1)}</p>", 2),
    ],
)
def test_syllables_and_words_both_count_and_a_begun_minute_is_one(body: str, expected: int) -> None:
    assert minutes(body) == expected


def test_tags_captions_and_addresses_do_not_count() -> None:
    figure = f'<figure data-photo="1"><img alt=""><figcaption>{"가" * 2000}</figcaption></figure>'
    links = f"<p>https://example.com/{'a-' * 500}</p>" * 300
    assert minutes(f"{figure}<p><strong>가</strong></p>{links}") == 1


@pytest.mark.django_db
def test_the_page_says_it_for_texts_of_more_than_a_minute(client: Client, publication: Publication) -> None:
    short = make_published_article(body=f"<p>{'가' * SYLLABLES_A_MINUTE}</p>")
    long = make_published_article(body=f"<p>{'가' * (2 * SYLLABLES_A_MINUTE + 1)}</p>")
    assert "읽는 시간" not in client.get(short.url).content.decode()
    assert "읽는 시간 3분" in client.get(long.url).content.decode()


def test_syllables_are_counted_as_one_by_one() -> None:
    text = "강·물 abc “漢字” 123 é ㄱㄴ ㏟ 힣가 \ud7a4 一鿿 😀\n끝"
    one_by_one = sum("\uac00" <= sign <= "\ud7a3" or "\u4e00" <= sign <= "\u9fff" for sign in text)
    assert syllables(text) == one_by_one == 9
