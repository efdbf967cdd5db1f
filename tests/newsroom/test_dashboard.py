"""The desk: who finds what in which box, what the heartbeat says, and in how many queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from accounts.models import User
from articles import desk as boxes
from articles import workflow
from articles.models import Article, DeskAssignment, Section
from newsroom.templatetags.waits import span
from publication import clock
from publication.models import Heartbeat, Publication
from tests.factories import make_article, make_published_article, make_section

pytestmark = pytest.mark.django_db

# Session, user, roles, desk's sections; five boxes; the heartbeat; the permissions' two of Django; the paper's
# facts, and three times whether there are any (the list of doors asks); five for what waits in the comments.
QUERIES = 21


def titles(box: Any) -> list[str]:
    return [article.title for article in box.articles]


def submitted(title: str, owner: User, *, minutes: int, **fields: Any) -> Article:
    at = timezone.now() - timedelta(minutes=minutes)
    return make_article(
        title=title, owner=owner, status="submitted", submitted_by=owner, submitted_at=at, **fields
    )


def page_of(client: Client) -> str:
    return client.get("/admin/").content.decode()


def test_what_waits_longest_stands_first(desk: User, reporter: User) -> None:
    submitted("나중", reporter, minutes=5)
    submitted("먼저", reporter, minutes=90)
    assert titles(boxes.dashboard(desk, clock.now()).waiting) == ["먼저", "나중"]


def test_how_long_it_waits_is_said(as_user: Callable[[Any], Client], desk: User, reporter: User) -> None:
    submitted("기다리는 글", reporter, minutes=192)
    assert "3시간 12분째 대기" in page_of(as_user(desk))


def test_the_next_to_go_out_stands_first(desk: User) -> None:
    now = timezone.now()
    make_published_article(title="내일", at=now + timedelta(days=1))
    make_published_article(title="곧", at=now + timedelta(minutes=10))
    make_published_article(title="나갔다", at=now - timedelta(minutes=10))
    dashboard = boxes.dashboard(desk, clock.now())
    assert titles(dashboard.scheduled) == ["곧", "내일"]
    assert titles(dashboard.published) == ["나갔다"]


def test_a_reporter_finds_own_work_with_the_returned_note_on_top(
    as_user: Callable[[Any], Client], reporter: User, colleague: User
) -> None:
    make_article(
        title="되돌아온 글", owner=reporter, status="returned", return_note="숫자의 출처를 밝혀 주세요."
    )
    make_article(title="쓰는 글", owner=reporter)
    make_article(title="남의 글", owner=colleague)
    dashboard = boxes.dashboard(reporter, clock.now())
    assert titles(dashboard.mine) == ["되돌아온 글", "쓰는 글"]
    assert dashboard.waiting is None
    page = page_of(as_user(reporter))
    assert "숫자의 출처를 밝혀 주세요." in page
    assert "남의 글" not in page


def test_a_desk_sees_its_sections_and_what_has_none_yet(desk: User, reporter: User) -> None:
    mine = make_section("사회", "society")
    below = make_section("교육", "education", parent=mine)
    other = make_section("스포츠", "sports")
    DeskAssignment.objects.create(user=desk, section=mine)
    sections: list[Section | None] = [mine, below, other, None]
    for minutes, section in enumerate(sections):
        submitted(section.name if section else "섹션 없음", reporter, minutes=60 - minutes, section=section)
    assert titles(boxes.dashboard(desk, clock.now()).waiting) == ["사회", "교육", "섹션 없음"]


def test_approvals_by_their_own_submitter_are_listed_for_managers(
    as_user: Callable[[Any], Client], manager: User, desk: User
) -> None:
    article = make_article(title="새벽 속보", owner=manager)
    workflow.submit(article, by=manager)
    workflow.approve(article, by=manager, reason="당직 데스크가 없었습니다.")
    assert titles(boxes.dashboard(manager, clock.now()).own_approvals) == ["새벽 속보"]
    assert boxes.dashboard(desk, clock.now()).own_approvals is None
    page = page_of(as_user(manager))
    assert "당직 데스크가 없었습니다." in page
    listed = as_user(manager).get("/admin/articles/article/?exception=1").content.decode()
    assert "새벽 속보" in listed


def test_a_moderator_has_no_boxes_of_articles(as_user: Callable[[Any], Client], moderator: User) -> None:
    make_published_article(title="나간 글")
    page = page_of(as_user(moderator))
    assert "나간 글" not in page
    assert "/admin/articles/article/" not in page
    assert "최운영" in page


def test_an_empty_paper_says_so(as_user: Callable[[Any], Client], desk: User) -> None:
    page = page_of(as_user(desk))
    for words in ("기다리는 기사가 없습니다.", "예약된 기사가 없습니다.", "아직 출고된 기사가 없습니다."):
        assert words in page


def test_a_box_that_holds_more_says_so(desk: User, reporter: User) -> None:
    for number in range(boxes.BOX + 1):
        submitted(f"글 {number}", reporter, minutes=number)
    box = boxes.dashboard(desk, clock.now()).waiting
    assert box is not None
    assert len(box.articles) == boxes.BOX
    assert box.has_more


# The heartbeat


def test_the_last_check_and_what_is_late_are_said(as_user: Callable[[Any], Client], desk: User) -> None:
    Heartbeat.objects.create(name="tick", at=timezone.now() - timedelta(seconds=40))
    page = page_of(as_user(desk))
    assert "마지막 점검 40초 전, 지연 0" in page or "마지막 점검 41초 전, 지연 0" in page
    assert "heartbeat is-late" not in page


@pytest.mark.parametrize(("seconds", "failed"), [(Heartbeat.LATE_AFTER + 1, 0), (10, 2)])
def test_a_late_check_is_red(as_user: Callable[[Any], Client], desk: User, seconds: int, failed: int) -> None:
    at = timezone.now() - timedelta(seconds=seconds)
    Heartbeat.objects.create(name="tick", at=at, failed=failed)
    page = page_of(as_user(desk))
    assert "heartbeat is-late" in page
    assert f"지연 {failed}" in page


def test_a_check_that_never_ran_is_red_too(as_user: Callable[[Any], Client], desk: User) -> None:
    page = page_of(as_user(desk))
    assert "heartbeat is-late" in page
    assert "아직 돌지 않았습니다. 예약 출고에는 영향이 없습니다." in page


def test_reporters_and_moderators_are_not_alarmed(
    as_user: Callable[[Any], Client], reporter: User, moderator: User
) -> None:
    for person in (reporter, moderator):
        assert "heartbeat" not in page_of(as_user(person))


# Doors and words


def test_the_list_of_doors_holds_what_the_person_may_open(
    as_user: Callable[[Any], Client], reporter: User, desk: User, manager: User
) -> None:
    doors = {
        person: [model["object_name"] for group in page.context["groups"] for model in group["models"]]
        for person, page in ((p, as_user(p).get("/admin/")) for p in (reporter, desk, manager))
    }
    assert doors[reporter] == ["Article", "Photo"]
    assert doors[desk] == ["Article", "Photo", "Series", "Tag", "Discussion"]
    assert {"Section", "Reporter", "Publication", "User", "Audit"} < set(doors[manager])


def test_staff_read_their_own_language(
    as_user: Callable[[Any], Client], desk: User, publication: Publication
) -> None:
    desk.language = "en"
    desk.save()
    page = page_of(as_user(desk))
    assert "Nothing waits. The desk is clear." in page
    assert publication.name in page


@pytest.mark.parametrize(
    ("time", "korean", "english"),
    [
        (timedelta(seconds=-3), "0초", "0 s"),
        (timedelta(seconds=59), "59초", "59 s"),
        (timedelta(minutes=1), "1분", "1 min"),
        (timedelta(hours=3), "3시간", "3 h"),
        (timedelta(hours=3, minutes=12), "3시간 12분", "3 h 12 min"),
        (timedelta(days=2, hours=5), "2일 5시간", "2 d 5 h"),
    ],
)
def test_times_are_said_in_two_units(time: timedelta, korean: str, english: str) -> None:
    with translation.override("ko"):
        assert span(time) == korean
    with translation.override("en"):
        assert span(time) == english


@pytest.mark.parametrize("number", [1, 30])
def test_the_desk_takes_the_same_queries_for_one_article_and_thirty(
    as_user: Callable[[Any], Client],
    manager: User,
    reporter: User,
    publication: Publication,
    django_assert_max_num_queries: Any,
    number: int,
) -> None:
    for minutes in range(number):
        submitted(f"글 {minutes}", reporter, minutes=minutes)
        make_published_article(owner=reporter)
        make_article(owner=manager)
    client = as_user(manager)
    with django_assert_max_num_queries(QUERIES):
        assert client.get("/admin/").status_code == 200
