"""What a picture file says about itself: XMP before IIM before EXIF, Korean in every encoding it comes in."""

import json
import tracemalloc
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.pictures import iptc, metadata, xmp
from articles.pictures.words import clean, decode, repair
from publication.images import Blocks, open_checked
from tests import pictures

SEOUL = ZoneInfo("Asia/Seoul")


def read(data: bytes) -> metadata.Metadata:
    return metadata.read(open_checked(data).blocks)


def from_xmp(properties: str) -> metadata.Metadata:
    return metadata.read(Blocks(xmp=pictures.xmp_block(properties)))


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_iim_is_read_in_both_encodings(encoding: str) -> None:
    found = read(pictures.korean_photo(96, 64, encoding))
    assert found.caption == pictures.CAPTION
    assert found.credit == pictures.CREDIT
    assert found.photographer == pictures.PHOTOGRAPHER
    # CP949 has no copyright sign: the agency's program wrote a question mark.
    assert found.copyright.endswith("한강일보")


def test_cp949_that_is_declared_as_utf8_is_read_all_the_same() -> None:
    block = pictures.iptc_block({"caption": pictures.CAPTION}, "cp949", declares_utf8=True)
    assert read(pictures.jpeg(96, 64, iptc=block)).caption == pictures.CAPTION


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
@pytest.mark.parametrize("cut", range(1, 12))
def test_a_name_cut_in_the_middle_of_a_letter_keeps_its_whole_letters(encoding: str, cut: int) -> None:
    name = "한강일보 사진부 홍길동 기자"
    read_ = decode(name.encode(encoding)[:-cut])
    assert name.startswith(read_)
    assert len(read_) >= len(name) - cut


def test_every_property_of_xmp_is_read() -> None:
    found = read(pictures.jpeg(96, 64, xmp=pictures.korean_xmp()))
    assert found == metadata.Metadata(
        caption=pictures.CAPTION,
        headline="광장의 인사",
        credit=pictures.CREDIT,
        photographer=pictures.PHOTOGRAPHER,
        copyright=pictures.COPYRIGHT,
        source="한강일보 사진부",
        usage_terms="보도용",
        alt=pictures.ALT,
        keywords=("시청", "광장"),
        taken_at=datetime(2023, 8, 24, 15, 50, tzinfo=SEOUL),
        raw=found.raw,
    )


def test_xmp_comes_before_iim_because_iim_cuts() -> None:
    block = pictures.iptc_block({"byline": "한강일보 사진부 홍길", "headline": "옛 제목"})
    found = read(pictures.jpeg(96, 64, iptc=block, xmp=pictures.korean_xmp()))
    assert found.photographer == pictures.PHOTOGRAPHER
    assert found.headline == "광장의 인사"


def test_iim_comes_before_exif_and_fills_what_xmp_lacks() -> None:
    data = pictures.jpeg(
        96,
        64,
        iptc=pictures.iptc_block({"byline": "홍길동", "keywords": "봄,벚꽃,봄"}),
        exif=pictures.exif_block(artist=b"Somebody", description="여의도의 봄".encode()),
        xmp=pictures.xmp_block("<photoshop:Credit>서울시</photoshop:Credit>"),
    )
    found = read(data)
    assert (found.photographer, found.caption, found.credit) == ("홍길동", "여의도의 봄", "서울시")
    assert found.keywords == ("봄", "벚꽃")


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_exif_korean_is_repaired_in_every_format(encoding: str, kind: str) -> None:
    exif = pictures.exif_block(artist="홍길동".encode(encoding), description="한강의 저녁".encode(encoding))
    found = read(pictures.encoded(pictures.scene(40, 30), kind, exif=exif))
    assert (found.photographer, found.caption) == ("홍길동", "한강의 저녁")


@pytest.mark.parametrize(
    "text", ["Café", "Müller", "Ångström", "naïve façade", "© 2023 Ringo", "한강", "plain", ""]
)
def test_text_that_is_right_is_left_alone(text: str) -> None:
    assert repair(text) == text


@pytest.mark.parametrize("words", ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "  ", "DCIM"])
def test_a_cameras_factory_words_are_no_caption(words: str) -> None:
    assert read(pictures.jpeg(96, 64, exif=pictures.exif_block(description=words.encode()))).caption == ""


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2023-08-24T15:50:00", datetime(2023, 8, 24, 15, 50, tzinfo=SEOUL)),
        ("2023-08-24T15:50:00.25+09:00", datetime(2023, 8, 24, 15, 50, tzinfo=SEOUL)),
        ("2023-08-24T06:50Z", datetime(2023, 8, 24, 15, 50, tzinfo=SEOUL)),
        ("2023-08-24T15:50:00-0330", datetime(2023, 8, 24, 15, 50, tzinfo=timezone(timedelta(hours=-3.5)))),
        ("2023-08-24", datetime(2023, 8, 24, tzinfo=SEOUL)),
        ("0000-00-00T00:00:00", None),
        ("2023-02-30", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("2023-08-24T15:50:00+99:00", None),
        ("yesterday", None),
    ],
)
def test_the_moment_of_taking_is_aware_and_possible(told: str, expected: datetime | None) -> None:
    assert from_xmp(f"<photoshop:DateCreated>{told}</photoshop:DateCreated>").taken_at == expected


def test_a_moment_with_a_time_beats_a_bare_date() -> None:
    data = pictures.jpeg(
        96,
        64,
        iptc=pictures.iptc_block({"date": "20230824"}),
        exif=pictures.exif_block(taken="2023:08:24 15:50:07"),
    )
    assert read(data).taken_at == datetime(2023, 8, 24, 15, 50, 7, tzinfo=SEOUL)


