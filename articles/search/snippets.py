"""Where in a text the searched words stand: pieces, each marked as a hit or not, never HTML."""

from typing import NamedTuple


class Piece(NamedTuple):
    text: str
    is_hit: bool
