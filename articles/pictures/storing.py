"""Putting files into a folder that is being served: all of them or none, never half a file."""

import errno
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from django.utils.translation import gettext_lazy as _

_NO_SPACE_ERRORS = (errno.ENOSPC, errno.EDQUOT)


class NoSpace(Exception):
    """The disk or the quota is full; the view answers 507 with `message`."""

    message = _("There is no space left for pictures. Nothing was stored; tell whoever runs the server.")

    def __str__(self) -> str:
        return str(self.message)


@contextmanager
def telling_no_space() -> Iterator[None]:
    """Turns the operating system's "no space left" into NoSpace; every other error stays itself."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_SPACE_ERRORS:
            raise NoSpace from error
        raise


class Batch:
    """Files written under hidden names and given their real ones together, when the block ends well.

    Each renaming replaces an older file in one step, so a reader gets the old picture or the new one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._waiting: list[tuple[Path, Path]] = []
        self._suffix = f".{secrets.token_hex(4)}.part"

    def add(self, name: str, data: bytes) -> None:
        """Writes one file, plainly opened: a temporary file's rights would hide it from the web server."""
        hidden = self.folder / f".{name}{self._suffix}"
        self._waiting.append((hidden, self.folder / name))
        with telling_no_space():
            hidden.write_bytes(data)

    def __enter__(self) -> "Batch":
        with telling_no_space():
            self.folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                with telling_no_space():
                    self._rename()
        finally:
            for hidden, _final in self._waiting:
                hidden.unlink(missing_ok=True)

    def _rename(self) -> None:
        for hidden, final in self._waiting:
            hidden.replace(final)