def test_iims_date_and_time_are_put_together() -> None:
    block = pictures.iptc_block({"date": "20230824", "time": "155000+0900"})
    assert metadata.read(Blocks(iptc=block)).taken_at == datetime(2023, 8, 24, 15, 50, tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", "generated"),
        ("compositeWithTrainedAlgorithmicMedia", "assisted"),
        ("http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture", ""),
        ("", ""),
    ],
)
def test_the_use_of_ai_is_read_from_the_source_type(term: str, expected: str) -> None:
    element = f"<Iptc4xmpExt:DigitalSourceType>{term}</Iptc4xmpExt:DigitalSourceType>"
    assert from_xmp(element).ai_use == expected


def test_text_comes_out_as_one_clean_bounded_line() -> None:
    assert clean(" \u1112\u1161\u11ab\u00a0글\x00\u200b\n둘째\t줄 \ufeff", 100) == "한 글 둘째 줄"
    assert len(clean("가" * 5000, 1000)) == 1000
    found = from_xmp(f"<photoshop:Credit>{'나' * 5000}</photoshop:Credit>")
    assert len(found.credit) == metadata.LIMITS["credit"]


def test_several_photographers_stand_side_by_side() -> None:
    element = "<dc:creator><rdf:Seq><rdf:li>홍길동</rdf:li><rdf:li>임꺽정</rdf:li></rdf:Seq></dc:creator>"
    assert from_xmp(element).photographer == "홍길동, 임꺽정"


def test_properties_written_as_attributes_are_read_too() -> None:
    packet = pictures.xmp_block("").replace(
        b'rdf:about=""', 'rdf:about="" photoshop:Credit="서울시"'.encode()
    )
    assert metadata.read(Blocks(xmp=packet)).credit == "서울시"


def test_the_raw_data_is_json_without_any_place_of_the_camera() -> None:
    data = pictures.jpeg(
        96,
        64,
        xmp=pictures.korean_xmp(),
        iptc=pictures.iptc_block({"caption": pictures.CAPTION}),
        exif=pictures.exif_block(gps=True, artist=b"a", taken="2023:08:24 15:50:00"),
    )
    raw = read(data).raw
    text = json.dumps(raw, ensure_ascii=False)
    assert set(raw) == {"xmp", "iptc", "exif"}
    assert raw["iptc"]["Caption"] == pictures.CAPTION
    assert "GPS" not in text
    assert "37" not in text
    assert "\\u0000" not in text


def test_the_raw_data_is_bounded() -> None:
    many = "".join(f"<dc:p{number}>{'가' * 1000}</dc:p{number}>" for number in range(100))
    raw = from_xmp(many).raw["xmp"]
    assert len(raw) == metadata.RAW_ENTRIES
    assert all(len(text) <= metadata.RAW_TEXT for text in raw.values())


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"<",
        b"\x00" * 50,
        b"<x/>",
        b'<?xml version="1.0" encoding="klingon"?><x/>',
        ENTITIES + pictures.xmp_block("<photoshop:Credit>&b;</photoshop:Credit>").split(b"?>", 1)[1],
        b'<!DOCTYPE x SYSTEM "file:///etc/hostname"><x/>',
        pictures.xmp_block("<photoshop:Credit>" + "a" * xmp.MAX_PACKET + "</photoshop:Credit>"),
        pictures.xmp_block("<dc:a>" * 5000 + "</dc:a>" * 5000),
    ],
    ids=["empty", "open", "NULs", "other", "encoding", "entities", "outside", "huge", "deep"],
)
def test_hostile_xmp_is_no_xmp(packet: bytes) -> None:
    assert xmp.properties(packet) == {}


@pytest.mark.parametrize(
    "block",
    [
        b"\x1c",
        b"\x1c\x02\x78\xff\xff" + b"a" * 10,
        b"\x1c\x02\x78\x80\x04\x7f\xff\xff\xff",
        b"\x1c\x02\x78\x00\x09cut",
        b"\x1c\x02\x05\x00\x00" * 100_000,
    ],
)
def test_hostile_iim_never_raises(block: bytes) -> None:
    assert set(iptc.data_sets(block)) <= {"Caption"}


def test_a_hostile_exif_directory_costs_no_memory() -> None:
    entries = b"".join(
        (tag).to_bytes(2, "little") + b"\x07\x00" + (60_000).to_bytes(4, "little") + b"\x08\x00\x00\x00"
        for tag in range(1, 5000)
    )
    block = b"Exif\x00\x00II*\x00\x08\x00\x00\x00" + (4999).to_bytes(2, "little") + entries
    tracemalloc.start()
    try:
        with_blocks = metadata.read(Blocks(exif=block))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert with_blocks.caption == ""
    assert peak < 5_000_000


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_broken_blocks_never_raise(data: st.DataObject) -> None:
    whole = {
        "xmp": pictures.korean_xmp(),
        "iptc": pictures.iptc_block({"caption": pictures.CAPTION, "date": "20230824", "time": "155000+0900"}),
        "exif": pictures.exif_block(artist="홍".encode(), taken="2023:08:24 15:50:00", gps=True),
    }
    kind = data.draw(st.sampled_from(sorted(whole)))
    broken = bytearray(whole[kind][: data.draw(st.integers(0, len(whole[kind])))])
    for at in data.draw(st.lists(st.integers(0, max(0, len(broken) - 1)), max_size=5)):
        if broken:
            broken[at] = data.draw(st.integers(0, 255))
    found = metadata.read(Blocks(**{kind: bytes(broken)}))
    json.dumps(found.raw)
    assert all(len(getattr(found, name)) <= limit for name, limit in metadata.LIMITS.items())
