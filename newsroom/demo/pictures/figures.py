"""People: soft silhouettes in tonal clothes, with the proportions of grown-ups and of youths, no portraits."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .canvas import HEIGHT, WIDTH, Canvas, rounded
from .noise import fractal
from .tones import Colour, mix, times, vary

Point = tuple[float, float]
SUITS: tuple[Colour, ...] = (
    (38, 42, 54),
    (52, 54, 60),
    (64, 60, 58),
    (44, 52, 62),
    (74, 72, 76),
    (34, 34, 38),
)
KNITS: tuple[Colour, ...] = (
    (112, 98, 84),
    (84, 100, 110),
    (132, 120, 104),
    (96, 84, 92),
    (70, 88, 80),
    (150, 140, 126),
)
TROUSERS: tuple[Colour, ...] = ((36, 38, 46), (48, 46, 46), (62, 64, 72), (52, 58, 72))
SHIRTS: tuple[Colour, ...] = ((226, 226, 224), (206, 214, 224), (216, 208, 196))
SKINS: tuple[Colour, ...] = ((206, 164, 136), (196, 152, 124), (214, 174, 148), (186, 142, 114))
HAIRS: tuple[Colour, ...] = ((28, 24, 24), (38, 32, 30), (48, 40, 36), (60, 52, 48))


# Outlines of a head by (aside from its middle, height over the ground), in heights of the person.
BACK_HAIR = ((-0.043, 0.965), (0.043, 0.965), (0.05, 0.9), (0.044, 0.838), (-0.044, 0.838), (-0.05, 0.9))
FACE = (
    *((-0.037, 0.955), (-0.0385, 0.915), (-0.031, 0.886), (-0.012, 0.867), (0.012, 0.867), (0.031, 0.886)),
    *((0.0385, 0.915), (0.037, 0.955), (0.0, 0.985)),
)
CAP = (
    *((0.026, 0.971), (0.037, 0.96), (0.042, 0.934), (0.046, 0.968), (0.03, 0.999), (0.0, 1.006)),
    *((-0.03, 0.999), (-0.046, 0.968), (-0.042, 0.935), (-0.036, 0.962), (-0.024, 0.974)),
)
LOCK = ((0.02, 0.98), (0.04, 0.955), (0.046, 0.9), (0.04, 0.85), (0.035, 0.9), (0.033, 0.945))


@dataclass(frozen=True)
class Person:
    """Who stands there; `tall` in metres, `facing` towards us or away, `arms` down, clasped, holding or apart."""

    tall: float = 1.7
    broad: float = 1.0
    coat: Colour = (40, 44, 54)
    legs: Colour = (38, 40, 48)
    shirt: Colour | None = (224, 224, 222)
    tie: Colour | None = None
    skin: Colour = (204, 162, 134)
    hair: Colour = (32, 28, 28)
    long_hair: bool = False
    skirt: bool = False
    hem: float = 0.47
    facing: bool = True
    arms: str = "down"
    lean: float = 0.0


def someone(
    rng: Random, *, formal: bool = True, tall: float | None = None, woman: bool | None = None
) -> Person:
    """A person by the dice."""
    woman = rng.random() < 0.5 if woman is None else woman
    if tall is None:
        tall = rng.uniform(1.57, 1.68) if woman else rng.uniform(1.69, 1.81)
    coat = vary(rng, rng.choice(SUITS if formal else KNITS), 0.1)
    legs = times(coat, 0.92) if formal and rng.random() < 0.75 else vary(rng, rng.choice(TROUSERS), 0.1)
    tie = (
        vary(rng, rng.choice(((86, 42, 44), (46, 60, 92), (70, 74, 84))), 0.1)
        if formal and not woman
        else None
    )
    return Person(
        tall=tall,
        broad=rng.uniform(0.92, 0.98) if woman else rng.uniform(1.0, 1.1),
        coat=coat,
        legs=legs,
        shirt=vary(rng, rng.choice(SHIRTS), 0.04) if formal or rng.random() < 0.5 else None,
        tie=tie,
        skin=vary(rng, rng.choice(SKINS), 0.05),
        hair=vary(rng, rng.choice(HAIRS), 0.1),
        long_hair=woman and rng.random() < 0.7,
        skirt=woman and formal and rng.random() < 0.4,
        hem=rng.choice((0.445, 0.455, 0.46)),
        arms=rng.choice(("down", "down", "clasped")),
        lean=rng.uniform(-0.012, 0.012),
    )


class _Sprite:
    """Parts drawn in units of the person's height, x from the middle, y up from the soles."""

    def __init__(self, pixels: float) -> None:
        self.unit = pixels
        self.size = (max(8, round(pixels * 0.62)), max(8, round(pixels * 1.06)))
        self.paint = Image.new("RGB", self.size, (40, 40, 44))
        self.mask = Image.new("L", self.size, 0)
        self.relief = Image.new("L", self.size, 60)
        self._draws = [ImageDraw.Draw(layer) for layer in (self.paint, self.mask, self.relief)]

    def spot(self, x: float, y: float) -> Point:
        return self.size[0] / 2 + x * self.unit, self.unit * 1.03 - y * self.unit

    def part(self, points: list[Point], colour: Colour, rise: int, rounds: int = 2) -> None:
        shape = [self.spot(*point) for point in (rounded(points, rounds) if rounds else points)]
        for draw, fill in zip(self._draws, (colour, 255, rise), strict=True):
            draw.polygon(shape, fill=fill)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: Colour, rise: int) -> None:
        x0, y0 = self.spot(x - rx, y + ry)
        x1, y1 = self.spot(x + rx, y - ry)
        for draw, fill in zip(self._draws, (colour, 255, rise), strict=True):
            draw.ellipse((x0, y0, x1, y1), fill=fill)

    def limb(self, points: list[Point], widths: list[float], colour: Colour, rise: int) -> None:
        """A sleeve or a trouser leg along a bent line; the widths are measured across it."""
        left, right = [], []
        for index, ((x, y), wide) in enumerate(zip(points, widths, strict=True)):
            (x0, y0), (x1, y1) = points[max(0, index - 1)], points[min(len(points) - 1, index + 1)]
            length = max(1e-6, math.hypot(x1 - x0, y1 - y0))
            nx, ny = (y1 - y0) / length * wide, (x0 - x1) / length * wide
            left.append((x + nx, y + ny))
            right.append((x - nx, y - ny))
        self.part(left + right[::-1], colour, rise, 2)


