"""The article's form: save anything, publish only what is complete, lose nothing that was typed."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import lazy
from django.utils.text import format_lazy, slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import body, checklist, embeds
from articles.models import Article, Byline, Photo, Section
from articles.models.article import Status
from articles.widgets import BodyWidget, PhotoWidget, TagsWidget
from publication import clock
from publication.text import fold_line

# Tags longer or more numerous than these are sentences, not tags.
TAG_MAX = 40
TAGS_MAX = 20
# Buttons that ask for a complete article: sending it to the desk, and whatever makes it public.
DEMANDING = frozenset({"_submit", "_approve", "_schedule", "_reinstate"})

# What the desk's note is read for, by the article's state.
NOTE_HELP = {
    Status.SUBMITTED: _(
        "For the reporter when you return it; your reason when you approve your own article."
    ),
    Status.PUBLISHED: _("Why readers may not see it any more; it is kept in the article's history."),
    Status.WITHDRAWN: _("Why readers may see it again; it is kept in the article's history."),
}


def _embed_help() -> str:
    """What the editor says about embeds; "" for a paper that has none."""
    names = ", ".join(str(embeds.PROVIDERS[name].name) for name in settings.EMBEDS)
    text = gettext("A video or a post of another site: paste its address into a paragraph of its own.")
    return f"{text} ({names})" if names else ""


embed_help = lazy(_embed_help, str)()


def section_label(section: Section) -> str:
    """A sub-section stands indented below its section."""
    return f"\u2003{section.name}" if section.parent_id else section.name


def seen_stamp(article: Article) -> str:
    """Changes with every save and every decision."""
    return f"{article.status} {article.updated_at.isoformat()} {article.publish_at}"


class ArticleForm(forms.ModelForm):
    """`action` is the pressed button's name; the article admin sets it for each request."""

    action = ""

    note = forms.CharField(
        label=_("Note or reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    at = forms.DateTimeField(
        label=_("Publish at"),
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        help_text=format_lazy(_("In the paper's own time: {zone}."), zone=settings.TIME_ZONE),
    )
    is_typo = forms.BooleanField(
        label=_("Typo only"),
        required=False,
        help_text=_("The time of the last change stays as it is."),
    )

    # Which text the writer had before the eyes; `seen_stamp` of the article when the form was made.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields = (
            "title",
            "subtitle",
            "body",
            "lead_photo",
            "lead_caption",
            "lead_credit",
            "lead_alt",
            "lead_decorative",
            "lead_whole",
            "section",
            "series",
            "tags",
            "kind",
            "grade",
            "region",
            "lead",
            "source",
            "copyright",
            "ai_use",
            "ai_note",
        )
        help_texts = {"body": embed_help}
        widgets = {
            "body": BodyWidget(),
            "tags": TagsWidget(),
            "lead_photo": PhotoWidget(
                fills={
                    "caption": "lead_caption",
                    "credit": "lead_credit",
                    "alt": "lead_alt",
                    "whole": "lead_whole",
                }
            ),
            "lead_caption": forms.Textarea(attrs={"rows": 2}),
            "lead_alt": forms.Textarea(attrs={"rows": 2}),
            "lead": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for field in self.fields.values():
            # A browser would cut a pasted text silently; the server says how much is too much.
            field.widget.attrs.pop("maxlength", None)
        if "note" in self.fields:
            self.fields["note"].help_text = NOTE_HELP.get(self.instance.status, "")
        if self.instance.status == Status.PUBLISHED:
            self.initial["at"] = self.instance.publish_at
        if self.instance.pk:
            self.initial["seen"] = seen_stamp(self.instance)
        if "section" in self.fields:
            self.fields["section"].queryset = Section.objects.in_tree_order()
            self.fields["section"].label_from_instance = section_label

    def clean_body(self) -> str:
        """Clean HTML; pictures that the library does not know have left it. Too much is refused, not cut."""
        typed = self.cleaned_data["body"]
        html = body.clean_body(typed) if len(typed) <= body.BODY_MAX else typed
        if len(html) > body.BODY_MAX:
            message = gettext("The text is longer than {count} characters.")
            raise forms.ValidationError(
                message.format(count=number_format(body.BODY_MAX, force_grouping=True))
            )
        if body.has_too_many(typed):
            message = gettext("More than {count} pictures in one text. Please take some out.")
            raise forms.ValidationError(message.format(count=body.FIGURES_MAX))
        ids = {figure.photo_id for figure in body.figures(html)}
        known = {photo.pk: photo.preview_url for photo in Photo.objects.filter(pk__in=ids).only("key")}
        return body.clean_body(html, known)

    def clean_tags(self) -> list[str]:
        tags = [fold_line(tag).lstrip("#") for tag in self.cleaned_data["tags"]]
        tags = list(dict.fromkeys(tag for tag in tags if tag))
        if len(tags) > TAGS_MAX:
            raise forms.ValidationError(gettext("At most {count} tags, please.").format(count=TAGS_MAX))
        for tag in tags:
            if not slugify(tag, allow_unicode=True).strip("-_"):
                raise forms.ValidationError(gettext("The tag “{tag}” has no letters.").format(tag=tag[:20]))
            if len(tag) > TAG_MAX:
                message = gettext("The tag “{tag}…” is longer than {count} characters.")
                raise forms.ValidationError(message.format(tag=tag[:20], count=TAG_MAX))
        return tags

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._tell_if_stale(data.get("seen"))
        if self.action in {"_schedule", "_reschedule"} and not data.get("at") and "at" not in self.errors:
            self.add_error("at", gettext("Choose the time of publication."))
        elif self.action in {"_schedule", "_reschedule"} and data.get("at") and data["at"] <= clock.now():
            self.add_error("at", gettext("This time has passed. Choose a later one, or publish at once."))
        if self.action in {"_return", "_withdraw", "_reinstate"} and not (data.get("note") or "").strip():
            self.add_error("note", gettext("Write a note: it is kept with the article's history."))
        return data

    def _tell_if_stale(self, seen: str | None) -> None:
        """Somebody saved or decided meanwhile: said once, with the typed text kept; saving again goes on."""
        current = seen_stamp(self.instance) if self.instance.pk else ""
        if not seen or seen == current:
            return
        self.data = self.data.copy()
        self.data["seen"] = current
        self.add_error(
            None,
            gettext(
                "This article was changed while you had it open ({state}, {time}). Nothing was saved. Look at it in "
                "another window; saving again puts your text in its place."
            ).format(
                state=self.instance.get_status_display(),
                time=date_format(timezone.localtime(self.instance.updated_at), "DATETIME_FORMAT"),
            ),
        )

    @property
    def has_news(self) -> bool:
        """Whether something that is stored differs; an editor writes the same text with other line breaks."""
        changed = set(self.changed_data) - set(self.declared_fields)
        if self.cleaned_data.get("body") == self.initial.get("body"):
            changed.discard("body")
        return bool(changed)

    @property
    def must_be_complete(self) -> bool:
        """Asked for by this button, or public (or planned) already."""
        return self.action in DEMANDING or self.instance.status == Status.PUBLISHED

    def _post_clean(self) -> None:
        """The publish checklist, on the article as it was typed; bylines are their formset's."""
        super()._post_clean()
        if not self.must_be_complete:
            return
        for lack in checklist.missing(self.instance, bylines=1):
            if lack.field not in self.errors:
                self.add_error(lack.field, lack.message)


class BylineFormSet(forms.BaseInlineFormSet):
    """An article that goes out names somebody."""

    action = ""

    def clean(self) -> None:
        super().clean()
        if self.action not in DEMANDING and self.instance.status != Status.PUBLISHED:
            return
        kept = [
            form
            for form in self.forms
            if form.cleaned_data.get("reporter") and not form.cleaned_data.get("DELETE")
        ]
        if not kept:
            raise forms.ValidationError(gettext("A byline is missing: name at least one reporter."))


class BylineForm(forms.ModelForm):
    class Meta:
        model = Byline
        fields = ("reporter", "role", "order")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
