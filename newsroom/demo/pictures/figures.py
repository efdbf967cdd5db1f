"""People: soft silhouettes in tonal clothes, with the proportions of grown-ups and of youths, no portraits."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .canvas import HEIGHT, WIDTH, Canvas, rounded
from .noise import fractal
from .tones import Colour, mix, times, vary

Point = tuple[float, float]
SUITS: tuple[Colour, ...] = ((38, 42, 54), (52, 54, 60), (64, 60, 58), (44, 52, 62), (74, 72, 76), (34, 34, 38))
KNITS: tuple[Colour, ...] = ((112, 98, 84), (84, 100, 110), (132, 120, 104), (96, 84, 92), (70, 88, 80), (150, 140, 126))
TROUSERS: tuple[Colour, ...] = ((36, 38, 46), (48, 46, 46), (62, 64, 72), (52, 58, 72))
SHIRTS: tuple[Colour, ...] = ((226, 226, 224), (206, 214, 224), (216, 208, 196))
SKINS: tuple[Colour, ...] = ((206, 164, 136), (196, 152, 124), (214, 174, 148), (186, 142, 114))
HAIRS: tuple[Colour, ...] = ((28, 24, 24), (38, 32, 30), (48, 40, 36), (60, 52, 48))


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


def someone(rng: Random, *, formal: bool = True, tall: float | None = None, woman: bool | None = None) -> Person:
    """A person by the dice."""
    woman = rng.random() < 0.5 if woman is None else woman
    if tall is None:
        tall = rng.uniform(1.57, 1.68) if woman else rng.uniform(1.69, 1.81)
    coat = vary(rng, rng.choice(SUITS if formal else KNITS), 0.1)
    legs = times(coat, 0.92) if formal and rng.random() < 0.75 else vary(rng, rng.choice(TROUSERS), 0.1)
    tie = vary(rng, rng.choice(((86, 42, 44), (46, 60, 92), (70, 74, 84))), 0.1) if formal and not woman else None
    return Person(
        tall=tall, broad=rng.uniform(0.92, 0.98) if woman else rng.uniform(1.0, 1.1), coat=coat, legs=legs,
        shirt=vary(rng, rng.choice(SHIRTS), 0.04) if formal or rng.random() < 0.5 else None, tie=tie,
        skin=vary(rng, rng.choice(SKINS), 0.05), hair=vary(rng, rng.choice(HAIRS), 0.1), long_hair=woman and rng.random() < 0.7,
        skirt=woman and formal and rng.random() < 0.4, hem=rng.choice((0.46, 0.48, 0.45)),
        arms=rng.choice(("down", "down", "clasped")), lean=rng.uniform(-0.012, 0.012),
    )  # fmt: skip


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
        left = [(x - w, y) for (x, y), w in zip(points, widths, strict=True)]
        right = [(x + w, y) for (x, y), w in zip(points, widths, strict=True)]
        self.part(left + right[::-1], colour, rise, 2)


def _legs(sprite: _Sprite, who: Person) -> None:
    w = who.broad
    shoe = times(who.legs, 0.5)
    for side in (-1, 1):
        x = side * 0.052 * w
        sprite.part([(x - 0.028, 0.035), (x + 0.03, 0.035), (x + 0.034 + side * 0.008, -0.012), (x - 0.034 + side * 0.008, -0.012)],
                    shoe, 120)  # fmt: skip
        bare = mix(who.skin, who.legs, 0.35) if who.skirt else who.legs
        sprite.limb([(side * 0.048 * w, 0.5), (side * 0.056 * w, 0.28), (x, 0.02), (x, 0.018)],
                    [0.058 * w, 0.036 if who.skirt else 0.046, 0.026 if who.skirt else 0.036, 0.03], bare, 150)  # fmt: skip
    if who.skirt:
        sprite.part([(-0.085 * w, 0.52), (0.085 * w, 0.52), (0.088 * w, 0.29), (-0.088 * w, 0.29)], who.legs, 170)


def _torso(sprite: _Sprite, who: Person) -> None:
    w, hem = who.broad, who.hem
    body = [(-0.03, 0.85), (0.03, 0.85), (0.085 * w, 0.832), (0.122 * w, 0.8), (0.112 * w, 0.7), (0.094 * w, 0.62),
            (0.106 * w, 0.52), (0.108 * w, hem), (-0.108 * w, hem), (-0.106 * w, 0.52), (-0.094 * w, 0.62),
            (-0.112 * w, 0.7), (-0.122 * w, 0.8), (-0.085 * w, 0.832)]  # fmt: skip
    sprite.part(body, who.coat, 190, 1)
    if who.shirt is not None and who.facing:
        sprite.part([(-0.034, 0.852), (0.034, 0.852), (0.026, 0.76), (0.0, 0.645), (-0.026, 0.76)], who.shirt, 180, 1)
        if who.tie is not None:
            sprite.part([(-0.01, 0.835), (0.01, 0.835), (0.014, 0.69), (0.0, 0.655), (-0.014, 0.69)], who.tie, 196, 1)
        dark = times(who.coat, 0.8)
        sprite.part([(-0.002, 0.65), (0.003, 0.65), (0.004, hem), (-0.001, hem)], dark, 176, 0)
        for side in (-1, 1):
            lapel = [(side * 0.03, 0.845), (side * 0.056, 0.8), (side * 0.046, 0.745), (0.0, 0.645), (side * 0.026, 0.76)]
            sprite.part(lapel, times(who.coat, 1.16), 206, 1)


def _arms(sprite: _Sprite, who: Person) -> None:
    w, sleeve = who.broad, times(who.coat, 0.94)
    for side in (-1, 1):
        shoulder = (side * 0.112 * w, 0.8)
        if who.arms == "down":
            path = [shoulder, (side * 0.137 * w, 0.65), (side * 0.138 * w, 0.5), (side * 0.136 * w, 0.47)]
        elif who.arms == "apart":
            path = [shoulder, (side * 0.165 * w, 0.66), (side * 0.15 * w, 0.56), (side * 0.14 * w, 0.55)]
        else:
            path = [shoulder, (side * 0.142 * w, 0.64), (side * 0.07 * w, 0.545), (side * 0.035, 0.525)]
        hand = path[-1]
        sprite.oval(hand[0] - side * 0.002, hand[1] - 0.012, 0.019, 0.03, who.skin, 170)
        sprite.limb(path, [0.034 * w, 0.032 * w, 0.026, 0.024], sleeve, 215)
    if who.arms == "holding":
        sprite.part([(-0.09, 0.62), (0.09, 0.625), (0.092, 0.5), (-0.088, 0.495)], (222, 220, 212), 235, 0)


def _head(sprite: _Sprite, who: Person) -> None:
    skin, hair, x = who.skin, who.hair, who.lean
    shade = times(skin, 0.74)
    if who.long_hair:
        sprite.part([(x - 0.05, 0.95), (x + 0.05, 0.95), (x + 0.06, 0.85), (x + 0.05, 0.8), (x - 0.05, 0.8), (x - 0.06, 0.85)],
                    times(hair, 0.8), 150, 2)  # fmt: skip
    sprite.part([(-0.026, 0.875), (0.026, 0.875), (0.036, 0.84), (0.0, 0.815), (-0.036, 0.84)], shade, 150, 1)
    sprite.oval(x, 0.945, 0.049, 0.06, hair, 170)
    if not who.facing:
        sprite.oval(x, 0.925, 0.046, 0.058, hair, 190)
        return
    for side in (-1, 1):
        sprite.oval(x + side * 0.046, 0.918, 0.008, 0.016, shade, 150)
    outline = [(x - 0.043, 0.95), (x - 0.044, 0.905), (x - 0.034, 0.874), (x - 0.012, 0.856), (x + 0.012, 0.856),
               (x + 0.034, 0.874), (x + 0.044, 0.905), (x + 0.043, 0.95), (x, 0.965)]  # fmt: skip
    sprite.part(outline, skin, 215, 2)
    fringe = [(x - 0.047, 0.935), (x - 0.036, 0.963), (x + 0.008, 0.968 - who.lean), (x + 0.038, 0.958), (x + 0.047, 0.93),
              (x + 0.045, 0.985), (x, 1.006), (x - 0.045, 0.985)]  # fmt: skip
    sprite.part(fringe, hair, 200, 2)
    if who.long_hair:
        for side in (-1, 1):
            lock = [(x + side * 0.034, 0.965), (x + side * 0.05, 0.94), (x + side * 0.054, 0.84), (x + side * 0.04, 0.82),
                    (x + side * 0.042, 0.9)]  # fmt: skip
            sprite.part(lock, hair, 205, 1)
    for side in (-1, 1):
        sprite.oval(x + side * 0.018, 0.919, 0.0085, 0.0045, times(skin, 0.42), 190)
        sprite.oval(x + side * 0.019, 0.93, 0.011, 0.0025, mix(skin, hair, 0.6), 205)
    sprite.oval(x + 0.002, 0.9, 0.007, 0.004, times(skin, 0.76), 225)
    sprite.oval(x, 0.882, 0.0125, 0.0032, mix(times(skin, 0.66), (150, 70, 66), 0.3), 205)


def sprite(rng: Random, who: Person, pixels: float, *, side: float = -1.0, light: float = 1.0) -> tuple[Image.Image, Image.Image]:
    """The person `pixels` high with soft shading, and the mask; the soles at 0.97 of the sprite's height."""
    fine = 2 if pixels < 260 else 1.4
    made = _Sprite(pixels * fine)
    _legs(made, who)
    _torso(made, who)
    _arms(made, who)
    _head(made, who)
    small = (max(4, round(made.size[0] / fine)), max(4, round(made.size[1] / fine)))
    paint, mask, relief = (layer.resize(small, Image.Resampling.BOX) for layer in (made.paint, made.mask, made.relief))
    folds = fractal(rng, small, max(3.0, pixels * 0.045), 3, stretch=0.55)
    relief = Image.blend(relief, folds, 0.13)
    depth = max(0.6, pixels * 0.008)
    relief = Image.blend(relief.filter(ImageFilter.GaussianBlur(depth)), relief.filter(ImageFilter.GaussianBlur(depth * 3)), 0.6)
    dx, dy = round(depth * 1.6 * side), -round(depth * 1.1)
    lit = ImageChops.subtract(ImageChops.offset(relief, -dx, -dy), ImageChops.offset(relief, dx, dy), scale=1.0, offset=128)
    lit = ImageChops.invert(lit).point([max(20, min(235, round(118 * light + (value - 128) * 1.15))) for value in range(256)])
    return ImageChops.overlay(paint, Image.merge("RGB", (lit, lit, lit))), mask


def stand(
    canvas: Canvas, rng: Random, who: Person, x: float, foot: float, pixels: float, *, side: float = -1.0, light: float = 1.0,
    blur: float = 0.0, veil: tuple[Colour, float] | None = None,
) -> None:  # fmt: skip
    """Put the person on the canvas with the soles at (x, foot)."""
    if x < -pixels or x > WIDTH + pixels or foot - pixels > HEIGHT:
        return
    paint, mask = sprite(rng, who, pixels, side=side, light=light)
    if veil is not None:
        paint = Image.blend(paint, Image.new("RGB", paint.size, veil[0]), veil[1])
    if blur:
        paint, mask = paint.filter(ImageFilter.GaussianBlur(blur)), mask.filter(ImageFilter.GaussianBlur(blur))
    canvas.image.paste(paint, (round(x - paint.width / 2), round(foot - pixels * 1.03)), mask)
