"""What the rooms and streets share: a lens, walls washed with light, furniture of flat faces, glossy floors.

Everything is measured in metres through a Camera; blurs are given in thousandths of the picture's width, so that
a scene looks the same on a canvas of any size.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from random import Random

from PIL import Image, ImageChops, ImageFilter, ImageOps

from . import tones
from .camera import Camera, Spot, face
from .canvas import HEIGHT, WIDTH, Canvas, Stencil, soften, upright
from .noise import fractal
from .tones import Colour, curve, disc, gradient, ramp, times

MIL = WIDTH / 1000
Stops = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Mirror(Camera):
    """The same view of what stands upside down below a floor of glass."""

    def at(self, x: float, y: float, z: float) -> tuple[float, float]:
        return super().at(x, -y, z)


def lens(
    height: float = 1.6, wide: float = 0.8, horizon: float = 0.5, centre: float = 0.5, yaw: float = 0.0
) -> Camera:
    """A camera by shares of the canvas: `wide` is the focal length by the picture's width (0.8 is about 28 mm)."""
    return Camera(height, wide * WIDTH, horizon * HEIGHT, centre * WIDTH, yaw)


def mirror(camera: Camera) -> Mirror:
    return Mirror(**{field.name: getattr(camera, field.name) for field in fields(camera)})


def strip(length: int, stops: Stops) -> Image.Image:
    """One row of grey through (position 0..1, light 0..1)."""
    row = bytearray()
    for step in range(length):
        place, value = step / max(1, length - 1), stops[-1][1]
        for (p0, v0), (p1, v1) in itertools.pairwise(stops):
            if place <= p1:
                value = v0 + (v1 - v0) * max(0.0, place - p0) / max(1e-6, p1 - p0)
                break
        row.append(max(0, min(255, round(255 * value))))
    return Image.frombytes("L", (length, 1), bytes(row))


def wash(
    colour: Colour,
    along: Stops = ((0, 1.0), (1, 1.0)),
    down: Stops = ((0, 1.0), (1, 1.0)),
    size: tuple[int, int] = (160, 80),
    pools: Iterable[tuple[float, float, float, float, Colour]] = (),
) -> Image.Image:
    """A wall as light leaves it: gradients along and down it, pools of light (u, v, radius u, radius v, colour)."""
    across = strip(size[0], along).resize(size)
    fall = strip(size[1], down).transpose(Image.Transpose.ROTATE_270).resize(size)
    grey = ImageChops.multiply(across, fall)
    paint = Image.merge(
        "RGB", [grey.point([round(value * part / 255) for value in range(256)]) for part in colour]
    )
    for u, v, ru, rv, light in pools:
        rx, ry = max(1, round(ru * size[0])), max(1, round(rv * size[1]))
        spot = disc((rx * 2, ry * 2), 1.8)
        left, top = round(u * size[0]) - rx, round(v * size[1]) - ry
        glow = Image.merge(
            "RGB", [spot.point([round(value * part / 255) for value in range(256)]) for part in light]
        )
        box = (left, top, left + rx * 2, top + ry * 2)
        paint.paste(ImageChops.screen(paint.crop(box), glow), box)
    return paint


def upwall(x: float, z0: float, z1: float, y0: float, y1: float) -> list[Spot]:
    """A side wall from the near z0 to the far z1; the texture's left is the near end."""
    return [(x, y1, z0), (x, y1, z1), (x, y0, z1), (x, y0, z0)]


def front(x0: float, x1: float, y0: float, y1: float, z: float) -> list[Spot]:
    return [(x0, y1, z), (x1, y1, z), (x1, y0, z), (x0, y0, z)]


def level(x0: float, x1: float, y: float, z0: float, z1: float) -> list[Spot]:
    """A level surface; the texture's upper edge is the far end."""
    return [(x0, y, z1), (x1, y, z1), (x1, y, z0), (x0, y, z0)]


def surface(canvas: Canvas, camera: Camera, corners: Sequence[Spot], paint: Image.Image) -> None:
    face(canvas, camera, corners, paint)


def patch(
    canvas: Canvas,
    camera: Camera,
    corners: Sequence[Spot],
    colour: Colour,
    alpha: float = 1.0,
    blur: float = 0.0,
) -> None:
    """A flat piece of one colour."""
    canvas.polygon([camera.at(*corner) for corner in corners], colour, alpha, blur * MIL)


def patches(
    canvas: Canvas,
    camera: Camera,
    many: Iterable[Sequence[Spot]],
    colour: Colour,
    alpha: float = 1.0,
    blur: float = 0.0,
) -> None:
    """Many pieces of one colour in one go."""
    stencil = Stencil()
    for corners in many:
        stencil.polygon([camera.at(*corner) for corner in corners])
    canvas.stamp(stencil, colour, alpha=alpha, blur=blur * MIL)


def pour(
    canvas: Canvas,
    camera: Camera,
    many: Iterable[Sequence[Spot]],
    colour: Colour,
    blur: float = 3.0,
    strength: float = 1.0,
) -> None:
    """Add light where it falls on something: sun through a window on a floor."""
    stencil = Stencil()
    for corners in many:
        stencil.polygon([camera.at(*corner) for corner in corners])
    shine(canvas, stencil, times(colour, strength), blur)


