"""Makes what tests need, with sensible contents; every field can be given by name."""

import io
import itertools
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts import roles
from accounts.models import Role, User
from articles.models import Article, Byline, Photo, Reporter, Section, Series
from publication.models import Publication

_numbers = itertools.count(1)

PASSWORD = "correct horse battery staple"
BODY = "<p>첫 문단입니다. 강물이 천천히 흐릅니다.</p><p>둘째 문단입니다. 다리 위로 바람이 붑니다.</p>"


def make_user(email: str = "", name: str = "", *given: Role, **fields: Any) -> User:
    """A user with these roles (none: a reader); the password is PASSWORD."""
    number = next(_numbers)
    email = email or f"user{number}@paper.test"
    user = User.objects.create_user(email, PASSWORD, name=name or f"사람{number}", **fields)
    roles.give(user, *given)
    return user


def make_publication(**fields: Any) -> Publication:
    """The one row, complete; made again it is changed."""
    facts = {
        "name": "시험신문",
        "corporation": "주식회사 시험",
        "registration_number": "서울 아99999",
        "registered_on": "2020-01-02",
        "issued_on": "2020-02-03",
        "publisher": "발행인",
        "editor": "편집인",
        "address": "서울특별시 시험구 시험로 1",
        "phone": "02-000-0000",
        "email": "desk@paper.test",
        "youth_officer": "보호자",
    }
    return Publication.objects.update_or_create(pk=1, defaults=facts | fields)[0]


def make_section(name: str = "", slug: str = "", **fields: Any) -> Section:
    number = next(_numbers)
    return Section.objects.create(name=name or f"섹션{number}", slug=slug or f"section-{number}", **fields)


def make_series(title: str = "", slug: str = "", **fields: Any) -> Series:
    number = next(_numbers)
    return Series.objects.create(title=title or f"연재{number}", slug=slug or f"series-{number}", **fields)


def make_reporter(name: str = "", **fields: Any) -> Reporter:
    number = next(_numbers)
    return Reporter.objects.create(
        name=name or f"기자{number}", **{"email": f"r{number}@paper.test"} | fields
    )


def make_article(*, by: Reporter | None = None, tags: tuple[str, ...] = (), **fields: Any) -> Article:
    """A complete draft with one byline; `by` is its reporter."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "title": f"제목 {number}",
        "subtitle": "부제목입니다",
        "body": BODY,
        "section": fields["section"] if "section" in fields else make_section(),
    }
    article = Article.objects.create(**defaults | fields)
    Byline.objects.create(article=article, reporter=by or make_reporter())
    if tags:
        article.tags.set(tags)
    # The dateline and the lists' summary hold the byline, which came after the row.
    article.save()
    return article


def make_published_article(*, at: datetime | None = None, **fields: Any) -> Article:
    """Public since `at`, an hour ago by default; with a time to come it is scheduled."""
    at = at or timezone.now() - timedelta(hours=1)
    return make_article(**{"status": "published", "publish_at": at, "first_published_at": at} | fields)


def jpeg(width: int = 1200, height: int = 800, **options: Any) -> bytes:
    """A real JPEG, different at every call; options go to Pillow's save()."""
    number = next(_numbers)
    picture = Image.linear_gradient("L").resize((width, height))
    shade = Image.new("L", (width, height), number * 37 % 256)
    file = io.BytesIO()
    Image.merge("RGB", (picture, shade, picture.transpose(Image.Transpose.ROTATE_180))).save(
        file, "JPEG", **{"quality": 80, "comment": f"test {number}"} | options
    )
    return file.getvalue()


def make_upload(
    content: bytes | None = None, name: str = "사진.jpg", mime: str = "image/jpeg"
) -> SimpleUploadedFile:
    """A file as a form receives it."""
    return SimpleUploadedFile(name, jpeg() if content is None else content, mime)


def make_photo(*, by: User | None = None, content: bytes | None = None, **fields: Any) -> Photo:
    """A photo of the library, stored as an upload is, then given the fields."""
    from articles.photos import store_upload

    photo = store_upload(make_upload(content), by=by or make_user("", "", Role.REPORTER))
    for name, value in fields.items():
        setattr(photo, name, value)
    if fields:
        photo.save(update_fields=list(fields))
    return photo
