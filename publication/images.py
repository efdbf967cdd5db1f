"""Pictures from outside: the one gate through which untrusted image bytes enter the paper.

`open_checked` decides by content alone (a file's name and declared type are never looked at), decodes the
first frame completely, turns it upright and into sRGB, or raises ImageRefused with a sentence for the person
who sent it. What readers get is always encoded anew from the pixels that come out of here.
"""

import struct
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageFile
from PIL.AvifImagePlugin import AvifImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from publication.image_bytes import hides_another_file, keeps_a_decoder_busy, recognise

# The largest file taken. A 60-megapixel JPEG of the best quality is about 35 MB.
MAX_BYTES = 40 * 1000 * 1000

# The most pixels decoded. Each costs four bytes of memory, twice while a picture is turned: about
# 500 MB, and 700 MB for a progressive JPEG, whose decoder keeps all coefficients.
MAX_PIXELS = 60_000_000

# The longest side; WebP can hold no more, and a telephone's panorama stays below it.
MAX_SIDE = 16_383

# A colour profile above this size is ignored; printers' CMYK profiles have about 2 MB.
MAX_PROFILE_BYTES = 4 * 1000 * 1000

# Text blocks (EXIF, XMP, IPTC) above this size are not kept for reading.
MAX_BLOCK_BYTES = 1000 * 1000

# Raster formats that telephones, cameras, agencies and web pages really deliver. SVG is a program, TIFF a
# family of decoders; both stay out.
MIME_TYPES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
    "GIF": "image/gif",
}
ALLOWED_FORMATS = tuple(MIME_TYPES)
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "GIF": "gif"}

# The decoders are called by name instead of through Image.open(): that one only warns above its limit, and
# turning a warning into an error is a switch of the whole process, not of one thread. `_size_problem` is
# our limit. The line below is for whoever else opens a picture in this process.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
_DECODERS: dict[str, type[ImageFile.ImageFile]] = {
    "JPEG": JpegImageFile,
    "PNG": PngImageFile,
    "WEBP": WebPImageFile,
    "AVIF": AvifImageFile,
    "GIF": GifImageFile,
}

# Everything Pillow's decoders may raise on broken bytes. Warning is among them for processes that
# run with warnings as errors.
DECODER_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    EOFError,
    ArithmeticError,
    RuntimeError,
    AssertionError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Warning,
)

REASONS = {
    "empty": _("The file is empty."),
    "not_image": _("This is not a picture. Send a JPEG, PNG, WebP, AVIF or GIF file."),
    "format": _("{kind} files are not accepted. Send a JPEG, PNG, WebP, AVIF or GIF file."),
    "too_large": _("The file is larger than {limit} MB."),
    "too_many_pixels": _("The picture has more than {limit} megapixels."),
    "too_long": _("The picture measures {width} × {height} pixels; a side may have at most {limit}."),
    "truncated": _("The picture is cut off: the file did not arrive whole. Send it again."),
    "damaged": _("The picture file is damaged and cannot be read."),
    "polyglot": _("Something that is no picture is hidden in this file. Save it anew in a picture editor."),
    "overbuilt": _("The picture file has too many parts to be read. Save it anew in a picture editor."),
}

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ORIENTATION_TAG = 0x0112
_IPTC_RESOURCE = 0x0404


class ImageRefused(Exception):
    """A file that is not let in. `code` is a key of REASONS, `message` the sentence for the sender."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self._values = values

    @property
    def message(self) -> str:
        """The reason in the language active now."""
        return str(REASONS[self.code]).format(**self._values)

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class Blocks:
    """The text blocks of a picture file, untouched and untrusted; articles.pictures.metadata reads them."""

    exif: bytes = b""
    xmp: bytes = b""
    iptc: bytes = b""


@dataclass(frozen=True)
class Checked:
    """A picture that was let in.

    image: the first frame, upright, RGB or (only when something is see-through) RGBA, in sRGB, carrying no
    metadata. width, height: of that image, so after turning. data: the file as it came.
    """

    image: Image.Image = field(repr=False)
    format: str
    data: bytes = field(repr=False)
    blocks: Blocks = field(repr=False)

    @property
    def width(self) -> int:
        return self.image.width

    @property
    def height(self) -> int:
        return self.image.height

    @property
    def size(self) -> int:
        """Bytes of the file as it came."""
        return len(self.data)

    @property
    def mime(self) -> str:
        return MIME_TYPES[self.format]

    @property
    def extension(self) -> str:
        return EXTENSIONS[self.format]

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal hash of the file as it came: the same file sent twice is the same picture."""
        return sha256(self.data).hexdigest()


