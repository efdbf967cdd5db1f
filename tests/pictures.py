"""Picture files for tests, made on the spot: honest photographs with Korean metadata, and hostile ones.

Every function returns the bytes of a whole file, except the `…_block` ones, which return what goes inside.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from PIL import Image

CAPTION = "(왼쪽부터) 김하늘 시장과 이바다 의원이 24일 시청 앞 광장에서 손을 흔들고 있다."
CREDIT = "한강시 제공"
PHOTOGRAPHER = "홍길동"
COPYRIGHT = "© 한강일보"
ALT = "광장에 모인 시민들 앞에서 두 사람이 손을 흔드는 모습"

DATA_SETS = {"headline": 105, "caption": 120, "byline": 80, "credit": 110, "copyright": 116, "keywords": 25}
DATA_SETS |= {"date": 55, "time": 60, "source": 115}

_XMP_HEAD = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
    ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">'
)
_XMP_TAIL = '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'


def scene(width: int = 640, height: int = 480) -> Image.Image:
    """A soft picture with red on the left, green on top and blue at the lower right."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (Image.eval(across, lambda level: 255 - level), down, across))


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def jpeg(
    width: int = 640,
    height: int = 480,
    *,
    iptc: bytes = b"",
    xmp: bytes = b"",
    exif: bytes = b"",
    **options: object,
) -> bytes:
    """A photograph with the given blocks inside."""
    blocks = {name: block for name, block in (("xmp", xmp), ("exif", exif)) if block}
    data = encoded(scene(width, height), quality=85, **blocks, **options)
    return with_segment(data, 0xED, b"Photoshop 3.0\x00" + _resource(0x0404, iptc)) if iptc else data


def korean_photo(width: int = 1200, height: int = 800, encoding: str = "utf-8", **words: str) -> bytes:
    """A photograph as an agency sends it: caption, credit, byline and copyright in IPTC-IIM."""
    told = {"caption": CAPTION, "credit": CREDIT, "byline": PHOTOGRAPHER, "copyright": COPYRIGHT, **words}
    return jpeg(width, height, iptc=iptc_block(told, encoding))


def iptc_block(words: Mapping[str, str], encoding: str = "utf-8", declares_utf8: bool = False) -> bytes:
    """IPTC-IIM data sets; `keywords` are split at commas."""
    out = _data_set(1, 90, b"\x1b%G") if declares_utf8 else b""
    for name, text in words.items():
        for part in text.split(",") if name == "keywords" else [text]:
            out += _data_set(2, DATA_SETS[name], part.encode(encoding, "replace"))
    return out


def xmp_block(properties: str) -> bytes:
    """An XMP packet around the given RDF properties."""
    return f"{_XMP_HEAD}{properties}{_XMP_TAIL}".encode()


def korean_xmp() -> bytes:
    """Every property of the photo library, as a newsroom's program writes them."""
    return xmp_block(
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">English caption</rdf:li>'
        f'<rdf:li xml:lang="ko-KR">{CAPTION}</rdf:li></rdf:Alt></dc:description>'
        f"<dc:creator><rdf:Seq><rdf:li>{PHOTOGRAPHER}</rdf:li></rdf:Seq></dc:creator>"
        f'<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{COPYRIGHT}</rdf:li></rdf:Alt></dc:rights>'
        f"<dc:subject><rdf:Bag><rdf:li>시청</rdf:li><rdf:li>광장</rdf:li><rdf:li>시청</rdf:li></rdf:Bag></dc:subject>"
        f"<photoshop:Credit>{CREDIT}</photoshop:Credit><photoshop:Headline>광장의 인사</photoshop:Headline>"
        f"<photoshop:Source>한강일보 사진부</photoshop:Source>"
        f"<photoshop:DateCreated>2023-08-24T15:50:00</photoshop:DateCreated>"
        f'<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">보도용</rdf:li></rdf:Alt></xmpRights:UsageTerms>'
        f'<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">{ALT}</rdf:li></rdf:Alt>'
        f"</Iptc4xmpCore:AltTextAccessibility><exif:GPSLatitude>37,33.9N</exif:GPSLatitude>"
    )


def exif_block(
    *, orientation: int = 1, artist: bytes = b"", description: bytes = b"", taken: str = "", gps: bool = False
) -> bytes:
    """An EXIF block; texts are bytes, because their encoding is the point."""
    exif = Image.Exif()
    if orientation != 1:
        exif[0x0112] = orientation
    for tag, text in ((0x010E, description), (0x013B, artist)):
        if text:
            exif[tag] = text
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    if gps:
        exif.get_ifd(0x8825).update({1: "N", 2: (37.0, 33.0, 59.0), 3: "E", 4: (126.0, 58.0, 41.0)})
    return exif.tobytes()


