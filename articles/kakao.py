"""Sharing to KakaoTalk, for a paper that has a key for it: what the page holds, and what its policy lets in.

Kakao's script is asked for when a reader presses the button and never before; it makes the card from the page's
own OpenGraph data. settings.py reads this file while it is being read itself.
"""

from dataclasses import dataclass

from django.conf import settings

SDK = "https://t1.kakaocdn.net/kakao_js_sdk/2.7.4/kakao.min.js"
SDK_INTEGRITY = "sha384-DKYJZ8NLiK8MN4/C5P2dtSmLQ4KwPaoqAfyA/DfmEc1VDxu4yyC7wy6K1Hs90nka"
"""Kakao's own hash of this version: a browser runs no other bytes."""

CONTENT_SECURITY_POLICY = {
    "script-src": [SDK],
    # A telephone's card is checked there, a desktop's window is opened by a form that is sent there.
    "connect-src": ["https://kapi.kakao.com"],
    "form-action": ["https://sharer.kakao.com"],
}


@dataclass(frozen=True)
class Button:
    """What the page's script needs."""

    key: str
    sdk: str = SDK
    integrity: str = SDK_INTEGRITY


def button() -> Button | None:
    """None without a key: then the page holds no trace of Kakao."""
    return Button(settings.KAKAO_SHARE_KEY) if settings.KAKAO_SHARE_KEY else None
