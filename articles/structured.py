"""Articles, lists and reporters in schema.org's words; publication.structured writes them into the page.

A column is an `OpinionNewsArticle` as well as a `NewsArticle`: the second type is the one that every reader of
such data knows, the first says that it is opinion.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from articles.models import Article, Byline, Photo, Reporter, Section
from articles.models.article import Kind
from articles.sharing import Shown, shown
from publication import structured
from publication.furniture import thing
from publication.models import PolicyPage, Publication
from publication.structured import Node, absolute
from publication.templatetags.moments import machine_time

# Who stands in the byline for something else than having made the story.
CONTRIBUTIONS = {Byline.Role.EDITING: "editor", Byline.Role.TRANSLATION: "translator"}


def news_article(article: Article, publication: Publication, policies: Iterable[PolicyPage]) -> Node:
    """The article from `for_page()`; no query of its own. Its publisher stands in it in full."""
    url = absolute(article.get_absolute_url())
    picture = shown(article)
    return {
        "@type": ["NewsArticle", "OpinionNewsArticle"] if article.kind == Kind.COLUMN else "NewsArticle",
        "@id": f"{url}#article",
        "url": url,
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
        "headline": article.title,
        "alternativeHeadline": article.subtitle,
        "description": article.summary,
        "inLanguage": settings.LANGUAGE_CODE,
        "datePublished": machine_time(article.first_published_at),
        "dateModified": machine_time(article.content_modified_at or article.first_published_at),
        **_people(article, publication),
        "image": _images(picture) if picture else None,
        "articleSection": _section_names(article.section),
        "keywords": [tag.name for tag in article.tags.all()],
        "commentCount": article.comment_count,
        "discussionUrl": f"{url}#comments",
        "isAccessibleForFree": True,
        "isPartOf": {
            "@type": "CreativeWorkSeries",
            "name": article.series.title,
            "url": absolute(article.series.get_absolute_url()),
        }
        if article.series
        else None,
        "creditText": article.source,
        "copyrightNotice": article.copyright or publication.copyright_text,
        "publisher": thing(
            "publisher", lambda: structured.filled(structured.publisher(publication, policies))
        ),
    }


def _people(article: Article, publication: Publication) -> Node:
    """`author`, `editor`, `translator`: each person once in each, in the order of the byline."""
    parts: dict[str, dict[int, Node]] = {}
    for byline in article.bylines.all():
        part = parts.setdefault(CONTRIBUTIONS.get(byline.role, "author"), {})
        part.setdefault(byline.reporter_id, _author(byline))
    named = {name: list(people.values()) for name, people in parts.items()}
    if "author" not in named:
        paper = {"@type": "NewsMediaOrganization", "name": publication.name, "url": absolute("/")}
        named["author"] = next(iter(named.values()), [paper])
    return named


def _author(byline: Byline) -> Node:
    """The bare name and the title as published; who left the paper has no address any more."""
    path = byline.reporter.get_absolute_url() if byline.reporter.is_active else ""
    return {
        "@type": "Person",
        "@id": f"{absolute(path)}#person" if path else None,
        "name": byline.name,
        "jobTitle": byline.title,
        "url": absolute(path) if path else None,
    }


def _images(picture: Shown) -> list[Node]:
    return [_image(one, picture) for one in picture.pictures]


def _image(one: dict[str, Any], picture: Shown) -> Node:
    url = absolute(one["url"])
    return {
        "@type": "ImageObject",
        "url": url,
        "contentUrl": url,
        "width": one["width"],
        "height": one["height"],
        "caption": picture.caption or picture.alt,
        "creditText": picture.credit,
        "copyrightNotice": picture.copyright,
        "creator": {"@type": "Person", "name": picture.photographer} if picture.photographer else None,
    }


def _section_names(section: Section | None) -> list[str]:
    """The section, after the one it belongs to."""
    if section is None:
        return []
    return [section.parent.name, section.name] if section.parent else [section.name]


def section_trail(section: Section | None, publication: Publication) -> list[tuple[str, str]]:
    """The way from the front page to a section."""
    steps = [section.parent, section] if section and section.parent else [section]
    return [(publication.name, "/"), *((step.name, step.get_absolute_url()) for step in steps if step)]


def article_breadcrumbs(article: Article, publication: Publication) -> Node:
    trail = section_trail(article.section, publication)
    return structured.breadcrumbs([*trail, (article.title, article.get_absolute_url())])


def collection(name: str, path: str, description: str, articles: Sequence[Article]) -> Node:
    """A list of articles, in its order."""
    return {
        "@type": "CollectionPage",
        "@id": absolute(path),
        "url": absolute(path),
        "name": name,
        "description": description,
        "inLanguage": settings.LANGUAGE_CODE,
        "isPartOf": {"@id": absolute("/#website")},
        "mainEntity": {
            "@type": "ItemList",
            "itemListElement": [
                {"@type": "ListItem", "position": position, "url": absolute(article.get_absolute_url())}
                for position, article in enumerate(articles, start=1)
            ],
        },
    }


def profile(person: Reporter, publication: Publication) -> Node:
    """A reporter's page. The address for mail stands on the page for people, not here."""
    url = absolute(person.get_absolute_url())
    return {
        "@type": "ProfilePage",
        "@id": url,
        "url": url,
        "inLanguage": settings.LANGUAGE_CODE,
        "mainEntity": {
            "@type": "Person",
            "@id": f"{url}#person",
            "name": person.name,
            "jobTitle": person.title,
            "url": url,
            "description": person.bio,
            "image": _portrait(person.portrait) if person.portrait else None,
            "worksFor": {
                "@type": "NewsMediaOrganization",
                "@id": structured.organization_id(),
                "name": publication.name,
                "url": absolute(reverse("front")),
            }
            if person.is_active
            else None,
        },
    }


def _portrait(photo: Photo) -> list[Node]:
    pictures = Shown.of(photo, caption="", credit=photo.credit, alt="", whole=photo.whole)
    return _images(pictures)
