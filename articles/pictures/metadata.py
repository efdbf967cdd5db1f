"""What a picture file says about itself, put together for the photo library's form.

XMP comes before IPTC-IIM, and IIM before EXIF: IIM cuts a name after 32 bytes, about ten Hangul, and EXIF
often holds a camera's factory words. Nothing here raises: a part that cannot be read is a part not there.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from django.utils import timezone

from articles.pictures import exif, iptc, xmp
from articles.pictures.words import clean
from publication.images import Blocks

# Characters kept of each text; the photo's own fields have these lengths.
LIMITS = {
    "caption": 1000,
    "headline": 200,
    "credit": 200,
    "photographer": 100,
    "copyright": 200,
    "source": 200,
    "usage_terms": 300,
    "licence": 100,
    "alt": 500,
}
MAX_KEYWORDS = 30
MAX_KEYWORD = 50

# What is kept beside the fields, for somebody who looks for the reason of a strange prefill.
RAW_ENTRIES = 60
RAW_TEXT = 500

# Where each text is looked for, best first.
_PLACES = {
    "caption": ("xmp dc:description", "iptc Caption", "exif ImageDescription", "exif XPComment"),
    "headline": ("xmp photoshop:Headline", "iptc Headline", "xmp dc:title", "iptc ObjectName"),
    "credit": ("xmp photoshop:Credit", "iptc Credit"),
    "photographer": ("xmp dc:creator", "iptc Byline", "exif Artist", "exif XPAuthor"),
    "copyright": ("xmp dc:rights", "iptc CopyrightNotice", "exif Copyright"),
    "source": ("xmp photoshop:Source", "iptc Source"),
    "usage_terms": ("xmp xmpRights:UsageTerms", "iptc SpecialInstructions"),
    "licence": ("xmp cc:license", "xmp xmpRights:WebStatement"),
    "alt": ("xmp Iptc4xmpCore:AltTextAccessibility", "xmp Iptc4xmpCore:ExtDescrAccessibility"),
}

# Words that cameras and programs write by themselves into EXIF.
_FACTORY_WORDS = re.compile(
    r"\s*(?:olympus digital camera|dig|dcim|samsung|sony dsc|konica minolta.*|minolta digital camera|untitled"
    r"|default|owner|unknown|camera|copyright|picasa)?\s*",
    re.IGNORECASE,
)

# IPTC's vocabulary of digital source types: which of them name the use of a trained model.
_AI_USE = {
    "trainedalgorithmicmedia": "generated",
    "compositewithtrainedalgorithmicmedia": "assisted",
    "compositesynthetic": "assisted",
}

# Photography begins in 1826; a database cannot store the neighbourhood of year 1 or 9999 in another zone.
_YEARS = range(1826, 2101)
_MOMENT = re.compile(
    r"(\d{4})[-:]?(\d\d)[-:]?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?"
)


@dataclass(frozen=True)
class Metadata:
    """Clean one-line texts, "" where the file says nothing, each at most LIMITS long.

    taken_at: aware; without a zone in the file the paper's own. ai_use: "", "assisted" or "generated".
    raw: {"xmp" | "iptc" | "exif": {name: text}}, fit for JSON, without GPS.
    """

    caption: str = ""
    headline: str = ""
    credit: str = ""
    photographer: str = ""
    copyright: str = ""
    source: str = ""
    usage_terms: str = ""
    licence: str = ""
    alt: str = ""
    keywords: tuple[str, ...] = ()
    taken_at: datetime | None = None
    ai_use: str = ""
    raw: dict[str, dict[str, str]] = field(default_factory=dict)


def read(blocks: Blocks) -> Metadata:
    """Everything the blocks of a checked picture say."""
    parts = {
        "xmp": xmp.properties(blocks.xmp),
        "iptc": iptc.data_sets(blocks.iptc),
        "exif": {name: [text] for name, text in exif.tags(blocks.exif).items()},
    }
    found = {f"{kind} {name}": values for kind, part in parts.items() for name, values in part.items()}
    return Metadata(
        **{name: _text(found, places, LIMITS[name]) for name, places in _PLACES.items()},
        keywords=_keywords(found.get("xmp dc:subject") or found.get("iptc Keywords") or []),
        taken_at=_taken_at(found),
        ai_use=_ai_use(found.get("xmp Iptc4xmpExt:DigitalSourceType") or []),
        raw={kind: _raw(part) for kind, part in parts.items() if part},
    )


def _text(found: Mapping[str, list[str]], places: Iterable[str], limit: int) -> str:
    """The first place that holds words; several photographers stand side by side."""
    for place in places:
        text = clean(", ".join(found.get(place, [])), limit)
        if place.startswith("exif ") and _FACTORY_WORDS.fullmatch(text):
            continue
        if text:
            return text
    return ""


def _keywords(values: list[str]) -> tuple[str, ...]:
    cleaned = (clean(value, MAX_KEYWORD) for value in values[: MAX_KEYWORDS * 2])
    return tuple(dict.fromkeys(keyword for keyword in cleaned if keyword))[:MAX_KEYWORDS]


def _ai_use(values: list[str]) -> str:
    """From a term or its address, `http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia`."""
    term = values[0].strip().rpartition("/")[2].lower() if values else ""
    return _AI_USE.get(term, "")


def _taken_at(found: Mapping[str, list[str]]) -> datetime | None:
    """The first moment with a time of day; a bare date only where no block knows more."""
    told = [
        _first(found, "xmp photoshop:DateCreated"),
        _first(found, "xmp exif:DateTimeOriginal"),
        f"{_first(found, 'iptc DateCreated')} {_first(found, 'iptc TimeCreated')}".strip(),
        f"{_first(found, 'exif DateTimeOriginal')}{_first(found, 'exif OffsetTimeOriginal')}",
        _first(found, "xmp xmp:CreateDate"),
    ]
    known = [read for read in map(_moment, told) if read is not None]
    return next((moment for moment, has_time in known if has_time), known[0][0] if known else None)


def _first(found: Mapping[str, list[str]], place: str) -> str:
    return (found.get(place) or [""])[0].strip()


def _moment(text: str) -> tuple[datetime, bool] | None:
    """A moment and whether its time of day is known, from ISO 8601, EXIF or IIM notation."""
    match = _MOMENT.match(text[:40])
    if not match or int(match[1]) not in _YEARS:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=_zone(match[7]))
    except ValueError:
        return None
    return moment, match[4] is not None


def _zone(offset: str | None) -> tzinfo:
    """From `Z`, `+09:00` or `+0900`; the paper's own without one; ValueError for one that cannot be."""
    if offset is None:
        return timezone.get_default_timezone()
    if offset == "Z":
        return timezone.get_fixed_timezone(0)
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    return timezone.get_fixed_timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))


def _raw(part: Mapping[str, list[str]]) -> dict[str, str]:
    entries = list(part.items())[:RAW_ENTRIES]
    return {clean(name, 80): clean(", ".join(values), RAW_TEXT) for name, values in entries}
