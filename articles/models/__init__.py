"""Articles and what they stand on."""

from articles.models.article import Article, Byline
from articles.models.discussion import Discussion
from articles.models.finding import DailyReads, OldAddress, RelatedPick
from articles.models.paper import DeskAssignment, Reporter, Section, Series
from articles.models.photo import Photo, Placement
from articles.models.search import SearchEntry

__all__ = [
    "Article",
    "Byline",
    "DailyReads",
    "DeskAssignment",
    "Discussion",
    "OldAddress",
    "Photo",
    "Placement",
    "RelatedPick",
    "Reporter",
    "SearchEntry",
    "Section",
    "Series",
]