def _legs(sprite: _Sprite, who: Person) -> None:
    w = who.broad
    shoe = times(who.legs, 0.42)
    for side in (-1, 1):
        x = side * 0.05 * w
        out = side * 0.009
        sprite.part(
            [(x - 0.02, 0.035), (x + 0.02, 0.035), (x + 0.024 + out, -0.01), (x - 0.024 + out, -0.01)],
            shoe,
            120,
        )
        if who.skirt:
            bare = mix(times(who.skin, 0.8), who.legs, 0.45)
            sprite.limb(
                [(side * 0.042, 0.36), (side * 0.043, 0.24), (side * 0.045, 0.1), (side * 0.046, 0.02)],
                [0.03, 0.027, 0.02, 0.017],
                bare,
                150,
            )
        else:
            sprite.limb(
                [(side * 0.044 * w, 0.52), (side * 0.047 * w, 0.4), (x, 0.2), (x, 0.02)],
                [0.046 * w, 0.043 * w, 0.034, 0.029],
                who.legs,
                160,
            )
            crease = times(who.legs, 0.86)
            sprite.part(
                [(x - 0.002, 0.4), (x + 0.002, 0.4), (x + 0.002, 0.04), (x - 0.002, 0.04)], crease, 164, 0
            )
    if who.skirt:
        sprite.part(
            [
                (-0.088 * w, 0.55),
                (0.088 * w, 0.55),
                (0.094 * w, 0.42),
                (0.082 * w, 0.285),
                (0.07 * w, 0.28),
                (-0.07 * w, 0.28),
                (-0.082 * w, 0.285),
                (-0.094 * w, 0.42),
            ],
            times(who.legs, 0.94),
            170,
            1,
        )


