"""Land and water: ridges, slopes in relief, ground in perspective, reflections."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageChops, ImageFilter

from .canvas import HEIGHT, WIDTH, Canvas, Point, Stencil, upright
from .noise import fractal, plane
from .skies import Light, lit
from .tones import Colour, Stop, curve, gradient, mix, tint


def ridge(rng: Random, base: float, relief: float, rough: float = 0.52, lean: float = 0.0) -> list[float]:
    """Heights (canvas y) of a skyline for every fourth column, by midpoint displacement."""
    heights = [
        base + rng.uniform(-1, 1) * relief * 0.5 + lean,
        base - rng.uniform(0, 1) * relief,
        base - lean,
    ]
    swing = relief * 0.75
    while len(heights) < WIDTH // 4 + 1:
        finer = []
        for left, right in itertools.pairwise(heights):
            finer += [left, (left + right) / 2 + rng.uniform(-1, 1) * swing]
        heights = [*finer, heights[-1]]
        swing *= rough
    step = (len(heights) - 1) / (WIDTH // 4)
    return [heights[round(index * step)] for index in range(WIDTH // 4 + 1)]


def outline(heights: Sequence[float], foot: float = HEIGHT + 10) -> list[Point]:
    points: list[Point] = [(index * 4.0, height) for index, height in enumerate(heights)]
    return [*points, (WIDTH + 8.0, foot), (-8.0, foot)]


def slope(
    canvas: Canvas,
    heights: Sequence[float],
    stops: Sequence[Stop],
    *,
    side: float = -1.0,
    cell: float = 60,
    depth: float = 320,
    fog: tuple[Colour, float, float] = ((200, 205, 210), 0.0, 0.8),
    ribs: float = 0.7,
    cover: Sequence[Stop] = (),
    crowns: float = 3.0,
) -> None:
    """A mountainside below a skyline, its ribs lit from the side.

    `stops` colours from shade to light; `fog` its colour, its share at the skyline and at the foot; `cover` the
    colours of what grows there in patches, with crowns of that many pixels.
    """
    top = max(0, int(min(heights)) - 4)
    height = max(2, min(HEIGHT - top, int(max(heights) - min(heights) + depth)))
    rough = (
        WIDTH * 2 // 3 + 40,
        max(2, height * 2 // 3) + 20,
    )  # the borders, where shifted noise wraps, are cut off
    lit = _relief(canvas.rng, heights, rough, side, cell, ribs)
    lit = Image.blend(lit, fractal(canvas.rng, rough, crowns, 2), 0.24 if cover else 0.1)
    body = tint(lit, stops)
    if cover:
        patches = Image.blend(
            fractal(canvas.rng, rough, 42, 5), fractal(canvas.rng, rough, crowns * 1.6, 2), 0.42
        )
        body = ImageChops.overlay(tint(patches.point(curve((50, 0), (205, 255))), cover), body)
    body = body.crop((20, 10, rough[0] - 20, rough[1] - 10)).resize((WIDTH, height), Image.Resampling.BICUBIC)
    mist = upright((WIDTH, height), (0, round(255 * fog[1])), (1, round(255 * fog[2])))
    body.paste(fog[0], (0, 0, *body.size), mist)
    whole = Image.new("RGB", (WIDTH, HEIGHT), fog[0])
    whole.paste(body, (0, top))
    canvas.polygon(outline(heights, top + height), whole)


def hills(
    canvas: Canvas,
    light: Light,
    line: float,
    rises: Sequence[tuple[float, float]] = ((0.09, 0.1), (0.04, 0.07)),
    foot: float = 1.0,
) -> list[float]:
    """Wooded ridges down to a line; the skyline of the nearest."""
    heights: list[float] = []
    for index, (rise, relief) in enumerate(rises):
        share = (index + 1) / (len(rises) + 0.6)
        heights = [
            min(line - 1, y)
            for y in ridge(
                canvas.rng,
                line - rise * HEIGHT,
                relief * HEIGHT,
                lean=canvas.rng.uniform(-0.04, 0.04) * HEIGHT,
            )
        ]
        shade = [
            (0.0, lit((30, 40, 42), light, 0.2)),
            (0.5, lit((118, 122, 116), light, 0.8)),
            (1.0, lit((212, 208, 188), light, 1.0)),
        ]
        slope(
            canvas,
            heights,
            shade,
            side=light.side,
            cell=54,
            depth=max(4, line + 2 - max(heights)),
            crowns=2.0 + share * 1.6,
            fog=(light.haze, 0.78 - 0.62 * share, min(0.95, 0.78 - 0.62 * share + 0.24) * foot),
            cover=[(0.0, (54, 70, 54)), (0.5, (82, 96, 66)), (1.0, (126, 122, 80))],
        )
    return heights


def _relief(
    rng: Random, heights: Sequence[float], size: tuple[int, int], side: float, cell: float, ribs: float
) -> Image.Image:
    """How much light falls where: spurs that come down from the bends of the skyline, then ribs, then roughness."""
    lit = Image.new("L", size, 116)
    for reach, share in ((16, 0.6), (6, 0.34)):
        lit = Image.blend(lit, _spurs(rng, heights, size, side, reach), share)
    for lump, octaves, step, share in ((cell * 2.2, 2, 12, 0.4), (cell * 0.5, 4, 2, 0.22)):
        form = fractal(rng, size, lump, octaves, stretch=ribs)
        moved = ImageChops.offset(form, round(-step * side), round(step * 0.7))
        lit = Image.blend(lit, ImageChops.subtract(form, moved, scale=0.5, offset=118), share)
    return lit.point(curve((62, 0), (184, 255)))


def _spurs(
    rng: Random, heights: Sequence[float], size: tuple[int, int], side: float, reach: int
) -> Image.Image:
    """The slope of the skyline as light, drawn downwards in rows that wander."""
    count = len(heights)
    row = bytearray()
    for index in range(count):
        rise = heights[min(count - 1, index + reach)] - heights[max(0, index - reach)]
        row.append(max(0, min(255, round(122 - side * rise * -26 / reach))))
    strip = Image.frombytes("L", (count, 1), bytes(row)).resize((size[0], 1), Image.Resampling.BICUBIC)
    picture = Image.new("L", size, 122)
    drift, pace, swing = 0.0, rng.uniform(-0.25, 0.25), 0.0
    for y in range(size[1]):
        swing = swing * 0.94 + rng.gauss(0, 0.22)
        drift += pace + swing
        picture.paste(ImageChops.offset(strip, round(drift), 0), (0, y))
    return picture


def ground(
    canvas: Canvas,
    horizon: int,
    stops: Sequence[Stop],
    *,
    cell: float = 9.0,
    stretch: float = 1.5,
    octaves: int = 4,
    rough: float = 0.5,
    shades: Sequence[Stop] | None = None,
) -> None:
    """A level ground from the horizon to the lower edge; `stops` its colours from far to near."""
    size = (WIDTH, HEIGHT - horizon)
    canvas.image.paste(gradient(size, stops), (0, horizon))
    noise = plane(canvas.rng, size, cell=cell, stretch=stretch, octaves=octaves)
    if shades is not None:
        coloured = tint(noise, shades)
        canvas.image.paste(
            Image.blend(canvas.image.crop((0, horizon, WIDTH, HEIGHT)), coloured, rough), (0, horizon)
        )
    else:
        canvas.texture(noise, rough, (0, horizon))


def water(
    canvas: Canvas,
    line: int,
    colour: Colour,
    *,
    calm: float = 0.6,
    clear: float = 0.75,
    cell: float = 7.0,
    dark: float = 0.82,
) -> None:
    """Mirror what stands above `line` in moving water that fills the canvas below it.

    `calm` 0..1 keeps the mirror image together, `clear` is the share of the mirror against the water's own colour.
    """
    rng, height = canvas.rng, HEIGHT - line
    above = canvas.image.crop((0, 0, WIDTH, line)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    first = _jittered(rng, above, height, 4 + 26 * (1 - calm))
    second = _jittered(rng, above, height, 10 + 90 * (1 - calm), shift=14 + 70 * (1 - calm))
    waves = plane(rng, (WIDTH, height), cell=cell, stretch=5.5, octaves=4)
    mask = waves.point(curve((88, 0), (168, 255)))
    mirror = Image.composite(second, first, mask).point([round(value * dark) for value in range(256)] * 3)
    own = Image.new("RGB", mirror.size, colour)
    share = upright(mirror.size, (0, round(255 * clear)), (0.35, round(235 * clear)), (1, round(175 * clear)))
    body = Image.composite(mirror, own, share)
    canvas.image.paste(body, (0, line))
    canvas.texture(waves, 0.34 + 0.2 * (1 - calm), (0, line))


def _jittered(rng: Random, mirror: Image.Image, height: int, swing: float, shift: float = 0.0) -> Image.Image:
    """The mirror image in rows that waves have moved up and down, more so near the viewer."""
    picture = mirror.crop((0, 0, WIDTH, height))
    limit = mirror.height - 1
    level = 0.0
    for y in range(height):
        near = 0.15 + 0.85 * y / height
        level = level * 0.72 + rng.gauss(0, swing * near) * 0.6
        source = min(limit, max(0, round(y * min(1.0, limit / height) + level + shift * near)))
        aside = round(rng.gauss(0, 0.9 + swing * 0.05))
        picture.paste(
            mirror.crop((max(0, aside), source, WIDTH + min(0, aside), source + 1)), (max(0, -aside), y)
        )
    return picture.filter(ImageFilter.BoxBlur(1))


def reflected(
    canvas: Canvas, before: Image.Image, line: float, strength: float = 0.5, stretch: float = 1.0
) -> None:
    """Mirror in the water below `line` what was drawn since `before`: a boat nearer than the far shore."""
    changed = (
        ImageChops.difference(before, canvas.image)
        .convert("L")
        .point([0 if value < 7 else 255 for value in range(256)])
    )
    box = changed.getbbox()
    foot = round(line)
    if box is None or box[1] >= foot:
        return
    left, top, right, bottom = max(0, box[0] - 6), box[1], min(WIDTH, box[2] + 6), min(foot, HEIGHT)
    picture, mask = (
        one.crop((left, top, right, bottom)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        for one in (canvas.image, changed)
    )
    level = 0.0
    for y in range(min(HEIGHT - foot, round(picture.height * stretch))):
        level = level * 0.7 + canvas.rng.gauss(0, 1.5 + y * 0.03)
        source = min(picture.height - 1, max(0, round(y / stretch + level)))
        aside = round(canvas.rng.gauss(0, 0.8 + y * 0.02))
        fade = strength * (1 - 0.75 * y / (picture.height * stretch))
        row = mask.crop((0, source, mask.width, source + 1)).point(
            [round(value * fade) for value in range(256)]
        )
        canvas.image.paste(
            picture.crop((0, source, picture.width, source + 1)), (left + aside, foot + y), row
        )


def streaks(
    canvas: Canvas, line: int, *, threshold: int = 120, length: float = 46, strength: float = 1.0
) -> None:
    """The long shaking stripes that lamps above `line` lay over the water below it."""
    height = HEIGHT - line
    above = canvas.image.crop((0, 0, WIDTH, line)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    small = (WIDTH // 2, height // 2)
    part = above.crop((0, 0, WIDTH, min(line, height)))
    sized = Image.new("RGB", (WIDTH, height))
    sized.paste(part, (0, 0), part.convert("L").point(curve((threshold, 0), (min(255, threshold + 70), 255))))
    long = sized.resize(small, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur((1.0, length / 2)))
    long = long.point([min(255, round(value * 5 * strength)) for value in range(256)] * 3)
    long = long.resize((WIDTH, height), Image.Resampling.BICUBIC)
    waves = plane(canvas.rng, (WIDTH, height), cell=5.0, stretch=7.0, octaves=3).point(
        curve((96, 40), (150, 255))
    )
    long = ImageChops.multiply(long, Image.merge("RGB", (waves, waves, waves)))
    canvas.image.paste(ImageChops.screen(canvas.image.crop((0, line, WIDTH, HEIGHT)), long), (0, line))


def glitter(
    canvas: Canvas, line: int, x: float, colour: Colour, width: float = 260, strength: float = 0.8
) -> None:
    """The path of light that a low sun or a lamp lays over water."""
    height = HEIGHT - line
    waves = plane(canvas.rng, (WIDTH, height), cell=6.0, stretch=5.0, octaves=3).point(
        curve((140, 0), (200, 255))
    )
    column = (
        Image.radial_gradient("L").point(curve((0, 255), (180, 0))).resize((round(width * 2), height * 2))
    )
    path = Image.new("L", (WIDTH, height), 0)
    path.paste(column.crop((0, height, column.width, height * 2)), (round(x - width), 0))
    mask = ImageChops.multiply(waves, path).point([round(value * strength) for value in range(256)])
    canvas.veil(colour, mask, (0, line))


def treeline(
    canvas: Canvas,
    heights: Sequence[float],
    colour: Colour,
    *,
    size: float = 16,
    haze: tuple[Colour, float] | None = None,
    pointed: bool = False,
    side: float = -1.0,
    foot: float = 60,
) -> None:
    """A far row of trees: crowns along a line, lit from one side."""
    tone = colour if haze is None else mix(colour, haze[0], haze[1])
    stencil = Stencil()
    for index in range(0, len(heights), 2):
        x, y = index * 4.0 + canvas.rng.uniform(-6, 6), heights[index]
        r = size * canvas.rng.uniform(0.55, 1.25)
        if pointed:
            stencil.polygon([(x, y - r * 2.4), (x + r * 0.75, y + r), (x - r * 0.75, y + r)])
        else:
            stencil.ellipse(x, y, r, r * canvas.rng.uniform(0.75, 1.2))
    stencil.polygon(outline(heights, max(heights) + foot))
    canvas.model(stencil, tone, side=side, depth=max(2.0, size * 0.28), rough=0.55)
