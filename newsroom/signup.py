"""Sign-up and log-in as this paper wants them, on top of allauth."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from publication.text import fold_line


class NicknameForm(forms.Form):
    """What a sign-up asks besides address and password."""

    nickname = forms.CharField(
        label=_("Nickname"), max_length=20, help_text=_("Readers see this name under your comments.")
    )

    field_order = ["email", "nickname", "password1", "password2"]

    def clean_nickname(self) -> str:
        """One line, unique among look-alikes; the message stands on the field."""
        nickname = fold_line(self.cleaned_data["nickname"])
        User(nickname=nickname).clean()
        return nickname

    def signup(self, request: HttpRequest, user: User) -> None:
        user.nickname = self.cleaned_data["nickname"]
        user.save(update_fields=["nickname", "nickname_key"])


class AccountAdapter(DefaultAccountAdapter):
    """Writes the nickname with the account, so that the two can never come apart."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.nickname = form.cleaned_data.get("nickname", "")
        return super().save_user(request, user, form, commit)
