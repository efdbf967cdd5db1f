"""The body editor's one declaration: its buttons, its modules, and what it can write.

settings.py reads this file while it is being read itself, so nothing here may need a model or a translation
that is already active. What may be stored is decided by articles/body.py; the two are compared in a test.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_prose_editor.config import add_tags_and_attributes, process_link, process_table

# The names by which our modules import each other, through the page's import map: relative addresses would
# break where static files carry a hash in their names.
EDITOR_MODULES = {
    "newsroom/dom": "js/admin/dom.js",
    "newsroom/upload": "js/admin/upload.js",
    "newsroom/upload-list": "js/admin/upload-list.js",
    "newsroom/photo-grid": "js/admin/photo-grid.js",
    "newsroom/photo-describe": "js/admin/photo-describe.js",
    "newsroom/photo-dialog": "js/admin/photo-dialog.js",
    "newsroom/figure-view": "js/admin/figure-view.js",
    "newsroom/figure-drop": "js/admin/figure-drop.js",
    "newsroom/paste": "js/admin/paste.js",
    "newsroom/toolbar": "js/admin/toolbar.js",
    "newsroom/figure": "js/admin/figure.js",
    "newsroom/link": "js/admin/link.js",
    "newsroom/table": "js/admin/table.js",
}


def allow_figure(_config: object, allowed: dict[str, Any]) -> None:
    """What our Figure writes, in nh3's terms; the shape stands in static/js/admin/figure.js."""
    add_tags_and_attributes(
        allowed,
        ["figure", "img", "figcaption"],
        {"figure": ["data-photo", "data-credit", "data-crop", "data-decorative"], "img": ["src", "alt"]},
    )


def allow_nothing(_config: object, _allowed: dict[str, Any]) -> None:
    """For an extension that writes no markup of its own."""


# The value of DJANGO_PROSE_EDITOR_EXTENSIONS. NewsDocument lets figures stand at top level only, NewsFigure knows
# credit, crop, upload and its own dialog. Link, which checks addresses, and Table, which asks no questions, replace
# the packaged ones of the same name.
EDITOR_EXTENSIONS = [
    {"js": ["newsroom/figure"], "extensions": {"NewsDocument": allow_nothing, "NewsFigure": allow_figure}},
    {"js": ["newsroom/link"], "extensions": {"Link": process_link}},
    {"js": ["newsroom/table"], "extensions": {"Table": process_table}},
]

MENU_GROUPS = [
    {"group": "blockType -lists"},
    {"group": "nodes -blockType -lists"},
    {"group": "lists"},
    {"group": "marks"},
    {"group": "link"},
    {"group": "table"},
    {"group": "history"},
]

# A text without pictures: a policy page.
TEXT_EXTENSIONS: dict[str, Any] = {
    "Menu": {"groups": MENU_GROUPS},
    "Placeholder": {"placeholder": _("Write or paste the text here.")},
    "Heading": {"levels": [2, 3]},
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "HardBreak": True,
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "Link": {"enableTarget": False, "defaultProtocol": "https"},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
}

BODY_EXTENSIONS: dict[str, Any] = TEXT_EXTENSIONS | {
    "Menu": {"groups": [{"group": "photo"}, *MENU_GROUPS]},
    "Placeholder": {"placeholder": _("Write or paste the article here. Drop pictures where they belong.")},
    "Document": False,
    "NewsDocument": True,
    "NewsFigure": True,
}
