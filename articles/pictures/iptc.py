"""Reading IPTC-IIM (version 4.2), the older block of a picture's texts, as agencies still send it."""

from articles.pictures.words import decode

# How many data sets are looked at.
MAX_DATA_SETS = 400

_APPLICATION_RECORD = 2
_MARKER = 0x1C
_EXTENDED = 0x8000

# Data sets of record 2 and the names the specification gives them.
NAMES = {
    5: "ObjectName",
    25: "Keywords",
    40: "SpecialInstructions",
    55: "DateCreated",
    60: "TimeCreated",
    80: "Byline",
    85: "BylineTitle",
    90: "City",
    101: "CountryName",
    105: "Headline",
    110: "Credit",
    115: "Source",
    116: "CopyrightNotice",
    120: "Caption",
}


def data_sets(block: bytes) -> dict[str, list[str]]:
    """The editorial data sets by name, each with its values; a broken block gives its sound beginning."""
    found: dict[str, list[str]] = {}
    at = 0
    for _ in range(MAX_DATA_SETS):
        head = block[at : at + 5]
        if len(head) < 5 or head[0] != _MARKER:
            break
        size = int.from_bytes(head[3:5], "big")
        # Values above 32 KB have an extended header; no caption is that long.
        if size & _EXTENDED:
            break
        name = NAMES.get(head[2])
        if head[1] == _APPLICATION_RECORD and name and (text := decode(block[at + 5 : at + 5 + size])):
            found.setdefault(name, []).append(text)
        at += 5 + size
    return found
