"""All public HTML made anew, in the background: after a pattern of the publication changed."""

from django.db import transaction
from django_tasks import task

from articles import saving
from articles.models import Article
from publication import versions

# What of the publication's facts stands inside the articles' rendered HTML.
RENDERED_FACTS = frozenset({"name", "dateline_pattern", "credit_pattern"})


@task()
def render_all() -> None:
    """Every article, newest first, each in a transaction of its own. Harmless to run twice."""
    for pk in Article.objects.order_by("-id").values_list("pk", flat=True).iterator():
        render(pk)


def render(pk: int) -> None:
    """One article's public HTML, under a lock, so that a text saved meanwhile is not overtaken."""
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if article is not None:
            saving.derive(article)
            versions.bump(f"article:{pk}")
