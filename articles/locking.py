"""An article's row held for a transaction, before anything is read of it."""

from __future__ import annotations

from articles.models import Article
from publication.prepared import Prepared

# Of no other row, and nothing read: PostgreSQL gives a row that it has waited for as it is by then, and what is joined
# to it as that was before, or as none where the row refers to another one now.
LOCK = Prepared(
    lambda pk: Article.objects.select_for_update().filter(pk=pk).order_by().values_list("pk"), pk=int
)


def lock(pk: int) -> None:
    """Waits for whoever changes the article; Article.DoesNotExist. What is read afterwards stays as it is read."""
    if not LOCK.rows(pk=pk):
        raise Article.DoesNotExist
