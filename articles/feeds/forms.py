"""The three forms a feed is written in. The XML ones are Django's generators with what they lack."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

from articles.feeds.entries import Entry, Person, Picture
from articles.feeds.places import ENDINGS, Place
from publication.models import Publication
from publication.text import xml_text

# Minutes for which a program that knows no conditional requests should not ask again.
TTL = 10
# A feed without any article has never been updated, but Atom wants to know when.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
MEDIA = "http://search.yahoo.com/mrss/"
MIME = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}


@dataclass(frozen=True)
class Head:
    """What a feed says of itself. Addresses are absolute; description and hub may be ""."""

    title: str
    name: str
    url: str
    feed_url: str
    description: str
    rights: str
    icon: str
    logo: str
    hub: str
    updated: datetime


def head(place: Place, form: str, publication: Publication, entries: Sequence[Entry]) -> Head:
    name = xml_text(publication.name)
    url = settings.SITE_URL + iri_to_uri(place.path)
    updated = max((entry.updated for entry in entries), default=timezone.localtime(NEVER))
    return Head(
        title=f"{xml_text(place.heading)} | {name}" if place.heading else name,
        name=name,
        url=url,
        feed_url=url + ENDINGS[form],
        description=xml_text(place.description if place.heading else publication.description),
        rights=xml_text(publication.copyright_text),
        icon=settings.SITE_URL + reverse("icon-192"),
        logo=settings.SITE_URL + publication.logo.url if publication.logo else "",
        hub=publication.websub_hub,
        updated=updated,
    )


def write(form: str, told: Head, entries: Sequence[Entry]) -> str:
    """The feed's text; form is a key of MIME."""
    if form == "json":
        return _json(told, entries)
    feed = {"rss": Rss, "atom": Atom}[form](
        title=told.title,
        link=told.url,
        # RSS demands one, Atom's subtitle may be missing.
        description=told.description or told.title,
        subtitle=told.description,
        language=settings.LANGUAGE_CODE,
        feed_url=told.feed_url,
        feed_copyright=told.rights,
        ttl=str(TTL),
        head=told,
    )
    for entry in entries:
        feed.add_item(
            title=entry.title,
            link=entry.url,
            # Reader programs read it as HTML.
            description=escape(entry.summary, quote=False),
            pubdate=entry.published,
            updateddate=entry.updated,
            unique_id=entry.url,
            unique_id_is_permalink=True,
            categories=entry.categories,
            entry=entry,
        )
    return feed.writeString("utf-8")


class Rss(Rss201rev2Feed):
    """RSS 2.0 with every author, the whole text, pictures with their words, and when an item was changed."""

    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": MEDIA,
        }

    def latest_post_date(self) -> datetime:
        return self.feed["head"].updated

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        told: Head = self.feed["head"]
        if told.hub:
            handler.addQuickElement("atom:link", attrs={"rel": "hub", "href": told.hub})
        handler.startElement("image", {})
        for name, text in (("url", told.icon), ("title", told.title), ("link", told.url)):
            handler.addQuickElement(name, text)
        handler.endElement("image")

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        for person in entry.people:
            handler.addQuickElement("dc:creator", person.name)
        if entry.rights:
            handler.addQuickElement("dc:rights", entry.rights)
        handler.addQuickElement("atom:updated", rfc3339_date(entry.updated))
        handler.addQuickElement("content:encoded", _content(entry))
        _add_picture(handler, entry.picture)


class Atom(Atom1Feed):
    """Atom with every author, the whole text, and pictures with their words."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:media": MEDIA}

    def latest_post_date(self) -> datetime:
        return self.feed["head"].updated

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        told: Head = self.feed["head"]
        # For entries that name nobody.
        _add_author(handler, Person(told.name, settings.SITE_URL + "/"))
        if told.hub:
            handler.addQuickElement("link", attrs={"rel": "hub", "href": told.hub})
        handler.addQuickElement("icon", told.icon)
        if told.logo:
            handler.addQuickElement("logo", told.logo)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        for person in entry.people:
            _add_author(handler, person)
        if entry.rights:
            handler.addQuickElement("rights", entry.rights)
        handler.addQuickElement("content", _content(entry), {"type": "html"})
        _add_picture(handler, entry.picture)


def _content(entry: Entry) -> str:
    """Never without: in an item that has none, feedparser takes the picture's caption for the text."""
    return entry.html or f"<p>{escape(entry.summary, quote=False)}</p>"


def _add_author(handler: SimplerXMLGenerator, person: Person) -> None:
    handler.startElement("author", {})
    handler.addQuickElement("name", person.name)
    handler.addQuickElement("uri", person.url)
    handler.endElement("author")


def _add_picture(handler: SimplerXMLGenerator, picture: Picture | None) -> None:
    if picture is None:
        return
    size = {"width": str(picture.width), "height": str(picture.height)}
    handler.startElement(
        "media:content", {"url": picture.url, "type": "image/jpeg", "medium": "image", **size}
    )
    if picture.caption:
        handler.addQuickElement("media:description", picture.caption, {"type": "plain"})
    if picture.credit:
        handler.addQuickElement("media:credit", picture.credit)
    handler.addQuickElement("media:thumbnail", attrs={"url": picture.thumbnail})
    handler.endElement("media:content")


def _json(told: Head, entries: Iterable[Entry]) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": told.title,
        "home_page_url": told.url,
        "feed_url": told.feed_url,
        "description": told.description,
        "icon": told.icon,
        "language": settings.LANGUAGE_CODE,
        "authors": [{"name": told.name, "url": settings.SITE_URL + "/"}],
        "hubs": [{"type": "WebSub", "url": told.hub}] if told.hub else [],
        "items": [_json_item(entry) for entry in entries],
    }
    return json.dumps(_said(feed), ensure_ascii=False)


def _json_item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.url,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "image": entry.picture.url if entry.picture else "",
        "date_published": rfc3339_date(entry.published),
        "date_modified": rfc3339_date(entry.updated),
        "authors": [{"name": person.name, "url": person.url} for person in entry.people],
        "tags": list(entry.categories),
    }
    # One of the two must be there, even empty.
    text = {"content_html": entry.html} if entry.html else {"content_text": entry.summary}
    return _said(item) | text


def _said(told: dict[str, Any]) -> dict[str, Any]:
    """Without what is blank; an empty list of items is an answer."""
    return {name: value for name, value in told.items() if value or name == "items"}
