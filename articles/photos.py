"""The photo library's verbs: taking a file in, making its renditions, saving its data.

The file is decided by its content, its metadata prefill the form, the original stands outside what is
served, and one rendition is made at once so that the picture can be shown; the others follow by task.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, BinaryIO

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django_tasks import task

from accounts import permissions
from articles import saving
from articles.models import Article, Photo, Reporter
from articles.models.photo import AiUse
from articles.pages import changed
from articles.pictures import metadata, renditions
from articles.pictures.storing import telling_no_space
from publication import audit, clock, images, versions
from publication.text import plain_name

if TYPE_CHECKING:
    from accounts.models import User

# A photo still without all renditions after this long was left by a dead worker: the tick makes them.
LEFT_AFTER = timedelta(minutes=5)
# How many such photos one tick makes, so that a tick stays short.
LEFT_PER_TICK = 2
# What is written into or decides about the served files: a change makes them anew.
SERVED_FIELDS = frozenset({"focal_x", "focal_y", "whole", "credit", "copyright", "photographer", "ai_use"})
# What readers see of a photo's data in articles; a change of these makes their HTML anew. Caption, credit and
# alternative text are not among them: each figure carries its own.
SHOWN_FIELDS = frozenset({"ai_use", "ai_note", "focal_x", "focal_y", "whole"})


def store_upload(file: BinaryIO, *, by: User | None) -> Photo:
    """Takes an uploaded picture into the library.

    The same file twice is the same photo. by: None where no person asks (benchmarks). Raises PermissionDenied;
    ValidationError (with a message for the uploader and the refusal's code) for what is no acceptable picture;
    renditions.NoSpace when the disk is full.
    """
    if by is not None and not permissions.can_use_photos(by):
        raise PermissionDenied
    try:
        checked = images.open_checked(file)
    except images.ImageRefused as refusal:
        raise ValidationError(refusal.message, code=refusal.code) from refusal
    known = Photo.objects.filter(sha256=checked.sha256).first()
    if known is not None:
        return known
    photo = _described(checked, metadata.read(checked.blocks), getattr(file, "name", "") or "")
    photo.uploaded_by = by
    try:
        return _store(photo, checked, by)
    except IntegrityError:
        # Somebody stored the same file in the same moment.
        return Photo.objects.get(sha256=checked.sha256)


def _described(checked: images.Checked, read: metadata.Metadata, name: str) -> Photo:
    return Photo(
        original_name=plain_name(name)[-200:],
        sha256=checked.sha256,
        mime=checked.mime,
        size=checked.size,
        width=checked.width,
        height=checked.height,
        caption=read.caption,
        credit=read.credit or read.source,
        alt=read.alt,
        photographer=read.photographer,
        copyright=read.copyright,
        licence=read.licence,
        usage_terms=read.usage_terms,
        source=read.source,
        taken_at=read.taken_at,
        ai_use=read.ai_use or AiUse.NONE,
        whole="왼쪽부터" in read.caption,
        metadata=read.raw,
    )


def _store(photo: Photo, checked: images.Checked, by: User | None) -> Photo:
    name = f"original.{checked.extension}"
    try:
        # Before the transaction: on SQLite nobody else could write while a picture is encoded.
        photo.renditions = renditions.quick(checked.image, photo.folder, **_marks(photo))
        with telling_no_space():
            photo.original.save(name, ContentFile(checked.data), save=False)
        with transaction.atomic():
            photo.save()
            audit.record("upload", by=by, obj=photo)
            transaction.on_commit(lambda: make_renditions.enqueue(photo.pk))
    except BaseException:
        _remove_files(photo, name)
        raise
    return photo


def _marks(photo: Photo) -> dict[str, str]:
    """What the served files carry inside them."""
    return {
        "credit": photo.credit,
        "copyright": photo.copyright,
        "photographer": photo.photographer,
        "ai_use": photo.ai_use,
    }


def _remove_files(photo: Photo, name: str) -> None:
    """Leaves nothing of a photo whose row was not stored, not even the half original of a full disk."""
    photo.original.storage.delete(photo.original.field.generate_filename(photo, name))
    for path in photo.folder.glob("*"):
        path.unlink(missing_ok=True)
    if photo.folder.exists():
        photo.folder.rmdir()


@task()
def make_renditions(photo_id: int) -> None:
    """Makes every rendition of a photo and the HTML of the articles it stands in. Harmless to run twice."""
    photo = Photo.objects.filter(pk=photo_id).first()
    if photo is None:
        return
    with photo.original.open("rb") as file:
        image = images.open_checked(file).image
    made = renditions.make(
        image,
        photo.folder,
        focal=(photo.focal_x, photo.focal_y),
        whole=photo.whole,
        **_marks(photo),
    )
    with transaction.atomic():
        Photo.objects.filter(pk=photo_id).update(renditions=made, is_complete=True)
        photo.renditions = made
        shown_anew(photo)


def make_left_renditions() -> int:
    """Makes renditions that no worker made in time; returns how many photos it took up."""
    left = Photo.objects.filter(is_complete=False, uploaded_at__lt=clock.now() - LEFT_AFTER).order_by("id")
    photos = list(left.values_list("pk", flat=True)[:LEFT_PER_TICK])
    for pk in photos:
        make_renditions.func(pk)
    return len(photos)


def shown_anew(photo: Photo) -> None:
    """The public HTML of every article this photo stands in is made anew, and the pages it is on are raised.

    Called in the change's transaction. Each article is locked, in the order of their numbers, so that a text
    saved meanwhile is not overtaken and two photos cannot deadlock.
    """
    standing_in = photo.placements.order_by("article_id").values_list("article_id", flat=True).distinct()
    for pk in list(standing_in):
        article = Article.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if article is not None:
            saving.derive(article)
            changed(article)
    people = Reporter.objects.filter(portrait=photo).values_list("pk", flat=True)
    versions.bump(*(f"reporter:{pk}" for pk in people))


def describe(photo: Photo, *, by: User | None, changed_fields: set[str]) -> None:
    """Saves these of a photo's data; a new focal point or credit makes its files anew, by task.

    by: None where no person asks. Raises PermissionDenied. What is in the library already is no change.
    """
    with transaction.atomic():
        # Not the key, or it would wait for articles that are just placing this photo, and they for it.
        current = Photo.objects.select_for_update(no_key=True).get(pk=photo.pk)
        if by is not None and not permissions.can_edit_photo(by, current):
            raise PermissionDenied
        fields = {name for name in changed_fields if getattr(photo, name) != getattr(current, name)}
        if not fields:
            return
        audit.record("describe", by=by, obj=photo)
        is_shown = bool(fields & SHOWN_FIELDS)
        if fields & SERVED_FIELDS:
            photo.is_complete = False
            fields.add("is_complete")
            transaction.on_commit(lambda: make_renditions.enqueue(photo.pk))
        photo.save(update_fields=fields)
        if is_shown:
            shown_anew(photo)
