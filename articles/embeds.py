"""Videos and posts of other sites in a text: from the pasted address, by pattern, to an inert box.

Nothing is ever fetched. A paragraph that is one address of a provider below becomes, when the text is rendered,
a box with a plain link; the page's script (static/js/public/embeds.js) puts the provider's frame into it when
the reader asks, if `settings.EMBEDS` has the provider, and the page's policy lets exactly those hosts in. Boxes
do not depend on the setting: a provider that is switched off leaves its link, and no text is rendered anew.

settings.py reads this file while it is being read itself, so nothing here may need a model or a translation
that is already active.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from html import escape
from urllib.parse import parse_qsl, quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publication.richtext.inline import BREAK, LINK_RELATION, Leaf

ADDRESS_MAX = 500
"""Characters of an address that is looked at; a longer one stays the text it is."""


class Kind(Enum):
    """What waits behind the button, which names it."""

    VIDEO = "video"
    SOUND = "sound"
    POST = "post"

    @property
    def pattern(self) -> str:
        """The box's title in the active language, with a place for the provider's name."""
        return {
            Kind.VIDEO: _("{provider} video"),
            Kind.SOUND: _("{provider} audio"),
            Kind.POST: _("{provider} post"),
        }[self]

    @property
    def button(self) -> str:
        return _("Show") if self is Kind.POST else _("Play")


class Shape(Enum):
    """How the frame stands in the column; the style sheet knows each by its name."""

    WIDE = "wide"  # 16 to 9
    TALL = "tall"  # 9 to 16
    POST = "post"  # of a height that the provider does not tell
    BAR = "bar"  # a player for sound


@dataclass(frozen=True, slots=True)
class Route:
    """One form of address. `address` matches host and path; its groups and those of `query` are the parts."""

    address: re.Pattern[str]
    frame: str
    page: str
    kind: Kind
    shape: Shape
    query: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    """Parameters that must be there, each with one named group."""
    start: bool = False
    """Whether `t=90` or `start=90`, in seconds, is a place in it to begin at."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A site whose videos or posts may stand in a text. `hosts`: what frames of it need of the policy."""

    name: str
    hosts: tuple[str, ...]
    routes: tuple[Route, ...]


@dataclass(frozen=True, slots=True)
class Embed:
    """One box: `frame` is the address of the player, `page` that of the original, both made from patterns."""

    provider: str
    frame: str
    page: str
    kind: Kind
    shape: Shape


