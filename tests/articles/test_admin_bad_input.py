"""Whatever is sent to the article's form: a clear message, nothing lost, never a 500."""

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from articles import workflow
from articles.models import Article, Photo, Reporter, Section
from articles.models.article import Status
from tests.factories import (
    make_article,
    make_photo,
    make_published_article,
    make_reporter,
    make_section,
    make_upload,
)
from tests.pictures import png_bomb, svg

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"
HOSTILE = (
    '<p onclick="steal()">글</p><script>alert(1)</script><img src=x onerror=alert(1)>'
    '<a href="javascript:alert(1)">링크</a><svg onload=alert(1)></svg><iframe src="https://evil.example"></iframe>'
)


def change(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/change/"


def typed(*, bylines: list[Any] = (), **fields: Any) -> dict[str, Any]:
    """A form as a browser sends it, with these fields."""
    data = {
        "title": "제목",
        "subtitle": "",
        "body": "<p>글</p>",
        "kind": "article",
        "grade": "normal",
        "ai_use": "none",
        "bylines-TOTAL_FORMS": len(bylines),
        "bylines-INITIAL_FORMS": 0,
        "bylines-MIN_NUM_FORMS": 0,
        "bylines-MAX_NUM_FORMS": 1000,
        "related_picks-TOTAL_FORMS": 0,
        "related_picks-INITIAL_FORMS": 0,
    }
    for number, reporter in enumerate(bylines):
        data |= {f"bylines-{number}-reporter": reporter, f"bylines-{number}-role": "writing"}
        data[f"bylines-{number}-order"] = number
    return data | fields


@pytest.fixture
def person() -> Reporter:
    return make_reporter("홍길동")


@pytest.fixture
def section() -> Section:
    return make_section("사회", "society")


@pytest.fixture
def writer(as_user: Callable[[Any], Client], reporter: User) -> Client:
    return as_user(reporter)


@pytest.fixture
def decider(as_user: Callable[[Any], Client], desk: User) -> Client:
    return as_user(desk)


def errors(answer: Any) -> set[str]:
    return set(answer.context["adminform"].form.errors)


def test_a_draft_may_be_saved_with_nothing_but_a_headline(writer: Client) -> None:
    assert writer.post(ADD, typed(body="")).status_code == 302
    assert Article.objects.get().title == "제목"


def test_even_an_empty_draft_is_saved(writer: Client) -> None:
    assert writer.post(ADD, typed(title="", body="")).status_code == 302
    assert Article.objects.get().status == Status.DRAFT


@pytest.mark.parametrize("field", ["title", "subtitle"])
def test_a_headline_of_300_characters_is_refused_and_given_back(writer: Client, field: str) -> None:
    long = "가" * 300
    answer = writer.post(ADD, typed(**{field: long}))
    assert answer.status_code == 200
    assert errors(answer) == {field}
    assert long in answer.content.decode()
    assert not Article.objects.exists()


def test_200_characters_of_any_kind_are_a_headline(writer: Client) -> None:
    for title in ("가" * 200, "😀" * 200, unicodedata.normalize("NFD", "각" * 200)):
        assert writer.post(ADD, typed(title=title)).status_code == 302
    for article in Article.objects.all():
        assert len(article.title) == 200
        assert unicodedata.is_normalized("NFC", article.title)


@pytest.mark.parametrize("field", ["title", "subtitle", "body", "lead_caption", "source", "tags"])
def test_a_nul_byte_is_named_and_never_an_error(writer: Client, field: str) -> None:
    answer = writer.post(ADD, typed(**{field: "가\0나"}))
    assert answer.status_code in {200, 302}
    for article in Article.objects.all():
        assert "\0" not in "".join(
            [article.title, article.subtitle, article.body, article.lead_caption, article.source]
        )


def test_a_headline_with_quotes_and_markup_stays_text_everywhere(
    writer: Client, desk: User, client: Client
) -> None:
    title = "\"따옴표\" 'it' </script><script>alert(1)</script> & <b>굵게</b> ‘말’"
    article = make_published_article(title=title)
    page = client.get(article.url).content.decode()
    assert "<script>alert" not in page
    assert "&lt;/script&gt;" in page
    article.refresh_from_db()
    assert article.title == title


def test_hostile_html_is_gone_through_the_form_and_through_the_orm(writer: Client, client: Client) -> None:
    writer.post(ADD, typed(body=HOSTILE))
    through_form = Article.objects.get()
    created = Article.objects.create(title="ORM", body=HOSTILE)
    Article.objects.bulk_create([Article(title="여럿", body=HOSTILE)])
    updated = Article.objects.create(title="update", body="")
    Article.objects.filter(pk=updated.pk).update(body=HOSTILE)
    for article in Article.objects.all():
        for part in ("script", "onclick", "onerror", "javascript", "svg", "iframe", "<img"):
            assert part not in article.body, article.title
            assert part not in article.body_html, article.title
    assert "글" in through_form.body
    assert "글" in created.body_html


def test_pictures_that_the_library_does_not_know_leave_the_text(writer: Client) -> None:
    photo = make_photo()
    body = "<p>앞</p>" + "".join(
        f'<figure data-photo="{pk}"><img src="https://evil.example/x.png" alt="가"></figure>'
        for pk in (photo.pk, photo.pk + 999, "x", "-1", "9" * 40)
    )
    writer.post(ADD, typed(body=body))
    article = Article.objects.get()
    assert article.body.count("<figure") == 1
    assert "evil" not in article.body
    assert photo.preview_url in article.body


@pytest.mark.parametrize("value", ["999999", "x", "-1", "9" * 40, "\0"])
@pytest.mark.parametrize("field", ["section", "series", "lead_photo"])
def test_wrong_ids_are_named_on_their_field(writer: Client, field: str, value: str) -> None:
    answer = writer.post(ADD, typed(**{field: value}))
    assert answer.status_code == 200
    assert errors(answer) == {field}


@pytest.mark.parametrize("value", ["999999", "x", "9" * 40])
def test_a_wrong_reporter_is_named(writer: Client, value: str) -> None:
    answer = writer.post(ADD, typed(bylines=[value]))
    assert answer.status_code == 200
    assert not Article.objects.exists()
    assert "제목" in answer.content.decode()


def test_the_same_reporter_twice_in_one_part_is_named(writer: Client, person: Reporter) -> None:
    answer = writer.post(ADD, typed(bylines=[person.pk, person.pk]))
    assert answer.status_code == 200
    assert not Article.objects.exists()


def test_tags_that_are_sentences_or_too_many_are_refused(writer: Client) -> None:
    for tags in ("가" * 120, ", ".join(f"태그{n}" for n in range(30))):
        answer = writer.post(ADD, typed(tags=tags))
        assert answer.status_code == 200
        assert errors(answer) == {"tags"}
        assert tags[:50] in answer.content.decode()


def test_tags_without_letters_are_refused(writer: Client) -> None:
    assert errors(writer.post(ADD, typed(tags="🔥"))) == {"tags"}


def test_a_button_on_a_stale_form_saves_nothing_and_says_so(
    decider: Client, reporter: User, section: Section, person: Reporter
) -> None:
    article = make_article(owner=reporter, section=section)
    workflow.submit(article, by=reporter)
    seen = decider.get(change(article)).context["adminform"].form["seen"].value()
    article.title = "그사이 고친 제목"
    article.save()
    sent = typed(title="옛 제목", section=section.pk, bylines=[person.pk], seen=seen, _approve="1")
    answer = decider.post(change(article), sent)
    assert answer.status_code == 200
    assert errors(answer) == {"__all__"}
    assert "옛 제목" in answer.content.decode()
    article.refresh_from_db()
    assert (article.title, article.status) == ("그사이 고친 제목", Status.SUBMITTED)
    again = answer.context["adminform"].form["seen"].value()
    assert decider.post(change(article), sent | {"seen": again}).status_code == 302
    article.refresh_from_db()
    assert (article.title, article.status) == ("옛 제목", Status.PUBLISHED)


def test_sending_an_incomplete_article_names_what_is_missing(writer: Client) -> None:
    answer = writer.post(ADD, typed(body="", _submit="1"))
    assert answer.status_code == 200
    assert {"section", "body"} <= errors(answer)
    assert not Article.objects.exists()


def test_a_reporter_takes_back_what_waits(writer: Client, reporter: User, section: Section) -> None:
    article = make_article(owner=reporter, section=section)
    workflow.submit(article, by=reporter)
    door = f"/admin/articles/article/{article.pk}/recall/"
    assert door in writer.get(change(article)).content.decode()
    assert writer.get(door).status_code == 405
    assert writer.post(door).status_code == 302
    article.refresh_from_db()
    assert article.status == Status.DRAFT


def test_a_refused_publication_names_each_thing_on_its_field_and_keeps_every_keystroke(
    decider: Client, reporter: User, section: Section
) -> None:
    article = make_article(owner=reporter, title="기다리는 글", section=section)
    workflow.submit(article, by=reporter)
    photo = make_photo()
    keystrokes = "데스크가 방금 고쳐 쓴 문장입니다."
    answer = decider.post(
        change(article),
        typed(
            title="",
            body=f"<p>{keystrokes}</p>",
            section="",
            lead_photo=photo.pk,
            lead_credit="",
            _approve="1",
        ),
    )
    assert answer.status_code == 200
    assert {"title", "section", "lead_credit", "lead_alt"} <= errors(answer)
    assert keystrokes in answer.content.decode()
    article.refresh_from_db()
    assert article.status == Status.SUBMITTED


def test_no_byline_is_said_where_bylines_stand(decider: Client, reporter: User, section: Section) -> None:
    article = make_article(owner=reporter, section=section)
    workflow.submit(article, by=reporter)
    article.bylines.all().delete()
    answer = decider.post(change(article), typed(section=section.pk, _approve="1"))
    assert answer.status_code == 200
    assert answer.context["inline_admin_formsets"][0].formset.non_form_errors()


def test_a_public_article_cannot_be_saved_incomplete(decider: Client) -> None:
    article = make_published_article()
    answer = decider.post(change(article), typed(title="", section=article.section_id))
    assert answer.status_code == 200
    assert "title" in errors(answer)


@pytest.mark.parametrize("at", ["", "내일", "2020-01-01T00:00", "9999-99-99T99:99", "\0"])
def test_a_time_that_is_none_or_has_passed_schedules_nothing(
    decider: Client, reporter: User, section: Section, person: Reporter, at: str
) -> None:
    article = make_article(owner=reporter, section=section)
    workflow.submit(article, by=reporter)
    decider.post(change(article), typed(section=section.pk, at=at, bylines=[person.pk], _schedule="1"))
    article.refresh_from_db()
    assert article.status == Status.SUBMITTED


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a not a picture", b"<svg/>", svg(), png_bomb(), make_upload().read()[:2000]]
)
def test_what_is_no_picture_is_refused_with_a_reason(writer: Client, content: bytes) -> None:
    answer = writer.post("/admin/articles/photo/add/", {"file": make_upload(content)})
    assert answer.status_code == 200
    assert errors(answer) == {"file"}
    assert not Photo.objects.exists()


def test_the_same_picture_twice_is_one_photo(writer: Client) -> None:
    content = make_upload().read()
    for _ in range(2):
        assert writer.post("/admin/articles/photo/add/", {"file": make_upload(content)}).status_code == 302
    assert Photo.objects.count() == 1


@pytest.mark.parametrize("query", ["%00", "a" * 10_000, "%F0%28", "'%22%3B--", "%E1%84%92%E1%85%A1%E1%86%AB"])
def test_any_search_in_the_admin_is_answered(decider: Client, query: str) -> None:
    for place in ("article", "photo", "reporter", "section"):
        answer = decider.get(f"/admin/articles/{place}/?q={query}")
        assert answer.status_code in {200, 302, 400}