def shine(canvas: Canvas, stencil: Stencil, colour: Colour, blur: float) -> None:
    rendered = stencil.render(blur * MIL)
    if rendered is None:
        return
    mask, left, top = rendered
    light = Image.merge(
        "RGB", [mask.point([round(value * part / 255) for value in range(256)]) for part in colour]
    )
    box = (left, top, left + mask.width, top + mask.height)
    canvas.image.paste(ImageChops.screen(canvas.image.crop(box), light), box)


@dataclass(frozen=True)
class Box:
    """A thing with square corners: x0, x1, y0, y1, z0, z1 in metres."""

    x0: float
    x1: float
    y0: float
    y1: float
    z0: float
    z1: float


def chest(
    canvas: Canvas,
    camera: Camera,
    box: Box,
    colour: Colour,
    lights: tuple[float, float, float] = (0.75, 0.5, 1.1),
    blur: float = 0.0,
) -> None:
    """Its visible faces; `lights` of the front, the sides and the top. The camera may not be turned."""
    x0, x1, y0, y1, z0, z1 = box.x0, box.x1, box.y0, box.y1, box.z0, box.z1
    if x0 > 0:
        patch(canvas, camera, upwall(x0, z0, z1, y0, y1), times(colour, lights[1]), blur=blur)
    if x1 < 0:
        patch(canvas, camera, upwall(x1, z0, z1, y0, y1), times(colour, lights[1]), blur=blur)
    if y1 < camera.height:
        patch(canvas, camera, level(x0, x1, y1, z0, z1), times(colour, lights[2]), blur=blur)
    if y0 > camera.height:
        patch(canvas, camera, level(x0, x1, y0, z0, z1), times(colour, lights[1] * 0.8), blur=blur)
    patch(canvas, camera, front(x0, x1, y0, y1, z0), times(colour, lights[0]), blur=blur)


def grounded(
    canvas: Canvas, camera: Camera, x0: float, x1: float, z0: float, z1: float, strength: float = 0.45
) -> None:
    """The soft shadow where a thing stands."""
    spread = 0.12 * camera.scale(z0) / MIL
    patch(
        canvas,
        camera,
        level(x0 - 0.08, x1 + 0.08, 0.0, z0 - 0.06, z1 + 0.06),
        (10, 11, 15),
        strength,
        max(0.8, spread * 0.5),
    )


def floor(
    canvas: Canvas,
    camera: Camera,
    far: Colour,
    near: Colour,
    *,
    gloss: tuple[float, float] = (0.55, 0.2),
    blur: float = 5.0,
    line: float | None = None,
) -> None:
    """Lay a floor over what the mirror shows; `gloss` is the share of the mirror image far away and nearby."""
    top = round(camera.horizon if line is None else line)
    size = (WIDTH, HEIGHT - top)
    below = canvas.image.crop((0, top, WIDTH, HEIGHT))
    small = below.resize((WIDTH // 3, max(1, size[1] // 3)), Image.Resampling.BOX)
    small = small.filter(ImageFilter.GaussianBlur((blur * MIL / 6, blur * MIL / 2)))
    below = small.resize(size, Image.Resampling.BICUBIC)
    own = gradient(size, [(0, far), (1, near)])
    mask = upright(size, (0, round(255 * gloss[0])), (1, round(255 * gloss[1])))
    canvas.image.paste(Image.composite(below, own, mask), (0, top))


def worn(canvas: Canvas, strength: float = 0.12, cell: float = 120.0) -> None:
    """An unevenness over everything, as no wall is one even colour."""
    small = fractal(canvas.rng, (WIDTH // 4, HEIGHT // 4), cell * MIL / 4, 3)
    canvas.texture(small.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), strength)


def focus(canvas: Canvas, mask: Image.Image, blur: float) -> None:
    """Blur where the mask is white."""
    canvas.image = Image.composite(
        soften(canvas.image, blur * MIL), canvas.image, mask.resize((WIDTH, HEIGHT))
    )


def nearby(start: float, end: float) -> Image.Image:
    """A mask for `focus`: black above the line `start` (share of the height), white below `end`."""
    return upright((WIDTH, HEIGHT), (0, 0), (start, 0), (min(1.0, end), 255), (1, 255))


@dataclass(frozen=True)
class Look:
    """How the picture is developed."""

    warmth: float = 0.1
    contrast: float = 0.35
    saturation: float = 0.82
    vignette: float = 0.3
    grain: float = 0.34
    bloom: float = 0.5
    threshold: int = 205


def develop(canvas: Canvas, size: tuple[int, int], look: Look | None = None) -> Image.Image:
    """Bloom, grade, vignette, the size asked for, and grain over all."""
    look = look or Look()
    image = (
        tones.bloom(canvas.image, look.threshold, 26 * MIL / 1.44, look.bloom) if look.bloom else canvas.image
    )
    image = tones.vignette(tones.grade(image, look.warmth, look.contrast, look.saturation), look.vignette)
    image = ImageOps.fit(image, size, Image.Resampling.BICUBIC)
    return tones.grain(image, canvas.rng, look.grain)


def toned(grey: Image.Image, dark: Colour, light: Colour) -> Image.Image:
    return Image.merge("RGB", [grey.point(table) for table in ramp([(0, dark), (1, light)])])


def speckled(
    rng: Random, size: tuple[int, int], dark: Colour, light: Colour, cell: float, stretch: float = 1.0
) -> Image.Image:
    """A texture between two colours: bark, stone, leaves, cloth."""
    return toned(fractal(rng, size, cell, 4, stretch=stretch).point(curve((20, 0), (235, 255))), dark, light)
