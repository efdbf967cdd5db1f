"""The gate for pictures: what comes in upright, in sRGB and bare, and what is refused with which reason."""

import io
import warnings
from collections.abc import Callable

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from publication import images
from publication.image_bytes import MAX_CHUNKS, MAX_SEGMENTS, MAX_SUB_BLOCKS
from tests import pictures

SMALL = {
    "JPEG": pictures.korean_photo(96, 64, encoding="cp949"),
    "progressive": pictures.jpeg(96, 64, xmp=pictures.korean_xmp(), progressive=True),
    "EXIF": pictures.jpeg(
        96, 64, exif=pictures.exif_block(orientation=6, gps=True, taken="2023:08:24 15:50:00")
    ),
    "PNG": pictures.encoded(pictures.scene(40, 30), "PNG"),
    "WEBP": pictures.encoded(pictures.scene(40, 30), "WEBP"),
    "AVIF": pictures.encoded(pictures.scene(40, 30), "AVIF"),
    "GIF": pictures.animated_gif(),
}


def refusal(data: bytes) -> images.ImageRefused:
    with pytest.raises(images.ImageRefused) as caught:
        images.open_checked(data)
    return caught.value


@pytest.mark.parametrize("kind", images.ALLOWED_FORMATS)
def test_every_allowed_format_is_read_whole(kind: str) -> None:
    data = pictures.encoded(pictures.scene(64, 48), kind)
    checked = images.open_checked(io.BytesIO(data))
    assert (checked.format, checked.width, checked.height, checked.size) == (kind, 64, 48, len(data))
    assert checked.mime == f"image/{kind.lower()}"
    assert checked.image.mode == "RGB"
    assert len(checked.sha256) == 64
    assert checked.data == data


def test_the_file_is_read_from_its_start() -> None:
    file = io.BytesIO(SMALL["JPEG"])
    file.seek(100)
    assert images.open_checked(file).width == 96


@pytest.mark.parametrize("name", pictures.NO_PICTURES)
def test_what_is_no_picture_is_refused_with_its_reason(name: str) -> None:
    make, code = pictures.NO_PICTURES[name]
    assert refusal(make()).code == code


@pytest.mark.parametrize("name", pictures.POLYGLOTS)
def test_a_picture_that_is_also_something_else_is_refused(name: str) -> None:
    assert refusal(pictures.POLYGLOTS[name]()).code == "polyglot"


def test_a_telephones_appended_film_is_welcome() -> None:
    film = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(500) + b"SEFT"
    assert images.open_checked(SMALL["JPEG"] + film).format == "JPEG"


def test_the_message_speaks_the_readers_language() -> None:
    with translation.override("ko"):
        assert refusal(pictures.svg()).message.startswith("SVG, HTML, XML 파일은 받지 않습니다.")
    with translation.override("en"):
        assert str(refusal(pictures.png_bomb())) == "The picture has more than 60 megapixels."


@pytest.mark.parametrize("code", images.REASONS)
def test_every_reason_is_a_whole_sentence_in_both_languages(code: str) -> None:
    values = {"kind": "PDF", "limit": 1, "width": 3, "height": 4}
    for language in ("ko", "en"):
        with translation.override(language):
            message = images.ImageRefused(code, **values).message
        assert message.endswith(".")
        assert "{" not in message
        assert language == "en" or any("가" <= letter <= "힣" for letter in message)


def test_the_bomb_is_small_and_refused_without_a_warning() -> None:
    bomb = pictures.png_bomb()
    assert 10_000 < len(bomb) < 20_000
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert refusal(bomb).code == "too_many_pixels"
    assert told == []


def test_no_more_than_the_limit_is_read_of_an_endless_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MAX_BYTES", 1000)
    file = io.BytesIO(b"\xff\xd8\xff" + bytes(5000))
    assert refusal(file).code == "too_large"
    assert file.tell() == 1001


def test_a_file_of_exactly_the_limit_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MAX_BYTES", len(SMALL["PNG"]))
    assert images.open_checked(SMALL["PNG"]).format == "PNG"


@pytest.mark.parametrize(("limit", "taken"), [(64 * 48, True), (64 * 48 - 1, False)])
def test_the_pixel_limit_is_inclusive(monkeypatch: pytest.MonkeyPatch, limit: int, taken: bool) -> None:
    monkeypatch.setattr(images, "MAX_PIXELS", limit)
    data = pictures.encoded(pictures.scene(64, 48), "PNG")
    assert images.open_checked(data).width == 64 if taken else refusal(data).code == "too_many_pixels"


def test_a_strip_longer_than_any_format_holds_is_refused() -> None:
    assert refusal(pictures.encoded(Image.new("L", (images.MAX_SIDE + 1, 1)), "PNG")).code == "too_long"


