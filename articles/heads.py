"""The heads of articles, of their threads, and of the lists they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from articles import structured
from articles.models import Article, Reporter, Section, Series
from articles.sharing import Shown, share_picture
from publication.heads import Head, SharePicture
from publication.models import PolicyPage, Publication
from publication.structured import absolute, breadcrumbs
from publication.templatetags.moments import machine_time


def article_head(article: Article, publication: Publication, policies: Iterable[PolicyPage]) -> Head:
    """An article's page; the article comes from `for_page()`."""
    return Head(
        publication,
        title=article.title,
        path=article.get_absolute_url(),
        description=article.summary,
        type="article",
        share_picture=share_picture(article),
        properties=_properties(article),
        graph=(
            structured.news_article(article, publication, policies),
            structured.article_breadcrumbs(article, publication),
        ),
    )


def _properties(article: Article) -> tuple[tuple[str, str], ...]:
    """What OpenGraph knows of an article: `article:author` is the address of a person's page."""
    authors = {byline.reporter_id: byline.reporter for byline in article.bylines.all()}
    return tuple(
        (f"article:{name}", value)
        for name, value in (
            ("published_time", machine_time(article.first_published_at)),
            ("modified_time", machine_time(article.content_modified_at)),
            ("section", article.section.name if article.section else ""),
            *(("author", absolute(one.get_absolute_url())) for one in authors.values() if one.is_active),
            *(("tag", tag.name) for tag in article.tags.all()),
        )
        if value
    )


def thread_head(article: Article, publication: Publication, query: str = "") -> Head:
    """A page of an article's thread: whoever shares it shares the article."""
    return Head(
        publication,
        title=_("Comments: {title}").format(title=article.title),
        path=reverse("comments", args=[article.pk]) + (f"?{query}" if query else ""),
        description=_("What readers say about this article: {title}").format(title=article.title),
        shared=article.get_absolute_url(),
        share_picture=share_picture(article),
    )


def list_head(
    heading: str,
    subject: Any,
    path: str,
    articles: Sequence[Article],
    publication: Publication,
) -> Head:
    """A list's page. `subject`: the section, series, reporter or tag it is of, None for other lists."""
    if isinstance(subject, Reporter):
        return _reporter_head(subject, path, publication)
    title, description = _words(subject, heading, publication)
    trail = structured.section_trail(subject if isinstance(subject, Section) else None, publication)
    if not isinstance(subject, Section):
        trail.append((heading, path))
    return Head(
        publication,
        title=title,
        path=path,
        description=description,
        graph=(structured.collection(title, path, description, articles), breadcrumbs(trail)),
    )


def _words(subject: Any, heading: str, publication: Publication) -> tuple[str, str]:
    """Title and description of a list."""
    if isinstance(subject, Section):
        return heading, _("The latest articles of {paper} in {section}.").format(
            paper=publication.name, section=heading
        )
    if isinstance(subject, Series) and subject.description:
        return heading, subject.description
    return heading, _("{heading}: the articles of {paper}.").format(heading=heading, paper=publication.name)


def _reporter_head(person: Reporter, path: str, publication: Publication) -> Head:
    shown = (
        Shown.of(person.portrait, caption="", credit="", alt=person.name, whole=False)
        if person.portrait
        else None
    )
    picture = None
    if shown and shown.pictures:
        first = shown.pictures[0]
        picture = SharePicture(absolute(first["url"]), first["width"], first["height"], person.name)
    trail = [(publication.name, "/"), (person.name, path)]
    return Head(
        publication,
        title=str(person),
        path=path,
        description=person.bio
        or _("{heading}: the articles of {paper}.").format(heading=person, paper=publication.name),
        type="profile",
        share_picture=picture,
        graph=(structured.profile(person, publication), breadcrumbs(trail)),
    )