def _torso(sprite: _Sprite, who: Person) -> None:
    w, hem = who.broad, who.hem
    body = [
        (-0.024, 0.858),
        (0.024, 0.858),
        (0.034, 0.842),
        (0.074 * w, 0.824),
        (0.099 * w, 0.802),
        (0.104 * w, 0.77),
        (0.096 * w, 0.7),
        (0.082 * w, 0.63),
        (0.088 * w, 0.56),
        (0.096 * w, hem + 0.02),
        (0.094 * w, hem - 0.01),
        (0.02, hem - 0.014),
        (-0.02, hem - 0.014),
        (-0.094 * w, hem - 0.01),
        (-0.096 * w, hem + 0.02),
        (-0.088 * w, 0.56),
        (-0.082 * w, 0.63),
        (-0.096 * w, 0.7),
        (-0.104 * w, 0.77),
        (-0.099 * w, 0.802),
        (-0.074 * w, 0.824),
        (-0.034, 0.842),
    ]
    sprite.part(body, who.coat, 182, 2)
    if who.shirt is not None and who.facing:
        sprite.part(
            [(-0.026, 0.858), (0.026, 0.858), (0.022, 0.77), (0.0, 0.665), (-0.022, 0.77)], who.shirt, 178, 1
        )
        if who.tie is not None:
            sprite.part(
                [(-0.008, 0.84), (0.008, 0.84), (0.011, 0.71), (0.0, 0.68), (-0.011, 0.71)], who.tie, 190, 1
            )
        sprite.part(
            [(-0.001, 0.66), (0.002, 0.66), (0.003, hem), (-0.001, hem)], times(who.coat, 0.72), 172, 0
        )
        for side in (-1, 1):
            lapel = [
                (side * 0.026, 0.85),
                (side * 0.047, 0.8),
                (side * 0.038, 0.75),
                (0.0, 0.662),
                (side * 0.02, 0.77),
            ]
            sprite.part(lapel, times(who.coat, 1.14), 190, 1)


def _arms(sprite: _Sprite, who: Person) -> None:
    w, sleeve = who.broad, times(who.coat, 0.93)
    for side in (-1, 1):
        shoulder = (side * 0.089 * w, 0.8)
        if who.arms == "down":
            path = [shoulder, (side * 0.112 * w, 0.66), (side * 0.116 * w, 0.52), (side * 0.113 * w, 0.478)]
        elif who.arms == "apart":
            path = [shoulder, (side * 0.14 * w, 0.67), (side * 0.13 * w, 0.56), (side * 0.12 * w, 0.54)]
        else:
            path = [shoulder, (side * 0.108 * w, 0.66), (side * 0.075 * w, 0.57), (side * 0.014, 0.535)]
        hand = path[-1]
        sprite.oval(hand[0] - side * 0.001, hand[1] - 0.018, 0.0145, 0.028, times(who.skin, 0.92), 165)
        sprite.limb(path, [0.024 * w, 0.0235 * w, 0.0205, 0.0175], sleeve, 200)
    if who.arms == "holding":
        sprite.part([(-0.09, 0.62), (0.09, 0.625), (0.092, 0.5), (-0.088, 0.495)], (222, 220, 212), 225, 0)


def _head(sprite: _Sprite, who: Person) -> None:
    skin, hair, x = who.skin, who.hair, who.lean
    shade = times(skin, 0.7)
    if who.long_hair:
        sprite.part([(x + dx, y) for dx, y in BACK_HAIR], times(hair, 0.8), 140, 2)
    sprite.part([(-0.022, 0.89), (0.022, 0.89), (0.027, 0.85), (0.0, 0.83), (-0.027, 0.85)], shade, 140, 1)
    sprite.oval(x, 0.945, 0.043, 0.056, hair, 165)
    if not who.facing:
        sprite.oval(x, 0.93, 0.041, 0.054, hair, 185)
        return
    for side in (-1, 1):
        sprite.oval(x + side * 0.0385, 0.922, 0.006, 0.014, shade, 150)
    sprite.part([(x + dx, y) for dx, y in FACE], skin, 200, 2)
    parting = 0.012 if who.lean >= 0 else -0.012
    sprite.part([*((x + dx, y) for dx, y in CAP), (x + parting, 0.977)], hair, 190, 2)
    if who.long_hair:
        for side in (-1, 1):
            sprite.part([(x + side * dx, y) for dx, y in LOCK], hair, 190, 2)
    _features(sprite, skin, hair, x)


