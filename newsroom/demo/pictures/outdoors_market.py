"""A market lane between stalls."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PIL import Image, ImageFilter

from .camera import Camera
from .canvas import HEIGHT, WIDTH, Canvas, Stencil
from .figures import someone, stand
from .land import ground
from .lights import lamp
from .rooms import MIL, Look, develop, shine, upwall
from .sketch import Sketch
from .skies import hour
from .tones import Colour, curve, mix, times, vary

GOODS: tuple[tuple[Colour, ...], ...] = (
    ((186, 60, 48), (206, 92, 62), (160, 44, 42)),
    ((222, 164, 62), (208, 140, 48)),
    ((106, 136, 64), (84, 118, 58), (138, 160, 88)),
    ((226, 216, 186), (204, 192, 160)),
    ((120, 74, 104), (92, 58, 84)),
    ((212, 120, 50), (228, 148, 70)),
    ((176, 190, 150), (206, 214, 182)),
)


CLOTHS: tuple[Colour, ...] = ((168, 58, 48), (62, 96, 134), (196, 160, 84), (86, 122, 96), (206, 200, 188))


def market_stalls(rng: Random, size: tuple[int, int]) -> Image.Image:
    """A covered lane between stalls, bulbs under the awnings, goods in crates."""
    kind = rng.random()
    light = hour(rng, "blue") if kind < 0.1 else hour(rng, "morning", "golden")
    dark, fish = light.dark, 0.45 <= kind < 0.65
    line = round(HEIGHT * rng.uniform(0.4, 0.45))
    canvas = Canvas(rng, mix((46, 42, 42), light.ambient, 0.35))
    camera = Camera(1.65, WIDTH * 0.78, line, WIDTH * rng.uniform(0.44, 0.56))
    end = mix(light.horizon, (255, 240, 214), 0.3) if not dark else (84, 80, 90)
    canvas.glow(camera.centre, line - 0.04 * HEIGHT, 0.4 * WIDTH, end, 1.5, 0.8)
    floor = (92, 86, 80)
    ground(
        canvas, line + 2, [(0, mix(floor, end, 0.5)), (1, times(floor, 0.5))], cell=9, stretch=2, rough=0.5
    )
    shine(
        canvas,
        Stencil().polygon(
            [camera.at(-0.9, 0, 40), camera.at(0.9, 0, 40), camera.at(1.2, 0, 2.2), camera.at(-1.2, 0, 2.2)]
        ),
        times(end, 0.26),
        14,
    )
    for row in range(9, -1, -1):
        z = 2.5 + row * 2.3
        _arcade(canvas, camera, z, end, row / 9)
        for side in (-1, 1):
            _stall(canvas, camera, side, z, end, 0.5 * row / 9, fish)
        if row in ((8, 6) if dark else (8, 7, 6, 5, 4, 3)):
            who = someone(rng, formal=False)
            spot = camera.at(rng.uniform(-0.9, 0.9), 0, z + 1)
            stand(
                canvas,
                rng,
                who,
                spot[0],
                spot[1],
                who.tall * camera.scale(z + 1),
                side=light.side,
                light=0.7,
                blur=1.2 * MIL,
                veil=(end, 0.12 + 0.05 * row),
            )
    near = canvas.image.filter(ImageFilter.GaussianBlur(1.3 * MIL))
    mask = Image.radial_gradient("L").resize((WIDTH, HEIGHT)).point(curve((60, 0), (170, 255)))
    canvas.image = Image.composite(near, canvas.image, mask)
    return develop(
        canvas, size, Look(warmth=0.3, contrast=0.42, saturation=0.8, vignette=0.4, bloom=0.8, threshold=170)
    )


def _arcade(canvas: Canvas, camera: Camera, z: float, end: Colour, far: float) -> None:
    """One bay of the roof over the lane: sheets that let the day through between trusses."""
    sketch = Sketch(canvas)
    for side in (-1, 1):
        for strip in range(4):
            x0, x1 = side * strip * 0.85, side * (strip + 1) * 0.85
            y0, y1 = 4.4 - strip * 0.22, 4.4 - (strip + 1) * 0.22
            glow = mix(times(end, 0.62 - 0.13 * strip + canvas.rng.uniform(-0.03, 0.03)), end, far * 0.6)
            sketch.shape(
                [
                    camera.at(x0, y0, z),
                    camera.at(x0, y0, z + 2.25),
                    camera.at(x1, y1, z + 2.25),
                    camera.at(x1, y1, z),
                ],
                glow,
            )
        beam = mix((54, 52, 52), end, far * 0.7)
        sketch.line(
            [camera.at(0, 4.35, z), camera.at(side * 3.4, 3.45, z)], beam, max(1.0, camera.scale(z) * 0.06)
        )
        sketch.line(
            [camera.at(0, 3.9, z), camera.at(side * 3.4, 3.4, z)], beam, max(0.7, camera.scale(z) * 0.035)
        )
    sketch.line([camera.at(0, 4.4, z), camera.at(0, 3.9, z)], beam, max(0.7, camera.scale(z) * 0.035))
    sketch.done()


def _stall(canvas: Canvas, camera: Camera, side: int, z: float, end: Colour, fog: float, fish: bool) -> None:
    """A table of goods under a striped awning, with a bulb over it."""
    rng, sketch = canvas.rng, Sketch(canvas)
    wood = mix((96, 76, 58), end, fog)
    sketch.shape(camera.spots(upwall(side * 1.25, z, z + 2.2, 0, 0.7)), times(wood, 0.62))
    sketch.shape(camera.spots(upwall(side * 3.2, z, z + 2.3, 0, 2.3)), times(wood, 0.55))
    fill, glow = _catch if fish else _crate, mix(end, (255, 226, 180), 0.5)
    for z0 in (z + 0.06, z + 0.78, z + 1.5):
        for row in range(2):
            x0, x1 = side * (1.27 + row * 0.62), side * (1.84 + row * 0.62)
            fill(sketch, rng, camera, (x0, x1, z0, 0.74 + row * 0.2), glow, fog)
    _awning(sketch, camera, side, z, mix(rng.choice(CLOTHS), end, fog * 0.8))
    post = [camera.at(side * 1.0, 0, z + 0.02), camera.at(side * 1.0, 2.2, z + 0.02)]
    sketch.line(post, mix((120, 120, 118), end, fog), max(0.8, camera.scale(z) * 0.03))
    sketch.done()
    x, y = camera.at(side * 1.6, 1.95, z + 1.1)
    canvas.glow(x, y + 0.5 * camera.scale(z), 0.9 * camera.scale(z + 1), (92, 66, 36), 1.8)
    lamp(canvas, x, y, max(1.4, camera.scale(z + 1) * 0.045), (255, 222, 164), 9)


def _awning(sketch: Sketch, camera: Camera, side: int, z: float, tone: Colour) -> None:
    edge, low = side * 0.95, 2.05
    for stripe in range(6):
        z0, z1 = z + stripe * 0.38, z + stripe * 0.38 + 0.38
        cloth = tone if stripe % 2 == 0 else mix(tone, (228, 222, 210), 0.62)
        top = [(side * 3.2, 2.6, z0), (side * 3.2, 2.6, z1), (edge, low, z1), (edge, low, z0)]
        sketch.shape(camera.spots(top), times(cloth, 0.74))
        sketch.shape(camera.spots(upwall(edge, z0, z1, low - 0.2, low)), times(cloth, 0.98))


def _catch(
    sketch: Sketch,
    rng: Random,
    camera: Camera,
    box: tuple[float, float, float, float],
    glow: Colour,
    fog: float,
) -> None:
    """A tray of fish side by side on ice."""
    x0, x1, z0, y = box
    ice = mix((206, 214, 218), glow, fog * 0.6)
    tray = [(x0, y, z0), (x1, y + 0.12, z0), (x1, y + 0.12, z0 + 0.66), (x0, y, z0 + 0.66)]
    sketch.shape([camera.at(*corner) for corner in tray], times(ice, 0.8))
    silver = rng.choice(((150, 160, 168), (120, 134, 148), (176, 166, 152), (96, 112, 132)))
    for step in range(7, -1, -1):
        z, tone = z0 + 0.05 + step * 0.075, mix(vary(rng, silver, 0.1), glow, fog * 0.7)
        first, last = 0.08 + rng.uniform(0, 0.06), 0.9 + rng.uniform(-0.08, 0.05)
        spine = [
            camera.at(x0 + (x1 - x0) * share, y + 0.04 + 0.12 * share + high, z)
            for share, high in ((first, 0.0), (0.3, 0.045), (0.6, 0.035), (last, 0.0))
        ]
        belly = [camera.at(x0 + (x1 - x0) * share, y + 0.02 + 0.12 * share, z - 0.05) for share in (0.6, 0.3)]
        sketch.shape([*spine, *belly], times(tone, 0.95))
        sketch.line(spine, times(tone, 0.5), max(0.6, camera.scale(z) * 0.014))
        sketch.line([belly[1], belly[0]], mix(tone, (250, 250, 250), 0.5), max(0.5, camera.scale(z) * 0.008))
    rim = [(x0, y + 0.03, z0), (x1, y + 0.15, z0), (x1, y + 0.05, z0), (x0, y - 0.07, z0)]
    sketch.shape([camera.at(*corner) for corner in rim], mix((126, 160, 176), glow, fog * 0.5))


def _crate(
    sketch: Sketch,
    rng: Random,
    camera: Camera,
    box: tuple[float, float, float, float],
    glow: Colour,
    fog: float,
) -> None:
    """A box of fruit or greens: a heap of rounded things, each with its light and its shade."""
    x0, x1, z0, y = box
    wood = mix((150, 120, 84), glow, fog * 0.5)
    bottom = [(x0, y, z0), (x1, y + 0.12, z0), (x1, y + 0.12, z0 + 0.62), (x0, y, z0 + 0.62)]
    sketch.shape(camera.spots(bottom), times(wood, 0.4))
    palette, big = rng.choice(GOODS), rng.choice((0.055, 0.045, 0.07))
    unit = camera.scale(z0)
    count = 46 if unit > 150 else 26 if unit > 70 else 10
    places = sorted(((rng.random(), rng.random()) for _ in range(count)), key=lambda place: -place[1])
    for across, deep in places:
        up = y + 0.03 + 0.12 * across + 0.05 * rng.random()
        px, py = camera.at(x0 + (x1 - x0) * across, up, z0 + 0.05 + 0.55 * deep)
        r = unit * big * rng.uniform(0.8, 1.15)
        colour = mix(times(vary(rng, rng.choice(palette), 0.12), 0.82), glow, fog * 0.7)
        sketch.dot(px, py, r, r * 0.92, times(colour, 0.62))
        sketch.dot(px - r * 0.08, py - r * 0.14, r * 0.8, r * 0.7, colour)
        if r > 3:
            sketch.dot(px - r * 0.2, py - r * 0.36, r * 0.3, r * 0.22, mix(colour, (255, 240, 214), 0.42))
    board = [(x0, y + 0.08, z0), (x1, y + 0.2, z0), (x1, y + 0.08, z0), (x0, y - 0.04, z0)]
    sketch.shape(camera.spots(board), wood)
    sketch.shape(camera.spots(upwall(x0, z0, z0 + 0.64, y - 0.06, y + 0.06)), times(wood, 0.85))


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "market_stalls": market_stalls,
}
