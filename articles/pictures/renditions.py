"""The files readers get of a photograph: a ladder of widths, three crops for cards, a `<picture>`'s data.

All are encoded anew in sRGB from a checked image, so nothing of the original's bytes is ever served; of its
data only the names in articles.pictures.marks are kept.

A rendition is {"kind": "wide" | "crop", "name": "480.avif", "width": px, "height": px, "type": "image/avif",
"bytes": n}; the list of them is what a photo remembers.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from articles.pictures.marks import Marks
from articles.pictures.storing import Batch
from articles.pictures.storing import NoSpace as NoSpace

Rendition = dict[str, Any]

# A list's picture on a telephone; a column; a sharp telephone; the column on a sharp screen. Each step has
# about twice the pixels of the one before: finer ones would cost disk and save few bytes.
WIDTHS = (480, 800, 1200, 1600)

# The smallest step always has this name, also for an original that is narrower; it exists from the upload on.
PREVIEW_NAME = "480.jpg"

# The width named in src, for programs that know no srcset.
FALLBACK_WIDTH = 800

# A small original gets a last step of its own width when it is this much wider than the step below.
OWN_WIDTH_FROM = 1.1

# Cards of other sites and search engines ask for these three shapes, at 1200 pixels.
CROPS = {"16x9": (16, 9), "4x3": (4, 3), "1x1": (1, 1)}
CROP_WIDTH = 1200
CROP_NAMES = tuple(f"{shape}.jpg" for shape in CROPS)

# Around a picture that must not be cropped, and under one that is see-through: calm on light and dark pages.
GROUND = (232, 231, 228)
PAPER = (255, 255, 255)


@dataclass(frozen=True)
class _Encoder:
    type: str
    format: str
    options: dict[str, Any]


# In a page's order of preference. Measured on a photograph of 24 megapixels, all 15 files: 2.3 s with AVIF at
# speed 8, 1.5 s at speed 9 for 1 to 11 % more bytes. Files are made once and read thousands of times.
_ENCODERS = {
    "avif": _Encoder("image/avif", "AVIF", {"quality": 58, "speed": 8, "max_threads": 1}),
    "webp": _Encoder("image/webp", "WEBP", {"quality": 76, "method": 3}),
    "jpg": _Encoder("image/jpeg", "JPEG", {"quality": 80, "optimize": True, "progressive": True}),
}


def make(
    image: Image.Image,
    out_dir: Path,
    *,
    focal: tuple[float, float] = (0.5, 0.5),
    whole: bool = False,
    only: Collection[str] | None = None,
    **marks: str,
) -> list[Rendition]:
    """Writes the renditions of a checked image into out_dir and returns them, steps first, then crops.

    focal: what a crop keeps in view, as parts of width and height. whole: never cut, put on a calm ground
    instead. only: names to make, such as CROP_NAMES after the focal point moved. marks: as of Marks.

    Making them again replaces the files one by one. Raises NoSpace, leaving everything as it was.
    """
    image = _on_paper(image)
    exif_and_xmp = _written(Marks(**marks))
    made = []
    with Batch(out_dir) as batch:
        for kind, name, scaled in _pictures(image, focal, whole, only):
            encoder = _ENCODERS[name.rpartition(".")[2]]
            data = _encoded(scaled, encoder, exif_and_xmp)
            batch.add(name, data)
            made.append(
                {
                    "kind": kind,
                    "name": name,
                    "width": scaled.width,
                    "height": scaled.height,
                    "type": encoder.type,
                    "bytes": len(data),
                }
            )
    return made


def quick(image: Image.Image, out_dir: Path, **marks: str) -> list[Rendition]:
    """Only the preview, in the time of a click; the others follow with make()."""
    return make(image, out_dir, only=(PREVIEW_NAME,), **marks)


def merge(old: Iterable[Rendition], new: Iterable[Rendition]) -> list[Rendition]:
    """A photo's list after some files were made anew."""
    return list(({rendition["name"]: rendition for rendition in (*old, *new)}).values())


def steps(width: int) -> list[tuple[str, int]]:
    """Names and widths of the ladder for an original of this width; never wider than the original."""
    ladder = [(str(step), step) for step in WIDTHS if step <= width]
    if not ladder:
        return [(str(WIDTHS[0]), width)]
    if ladder[-1][1] < WIDTHS[-1] and width >= ladder[-1][1] * OWN_WIDTH_FROM:
        ladder.append((str(width), width))
    return ladder


def _pictures(
    image: Image.Image, focal: tuple[float, float], whole: bool, only: Collection[str] | None
) -> Iterator[tuple[str, str, Image.Image]]:
    """Kind, name and pixels of every file wanted; each size is computed once."""
    for step, width in steps(image.width):
        names = [f"{step}.{ending}" for ending in _ENCODERS if only is None or f"{step}.{ending}" in only]
        if names:
            scaled = _scaled(image, width)
            yield from (("wide", name, scaled) for name in names)
    for shape, ratio in CROPS.items():
        if only is None or f"{shape}.jpg" in only:
            crop = _letterboxed(image, ratio) if whole else _cropped(image, ratio, focal)
            yield "crop", f"{shape}.jpg", crop


