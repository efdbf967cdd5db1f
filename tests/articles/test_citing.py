"""How an article is cited."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from articles.citing import citation, in_address
from articles.models import Article, Byline
from publication.models import Publication
from tests.factories import make_article, make_published_article, make_reporter
from tests.page import Page

pytestmark = pytest.mark.django_db

# 00:30 of the 24th in Seoul.
AT = datetime(2023, 8, 23, 15, 30, tzinfo=UTC)


def cited(article: Article) -> str:
    return citation(article, list(article.bylines.all()), "시험신문")


def test_a_citation_has_the_bare_name_and_the_day_of_seoul() -> None:
    article = make_published_article(at=AT, title="[단독] 강과 <다리>", by=make_reporter("홍길동"))
    address = f"{settings.SITE_URL}/news/{article.pk}/"
    expected = f"홍길동, 「[단독] 강과 <다리>」, 『시험신문』, 2023.08.24, {address}"
    assert cited(article) == expected
    with translation.override("en"):
        assert cited(article) == expected


def test_authors_are_who_wrote_and_many_are_cited_by_the_first() -> None:
    article = make_published_article(at=AT, title="강", by=make_reporter("홍길동"))
    Byline.objects.create(article=article, reporter=make_reporter("박사진"), role="photo", order=1)
    assert cited(article).startswith("홍길동, 「")
    for order, name in enumerate(["김하나", "이둘"], 2):
        Byline.objects.create(article=article, reporter=make_reporter(name), order=order)
    assert cited(article).startswith("홍길동·김하나·이둘, 「")
    Byline.objects.create(article=article, reporter=make_reporter("최셋"), order=9)
    assert cited(article).startswith("홍길동 외, 「")


def test_without_authors_the_agency_stands_for_them_and_else_nobody() -> None:
    article = make_article(title="강", source="가나통신")
    assert citation(article, [], "시험신문").startswith("가나통신, 「강」")
    article.source = ""
    assert citation(article, [], "시험신문").startswith("「강」, 『시험신문』, ")


def test_the_page_holds_it_as_text_to_be_selected(
    client: Client, publication: Publication, frozen: Any
) -> None:
    article = make_published_article(at=AT, title='"강" & <다리>', by=make_reporter("홍길동"))
    page = Page(client.get(article.url).content.decode())
    (field,) = [one for one in page.all("textarea") if one.attributes.get("id") == "share-citation"]
    assert field.text == cited(article)
    assert "readonly" in field.attributes


def test_words_in_an_address_keep_their_syllables_and_lose_every_sign_that_means_something() -> None:
    assert in_address("다리 & 강? #1 / “말” 100%+") == (
        "다리%20%26%20강%3F%20%231%20/%20%E2%80%9C말%E2%80%9D%20100%25%2B"
    )
    assert unquote(in_address("한·중 “회담” 😀")) == "한·중 “회담” 😀"
