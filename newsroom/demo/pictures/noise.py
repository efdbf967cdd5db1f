"""Randomness as pictures: grey noise in several octaves, flat or lying in perspective.

Every function takes its own `random.Random`, so the same seed gives the same bytes on every machine.
"""

from __future__ import annotations

from random import Random

from PIL import Image, ImageChops, ImageOps

Size = tuple[int, int]


def white(rng: Random, size: Size) -> Image.Image:
    """Independent grey values, one a pixel."""
    width, height = max(1, size[0]), max(1, size[1])
    return Image.frombytes("L", (width, height), rng.randbytes(width * height))


def fractal(rng: Random, size: Size, cell: float, octaves: int = 4, stretch: float = 1.0) -> Image.Image:
    """Clouds of grey over the full range 0..255.

    `cell` is the size of the largest lump in pixels, `stretch` how many times wider than high it is.
    """
    total = Image.new("L", size, 128)
    for octave in range(octaves):
        high = max(1.0, cell / 2**octave)
        grid = (int(size[0] / (high * stretch)) + 3, int(size[1] / high) + 3)
        layer = white(rng, grid).resize(size, Image.Resampling.BICUBIC)
        total = layer if octave == 0 else Image.blend(total, layer, 1 / (2 + octave * 0.55))
    return ImageOps.autocontrast(total, cutoff=1)


def grain_noise(rng: Random, size: Size) -> Image.Image:
    """Film grain around 128: two rolls of the dice, so that extremes are rare, in lumps of about a pixel."""
    fine = ImageChops.add(white(rng, size), white(rng, size), scale=2)
    coarse = white(rng, (size[0] * 5 // 8, size[1] * 5 // 8)).resize(size, Image.Resampling.BICUBIC)
    return Image.blend(fine, coarse, 0.45)


def plane(rng: Random, size: Size, *, cell: float, stretch: float = 1.0, octaves: int = 4) -> Image.Image:
    """Noise lying on a level plane that starts at the upper edge (the horizon) and comes towards the viewer.

    `cell` is the size in pixels that the finest lump has at the lower edge; flat grey (128) at the horizon.
    """
    total = Image.new("L", size, 128)
    for octave in range(octaves):
        layer = _laid_down(rng, size, cell * 2.4**octave, stretch)
        total = layer if octave == 0 else Image.blend(total, layer, 1 / (2 + octave * 0.35))
    return total.point([max(0, min(255, int(128 + (value - 128) * 1.9))) for value in range(256)])


def _laid_down(rng: Random, size: Size, cell: float, stretch: float) -> Image.Image:
    """One octave: a square of 360 cells reaching as far as a cell is still about three pixels wide."""
    width, height = size
    count = 360
    texture = white(rng, (count, count))
    # A point of the plane at depth 1 is at the lower edge; at depth d it is at height / d below the horizon.
    across = 1 / (cell * stretch)
    depth_cells = height / (cell * 0.42)
    reach = count / depth_cells + 1
    top = max(2.0, height / reach)
    # Across, the texture widens with the depth (height over y); down, it runs from the viewer to the horizon.
    local = (
        height * across,
        count / 2,
        (top * count / 2) - width / 2 * height * across,
        0.0,
        -depth_cells,
        height * depth_cells - top * depth_cells,
        0.0,
        1.0,
    )
    scaled = [value / top for value in local]
    band = texture.transform(
        (width, int(height - top)),
        Image.Transform.PERSPECTIVE,
        scaled,
        Image.Resampling.BILINEAR,
        fillcolor=128,
    )
    result = Image.new("L", size, 128)
    fade = Image.linear_gradient("L").point([min(255, value * 3) for value in range(256)]).resize(band.size)
    result.paste(band, (0, height - band.height), fade)
    return result
