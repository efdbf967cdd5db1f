"""Where work is done out of doors: factory, wind and sun, dam, building site, airport."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageFilter

from .boats import lit
from .camera import Camera
from .canvas import HEIGHT, WIDTH, Canvas, Point, Stencil, rounded, upright
from .city import House, house
from .land import ground, ridge, slope, treeline, water
from .lights import lamp, smoke
from .noise import fractal, plane
from .plants import grass
from .rooms import MIL, Look, develop
from .skies import Light, haze_band, hour, sky
from .sketch import Sketch, inner
from .tones import Colour, curve, mix, times, tint, vary

Steps = tuple[tuple[float, float], ...]


def hills(canvas: Canvas, light: Light, line: float, rises: Steps = ((0.09, 0.1), (0.04, 0.07)), foot: float = 1.0) -> list[float]:
    """Wooded ridges down to a line; the skyline of the nearest."""
    heights: list[float] = []
    for index, (rise, relief) in enumerate(rises):
        share = (index + 1) / (len(rises) + 0.6)
        heights = [min(line - 1, y) for y in ridge(canvas.rng, line - rise * HEIGHT, relief * HEIGHT, lean=canvas.rng.uniform(-0.04, 0.04) * HEIGHT)]
        shade = [(0.0, lit((30, 40, 42), light, 0.2)), (0.5, lit((118, 122, 116), light, 0.8)), (1.0, lit((212, 208, 188), light, 1.0))]
        slope(canvas, heights, shade, side=light.side, cell=54, depth=max(4, line + 2 - max(heights)), crowns=2.0 + share * 1.6,
              fog=(light.haze, 0.78 - 0.62 * share, min(0.95, 0.78 - 0.62 * share + 0.24) * foot),
              cover=[(0.0, (54, 70, 54)), (0.5, (82, 96, 66)), (1.0, (126, 122, 80))])  # fmt: skip
    return heights


def factory(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Halls, tanks and chimneys in a low light, steam going with the wind."""
    light = hour(rng, "golden", "morning", "grey", "dusk")
    canal = rng.random() < 0.55
    line = round(HEIGHT * (rng.uniform(0.58, 0.64) if canal else rng.uniform(0.7, 0.76)))
    canvas = Canvas(rng, sky(rng, light, line))
    hills(canvas, light, line, ((0.06, 0.07),))
    haze_band(canvas, light.haze, line, 0.12 * HEIGHT, 0.55)
    lean = rng.choice((-1, 1)) * rng.uniform(0.35, 0.8)
    for depth, fog in ((560.0, 0.42), (300.0, 0.2)):
        _chimneys(canvas, light, line, depth, fog, lean)
        _halls(canvas, light, line, depth, fog)
    _tanks(canvas, light, line)
    floor = lit((112, 110, 106), light, 0.6)
    ground(canvas, line + round(0.03 * HEIGHT), [(0, mix(floor, light.haze, 0.3)), (1, times(floor, 0.62))], cell=5, stretch=2.0, rough=0.35)
    edge = line + round(0.055 * HEIGHT)
    treeline(canvas, ridge(rng, edge, 0.01 * HEIGHT), lit((62, 72, 52), light, 0.5), size=0.014 * HEIGHT, haze=(light.haze, 0.15), side=light.side, foot=8)
    if canal:
        canvas.polygon([(0, edge + 8), (WIDTH, edge + 8), (WIDTH, edge + 20), (0, edge + 20)], lit((150, 146, 138), light, 0.5))
        water(canvas, edge + 18, lit((60, 78, 84), light, 0.4), calm=0.78, clear=0.9)
    else:
        grass(canvas, HEIGHT + 6, 0.14 * HEIGHT, (lit((60, 66, 40), light, 0.3), lit((156, 142, 92), light, 0.9)), 420, 2.2)
    if light.dark:
        for _ in range(30):
            lamp(canvas, rng.uniform(0, WIDTH), line - rng.uniform(-0.02, 0.12) * HEIGHT, rng.uniform(0.8, 1.5), (255, 220, 160), 9)
    look = Look(warmth=0.15, contrast=0.42, saturation=0.76, vignette=0.3, bloom=0.5, threshold=180 if light.dark else 205)
    return develop(canvas, size, look)


