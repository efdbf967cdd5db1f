"""What happens to an article's text on its way into the database, whatever door it came through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articles import body, rendering, sharing
from articles.models.photo import Photo, Placement
from articles.search import index
from publication.models import Publication
from publication.prepared import Prepared
from publication.text import fold

if TYPE_CHECKING:
    from articles.models.article import Article

# Written by saving a text; status and times are articles.workflow's alone.
CONTENT_FIELDS = (
    "title",
    "subtitle",
    "kind",
    "grade",
    "section",
    "series",
    "region",
    "lead",
    "body",
    "lead_photo",
    "lead_caption",
    "lead_credit",
    "lead_alt",
    "lead_decorative",
    "lead_whole",
    "source",
    "copyright",
    "ai_use",
    "ai_note",
    "summary",
    "updated_at",
)
# A change of one of these in a public article moves 수정 (doors.md).
SUBSTANTIAL_FIELDS = (
    "title",
    "subtitle",
    "lead",
    "body",
    "lead_photo_id",
    "lead_caption",
    "lead_credit",
    "lead_alt",
    "lead_decorative",
    "lead_whole",
)
SUMMARY_LENGTH = 160
# As Publication.objects.current().
PAPER = Prepared(lambda: Publication.objects.order_by("pk")[:1])


def prepare(article: Article) -> None:
    """Cleans the text in place: unknown pictures leave it, known ones get their address."""
    article.body = body.clean_body(article.body)
    ids = {figure.photo_id for figure in body.figures(article.body)}
    known = (
        {photo.pk: photo.preview_url for photo in Photo.objects.filter(pk__in=ids).only("key")} if ids else {}
    )
    article.body = body.clean_body(article.body, known)
    article.lead_caption, article.lead_alt = fold(article.lead_caption), fold(article.lead_alt)
    article.summary = body.summary(article.body, article.lead, SUMMARY_LENGTH)


def derive(article: Article, **moved: Any) -> None:
    """Makes what follows from a saved text and its bylines: the public HTML, the card and the placements.

    `moved`: columns that change with it, of the workflow; all is written in one statement.
    """
    for name, value in moved.items():
        setattr(article, name, value)
    paper = next(iter(PAPER.objects()), None) or Publication()
    card, card_due = sharing.settled(article, paper)
    made = {
        "body_html": rendering.render_body(article, publication=paper),
        "lead_html": rendering.render_lead(article, publication=paper),
        "card": card,
        "card_due": card_due,
    }
    type(article).objects.filter(pk=article.pk).update(**moved, **made)
    for name, value in made.items():
        setattr(article, name, value)
    _place(article)
    index.put(article, moved.get("publish_at"))


def _place(article: Article) -> None:
    wanted = [
        Placement(
            article=article,
            photo_id=figure.photo_id,
            role=Placement.Role.FIGURE,
            order=order,
            caption=figure.caption,
            credit=figure.credit,
            alt=figure.alt,
            decorative=figure.decorative,
            whole=figure.whole,
        )
        for order, figure in enumerate(body.figures(article.body))
    ]
    if article.lead_photo_id:
        wanted.append(
            Placement(
                article=article,
                photo_id=article.lead_photo_id,
                role=Placement.Role.LEAD,
                order=0,
                caption=article.lead_caption,
                credit=article.lead_credit,
                alt=article.lead_alt,
                decorative=article.lead_decorative,
                whole=article.lead_whole,
            )
        )
    if sorted(map(_shape, wanted)) == sorted(map(_shape, article.placements.all())):
        return
    article.placements.all().delete()
    Placement.objects.bulk_create(wanted)


def _shape(placement: Placement) -> tuple[Any, ...]:
    """All there is to it but its number."""
    return tuple(
        getattr(placement, field.attname)
        for field in Placement._meta.concrete_fields
        if not field.primary_key
    )
