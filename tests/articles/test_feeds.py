"""What a reader program gets: every field, in every form, of every place."""

import json
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from articles import editing, photos, workflow
from articles.feeds.entries import ENTRIES
from articles.models import Article, Byline
from publication import audit
from publication.models import Audit, Publication
from tests.factories import (
    make_article,
    make_photo,
    make_publication,
    make_published_article,
    make_reporter,
    make_section,
    make_series,
)

pytestmark = pytest.mark.django_db

AT = datetime(2023, 8, 24, 15, 50, tzinfo=timezone.get_default_timezone())
SITE = django_settings.SITE_URL
MEDIA = "{http://search.yahoo.com/mrss/}"
ENDINGS = ("rss/", "atom/", "feed.json")
HOSTILE = "‘강 & 산’ ]]> </script><b>굵게</b> 😀"


def parsed(client: Client, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, path
    found = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})
    assert not found.bozo, (path, found.get("bozo_exception"))
    return found


@pytest.fixture
def story(publication: Publication) -> Article:
    """One of everything a feed tells."""
    photo = make_photo()
    photos.make_renditions.func(photo.pk)
    person = make_reporter("홍길동")
    article = make_published_article(
        at=AT,
        title="강물이 다시 흐른다",
        lead="강이 열 해 만에 맑아졌다.",
        body=f'<p>글 <a href="/policy/terms/">약관</a>.</p><figure data-photo="{photo.pk}" data-credit="시청">'
        '<img src="" alt="강"><figcaption>강가에 선 사람들</figcaption></figure>',
        by=person,
        section=make_section("사회", "society"),
        series=make_series("물의 길", "water"),
        tags=("환경", "한강"),
        lead_photo=photo,
        lead_caption="다리 아래 (왼쪽부터) 강물",
        lead_credit="서울시 제공",
        lead_alt="강",
        content_modified_at=AT + timedelta(hours=2),
    )
    Byline.objects.create(article=article, reporter=make_reporter("김사진"), role="photo", order=1)
    return article


def test_every_place_has_its_feeds_in_three_forms(client: Client, story: Article) -> None:
    person = story.bylines.first().reporter
    places = ["/", "/section/society/", "/series/water/", person.get_absolute_url(), "/tag/한강/"]
    for place in places:
        assert client.get(place).status_code == 200
        for ending in ENDINGS[:2]:
            found = parsed(client, place + ending)
            assert [entry.title for entry in found.entries] == ["강물이 다시 흐른다"], place
        told = json.loads(client.get(place + "feed.json").content)
        assert [item["title"] for item in told["items"]] == ["강물이 다시 흐른다"], place


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_feed_says_whose_it_is(client: Client, story: Article, form: str) -> None:
    make_publication(description="물가의 신문", websub_hub="https://hub.example/?a=1&b=2")
    found = parsed(client, f"/{form}/").feed
    assert found.title == "시험신문"
    assert found.link == f"{SITE}/"
    assert found.subtitle == "물가의 신문"
    assert found.language == "ko" if form == "rss" else found.title_detail.language == "ko"
    assert found.rights == "저작권자 © 시험신문 무단전재 및 재배포 금지"
    assert {(link.rel, link.href) for link in found.links} >= {
        ("self", f"{SITE}/{form}/"),
        ("hub", "https://hub.example/?a=1&b=2"),
    }
    assert found.updated_parsed[:6] == (2023, 8, 24, 8, 50, 0)
    if form == "rss":
        assert found.image.href == f"{SITE}/icon-192.png"
        assert found.ttl == "10"
    else:
        assert found.icon == f"{SITE}/icon-192.png"


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_an_entry_tells_everything_of_its_article(client: Client, story: Article, form: str) -> None:
    entry = parsed(client, f"/{form}/").entries[0]
    assert entry.title == "강물이 다시 흐른다"
    assert entry.link == entry.id == f"{SITE}/news/{story.pk}/"
    assert entry.summary == "강이 열 해 만에 맑아졌다."
    assert [author.name for author in entry.authors] == ["홍길동", "김사진"]
    assert [tag.term for tag in entry.tags] == ["사회", "한강", "환경"]
    assert entry.published_parsed[:6] == (2023, 8, 24, 6, 50, 0)
    assert entry.updated_parsed[:6] == (2023, 8, 24, 8, 50, 0)
    picture = entry.media_content[0]
    assert picture["url"].startswith(f"{SITE}/media/photos/{story.lead_photo.key}/")
    assert (picture["type"], picture["medium"], picture["width"]) == ("image/jpeg", "image", "1200")
    assert entry.media_credit[0]["content"] == "서울시 제공"
    assert entry.media_thumbnail[0]["url"] == SITE + story.lead_photo.preview_url
    assert [content.value for content in entry.content] == ["<p>강이 열 해 만에 맑아졌다.</p>"]


