"""What the demo paper lacks and a judge wants to see: the reference article, hostile words, long lists."""

import re
from datetime import timedelta

from django.utils import timezone
from taggit.models import Tag

from articles import photos
from articles.models import Article, Photo, Reporter, Section, Series
from comments.models import Comment
from tests.comments import cast
from tests.factories import make_photo, make_published_article

REFERENCE = "판정을 위한 기사: 강을 건너는 다리마다 바람이 다르다"
HOSTILE = "‘작은’ “큰” 'a' \"b\" <b>&</b> </script><!-- ]]> 제목 😀 {{ x }}"
HANGUL = 2_000
COMMENTS = 20
COMMENT_LENGTH = 60
LONG_LIST = 45
_HANGUL = re.compile("[가-힣]")


def make() -> None:
    """Stores everything; the addresses are found by the titles."""
    pictures = [make_photo(caption="다리 위의 아침", alt="안개가 낀 다리") for _ in range(2)]
    for picture in pictures:
        photos.make_renditions.func(picture.pk)
        picture.refresh_from_db()
    reporter, section = Reporter.objects.first(), Section.objects.filter(parent=None).first()
    reference = make_published_article(
        title=REFERENCE, section=section, by=reporter, tags=("다리", "바람"), body=reference_body(pictures)
    )
    for number, text in enumerate(words(COMMENTS)):
        cast.write(reference, cast.guest(f"judge-{number}"), text)
    make_published_article(title=HOSTILE, subtitle=HOSTILE, section=section, by=reporter)
    series = Series.objects.first()
    for number in range(LONG_LIST):
        at = timezone.now() - timedelta(days=300 + number)
        make_published_article(
            title=f"지난해의 기록 {number}",
            at=at,
            by=reporter,
            section=section,
            series=series,
            tags=("기록",),
        )
    Tag.objects.filter(name="기록").update(slug="record")


def reference_body(pictures: list[Photo]) -> str:
    """2,000 Hangul of the demo's own prose, which compresses as prose does, with two pictures in between."""
    paragraphs: list[str] = []
    for body in Article.objects.filter(kind="article").order_by("pk").values_list("body", flat=True):
        for paragraph in re.findall(r"<p>[^<]{80,}</p>", body):
            if len(_HANGUL.findall("".join(paragraphs))) < HANGUL and paragraph not in paragraphs:
                paragraphs.append(paragraph)
    for place, picture in zip((5, 2), pictures, strict=True):
        paragraphs.insert(
            place,
            f'<figure data-photo="{picture.pk}" data-credit="판정"><img src="{picture.preview_url}" '
            f'alt="안개가 낀 다리"><figcaption>다리 위의 아침</figcaption></figure>',
        )
    return "".join(paragraphs)


def words(count: int) -> list[str]:
    """So many comments of 60 Hangul, no two alike, out of the demo readers' own."""
    talk = Comment.objects.filter(state="visible").order_by("pk").values_list("body", flat=True)[: 6 * count]
    line = " ".join(dict.fromkeys(" ".join(text.split()) for text in talk))
    found, at = [], 0
    while len(found) < count:
        end = at + COMMENT_LENGTH
        while len(_HANGUL.findall(line[at:end])) < COMMENT_LENGTH:
            end += 1
        found.append(line[at:end].strip())
        at = end
    return found


def reference() -> Article:
    return Article.objects.get(title=REFERENCE)
