"""What the bytes of an uploaded picture say before any decoder sees them.

Three questions, each answered from the content alone, in one pass and in bounded time: which format is it,
does it carry something that is no picture, and is it built to keep a decoder busy.
"""

import re
from collections.abc import Iterator
from itertools import islice

# A progressive JPEG has some ten scans, at most twenty; each one more makes the decoder visit every pixel again.
MAX_SCANS = 32

# The largest honest JPEG headers (colour profile, extended XMP, depth maps) stay below 300 segments.
MAX_SEGMENTS = 400

# PNG encoders cut their data into pieces of 8 KB or more; a flood of empty ones only costs time.
MAX_CHUNKS = 50_000

# Sub-blocks of comments and application data in a GIF before its first frame, 255 bytes each.
MAX_SUB_BLOCKS = 10_000

# How far into a file a PDF reader, a browser or a shell looks for its own kind of beginning.
_HEAD = 1024

_AVIF_BRANDS = (b"avif", b"avis")
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")

# Formats that are named in the refusal, because a newsroom really sends them now and then.
_KNOWN_BEGINNINGS = (
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"8BPS", "PSD"),
    (b"BM", "BMP"),
    (b"%PDF-", "PDF"),
    (b"\x00\x00\x01\x00", "ICO"),
)

_MARKUP_BEGINNING = re.compile(rb"<(?:\?xml|!doctype|!--|svg|html|head|body|script|math)", re.IGNORECASE)

# Searched in lower case over the whole file. Every alternative is long enough that compressed pixels spell
# it by chance less than once in a hundred thousand photographs of 6 MB.
_HIDDEN_MARKUP = re.compile(
    rb"<(?:script[\s/>]|iframe[\s/>]|html[\s>]|body[\s>]|foreignobject|!doctype\s+html|\?php\s)"
)
_HIDDEN_FILES = re.compile(rb"%PDF-\d\.\d|Rar!\x1a\x07[\x00\x01]|7z\xbc\xaf\x27\x1c")

_ZIP_END = b"PK\x05\x06"
_ZIP_END_SIZE = 22
_ZIP_COMMENT_MAX = 65_535

_NEXT_JPEG_MARKER = re.compile(rb"\xff[\x02-\xcf\xd9-\xfe]")
_JPEG_END, _JPEG_SCAN = 0xD9, 0xDA


def recognise(data: bytes) -> str:
    """JPEG, PNG, WEBP, GIF or AVIF; the name of another known kind; "" when it is nothing we know."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        return _isobmff_kind(data)
    return _other_kind(data)


def _isobmff_kind(data: bytes) -> str:
    """AVIF, HEIC or neither, by the brands a file declares in its first box (ISO/IEC 14496-12)."""
    size = min(int.from_bytes(data[:4], "big"), 256)
    brands = [data[at : at + 4] for at in range(8, size, 4)]
    if any(brand in _AVIF_BRANDS for brand in brands):
        return "AVIF"
    return "HEIC" if any(brand in _HEIC_BRANDS for brand in brands) else ""


def _other_kind(data: bytes) -> str:
    for beginning, name in _KNOWN_BEGINNINGS:
        if data.startswith(beginning):
            return name
    text = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    return "SVG, HTML, XML" if _MARKUP_BEGINNING.match(text) else ""


def hides_another_file(data: bytes, kind: str) -> bool:
    """Whether a picture is at the same time markup, a script, a document or an archive.

    Harmless additions stay welcome: telephones append a film or a second picture to a JPEG. Nothing that is
    appended is ever served, because readers only get pictures that we encoded ourselves.
    """
    return (
        _begins_as_script(data, kind)
        or _ends_as_zip(data)
        or _HIDDEN_FILES.search(data) is not None
        or _HIDDEN_MARKUP.search(data.lower()) is not None
    )


def _begins_as_script(data: bytes, kind: str) -> bool:
    """A header whose length or width spells a comment sign, so that the file also runs as JavaScript."""
    if kind == "JPEG":
        return data[4:6] == b"/*"
    return kind == "GIF" and data[6:8] == b"/*"


def _ends_as_zip(data: bytes) -> bool:
    at = data.rfind(_ZIP_END, -(_ZIP_END_SIZE + _ZIP_COMMENT_MAX))
    if at < 0:
        return False
    comment = int.from_bytes(data[at + 20 : at + 22], "little")
    return at + _ZIP_END_SIZE + comment <= len(data)


def keeps_a_decoder_busy(data: bytes, kind: str) -> bool:
    """Whether a small file was built from so many pieces that reading it would take minutes."""
    if kind == "JPEG":
        markers = list(islice(_jpeg_markers(data), MAX_SEGMENTS + 1))
        return len(markers) > MAX_SEGMENTS or markers.count(_JPEG_SCAN) > MAX_SCANS
    if kind == "PNG":
        return _more_than(_png_chunks(data), MAX_CHUNKS)
    if kind == "GIF":
        return _more_than(_gif_sub_blocks(data), MAX_SUB_BLOCKS)
    return False


def _more_than(pieces: Iterator[int], limit: int) -> bool:
    return next(islice(pieces, limit, None), None) is not None


def _jpeg_markers(data: bytes) -> Iterator[int]:
    """The marker codes of a JPEG up to its end marker; restart markers are not told."""
    at = 2
    while found := _NEXT_JPEG_MARKER.search(data, at):
        marker = data[found.start() + 1]
        if marker == _JPEG_END:
            return
        yield marker
        at = found.end() + max(int.from_bytes(data[found.end() : found.end() + 2], "big"), 2)


def _png_chunks(data: bytes) -> Iterator[int]:
    """The offset of every chunk: four bytes of length, four of type, the data, four of checksum."""
    at = 8
    while at < len(data):
        yield at
        at += 12 + int.from_bytes(data[at : at + 4], "big")


def _gif_sub_blocks(data: bytes) -> Iterator[int]:
    """The offset of every sub-block of the extensions before the first frame."""
    flags = data[10] if len(data) > 10 else 0
    at = 13 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    while data[at : at + 1] == b"!":
        at += 2
        while size := int.from_bytes(data[at : at + 1], "big"):
            yield at
            at += 1 + size
        at += 1