def _on_paper(image: Image.Image) -> Image.Image:
    """JPEG knows no transparency, and all files of a picture shall look alike: white lies below."""
    if image.mode == "RGB":
        return image
    image = image.convert("RGBA")
    paper = Image.new("RGB", image.size, PAPER)
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _scaled(image: Image.Image, width: int) -> Image.Image:
    height = max(1, round(image.height * width / image.width))
    if (width, height) == image.size:
        return image
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _cropped(image: Image.Image, ratio: tuple[int, int], focal: tuple[float, float]) -> Image.Image:
    """The largest part of this shape, as near to the focal point as the edges let it."""
    across, down = ratio
    unit = min(image.width / across, image.height / down)
    width, height = max(1.0, unit * across), max(1.0, unit * down)
    left = min(max(focal[0] * image.width - width / 2, 0), image.width - width)
    top = min(max(focal[1] * image.height - height / 2, 0), image.height - height)
    size = _crop_size(width, ratio)
    box = (left, top, left + width, top + height)
    return image.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)


def _letterboxed(image: Image.Image, ratio: tuple[int, int]) -> Image.Image:
    """The whole picture, never enlarged, in the middle of a ground of this shape."""
    across, down = ratio
    unit = max(image.width / across, image.height / down)
    ground = Image.new("RGB", _crop_size(unit * across, ratio), GROUND)
    scale = min(1.0, ground.width / image.width, ground.height / image.height)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    inner = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    ground.paste(inner, ((ground.width - inner.width) // 2, (ground.height - inner.height) // 2))
    return ground


def _crop_size(width: float, ratio: tuple[int, int]) -> tuple[int, int]:
    across, down = ratio
    width = min(CROP_WIDTH, max(1, int(width)))
    return width, max(1, round(width * down / across))


def _written(marks: Marks) -> dict[str, bytes]:
    blocks = {"exif": marks.exif(), "xmp": marks.xmp()}
    return {name: block for name, block in blocks.items() if block}


def _encoded(image: Image.Image, encoder: _Encoder, blocks: dict[str, bytes]) -> bytes:
    out = BytesIO()
    image.save(out, encoder.format, **encoder.options, **blocks)
    return out.getvalue()


@dataclass(frozen=True)
class Sources:
    """What a `<picture>` needs: a source for each modern type, and the JPEG of the `<img>` with its size.

    sources: [{"type": "image/avif", "srcset": "/…/480.avif 480w, …"}], best type first.
    """

    src: str
    srcset: str
    width: int
    height: int
    sources: list[dict[str, str]]


def sources(renditions: Iterable[Rendition], base_url: str) -> Sources | None:
    """From a photo's renditions and its folder's address, which ends with a slash; None without a JPEG."""
    wide: dict[str, list[Rendition]] = {encoder.type: [] for encoder in _ENCODERS.values()}
    for rendition in sorted(renditions, key=lambda one: one["width"]):
        if rendition["kind"] == "wide" and rendition["type"] in wide:
            wide[rendition["type"]].append(rendition)
    jpegs = wide.pop("image/jpeg")
    if not jpegs:
        return None
    fallback = [one for one in jpegs if one["width"] <= FALLBACK_WIDTH] or jpegs[:1]
    return Sources(
        src=base_url + fallback[-1]["name"],
        srcset=_srcset(jpegs, base_url),
        width=jpegs[-1]["width"],
        height=jpegs[-1]["height"],
        sources=[{"type": kind, "srcset": _srcset(files, base_url)} for kind, files in wide.items() if files],
    )


def widest_jpeg(renditions: Iterable[Rendition], width: int) -> Rendition | None:
    """The widest uncropped JPEG of at most `width` pixels, for programs that take one picture; None without one."""
    fitting = (
        one
        for one in renditions
        if one["kind"] == "wide" and one["type"] == "image/jpeg" and one["width"] <= width
    )
    return max(fitting, key=lambda one: one["width"], default=None)


def crops(renditions: Iterable[Rendition], base_url: str) -> list[dict[str, Any]]:
    """The crops as {"url", "width", "height"}, widest shape first: for share cards and structured data."""
    return [
        {"url": base_url + one["name"], "width": one["width"], "height": one["height"]}
        for name in CROP_NAMES
        for one in renditions
        if one["name"] == name
    ]


def base_url(key: str) -> str:
    """Where the served files of the photo with this key stand, with a slash at the end."""
    return f"/media/photos/{key}/"


def _srcset(files: Iterable[Rendition], base_url: str) -> str:
    return ", ".join(f"{base_url}{one['name']} {one['width']}w" for one in files)
