"""Reading an XMP packet (ISO 16684-1): the properties newsrooms write, as plain values."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

# Packets above this size hold editing histories; words about the picture fit into a tenth of it.
MAX_PACKET = 512 * 1024

# How many properties, and entries of one list, are looked at.
MAX_PROPERTIES = 400
MAX_ENTRIES = 60

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LISTS = (f"{_RDF}Alt", f"{_RDF}Seq", f"{_RDF}Bag")

# Prefixes as the IPTC and Adobe specifications write them.
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "Iptc4xmpExt",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://creativecommons.org/ns#": "cc",
}


def properties(packet: bytes) -> dict[str, list[str]]:
    """The packet's properties by prefixed name, each with its values; {} for anything that is no XMP.

    Of texts in several languages only the best comes back: Korean, else the default, else the first.
    Structures (places, contacts, histories) and names of unknown vocabularies are left out, and so is
    everything that tells where the camera stood.
    """
    if not packet or len(packet) > MAX_PACKET:
        return {}
    try:
        root = fromstring(packet.strip(b"\x00 \r\n\t"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return {}
    found: dict[str, list[str]] = {}
    for description in root.iter(f"{_RDF}Description"):
        for name, values in _of_description(description):
            if len(found) < MAX_PROPERTIES:
                found.setdefault(name, values)
    return found


def _of_description(description: Element) -> Iterator[tuple[str, list[str]]]:
    """Simple properties stand as attributes or as children, at the writer's choice."""
    for tag, text in description.items():
        if name := _prefixed(tag):
            yield name, [text]
    for child in description:
        if (name := _prefixed(child.tag)) and (values := _values(child)):
            yield name, values


def _prefixed(tag: str) -> str:
    """`dc:creator` for a known vocabulary; "" for an unknown one and for GPS."""
    namespace, _, local = str(tag).removeprefix("{").rpartition("}")
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{local}" if prefix and "gps" not in local.lower() else ""


def _values(node: Element) -> list[str]:
    resource = node.get(f"{_RDF}resource")
    if resource:
        return [resource]
    for kind in _LISTS:
        entries = node.find(kind)
        if entries is not None:
            return _entries(entries)
    return [node.text] if node.text and not len(node) else []


def _entries(entries: Element) -> list[str]:
    items = entries.findall(f"{_RDF}li")[:MAX_ENTRIES]
    texts = [(item.get(_LANGUAGE, "").lower(), item.text or "") for item in items]
    if entries.tag != f"{_RDF}Alt":
        return [text for _, text in texts if text]
    ranked = sorted((text for text in texts if text[1]), key=lambda text: _preference(text[0]))
    return [text for _, text in ranked[:1]]


def _preference(language: str) -> int:
    if language.startswith("ko"):
        return 0
    return 1 if language == "x-default" else 2
