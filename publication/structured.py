"""The paper in schema.org's words (JSON-LD), and the one way such data gets into a page."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.utils.safestring import SafeString

from publication import branding
from publication.models import PolicyPage, Publication

Node = dict[str, Any]

# A policy page with one of these slugs is also named to machines as what it is.
POLICIES = {
    "publishingPrinciples": ("principles", "editorial-principles"),
    "ethicsPolicy": ("ethics",),
    "correctionsPolicy": ("corrections",),
    "ownershipFundingInfo": ("ownership",),
    "masthead": ("masthead",),
}

# What could end the element it stands in, begin a comment there, or end a line for an old script engine.
_HARMFUL = re.compile("[<>&\u2028\u2029]")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def script(nodes: Iterable[Node]) -> SafeString:
    """One `<script type="application/ld+json">`; "" for no nodes. No text in it can end the element."""
    graph = [filled(node) for node in nodes]
    if not graph:
        return SafeString("")
    text = _ENCODER.encode({"@context": "https://schema.org", "@graph": graph})
    text = _HARMFUL.sub(_escaped, text)
    return SafeString(f'<script type="application/ld+json">{text}</script>')


def _escaped(sign: re.Match[str]) -> str:
    return f"\\u{ord(sign[0]):04x}"


def filled(node: Node) -> Node:
    """The node without what is blank, at every depth; 0 and False are values."""
    kept = {}
    for name, value in node.items():
        if isinstance(value, dict):
            value = filled(value)
        elif isinstance(value, list | tuple):
            value = _filled_list(value)
        if value or isinstance(value, int | float):
            kept[name] = value
    return kept


def _filled_list(values: Iterable[Any]) -> list[Any]:
    found = (filled(one) if isinstance(one, dict) else one for one in values)
    return [one for one in found if one or isinstance(one, int | float)]


def absolute(path: str) -> str:
    """An address of this site in full."""
    return settings.SITE_URL + path


def organization_id() -> str:
    return absolute("/#organization")


def organization(publication: Publication, policies: Iterable[PolicyPage] = ()) -> Node:
    """The paper as `NewsMediaOrganization`, with the policy pages that it has."""
    by_slug = {page.slug: page for page in policies}
    named = {
        name: absolute(by_slug[slug].get_absolute_url())
        for name, slugs in POLICIES.items()
        for slug in reversed(slugs)
        if slug in by_slug
    }
    return {
        "@type": "NewsMediaOrganization",
        "@id": organization_id(),
        "name": publication.name,
        "legalName": publication.corporation,
        "url": absolute("/"),
        "logo": picture_file(publication.logo),
        "sameAs": profiles(publication),
        "email": publication.email,
        "telephone": publication.phone,
        "address": {"@type": "PostalAddress", "streetAddress": publication.address}
        if publication.address
        else None,
        "foundingDate": str(publication.issued_on or ""),
        **named,
    }


def publisher(publication: Publication, policies: Iterable[PolicyPage] = ()) -> Node:
    """The paper as an article names it: how it is reached stands once, with the same `@id`, on the front page."""
    reached_by = {"email", "telephone", "address"}
    named = organization(publication, policies)
    return {name: value for name, value in named.items() if name not in reached_by}


def profiles(publication: Publication) -> list[str]:
    """The paper's places elsewhere: the lines that are addresses."""
    lines = (line.strip() for line in publication.profiles.splitlines())
    return [line for line in lines if line.startswith(("https://", "http://"))]


def website(publication: Publication) -> Node:
    """The site with its search."""
    return {
        "@type": "WebSite",
        "@id": absolute("/#website"),
        "url": absolute("/"),
        "name": publication.name,
        "description": publication.description,
        "inLanguage": settings.LANGUAGE_CODE,
        "publisher": {"@id": organization_id()},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": absolute("/search/?q={search_term_string}"),
            },
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(trail: Sequence[tuple[str, str]]) -> Node:
    """(name, path) from the front page on; the last one is the page itself and needs no address."""
    last = len(trail)
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": absolute(path) if position < last else None,
            }
            for position, (name, path) in enumerate(trail, start=1)
        ],
    }


def picture_file(file: FieldFile) -> Node | None:
    """Logo or share picture as `ImageObject`; None where there is none."""
    if not file:
        return None
    width, height = branding.size(file.name) or (None, None)
    return {"@type": "ImageObject", "url": absolute(file.url), "width": width, "height": height}
