"""What a sign-up asks besides address and password. allauth puts these into its own forms."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import NICKNAME_MAX, NICKNAME_MIN, User
from comments import nicknames
from comments.refusals import Refused
from publication.text import fold_line


class NicknameField(forms.CharField):
    """One line, measured after folding: a nickname pasted from macOS has twice the code points it shows.

    No maxlength in the page either, which counts UTF-16 units and cuts a syllable in the making.
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Nickname"))
        options.setdefault(
            "widget", forms.TextInput(attrs={"autocomplete": "nickname", "spellcheck": "false"})
        )
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        return fold_line(super().to_python(value))


def not_the_papers(nickname: str) -> None:
    """ValidationError for a name under which a reader would speak for the paper, or blot the lines around."""
    try:
        nicknames.accepted(nickname, nicknames.standing())
    except Refused as refusal:
        raise ValidationError(refusal.message) from None


class NicknameForm(forms.Form):
    """What a sign-up asks besides address and password. The adapter writes it with the account."""

    nickname = NicknameField(
        help_text=format_lazy(
            _("{least} to {most} characters. Readers see it with what you write."),
            least=NICKNAME_MIN,
            most=NICKNAME_MAX,
        )
    )

    field_order = ["email", "nickname", "password1", "password2"]

    def clean_nickname(self) -> str:
        person = User(nickname=self.cleaned_data["nickname"])
        person.clean_nickname()
        not_the_papers(person.nickname)
        return person.nickname

    def signup(self, request: HttpRequest, user: User) -> None:
        """allauth wants the hook; there is nothing left to do."""
