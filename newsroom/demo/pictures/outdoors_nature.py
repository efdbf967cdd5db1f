"""Mountains, fields and woods."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageFilter

from .camera import Camera
from .canvas import HEIGHT, WIDTH, Canvas, Stencil, upright
from .land import ground, ridge, slope, treeline
from .noise import fractal, plane
from .plants import conifers, crown, grass, trunk
from .rooms import Look, develop
from .sketch import Sketch
from .skies import Light, haze_band, hour, lit, rays, sky
from .tones import Colour, Stop, curve, mix, times, tint, vary

LEAVES: tuple[Stop, ...] = (
    (0.0, (62, 70, 44)),
    (0.22, (96, 92, 48)),
    (0.42, (158, 118, 50)),
    (0.6, (176, 92, 44)),
    (0.78, (150, 60, 40)),
    (1.0, (196, 150, 66)),
)


def mountains_autumn(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Ridge behind ridge, the near ones in the colours of the leaves, mist between them."""
    light = hour(rng, "morning", "golden", "noon")
    line = round(HEIGHT * rng.uniform(0.46, 0.54))
    canvas = Canvas(rng, sky(rng, light, line))
    layers = rng.randint(4, 5)
    for layer in range(layers):
        share = layer / layers
        base = line - 0.1 * HEIGHT + (0.44 * HEIGHT) * share**1.25
        heights = ridge(rng, base, HEIGHT * rng.uniform(0.11, 0.17), lean=rng.uniform(-0.1, 0.1) * HEIGHT)
        mist = 0.78 * (1 - share) ** 1.1
        shade = [
            (0.0, lit((26, 30, 38), light, 0.2)),
            (0.5, (128, 126, 122)),
            (1.0, mix((214, 206, 190), light.sun, 0.5)),
        ]
        slope(
            canvas,
            heights,
            shade,
            side=light.side,
            cell=70 + 50 * share,
            depth=0.42 * HEIGHT,
            fog=(light.haze, mist, min(1.0, mist + 0.42)),
            cover=_faded(LEAVES, share),
            crowns=2.2 + 4.2 * share,
        )
        haze_band(canvas, light.haze, base + 0.16 * HEIGHT, 0.1 * HEIGHT, 0.42 * (1 - share))
    _near_leaves(canvas, light)
    return develop(canvas, size, Look(warmth=0.25, contrast=0.42, saturation=0.8, vignette=0.28, bloom=0.4))


def _faded(stops: tuple[Stop, ...], share: float) -> list[Stop]:
    """Leaves far away turn towards the green of firs."""
    return [(place, mix((74, 82, 66), colour, 0.35 + 0.6 * share)) for place, colour in stops]


def _near_leaves(canvas: Canvas, light: Light) -> None:
    rng = canvas.rng
    for _ in range(26):
        x = rng.uniform(-0.05, 1.05) * WIDTH
        size = rng.uniform(0.05, 0.1) * WIDTH
        tone = rng.choice(
            ((168, 84, 42), (150, 58, 40), (186, 132, 54), (84, 88, 52), (108, 92, 50), (60, 72, 50))
        )
        colours = (
            times(lit(tone, light, 0.1), 0.45),
            lit(tone, light, 0.6),
            times(lit(tone, light, 1.0), 1.35),
        )
        y = HEIGHT * (1.0 + rng.uniform(-0.05, 0.06)) - 0.06 * HEIGHT * abs(x / WIDTH - 0.5)
        crown(canvas, x, y, size, size * rng.uniform(0.8, 1.2), colours, side=light.side, leaf=4.0, blur=0.7)


