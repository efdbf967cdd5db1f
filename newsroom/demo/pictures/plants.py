"""Trees from nearby: trunks, crowns of many leaves, conifers, grass in front of the lens."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageFilter

from .canvas import WIDTH, Canvas, Point, Stencil
from .noise import fractal
from .skies import Light, lit
from .tones import Colour, curve, mix, times, tint


def crown(
    canvas: Canvas,
    x: float,
    y: float,
    rx: float,
    ry: float,
    colours: tuple[Colour, Colour, Colour],
    *,
    side: float = -1.0,
    blur: float = 0.0,
    leaf: float = 5.0,
    dense: float = 0.62,
) -> None:
    """A mass of leaves: `colours` in the shade, in the open, in the light."""
    pad = 1.25
    full = (max(8, round(rx * 2 * pad)), max(8, round(ry * 2 * pad)))
    coarse = 0.6 if min(full) > 70 else 1.0  # leaves are soft enough to be drawn smaller
    size, leaf = (round(full[0] * coarse), round(full[1] * coarse)), max(1.6, leaf * coarse)
    lumps = fractal(canvas.rng, size, max(leaf * 3, min(size) * 0.42), 4)
    leaves = fractal(canvas.rng, size, leaf, 2)
    body = Image.radial_gradient("L").point(curve((0, 255), (178, 0))).resize(size, Image.Resampling.BILINEAR)
    shape = Image.blend(ImageChops.add(body, lumps, scale=2), leaves, 0.3)
    edge = round(205 - 150 * dense)
    rim = (
        Image.radial_gradient("L").point(curve((128, 255), (176, 0))).resize(size, Image.Resampling.BILINEAR)
    )
    mask = ImageChops.multiply(shape, rim).point(curve((edge - 8, 0), (edge + 8, 255)))
    down = Image.linear_gradient("L").resize(size)
    towards = Image.linear_gradient("L").rotate(90 if side > 0 else -90).resize(size)
    light = Image.blend(Image.blend(ImageChops.invert(down), towards, 0.35), lumps, 0.4)
    relief = ImageChops.subtract(
        leaves, ImageChops.offset(leaves, round(2 * side), -2), scale=1.4, offset=128
    )
    light = Image.blend(light, relief, 0.5).point(curve((70, 0), (186, 255)))
    paint = tint(light, [(0, colours[0]), (0.5, colours[1]), (1, colours[2])])
    if blur:
        mask, paint = (
            mask.filter(ImageFilter.GaussianBlur(blur)),
            paint.filter(ImageFilter.GaussianBlur(blur)),
        )
    canvas.image.paste(paint, (round(x - size[0] / 2), round(y - size[1] / 2)), mask)


def greens(tone: Colour, light: Light, fog: float = 0.0) -> tuple[Colour, Colour, Colour]:
    """Leaves of a colour in the shade, in the open and in the light of the hour, for `crown`."""
    shade, open_air, bright = (
        times(lit(tone, light, 0.1), 0.5),
        lit(tone, light, 0.6),
        times(lit(tone, light, 1.0), 1.3),
    )
    return mix(shade, light.haze, fog), mix(open_air, light.haze, fog), mix(bright, light.haze, fog)


def trunk(
    canvas: Canvas,
    x: float,
    foot: float,
    top: float,
    width: float,
    colour: Colour,
    *,
    side: float = -1.0,
    blur: float = 0.0,
    lean: float = 0.0,
) -> None:
    """An upright stem, a little uneven, lit from one side."""
    rng, points = canvas.rng, []
    steps = 7
    for step in range(steps + 1):
        share = step / steps
        wide = width * (1.0 - 0.45 * share + (0.5 * (1 - share * 8) if share < 0.125 else 0))
        points.append(
            (x + lean * share + rng.uniform(-0.12, 0.12) * width, foot + (top - foot) * share, wide / 2)
        )
    outline: list[Point] = [(px - half, py) for px, py, half in points]
    outline += [(px + half, py) for px, py, half in reversed(points)]
    canvas.model(
        Stencil().polygon(outline), colour, side=side, depth=max(1.5, width * 0.22), blur=blur, rough=0.5
    )


def boughs(
    canvas: Canvas, x: float, foot: float, height: float, width: float, colour: Colour, *, blur: float = 0.0
) -> Stencil:
    """A bare tree: forks that get thinner, as one stencil painted at once."""
    stencil = Stencil()
    _fork(canvas, stencil, (x, foot), -math.pi / 2, height * 0.34, width, 6)
    canvas.stamp(stencil, colour, blur=blur)
    return stencil


def _fork(
    canvas: Canvas, stencil: Stencil, start: Point, angle: float, length: float, width: float, depth: int
) -> None:
    rng = canvas.rng
    end = (start[0] + math.cos(angle) * length, start[1] + math.sin(angle) * length)
    stencil.limb(start, end, width / 2, width * 0.36, round_ends=width > 3)
    if depth == 0 or width < 0.35:
        return
    for turn in (-1, 1) if depth < 5 else (-1, 0.2, 1):
        spread = turn * rng.uniform(0.22, 0.6)
        _fork(canvas, stencil, end, angle + spread, length * rng.uniform(0.66, 0.86), width * 0.66, depth - 1)


def conifers(
    canvas: Canvas,
    feet: Sequence[Point],
    height: float,
    colour: Colour,
    *,
    side: float = -1.0,
    blur: float = 0.0,
    snow: float = 0.0,
) -> None:
    """Firs: tiers of branches that hang; `snow` the share of white on them."""
    rng = canvas.rng
    for x, foot in feet:
        tall = height * rng.uniform(0.65, 1.2)
        stencil, white = Stencil(), Stencil()
        tiers = 11
        for tier in range(tiers):
            share = tier / tiers
            y = foot - tall * (0.06 + share * 0.94)
            half = tall * 0.2 * (1 - share) * rng.uniform(0.8, 1.15) + 1
            drop = tall * 0.11
            left, right = half * rng.uniform(0.8, 1.1), half * rng.uniform(0.8, 1.1)
            stencil.polygon(
                [
                    (x, y - drop * 0.9),
                    (x + right, y + drop * 0.45),
                    (x + right * 0.4, y + drop * 0.2),
                    (x, y + drop * 0.5),
                    (x - left * 0.4, y + drop * 0.2),
                    (x - left, y + drop * 0.45),
                ]
            )
            white.polygon(
                [
                    (x, y - drop * 0.8),
                    (x + right * 0.8, y + drop * 0.3),
                    (x, y - drop * 0.1),
                    (x - left * 0.8, y + drop * 0.3),
                ]
            )
        canvas.model(
            stencil,
            times(colour, rng.uniform(0.8, 1.15)),
            side=side,
            depth=max(1.5, tall * 0.02),
            blur=blur,
            rough=0.8,
        )
        if snow:
            canvas.stamp(white, (232, 238, 246), alpha=snow, blur=max(0.6, blur))


def grass(
    canvas: Canvas,
    foot: float,
    height: float,
    colours: tuple[Colour, Colour],
    count: int = 260,
    blur: float = 3.0,
) -> None:
    """Blades close to the lens along the lower edge, out of focus."""
    rng = canvas.rng
    for share in (0.0, 0.5, 1.0):
        stencil = Stencil()
        for _ in range(count // 3):
            x, tall = rng.uniform(-20, WIDTH + 20), height * rng.uniform(0.4, 1.1)
            bend = rng.uniform(-0.4, 0.4) * tall
            stencil.polygon(
                [
                    (x - 2, foot),
                    (x + bend * 0.4, foot - tall * 0.6),
                    (x + bend, foot - tall),
                    (x + bend * 0.4 + 3, foot - tall * 0.6),
                    (x + 3, foot),
                ]
            )
        canvas.stamp(stencil, mix(colours[0], colours[1], share), blur=blur, alpha=0.9)
