"""A font with Hangul on this machine, for the pictures that the paper letters itself."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

NONE = "none"
"""The setting's word for drawing no cards."""

# Where the systems we know keep fonts, the machine's own first.
FOLDERS = (
    Path("/usr/local/share/fonts"),
    Path("/usr/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
    Path("/Library/Fonts"),
    Path("/System/Library/Fonts"),
    Path("C:/Windows/Fonts"),
)
# File names without their ending, the one we like best first: a headline's weight, all of Hangul.
NAMES = (
    "Pretendard-Bold",
    "NotoSansKR-Bold",
    "NotoSansCJKkr-Bold",
    "NotoSansCJK-Bold",
    "SpoqaHanSansNeo-Bold",
    "AppleSDGothicNeo",
    "NanumSquareB",
    "NanumBarunGothicBold",
    "NanumGothicBold",
    "malgunbd",
    "NotoSansKR-VF",
    "NotoSansKR-Regular",
    "NotoSansCJK-Regular",
    "NanumGothic",
    "malgun",
    "UnDotum",
)
ENDINGS = frozenset({".otf", ".ttf", ".ttc"})
# Faces looked at in one collection; Noto's has ten.
FACES_MAX = 16
# In no font: shows what a font draws for a letter that it lacks.
_LACKING = "\U0010fffe"


@dataclass(frozen=True)
class Face:
    """One face of a font file."""

    path: Path
    index: int = 0

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """The face at this height in pixels, laid out alike on every machine."""
        return ImageFont.truetype(self.path, size, index=self.index, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8)
def find(setting: str = "") -> Face | None:
    """The font file named by the setting, else the best one found; None where none has Hangul.

    Looked for once in the life of a process: a font that is installed later is found by the next one.
    """
    if setting == NONE:
        return None
    faces = map(_face, [Path(setting)] if setting else _installed())
    return next((face for face in faces if face is not None), None)


def drawable(text: str, face: Face) -> str:
    """The text without what the font lacks (emoji, mostly), which it would draw as boxes."""
    font = face.at(16)
    box = _ink(font, _LACKING)
    lacking = {sign for sign in set(text) if not sign.isspace() and _is_lacking(sign, font, box)}
    return " ".join("".join("" if sign in lacking else sign for sign in text).split())


def _is_lacking(sign: str, font: ImageFont.FreeTypeFont, box: bytes) -> bool:
    # Joiners and variation selectors only mean something beside an emoji.
    return unicodedata.category(sign) in {"Cf", "Mn", "Cs", "Co", "Cn"} or _ink(font, sign) == box


def _installed() -> list[Path]:
    """Font files with known names, best first; of two alike, the one in the earlier folder."""
    ranks = {name: rank for rank, name in enumerate(NAMES)}
    found = [
        path
        for folder in FOLDERS
        if folder.is_dir()
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in ENDINGS and path.stem in ranks
    ]
    return sorted(found, key=lambda path: ranks[path.stem])


def _face(path: Path) -> Face | None:
    """The file's Korean face, bold where the file has several; None for what is no font with Hangul."""
    faces = [Face(path, index) for index in range(FACES_MAX) if _has_hangul(Face(path, index))]
    return min(faces, key=_distance, default=None)


def _has_hangul(face: Face) -> bool:
    try:
        font = face.at(16)
    except (OSError, ValueError):
        return False
    return _ink(font, "가") != _ink(font, _LACKING)


def _distance(face: Face) -> tuple[bool, bool]:
    family, style = (name or "" for name in face.at(16).getname())
    return ("KR" not in family.split(), "Bold" not in style)


def _ink(font: ImageFont.FreeTypeFont, sign: str) -> bytes:
    mask = font.getmask(sign, mode="1")
    return bytes(mask) + repr((mask.size, font.getlength(sign))).encode()
