"""Why something was not done, with the sentence for the reader and the answer's status (doors)."""


class Refused(Exception):
    """`message` is for the reader, in the active language; the view gives the typed text back."""

    status = 422

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.status = status or self.status


class Forbidden(Refused):
    """No right: banned, closed, one's own comment."""

    status = 403


class Unknown(Refused):
    """Not there, or not for this visitor: both look the same."""

    status = 404


class Conflict(Refused):
    """Too late, or changed meanwhile."""

    status = 409


class TooMuch(Refused):
    """A limit; `retry_after` in seconds."""

    status = 429

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = max(1, retry_after)
