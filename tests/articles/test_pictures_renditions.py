"""The files readers get: which ones, how large, how cut, what names they carry, and all or none of them."""

import errno
import io
import json
from pathlib import Path

import pytest
from django.utils import translation
from PIL import Image

from articles.pictures import metadata, renditions
from articles.pictures.marks import Marks
from articles.pictures.storing import Batch, NoSpace, telling_no_space
from publication.images import Checked, open_checked
from tests import pictures

MARKS = {"credit": "한강시 <제공> & 보도", "copyright": "© 한강일보", "photographer": "홍길동"}


@pytest.fixture(scope="module")
def photo() -> Checked:
    exif = pictures.exif_block(orientation=6, gps=True, artist=b"camera owner", taken="2023:08:24 15:50:00")
    return open_checked(pictures.jpeg(720, 1080, exif=exif, xmp=pictures.korean_xmp()))


@pytest.fixture(scope="module")
def served(
    photo: Checked, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[renditions.Rendition]]:
    folder = tmp_path_factory.mktemp("served") / "key"
    return folder, renditions.make(photo.image, folder, **MARKS)


def names(made: list[renditions.Rendition]) -> list[str]:
    return [one["name"] for one in made]


def opened(folder: Path, name: str) -> Image.Image:
    return Image.open(io.BytesIO((folder / name).read_bytes()))


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (6000, [("480", 480), ("800", 800), ("1200", 1200), ("1600", 1600)]),
        (1600, [("480", 480), ("800", 800), ("1200", 1200), ("1600", 1600)]),
        (1599, [("480", 480), ("800", 800), ("1200", 1200), ("1599", 1599)]),
        (1300, [("480", 480), ("800", 800), ("1200", 1200)]),
        (1000, [("480", 480), ("800", 800), ("1000", 1000)]),
        (500, [("480", 480)]),
        (480, [("480", 480)]),
        (300, [("480", 300)]),
        (1, [("480", 1)]),
    ],
)
def test_the_ladder_never_enlarges(width: int, expected: list[tuple[str, int]]) -> None:
    assert renditions.steps(width) == expected