def _chimneys(canvas: Canvas, light: Light, line: int, depth: float, fog: float, lean: float) -> None:
    rng, camera = canvas.rng, Camera(14, WIDTH * 1.3, line, WIDTH / 2)
    for _ in range(rng.randint(2, 3)):
        x, tall = rng.uniform(-0.34, 0.34) * depth, rng.uniform(70, 120)
        top, foot = camera.at(x, tall, depth), camera.at(x, 0, depth)
        half = camera.scale(depth) * rng.uniform(2.4, 3.6)
        shaft = [(top[0] - half * 0.6, top[1]), (top[0] + half * 0.6, top[1]), (foot[0] + half, foot[1]), (foot[0] - half, foot[1])]
        canvas.model(Stencil().polygon(shaft), mix(lit((182, 176, 168), light, 0.7), light.haze, fog), side=light.side, depth=max(2.0, half * 0.6), contrast=1.2)
        for band in (0.02, 0.12):
            tone = mix(lit((156, 62, 52), light, 0.7), light.haze, fog)
            canvas.polygon(inner(shaft, 0, 1, band, band + 0.05), tone, 0.85, 0.5)
        shades = (mix(light.cloud_shade, light.haze, 0.3), mix(light.cloud, light.sun, 0.3))
        smoke(canvas, top[0], top[1] - 2, rng.uniform(0.26, 0.4) * HEIGHT, lean=lean, colours=shades, width=half * 2.2)


def _halls(canvas: Canvas, light: Light, line: int, depth: float, fog: float) -> None:
    rng, camera, sketch = canvas.rng, Camera(14, WIDTH * 1.3, line, WIDTH / 2), Sketch(canvas)
    x = -0.5 * depth
    while x < 0.5 * depth:
        width, tall = rng.uniform(36, 90), rng.uniform(16, 34)
        wall = vary(rng, rng.choice(((176, 178, 178), (150, 160, 168), (186, 178, 164), (128, 138, 146))), 0.08)
        z = depth + rng.uniform(-20, 30)
        _hall(sketch, rng, camera, light, House(x, z, width, 40, tall, wall=wall), fog)
        x += width + rng.uniform(-8, 26)
    sketch.done()


def _hall(sketch: Sketch, rng: Random, camera: Camera, light: Light, one: House, fog: float) -> None:
    """A shed of ribbed sheet: strips of light, gates, a row of saw teeth or vents on the roof."""
    def seen(colour: Colour) -> Colour:
        return mix(colour, light.haze, fog)

    house(sketch, rng, camera, light, House(one.x, one.z, one.width, one.depth, one.height, "none", one.wall), fog, 0.0)
    quad = [camera.at(one.x, one.height, one.z), camera.at(one.x + one.width, one.height, one.z), camera.at(one.x + one.width, 0, one.z), camera.at(one.x, 0, one.z)]
    wall = lit(one.wall, light, 0.62)
    ribs = round(one.width / 1.6)
    for rib in range(ribs):
        sketch.shape(inner(quad, rib / ribs, (rib + 0.35) / ribs, 0, 1), seen(times(wall, 0.93)))
    panes = mix(lit((96, 112, 124), light, 0.6), (255, 214, 150) if light.dark else light.middle, 0.4)
    for pane in range(round(one.width / 6)):
        step = 6 / one.width
        sketch.shape(inner(quad, pane * step + 0.01, (pane + 0.8) * step, 0.16, 0.26), seen(vary(rng, panes, 0.12)))
    for _ in range(2):
        place = rng.uniform(0.05, 0.85)
        sketch.shape(inner(quad, place, place + 7 / one.width, 1 - 6 / one.height, 1), seen(times(wall, 0.5)))
    kind = rng.random()
    teeth = round(one.width / 9)
    for tooth in range(teeth):
        a, b = camera.at(one.x + tooth * 9, one.height, one.z), camera.at(one.x + (tooth + 1) * 9, one.height, one.z)
        if kind < 0.4:
            sketch.shape([a, (b[0], b[1] - 4 * camera.scale(one.z)), b], seen(times(wall, 1.12 if light.side < 0 else 0.8)))
        elif kind < 0.8 and tooth % 2:
            side = 2 * camera.scale(one.z)
            sketch.shape([(a[0], a[1] - side), (a[0] + side * 1.4, a[1] - side), (a[0] + side * 1.4, a[1]), a], seen(times(wall, 0.8)))


