"""A small view camera: points of a room or a street to the canvas, flat textures onto walls and floors.

Metres; x to the right, y up from the ground, z away from the viewer. The camera is never tilted, so that upright
things stay upright, as in architectural photographs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

from .canvas import HEIGHT, WIDTH, Canvas, Point, Stencil
from .tones import Colour, times

Spot = tuple[float, float, float]


@dataclass(frozen=True)
class Camera:
    """`focal` in pixels, `horizon` the line of the eye on the canvas, `yaw` the turn to the right in radians."""

    height: float = 1.6
    focal: float = 1250.0
    horizon: float = HEIGHT * 0.5
    centre: float = WIDTH * 0.5
    yaw: float = 0.0

    def at(self, x: float, y: float, z: float) -> Point:
        turned_x = x * math.cos(self.yaw) - z * math.sin(self.yaw)
        depth = max(0.05, x * math.sin(self.yaw) + z * math.cos(self.yaw))
        return self.centre + self.focal * turned_x / depth, self.horizon - self.focal * (
            y - self.height
        ) / depth

    def spots(self, corners: Iterable[Spot]) -> list[Point]:
        return [self.at(*corner) for corner in corners]

    def scale(self, z: float) -> float:
        """Pixels per metre at depth z."""
        return self.focal / max(0.05, z)


def face(
    canvas: Canvas,
    camera: Camera,
    corners: Sequence[Spot],
    texture: Image.Image,
    *,
    light: float = 1.0,
    fog: tuple[Colour, float] | None = None,
    alpha: float = 1.0,
    blur: float = 0.0,
) -> None:
    """Put a texture on a flat four-cornered surface: upper left, upper right, lower right, lower left."""
    if light != 1.0:
        texture = texture.point([min(255, round(value * light)) for value in range(256)] * 3)
    if fog is not None:
        texture = Image.blend(texture, Image.new("RGB", texture.size, fog[0]), fog[1])
    warp(canvas, [camera.at(*corner) for corner in corners], texture, alpha=alpha, blur=blur)


def warp(
    canvas: Canvas, quad: Sequence[Point], texture: Image.Image, *, alpha: float = 1.0, blur: float = 0.0
) -> None:
    """Put a texture on four points of the canvas (clockwise from the upper left)."""
    rendered = Stencil().polygon(quad).render()
    if rendered is None:
        return
    mask, left, top = rendered
    fitted = _fitted(texture, quad)
    local = [(x - left, y - top) for x, y in quad]
    width, height = fitted.size
    # A little inside its edges: a sample beyond them would be the fill colour, a hairline between two surfaces.
    right, bottom = width - 0.75, height - 0.75
    coefficients = _perspective(local, [(0.75, 0.75), (right, 0.75), (right, bottom), (0.75, bottom)])
    if coefficients is None:
        return
    padded_fill = fitted.resize((1, 1)).getpixel((0, 0))
    placed = fitted.transform(
        mask.size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR, fillcolor=padded_fill
    )
    if blur:
        placed = placed.filter(ImageFilter.GaussianBlur(blur))
        mask = mask.filter(ImageFilter.GaussianBlur(blur))
    if alpha < 1:
        mask = mask.point([round(value * alpha) for value in range(256)])
    canvas.image.paste(placed, (left, top), mask)


def _fitted(texture: Image.Image, quad: Sequence[Point]) -> Image.Image:
    """The texture not much finer than the place it goes to, or its grid would flicker."""
    across = max(math.dist(quad[0], quad[1]), math.dist(quad[3], quad[2])) * 1.3 + 2
    down = max(math.dist(quad[0], quad[3]), math.dist(quad[1], quad[2])) * 1.3 + 2
    size = (max(2, min(texture.width, round(across))), max(2, min(texture.height, round(down))))
    return texture if size == texture.size else texture.resize(size, Image.Resampling.BILINEAR)


def _perspective(source: Sequence[Point], target: Sequence[Point]) -> list[float] | None:
    """The eight numbers of Pillow's perspective transform that lead from `source` to `target` points."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        if abs(rows[pivot][column]) < 1e-9:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        lead = rows[column]
        for row in range(8):
            if row != column:
                factor = rows[row][column] / lead[column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], lead, strict=True)]
    return [rows[index][8] / rows[index][index] for index in range(8)]


@dataclass(frozen=True)
class Block:
    """A building's volume: x, z its near left corner, with width (x), depth (z) and height in metres."""

    x: float
    z: float
    width: float
    depth: float
    height: float
    base: float = 0.0


def block(
    canvas: Canvas,
    camera: Camera,
    shape: Block,
    front: Image.Image,
    side: Image.Image,
    *,
    lights: tuple[float, float] = (1.0, 0.6),
    fog: tuple[Colour, float] | None = None,
    roof: Colour | None = None,
) -> None:
    """Draw the faces of a volume that the camera sees; `lights` are those of its front and its sides."""
    x0, x1, z0, z1 = shape.x, shape.x + shape.width, shape.z, shape.z + shape.depth
    y0, y1 = shape.base, shape.base + shape.height
    if roof is not None and y1 < camera.height:
        paint = Image.new("RGB", (8, 8), roof)
        face(canvas, camera, [(x0, y1, z1), (x1, y1, z1), (x1, y1, z0), (x0, y1, z0)], paint, fog=fog)
    right = [(x1, y1, z0), (x1, y1, z1), (x1, y0, z1), (x1, y0, z0)]
    left = [(x0, y1, z1), (x0, y1, z0), (x0, y0, z0), (x0, y0, z1)]
    for corners in (left, right):
        screen = [camera.at(*corner) for corner in corners]
        if screen[0][0] < screen[1][0]:
            face(canvas, camera, corners, side, light=lights[1], fog=fog)
    face(
        canvas,
        camera,
        [(x0, y1, z0), (x1, y1, z0), (x1, y0, z0), (x0, y0, z0)],
        front,
        light=lights[0],
        fog=fog,
    )


def shaded(texture: Image.Image, shade: Image.Image) -> Image.Image:
    """The texture under a grey gradient (255 leaves it), as a wall is where the light reaches it."""
    grey = shade.resize(texture.size, Image.Resampling.BICUBIC)
    return ImageChops.multiply(texture, Image.merge("RGB", (grey, grey, grey)))


def plain(colour: Colour, light: float = 1.0, size: tuple[int, int] = (64, 64)) -> Image.Image:
    return Image.new("RGB", size, times(colour, light))
