"""What a reader typed, as words that must all stand in an article."""

MAX_LENGTH = 200
MAX_WORDS = 20


class TooLong(ValueError):
    """More than MAX_LENGTH characters or MAX_WORDS words: nobody reads such a query, and it would cost."""
