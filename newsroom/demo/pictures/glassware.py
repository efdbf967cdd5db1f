"""Vessels of glass on a bench: flasks, cylinders, beakers, bottles."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageChops, ImageFilter

from .canvas import Canvas, Point, Stencil, rounded, upright
from .rooms import MIL, shine
from .tones import Colour, gradient, times

KINDS = ("flask", "cylinder", "beaker", "flask", "bottle")
# By kind: half the width by the height, and the right-hand profile in shares of the half width and of the height.
_PROFILES: dict[str, tuple[float, list[Point]]] = {
    "flask": (0.36, [(0.27, 1.0), (0.2, 0.97), (0.2, 0.62), (0.96, 0.1), (1.0, 0.04), (0.93, 0.0)]),
    "cylinder": (0.11, [(1.15, 1.0), (1.0, 0.97), (1.0, 0.06), (1.7, 0.04), (1.7, 0.0)]),
    "beaker": (0.4, [(1.08, 1.0), (1.0, 0.95), (1.0, 0.05), (0.94, 0.0)]),
    "bottle": (
        0.24,
        [(0.46, 1.0), (0.42, 0.96), (0.42, 0.82), (0.5, 0.76), (1.0, 0.64), (1.0, 0.04), (0.95, 0.0)],
    ),
}
_LIQUIDS: tuple[Colour, ...] = (
    (86, 134, 148),
    (172, 128, 62),
    (120, 144, 108),
    (184, 196, 198),
    (184, 196, 198),
    (150, 96, 84),
    (96, 112, 152),
)


def half_width(kind: str, tall: float) -> float:
    """Of the vessel with its foot, in pixels."""
    wide, profile = _PROFILES[kind]
    return tall * wide * max(share for share, _ in profile)


def vessel(canvas: Canvas, rng: Random, kind: str, x: float, foot: float, tall: float, cool: Colour) -> None:
    """One vessel standing at (x, foot). Glass is seen by its dark edges, its liquid and its lights."""
    wide, profile = _PROFILES[kind]
    half = tall * wide
    right = [(x + share * half, foot - height * tall) for share, height in profile]
    outline = Stencil().polygon(rounded(right + [(2 * x - px, py) for px, py in reversed(right)], 2)).render()
    if outline is None:
        return
    tone, fill = rng.choice(_LIQUIDS), rng.uniform(0.22, 0.55)
    mask, left, top = outline
    seen = _through(canvas.image.crop((left, top, left + mask.width, top + mask.height)), half, tone, fill)
    inside = mask.filter(ImageFilter.GaussianBlur(half * 0.13)).point(
        [max(0, v * 2 - 255) for v in range(256)]
    )
    edge = ImageChops.subtract(mask, inside)
    seen.paste(times(cool, 0.34), (0, 0), edge.point([v * 6 // 10 for v in range(256)]))
    _mirrored(canvas, seen, mask, left, round(foot))
    canvas.shadow(x, foot, half * 1.1, half * 0.13, 0.45)
    canvas.image.paste(seen, (left, top), mask)
    _lights(canvas, kind, (x, foot), half, tall, tone, fill)


def _through(behind: Image.Image, half: float, tone: Colour, fill: float) -> Image.Image:
    """What stands behind the glass, moved aside by it, and the liquid in front of that."""
    seen = ImageChops.offset(behind, round(half * 0.5), 0).point([round(v * 0.96) for v in range(256)] * 3)
    liquid = Image.blend(seen, gradient(seen.size, [(0, times(tone, 1.4)), (1, times(tone, 0.66))]), 0.7)
    line = round(seen.height * (1 - fill))
    seen.paste(liquid.crop((0, line, *seen.size)), (0, line))
    return seen


def _mirrored(canvas: Canvas, seen: Image.Image, mask: Image.Image, left: int, foot: int) -> None:
    """The vessel once more upside down in the polished bench, fading."""
    flip = Image.Transpose.FLIP_TOP_BOTTOM
    fade = ImageChops.multiply(mask.transpose(flip), upright(mask.size, (0, 120), (0.55, 20), (1, 0)))
    below = seen.transpose(flip).filter(ImageFilter.GaussianBlur(2.2 * MIL))
    canvas.image.paste(below, (left, foot), fade.filter(ImageFilter.GaussianBlur(2.2 * MIL)))


def _lights(
    canvas: Canvas, kind: str, place: Point, half: float, tall: float, tone: Colour, fill: float
) -> None:
    x, foot = place
    narrow = kind in ("flask", "bottle")
    reach = 0.2 if narrow else 0.7
    level = half * (0.9 if kind in ("beaker", "cylinder", "bottle") else max(0.24, 1.02 - fill * 1.35))
    line = Stencil().ellipse(x, foot - fill * tall, level, max(1.6 * MIL, level * 0.07))
    shine(canvas, line, (64, 70, 70), 0.8)
    start, end = (x - half * reach, foot - tall * 0.9), (x - half * min(0.72, reach * 3), foot - tall * 0.14)
    shine(canvas, Stencil().limb(start, end, 1.6 * MIL, 3.4 * MIL), (120, 128, 128), 1.6)
    far = (x + half * reach * 0.9, foot - tall * 0.5), (x + half * min(0.8, reach * 3.6), foot - tall * 0.1)
    shine(canvas, Stencil().limb(*far, 1.2 * MIL, 2 * MIL), (56, 62, 62), 1.4)
    rim = half * (reach * 1.1 if narrow else 1.0)
    shine(
        canvas,
        Stencil().ellipse(x, foot - tall * 0.985, rim, max(1.4 * MIL, rim * 0.08)),
        (96, 104, 106),
        0.8,
    )
    shine(
        canvas,
        Stencil().ellipse(x + half * 0.3, foot + tall * 0.05, half * 0.8, tall * 0.03),
        times(tone, 0.42),
        6,
    )
