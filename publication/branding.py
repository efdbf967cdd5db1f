"""The paper's logo and share picture: taken in like any untrusted picture, encoded anew, served by name."""

import secrets
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from publication import images

# A masthead on a dense screen needs no more; a share card is 1200 pixels wide everywhere.
LONGEST_SIDE = 1200


def encoded(file: BinaryIO) -> ContentFile:
    """The picture as a PNG of bounded size under a generated name; ValidationError for what is none."""
    try:
        image = images.open_checked(file).image
    except images.ImageRefused as refusal:
        raise ValidationError(refusal.message, code=refusal.code) from refusal
    return ContentFile(images.logo_png(image, longest=LONGEST_SIDE), name=f"{secrets.token_hex(8)}.png")
