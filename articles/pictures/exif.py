"""Reading the few EXIF tags a newsroom needs. GPS is never opened."""

from typing import Any

from PIL import Image

from articles.pictures.words import repair
from publication.images import DECODER_ERRORS

_EXIF_IFD = 0x8769

_TAGS = {
    0x010E: "ImageDescription",
    0x010F: "Make",
    0x0110: "Model",
    0x0131: "Software",
    0x013B: "Artist",
    0x8298: "Copyright",
}
# Windows Explorer's own fields, UTF-16 in a field of bytes.
_WINDOWS_TAGS = {0x9C9C: "XPComment", 0x9C9D: "XPAuthor"}
_CAMERA_TAGS = {
    0x829A: "ExposureTime",
    0x829D: "FNumber",
    0x8827: "ISOSpeed",
    0x9003: "DateTimeOriginal",
    0x9011: "OffsetTimeOriginal",
    0x920A: "FocalLength",
    0xA434: "LensModel",
}

# Text longer than this is no description but somebody's experiment.
_MAX_TEXT = 8_000


def tags(block: bytes) -> dict[str, str]:
    """The known tags by name, as text; {} for a block that cannot be read."""
    exif = Image.Exif()
    try:
        exif.load(block)
        return _known(exif)
    except DECODER_ERRORS:
        return {}


def _known(exif: Image.Exif) -> dict[str, str]:
    found = {name: _text(exif.get(tag)) for tag, name in _TAGS.items()}
    found |= {name: _wide_text(exif.get(tag)) for tag, name in _WINDOWS_TAGS.items()}
    camera = exif.get_ifd(_EXIF_IFD)
    found |= {name: _text(camera.get(tag)) for tag, name in _CAMERA_TAGS.items()}
    return {name: text for name, text in found.items() if text}


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    return repair(value[:_MAX_TEXT]) if isinstance(value, str) else _number(value)


def _number(value: Any) -> str:
    """Numbers and fractions as text; lists, which no tag above should hold, as nothing."""
    return "" if value is None or isinstance(value, tuple | list | dict) else f"{float(value):.6g}"


def _wide_text(value: Any) -> str:
    if isinstance(value, tuple):
        value = bytes(value)
    return value[:_MAX_TEXT].decode("utf-16-le", "ignore").rstrip("\x00") if isinstance(value, bytes) else ""
