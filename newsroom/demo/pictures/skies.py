"""Light and sky: the hour of a picture, its clouds, sun, stars and mist."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from PIL import Image, ImageChops

from .canvas import HEIGHT, WIDTH, Canvas
from .noise import fractal, white
from .tones import Colour, curve, disc, gradient, mix, times, tint, under, vary


@dataclass(frozen=True)
class Light:
    """The light of an hour. `sun` and `ambient` colour what is lit and what lies in the shade."""

    name: str
    zenith: Colour
    middle: Colour
    horizon: Colour
    sun: Colour
    ambient: Colour
    cloud: Colour
    cloud_shade: Colour
    sun_x: float = 0.3
    side: float = -1.0  # where the light comes from: -1 left, +1 right
    cover: float = 0.45  # share of the sky under clouds
    dark: bool = False

    @property
    def haze(self) -> Colour:
        return mix(self.horizon, self.middle, 0.25)


HOURS: dict[str, Light] = {
    "noon": Light(
        "noon",
        (62, 112, 176),
        (124, 168, 212),
        (206, 222, 234),
        (255, 248, 234),
        (118, 136, 164),
        (252, 252, 250),
        (176, 188, 204),
    ),
    "morning": Light(
        "morning",
        (96, 140, 188),
        (166, 192, 214),
        (240, 222, 196),
        (255, 232, 196),
        (110, 124, 152),
        (255, 246, 232),
        (176, 180, 196),
        cover=0.4,
    ),
    "grey": Light(
        "grey",
        (136, 150, 166),
        (172, 182, 192),
        (206, 210, 212),
        (214, 216, 216),
        (138, 146, 156),
        (214, 218, 222),
        (140, 150, 162),
        cover=0.85,
    ),
    "golden": Light(
        "golden",
        (84, 116, 160),
        (190, 172, 160),
        (252, 206, 142),
        (255, 214, 150),
        (92, 98, 128),
        (255, 220, 176),
        (142, 126, 140),
        cover=0.5,
    ),
    "dusk": Light(
        "dusk",
        (36, 50, 92),
        (112, 98, 130),
        (240, 166, 116),
        (255, 170, 110),
        (54, 58, 92),
        (236, 142, 108),
        (66, 58, 92),
        cover=0.5,
        dark=True,
    ),
    "blue": Light(
        "blue",
        (14, 26, 58),
        (38, 62, 108),
        (128, 132, 150),
        (150, 160, 190),
        (30, 42, 74),
        (84, 98, 134),
        (24, 36, 68),
        cover=0.45,
        dark=True,
    ),
    "night": Light(
        "night",
        (6, 9, 22),
        (14, 20, 42),
        (50, 50, 66),
        (70, 80, 110),
        (14, 18, 34),
        (36, 40, 58),
        (12, 15, 28),
        cover=0.4,
        dark=True,
    ),
}


def lit(colour: Colour, light: Light, share: float) -> Colour:
    """A thing's colour in the light of the hour: `share` 0 in the shade, 1 in the sun."""
    return under(colour, mix(light.ambient, light.sun, share))


def hour(rng: Random, *names: str) -> Light:
    """One of the named hours, a little different every time."""
    light = HOURS[rng.choice(names)]
    left = rng.random() < 0.5
    return replace(
        light,
        zenith=vary(rng, light.zenith, 0.1),
        middle=vary(rng, light.middle, 0.05),
        horizon=vary(rng, light.horizon, 0.04),
        sun_x=rng.uniform(0.08, 0.36) if left else rng.uniform(0.64, 0.92),
        side=-1.0 if left else 1.0,
        cover=min(0.95, light.cover * rng.uniform(0.6, 1.3)),
    )


def sky(rng: Random, light: Light, horizon: int = HEIGHT) -> Image.Image:
    """A whole canvas of sky whose horizon lies at the line `horizon`; below it the colour of the haze."""
    size = (WIDTH, horizon)
    picture = gradient(size, [(0, light.zenith), (0.55, light.middle), (1, light.horizon)])
    _sun(picture, light, horizon)
    _clouds(rng, picture, light)
    whole = Image.new("RGB", (WIDTH, HEIGHT), light.haze)
    whole.paste(picture, (0, 0))
    return whole