def wide_profile() -> bytes:
    """A colour profile (ICC version 2) with more vivid primaries than sRGB and a plain gamma of 2.2."""

    def fixed(*numbers: float) -> bytes:
        return b"".join(struct.pack(">i", round(number * 65_536)) for number in numbers)

    def place(*numbers: float) -> bytes:
        return b"XYZ \x00\x00\x00\x00" + fixed(*numbers)

    text = b"Vivid\x00"
    parts = {
        b"desc": b"desc\x00\x00\x00\x00" + struct.pack(">I", len(text)) + text + bytes(78),
        b"cprt": b"text\x00\x00\x00\x00none\x00",
        b"wtpt": place(0.9642, 1.0, 0.8249),
        b"rXYZ": place(0.6097, 0.3111, 0.0195),
        b"gXYZ": place(0.2053, 0.6257, 0.0609),
        b"bXYZ": place(0.1492, 0.0632, 0.7446),
        **{tag: b"curv\x00\x00\x00\x00" + struct.pack(">IH", 1, 563) for tag in (b"rTRC", b"gTRC", b"bTRC")},
    }
    table, body = struct.pack(">I", len(parts)), b""
    for tag, content in parts.items():
        table += tag + struct.pack(">II", 132 + 12 * len(parts) + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = (
        bytes(8)
        + b"\x02\x10\x00\x00mntrRGB XYZ "
        + bytes(12)
        + b"acsp"
        + bytes(28)
        + fixed(0.9642, 1.0, 0.8249)
    )
    whole = head.ljust(128, b"\x00") + table + body
    return struct.pack(">I", len(whole)) + whole[4:]


def with_segment(data: bytes, marker: int, content: bytes) -> bytes:
    """A JPEG with one more segment (0xED is APP13, 0xFE a comment) at its beginning."""
    return data[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content + data[2:]


def _data_set(record: int, number: int, value: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def _resource(number: int, data: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HHI", number, 0, len(data)) + data + b"\x00" * (len(data) % 2)


def png_bomb(side: int = 12_000) -> bytes:
    """A PNG of one colour: 144 megapixels in 17 KB."""
    packer = zlib.compressobj(9)
    row = bytes(1 + side // 8)
    pixels = b"".join(packer.compress(row * 100) for _ in range(side // 100)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + png_chunk(b"IDAT", pixels)
        + png_chunk(b"IEND", b"")
    )


def png_chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def animated_gif() -> bytes:
    """Two frames: the first is red, the second blue."""
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue")]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100, loop=0)


def svg() -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'


def zip_polyglot() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("evil.html", "<p>not a picture</p>")
    return jpeg() + archive.getvalue()


def crowded_jpeg(scans: int = 200) -> bytes:
    """A small progressive JPEG whose scans are repeated until a decoder would not end."""
    data = encoded(scene(64, 64), progressive=True)
    first = data.index(b"\xff\xda")
    second = data.index(b"\xff\xc4", first)
    return data[:second] + data[first:second] * scans + data[second:]


# Files that are pictures and at the same time something else.
POLYGLOTS: dict[str, Callable[[], bytes]] = {
    "zip behind a JPEG": zip_polyglot,
    "page behind a JPEG": lambda: jpeg() + b"<html><body>hello</body></html>",
    "script in a comment": lambda: with_segment(jpeg(), 0xFE, b"<ScRiPt>alert(1)</script>"),
    "PHP in a comment": lambda: with_segment(jpeg(), 0xFE, b"<?php system($_GET[0]); ?>"),
    "PDF in a comment": lambda: with_segment(jpeg(), 0xFE, b"%PDF-1.7\n1 0 obj"),
    "page in a PNG's text": lambda: (
        encoded(scene(), "PNG")[:33]
        + png_chunk(b"tEXt", b"a\x00<iframe src=x>")
        + encoded(scene(), "PNG")[33:]
    ),
    "GIF that runs as JavaScript": lambda: b"GIF89a/*\x01\x00" + animated_gif()[10:] + b"*/=1;alert(1)",
    "RAR behind a PNG": lambda: encoded(scene(), "PNG") + b"Rar!\x1a\x07\x01\x00",
}

# Files that are no pictures we take, with the code of the refusal.
NO_PICTURES: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "text": (lambda: "사진이 아닙니다".encode(), "not_image"),
    "NULs": (lambda: bytes(1000), "not_image"),
    "SVG": (svg, "format"),
    "SVG after a byte order mark": (lambda: b"\xef\xbb\xbf\n" + svg(), "format"),
    "HTML": (lambda: b"<!DOCTYPE html><title>x</title>", "format"),
    "PDF": (lambda: b"%PDF-1.7\n", "format"),
    "TIFF": (lambda: encoded(scene(), "TIFF"), "format"),
    "BMP": (lambda: encoded(scene(), "BMP"), "format"),
    "HEIC": (lambda: b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(99), "format"),
    "film": (lambda: b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isomiso2" + bytes(99), "not_image"),
    "JPEG's first bytes": (lambda: b"\xff\xd8\xff\xe0", "damaged"),
    "bomb": (png_bomb, "too_many_pixels"),
    "too many scans": (crowded_jpeg, "overbuilt"),
    "cut JPEG": (lambda: jpeg()[:-4000], "truncated"),
    "cut PNG": (lambda: encoded(scene(), "PNG")[:-400], "truncated"),
}
