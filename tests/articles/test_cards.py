"""The share cards that the paper letters itself, and who may see them when."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from PIL import Image

from accounts.models import User
from articles import cards, editing, workflow
from articles.models import Article
from articles.photos import make_renditions
from articles.pictures import fonts, lettering
from articles.sharing import share_picture
from newsroom import environment
from publication import versions
from publication.models import Publication
from tests.factories import jpeg, make_article, make_photo, make_published_article, make_section

FACE = fonts.find()
NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        FACE is None, reason="no font with Hangul on this machine (apt install fonts-noto-cjk)"
    ),
]


@pytest.fixture(autouse=True)
def paper(publication: Publication) -> Publication:
    return publication


def drawn(article: Article) -> str:
    """Its card's file name after the worker has been there; "" without one."""
    cards.draw.func(article.pk)
    article.refresh_from_db()
    return article.card.get("drawn", "")


def files(article: Article) -> list[str]:
    return sorted(path.name for path in cards.folder(article.pk).glob("*"))


def status(client: Client, path: str) -> int:
    answer = client.get(path)
    # A picture's file stays open until it is read.
    b"".join(answer)
    return answer.status_code


def card_path(article: Article) -> str:
    picture = share_picture(article)
    assert picture is not None
    return "/media" + picture.url.partition("/media")[2]


# The picture


def read(data: bytes | None) -> Image.Image:
    assert data is not None
    return Image.open(BytesIO(data))


@pytest.mark.parametrize(
    "title",
    [
        "국회, 예산안 처리",
        "법",
        "‘먼지 없는 교실’로 가는 길… 서울시, 초등학교 공기정화장치 교체에 320억 원 추가 투입",
        "[단독] 🚍 막차가 끊긴 마을 👩‍👩‍👧",
        "OpenAI and the City of Seoul Sign a Memorandum on Public Services",
        "大統領 訪日… 韓日 頂上會談서 經濟安保 協力 强化",
        "가나다라마바사" * 28,
        "긴 제목이 이어집니다 " * 18,
        "https://" + "a" * 190,
        '</script> "따옴표" & <b>',
    ],
)
def test_a_card_holds_any_headline(title: str) -> None:
    image = read(lettering.card(FACE, title=title[:200], section="정치", paper="시험신문"))
    assert (image.size, image.format) == ((1200, 630), "PNG")
    pixels = image.convert("RGB")
    # Nothing of the text reaches the edges: left and right of the margins there is only ground.
    for left in (0, 1200 - lettering.EDGE + 6):
        strip = pixels.crop((left, 20, left + lettering.EDGE - 6, 630))
        assert len(strip.getcolors()) == 1


def test_lines_break_between_words_and_are_about_as_long_as_each_other() -> None:
    title = "서울시 초등학교 공기정화장치 교체에 320억 원을 더 쓰기로"
    lines = lettering.broken(title, FACE, 1024)
    assert " ".join(lines.texts) == title
    lengths = [lines.font.getlength(text) for text in lines.texts]
    assert min(lengths) > max(lengths) / 2


def test_a_headline_too_long_ends_in_an_ellipsis_on_the_fifth_line() -> None:
    lines = lettering.broken("긴 제목이 이어집니다 " * 18, FACE, 1024)
    assert len(lines.texts) == 5
    assert lines.texts[-1].endswith("…")
    assert all(lines.font.getlength(text) <= 1024 for text in lines.texts)


def test_what_the_font_lacks_is_left_out() -> None:
    assert fonts.drawable("버스 🚍 막차 👩‍👩‍👧 漢字 A1 ‘말’", FACE) == "버스 막차 漢字 A1 ‘말’"
    assert lettering.card(FACE, title="🚍🚍", section="정치", paper="시험신문") is None


# The font


def test_the_setting_names_the_font_or_that_there_is_none(tmp_path: Path) -> None:
    assert fonts.find(str(FACE.path)).path == FACE.path
    assert fonts.find("none") is None
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    assert fonts.find(str(broken)) is None


def test_a_setting_that_names_no_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARD_FONT", "/nowhere/font.ttf")
    with pytest.raises(ImproperlyConfigured, match="CARD_FONT"):
        environment.card_font()
    monkeypatch.setenv("CARD_FONT", "none")
    assert environment.card_font() == "none"


def test_without_a_font_there_is_no_card_and_nothing_left_to_do(settings: Any) -> None:
    settings.CARD_FONT = "none"
    article = make_published_article()
    assert drawn(article) == ""
    assert not article.card_due
    assert share_picture(article) is None


# When a card is drawn


def test_the_tick_draws_what_no_worker_drew() -> None:
    article = make_published_article()
    assert cards.draw_left() == 1
    article.refresh_from_db()
    assert files(article) == [article.card["drawn"]]
    assert cards.draw_left() == 0


def test_an_article_from_before_there_were_cards_gets_what_it_needs_by_the_tick() -> None:
    photo = make_photo(content=jpeg(1600, 900))
    make_renditions.func(photo.pk)
    plain, pictured, draft = (
        make_published_article(),
        make_published_article(lead_photo=photo),
        make_article(),
    )
    # As the migration leaves them.
    Article.objects.update(card={}, card_due=True)
    assert cards.draw_left() == 3
    kept = dict(Article.objects.values_list("pk", "card"))
    assert "drawn" in kept[plain.pk]
    assert len(kept[pictured.pk]["pictures"]) == 3
    assert kept[draft.pk] == {}
    assert not Article.objects.filter(card_due=True).exists()


