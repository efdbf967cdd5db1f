"""Saving an article's text as a person: permission, 수정, audit and page versions in one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import permissions
from articles import cards, saving
from articles.locking import lock
from articles.models import Article
from articles.pages import changed
from articles.workflow import NotAllowed
from publication import audit, clock

if TYPE_CHECKING:
    from accounts.models import User


def create(article: Article, *, by: User) -> None:
    """Saves a new draft; whoever writes it owns it."""
    if not permissions.can_write_articles(by):
        raise NotAllowed(_("You may not write articles."))
    with transaction.atomic():
        article.owner = by
        article.save()
        audit.record("create", by=by, obj=article)


def update(article: Article, *, by: User, is_typo: bool = False) -> None:
    """Saves a changed text. In a public article a substantial change moves 수정, a mere typo does not."""
    with transaction.atomic():
        lock(article.pk)
        before = Article.objects.select_related("section").get(pk=article.pk)
        if not permissions.can_edit_article(by, before):
            raise NotAllowed(_("The article is with the desk by now; you cannot change it any more."))
        if before.is_kept:
            # Pages that the article leaves (its old section, its old series) change as well.
            changed(before)
        article.save()
        now = clock.now()
        if _was_out(before, now) and not is_typo and _is_substantial(before, article):
            Article.objects.filter(pk=article.pk).update(content_modified_at=now)
            article.content_modified_at = now
        if not (permissions.is_owner(by, before) and before.status in permissions.REPORTER_WRITES_IN):
            # Whoever writes in an own draft leaves no trail of every save; everybody else does.
            audit.record("fix typo" if is_typo else "update", by=by, obj=article)


def finish(article: Article) -> None:
    """After bylines and tags were saved: the public HTML is made anew, the article's pages are raised."""
    with transaction.atomic():
        article.__dict__.pop("_prefetched_objects_cache", None)
        saving.derive(article)
        cards.draw_soon(article)
        if article.is_kept:
            changed(article)


def _was_out(article: Article, now: datetime) -> bool:
    """Readers have seen it: public, or public once and withdrawn since."""
    return article.first_published_at is not None and article.first_published_at <= now


def _is_substantial(before: Article, after: Article) -> bool:
    return any(getattr(before, field) != getattr(after, field) for field in saving.SUBSTANTIAL_FIELDS)


def delete(article: Article, *, by: User) -> None:
    """Deletes a draft; NotAllowed where permissions.py says so, EverPublic where it was ever public."""
    with transaction.atomic():
        lock(article.pk)
        current = Article.objects.select_related("section").get(pk=article.pk)
        if not permissions.can_delete_article(by, current):
            raise NotAllowed(_("This article cannot be deleted."))
        audit.record("delete", by=by, obj=current)
        current.delete()
