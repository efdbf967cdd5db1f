"""A made-up paper of any size: a few dozen articles saved as the newsroom saves them, then copied by row."""

import io
import itertools
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from PIL import Image
from taggit.models import Tag

from articles import photos
from articles.models import Article, Byline, Discussion, Photo, Reporter, Section, Series
from publication.models import Publication

SECTIONS = 8
REPORTERS = 24
TAGS = 40
TAGS_PER_ARTICLE = 3
PICTURES = 3
PATTERNS = 24
PARAGRAPHS = 14
BATCH = 500
SENTENCE = "강을 건너는 다리마다 서로 다른 바람이 불고, 그 바람을 재는 사람들이 새벽마다 난간에 선다. "


def fill(count: int) -> dict[str, str]:
    """Makes the paper; the addresses to measure, by name."""
    with transaction.atomic():
        Publication.objects.update_or_create(pk=1, defaults={"name": "측정신문"})
        sections = [Section.objects.create(name=f"섹션{n}", slug=f"s{n}", order=n) for n in range(SECTIONS)]
        reporters = [
            Reporter.objects.create(name=f"기자{n}", email=f"r{n}@paper.test") for n in range(REPORTERS)
        ]
        Series.objects.create(title="다리", slug="bridges")
        tags = [Tag.objects.create(name=f"태그{n}", slug=f"t{n}") for n in range(TAGS)]
    pictures = [make_picture(n) for n in range(PICTURES)]
    patterns = [pattern(n, sections, reporters, pictures) for n in range(PATTERNS)]
    copy(patterns, count - PATTERNS, sections, reporters)
    tag_all(tags)
    article = Article.objects.newest().first()
    if article is None:
        raise RuntimeError("The corpus is empty.")
    return {
        "front": "/",
        "section": "/section/s1/",
        "article": article.get_absolute_url(),
        "reporter": reporters[0].get_absolute_url(),
        "tag": "/tag/t1/",
    }


def make_picture(number: int) -> Photo:
    """A photo with every rendition, as a worker leaves it."""
    file = io.BytesIO()
    gradient = Image.linear_gradient("L").resize((1600, 1067))
    Image.merge("RGB", (gradient, Image.new("L", gradient.size, number * 40), gradient)).save(file, "JPEG")
    photo = photos.store_upload(SimpleUploadedFile(f"{number}.jpg", file.getvalue(), "image/jpeg"), by=None)
    photos.make_renditions.func(photo.pk)
    return photo


def pattern(
    number: int, sections: list[Section], reporters: list[Reporter], pictures: list[Photo]
) -> Article:
    """One article through every step of saving: 14 paragraphs, two figures, a lead photo, one byline."""
    paragraphs = [f"<p>{number}-{n} {SENTENCE * 3}</p>" for n in range(PARAGRAPHS)]
    for place in (9, 4):
        photo = pictures[(number + place) % PICTURES]
        paragraphs.insert(
            place,
            f'<figure data-photo="{photo.pk}" data-credit="측정"><img src="{photo.preview_url}" alt="다리">'
            f"<figcaption>다리 위의 아침</figcaption></figure>",
        )
    at = timezone.now() - timedelta(hours=1 + number)
    article = Article.objects.create(
        title=f"강을 건너는 다리 {number}번째 이야기",
        subtitle="바람을 재는 사람들",
        body="".join(paragraphs),
        section=sections[number % SECTIONS],
        lead_photo=pictures[number % PICTURES],
        lead_alt="다리",
        lead_caption="아침의 다리",
        grade=("headline", "important", "normal")[number % 3],
        kind="column" if number % 6 == 5 else "article",
        status="published",
        publish_at=at,
        first_published_at=at,
    )
    Byline.objects.create(article=article, reporter=reporters[number % REPORTERS])
    article.save()
    article.refresh_from_db()
    return article


def copy(patterns: list[Article], count: int, sections: list[Section], reporters: list[Reporter]) -> None:
    """Copies the rows, each a little older than the last, over sections and reporters."""
    numbers = iter(range(max(0, count)))
    while batch := list(itertools.islice(numbers, BATCH)):
        with transaction.atomic():
            made = Article.objects.bulk_create([copied(patterns[n % PATTERNS], n, sections) for n in batch])
            Discussion.objects.bulk_create([Discussion(article=article) for article in made])
            writers = [reporters[n % REPORTERS] for n in batch]
            Byline.objects.bulk_create(
                [
                    Byline(article=article, reporter=writer, name=writer.name, title=writer.title)
                    for article, writer in zip(made, writers, strict=True)
                ]
            )


def copied(article: Article, number: int, sections: list[Section]) -> Article:
    fields = {field.attname: getattr(article, field.attname) for field in Article._meta.concrete_fields}
    at = timezone.now() - timedelta(days=2, minutes=10 * number)
    fields |= {"id": None, "publish_at": at, "first_published_at": at}
    fields["section_id"] = sections[number % SECTIONS].pk
    return Article(**fields)


def tag_all(tags: list[Tag]) -> None:
    """Three tags for every article, in bulk."""
    through = Article.tags.through
    rows = (
        through(tag=tags[(pk + n * 7) % TAGS], content_object_id=pk)
        for pk in Article.objects.values_list("pk", flat=True)
        for n in range(TAGS_PER_ARTICLE)
    )
    while batch := list(itertools.islice(rows, BATCH * 4)):
        through.objects.bulk_create(batch)