def open_checked(file: BinaryIO | bytes) -> Checked:
    """Let a picture in, or raise ImageRefused.

    file: bytes or anything with read(); it is read from its start, and never further than MAX_BYTES + 1.
    """
    data = _read(file)
    kind = recognise(data)
    if kind not in ALLOWED_FORMATS:
        raise ImageRefused("format", kind=kind) if kind else ImageRefused("not_image")
    if hides_another_file(data, kind):
        raise ImageRefused("polyglot")
    if keeps_a_decoder_busy(data, kind):
        raise ImageRefused("overbuilt")
    picture = _decode(data, kind)
    blocks = _blocks(picture)
    turn = _UPRIGHT.get(_orientation(picture))
    image = _in_srgb(picture)
    # At 60 megapixels a third copy would cost another 240 MB.
    del picture
    if turn is not None:
        image = image.transpose(turn)
    # Pillow copies some of these into whatever is saved later: comments, colour profiles.
    image.info = {}
    return Checked(image=image, format=kind, data=data, blocks=blocks)


def logo_png(image: Image.Image, longest: int = 600) -> bytes:
    """A PNG of a checked image, scaled down so that no side is longer than `longest` pixels."""
    scale = min(1.0, longest / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    out = BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _read(file: BinaryIO | bytes) -> bytes:
    if not isinstance(file, bytes):
        file.seek(0)
        file = file.read(MAX_BYTES + 1)
    if not file:
        raise ImageRefused("empty")
    if len(file) > MAX_BYTES:
        raise ImageRefused("too_large", limit=MAX_BYTES // 1_000_000)
    return file


def _decode(data: bytes, kind: str) -> ImageFile.ImageFile:
    try:
        picture = _DECODERS[kind](BytesIO(data))
    except DECODER_ERRORS as error:
        raise _refusal(error) from error
    _check_size(*picture.size)
    try:
        picture.load()
    except DECODER_ERRORS as error:
        raise _refusal(error) from error
    return picture


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise ImageRefused("too_many_pixels", limit=MAX_PIXELS // 1_000_000)
    if max(width, height) > MAX_SIDE:
        raise ImageRefused("too_long", width=width, height=height, limit=MAX_SIDE)


def _refusal(error: BaseException) -> ImageRefused:
    """Pillow tells a cut file from a broken one only in words."""
    if isinstance(error, Image.DecompressionBombError):
        return ImageRefused("too_many_pixels", limit=MAX_PIXELS // 1_000_000)
    is_cut = isinstance(error, EOFError) or "truncated" in str(error).lower()
    return ImageRefused("truncated" if is_cut else "damaged")


def _blocks(picture: ImageFile.ImageFile) -> Blocks:
    photoshop = picture.info.get("photoshop")
    resources = photoshop if isinstance(photoshop, dict) else {}
    return Blocks(
        exif=_block(picture.info.get("exif")),
        xmp=_block(picture.info.get("xmp")),
        iptc=_block(resources.get(_IPTC_RESOURCE)),
    )


def _block(value: Any) -> bytes:
    if isinstance(value, str):
        value = value.encode("utf-8", "ignore")
    return value if isinstance(value, bytes) and len(value) <= MAX_BLOCK_BYTES else b""


def _orientation(picture: ImageFile.ImageFile) -> int:
    """EXIF orientation 1 to 8; 1 where it is missing or unreadable."""
    try:
        return int(picture.getexif().get(_ORIENTATION_TAG, 1))
    except DECODER_ERRORS:
        return 1


def _in_srgb(picture: Image.Image) -> Image.Image:
    """RGB or RGBA in sRGB, by the embedded colour profile where it makes sense, plainly otherwise."""
    profile = picture.info.get("icc_profile")
    picture = _eight_bits(picture)
    see_through = picture.has_transparency_data
    alpha = picture.convert("RGBA").getchannel("A") if see_through else None
    image = _by_profile(picture, profile) or picture.convert("RGB")
    if alpha is not None and alpha.getextrema()[0] < 255:
        image.putalpha(alpha)
    return image


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Sixteen-bit grey scaled down to eight; Pillow's own conversion would cut it off at white."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda level: level * (1 / 256)).convert("L")


def _by_profile(picture: Image.Image, profile: bytes | None) -> Image.Image | None:
    """The picture turned from its embedded profile to sRGB; None without a usable one."""
    if not profile or len(profile) > MAX_PROFILE_BYTES:
        return None
    source = picture if picture.mode in ("L", "CMYK") else picture.convert("RGB")
    try:
        embedded = ImageCms.ImageCmsProfile(BytesIO(profile))
        if source.mode == "RGB" and ImageCms.getProfileDescription(embedded).startswith("sRGB"):
            return source
        return _turned_to_srgb(source, embedded)
    except (ImageCms.PyCMSError, *DECODER_ERRORS):
        return None


def _turned_to_srgb(source: Image.Image, embedded: ImageCms.ImageCmsProfile) -> Image.Image:
    """In place where the pixels keep their size; `source` is a copy of ours then."""
    srgb = ImageCms.createProfile("sRGB")
    if source.mode == "RGB":
        ImageCms.profileToProfile(source, embedded, srgb, inPlace=True)
        return source
    return ImageCms.profileToProfile(source, embedded, srgb, outputMode="RGB")