def mountains_snow(rng: Random, size: tuple[int, int]) -> Image.Image:
    """A white range, blue in the shade, dark firs below it."""
    light = hour(rng, "noon", "morning", "golden")
    line = round(HEIGHT * 0.52)
    canvas = Canvas(rng, sky(rng, light, line))
    white, blue = mix((250, 250, 252), light.sun, 0.35), mix((104, 128, 164), light.ambient, 0.3)
    stops = [
        (0.0, (72, 84, 106)),
        (0.14, (104, 122, 152)),
        (0.34, blue),
        (0.52, (190, 206, 226)),
        (0.7, white),
    ]
    for share, rise, relief in ((0.0, 0.14, 0.18), (0.45, 0.06, 0.3), (0.8, -0.12, 0.16)):
        lean = rng.uniform(-0.12, 0.12) * HEIGHT
        heights = ridge(rng, line - rise * HEIGHT, relief * HEIGHT, rough=0.56, lean=lean)
        fog = (light.haze, 0.55 * (1 - share), 0.85 * (1 - share * 0.6))
        slope(canvas, heights, stops, side=light.side, cell=110, depth=0.55 * HEIGHT, fog=fog, ribs=0.4)
        haze_band(canvas, light.haze, line + (share - 0.1) * 0.3 * HEIGHT, 0.1 * HEIGHT, 0.5 * (1 - share))
    for step in range(3):
        _firs(canvas, light, step)
    return develop(canvas, size, Look(warmth=-0.02, contrast=0.4, saturation=0.74, vignette=0.25, bloom=0.3))


def _firs(canvas: Canvas, light: Light, step: int) -> None:
    """A field of snow with firs on it; `step` 0 is the farthest of three."""
    rng = canvas.rng
    heights = ridge(rng, HEIGHT * (0.78 + 0.09 * step), 0.07 * HEIGHT)
    snow, fog = (
        [(0, (150, 166, 194)), (0.5, (208, 218, 232)), (1, (250, 250, 252))],
        (light.haze, 0.2 * (2 - step), 0.1),
    )
    slope(canvas, heights, snow, side=light.side, cell=240, depth=0.3 * HEIGHT, fog=fog)
    feet = []
    for _ in range(34 - step * 9):
        x = rng.uniform(0, WIDTH)
        feet.append((x, heights[min(len(heights) - 1, int(x / 4))] + rng.uniform(0.0, 0.03) * HEIGHT))
    feet.sort(key=lambda place: place[1])
    tone = mix((40, 54, 58), light.haze, 0.34 - 0.15 * step)
    conifers(canvas, feet, HEIGHT * (0.07 + 0.05 * step), tone, side=light.side, snow=0.34)