def _tanks(canvas: Canvas, light: Light, line: int) -> None:
    rng, camera, z = canvas.rng, Camera(14, WIDTH * 1.3, line, WIDTH / 2), 236.0
    x = rng.uniform(-0.36, 0.0) * z
    for _ in range(rng.randint(3, 5)):
        radius, tall = rng.uniform(8, 13), rng.uniform(14, 24)
        top, foot, half = camera.at(x, tall, z), camera.at(x, 0, z), radius * camera.scale(z)
        body = Stencil().polygon([(top[0] - half, top[1]), (top[0] + half, top[1]), (foot[0] + half, foot[1] + 2), (foot[0] - half, foot[1] + 2)])
        body.ellipse(top[0], top[1], half, half * 0.16)
        tone = mix(lit(vary(rng, (204, 204, 198), 0.06), light, 0.8), light.haze, 0.14)
        canvas.model(body, tone, side=light.side, depth=half * 0.34, contrast=1.3, rough=0.12)
        pipes = Stencil().line([(foot[0] - half, foot[1] - 0.3 * half), (foot[0] + half * 3, foot[1] - 0.3 * half)], 2)
        pipes.line([(top[0] + half * 0.7, top[1]), (top[0] + half * 0.7, foot[1])], 1.4)
        canvas.stamp(pipes, times(tone, 0.55), alpha=0.8)
        x += radius * 2 + rng.uniform(3, 12)


def wind_turbines(rng: Random, size: tuple[int, int]) -> Image.Image:
    """White turbines along a ridge, the far ones pale."""
    light = hour(rng, "morning", "noon", "golden")
    line = round(HEIGHT * rng.uniform(0.6, 0.68))
    canvas = Canvas(rng, sky(rng, light, line))
    placed: list[tuple[list[float], float, float, int]] = []
    for share, base, tall, count in ((0.1, -0.02, 0.17, 5), (0.5, 0.06, 0.3, 4), (0.85, 0.16, 0.56, 2)):
        heights = ridge(rng, line + base * HEIGHT, 0.1 * HEIGHT, lean=rng.uniform(-0.04, 0.04) * HEIGHT)
        placed.append((heights, share, tall, count))
    for heights, share, tall, count in placed:
        start = rng.uniform(0.05, 0.25)
        for index in range(count):
            x = WIDTH * (start + index * (0.92 / count) * rng.uniform(0.9, 1.1))
            foot = heights[max(0, min(len(heights) - 1, int(x / 4)))] + 4
            _turbine(canvas, light, x, foot, tall * HEIGHT * rng.uniform(0.92, 1.06), 0.62 * (1 - share))
        shade = [(0.0, lit((32, 42, 36), light, 0.2)), (0.5, lit((122, 124, 108), light, 0.85)), (1.0, lit((222, 214, 176), light, 1.0))]
        slope(canvas, heights, shade, side=light.side, cell=90, depth=0.5 * HEIGHT, fog=(light.haze, 0.66 * (1 - share), 0.8 * (1 - share)),
              cover=[(0.0, (70, 84, 52)), (0.5, (112, 118, 70)), (1.0, (152, 142, 88))], crowns=2 + 2 * share)  # fmt: skip
    grass(canvas, HEIGHT + 6, 0.09 * HEIGHT, (lit((60, 72, 40), light, 0.3), lit((150, 144, 88), light, 0.9)), 320, 2.0)
    return develop(canvas, size, Look(warmth=0.15, contrast=0.38, saturation=0.78, vignette=0.24, bloom=0.4))


