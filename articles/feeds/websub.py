"""Tells the WebSub hub which feeds changed, at the tick: never within a request, and as often as it takes.

What has been told is one moment, kept as the heartbeat "websub". Telling twice does no harm, so each run looks
a little further back than that: a change may be committed shortly after the moment it bears.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from http import HTTPStatus

from django.conf import settings
from django.urls import reverse
from django.utils.encoding import iri_to_uri

from articles.feeds.places import ENDINGS
from articles.models import Article
from articles.models.article import Status
from publication import clock
from publication.models import Audit, Heartbeat, Publication
from publication.outgoing import Unreachable, post_form

logger = logging.getLogger(__name__)

JOB = "websub"
# The longest that a request takes to commit what it calls now.
OVERLAP = timedelta(seconds=15)
# A hub that was away longer is told of no more than this.
LOOKS_BACK = timedelta(hours=6)
# Articles and feeds of one tick, so that a tick stays short; the paper's own feeds come first.
ARTICLES_MAX = 50
FEEDS_MAX = 60
# Newest deeds that are looked at.
DEEDS_MAX = 500


def tell_hub() -> int:
    """Names every changed feed to the hub; returns how many. A hub that does not answer is asked again next time.

    Without a hub nothing happens. A hub's fault is logged and never makes the tick late.
    """
    hub = Publication.objects.current().websub_hub
    if not hub:
        return 0
    now = clock.now()
    # A hub that is new has nothing to be told of the past.
    told, _is_new = Heartbeat.objects.get_or_create(name=JOB, defaults={"at": now})
    since = max(told.at - OVERLAP, now - LOOKS_BACK)
    feeds = list(dict.fromkeys(_feeds(_changed(since, now))))[:FEEDS_MAX]
    for feed in feeds:
        if not _tell(hub, feed):
            return 0
    Heartbeat.objects.filter(name=JOB).update(at=now)
    return len(feeds)


def _tell(hub: str, feed: str) -> bool:
    try:
        status = post_form(hub, [("hub.mode", "publish"), ("hub.url", feed)])
    except Unreachable as problem:
        logger.warning("The WebSub hub was not told: %s.", problem)
        return False
    if not 200 <= status < 300:
        logger.warning("The WebSub hub answered %s.", status)
    # What it refuses as a mistake of ours it would refuse for ever; its own troubles pass.
    return status < 500 and status != HTTPStatus.TOO_MANY_REQUESTS


def _changed(since: datetime, now: datetime) -> list[Article]:
    """Articles that came out, or to which something was done, after `since`, and that readers have seen."""
    deeds = Audit.objects.order_by("-id").values_list("at", "object_type", "object_id")[:DEEDS_MAX]
    ids = {pk for at, kind, pk in deeds if at > since and kind == Article._meta.label_lower}
    seen = Article.objects.filter(status__in=[Status.PUBLISHED, Status.WITHDRAWN], publish_at__lte=now)
    cards = seen.select_related("section__parent", "series").prefetch_related("bylines", "tags")
    came_out = Article.objects.public(now).filter(publish_at__gt=since).newest().values_list("pk", flat=True)
    wanted = {*came_out[:ARTICLES_MAX], *(int(pk) for pk in ids if pk.isdecimal())}
    return list(cards.filter(pk__in=sorted(wanted)[-ARTICLES_MAX:]).defer("body", "body_html"))


def _feeds(articles: Iterable[Article]) -> Iterable[str]:
    """The absolute addresses of all feeds these articles stand in, or stood in: the paper's first."""
    articles = list(articles)
    paths = [reverse("front")] if articles else []
    for article in articles:
        if article.section is not None:
            places = (article.section, article.section.parent)
            paths += [place.get_absolute_url() for place in places if place is not None]
        if article.series is not None:
            paths.append(article.series.get_absolute_url())
        paths += [reverse("reporter", args=[byline.reporter_id]) for byline in article.bylines.all()]
        paths += [reverse("tag", args=[tag.slug]) for tag in article.tags.all() if tag.slug]
    for path in paths:
        for ending in ENDINGS.values():
            yield settings.SITE_URL + iri_to_uri(path) + ending
