"""A browser may fetch the next story while the reader's finger comes down; it runs nothing of it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from publication.http import SPECULATION_ADDRESS
from tests.factories import make_published_article

pytestmark = pytest.mark.django_db


def test_public_pages_name_the_rules_and_others_do_not(client: Client) -> None:
    article = make_published_article()
    for address in ("/", article.url, article.section.get_absolute_url(), f"{article.url}comments/"):
        assert client.get(address)["Speculation-Rules"] == f'"{SPECULATION_ADDRESS}"'
    for address in ("/manifest.webmanifest", "/accounts/login/", "/nowhere/"):
        assert "Speculation-Rules" not in client.get(address)


def test_articles_are_fetched_and_nothing_is_rendered_in_advance(client: Client) -> None:
    assert reverse("speculation") == SPECULATION_ADDRESS
    answer: Any = client.get(SPECULATION_ADDRESS)
    assert answer["Content-Type"] == "application/speculationrules+json"
    assert "public" in answer["Cache-Control"]
    rules = answer.json()
    assert list(rules) == ["prefetch"]
    assert [(rule["where"], rule["eagerness"]) for rule in rules["prefetch"]] == [
        ({"href_matches": "/news/:number(\\d+)/"}, "moderate")
    ]
