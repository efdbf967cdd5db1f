"""The article form as a reporter's hands see it: the editor, its dialog, files that are dropped and pasted."""

import base64
import re
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

TEXT = ".tiptap.ProseMirror"

TRANSFER = """
  const data = new DataTransfer()
  for (const [type, words] of Object.entries(texts)) if (words) data.setData(type, words)
  for (const [name, type, content] of files) {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
    data.items.add(new File([bytes], name, { type }))
  }
"""
PASTE = f"""([texts, files]) => {{ {TRANSFER}
  const event = new ClipboardEvent("paste", {{ bubbles: true, cancelable: true, clipboardData: data }})
  document.querySelector("{TEXT}").dispatchEvent(event)
}}"""
DROP = f"""(target, [texts, files, share]) => {{ {TRANSFER}
  const box = target.getBoundingClientRect()
  const place = {{ clientX: box.left + 40, clientY: box.top + box.height * share }}
  for (const name of ["dragenter", "dragover", "drop"]) {{
    target.dispatchEvent(new DragEvent(name, {{ bubbles: true, cancelable: true, dataTransfer: data, ...place }}))
  }}
}}"""

# A name, a type, the content.
File = tuple[str, str, bytes]


def encoded(files: tuple[File, ...]) -> list[list[str]]:
    return [[name, kind, base64.b64encode(content).decode()] for name, kind, content in files]


@dataclass
class EditorPage:
    """A browser's page on the form of a new article, signed in as `user`."""

    page: Page
    user: Any
    site: str
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._listen)
        client = Client()
        client.force_login(self.user)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self.site}
        self.page.context.add_cookies([cookie])

    def _listen(self, message: Any) -> None:
        # A refused upload is logged by the browser as well; everything else must not happen.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(message.text)

    def open(self) -> None:
        self.page.goto(reverse("admin:articles_article_add"))
        expect(self.text).to_be_visible()
        expect(self.page.get_by_role("toolbar")).to_be_visible()

    @property
    def text(self) -> Locator:
        return self.page.locator(TEXT)

    @property
    def figures(self) -> Locator:
        return self.text.locator("figure")

    @property
    def dialog(self) -> Locator:
        return self.page.locator("dialog.photo-dialog")

    @property
    def html(self) -> str:
        """What would be sent."""
        return self.page.locator("textarea[name=body]").input_value()

    @property
    def outline(self) -> list[str]:
        """The body's top-level blocks: a figure as its photo's number in brackets, else the text."""
        outline = []
        for _tag, attributes, inner in re.findall(r"<(p|h2|h3|figure)\b([^>]*)>(.*?)</\1>", self.html):
            number = re.search(r'data-photo="(\d+)"', attributes)
            outline.append(f"[{number[1]}]" if number else re.sub("<[^>]+>", "", inner))
        return outline

    def write(self, *paragraphs: str) -> None:
        """Fills the empty editor; the cursor ends in the last paragraph."""
        self.text.click()
        self.paste(html="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))

    def paste(self, *files: File, html: str = "", text: str = "") -> None:
        self.page.evaluate(PASTE, [{"text/html": html, "text/plain": text}, encoded(files)])

    def drop(self, *files: File, on: Locator, share: float = 0.9) -> None:
        """Lets files go over an element, at this share of its height."""
        on.evaluate(DROP, [{}, encoded(files), share])

    def press_photo_button(self) -> None:
        self.page.get_by_role("button", name="사진 넣기").click()

    def photo(self, pk: int) -> Locator:
        """A picture in the dialog's library."""
        return self.dialog.locator(f"[role=option][data-photo='{pk}']")

    def compose(self, *steps: str) -> None:
        """Types one syllable as an input method does: each step replaces the one before, the last stays."""
        session = self.page.context.new_cdp_session(self.page)
        for step in steps:
            key = {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Process"}
            session.send("Input.dispatchKeyEvent", key)
            caret = {"selectionStart": len(step), "selectionEnd": len(step)}
            session.send("Input.imeSetComposition", {"text": step, **caret})
        session.send("Input.insertText", {"text": steps[-1]})
        session.detach()
