"""Which page versions an article's change raises, and on which the lists that show it stand."""

from collections.abc import Iterable
from datetime import datetime

from articles.models import Article
from publication import versions
from publication.standing import ends_at, stands_on


def changed(article: Article, *, removing: bool = False, is_gathered: bool = False) -> None:
    """Raises the versions of every page this article stands on; called in the change's transaction.

    `removing`: it is taken from readers, and so at once from everywhere a page is kept. `is_gathered`: its
    bylines and tags were gathered in this transaction (articles.story), and are not asked for again.
    """
    keys = [versions.FRONT, f"article:{article.pk}"]
    if article.section is not None:
        keys += [f"section:{pk}" for pk in (article.section_id, article.section.parent_id) if pk]
    if article.series_id:
        keys.append(f"series:{article.series_id}")
    if is_gathered:
        reporters = {byline.reporter_id for byline in article.bylines.all()}
        tags = {tag.pk for tag in article.tags.all()}
    else:
        reporters = set(article.bylines.values_list("reporter_id", flat=True))
        tags = set(article.tags.values_list("pk", flat=True))
    keys += [*(f"reporter:{pk}" for pk in reporters), *(f"tag:{pk}" for pk in tags)]
    versions.bump(*keys, removing=removing)


def next_publication(now: datetime) -> datetime | None:
    """When the next scheduled article goes out, whichever it is: lists it may enter are fresh until then."""
    return Article.objects.scheduled(now).order_by("publish_at").values_list("publish_at", flat=True).first()


def article_stands_on(article: Article) -> None:
    """An article's page shows names of all it belongs to, and what else stands under them; comments say theirs."""
    section = article.section
    stands_on(
        f"article:{article.pk}",
        *(f"section:{pk}" for pk in (section and section.pk, section and section.parent_id) if pk),
        *(f"reporter:{byline.reporter_id}" for byline in article.bylines.all()),
        *(f"tag:{tag.pk}" for tag in article.tags.all()),
    )
    if article.series_id:
        stands_on(f"series:{article.series_id}")


def list_stands_on(*keys: str, cards: Iterable[Article], now: datetime) -> None:
    """A list of cards: its own keys, the cards' comment counts, and the next article that enters it by itself."""
    stands_on(*keys, *(f"comments:{article.pk}" for article in cards))
    ends_at(next_publication(now))
