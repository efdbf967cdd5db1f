"""Sharing to KakaoTalk: only with a key is there any trace of it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from articles import kakao
from newsroom import environment
from publication.models import Publication
from tests.factories import make_published_article
from tests.page import Page

KEY = "0123456789abcdef0123456789abcdef"


@pytest.mark.django_db
def test_without_a_key_there_is_no_trace(client: Client, publication: Publication) -> None:
    answer = client.get(make_published_article().url)
    assert "kakao" not in answer.content.decode().lower()
    assert "kakao" not in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_with_a_key_the_page_has_a_button_that_waits_for_the_script(
    client: Client, publication: Publication, settings: Any
) -> None:
    settings.KAKAO_SHARE_KEY = KEY
    settings.PAGE_CONTENT_SECURITY_POLICY = {"article": kakao.CONTENT_SECURITY_POLICY}
    answer = client.get(make_published_article().url)
    page = Page(answer.content.decode())
    (button,) = [one for one in page.all("button") if one.attributes.get("data-key")]
    assert (button["data-key"], button["data-sdk"]) == (KEY, kakao.SDK)
    assert button["data-integrity"].startswith("sha384-")
    assert [
        way.attributes.get("hidden") for way in page.all("li") if "data-share-kakao" in way.attributes
    ] == [""]
    assert not [script for script in page.all("script") if "kakao" in script.attributes.get("src", "")]
    assert f"script-src 'self' {kakao.SDK};" in answer["Content-Security-Policy"] + ";"


def test_the_setting_takes_a_key_of_kakaos_form_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KAKAO_SHARE_KEY", KEY)
    assert environment.kakao_share_key() == KEY
    monkeypatch.setenv("KAKAO_SHARE_KEY", "")
    assert environment.kakao_share_key() == ""
    for wrong in (KEY[1:], KEY.upper(), f'{KEY[:-1]}"'):
        monkeypatch.setenv("KAKAO_SHARE_KEY", wrong)
        with pytest.raises(ImproperlyConfigured, match="KAKAO_SHARE_KEY"):
            environment.kakao_share_key()
