"""What a form of comments carries, as it was typed. Whether it is acceptable is decided by the verbs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest

from comments import posting
from publication.text import TextRefused, canonical


@dataclass(frozen=True)
class Typed:
    """The fields of writing and editing; nothing in it has been changed since it arrived."""

    body: str = ""
    nickname: str = ""
    token: str = ""
    version: int | None = None

    @classmethod
    def of(cls, request: HttpRequest) -> Typed:
        sent = request.POST
        return cls(
            body=sent.get("body", ""),
            nickname=sent.get("nickname", ""),
            token=sent.get("token", ""),
            version=number(sent.get("version", "")),
        )

    def with_token(self) -> Typed:
        """For showing the form again: a token that cannot be used is replaced."""
        return self if posting.TOKEN.fullmatch(self.token) else replace(self, token=posting.new_token())

    @property
    def count(self) -> int:
        """Characters as they will be counted; of a text that is far too long, its code points."""
        try:
            return len(canonical(self.body))
        except TextRefused:
            return len(self.body)


def number(text: str, most: int = 2**63 - 1) -> int | None:
    """A row's number out of an address or a form; None for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= 19):
        return None
    return int(text) if int(text) <= most else None
