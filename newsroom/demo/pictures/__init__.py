"""The pictures of the demo paper, drawn by code: no file from elsewhere, the same bytes for the same seed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PIL import Image

from . import indoors_care, outdoors_city, outdoors_nature, outdoors_places, outdoors_water, outdoors_works

Scene = Callable[[Random, tuple[int, int]], Image.Image]

_SCENES: dict[str, Scene] = {
    **indoors_care.SCENES,
    **outdoors_city.SCENES,
    **outdoors_nature.SCENES,
    **outdoors_places.SCENES,
    **outdoors_water.SCENES,
    **outdoors_works.SCENES,
}
SCENES: tuple[str, ...] = tuple(sorted(_SCENES))


def draw(scene: str, seed: int, size: tuple[int, int] = (1600, 1067)) -> Image.Image:
    """The picture called `scene`; `seed` changes its hour, its composition and its details.

    Raises KeyError for a scene that nobody has drawn yet.
    """
    return _SCENES[scene](Random(f"{scene} {seed}"), size)
