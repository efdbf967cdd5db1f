"""The paper's logo and share picture: taken in like any untrusted picture, encoded anew, served by name.

From the logo come the icons that browsers and telephones show. They are made when the logo is saved; until
there is one, the icons in static/icons stand in.
"""

import re
import secrets
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageStat

from publication import images
from publication.models import Publication

# A masthead on a dense screen needs no more; a share card is 1200 pixels wide everywhere.
LONGEST_SIDE = 1200

ICONS = {"favicon.ico": 48, "apple-touch-icon.png": 180, "icon-192.png": 192, "icon-512.png": 512}
"""Names of the icons and pixels of their side."""

FAVICON_SIDES = (16, 32, 48)
# Part of a side left free around the logo: telephones round the corners off.
MARGIN = 0.06
LIGHT, DARK = (255, 255, 255), (19, 20, 22)
# A logo whose visible part is lighter than this, of 255, would not be seen on white.
TOO_LIGHT = 215

_SIZED = re.compile(r"-(\d+)x(\d+)\.png$", re.ASCII)


def encoded(file: BinaryIO) -> ContentFile:
    """The picture as a PNG of bounded size under a generated name that tells its size.

    Every page names the size and none may open the file for it. ValidationError for what is no picture.
    """
    try:
        image = images.open_checked(file).image
    except images.ImageRefused as refusal:
        raise ValidationError(refusal.message, code=refusal.code) from refusal
    data = images.logo_png(image, longest=LONGEST_SIDE)
    width, height = Image.open(BytesIO(data), formats=["PNG"]).size
    return ContentFile(data, name=f"{secrets.token_hex(8)}-{width}x{height}.png")


def size(name: str) -> tuple[int, int] | None:
    """Width and height in pixels by the file's name; None for one stored before names told it."""
    found = _SIZED.search(name)
    return (int(found[1]), int(found[2])) if found else None


def make_icons(publication: Publication) -> None:
    """Writes the icons beside the logo; nothing without one. Raises OSError when the disk is full."""
    if not publication.logo:
        return
    with Image.open(publication.logo.path, formats=["PNG"]) as file:
        logo = file.convert("RGBA")
    for name, side in ICONS.items():
        _beside(publication, name).write_bytes(icon(logo, name, side))


def icon(logo: Image.Image, name: str, side: int) -> bytes:
    """The logo, whole, in the middle of a square ground that shows it."""
    square = _on_ground(logo, side)
    out = BytesIO()
    if name.endswith(".ico"):
        square.save(out, "ICO", sizes=[(size, size) for size in FAVICON_SIDES])
    else:
        square.save(out, "PNG", optimize=True)
    return out.getvalue()


def icon_path(publication: Publication, name: str) -> Path | None:
    """The file of an icon by its name in ICONS: the logo's, else the one that comes with the software."""
    if publication.logo and (own := _beside(publication, name)).is_file():
        return own
    found = finders.find(f"icons/{name}")
    return Path(found) if isinstance(found, str) else None


def _beside(publication: Publication, name: str) -> Path:
    logo = Path(publication.logo.path)
    return logo.with_name(f"{logo.stem}-{name}")


def _on_ground(logo: Image.Image, side: int) -> Image.Image:
    room = side * (1 - 2 * MARGIN)
    scale = room / max(logo.size)
    size = (max(1, round(logo.width * scale)), max(1, round(logo.height * scale)))
    small = logo.resize(size, Image.Resampling.LANCZOS)
    ground = Image.new("RGB", (side, side), DARK if _is_light(logo) else LIGHT)
    ground.paste(small, ((side - size[0]) // 2, (side - size[1]) // 2), mask=small.getchannel("A"))
    return ground


def _is_light(logo: Image.Image) -> bool:
    """Whether what is visible of it is nearly white; a picture without transparency brings its own ground."""
    alpha = logo.getchannel("A")
    if alpha.getextrema()[0] == 255:
        return False
    return (
        ImageStat.Stat(logo.convert("L"), mask=alpha.point(lambda part: 255 * (part > 127))).mean[0]
        > TOO_LIGHT
    )