def test_every_step_has_three_types_and_there_are_three_crops(
    served: tuple[Path, list[renditions.Rendition]],
) -> None:
    folder, made = served
    wide = [f"{step}.{ending}" for step in (480, 800, 1080) for ending in ("avif", "webp", "jpg")]
    assert names(made) == [*wide, "16x9.jpg", "4x3.jpg", "1x1.jpg"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(names(made))
    json.dumps(made)


def test_what_is_remembered_is_what_lies_there(served: tuple[Path, list[renditions.Rendition]]) -> None:
    folder, made = served
    for one in made:
        image = opened(folder, one["name"])
        assert image.size == (one["width"], one["height"])
        assert f"image/{image.format.lower()}" == one["type"]
        assert (folder / one["name"]).stat().st_size == one["bytes"]
        assert image.mode == "RGB"
        assert "icc_profile" not in image.info
    sizes = {one["name"]: (one["width"], one["height"], one["kind"]) for one in made}
    assert sizes["480.jpg"] == (480, 320, "wide")
    assert sizes["16x9.jpg"] == (1080, 608, "crop")
    assert sizes["4x3.jpg"] == (960, 720, "crop")
    assert sizes["1x1.jpg"] == (720, 720, "crop")


def test_served_files_carry_credit_and_copyright_and_no_place(
    served: tuple[Path, list[renditions.Rendition]],
) -> None:
    folder, made = served
    for one in made:
        data = (folder / one["name"]).read_bytes()
        found = metadata.read(open_checked(data).blocks)
        assert (found.credit, found.photographer, found.copyright) == tuple(
            MARKS[name] for name in ("credit", "photographer", "copyright")
        )
        assert found.raw["exif"] == {"Artist": "홍길동", "Copyright": "© 한강일보"}
        assert set(opened(folder, one["name"]).getexif()) == {0x013B, 0x8298}
        assert found.taken_at is None
        for private in (b"GPS", b"camera owner", pictures.CAPTION.encode(), b"2023:08:24"):
            assert private not in data


def test_without_names_nothing_is_written_into_a_picture() -> None:
    assert Marks().exif() == b""
    assert Marks().xmp() == b""


def test_names_inside_a_picture_are_bounded() -> None:
    long = Marks(credit="가" * 10_000, copyright="나" * 10_000, photographer="다" * 10_000)
    assert len(long.exif()) + len(long.xmp()) < 3_000


def test_a_generated_picture_says_so(photo: Checked, tmp_path: Path) -> None:
    renditions.quick(photo.image, tmp_path, ai_use="generated")
    assert metadata.read(open_checked((tmp_path / "480.jpg").read_bytes()).blocks).ai_use == "generated"


def test_quick_makes_the_preview_alone_and_making_the_rest_keeps_it(photo: Checked, tmp_path: Path) -> None:
    first = renditions.quick(photo.image, tmp_path, credit="한강시")
    assert names(first) == ["480.jpg"] == [path.name for path in tmp_path.iterdir()]
    before = (tmp_path / "480.jpg").read_bytes()
    made = renditions.make(photo.image, tmp_path, credit="한강시")
    assert (tmp_path / "480.jpg").read_bytes() == before
    assert renditions.merge(first, made)[0] == made[2]


def test_making_twice_gives_the_same_files(photo: Checked, tmp_path: Path) -> None:
    runs = []
    for _ in range(2):
        made = renditions.make(photo.image, tmp_path, only=("480.avif", "480.webp", "480.jpg", "1x1.jpg"))
        runs.append((made, {path.name: path.read_bytes() for path in tmp_path.iterdir()}))
    assert runs[0] == runs[1]


def test_only_the_crops_are_made_when_the_focal_point_moves(photo: Checked, tmp_path: Path) -> None:
    assert names(renditions.make(photo.image, tmp_path, only=renditions.CROP_NAMES)) == list(
        renditions.CROP_NAMES
    )


@pytest.mark.parametrize(
    ("focal", "left", "top"),
    [((0, 0), 0, 0), ((1, 1), 200, 0), ((0.5, 0.5), 100, 0), ((0.4, 0.9), 60, 0)],
)
def test_a_crop_stands_around_the_focal_point(
    tmp_path: Path, focal: tuple[float, float], left: int, top: int
) -> None:
    # Red tells the column, so a crop's first pixel tells where it was cut.
    columns = Image.new("RGB", (400, 200))
    columns.putdata([(column % 400 * 255 // 399, 0, 0) for column in range(400 * 200)])
    renditions.make(columns, tmp_path, focal=focal, only=("1x1.jpg",))
    crop = opened(tmp_path, "1x1.jpg")
    assert crop.size == (200, 200)
    assert crop.getpixel((0, 100))[0] == pytest.approx(left * 255 / 399, abs=6)


@pytest.mark.parametrize("size", [(900, 300), (300, 900), (640, 360), (2400, 800), (7, 5), (30, 400)])
def test_a_picture_never_to_be_cropped_is_shown_whole_on_a_calm_ground(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    renditions.make(Image.new("RGB", size, (200, 0, 0)), tmp_path, whole=True, only=renditions.CROP_NAMES)
    for name in renditions.CROP_NAMES:
        crop = opened(tmp_path, name)
        across, down = renditions.CROPS[name.removesuffix(".jpg")]
        assert crop.width <= renditions.CROP_WIDTH
        assert crop.height == pytest.approx(crop.width * down / across, abs=1)
        red = [pixel for pixel in crop.get_flattened_data() if pixel[0] - pixel[1] > 100]
        scale = min(1, crop.width / size[0], crop.height / size[1])
        assert len(red) == pytest.approx(size[0] * size[1] * scale**2, rel=0.05, abs=30)
        if crop.width * size[1] != crop.height * size[0] and min(crop.size) > 200:
            assert crop.getpixel((0, 0)) == pytest.approx(renditions.GROUND, abs=4)


def test_what_is_see_through_lies_on_white(tmp_path: Path) -> None:
    renditions.make(Image.new("RGBA", (50, 50), (255, 0, 0, 0)), tmp_path, only=("480.jpg",))
    assert opened(tmp_path, "480.jpg").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (16_383, 2)])
def test_the_oddest_shapes_are_made(tmp_path: Path, size: tuple[int, int]) -> None:
    made = renditions.make(Image.new("RGB", size), tmp_path)
    made += renditions.make(Image.new("RGB", size), tmp_path, whole=True)
    assert all(one["width"] >= 1 <= one["height"] for one in made)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("place", ["write_bytes", "replace", "mkdir"])
def test_a_full_disk_is_told_and_leaves_no_half_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: int, place: str
) -> None:
    image = Image.new("RGB", (50, 50))
    kept = renditions.quick(image, tmp_path)
    before = (tmp_path / "480.jpg").read_bytes()

    def full(path: Path, *_args: object, **_options: object) -> None:
        if place == "write_bytes":
            with path.open("wb") as half:
                half.write(b"half")
        raise OSError(code, "No space left on device")

    monkeypatch.setattr(Path, place, full)
    with pytest.raises(NoSpace) as caught, translation.override("ko"):
        renditions.make(image, tmp_path)
    monkeypatch.undo()
    assert str(caught.value.message)
    assert [path.name for path in tmp_path.iterdir()] == names(kept)
    assert (tmp_path / "480.jpg").read_bytes() == before


def test_other_errors_of_the_disk_stay_themselves() -> None:
    with pytest.raises(PermissionError), telling_no_space():
        raise PermissionError(errno.EACCES, "no")


def test_nothing_appears_before_everything_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "new"

    def break_off() -> None:
        with Batch(folder) as batch:
            batch.add("a.jpg", b"a")
            assert not (folder / "a.jpg").exists()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert list(folder.iterdir()) == []


def test_a_web_server_may_read_the_files(tmp_path: Path) -> None:
    with Batch(tmp_path) as batch:
        batch.add("a.jpg", b"a")
    plain = tmp_path / "plain"
    plain.write_bytes(b"b")
    assert (tmp_path / "a.jpg").stat().st_mode == plain.stat().st_mode


def test_a_picture_elements_data(served: tuple[Path, list[renditions.Rendition]]) -> None:
    shown = renditions.sources(served[1], "/media/photos/key/")
    assert shown == renditions.Sources(
        src="/media/photos/key/800.jpg",
        srcset="/media/photos/key/480.jpg 480w, /media/photos/key/800.jpg 800w, /media/photos/key/1080.jpg 1080w",
        width=1080,
        height=720,
        sources=[
            {
                "type": f"image/{kind}",
                "srcset": ", ".join(f"/media/photos/key/{step}.{kind} {step}w" for step in (480, 800, 1080)),
            }
            for kind in ("avif", "webp")
        ],
    )


def test_a_picture_that_has_only_its_preview_is_shown_with_it() -> None:
    preview = {
        "kind": "wide",
        "name": "480.jpg",
        "width": 300,
        "height": 200,
        "type": "image/jpeg",
        "bytes": 9,
    }
    shown = renditions.sources([preview], "/m/")
    assert shown == renditions.Sources(
        src="/m/480.jpg", srcset="/m/480.jpg 300w", width=300, height=200, sources=[]
    )
    assert renditions.sources([], "/m/") is None
    assert renditions.crops([preview], "/m/") == []


def test_crops_for_cards_come_widest_shape_first(served: tuple[Path, list[renditions.Rendition]]) -> None:
    cards = renditions.crops(served[1], "/m/")
    assert [card["url"] for card in cards] == ["/m/16x9.jpg", "/m/4x3.jpg", "/m/1x1.jpg"]
    assert cards[0] == {"url": "/m/16x9.jpg", "width": 1080, "height": 608}