def _features(sprite: _Sprite, skin: Colour, hair: Colour, x: float) -> None:
    """What makes a face from far away: the shade of brows, eyes, nose and mouth, nothing drawn."""
    for side in (-1, 1):
        sprite.oval(x + side * 0.0155, 0.927, 0.0105, 0.0075, times(skin, 0.78), 176)
        sprite.oval(x + side * 0.0155, 0.9265, 0.0062, 0.0026, mix(times(skin, 0.4), hair, 0.4), 180)
        sprite.oval(x + side * 0.016, 0.9385, 0.0092, 0.0018, mix(skin, hair, 0.55), 196)
    sprite.oval(x + 0.001, 0.914, 0.0045, 0.012, times(skin, 1.04), 214)
    sprite.oval(x + 0.001, 0.9045, 0.007, 0.003, times(skin, 0.72), 196)
    sprite.oval(x, 0.8905, 0.0105, 0.0022, mix(times(skin, 0.6), (150, 80, 76), 0.3), 190)
    sprite.oval(x, 0.886, 0.008, 0.002, mix(times(skin, 0.86), (170, 100, 94), 0.25), 200)


def sprite(
    rng: Random, who: Person, pixels: float, *, side: float = -1.0, light: float = 1.0
) -> tuple[Image.Image, Image.Image]:
    """The person `pixels` high with soft shading, and the mask; the soles at 0.97 of the sprite's height."""
    fine = 2
    made = _Sprite(pixels * fine)
    _legs(made, who)
    _torso(made, who)
    _arms(made, who)
    _head(made, who)
    small = (max(4, round(made.size[0] / fine)), max(4, round(made.size[1] / fine)))
    paint, mask, relief = (
        layer.resize(small, Image.Resampling.BOX) for layer in (made.paint, made.mask, made.relief)
    )
    folds = fractal(rng, small, max(3.0, pixels * 0.05), 3, stretch=0.5)
    relief = Image.blend(relief, folds, 0.1)
    depth = max(0.6, pixels * 0.008)
    relief = Image.blend(
        relief.filter(ImageFilter.GaussianBlur(depth)),
        relief.filter(ImageFilter.GaussianBlur(depth * 3)),
        0.6,
    )
    dx, dy = round(depth * 1.6 * side), -round(depth * 1.1)
    lit = ImageChops.subtract(
        ImageChops.offset(relief, -dx, -dy), ImageChops.offset(relief, dx, dy), scale=1.0, offset=128
    )
    lit = ImageChops.invert(lit).point(
        [max(20, min(235, round(118 * light + (value - 128) * 0.9))) for value in range(256)]
    )
    return ImageChops.overlay(paint, Image.merge("RGB", (lit, lit, lit))), mask


def stand(
    canvas: Canvas,
    rng: Random,
    who: Person,
    x: float,
    foot: float,
    pixels: float,
    *,
    side: float = -1.0,
    light: float = 1.0,
    blur: float = 0.0,
    veil: tuple[Colour, float] | None = None,
) -> None:
    """Put the person on the canvas with the soles at (x, foot)."""
    if x < -pixels or x > WIDTH + pixels or foot - pixels > HEIGHT:
        return
    paint, mask = sprite(rng, who, pixels, side=side, light=light)
    if veil is not None:
        paint = Image.blend(paint, Image.new("RGB", paint.size, veil[0]), veil[1])
    if blur:
        paint, mask = (
            paint.filter(ImageFilter.GaussianBlur(blur)),
            mask.filter(ImageFilter.GaussianBlur(blur)),
        )
    canvas.image.paste(paint, (round(x - paint.width / 2), round(foot - pixels * 1.03)), mask)
