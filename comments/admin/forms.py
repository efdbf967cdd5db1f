"""What the moderators' pages receive, and whether it makes sense."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments import moderation, waiting, words
from comments.models import Ban, BlockedWord, Report, State
from comments.rules import CLAIM_MAX
from comments.waiting import Filters

BIGINT_MAX = 2**63 - 1
# Comments in one form: a page of the queue, with room.
BULK_MAX = 200
VERBS: dict[str, Callable[..., None]] = {
    "restore": moderation.restore,
    "hold": moderation.hold,
    "hide": moderation.hide,
    "delete": moderation.delete,
}
# What takes a reader's words away needs a reason.
NEED_REASON = ("hide", "delete")
STATES = tuple(state for state in State if state != State.DELETED)
WHO = {"guest": gettext_lazy("guests"), "member": gettext_lazy("members")}


def number(text: str | None) -> int | None:
    """A row's number, or None for anything else."""
    is_number = bool(text) and text.isascii() and text.isdigit() and len(text) <= 19
    return int(text) if is_number and int(text) <= BIGINT_MAX else None


def filters(asked: QueryDict) -> Filters:
    """The filters of an address; what is none of ours is left out."""

    def one_of(name: str, known: Any) -> str:
        return asked.get(name, "") if asked.get(name, "") in known else ""

    return Filters(
        view=one_of("view", waiting.VIEWS) or waiting.DEFAULT_VIEW,
        q=asked.get("q", "").replace("\0", "").strip()[:100],
        section=number(asked.get("section")),
        article=number(asked.get("article")),
        writer=number(asked.get("writer")),
        who=one_of("who", WHO),
        reason=one_of("reason", [*Report.Reason.values, waiting.WORD, waiting.LINK]),
        state=one_of("state", STATES),
        after=number(asked.get("after")),
    )


class DeedForm(forms.Form):
    """One verb on some comments, with a reason."""

    verb = forms.ChoiceField(choices=[(name, name) for name in VERBS])
    reason = forms.ChoiceField(choices=[("", "–"), *Report.Reason.choices], required=False)
    note = forms.CharField(max_length=200, required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.pks = [pk for pk in map(number, data.getlist("pk")[:BULK_MAX]) if pk is not None]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.pks:
            raise forms.ValidationError(_("Choose comments first."))
        if data.get("verb") in NEED_REASON and not self.why():
            raise forms.ValidationError(_("Choose a reason (keys 1 to 6)."), code="reason")
        return data

    def why(self) -> str:
        """The reason as the audit keeps it."""
        reason = self.cleaned_data.get("reason")
        label = str(Report.Reason(reason).label) if reason else ""
        return ": ".join(part for part in (label, self.cleaned_data.get("note", "").strip()) if part)


def local_input() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class ClaimForm(forms.Form):
    """임시조치: who asks for it, and until when."""

    claimed_by = forms.CharField(max_length=200, label=gettext_lazy("Who claims the right"))
    until = forms.DateTimeField(
        label=gettext_lazy("Until"),
        widget=local_input(),
        help_text=gettext_lazy(
            "At most 30 days from now. It ends by itself; you are warned three days before."
        ),
    )
    why = forms.CharField(max_length=300, required=False, label=gettext_lazy("Reason"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "claim")
        super().__init__(*args, **kwargs)
        # A minute less, so that the suggestion is still within the bound when the form comes back.
        self.fields["until"].initial = timezone.localtime() + CLAIM_MAX - timedelta(minutes=1)


class BanForm(forms.Form):
    """Who may not write, why, until when."""

    kind = forms.ChoiceField(label=gettext_lazy("Whom"), widget=forms.RadioSelect)
    why = forms.CharField(
        max_length=300,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Kept in the audit log: do not quote the comment."),
    )
    until = forms.DateTimeField(
        required=False,
        label=gettext_lazy("Until"),
        widget=local_input(),
        help_text=gettext_lazy("Blank: for good; an address until its hash is changed."),
    )

    def __init__(self, data: QueryDict | None = None, *, kinds: list[Ban.Kind]) -> None:
        super().__init__(data, prefix="ban")
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["kind"].initial = kinds[0].value if kinds else None


class BlockedWordForm(forms.ModelForm):
    """The skeleton is made here; two words with one skeleton are one word."""

    class Meta:
        model = BlockedWord
        fields = ("word", "exceptions")
        help_texts = {
            "word": gettext_lazy("Found also where blanks or signs stand between its letters."),
            "exceptions": gettext_lazy("Harmless words that contain it, one per line."),
        }

    def clean_word(self) -> str:
        word = " ".join(self.cleaned_data["word"].split())
        skeleton = words.skeleton_of(word)
        if not skeleton:
            raise forms.ValidationError(_("A blocked word needs letters or digits."))
        if len(skeleton) > BlockedWord._meta.get_field("skeleton").max_length:
            raise forms.ValidationError(_("This word is too long."))
        if BlockedWord.objects.filter(skeleton=skeleton).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("This word, or one with the same letters, is blocked already."))
        self.instance.skeleton = skeleton
        return word