def rice_field(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Paddies up to the foot of the hills: green or ripe, with dykes and a lane."""
    light = hour(rng, "morning", "noon", "golden")
    line = round(HEIGHT * rng.uniform(0.4, 0.48))
    canvas = Canvas(rng, sky(rng, light, line))
    for share, rise in ((0.0, 0.09), (0.4, 0.05), (0.75, 0.015)):
        heights = ridge(rng, line - rise * HEIGHT, 0.1 * HEIGHT * (1 - share * 0.5))
        shade = [(0.0, lit((30, 40, 40), light, 0.2)), (0.5, (126, 128, 122)), (1.0, (206, 204, 180))]
        slope(
            canvas,
            heights,
            shade,
            side=light.side,
            cell=46,
            depth=line + 2 - max(heights),
            fog=(light.haze, 0.75 - 0.55 * share, 0.92 - 0.4 * share),
            cover=[(0, (58, 72, 54)), (0.5, (84, 94, 62)), (1, (120, 112, 70))],
            crowns=2.2,
        )
    treeline(
        canvas,
        ridge(rng, line, 0.008 * HEIGHT),
        lit((62, 76, 52), light, 0.5),
        size=0.012 * HEIGHT,
        haze=(light.haze, 0.35),
        side=light.side,
        foot=8,
    )
    ripe = vary(rng, rng.choice(((190, 158, 74), (172, 160, 84), (136, 146, 74))), 0.06)
    _paddies(canvas, line, light, ripe)
    grass(
        canvas,
        HEIGHT + 8,
        0.15 * HEIGHT,
        (times(lit(ripe, light, 0.2), 0.6), lit(ripe, light, 0.9)),
        300,
        2.4,
    )
    return develop(canvas, size, Look(warmth=0.2, contrast=0.4, saturation=0.8, vignette=0.28, bloom=0.35))


def _paddies(canvas: Canvas, line: int, light: Light, ripe: Colour) -> None:
    """Fields of slightly different ripeness between dykes, seen from a low hill, and a lane through them."""
    rng, deep = canvas.rng, HEIGHT - line
    camera = Camera(
        rng.uniform(7.5, 10), WIDTH * 0.95, line, WIDTH / 2, yaw=rng.choice((-1, 1)) * rng.uniform(0.2, 0.42)
    )
    dyke = lit((92, 100, 62), light, 0.5)
    own = lit(ripe, light, 0.8)
    ground(canvas, line, [(0, light.haze), (0.12, mix(own, light.haze, 0.5)), (1, own)], cell=3.0, rough=0.2)
    sketch = Sketch(canvas)
    for row in range(26, -3, -1):
        for column in range(-24, 25):
            x, z = column * 26.0 + (13 if row % 3 == 0 else 0), 6.0 + row * 30.0
            area = [(x + 0.5, z + 29.4), (x + 25.5, z + 29.4), (x + 25.5, z), (x + 0.5, z)]
            border = [(x - 0.5, z + 30.4), (x + 26.5, z + 30.4), (x + 26.5, z), (x - 0.5, z)]
            _field(sketch, camera, border, mix(dyke, light.haze, min(0.72, (max(z, 0) / 900) ** 0.8)))
            tone = mix(
                vary(rng, lit(ripe, light, 0.85), 0.09),
                lit((120, 136, 70), light, 0.8),
                max(0.0, rng.uniform(-0.5, 0.6)),
            )
            _field(sketch, camera, area, mix(tone, light.haze, min(0.72, (max(z, 0) / 900) ** 0.8)))
    lane = lit((186, 174, 154), light, 0.85)
    for row in range(60, -3, -1):
        z = 5.0 + row * 14.0
        _field(
            sketch,
            camera,
            [(-3.6, z + 14), (0.2, z + 14), (0.2, z), (-3.6, z)],
            mix(lane, light.haze, min(0.8, (max(z, 0) / 900) ** 0.8)),
        )
    sketch.done()
    canvas.image = canvas.image.filter(ImageFilter.GaussianBlur(0.7))
    canvas.texture(plane(rng, (WIDTH, deep), cell=2.4, octaves=3), 0.3, (0, line))
    canvas.texture(plane(rng, (WIDTH, deep), cell=14, stretch=2.0, octaves=2), 0.2, (0, line))
    clouds = fractal(rng, (WIDTH // 8, deep // 8), 30, 2, stretch=4).resize(
        (WIDTH, deep), Image.Resampling.BICUBIC
    )
    canvas.multiply(clouds.point(curve((60, 196), (140, 255))), (0, line))


def _field(sketch: Sketch, camera: Camera, area: list[tuple[float, float]], colour: Colour) -> None:
    """A level piece of land by its corners (x, z), unless it reaches behind the viewer."""
    turned = [x * math.sin(camera.yaw) + z * math.cos(camera.yaw) for x, z in area]
    if min(turned) > 1.5:
        sketch.shape([camera.at(x, 0, z) for x, z in area], colour)


def forest_path(rng: Random, size: tuple[int, int]) -> Image.Image:
    """A path between tall trunks, the light falling in from one side."""
    autumn = rng.random() < 0.5
    light = hour(rng, "morning", "golden")
    glow = mix(light.sun, (236, 226, 170) if autumn else (214, 226, 170), 0.5)
    canvas = Canvas(rng, (150, 160, 130))
    back = fractal(rng, (WIDTH // 3, HEIGHT // 3), 60, 4).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    tops = (
        [(0, (60, 76, 48)), (0.5, (132, 146, 84)), (1, (228, 230, 176))]
        if not autumn
        else [(0, (88, 78, 44)), (0.5, (176, 140, 70)), (1, (240, 222, 164))]
    )
    canvas.image.paste(tint(back, tops))
    line, vanish = round(HEIGHT * 0.56), WIDTH * rng.uniform(0.42, 0.58)
    canvas.glow(vanish, line - 0.12 * HEIGHT, 0.62 * WIDTH, times(glow, 0.75), 1.6)
    litter = (150, 112, 62) if autumn else (104, 104, 60)
    ground(
        canvas,
        line,
        [(0, mix(litter, glow, 0.6)), (0.35, litter), (1, times(litter, 0.42))],
        cell=6.0,
        stretch=1.4,
        rough=0.9,
    )
    _path(canvas, line, vanish, light)
    for layer in range(5):
        _stand(canvas, layer, line, vanish, glow, light, autumn)
        if layer < 3:
            haze_band(canvas, mix(glow, litter, 0.3), line, 0.16 * HEIGHT, 0.55 - 0.15 * layer)
    rays(canvas, WIDTH * (0.18 if light.side < 0 else 0.82), -0.15 * HEIGHT, glow, 0.6)
    for side in (-1, 1):
        for _ in range(7):
            x = WIDTH * (0.5 + side * rng.uniform(0.34, 0.56))
            tone = (126, 96, 44) if autumn else (70, 90, 44)
            crown(
                canvas,
                x,
                HEIGHT * rng.uniform(0.9, 1.05),
                0.1 * WIDTH,
                0.1 * HEIGHT,
                (times(tone, 0.25), times(tone, 0.6), times(tone, 1.3)),
                blur=2.2,
                leaf=7,
                side=light.side,
            )
    canvas.multiply(upright((WIDTH, HEIGHT), (0, 205), (0.4, 255), (1, 235)))
    return develop(
        canvas, size, Look(warmth=0.2, contrast=0.5, saturation=0.76, vignette=0.42, bloom=0.7, threshold=190)
    )


def _path(canvas: Canvas, line: int, vanish: float, light: Light) -> None:
    rng = canvas.rng
    bend, sway = rng.uniform(-0.14, 0.14) * WIDTH, rng.uniform(-0.06, 0.06) * WIDTH
    left, right = [], []
    for step in range(25):
        share = (step / 24) ** 2
        y = line + 3 + (HEIGHT - line) * share
        x = vanish + bend * (share**0.5) * (1 - share) * 2 + sway * share
        half = 3 + 0.2 * WIDTH * share
        left.append((x - half * rng.uniform(0.94, 1.06), y))
        right.append((x + half * rng.uniform(0.94, 1.06), y))
    stencil = Stencil().polygon(left + right[::-1])
    canvas.stamp(stencil, mix((188, 166, 130), light.sun, 0.2), alpha=0.72, blur=4)
    dapple = plane(rng, (WIDTH, HEIGHT - line), cell=16, stretch=3.0, octaves=3).point(
        curve((90, 110), (170, 255))
    )
    canvas.multiply(dapple, (0, line))


def _stand(
    canvas: Canvas, layer: int, line: int, vanish: float, glow: Colour, light: Light, autumn: bool
) -> None:
    """One depth of trees; the far ones pale in the light, the near ones dark."""
    rng, near = canvas.rng, layer / 4
    foot = line + 0.04 * HEIGHT + (HEIGHT * 0.36) * near**1.7
    gap = (0.035 + 0.36 * near**1.3) * WIDTH
    for _ in range(16 - 3 * layer):
        side = rng.choice((-1, 1))
        x = vanish + side * (gap + rng.random() ** 1.2 * WIDTH * 0.62)
        if -60 < x < WIDTH + 60:
            bark = mix(vary(rng, (72, 60, 48), 0.15), glow, 0.72 * (1 - near) ** 1.1)
            wide = (0.007 + 0.04 * near**1.4) * WIDTH * rng.uniform(0.6, 1.2)
            trunk(
                canvas,
                x,
                foot + rng.uniform(-4, 14) * (1 + near),
                -20,
                wide,
                bark,
                side=light.side,
                blur=0.6 if near < 0.9 else 1.6,
                lean=rng.uniform(-14, 14),
            )
    tone = (170, 124, 56) if autumn else (92, 116, 58)
    for _ in range(9):
        leaf = mix(vary(rng, tone, 0.15), glow, 0.6 * (1 - near))
        x, y = rng.uniform(0, WIDTH), rng.uniform(-0.1, 0.26 - 0.14 * near) * HEIGHT
        crown(
            canvas,
            x,
            y,
            0.13 * WIDTH,
            0.12 * HEIGHT,
            (times(leaf, 0.5), leaf, times(leaf, 1.3)),
            side=light.side,
            leaf=3.5 + 3 * near,
            blur=0.8 + near,
            dense=0.5,
        )


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "mountains_autumn": mountains_autumn,
    "mountains_snow": mountains_snow,
    "rice_field": rice_field,
    "forest_path": forest_path,
}
