"""The queue in the admin: who may enter, what stands in it, and that its doors keep no words."""

import json
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from articles.models import Article, Discussion
from comments import moderation
from comments.models import Ban, BlockedWord, Comment, State
from comments.recount import drift
from publication.models import Audit
from tests.comments.cast import guest, member, write
from tests.factories import make_article, make_published_article, make_section

pytestmark = pytest.mark.django_db
QUEUE = "/admin/comments/comment/"
DOORS = (QUEUE, "/admin/comments/ban/", "/admin/comments/blockedword/", "/admin/comments/blockedword/add/")


@pytest.fixture
def article() -> Article:
    return make_published_article(title="강 위의 다리")


@pytest.fixture
def queue(moderator: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(moderator)


def page(queue: Client, **asked: Any) -> str:
    response = queue.get(QUEUE, asked)
    assert response.status_code == 200
    return response.content.decode()


def deed(queue: Client, verb: str, *comments: Comment, **fields: str) -> Any:
    data = {"verb": verb, "pk": [comment.pk for comment in comments], **fields}
    return queue.post(QUEUE, data, headers={"accept": "application/json"})


def reported(article: Article, by: User, times: int = 1, reason: str = "spam") -> Comment:
    comment = write(article, member(by))
    for number in range(times):
        moderation.report(comment.pk, by=guest(f"r{number}"), reason=reason)
    return comment


def test_moderators_and_managers_only(
    as_user: Callable[[User], Client],
    request: pytest.FixtureRequest,
    article: Article,
    reader: User,
    client: Client,
) -> None:
    comment = write(article, member(reader))
    doors = (*DOORS, f"{QUEUE}{comment.pk}/change/", f"{QUEUE}{comment.pk}/delete/")
    for name in ("moderator", "manager", "reporter", "colleague", "desk", "reader"):
        user = request.getfixturevalue(name)
        allowed = name in {"moderator", "manager"}
        visitor = as_user(user)
        for door in doors:
            assert (visitor.get(door).status_code == 200) == allowed, (name, door)
        answer = deed(visitor, "hide", comment, reason="spam")
        assert (answer.status_code == 200) == allowed, name
        Comment.objects.filter(pk=comment.pk).update(state=State.VISIBLE)
        Discussion.objects.filter(pk=article.pk).update(visible_count=1)
    assert all(client.get(door).status_code == 302 for door in doors)


def test_a_moderator_has_no_rights_on_articles(queue: Client, article: Article) -> None:
    assert queue.get(reverse("admin:articles_article_changelist")).status_code == 403
    assert queue.get(reverse("admin:articles_article_change", args=[article.pk])).status_code in {302, 403}


def test_held_comments_show_article_writer_and_the_matched_word_escaped(
    queue: Client, article: Article, reader: User
) -> None:
    BlockedWord.objects.create(word="나쁜말", skeleton="나쁜말")
    write(article, member(reader), "여기 <나쁜 말> & <b>굵게</b>")
    html = page(queue)
    assert "<mark>나쁜 말</mark>" in html
    assert "&lt;<mark>" in html
    assert "&lt;b&gt;굵게&lt;/b&gt;" in html
    assert "강 위의 다리" in html
    assert reader.nickname in html


def test_reported_comments_tell_the_reasons(queue: Client, article: Article, reader: User) -> None:
    comment = reported(article, reader, 2)
    moderation.report(comment.pk, by=guest("other"), reason="privacy")
    Comment.objects.filter(pk=comment.pk).update(state=State.VISIBLE)
    Discussion.objects.filter(pk=article.pk).update(visible_count=1)
    html = page(queue, view="reported")
    assert "광고·도배 2" in html
    assert "개인정보" in html
    deed(queue, "restore", comment)
    assert comment.body not in page(queue, view="reported")


def test_filters_and_search(queue: Client, article: Article, reader: User) -> None:
    section = make_section("사회", "society")
    elsewhere = make_published_article(section=section, title="장터 소식")
    one = write(article, member(reader), "사과가 달다")
    two = write(elsewhere, guest(), "배가 시원하다", nickname="배나무")

    def shown(**asked: Any) -> set[str]:
        html = page(queue, view="recent", **asked)
        return {comment.body for comment in (one, two) if comment.body in html}

    assert shown() == {one.body, two.body}
    assert shown(q="사과") == {one.body}
    assert shown(q="배나무") == shown(q="장터") == {two.body}
    assert shown(q=f"#{one.pk}") == {one.body}
    assert shown(section=section.pk) == shown(article=elsewhere.pk) == {two.body}
    assert shown(who="guest") == shown(writer=two.pk) == {two.body}
    assert shown(state="hidden") == set()
    for forged in ({"view": "x"}, {"section": "9" * 30}, {"after": "-1"}, {"writer": "a"}, {"q": "\0"}):
        assert queue.get(QUEUE, forged).status_code in {200, 400}


def test_pages_go_on_where_the_last_ended(
    queue: Client, article: Article, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.waiting.PAGE", 2)
    comments = [write(article, guest(str(n)), state=State.HELD) for n in range(5)]
    seen, after = [], ""
    for _ in range(3):
        html = page(queue, **({"after": after} if after else {}))
        seen += [comment.pk for comment in comments if f'id="row-{comment.pk}"' in html]
        after = str(seen[-1])
    assert seen == [comment.pk for comment in comments]


def test_a_page_takes_few_queries_whatever_stands_on_it(
    queue: Client, article: Article, reader: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        top = write(article, guest(str(number)))
        write(article, guest(f"x{number}"), answers=top, state=State.HELD)
    with django_assert_max_num_queries(25):
        page(queue)


@pytest.mark.parametrize(
    ("verb", "state"), [("restore", "visible"), ("hide", "hidden"), ("hold", "held"), ("delete", "deleted")]
)
def test_each_verb_in_bulk_with_a_reason_and_an_audit_without_words(
    queue: Client, article: Article, reader: User, verb: str, state: str
) -> None:
    comments = [write(article, guest(str(n)), f"비밀스러운 말 {n}") for n in range(3)]
    answer = deed(queue, verb, *comments, reason="spam", note="도배")
    told = answer.json()
    assert answer.status_code == 200
    assert {row["state"] for row in told["rows"].values()} == {state}
    rows = Audit.objects.filter(object_type="comments.comment", verb=verb)
    assert {(row.why, row.actor_name) for row in rows} == {("광고·도배: 도배", "최운영")}
    assert rows.count() == 3
    assert "비밀" not in json.dumps(list(Audit.objects.values()), default=str, ensure_ascii=False)
    assert drift(article.pk) == []


def test_taking_words_away_needs_a_reason(queue: Client, article: Article, reader: User) -> None:
    comment = write(article, member(reader))
    for verb in ("hide", "delete"):
        assert deed(queue, verb, comment).status_code == 422
    assert deed(queue, "restore").status_code == 422
    assert deed(queue, "explode", comment).status_code == 422
    comment.refresh_from_db()
    assert comment.is_visible


def test_without_script_the_form_comes_back_with_a_message(
    queue: Client, article: Article, reader: User
) -> None:
    comment = write(article, member(reader), state=State.HELD)
    Discussion.objects.filter(pk=article.pk).update(visible_count=0)
    answer = queue.post(f"{QUEUE}?view=held", {"verb": "restore", "pk": comment.pk}, follow=True)
    assert answer.redirect_chain == [(f"{QUEUE}?view=held", 303)]
    assert "messagelist" in answer.content.decode()
    comment.refresh_from_db()
    assert comment.is_visible
    assert comment.is_approved


def test_what_is_gone_meanwhile_disturbs_nothing(queue: Client, article: Article, reader: User) -> None:
    gone, here = write(article, member(reader)), write(article, guest())
    moderation.deleting.delete(gone.pk)
    answer = deed(queue, "hide", gone, here, reason="other")
    assert answer.status_code == 200
    assert answer.json()["rows"][str(gone.pk)]["state"] == "deleted"
    assert answer.json()["rows"][str(here.pk)]["state"] == "hidden"


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [("en", "1 comment: ", "2 comments: "), ("ko", "댓글 1개: ", "댓글 2개: ")],
)
def test_one_comment_is_counted_as_one(
    queue: Client, article: Article, moderator: User, language: str, one: str, two: str
) -> None:
    User.objects.filter(pk=moderator.pk).update(language=language)
    made = [write(article, guest(name)) for name in "abc"]
    assert deed(queue, "hide", made[0], reason="spam").json()["message"].startswith(one)
    assert deed(queue, "hide", *made[1:], reason="spam").json()["message"].startswith(two)
    moderation.deleting.delete(made[0].pk)
    with_one_gone = deed(queue, "restore", *made[:2]).json()["message"]
    assert with_one_gone.startswith(one)
    if language == "en":
        assert with_one_gone.endswith("1 was gone already")


def test_the_stock_way_of_deleting_is_the_verb_and_its_log_keeps_no_words(
    queue: Client, article: Article, reader: User, stranger: User
) -> None:
    top = write(article, guest(), "지워질 낱말", nickname="지워질이름")
    write(article, member(stranger), answers=top)
    confirm = queue.get(f"{QUEUE}{top.pk}/delete/").content.decode()
    assert "지워질" not in confirm
    assert queue.post(f"{QUEUE}{top.pk}/delete/", {"post": "yes"}).status_code == 302
    top.refresh_from_db()
    assert (top.state, top.body, top.nickname) == (State.DELETED, "", "")
    assert "지워질" not in str(list(LogEntry.objects.values()))
    assert Audit.objects.filter(verb="delete", object_id=str(top.pk)).count() == 1
    assert drift(article.pk) == []


def test_there_is_no_form_for_words(queue: Client, article: Article, reader: User) -> None:
    comment = write(article, member(reader), "그대로인 글")
    assert queue.get(f"{QUEUE}add/").status_code == 403
    queue.post(f"{QUEUE}{comment.pk}/change/", {"body": "바뀐 글", "_save": "1"})
    comment.refresh_from_db()
    assert comment.body == "그대로인 글"


def test_a_comments_page_tells_all_and_bans_and_claims(
    queue: Client, article: Article, reader: User, stranger: User
) -> None:
    comment = reported(article, reader)
    other = write(article, member(reader), "같은 사람의 다른 글")
    address = f"{QUEUE}{comment.pk}/change/"
    html = queue.get(address).content.decode()
    assert other.body in html
    assert "광고·도배" in html
    answer = queue.post(address, {"_ban": "1", "ban-kind": "member", "ban-why": "도배"})
    assert answer.status_code == 303
    assert Ban.objects.get().target == f"m{reader.pk}"
    until = timezone.localtime() + timezone.timedelta(days=10)
    claim = {"_claim": "1", "claim-claimed_by": "김아무개", "claim-until": f"{until:%Y-%m-%dT%H:%M}"}
    assert queue.post(address, claim).status_code == 303
    comment.refresh_from_db()
    assert (comment.state, comment.claimed_by) == (State.CLAIMED, "김아무개")
    assert queue.post(address, claim).status_code == 422
    assert "김아무개" in page(queue, view="claims")
    assert queue.get(f"{QUEUE}999999/change/").status_code == 404
    assert queue.get(f"{QUEUE}xyz/change/").status_code == 404


def test_blocked_words_get_their_skeleton_on_save(queue: Client) -> None:
    add = "/admin/comments/blockedword/add/"
    assert queue.post(add, {"word": "바 보!", "exceptions": "바보상자"}).status_code == 302
    assert BlockedWord.objects.get().skeleton == "바보"
    assert queue.post(add, {"word": "바-보", "exceptions": ""}).status_code == 200
    # Typed in jamo, as macOS names its files.
    assert (
        queue.post(add, {"word": unicodedata.normalize("NFD", "바보"), "exceptions": ""}).status_code == 200
    )
    assert queue.post(add, {"word": "!!!", "exceptions": ""}).status_code == 200
    assert BlockedWord.objects.count() == 1


def test_threads_are_opened_closed_and_frozen_by_moderators_and_their_desk(
    as_user: Callable[[User], Client],
    moderator: User,
    desk: User,
    reporter: User,
    article: Article,
) -> None:
    other = make_published_article()
    draft = make_article(title="비밀 초고")
    desk.desk_assignments.create(section=article.section)
    door = "/admin/articles/discussion/"
    assert as_user(reporter).get(door).status_code == 403
    listed = as_user(desk).get(door).content.decode()
    assert article.title in listed
    assert other.title not in listed
    assert as_user(desk).get(f"{door}{other.pk}/change/").status_code in {302, 403}
    listed = as_user(moderator).get(door).content.decode()
    assert other.title in listed
    assert draft.title not in listed
    Discussion.objects.filter(pk=article.pk).update(visible_count=7)
    sent = {"state": "closed", "ranking_frozen": "on", "why": "과열"}
    assert as_user(desk).post(f"{door}{article.pk}/change/", sent).status_code == 302
    row = Discussion.objects.get(pk=article.pk)
    assert (row.state, row.ranking_frozen, row.visible_count) == ("closed", True, 7)
    assert Audit.objects.get(verb="set discussion").why == "과열"
    action = {"action": "open_threads", "_selected_action": [article.pk, other.pk]}
    assert as_user(moderator).post(door, action).status_code == 302
    assert Discussion.objects.get(pk=article.pk).state == "open"
    assert Audit.objects.filter(verb="set discussion").count() == 2


def test_the_dashboard_tells_moderators_what_waits(queue: Client, article: Article, reader: User) -> None:
    write(article, member(reader), state=State.HELD)
    html = queue.get("/admin/").content.decode()
    assert 'data-waiting="held">1<' in html
    assert 'data-waiting="reported">0<' in html


def test_the_desk_finds_the_threads_switches_on_the_article(
    as_user: Callable[[User], Client], desk: User, reporter: User, article: Article
) -> None:
    Article.objects.filter(pk=article.pk).update(owner=reporter)
    page = f"/admin/articles/article/{article.pk}/change/"
    door = f"/admin/articles/discussion/{article.pk}/change/"
    assert door in as_user(desk).get(page).content.decode()
    assert door not in as_user(reporter).get(page).content.decode()
