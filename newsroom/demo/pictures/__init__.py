"""The pictures of the demo paper, drawn by code: no file from elsewhere, the same bytes for the same seed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PIL import Image

from . import (
    indoors_cafe,
    indoors_care,
    indoors_lab,
    indoors_people,
    indoors_public,
    indoors_quiet,
    indoors_stage,
    outdoors_airport,
    outdoors_city,
    outdoors_market,
    outdoors_nature,
    outdoors_night,
    outdoors_places,
    outdoors_power,
    outdoors_rail,
    outdoors_site,
    outdoors_sport,
    outdoors_street,
    outdoors_water,
    outdoors_works,
)

Scene = Callable[[Random, tuple[int, int]], Image.Image]

_SCENES: dict[str, Scene] = {
    **indoors_cafe.SCENES,
    **indoors_care.SCENES,
    **indoors_lab.SCENES,
    **indoors_people.SCENES,
    **indoors_public.SCENES,
    **indoors_quiet.SCENES,
    **indoors_stage.SCENES,
    **outdoors_airport.SCENES,
    **outdoors_city.SCENES,
    **outdoors_market.SCENES,
    **outdoors_nature.SCENES,
    **outdoors_night.SCENES,
    **outdoors_places.SCENES,
    **outdoors_power.SCENES,
    **outdoors_rail.SCENES,
    **outdoors_site.SCENES,
    **outdoors_sport.SCENES,
    **outdoors_street.SCENES,
    **outdoors_water.SCENES,
    **outdoors_works.SCENES,
}
_VARIANTS: dict[tuple[str, int], Scene] = {**indoors_people.VARIANTS}
SCENES: tuple[str, ...] = tuple(sorted(_SCENES))


def draw(scene: str, seed: int, size: tuple[int, int] = (1600, 1067)) -> Image.Image:
    """The picture called `scene`; `seed` changes its hour, its composition and its details.

    Raises ValueError for a scene that is not one of SCENES.
    """
    if scene not in _SCENES:
        raise ValueError(f"There is no scene called {scene!r}.")
    # Dice for a drawing guard nothing.
    return _VARIANTS.get((scene, seed), _SCENES[scene])(Random(f"{scene} {seed}"), size)  # noqa: S311 - a picture, no secret
