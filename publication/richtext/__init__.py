"""Staff's rich text: the one allow-list and the one normal form of editorial HTML.

The source is read as a stream (tokens), rebuilt as a small tree of blocks (builder, blocks) whose inline text
is a flat list of runs with marks (inline), and written out from that tree. What is not in the vocabulary cannot
be written, nesting is bounded, and the same tree always gives the same text, so cleaning twice is cleaning once.
Last of all nh3 reads the result against the same allow-list: two independent sanitisers guard the database.
"""

from collections.abc import Mapping, Set

import nh3

from publication.richtext.blocks import ATTRIBUTES, TAGS, write
from publication.richtext.builder import Builder
from publication.richtext.inline import LINK_SCHEMES


def gate(tags: Set[str], attributes: Mapping[str, Set[str]]) -> nh3.Cleaner:
    """The second sanitiser: ammonia with exactly this allow-list."""
    return nh3.Cleaner(
        tags=set(tags),
        attributes={tag: set(names) for tag, names in attributes.items()},
        url_schemes=set(LINK_SCHEMES),
        link_rel=None,
        clean_content_tags={"script", "style"},
    )


_policy_gate = gate(TAGS, ATTRIBUTES)


def clean_policy(html: str) -> str:
    """A policy page's HTML as it is stored: the allow-list without pictures. Never raises; idempotent."""
    return _policy_gate.clean(write(Builder().build(html)))
