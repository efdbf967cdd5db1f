"""The paper in schema.org's words (JSON-LD), and the one way such data gets into a page."""

import json
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
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def script(nodes: Iterable[Node]) -> SafeString:
    """One `<script type="application/ld+json">`; "" for no nodes. No text in it can end the element."""
    graph = [filled(node) for node in nodes]
    if not graph:
        return SafeString("")
    data = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return SafeString(f'<script type="application/ld+json">{text}</script>')


def filled(node: Node) -> Node:
    """The node without what is blank, at every depth; 0 and False are values."""
    kept = {name: _filled_value(value) for name, value in node.items()}
    return {name: value for name, value in kept.items() if value not in (None, "", [], {})}


def _filled_value(value: Any) -> Any:
    if isinstance(value, dict):
        return filled(value)
    if isinstance(value, list | tuple):
        return [one for one in map(_filled_value, value) if one not in (None, "", {})]
    return value


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
