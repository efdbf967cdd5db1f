"""A person at a form of the admin: opens it, changes some fields, sends it with everything else as it came."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

# Fields of a form that say something only when they are ticked, and those a browser sends for a press alone.
TICKED = {"checkbox", "radio"}
PRESSED = {"submit", "button", "image", "file", "reset"}


class Fields(HTMLParser):
    """What a browser would send from the page's main form, by field."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._is_inside = False
        self._select = self._text = ""
        self._first: str | None = None
        self._is_single = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_inside = found.get("id", "").endswith("form")
        elif not self._is_inside:
            return
        elif tag == "input":
            self._input(found)
        elif tag == "select":
            # A browser sends the first choice where none is marked.
            self._select, self._first = found.get("name", ""), None
            self._is_single = "multiple" not in found
        elif tag == "option" and self._select:
            if "selected" in found:
                self._add(self._select, found.get("value", ""))
            self._first = self._first if self._first is not None else found.get("value", "")
        elif tag == "textarea":
            self._text = found.get("name", "")
            self.values[self._text] = [""]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text:
            # The first line break after the tag is none of the text.
            self.values[self._text][0] = self.values[self._text][0].removeprefix("\n")
            self._text = ""
        elif tag == "select":
            if self._is_single and self._select and self._first is not None:
                self.values.setdefault(self._select, [self._first])
            self._select = ""
        elif tag == "form":
            self._is_inside = False

    def handle_data(self, data: str) -> None:
        if self._text:
            self.values[self._text][0] += data

    def _input(self, found: dict[str, str]) -> None:
        kind, name = found.get("type", "text"), found.get("name", "")
        if name and kind not in PRESSED and (kind not in TICKED or "checked" in found):
            self._add(name, found.get("value", "on" if kind in TICKED else ""))

    def _add(self, name: str, value: str) -> None:
        self.values.setdefault(name, []).append(value)


def press(client: Client, address: str, /, **changed: Any) -> None:
    """Opens the form at the address and sends it with these fields changed; None unticks or leaves out."""
    page = client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    data: dict[str, Any] = {
        name: values
        for name, values in Fields(page.content.decode()).values.items()
        if "__prefix__" not in name
    }
    data |= changed
    answer = client.post(address, {name: value for name, value in data.items() if value is not None})
    assert answer.status_code == 302, (address, _errors(answer))


def _errors(answer: Any) -> Any:
    context = answer.context or {}
    form = context.get("adminform") or context.get("form")
    rows = [formset.formset.errors for formset in context.get("inline_admin_formsets") or ()]
    return form and form.errors, rows, answer.status_code