@pytest.mark.parametrize(
    "flood",
    [
        lambda: SMALL["JPEG"][:2] + b"\xff\xe0\x00\x02" * (MAX_SEGMENTS + 1) + SMALL["JPEG"][2:],
        lambda: SMALL["PNG"][:33] + pictures.png_chunk(b"tEXt", b"") * (MAX_CHUNKS + 1) + SMALL["PNG"][33:],
        lambda: SMALL["GIF"][:13] + b"!\xfe" + b"\x01a" * (MAX_SUB_BLOCKS + 1) + b"\x00" + SMALL["GIF"][13:],
    ],
    ids=["JPEG segments", "PNG chunks", "GIF sub-blocks"],
)
def test_a_flood_of_tiny_parts_is_refused_before_decoding(flood: Callable[[], bytes]) -> None:
    data = flood()
    if data.startswith(b"GIF"):
        # The colour table stands between header and extensions only where the flag says so.
        data = data[:10] + bytes((data[10] & 0x7F,)) + data[11:]
    assert refusal(data).code == "overbuilt"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright(orientation: int) -> None:
    upright = pictures.scene(60, 40)
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(orientation)
    lying = upright if back is None else upright.transpose(Image.Transpose(back))
    data = pictures.encoded(lying, "PNG", exif=pictures.exif_block(orientation=orientation))
    checked = images.open_checked(data)
    assert (checked.width, checked.height) == (60, 40)
    assert checked.image.tobytes() == upright.tobytes()


def test_the_first_frame_of_an_animated_gif_is_kept() -> None:
    red, green, blue = images.open_checked(SMALL["GIF"]).image.getpixel((5, 5))
    assert red > 250
    assert (green, blue) == (0, 0)


def test_an_embedded_profile_is_turned_into_srgb() -> None:
    vivid = pictures.encoded(
        Image.new("RGB", (8, 8), (60, 180, 60)), "PNG", icc_profile=pictures.wide_profile()
    )
    red, green, blue = images.open_checked(vivid).image.getpixel((0, 0))
    # The same numbers mean a stronger green there: sRGB has to write it with less of the others.
    assert red < 40
    assert green >= 180
    assert blue < 60


@pytest.mark.parametrize("profile", [b"junk", bytes(200), b"x" * 100_000])
def test_a_broken_profile_is_ignored(profile: bytes) -> None:
    data = pictures.encoded(Image.new("RGB", (8, 8), (90, 80, 70)), "PNG", icc_profile=profile)
    assert images.open_checked(data).image.getpixel((0, 0)) == (90, 80, 70)


@pytest.mark.parametrize(
    ("mode", "colour", "expected"),
    [
        ("CMYK", (0, 0, 0, 0), (255, 255, 255)),
        ("L", 100, (100, 100, 100)),
        ("1", 1, (255, 255, 255)),
        ("I;16", 40_000, (156, 156, 156)),
        ("P", 0, (0, 0, 0)),
        ("LA", (100, 255), (100, 100, 100)),
        ("RGBA", (10, 20, 30, 255), (10, 20, 30)),
    ],
)
def test_every_kind_of_pixel_becomes_rgb(mode: str, colour: object, expected: tuple[int, ...]) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert (
        images.open_checked(pictures.encoded(Image.new(mode, (8, 8), colour), kind)).image.getpixel((0, 0))
        == expected
    )


def test_transparency_is_kept_only_where_there_is_some() -> None:
    checked = images.open_checked(pictures.encoded(Image.new("RGBA", (8, 8), (10, 20, 30, 40)), "PNG"))
    assert checked.image.mode == "RGBA"
    assert checked.image.getpixel((0, 0)) == (10, 20, 30, 40)


def test_nothing_of_the_files_data_stays_on_the_image() -> None:
    data = pictures.jpeg(xmp=pictures.korean_xmp(), exif=pictures.exif_block(gps=True), comment=b"secret")
    checked = images.open_checked(data)
    assert checked.image.info == {}
    assert checked.blocks.exif
    assert checked.blocks.xmp
    for kind in ("JPEG", "PNG", "WEBP", "AVIF"):
        again = pictures.encoded(checked.image, kind)
        assert b"secret" not in again
        assert b"xpacket" not in again
        assert b"Exif" not in again


def test_a_logo_is_encoded_anew_and_bounded() -> None:
    checked = images.open_checked(pictures.encoded(Image.new("RGBA", (2000, 500), (9, 9, 9, 9)), "PNG"))
    logo = Image.open(io.BytesIO(images.logo_png(checked.image, 600)))
    assert (logo.format, logo.size, logo.mode) == ("PNG", (600, 150), "RGBA")


@settings(max_examples=120, deadline=None)
@given(data=st.data(), kind=st.sampled_from(sorted(SMALL)))
def test_broken_bytes_are_read_or_refused_and_nothing_else(data: st.DataObject, kind: str) -> None:
    whole = SMALL[kind]
    broken = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=6)):
        if at < len(broken):
            broken[at] ^= data.draw(st.integers(1, 255))
    try:
        checked = images.open_checked(bytes(broken))
    except images.ImageRefused as refused:
        message = refused.message
        assert message
    else:
        assert checked.image.mode in {"RGB", "RGBA"}
