"""Articles whose headlines share telling words with another one's headline and tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from articles.models import Article, SearchEntry
from articles.search import tokens
from articles.search.engines import TITLE, Times, all_of, engine

WORDS = 6
"""So many words are looked for, the longest: the longer a word, the fewer articles hold it by chance."""

ENOUGH = 3
"""With so many words longer than SHORTEST, the shortest, which stand everywhere, are not looked for."""

SHORTEST = 2
"""Syllables or letters of a word that tells anything."""

COMPARED = 100
"""Of the articles found, so many of the newest are compared."""


def similar(article: Article, now: datetime, limit: int, exclude_ids: Collection[int] = ()) -> list[int]:
    """Ids of public articles, those that share the most first, then the newest; never the article itself.

    Of equally many words, those tell more that fewer of the compared headlines hold. Two queries.
    """
    words = _words(article)
    if not words or limit <= 0:
        return []
    match = [[[TITLE + term for term in sorted(tokens.sought(word))] for word in words]]
    search = engine()
    with search.reading():
        pks = search.found(match, Times(now), all_of([]), COMPARED, by_id=True)
    titles = dict(SearchEntry.objects.filter(pk__in=pks).values_list("pk", "title"))
    shared = {pk: [word for word in words if _needle(word) in titles[pk]] for pk in pks if pk in titles}
    holders = Counter(word for found in shared.values() for word in found)
    left_out = {article.pk, *exclude_ids}
    ranks = {
        pk: (-len(found), sum(holders[word] for word in found))
        for pk, found in shared.items()
        if found and pk not in left_out
    }
    # The found are in order, the newest first, and sorting keeps the order of equals.
    return sorted(ranks, key=ranks.__getitem__)[:limit]


def _words(article: Article) -> list[str]:
    """The words of headline and tags, the longest first."""
    written = tokens.lines([article.title, *(tag.name for tag in article.tags.all())]).split()
    words = dict.fromkeys(word for word in written if len(word) >= SHORTEST)
    longer = [word for word in words if len(word) > SHORTEST]
    return sorted(longer if len(longer) >= ENOUGH else words, key=len, reverse=True)[:WORDS]


def _needle(word: str) -> str:
    return word if tokens.is_glued(word) else f" {word} "
