"""The drawn share cards: made in the background once an article without a picture is approved, gone with it.

Their files stand in MEDIA_ROOT/cards/<article>/<name>.png; views.card gives them out while the article is public.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django_tasks import task

from articles import sharing
from articles.models import Article, Section
from articles.pictures import fonts, lettering
from articles.pictures.storing import Batch
from publication import versions
from publication.models import Publication

# How many cards one tick draws, a tenth of a second each, so that a tick stays short.
DRAWN_PER_TICK = 20


def folder(article_id: int) -> Path:
    return Path(settings.MEDIA_ROOT) / "cards" / str(article_id)


def draw_soon(article: Article) -> None:
    """After the transaction, by the worker, where `saving.derive` has found that a card is due."""
    if article.card_due:
        transaction.on_commit(lambda: draw.enqueue(article.pk))


def drop(article: Article) -> None:
    """Takes the card away with the article, in the transaction that does it."""
    Article.objects.filter(pk=article.pk).update(card={}, card_due=False)
    article.card, article.card_due = {}, False
    pk = article.pk
    transaction.on_commit(lambda: shutil.rmtree(folder(pk), ignore_errors=True))


def section_changed(section: Section) -> None:
    """Its name stands on cards: they are drawn anew."""
    section.articles.filter(status="published", card__has_key="drawn").update(card_due=True)


@task()
def draw(article_id: int) -> None:
    """Settles one article's card. Harmless to run twice, or after the article has changed or gone.

    Without a font, or without a letter that it knows, there is no card: the paper's picture stands in.
    """
    article = Article.objects.select_related("section", "lead_photo").filter(pk=article_id).first()
    if article is None:
        return
    publication = Publication.objects.current()
    _settled, is_due = sharing.settled(article, publication)
    name = sharing.card_name(article, publication) if is_due else ""
    _keep(article_id, name, has_file=bool(name) and _drawn(article, publication, name))


def _drawn(article: Article, publication: Publication, name: str) -> bool:
    face = fonts.find(settings.CARD_FONT)
    if face is None or article.section is None:
        return False
    data = lettering.card(face, title=article.title, section=article.section.name, paper=publication.name)
    if data is None:
        return False
    with Batch(folder(article.pk)) as batch:
        batch.add(name, data)
    return True


def _keep(article_id: int, name: str, *, has_file: bool) -> None:
    """Says in the row which card there is, unless the article has changed meanwhile; drops the others."""
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).filter(pk=article_id).first()
        if article is None:
            shutil.rmtree(folder(article_id), ignore_errors=True)
            return
        publication = Publication.objects.current()
        card, is_due = sharing.settled(article, publication)
        if is_due and sharing.card_name(article, publication) != name:
            return
        if is_due:
            card = {"drawn": name} if has_file else {}
        Article.objects.filter(pk=article_id).update(card=card, card_due=False)
        versions.bump(f"article:{article_id}")
        kept = str(card.get("drawn", ""))
        transaction.on_commit(lambda: _tidy(article_id, kept))


def _tidy(article_id: int, kept: str) -> None:
    for path in folder(article_id).glob("*.png"):
        if path.name != kept:
            path.unlink(missing_ok=True)


def draw_left() -> int:
    """Cards that no worker drew, newest articles first; returns how many it took up."""
    due = Article.objects.filter(card_due=True).order_by("-id")
    left = list(due.values_list("pk", flat=True)[:DRAWN_PER_TICK])
    for pk in left:
        draw.func(pk)
    return len(left)
