"""The pictures of the demo paper, drawn by code: no file from elsewhere, the same bytes for the same seed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PIL import Image

from . import (
    indoors_care,
    indoors_public,
    indoors_quiet,
    outdoors_city,
    outdoors_nature,
    outdoors_places,
    outdoors_rail,
    outdoors_sport,
    outdoors_street,
    outdoors_water,
    outdoors_works,
)

Scene = Callable[[Random, tuple[int, int]], Image.Image]

_SCENES: dict[str, Scene] = {
    **indoors_care.SCENES,
    **indoors_public.SCENES,
    **indoors_quiet.SCENES,
    **outdoors_city.SCENES,
    **outdoors_nature.SCENES,
    **outdoors_places.SCENES,
    **outdoors_rail.SCENES,
    **outdoors_sport.SCENES,
    **outdoors_street.SCENES,
    **outdoors_water.SCENES,
    **outdoors_works.SCENES,
}
SCENES: tuple[str, ...] = tuple(sorted(_SCENES))


def draw(scene: str, seed: int, size: tuple[int, int] = (1600, 1067)) -> Image.Image:
    """The picture called `scene`; `seed` changes its hour, its composition and its details.

    Raises ValueError for a scene that is not one of SCENES.
    """
    if scene not in _SCENES:
        raise ValueError(f"There is no scene called {scene!r}.")
    return _SCENES[scene](Random(f"{scene} {seed}"), size)