def _turbine(canvas: Canvas, light: Light, x: float, foot: float, tall: float, fog: float) -> None:
    rng, hub = canvas.rng, foot - tall
    white = mix(lit((238, 238, 236), light, 0.92), light.haze, fog)
    half = max(0.9, tall * 0.011)
    canvas.model(Stencil().polygon([(x - half * 0.55, hub), (x + half * 0.55, hub), (x + half, foot), (x - half, foot)]), white, side=light.side, depth=max(0.8, half * 0.6))
    turn, narrow = rng.uniform(0, 2.09), rng.uniform(0.55, 1.0)
    blades = Stencil()
    for index in range(3):
        angle = turn + index * 2.094
        dx, dy = math.cos(angle) * narrow, math.sin(angle)
        tip = (x + dx * tall * 0.62, hub + dy * tall * 0.62)
        mid = (x + dx * tall * 0.13 - dy * tall * 0.018, hub + dy * tall * 0.13 + dx * tall * 0.018)
        blades.polygon([(x - dy * half * 0.5, hub + dx * half * 0.5), mid, tip, (x + dy * half * 0.5, hub - dx * half * 0.5)])
    canvas.model(blades, white, side=light.side, depth=max(0.7, half * 0.4), contrast=0.8)
    canvas.model(Stencil().ellipse(x, hub, half * 1.5, half * 1.3), times(white, 0.96), side=light.side, depth=max(0.7, half * 0.5))


