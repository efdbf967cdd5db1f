"""Form widgets of the newsroom: the body editor, the choice of a photograph, and the line of tags."""

import json
from typing import Any

from django import forms
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.safestring import SafeString
from django_prose_editor.widgets import ProseEditorWidget, prose_editor_base_media, prose_editor_js
from js_asset import ImportMap, Media, Script
from taggit.forms import TagWidget

from articles.editor import BODY_EXTENSIONS, EDITOR_MODULES, TEXT_EXTENSIONS
from publication.images import MAX_BYTES

_PACKAGED_STYLES = ["django_prose_editor/material-icons.css", "django_prose_editor/editor.css"]
_STYLES = [f"css/admin/{name}.css" for name in ("editor", "figure", "photo-dialog", "photo-card", "tags")]
_modules = Media(importmap=ImportMap(EDITOR_MODULES), css={"all": _STYLES})
# One list of styles, so that ours come after the packaged ones however the form's media are merged.
_editor = Media(
    css={"all": _PACKAGED_STYLES + _STYLES},
    js=[
        prose_editor_js,
        Script("django_prose_editor/configurable.js", type="module"),
        Script("js/admin/guard.js", type="module"),
    ],
)


def nonced_media(media: forms.Media, request: HttpRequest) -> Media:
    """The same media with this answer's CSP nonce on every tag; the import map does not load without it."""
    return Media.from_media(media, nonce=str(request.csp_nonce))


def photo_endpoints() -> dict[str, Any]:
    """The data- attributes by which the scripts find the library and the upload."""
    return {
        "data-photo-library": reverse_lazy("admin:articles_photo_library"),
        "data-photo-upload": reverse_lazy("admin:articles_photo_upload"),
        "data-photo-max-bytes": MAX_BYTES,
    }


class TextWidget(ProseEditorWidget):
    """The WYSIWYG editor without pictures; a plain textarea of HTML without script."""

    extensions = TEXT_EXTENSIONS

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, config={"extensions": self.extensions}, preset="configurable")

    @property
    def media(self) -> Media:
        return prose_editor_base_media + _modules + _editor


class BodyWidget(TextWidget):
    """The editor of an article's body, where photographs stand between the paragraphs."""

    extensions = BODY_EXTENSIONS

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, photo_endpoints() | (attrs or {}))


class PhotoWidget(forms.NumberInput):
    """Chooses one photograph from the library or uploads it; without script, a field for its number.

    `fills` maps caption, credit, alt and whole to the names of form fields that the photograph's own data
    fill where they are still empty.
    """

    def __init__(self, attrs: dict[str, Any] | None = None, fills: dict[str, str] | None = None) -> None:
        super().__init__(attrs)
        self.fills = fills or {}

    @property
    def media(self) -> Media:
        return _modules + Media(js=[Script("js/admin/photo-field.js", type="module")])

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        ours = photo_endpoints() | {
            "data-photo-field": "",
            "data-photo-fills": json.dumps(self.fills),
            "min": 1,
            "inputmode": "numeric",
        }
        number = super().render(name, value, ours | (attrs or {}), renderer)
        # Not the form renderer: that one does not look into the project's own templates.
        return render_to_string(
            "admin/articles/photo_field.html", {"input": number, "photo": self._photo(value)}
        )

    def _photo(self, value: Any) -> Any:
        """The chosen photograph, or None; the form field hands its queryset down through `choices`."""
        queryset = getattr(getattr(self, "choices", None), "queryset", None)
        if queryset is None or not str(value or "").isdecimal():
            return None
        return queryset.filter(pk=value).first()


class TagsWidget(TagWidget):
    """Tags in one line, separated by commas; with script, those the paper has already are suggested."""

    @property
    def media(self) -> Media:
        return _modules + Media(js=[Script("js/admin/tags.js", type="module")])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        ours = {"data-tags": reverse_lazy("admin:taggit_tag_suggest"), "autocomplete": "off"}
        return super().get_context(name, value, ours | (attrs or {}))
