"""Puts the demo paper into the database, through the same verbs that people use."""

import io
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.html import format_html

from accounts.models import User
from articles import editing, photos, workflow
from articles.models import Article, Byline, Photo, Reporter, Section, Series
from articles.pictures.marks import Marks
from newsroom.demo import comments, people, reads, sources
from newsroom.demo.pictures import draw
from publication import clock
from publication.models import PolicyPage, Publication

Say = Callable[[str], None]
PLACE = re.compile(r"\{\{picture:([\w-]+)\}\}")
# Wide enough for the lead of a story; the larger the picture, the longer the first `make run`.
SIZE = (1200, 800)
# An article is sent to the desk and decided about this long before it goes out.
DESK_TIME = timedelta(minutes=20)
PLAIN_FIELDS = ("title", "subtitle", "kind", "grade", "lead", "source", "copyright", "ai_use", "ai_note")


def load(say: Say) -> None:
    """Facts, people, pictures, articles. A second run finds everything there and changes nothing."""
    paper = sources.paper()
    with transaction.atomic():
        _facts(paper)
        logins = people.load_logins()
        reporters = people.load_reporters(paper["reporters"], logins["reporter"])
        for row in paper["series"]:
            Series.objects.get_or_create(slug=row["slug"], defaults=row)
    if Article.objects.exists():
        say("the demo's articles are there already")
        comments.load(say)
        reads.load(say)
        return
    say(f"drawing {len(sources.pictures())} pictures")
    drawn = dict(_drawn(sources.pictures()))
    say(f"writing {len(sources.stories())} articles")
    now = clock.now()
    # All of them or none: a second run must not take half a paper for a whole one.
    with transaction.atomic():
        for story in sources.stories():
            _Story(story, drawn, reporters, logins, now).write()
    comments.load(say)
    reads.load(say)


def make_renditions(say: Say) -> None:
    """The renditions that are still missing, one photo after the other."""
    missing = list(Photo.objects.filter(is_complete=False).order_by("-id").values_list("pk", flat=True))
    for number, pk in enumerate(missing, start=1):
        photos.make_renditions.func(pk)
        say(f"renditions of picture {number} of {len(missing)}")


def _facts(paper: dict[str, Any]) -> None:
    Publication.objects.get_or_create(pk=1, defaults=paper["publication"])
    for row in paper["sections"]:
        top = _section(row, None)
        for child in row.get("subsections", []):
            _section(child, top)
    for row in paper["policy_pages"]:
        PolicyPage.objects.get_or_create(slug=row["slug"], defaults=row)


def _section(row: dict[str, Any], parent: Section | None) -> Section:
    fields = {"name": row["name"], "order": row["order"], "parent": parent}
    return Section.objects.get_or_create(slug=row["slug"], defaults=fields)[0]


def _drawn(pictures: list[dict[str, Any]]) -> Iterator[tuple[str, bytes]]:
    """JPEG files by the pictures' keys, drawn on every core."""
    with ProcessPoolExecutor() as pool:
        yield from zip((one["key"] for one in pictures), pool.map(_file, pictures), strict=True)


def _file(picture: dict[str, Any]) -> bytes:
    """One picture as a photographer would hand it in, with names in its metadata."""
    marks = Marks(
        credit=picture["credit"], photographer=picture.get("photographer", ""), copyright=picture["credit"]
    )
    file = io.BytesIO()
    draw(picture["scene"], picture["seed"], SIZE).save(
        file, "JPEG", quality=88, exif=marks.exif(), xmp=marks.xmp()
    )
    return file.getvalue()


class _Story:
    """One article on its way: written by its reporter, sent, decided, at the times its file says."""

    def __init__(
        self,
        story: dict[str, Any],
        drawn: dict[str, bytes],
        reporters: dict[str, Reporter],
        logins: dict[str, User],
        now: datetime,
    ) -> None:
        self.story, self.drawn, self.reporters = story, drawn, reporters
        self.desk, self.now = logins["desk"], now
        bylines = [one if isinstance(one, dict) else {"key": one} for one in story["reporters"]]
        self.bylines = [(reporters[one["key"]], one.get("role", "writing")) for one in bylines]
        # What is not out yet belongs to the demo's reporter, so that the log-in finds work on the desk.
        is_out = story["state"] in {"published", "withdrawn"}
        self.owner = self.bylines[0][0].user if is_out else logins["reporter"]

    def moment(self, key: str = "hours_ago") -> datetime:
        return self.now - timedelta(hours=self.story.get(key, 1))

    def write(self) -> None:
        state, moment = self.story["state"], self.moment()
        with clock.at(min(moment, self.now) - DESK_TIME):
            article = self._draft()
            if state == "draft":
                return
            workflow.submit(article, by=self.owner)
            if state == "returned":
                workflow.return_to_reporter(article, by=self.desk, note=self.story["return_note"])
        if state in {"submitted", "returned"}:
            return
        with clock.at(min(moment, self.now)):
            workflow.approve(article, by=self.desk, at=moment if state == "scheduled" else None)
        self._afterwards(article)

    def _afterwards(self, article: Article) -> None:
        if "modified_hours_ago" in self.story:
            with clock.at(self.moment("modified_hours_ago")):
                article.subtitle = f"{article.subtitle} (종합)"
                editing.update(article, by=self.desk)
        if self.story["state"] == "withdrawn":
            workflow.withdraw(article, by=self.desk, reason=self.story["withdraw_reason"])

    def _draft(self) -> Article:
        pictures = {one["key"]: (one, self._photo(one)) for one in self.story.get("pictures", [])}
        article = Article(
            **{field: self.story[field] for field in PLAIN_FIELDS if field in self.story},
            section=Section.objects.filter(slug=self.story.get("section")).first(),
            series=Series.objects.filter(slug=self.story.get("series")).first(),
            body=PLACE.sub(lambda found: _figure(*pictures[found[1]]), self.story["body"]),
        )
        lead = self.story.get("lead_photo")
        if lead:
            article.lead_photo = pictures[lead["picture"]][1]
            for field in ("caption", "credit", "alt", "whole", "decorative"):
                setattr(article, f"lead_{field}", lead.get(field, getattr(article, f"lead_{field}")))
        editing.create(article, by=self.owner)
        for order, (reporter, role) in enumerate(self.bylines):
            Byline.objects.create(article=article, reporter=reporter, role=role, order=order)
        article.tags.set(self.story.get("tags", []))
        editing.finish(article)
        return article

    def _photo(self, picture: dict[str, Any]) -> Photo:
        file = SimpleUploadedFile(f"{picture['key']}.jpg", self.drawn[picture["key"]], "image/jpeg")
        photo = photos.store_upload(file, by=self.owner)
        photo.caption, photo.alt = picture["caption"], picture["alt"]
        photo.whole = picture.get("whole", False)
        photo.save(update_fields=["caption", "alt", "whole"])
        return photo


def _figure(picture: dict[str, Any], photo: Photo) -> str:
    """The stored form of a figure; what is empty is left out by the cleaning."""
    return format_html(
        '<figure data-photo="{}" data-credit="{}" data-crop="{}" data-decorative="{}">'
        '<img src="" alt="{}"><figcaption>{}</figcaption></figure>',
        photo.pk,
        picture["credit"],
        "whole" if picture.get("whole") else "",
        "true" if picture.get("decorative") else "",
        picture["alt"],
        picture["caption"],
    )