def test_times_carry_the_papers_offset(client: Client, story: Article) -> None:
    rss, atom = (client.get(path).content.decode() for path in ("/rss/", "/atom/"))
    assert "<pubDate>Thu, 24 Aug 2023 15:50:00 +0900</pubDate>" in rss
    assert "<atom:updated>2023-08-24T17:50:00+09:00</atom:updated>" in rss
    assert "<lastBuildDate>Thu, 24 Aug 2023 17:50:00 +0900</lastBuildDate>" in rss
    assert "<published>2023-08-24T15:50:00+09:00</published>" in atom
    assert "<updated>2023-08-24T17:50:00+09:00</updated>" in atom


def test_a_picture_has_its_caption_and_its_credit_apart(client: Client, story: Article) -> None:
    for path in ("/rss/", "/atom/"):
        picture = ElementTree.fromstring(client.get(path).content).find(f".//{MEDIA}content")
        assert picture.findtext(f"{MEDIA}description") == "다리 아래 (왼쪽부터) 강물"
        assert picture.findtext(f"{MEDIA}credit") == "서울시 제공"


def test_without_a_lead_photo_the_first_figure_stands_for_the_article(client: Client, story: Article) -> None:
    story.lead_photo = None
    story.save()
    entry = parsed(client, "/rss/").entries[0]
    assert entry.media_credit[0]["content"] == "시청"


def test_the_whole_text_is_readable_elsewhere(client: Client, story: Article) -> None:
    make_publication(feed_text="full")
    for path in ("/rss/", "/atom/"):
        [content] = parsed(client, path).entries[0].content
        assert f'href="{SITE}/policy/terms/"' in content.value
        assert f'src="{SITE}/media/photos/' in content.value
        assert "다리 아래 (왼쪽부터) 강물 [사진=서울시 제공]" in content.value
        assert "강가에 선 사람들 [사진=시청]" in content.value
        assert "srcset" not in content.value
        assert "<source" not in content.value
        assert 'src="/' not in content.value
    item = json.loads(client.get("/feed.json").content)["items"][0]
    assert "강가에 선 사람들" in item["content_html"]
    assert "content_text" not in item


