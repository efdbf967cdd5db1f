"""Videos and posts in a text: which addresses become a box, and that nothing else ever does."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from accounts.models import User
from articles import embeds
from articles.body import clean_body, summary
from articles.models import Article
from articles.rendering import render_body
from publication.models import Publication
from tests.factories import make_published_article
from tests.page import Page

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
FRAME = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"

ADDRESSES = {
    VIDEO: ("youtube", FRAME),
    "http://youtube.com/watch?v=dQw4w9WgXcQ&list=PL1&si=track": ("youtube", FRAME),
    "https://youtu.be/dQw4w9WgXcQ?si=track&t=90s": ("youtube", FRAME + "&start=90"),
    "youtu.be/dQw4w9WgXcQ": ("youtube", FRAME),
    "https://M.YouTube.com/live/dQw4w9WgXcQ/": ("youtube", FRAME),
    "https://www.youtube.com/shorts/dQw4w9WgXcQ": ("youtube", FRAME),
    "https://vimeo.com/76979871": ("vimeo", "https://player.vimeo.com/video/76979871?dnt=1&autoplay=1"),
    "https://vimeo.com/76979871/abcdef0123": (
        "vimeo",
        "https://player.vimeo.com/video/76979871?h=abcdef0123&dnt=1&autoplay=1",
    ),
    "https://tv.naver.com/v/28397077": ("navertv", "https://tv.naver.com/embed/28397077?autoPlay=true"),
    "https://soundcloud.com/a-band/a-song": (
        "soundcloud",
        "https://w.soundcloud.com/player/?auto_play=true&url=https%3A%2F%2Fsoundcloud.com%2Fa-band%2Fa-song",
    ),
    "https://open.spotify.com/intl-ko/track/4uLU6hMCjMI75M1A2tKUQC?si=1": (
        "spotify",
        "https://open.spotify.com/embed/track/4uLU6hMCjMI75M1A2tKUQC",
    ),
    "https://twitter.com/paper/status/1234567890123456789?s=20": (
        "x",
        "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=1234567890123456789",
    ),
    "https://www.instagram.com/paper/reel/Cabc_1-23/?igsh=1": (
        "instagram",
        "https://www.instagram.com/reel/Cabc_1-23/embed/captioned/",
    ),
    "https://www.facebook.com/paper/posts/pfbid0abcdef": (
        "facebook",
        "https://www.facebook.com/plugins/post.php?show_text=true&href="
        "https%3A%2F%2Fwww.facebook.com%2Fpaper%2Fposts%2Fpfbid0abcdef",
    ),
    "https://www.facebook.com/watch/?v=123456": (
        "facebook",
        "https://www.facebook.com/plugins/video.php?show_text=false&autoplay=true&href="
        "https%3A%2F%2Fwww.facebook.com%2Fwatch%2F%3Fv%3D123456",
    ),
    "https://www.threads.net/@a.paper/post/C8abc-de": (
        "threads",
        "https://www.threads.com/@a.paper/post/C8abc-de/embed/",
    ),
    "https://www.tiktok.com/@a.paper/video/7123456789": (
        "tiktok",
        "https://www.tiktok.com/player/v1/7123456789?autoplay=1",
    ),
}

HOSTILE = [
    "javascript:alert(1)//youtu.be/dQw4w9WgXcQ",
    "https://youtube.com@evil.example/watch?v=dQw4w9WgXcQ",
    "https://evil.example@youtube.com/watch?v=dQw4w9WgXcQ",
    "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
    "https://evilyoutube.com/watch?v=dQw4w9WgXcQ",
    "https://youtube.com:8443/watch?v=dQw4w9WgXcQ",
    "https://youtube.com\\@evil.example/watch?v=dQw4w9WgXcQ",
    "https://youtu.be//evil.example/dQw4w9WgXcQ",
    "https://youtu.be/../dQw4w9WgXcQ",
    "https://yоutube.com/watch?v=dQw4w9WgXcQ",  # the о is Cyrillic, as an attacker's would be
    "https://ｙoutube.com/watch?v=dQw4w9WgXcQ",  # a full-width y
    "https://youtube.com/watch?v=dQw4w9WgXc",
    "https://youtube.com/watch?v=dQw4w9WgXcQQ",
    'https://youtube.com/watch?v="><script>',
    "https://youtube.com/watch?v=dQw4w9WgXcQ ",
    "https://youtube.com/watch?v=dQw4w9WgXcQ\n",
    "https://youtube.com/watch?v=" + "a" * 600,
    "https://youtube.com/watch?" + "&".join(f"a{n}=1" for n in range(30)) + "&v=dQw4w9WgXcQ",
    "https://vimeo.com/１２３４５６",  # digits of another script
    "https://x.com/paper/status/1/../../evil",
    "https://www.facebook.com/sharer/sharer.php?u=https://evil.example",
    "//youtu.be/dQw4w9WgXcQ",
    "ftp://youtu.be/dQw4w9WgXcQ",
    "",
]


def rendered(body: str) -> str:
    article = Article(pk=1, body=clean_body(body), kind="column")
    return render_body(article, photos={}, bylines=[], publication=Publication(name="한빛신문"))


def link(href: str, text: str) -> str:
    return f'<p><a href="{href}">{text}</a></p>'


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_of_a_known_provider_names_its_frame(address: str) -> None:
    found = embeds.find(address)
    assert found is not None
    assert (found.provider, found.frame) == ADDRESSES[address]
    # The original's address leads back to the same.
    assert embeds.find(found.page) == found


@pytest.mark.parametrize("address", HOSTILE)
def test_a_hostile_address_is_none(address: str) -> None:
    assert embeds.find(address) is None
    assert "data-embed" not in rendered(f"<p>{address}</p>") or embeds.find(address.strip())


@given(some.text(max_size=80), some.sampled_from(sorted(ADDRESSES)), some.integers(0, 90))
def test_whatever_is_put_into_an_address_a_frame_is_of_its_providers_host(
    text: str, address: str, place: int
) -> None:
    found = embeds.find(address[:place] + text + address[place:])
    if found is not None:
        parts = urlsplit(found.frame)
        assert f"{parts.scheme}://{parts.netloc}" in embeds.PROVIDERS[found.provider].hosts
        assert re.fullmatch(r"[\w.~:/?#@&=%+-]+", found.frame + found.page, re.ASCII)


@given(some.text(alphabet=some.characters(codec="utf-8"), max_size=120))
def test_any_text_in_a_paragraph_renders_to_no_frame_of_another_host(text: str) -> None:
    for frame in re.findall(r'data-frame="([^"]*)"', rendered(f"<p>{text}</p>")):
        assert frame.startswith(tuple(embeds.hosts(embeds.PROVIDERS)))


def test_every_route_leads_to_a_host_of_its_provider_and_back_to_itself() -> None:
    for provider in embeds.PROVIDERS.values():
        for route in provider.routes:
            assert route.frame.startswith(tuple(f"{host}/" for host in provider.hosts))
            assert route.page.startswith("https://")
        for host in provider.hosts:
            assert re.fullmatch(r"https://[a-z.-]+", host)


def test_a_paragraph_of_one_address_becomes_an_inert_box_with_a_plain_link() -> None:
    html = rendered(f"<p>앞</p><p>{VIDEO}</p><p>뒤</p>")
    box = Page(html).one("div")
    assert box.attributes == {
        "class": "embed embed-wide",
        "data-embed": "youtube",
        "data-frame": FRAME,
        "data-title": "YouTube 동영상",
        "data-button": "재생",
    }
    (to_original,) = Page(html).all("a")
    assert (to_original.text, to_original["href"]) == ("YouTube 동영상", VIDEO)
    assert to_original["rel"] == "noopener noreferrer"
    assert "<iframe" not in html
    assert "src=" not in html


@pytest.mark.parametrize(
    "body",
    [
        link(VIDEO, VIDEO),
        link("https://youtu.be/dQw4w9WgXcQ", VIDEO),
        f"<p><strong>{VIDEO}</strong></p>",
        f"<p>  {VIDEO}&nbsp;</p>",
    ],
)
def test_a_link_to_the_very_thing_its_text_names_is_a_box_too(body: str) -> None:
    assert 'data-embed="youtube"' in rendered(body)


@pytest.mark.parametrize(
    "body",
    [
        f"<p>보세요: {VIDEO}</p>",
        f"<p>{VIDEO}<br>{VIDEO}</p>",
        f"<p>{VIDEO} {VIDEO}</p>",
        link(VIDEO, "영상 보기"),
        link("https://evil.example/", VIDEO),
        link("https://youtu.be/AAAAAAAAAAA", VIDEO),
        f"<h2>{VIDEO}</h2>",
        f"<ul><li><p>{VIDEO}</p></li></ul>",
        f"<blockquote><p>{VIDEO}</p></blockquote>",
        "<p>https://video.example/watch?v=dQw4w9WgXcQ</p>",
    ],
)
def test_every_other_paragraph_stays_as_it_was_written(body: str) -> None:
    assert "data-embed" not in rendered(body)


def test_the_stored_body_keeps_the_address_as_it_was_typed() -> None:
    body = f"<p>{VIDEO}&amp;si=track</p>"
    article = Article(pk=1, body=clean_body(body))
    render_body(article, photos={}, bylines=[], publication=Publication())
    assert article.body == body


def test_a_box_cannot_be_written_by_hand() -> None:
    typed = f'<div class="embed" data-embed="youtube" data-frame="https://evil.example/">{VIDEO}</div>'
    html = rendered(typed + '<p><iframe src="https://evil.example/"></iframe>글</p>')
    assert "evil.example" not in html


def test_a_dateline_stands_before_words_and_not_before_a_video() -> None:
    article = Article(pk=1, body=f"<p>{VIDEO}</p><p>첫 문단</p>", kind="article")
    byline = type("Byline", (), {"name": "홍길동", "title": "기자", "role": "writing"})
    html = render_body(article, photos={}, bylines=[byline()], publication=Publication(name="한빛신문"))
    assert '</div>\n<p><span class="dateline">[한빛신문 홍길동 기자]</span> 첫 문단</p>' in html


def test_a_summary_leaves_the_address_out() -> None:
    assert summary(f"<p>{VIDEO}</p><p>{link(VIDEO, VIDEO)}</p><p>첫 문장이다.</p>", "", 160) == "첫 문장이다."


@pytest.mark.django_db
def test_the_page_names_the_providers_that_are_on_and_opens_for_their_frames_only(
    client: Client, publication: Publication
) -> None:
    plain = make_published_article()
    article = make_published_article(body=f"<p>글</p><p>{VIDEO}</p>")
    answer = client.get(article.url)
    assert f'data-embeds="{" ".join(settings.EMBEDS)}"' in answer.content.decode()
    policy = answer["Content-Security-Policy"]
    allowed = re.search(r"frame-src ([^;]+)", policy)
    assert allowed
    assert allowed[1].split() == embeds.hosts(settings.EMBEDS)
    assert "*" not in policy
    assert "data-embeds" not in client.get(plain.url).content.decode()
    assert "frame-src" not in client.get("/")["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_provider_that_is_switched_off_leaves_its_link_without_rendering_anew(
    client: Client, publication: Publication, settings: object
) -> None:
    article = make_published_article(body=f"<p>글</p><p>{VIDEO}</p>")
    settings.EMBEDS = []
    page = Page(client.get(article.url).content.decode())
    assert "data-embeds" not in page.one("div", of_class="article-body").attributes
    assert VIDEO in [link["href"] for link in page.all("a")]


@pytest.mark.django_db
def test_the_preview_of_the_newsroom_lets_the_same_frames_in(
    as_user: object, reporter: User, publication: Publication
) -> None:
    article = make_published_article(body=f"<p>{VIDEO}</p>", owner=reporter)
    answer = as_user(reporter).get(f"/admin/articles/article/{article.pk}/preview/")
    assert "frame-src https://www.youtube-nocookie.com" in answer["Content-Security-Policy"]
    assert "data-embeds" in answer.content.decode()
    form = as_user(reporter).get("/admin/articles/article/add/")
    assert "frame-src" not in form["Content-Security-Policy"]
    assert "한 문단에 붙여 넣으세요" in form.content.decode()
