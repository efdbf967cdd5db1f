"""Text found inside picture files: decoding it, repairing it, making it fit to be shown."""

from publication.text import fold_line

# A pair that CP949 reads as Hangul may be two Latin letters of another code page; fewer proves nothing.
_ENOUGH_HANGUL = 2


def clean(text: str, limit: int) -> str:
    """One line of visible text in NFC, NBSP folded to a space, at most `limit` characters long."""
    # Cut first, so that a megabyte of text is not walked through for the sake of one line.
    return fold_line(text[: limit * 4])[:limit].strip()


def decode(raw: bytes) -> str:
    """Text of an unknown encoding: UTF-8, else CP949 (a superset of EUC-KR), else Latin-1.

    Old fields cut a value after so many bytes; half a character at the end is dropped, since with it the
    rest would be taken for another encoding. The declared encoding is not asked: programs declare UTF-8 and
    write CP949.
    """
    raw = raw.rstrip(b"\x00 ")
    text = _strictly(raw, "utf-8", longest_half=3)
    if text is None:
        text = _korean(raw)
    return raw.decode("latin-1") if text is None else text


def repair(text: str) -> str:
    """Undo the reading of Korean bytes as Latin-1, which is how EXIF text comes out of most programs."""
    try:
        return decode(text.encode("latin-1"))
    except UnicodeEncodeError:
        return text


def _korean(raw: bytes) -> str | None:
    text = _strictly(raw, "cp949", longest_half=1)
    if text is None or sum("가" <= character <= "힣" for character in text) < _ENOUGH_HANGUL:
        return None
    return text


def _strictly(raw: bytes, encoding: str, longest_half: int) -> str | None:
    """The text, or None when it is not in this encoding; half a character at the end is no fault."""
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < max(1, len(raw) - longest_half):
            return None
        whole = raw[: error.start].decode(encoding)
        # A lone letter above ASCII at the end of plain letters is Latin-1's: Café.
        return None if whole.isascii() else whole