def solar_farm(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Rows of tilted panels on a slope, the sky in their glass."""
    light = hour(rng, "noon", "morning", "golden")
    line = round(HEIGHT * rng.uniform(0.38, 0.44))
    canvas = Canvas(rng, sky(rng, light, line))
    hills(canvas, light, line, ((0.1, 0.1), (0.05, 0.07)))
    land = lit((124, 126, 76), light, 0.8)
    ground(canvas, line, [(0, mix(land, light.haze, 0.5)), (1, times(land, 0.7))], cell=4, stretch=1.4, rough=0.6)
    camera = Camera(5.2, WIDTH * 0.9, line, WIDTH / 2, yaw=rng.choice((-1, 1)) * rng.uniform(0.24, 0.5))
    sketch = Sketch(canvas)
    for row in range(34, -1, -1):
        z = 6.0 + row * 7.5
        for column in range(-30, 31):
            _panel(sketch, rng, camera, light, column * 8.4, z)
    sketch.done()
    canvas.texture(plane(rng, (WIDTH, HEIGHT - line), cell=10, stretch=2.5, octaves=2), 0.1, (0, line))
    haze_band(canvas, light.haze, line + 4, 0.06 * HEIGHT, 0.4)
    grass(canvas, HEIGHT + 6, 0.08 * HEIGHT, (lit((60, 70, 40), light, 0.3), lit((140, 142, 84), light, 0.9)), 260, 2.4)
    return develop(canvas, size, Look(warmth=0.12, contrast=0.42, saturation=0.78, vignette=0.26, bloom=0.45))


def _panel(sketch: Sketch, rng: Random, camera: Camera, light: Light, x: float, z: float) -> None:
    """One table of modules, tilted towards the viewer's side, with its legs and its shadow."""
    deep = x * math.sin(camera.yaw) + z * math.cos(camera.yaw)
    if deep < 5 or deep > 260 or abs(camera.at(x + 4, 1, z)[0] - WIDTH / 2) > WIDTH * 0.62 + camera.scale(deep) * 8:
        return
    fog = min(0.7, (deep / 330) ** 0.8)
    quad = [camera.at(x, 2.9, z + 3.2), camera.at(x + 8.1, 2.9, z + 3.2), camera.at(x + 8.1, 0.9, z), camera.at(x, 0.9, z)]
    shadow = [camera.at(x, 0, z + 3.4), camera.at(x + 8.1, 0, z + 3.4), camera.at(x + 8.1, 0, z + 0.4), camera.at(x, 0, z + 0.4)]
    sketch.shape(shadow, mix(lit((70, 74, 52), light, 0.1), light.haze, fog))
    for leg in (0.8, 7.2):
        sketch.line([camera.at(x + leg, 0, z + 0.4), camera.at(x + leg, 1.1, z + 0.4)], mix((120, 122, 122), light.haze, fog), max(0.5, camera.scale(deep) * 0.08))
    glass = mix((34, 52, 86), light.middle, 0.26 + rng.uniform(-0.04, 0.05))
    sketch.shape(quad, mix((186, 192, 198), light.haze, fog))
    cells = 8 if deep < 60 else 4 if deep < 120 else 1
    for column in range(cells):
        for half in (0.0, 0.5):
            part = inner(quad, (column + 0.05) / cells, (column + 0.95) / cells, half + 0.02, half + 0.48)
            shine = 0.24 * (1 - half) + rng.uniform(0, 0.05)
            sketch.shape(part, mix(mix(glass, light.horizon, shine), light.haze, fog))
    if deep < 26:
        for step in range(1, 48):
            sketch.line(inner(quad, step / 48, step / 48, 0.02, 0.98)[1:3], mix(glass, (150, 170, 196), 0.25), 0.35)


def river_dam(rng: Random, size: tuple[int, int]) -> Image.Image:
    """A wall of concrete between wooded slopes, water falling through its gates."""
    light = hour(rng, "noon", "morning", "grey")
    line = round(HEIGHT * 0.36)
    canvas = Canvas(rng, sky(rng, light, line))
    hills(canvas, light, round(HEIGHT * 0.5), ((0.22, 0.14), (0.15, 0.1)), foot=0.7)
    top, foot = HEIGHT * rng.uniform(0.34, 0.38), HEIGHT * 0.72
    _dam_wall(canvas, light, top, foot)
    for side in (-1, 1):
        edge = [(WIDTH * (0.5 + side * 0.56), top - 0.24 * HEIGHT)]
        for step in range(1, 13):
            share = step / 12
            edge.append((WIDTH * (0.5 + side * (0.5 - 0.2 * share + rng.uniform(-0.01, 0.01))), top - 0.24 * HEIGHT + share * (foot - top + 0.36 * HEIGHT)))
        bank = Stencil().polygon([*edge, (WIDTH * (0.5 + side * 0.62), HEIGHT)])
        forms = Image.blend(fractal(rng, (WIDTH // 2, HEIGHT // 2), 40, 5), fractal(rng, (WIDTH // 2, HEIGHT // 2), 4, 2), 0.4)
        green = tint(forms.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), [(0.1, lit((24, 34, 28), light, 0.2)), (0.55, lit((72, 88, 56), light, 0.7)), (1, lit((150, 152, 96), light, 1))])
        canvas.stamp(bank, green, blur=1.0)
    water(canvas, round(foot), lit((84, 112, 110), light, 0.5), calm=0.3, clear=0.55, cell=6)
    foam = plane(rng, (WIDTH, HEIGHT - round(foot)), cell=7, stretch=3, octaves=4).point(curve((120, 0), (190, 230)))
    canvas.veil((236, 242, 242), foam.point([value * 6 // 10 for value in range(256)]), (0, round(foot)))
    haze_band(canvas, (232, 238, 240), foot, 0.11 * HEIGHT, 0.85)
    return develop(canvas, size, Look(warmth=0.05, contrast=0.42, saturation=0.76, vignette=0.3, bloom=0.4))


def _dam_wall(canvas: Canvas, light: Light, top: float, foot: float) -> None:
    rng = canvas.rng
    left, right = 0.1 * WIDTH, 0.9 * WIDTH
    stone = lit((176, 172, 164), light, 0.75)
    wall = Image.new("RGB", (WIDTH, HEIGHT), stone)
    stains = fractal(rng, (WIDTH // 2, HEIGHT // 8), 9, 4).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    scratch = Canvas(rng, wall)
    scratch.texture(stains, 0.32)
    scratch.multiply(upright((WIDTH, HEIGHT), (0, 255), (top / HEIGHT, 255), (foot / HEIGHT, 176), (1, 170)))
    canvas.polygon([(left, top), (right, top), (right + 0.02 * WIDTH, foot + 8), (left - 0.02 * WIDTH, foot + 8)], scratch.image)
    gates = 7
    fall = fractal(rng, (WIDTH, 60), 5, 3).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    foam = tint(fall, [(0.1, lit((150, 172, 178), light, 0.6)), (0.6, lit((236, 242, 242), light, 0.9)), (1, (255, 255, 255))])
    for gate in range(gates):
        x0 = left + (right - left) * (gate + 0.16) / gates
        x1 = left + (right - left) * (gate + 0.84) / gates
        canvas.polygon([(x0, top + 0.02 * HEIGHT), (x1, top + 0.02 * HEIGHT), (x1, top + 0.1 * HEIGHT), (x0, top + 0.1 * HEIGHT)], lit((60, 72, 78), light, 0.5))
        canvas.polygon([(x0, top + 0.02 * HEIGHT), (x1, top + 0.02 * HEIGHT), (x1, top + 0.055 * HEIGHT), (x0, top + 0.055 * HEIGHT)], lit((96, 128, 130), light, 0.7))
        if 1 <= gate <= 5:
            canvas.polygon([(x0 + 3, top + 0.085 * HEIGHT), (x1 - 3, top + 0.085 * HEIGHT), (x1 + 6, foot + 6), (x0 - 6, foot + 6)], foam, 0.96, 1.6)
        pier = Stencil().polygon([(x1 + 2, top - 0.05 * HEIGHT), (x1 + 0.022 * WIDTH, top - 0.05 * HEIGHT), (x1 + 0.03 * WIDTH, foot), (x1 + 2, foot)])
        canvas.model(pier, lit((190, 186, 178), light, 0.8), side=light.side, depth=5, rough=0.2)
    canvas.model(Stencil().box(left, top - 0.062 * HEIGHT, right, top - 0.042 * HEIGHT), lit((196, 192, 184), light, 0.85), side=light.side, depth=3)


def construction_site(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Skeletons of concrete with cranes over them."""
    light = hour(rng, "morning", "golden", "noon", "grey")
    line = round(HEIGHT * 0.78)
    canvas = Canvas(rng, sky(rng, light, line))
    hills(canvas, light, line, ((0.12, 0.1),))
    haze_band(canvas, light.haze, line, 0.2 * HEIGHT, 0.5)
    for fog, z, count in ((0.5, 260.0, 4), (0.24, 150.0, 2)):
        for index in range(count):
            x = (index / count - 0.5 + rng.uniform(0.0, 0.16)) * z * 0.95
            _crane(canvas, light, line, (x + rng.uniform(-12, 12), z + 14), rng.uniform(62, 84) * (1 if z > 200 else 0.85), fog)
            _skeleton(canvas, light, line, (x, z), fog)
    mud = lit((142, 124, 100), light, 0.7)
    ground(canvas, line, [(0, mix(mud, light.haze, 0.3)), (1, times(mud, 0.7))], cell=9, stretch=2, rough=0.8)
    fence = Stencil().box(0, line - 0.02 * HEIGHT, WIDTH, line + 0.045 * HEIGHT)
    canvas.model(fence, lit((196, 202, 206), light, 0.8), side=light.side, depth=2)
    bars = Stencil()
    for step in range(60):
        bars.box(step * WIDTH / 60, line - 0.02 * HEIGHT, step * WIDTH / 60 + 1.5, line + 0.045 * HEIGHT)
    canvas.stamp(bars, lit((120, 128, 134), light, 0.5), alpha=0.5)
    return develop(canvas, size, Look(warmth=0.15, contrast=0.42, saturation=0.76, vignette=0.28, bloom=0.45))


def _skeleton(canvas: Canvas, light: Light, line: int, place: tuple[float, float], fog: float) -> None:
    rng, camera, sketch = canvas.rng, Camera(3, WIDTH * 1.3, line, WIDTH / 2, yaw=0.16), Sketch(canvas)
    (x, z), floors, bays = place, rng.randint(8, 15), rng.randint(4, 6)
    stone = mix(lit((176, 170, 160), light, 0.75), light.haze, fog)
    dark = mix(lit((84, 84, 88), light, 0.2), light.haze, fog)
    wide, net = bays * 6.0, mix(lit((88, 124, 118), light, 0.7), light.haze, fog)
    sketch.shape([camera.at(x, floors * 3.4, z), camera.at(x + wide, floors * 3.4, z), camera.at(x + wide, 0, z), camera.at(x, 0, z)], dark)
    for floor in range(floors + 1):
        y = floor * 3.4
        sketch.shape([camera.at(x - 0.6, y, z), camera.at(x + wide + 0.6, y, z), camera.at(x + wide + 0.6, y - 0.5, z), camera.at(x - 0.6, y - 0.5, z)], vary(rng, stone, 0.05))
        for bay in range(bays + 1):
            px = x + bay * 6.0
            reach = 3.4 if floor < floors else 1.4
            sketch.shape([camera.at(px - 0.4, y + reach, z), camera.at(px + 0.4, y + reach, z), camera.at(px + 0.4, y, z), camera.at(px - 0.4, y, z)], times(stone, 0.9))
            if floor < floors * 0.45 and bay < bays and rng.random() < 0.8:
                sketch.shape([camera.at(px + 0.6, y + 2.8, z), camera.at(px + 5.4, y + 2.8, z), camera.at(px + 5.4, y, z), camera.at(px + 0.6, y, z)], vary(rng, times(stone, 0.82), 0.06))
    for floor in range(floors - 3, floors):
        for pole in range(round(wide / 1.5)):
            px = x + pole * 1.5
            sketch.line([camera.at(px, floor * 3.4, z - 1), camera.at(px, floor * 3.4 + 3.4, z - 1)], net, max(0.5, camera.scale(z) * 0.08))
        sketch.line([camera.at(x, floor * 3.4 + 1.7, z - 1), camera.at(x + wide, floor * 3.4 + 1.7, z - 1)], net, 0.7)
    sketch.done()


def _crane(canvas: Canvas, light: Light, line: int, place: tuple[float, float], tall: float, fog: float) -> None:
    rng, camera = canvas.rng, Camera(3, WIDTH * 1.3, line, WIDTH / 2, yaw=0.16)
    (x, z), side = place, canvas.rng.choice((-1, 1))
    tone = mix(lit(rng.choice(((204, 156, 54), (190, 76, 58), (210, 208, 200))), light, 0.8), light.haze, fog)
    thin = max(1.1, camera.scale(z) * 0.26)
    sketch = Sketch(canvas)

    def truss(start: Point, end: Point, wide: float, steps: int) -> None:
        dx, dy = end[0] - start[0], end[1] - start[1]
        length = math.hypot(dx, dy)
        nx, ny = -dy / length * wide, dx / length * wide
        last: Point | None = None
        for sign in (-1, 1):
            sketch.line([(start[0] + nx * sign, start[1] + ny * sign), (end[0] + nx * sign, end[1] + ny * sign)], tone, thin)
        for step in range(steps + 1):
            sign = 1 if step % 2 else -1
            point = (start[0] + dx * step / steps + nx * sign, start[1] + dy * step / steps + ny * sign)
            if last is not None:
                sketch.line([last, point], tone, thin * 0.7)
            last = point

    wide = camera.scale(z) * 1.0
    truss(camera.at(x, 0, z), camera.at(x, tall, z), wide, 34)
    truss(camera.at(x - side * 14, tall, z), camera.at(x + side * 46, tall, z), wide * 0.7, 40)
    top = camera.at(x, tall + 8, z)
    truss(camera.at(x, tall, z), top, wide * 0.6, 4)
    for reach in (-12, 22, 40):
        sketch.line([top, camera.at(x + side * reach, tall + 0.6, z)], tone, thin * 0.6)
    a, b = camera.at(x - side * 14, tall, z), camera.at(x - side * 10, tall - 3.4, z)
    sketch.shape([a, (b[0], a[1]), b, (a[0], b[1])], times(tone, 0.6))
    hook = camera.at(x + side * rng.uniform(18, 38), tall, z)
    sketch.line([hook, (hook[0], hook[1] + camera.scale(z) * rng.uniform(10, 26))], times(tone, 0.5), 0.6)
    sketch.done()


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "factory": factory,
    "wind_turbines": wind_turbines,
    "solar_farm": solar_farm,
    "river_dam": river_dam,
    "construction_site": construction_site,
}
