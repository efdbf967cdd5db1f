"""The credit and copyright that travel inside every served picture, and nothing else of the original's data.

Who saves a picture from a page still holds the names that belong to it. The texts are written twice, because
programs look in different places: EXIF (Artist, Copyright, in UTF-8) and a small XMP packet.
"""

from dataclasses import dataclass
from xml.sax.saxutils import escape

from PIL import Image

from articles.pictures.words import clean

# Characters kept of each name: the whole packet stays below 3 KB even in Hangul.
MAX_MARK = 120

_ARTIST_TAG = 0x013B
_COPYRIGHT_TAG = 0x8298

_SOURCE_TYPES = {
    "generated": "trainedAlgorithmicMedia",
    "assisted": "compositeWithTrainedAlgorithmicMedia",
}

_CREATOR = "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>"
_CREDIT = "<photoshop:Credit>{}</photoshop:Credit>"
_RIGHTS = '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:rights>'
_SOURCE_TYPE = (
    "<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/{}"
    "</Iptc4xmpExt:DigitalSourceType>"
)

_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">'
    '{properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
)


@dataclass(frozen=True)
class Marks:
    """Names to be written into a picture; ai_use is "none", "assisted" or "generated"."""

    credit: str = ""
    copyright: str = ""
    photographer: str = ""
    ai_use: str = "none"

    def exif(self) -> bytes:
        """An EXIF block with Artist and Copyright only; b"" without either."""
        exif = Image.Exif()
        for tag, text in ((_ARTIST_TAG, self.photographer or self.credit), (_COPYRIGHT_TAG, self.copyright)):
            if line := clean(text, MAX_MARK):
                exif[tag] = line.encode()
        return exif.tobytes() if exif else b""

    def xmp(self) -> bytes:
        """An XMP packet with creator, credit, rights and the IPTC source type; b"" without any of them."""
        texts = {
            _CREATOR: self.photographer or self.credit,
            _CREDIT: self.credit,
            _RIGHTS: self.copyright,
            _SOURCE_TYPE: _SOURCE_TYPES.get(self.ai_use, ""),
        }
        lines = ((element, clean(text, MAX_MARK)) for element, text in texts.items())
        properties = "".join(element.format(escape(line)) for element, line in lines if line)
        return _PACKET.replace("{properties}", properties).encode() if properties else b""