def test_the_json_feed_tells_the_same(client: Client, story: Article) -> None:
    make_publication(websub_hub="https://hub.example/")
    answer = client.get("/feed.json")
    assert answer["Content-Type"].startswith("application/feed+json")
    told = json.loads(answer.content)
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert (told["home_page_url"], told["feed_url"]) == (f"{SITE}/", f"{SITE}/feed.json")
    assert told["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    [item] = told["items"]
    assert item["id"] == item["url"] == f"{SITE}/news/{story.pk}/"
    assert item["date_published"] == "2023-08-24T15:50:00+09:00"
    assert item["date_modified"] == "2023-08-24T17:50:00+09:00"
    assert [author["name"] for author in item["authors"]] == ["홍길동", "김사진"]
    assert item["tags"] == ["사회", "한강", "환경"]
    assert item["content_text"] == item["summary"] == "강이 열 해 만에 맑아졌다."
    assert item["image"].startswith(SITE)


def test_the_summary_has_no_dateline(client: Client, publication: Publication) -> None:
    make_published_article(body="<p>[시험신문 홍길동 기자] 강물이 흐른다.</p>")
    assert parsed(client, "/rss/").entries[0].summary == "강물이 흐른다."


def test_hostile_words_arrive_as_they_were_written(client: Client, publication: Publication) -> None:
    article = make_published_article(title=HOSTILE, lead="1 < 2 & ]]> </script> 😀", tags=("가&나",))
    # Past every door that folds: as an old import may have left it.
    Article.objects.filter(pk=article.pk).update(summary="종\x07소리 \x1b[31m 1 < 2 & ]]> 😀")
    for full in ("summary", "full"):
        make_publication(feed_text=full)
        for ending in ("rss/", "atom/"):
            content = client.get(f"/{ending}").content
            assert b"\x07" not in content
            assert b"\x1b" not in content
            root = ElementTree.fromstring(content)
            titles = [one.text for one in root.iter() if one.tag.rpartition("}")[2] == "title"]
            assert HOSTILE in titles
            texts = [
                one.text for one in root.iter() if one.tag.rpartition("}")[2] in {"description", "summary"}
            ]
            # HTML inside XML, so that a program that shows it as HTML shows these very signs.
            assert "종소리 [31m 1 &lt; 2 &amp; ]]&gt; 😀" in texts
            assert parsed(client, f"/{ending}").entries[0].tags[-1].term == "가&나"
    assert json.loads(client.get("/feed.json").content)["items"][0]["title"] == HOSTILE


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_article_is_in_the_feed_from_its_second_on(
    client: Client, publication: Publication, frozen: Any, ending: str
) -> None:
    article = make_published_article(at=AT)
    place = f"/section/{article.section.slug}/"
    with frozen(AT - timedelta(seconds=1)):
        assert "/news/" not in client.get(place + ending).content.decode()
    with frozen(AT):
        assert f"/news/{article.pk}/" in client.get(place + ending).content.decode()


def test_what_is_not_public_is_never_told(client: Client, story: Article, desk: Any, reporter: Any) -> None:
    make_article(title="아직 초고")
    workflow.withdraw(story, by=desk, reason="오보")
    for path in ("/rss/", "/atom/", "/feed.json", "/section/society/rss/"):
        content = client.get(path).content.decode()
        assert "초고" not in content
        assert "강물이" not in content
    for path in ("/series/water/rss/", "/tag/한강/rss/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/section/nowhere/rss/", "/series/x/atom/", "/tag/x/feed.json", "/reporter/9/rss/"]
)
def test_a_place_that_does_not_exist_has_no_feed(client: Client, publication: Publication, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/rss/", "/atom/"])
def test_an_empty_paper_has_a_feed_all_the_same(client: Client, path: str) -> None:
    assert parsed(client, path).entries == []


def test_a_feed_ends_with_its_newest_entries(client: Client, publication: Publication) -> None:
    section, person = make_section(), make_reporter()
    for number in range(ENTRIES + 1):
        make_published_article(
            at=AT + timedelta(minutes=number), title=f"{number}호", section=section, by=person
        )
    titles = [entry.title for entry in parsed(client, "/rss/").entries]
    assert titles == [f"{number}호" for number in range(ENTRIES, 0, -1)]


@pytest.mark.parametrize("full", ["summary", "full"])
def test_more_articles_cost_no_more_queries(
    client: Client, story: Article, full: str, django_assert_max_num_queries: Any
) -> None:
    make_publication(feed_text=full)
    for _ in range(10):
        make_published_article(by=make_reporter(), tags=("환경", "강"), lead_photo=story.lead_photo)
    with django_assert_max_num_queries(8):
        client.get("/rss/")


def test_an_edit_moves_updated_and_never_the_guid(client: Client, story: Article, desk: Any) -> None:
    before = parsed(client, "/rss/").entries[0]
    story.title = "고친 제목"
    editing.update(story, by=desk)
    after = parsed(client, "/rss/").entries[0]
    assert after.title == "고친 제목"
    assert (after.id, after.published) == (before.id, before.published)
    assert after.updated_parsed > before.updated_parsed


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_feed_that_has_not_changed_answers_304(
    client: Client, story: Article, frozen: Any, ending: str
) -> None:
    with frozen(timezone.now() + timedelta(seconds=2)):
        answer = client.get(f"/{ending}")
    assert answer["Cache-Control"].startswith("public")
    assert "Cookie" not in answer.get("Vary", "")
    with frozen(timezone.now() + timedelta(hours=2)):
        by_tag = client.get(f"/{ending}", headers={"If-None-Match": answer["ETag"]})
        by_time = client.get(f"/{ending}", headers={"If-Modified-Since": answer["Last-Modified"]})
    for again in (by_tag, by_time):
        assert again.status_code == 304
        assert again.content == b""
    assert client.head(f"/{ending}").status_code == 200


def test_every_deed_makes_it_new_also_a_withdrawal(
    client: Client, publication: Publication, desk: Any, frozen: Any
) -> None:
    make_published_article()
    other = make_published_article(at=AT - timedelta(hours=1))
    answer = client.get("/rss/")
    workflow.withdraw(other, by=desk, reason="오보")
    with frozen(timezone.now() + timedelta(seconds=2)):
        by_tag = client.get("/rss/", headers={"If-None-Match": answer["ETag"]})
        by_time = client.get("/rss/", headers={"If-Modified-Since": answer["Last-Modified"]})
    assert (by_tag.status_code, by_time.status_code) == (200, 200)


def test_a_reporters_new_title_makes_their_feed_new(
    client: Client, story: Article, desk: Any, frozen: Any
) -> None:
    person = story.bylines.first().reporter
    address = f"{person.get_absolute_url()}rss/"
    with frozen(timezone.now() + timedelta(seconds=2)):
        before = client.get(address)["Last-Modified"]
    with frozen(timezone.now() + timedelta(seconds=10)):
        person.title = "편집장"
        person.save()
        audit.record("change", by=desk, obj=person)
        # The database's clock, which wrote the row, was not held.
        Audit.objects.filter(verb="change").update(at=timezone.now())
    with frozen(timezone.now() + timedelta(seconds=12)):
        again = client.get(address, headers={"If-Modified-Since": before})
    assert again.status_code == 200
    assert "편집장" in again.content.decode()


def test_within_the_second_of_a_change_no_time_is_promised(
    client: Client, publication: Publication, frozen: Any
) -> None:
    make_published_article(at=AT + timedelta(days=1))
    with frozen(AT + timedelta(days=1)):
        assert "Last-Modified" not in client.get("/rss/")
    with frozen(AT + timedelta(days=1, seconds=1)):
        assert client.get("/rss/")["Last-Modified"] == "Fri, 25 Aug 2023 06:50:00 GMT"


def test_the_host_of_the_request_is_never_told(client: Client, story: Article, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    for path in ("/rss/", "/atom/", "/feed.json"):
        assert b"evil.example" not in client.get(path, headers={"Host": "evil.example"}).content


def test_pages_name_their_feeds(client: Client, story: Article) -> None:
    page = client.get("/section/society/").content.decode()
    for place in ("/section/society/", "/"):
        for kind, ending in zip(("rss+xml", "atom+xml", "feed+json"), ENDINGS, strict=True):
            assert f'<link rel="alternate" type="application/{kind}" title=' in page
            assert f'href="{place}{ending}">' in page
    assert '<a href="/section/society/rss/">' in page
    assert 'href="/section/' not in client.get("/").content.decode().partition("</head>")[0]


@pytest.mark.parametrize("full", ["summary", "full"])
def test_a_feed_says_what_it_stands_on(client: Client, story: Article, full: str) -> None:
    make_publication(feed_text=full)
    coming = timezone.now() + timedelta(hours=1)
    make_published_article(at=coming)
    stands = client.get("/section/society/rss/").standing
    tags = {f"tag:{tag.pk}" for tag in story.tags.all()}
    wanted = {"publication", f"section:{story.section_id}", *tags}
    assert stands.keys == wanted | ({f"article:{story.pk}"} if full == "full" else set())
    assert stands.end == coming
