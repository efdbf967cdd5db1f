"""One style sheet and one page script for readers, joined from sources by area when files are collected.

There is no build step: a developer's server and the tests link the sources one by one, and `collectstatic`
writes the joined files, which are then hashed and compressed like every other file.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.templatetags.static import static
from whitenoise.storage import CompressedManifestStaticFilesStorage

PUBLIC_CSS = "css/public.css"
PAGE_SCRIPT = "js/page.js"
COMMENTS_SCRIPT = "js/comments.js"

_AREAS = (
    "tokens",
    "base",
    "layout",
    "cards",
    "front",
    "lists",
    "search",
    "article",
    "story",
    "after",
    "share",
    "forms",
    "comments",
    "comments-forms",
    "print",
)
_SCRIPTS = ("text-size", "share", "embeds", "sections", "reads")
# Modules that import from those before them; a page that is not collected asks for the last one only.
_COMMENTS = ("canonical", "parts", "counter", "server", "draft", "form", "acts", "main")

# Joined file -> its sources, in order. The first style sheet declares the order of the cascade layers.
JOINED: dict[str, tuple[str, ...]] = {
    PUBLIC_CSS: tuple(f"css/public/{area}.css" for area in _AREAS),
    PAGE_SCRIPT: tuple(f"js/public/{script}.js" for script in _SCRIPTS),
    COMMENTS_SCRIPT: tuple(f"js/comments/{script}.js" for script in _COMMENTS),
}

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(r"\n\s+")
_RELATIVE = re.compile(r"url\(|@import\b")
_LINE_COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)
_IMPORT = re.compile(r"^import \{[^}]*\} from \"\./(\w+)\.js\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function\b|const\b|class\b)", re.MULTILINE)
_MODULE_SYNTAX = re.compile(r"^\s*(?:import|export)\b", re.MULTILINE)


def join_css(sources: dict[str, str]) -> str:
    """The style sheets as one, without comments and indents; ImproperlyConfigured on url() and @import.

    Both would be resolved from the joined file's folder, not from the source's own.
    """
    for name, text in sources.items():
        if _RELATIVE.search(text):
            raise ImproperlyConfigured(f"{name} is joined into {PUBLIC_CSS} and cannot use url() or @import.")
    return "\n".join(_INDENT.sub("\n", _COMMENT.sub("", text)).strip() for text in sources.values()) + "\n"


def join_scripts(sources: dict[str, str]) -> str:
    """The scripts as one module without comments, each in a block of its own; ImproperlyConfigured on import and
    export.
    """
    for name, text in sources.items():
        if _MODULE_SYNTAX.search(text):
            raise ImproperlyConfigured(f"{name} is joined into {PAGE_SCRIPT} and cannot import or export.")
    plain = (_INDENT.sub("\n", _LINE_COMMENT.sub("", text)).strip() for text in sources.values())
    return "\n".join(f"{{\n{text}\n}}" for text in plain) + "\n"


def join_modules(sources: dict[str, str]) -> str:
    """The modules as one, in order, without their imports and exports; ImproperlyConfigured for other syntax.

    Every module imports from its neighbours by name, and a name at the top of one is no other's.
    """
    parts: list[str] = []
    before: set[str] = set()
    for name, text in sources.items():
        stem = name.rpartition("/")[2].removesuffix(".js")
        if unknown := set(_IMPORT.findall(text)) - before:
            raise ImproperlyConfigured(
                f"{name} imports {', '.join(sorted(unknown))}, which is not before it."
            )
        plain = _LINE_COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", text)))
        if _MODULE_SYNTAX.search(plain):
            raise ImproperlyConfigured(
                f"{name} cannot be joined: a kind of import or export that is not known."
            )
        before.add(stem)
        parts.append(_INDENT.sub("\n", plain).strip())
    return "\n".join(parts) + "\n"


def links(joined: str) -> list[str]:
    """Addresses to put into a page for one joined file: itself once collected, else its sources."""
    if isinstance(staticfiles_storage, JoinedStaticFilesStorage) and not settings.DEBUG:
        return [static(joined)]
    sources = JOINED[joined]
    return [static(name) for name in (sources[-1:] if joined == COMMENTS_SCRIPT else sources)]


def _join(joined: str, sources: dict[str, str]) -> str:
    if joined == COMMENTS_SCRIPT:
        return join_modules(sources)
    return join_css(sources) if joined.endswith(".css") else join_scripts(sources)


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's hashed and compressed files, with the joined ones made first."""

    def post_process(
        self, paths: dict[str, tuple[Any, str]], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, Any]]:
        """Join, then hash and compress. `paths`: name -> (storage, name there), as collectstatic found them."""
        if not dry_run:
            paths = self._with_joined(paths)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _with_joined(self, paths: dict[str, tuple[Any, str]]) -> dict[str, tuple[Any, str]]:
        paths = dict(paths)
        for joined, names in JOINED.items():
            sources = {name: self._read(*paths.pop(name)) for name in names if name in paths}
            if len(sources) != len(names):
                missing = ", ".join(name for name in names if name not in sources)
                raise ImproperlyConfigured(f"{joined} cannot be joined: {missing} was not found.")
            self.delete(joined)
            self._save(joined, ContentFile(_join(joined, sources).encode()))
            paths[joined] = (self, joined)
        return paths

    def _read(self, storage: Any, name: str) -> str:
        with storage.open(name) as file:
            return file.read().decode()