def _sun(picture: Image.Image, light: Light, horizon: int) -> None:
    """The bright quarter of the sky around a sun that itself stays in the haze."""
    if light.name in ("night", "grey"):
        return
    low = light.name in ("golden", "dusk", "morning", "blue")
    radius = 1300 if low else 760
    x, y = round(light.sun_x * WIDTH), round(horizon * (0.97 if low else 0.05))
    mask = disc((radius * 2, round(radius * 0.9)), 2.0).point([round(value * 0.8) for value in range(256)])
    area = (x - radius, y - mask.height // 2)
    picture.paste(
        mix(light.sun, light.horizon, 0.3), (*area, area[0] + mask.width, area[1] + mask.height), mask
    )


def _clouds(rng: Random, picture: Image.Image, light: Light) -> None:
    """Clouds on a ceiling that runs down to the horizon, lit from the side and darker where they are thick."""
    width, height = picture.size
    across, deep = 960, 460
    density = fractal(rng, (across, deep), rng.uniform(110, 190), 7, stretch=rng.uniform(1.2, 2.6))
    banks = fractal(rng, (across // 8, deep // 8), 34, 2, stretch=1.6).resize(
        density.size, Image.Resampling.BICUBIC
    )
    density = Image.blend(density, banks, 0.36)
    reach = rng.uniform(2.4, 3.4)
    top, scale = height / reach, across / (width * reach)
    pace = deep / (reach - 1)
    # u widens with the depth (height / y); v runs from 0 at the upper edge to `deep` near the horizon.
    local = (
        height * scale,
        across / 2,
        top * across / 2 - width / 2 * height * scale,
        0.0,
        -pace,
        (height - top) * pace,
        0.0,
        1.0,
    )
    near = (
        density.transform(
            (width, int(height - top)),
            Image.Transform.PERSPECTIVE,
            [value / top for value in local],
            Image.Resampling.BICUBIC,
            fillcolor=90,
        )
        .transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        .resize((width, round(height * 0.93)))
    )
    start = round(225 - 190 * light.cover)
    mask = near.point(curve((start, 0), (start + 34, 90), (min(255, start + 130), 245)))
    lit = ImageChops.subtract(
        near, ImageChops.offset(near, round(16 * light.side), -14), scale=0.9, offset=140
    )
    body = Image.blend(ImageChops.invert(near).point(curve((0, 20), (130, 255))), lit, 0.5)
    colours = tint(
        body, [(0.1, light.cloud_shade), (0.7, light.cloud), (1, mix(light.cloud, light.sun, 0.6))]
    )
    fade = Image.linear_gradient("L").transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize(mask.size)
    fade = fade.point(curve((0, 0), (70, 150), (150, 255)))
    picture.paste(colours, (0, 0), ImageChops.multiply(mask, fade))


def stars(canvas: Canvas, horizon: int, share: float = 0.0012) -> None:
    size = (WIDTH, horizon)
    edge = round(255 * (1 - share))
    points = white(canvas.rng, size).point([255 if value > edge else 0 for value in range(256)])
    level = white(canvas.rng, size).point([value // 3 for value in range(256)])
    grey = ImageChops.multiply(points, level)
    lit = ImageChops.add(canvas.image.crop((0, 0, *size)), Image.merge("RGB", (grey, grey, grey)))
    canvas.image.paste(lit, (0, 0))


def rays(canvas: Canvas, x: float, y: float, colour: Colour, strength: float = 0.35) -> None:
    """Shafts of light that fan out downwards from a point, broken by what they passed through."""
    size = 360
    beams = (
        fractal(canvas.rng, (size, 4), 22, 3)
        .crop((0, 0, size, 1))
        .resize((size, size))
        .point(curve((100, 0), (220, 255)))
    )
    fan = beams.transform(
        (WIDTH // 2, HEIGHT // 2),
        Image.Transform.PERSPECTIVE,
        _fan(x / 2, y / 2, size),
        Image.Resampling.BILINEAR,
    )
    left, top = WIDTH * 3 // 2 - int(x), HEIGHT * 3 // 2 - int(y)
    fade = disc((WIDTH * 3, HEIGHT * 3), 1.2).crop((left, top, left + WIDTH, top + HEIGHT))
    mask = ImageChops.multiply(fan.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), fade)
    canvas.veil(colour, mask.point([round(value * strength) for value in range(256)]))


def _fan(x: float, y: float, size: int) -> list[float]:
    """u depends only on the direction (dx / dy) as seen from (x, y)."""
    y -= 160
    scale = size * 0.62
    # The place in the strip depends on the direction only: how far aside over how far down.
    local = [scale, size / 2, -x * scale - y * size / 2, 0.0, 0.0, size / 2, 0.0, 1.0]
    return [value / -y for value in local] if y else local


def haze_band(canvas: Canvas, light_colour: Colour, line: float, height: float, strength: float) -> None:
    """A band of mist around a line of the canvas."""
    top, bottom = max(0, round(line - height)), min(HEIGHT, round(line + height * 0.5))
    if bottom - top < 2:
        return
    mask = Image.linear_gradient("L").resize((WIDTH, bottom - top))
    split = (line - top) / (bottom - top)
    table = []
    for value in range(256):
        share = value / 255
        rise = share / split if share < split else (1 - share) / max(0.01, 1 - split)
        table.append(round(255 * strength * rise**1.3))
    uneven = fractal(canvas.rng, (WIDTH // 4, max(2, (bottom - top) // 4)), 60, 3, stretch=4)
    uneven = uneven.point(curve((0, 120), (255, 255))).resize(mask.size, Image.Resampling.BICUBIC)
    canvas.veil(times(light_colour, 1.0), ImageChops.multiply(mask.point(table), uneven), (0, top))