def _is(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def _wide(address: str, frame: str, page: str) -> Route:
    return Route(_is(address), frame, page, Kind.VIDEO, Shape.WIDE)


def _tall(address: str, frame: str, page: str) -> Route:
    return Route(_is(address), frame, page, Kind.VIDEO, Shape.TALL)


def _post(address: str, frame: str, page: str, **query: re.Pattern[str]) -> Route:
    return Route(_is(address), frame, page, Kind.POST, Shape.POST, query)


def _sound(address: str, frame: str, page: str) -> Route:
    return Route(_is(address), frame, page, Kind.SOUND, Shape.BAR)


_YOUTUBE = r"(?:(?:www|m|music)\.)?youtube\.com"
_YOUTUBE_ID = r"(?P<id>[\w-]{11})"
_YOUTUBE_FRAME = "https://www.youtube-nocookie.com/embed/{id}?autoplay=1"
_YOUTUBE_PAGE = "https://www.youtube.com/watch?v={id}"
_NUMBER = r"(?P<id>[1-9]\d{0,19})"
_X = "https://platform.twitter.com/embed/Tweet.html?dnt=true&id={id}"
_INSTAGRAM = r"(?:www\.)?instagram\.com(?:/[\w.]{1,30})?"
_INSTAGRAM_ID = r"(?P<id>[\w-]{5,40})"
_FACEBOOK = r"(?:(?:www|m|web)\.)?facebook\.com"
_FACEBOOK_PAGE = r"(?P<page>[\w.-]{1,80})"
_FACEBOOK_POST = "https://www.facebook.com/plugins/post.php?show_text=true&href="
_FACEBOOK_VIDEO = "https://www.facebook.com/plugins/video.php?show_text=false&autoplay=true&href="
_TIKTOK = r"(?:(?:www|m)\.)?tiktok\.com"
_THREADS = r"(?:www\.)?threads\.(?:com|net)"
_SLUG = r"[a-z0-9][\w-]{0,79}"


def _whole(page: str) -> str:
    """A page's pattern as a value in another address; its places stay places."""
    return quote(page, safe="{}")


def _youtube() -> Iterable[Route]:
    by_query = {"v": _is(_YOUTUBE_ID)}
    video, wide = Kind.VIDEO, Shape.WIDE
    for address, query in (
        (rf"{_YOUTUBE}/watch", by_query),
        (rf"youtu\.be/{_YOUTUBE_ID}", {}),
        (rf"{_YOUTUBE}/(?:live|embed|v)/{_YOUTUBE_ID}", {}),
        (rf"www\.youtube-nocookie\.com/embed/{_YOUTUBE_ID}", {}),
    ):
        yield Route(_is(address), _YOUTUBE_FRAME, _YOUTUBE_PAGE, video, wide, query, start=True)
    yield _tall(rf"{_YOUTUBE}/shorts/{_YOUTUBE_ID}", _YOUTUBE_FRAME, "https://www.youtube.com/shorts/{id}")


def _facebook() -> Iterable[Route]:
    post = "https://www.facebook.com/{page}/posts/{id}"
    film = "https://www.facebook.com/{page}/videos/{id}"
    watch, reel = "https://www.facebook.com/watch/?v={id}", "https://www.facebook.com/reel/{id}"
    yield _post(
        rf"{_FACEBOOK}/{_FACEBOOK_PAGE}/posts/(?P<id>\w{{5,120}})", _FACEBOOK_POST + _whole(post), post
    )
    yield _wide(rf"{_FACEBOOK}/{_FACEBOOK_PAGE}/videos/{_NUMBER}", _FACEBOOK_VIDEO + _whole(film), film)
    yield Route(
        _is(rf"{_FACEBOOK}/watch"),
        _FACEBOOK_VIDEO + _whole(watch),
        watch,
        Kind.VIDEO,
        Shape.WIDE,
        {"v": _is(_NUMBER)},
    )
    yield _tall(rf"{_FACEBOOK}/reel/{_NUMBER}", _FACEBOOK_VIDEO + _whole(reel), reel)


# A name in `settings.EMBEDS` -> the provider. Kakao TV ended in June 2026 and is none.
PROVIDERS: dict[str, Provider] = {
    "youtube": Provider("YouTube", ("https://www.youtube-nocookie.com",), tuple(_youtube())),
    "vimeo": Provider(
        "Vimeo",
        ("https://player.vimeo.com",),
        (
            _wide(
                rf"(?:(?:www\.)?vimeo\.com|player\.vimeo\.com/video)/{_NUMBER}",
                "https://player.vimeo.com/video/{id}?dnt=1&autoplay=1",
                "https://vimeo.com/{id}",
            ),
            # Unlisted: the second part is the key to it.
            _wide(
                rf"(?:www\.)?vimeo\.com/{_NUMBER}/(?P<key>[0-9a-f]{{8,16}})",
                "https://player.vimeo.com/video/{id}?h={key}&dnt=1&autoplay=1",
                "https://vimeo.com/{id}/{key}",
            ),
        ),
    ),
    "navertv": Provider(
        gettext_lazy("Naver TV"),
        ("https://tv.naver.com",),
        (
            _wide(
                rf"(?:m\.)?tv\.naver\.com/(?:v|embed)/{_NUMBER}",
                "https://tv.naver.com/embed/{id}?autoPlay=true",
                "https://tv.naver.com/v/{id}",
            ),
        ),
    ),
    "soundcloud": Provider(
        "SoundCloud",
        ("https://w.soundcloud.com",),
        (
            _sound(
                rf"(?:(?:www|m)\.)?soundcloud\.com/(?P<who>{_SLUG})/(?P<id>(?:sets/)?{_SLUG})",
                "https://w.soundcloud.com/player/?auto_play=true&url="
                + _whole("https://soundcloud.com/{who}/{id}"),
                "https://soundcloud.com/{who}/{id}",
            ),
        ),
    ),
    "spotify": Provider(
        "Spotify",
        ("https://open.spotify.com",),
        (
            _sound(
                r"open\.spotify\.com/(?:intl-[a-z]{2}/)?"
                r"(?P<what>episode|show|track|album|playlist)/(?P<id>[0-9A-Za-z]{22})",
                "https://open.spotify.com/embed/{what}/{id}",
                "https://open.spotify.com/{what}/{id}",
            ),
        ),
    ),
    "x": Provider(
        "X",
        ("https://platform.twitter.com",),
        (
            _post(
                rf"(?:(?:www|mobile)\.)?(?:x|twitter)\.com/(?P<who>\w{{1,15}})/status/{_NUMBER}"
                r"(?:/(?:photo|video)/[1-4])?",
                _X,
                "https://x.com/{who}/status/{id}",
            ),
        ),
    ),
    "instagram": Provider(
        "Instagram",
        ("https://www.instagram.com",),
        tuple(
            _post(
                rf"{_INSTAGRAM}/{spelling}/{_INSTAGRAM_ID}",
                f"https://www.instagram.com/{what}/{{id}}/embed/captioned/",
                f"https://www.instagram.com/{what}/{{id}}/",
            )
            for spelling, what in (("p", "p"), ("reels?", "reel"), ("tv", "tv"))
        ),
    ),
    "facebook": Provider("Facebook", ("https://www.facebook.com",), tuple(_facebook())),
    "threads": Provider(
        "Threads",
        ("https://www.threads.com",),
        (
            _post(
                rf"{_THREADS}/@(?P<who>[\w.]{{1,30}})/post/{_INSTAGRAM_ID}",
                "https://www.threads.com/@{who}/post/{id}/embed/",
                "https://www.threads.com/@{who}/post/{id}",
            ),
        ),
    ),
    "tiktok": Provider(
        "TikTok",
        ("https://www.tiktok.com",),
        (
            _tall(
                rf"{_TIKTOK}/@(?P<who>[\w.]{{1,30}})/video/{_NUMBER}",
                "https://www.tiktok.com/player/v1/{id}?autoplay=1",
                "https://www.tiktok.com/@{who}/video/{id}",
            ),
        ),
    ),
}

# The whole of an address that is looked at: no name or password, no port, no letter beyond ASCII.
_ADDRESS = re.compile(r"(?:https?://)?(?P<host>[a-z0-9.-]{4,60})(?P<path>/[!-~]*)", re.ASCII | re.IGNORECASE)
_SECONDS = _is(r"(\d{1,5})s?")


def hosts(names: Iterable[str]) -> list[str]:
    """What `frame-src` allows for these providers."""
    return [host for name in names for host in PROVIDERS[name].hosts]


def find(address: str) -> Embed | None:
    """The embed that this address is of, whole and alone; None for every other text."""
    found = _ADDRESS.fullmatch(address) if len(address) <= ADDRESS_MAX else None
    if found is None:
        return None
    path, _question, asked = found["path"].partition("#")[0].partition("?")
    try:
        query = dict(parse_qsl(asked, max_num_fields=20))
    except ValueError:
        return None
    place = found["host"].lower() + path.removesuffix("/")
    for name, provider in PROVIDERS.items():
        for route in provider.routes:
            values = _parts(route, place, query)
            if values is not None:
                start = _start(query) if route.start else ""
                frame = route.frame.format(**values) + (f"&start={start}" if start else "")
                page = route.page.format(**values) + (f"&t={start}" if start else "")
                return Embed(name, frame, page, route.kind, route.shape)
    return None


def _parts(route: Route, place: str, query: Mapping[str, str]) -> dict[str, str] | None:
    """The named parts of an address of this route; None where it is none. Each part matched its own pattern."""
    found = route.address.fullmatch(place)
    if found is None:
        return None
    values = found.groupdict()
    for name, pattern in route.query.items():
        asked = pattern.fullmatch(query.get(name, ""))
        if asked is None:
            return None
        values |= asked.groupdict()
    return values


def _start(query: Mapping[str, str]) -> str:
    """Seconds, "" for none."""
    found = _SECONDS.fullmatch(query.get("t") or query.get("start") or "")
    return str(int(found[1]) or "") if found else ""


def alone_in(leaf: Leaf) -> Embed | None:
    """The embed that a paragraph consists of: plain text, or a link to the very thing that its text names."""
    if leaf.tag != "p" or any(run.text == BREAK for run in leaf.runs):
        return None
    found = find(leaf.text().strip())
    if found is None or any(run.href and find(run.href) != found for run in leaf.runs):
        return None
    return found


def embed_html(embed: Embed) -> str:
    """The inert box, in the active language: a plain link, and what the script needs to make a frame."""
    title = embed.kind.pattern.format(provider=PROVIDERS[embed.provider].name)
    return (
        f'<div class="embed embed-{embed.shape.value}" data-embed="{embed.provider}"'
        f' data-frame="{escape(embed.frame)}" data-title="{escape(title)}"'
        f' data-button="{escape(embed.kind.button)}">'
        f'<p><a href="{escape(embed.page)}" rel="{LINK_RELATION}">{escape(title)}</a></p></div>'
    )