def test_approval_hands_the_card_to_the_worker(
    reporter: User, desk: User, django_capture_on_commit_callbacks: Any
) -> None:
    article = make_article(owner=reporter)
    workflow.submit(article, by=reporter)
    with django_capture_on_commit_callbacks(execute=True):
        workflow.approve(article, by=desk)
    article.refresh_from_db()
    assert files(article) == [article.card["drawn"]]


def test_a_draft_has_none(reporter: User) -> None:
    article = make_article(owner=reporter)
    assert not article.card_due
    assert drawn(article) == ""
    assert files(article) == []


def test_a_photograph_or_a_figure_comes_before_a_drawn_card() -> None:
    photo = make_photo(content=jpeg(1600, 900))
    make_renditions.func(photo.pk)
    body = f'<p>글.</p><figure data-photo="{photo.pk}"><img alt="다리"></figure>'
    for article in (make_published_article(lead_photo=photo), make_published_article(body=body)):
        assert not article.card_due
        assert drawn(article) == ""
        assert card_path(article).endswith("/16x9.jpg")


def test_a_changed_headline_has_a_new_card_and_the_old_ones_address_leads_there(
    client: Client, desk: User, django_capture_on_commit_callbacks: Any
) -> None:
    article = make_published_article(title="옛 제목")
    old, key = drawn(article), f"article:{article.pk}"
    old_path = card_path(article)
    article.title = "새 제목"
    editing.update(article, by=desk)
    editing.finish(article)
    # Until it is drawn the old one stands there.
    assert article.card == {"drawn": old}
    before = versions.numbers(key)[key]
    with django_capture_on_commit_callbacks(execute=True):
        new = drawn(article)
    assert new != old
    assert files(article) == [new]
    assert versions.numbers(key)[key] == before + 1
    assert client.get(old_path).headers["Location"] == card_path(article)


def test_a_save_that_changes_no_word_of_it_draws_nothing(desk: User) -> None:
    article = make_published_article()
    name = drawn(article)
    article.body += "<p>더.</p>"
    editing.update(article, by=desk)
    assert not article.card_due
    assert article.card == {"drawn": name}


def test_a_photograph_added_later_takes_its_place(client: Client) -> None:
    article = make_published_article()
    drawn(article)
    path = card_path(article)
    article.lead_photo = make_photo(content=jpeg(1600, 900))
    article.save()
    article.refresh_from_db()
    assert "pictures" in article.card
    assert status(client, path) == 404


def test_another_name_of_the_section_or_the_paper_is_drawn_anew(client: Client, manager: User) -> None:
    section = make_section("사회")
    article = make_published_article(section=section)
    first = drawn(article)
    client.force_login(manager)
    client.post(
        f"/admin/articles/section/{section.pk}/change/",
        {"name": "사람", "slug": section.slug, "order": "0", "comments_open": "on"},
    )
    assert cards.draw_left() == 1
    article.refresh_from_db()
    second = article.card["drawn"]
    Publication.objects.update(name="새신문")
    article.save()
    assert article.card_due
    assert len({first, second, drawn(article)}) == 3


# Who sees it


def test_a_card_is_served_as_a_picture_that_may_be_kept(client: Client) -> None:
    article = make_published_article()
    drawn(article)
    answer = client.get(card_path(article))
    assert answer.headers["Content-Type"] == "image/png"
    assert "public" in answer.headers["Cache-Control"]
    assert read(b"".join(answer)).size == (1200, 630)


def test_a_planned_articles_card_is_there_on_its_second_and_not_before(
    client: Client, frozen: Callable[[Any], Any]
) -> None:
    with frozen(NOW) as clock:
        article = make_published_article(at=NOW + timedelta(minutes=1))
        drawn(article)
        path = card_path(article)
        clock.shift(59)
        assert status(client, path) == 404
        clock.shift(1)
        assert status(client, path) == 200


def test_a_withdrawn_articles_card_is_gone_and_comes_back_with_it(
    client: Client, desk: User, django_capture_on_commit_callbacks: Any
) -> None:
    article = make_published_article()
    drawn(article)
    path = card_path(article)
    with django_capture_on_commit_callbacks(execute=True):
        workflow.withdraw(article, by=desk, reason="잘못")
    assert status(client, path) == 404
    assert not cards.folder(article.pk).exists()
    with django_capture_on_commit_callbacks(execute=True):
        workflow.reinstate(article, by=desk, reason="맞음")
    assert status(client, path) == 200


def test_a_withdrawal_while_the_card_is_drawn_leaves_no_file(
    desk: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    article = make_published_article()
    draw = lettering.card

    def slowly(*args: Any, **kwargs: Any) -> bytes | None:
        workflow.withdraw(Article.objects.get(pk=article.pk), by=desk, reason="잘못")
        return draw(*args, **kwargs)

    monkeypatch.setattr(lettering, "card", slowly)
    with django_capture_on_commit_callbacks(execute=True):
        cards.draw.func(article.pk)
    article.refresh_from_db()
    assert article.card == {}
    assert files(article) == []


def test_names_cannot_be_made_from_the_words(settings: Any) -> None:
    article = make_published_article()
    name = drawn(article)
    settings.SECRET_KEY = "another secret of at least fifty characters, or so it says"
    article.save()
    assert drawn(article) != name


@pytest.mark.parametrize("name", ["x.png", "..%2f..%2fdb.sqlite3", "../../originals/x.png", ".png"])
def test_other_names_and_other_articles_find_nothing(client: Client, name: str) -> None:
    article = make_published_article()
    assert client.get(f"/media/cards/{article.pk}/{name}").status_code == 404
    assert client.get(f"/media/cards/999999/{name}").status_code == 404
