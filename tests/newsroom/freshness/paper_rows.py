"""What happens to the paper's furniture: sections, series, tags, reporters, photos, facts, policy pages, people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from taggit.models import Tag

from accounts.models import User
from articles.models import Reporter, Section, Series
from articles.photos import describe
from tests.factories import PASSWORD, make_photo, make_upload
from tests.newsroom.freshness.forms import press
from tests.newsroom.freshness.paper import Paper
from tests.newsroom.freshness.walk import Row

EVERY_PAGE = "front article section tag hong kind day thread policy"


def managed(path: Callable[[Paper], str], **changed: Any) -> Callable[[Paper], None]:
    """The manager opens the form at /admin/<address> and sends it with these changes."""

    def do(paper: Paper) -> None:
        fields = {name: value(paper) if callable(value) else value for name, value in changed.items()}
        press(paper.client(paper.manager), f"/admin/{path(paper)}", **fields)

    return do


def section(**changed: Any) -> Callable[[Paper], None]:
    return managed(lambda p: f"articles/section/{p.assembly.pk}/change/", **changed)


def series(**changed: Any) -> Callable[[Paper], None]:
    return managed(lambda p: f"articles/series/{p.series.pk}/change/", **changed)


def hong(**changed: Any) -> Callable[[Paper], None]:
    return managed(lambda p: f"articles/reporter/{p.hong.pk}/change/", **changed)


def photo(name: str, **changed: Any) -> Callable[[Paper], None]:
    return managed(lambda p: f"articles/photo/{getattr(p, name).pk}/change/", **changed)


def tag(called: str, **changed: Any) -> Callable[[Paper], None]:
    return managed(lambda p: f"taggit/tag/{Tag.objects.get(name=called).pk}/change/", **changed)


def removed(model: str, found: Callable[[Paper], Any]) -> Callable[[Paper], None]:
    def do(paper: Paper) -> None:
        answer = paper.client(paper.manager).post(
            f"/admin/{model}/{found(paper).pk}/delete/", {"post": "yes"}
        )
        assert answer.status_code == 302, answer.status_code

    return do


def reordered(paper: Paper) -> None:
    press(paper.client(paper.manager), "/admin/articles/section/", **{"form-2-order": 0, "_save": "1"})


def face_turned(paper: Paper) -> None:
    paper.face.refresh_from_db()
    paper.face.focal_x = 0.9
    describe(paper.face, by=paper.manager, changed_fields={"focal_x"})


def fact(name: str, value: Any, shows: str = "front article", **row: Any) -> Row:
    do = managed(lambda p: "publication/publication/1/change/", **{name: value})
    return Row(f"the paper's {name} is changed", do, shows, is_narrow=True, **row)


def new_photo(paper: Paper) -> None:
    make_photo(by=paper.writer)


def roles(paper: Paper) -> None:
    groups = [User.objects.get(pk=paper.desk.pk).groups.get().pk]
    press(paper.client(paper.manager), f"/admin/accounts/user/{paper.writer.pk}/change/", groups=groups)


FURNITURE = [
    Row(
        "a section is renamed",
        section(name="의회"),
        f"sub article {EVERY_PAGE} sub-json",
        verbs=("change",),
        doors=("articles.section",),
    ),
    Row("a section moves", section(parent=lambda p: p.society.pk), "front section society", is_narrow=True),
    Row(
        "a section moves back",
        section(parent=lambda p: p.politics.pk),
        "front section society section-rss",
        is_narrow=True,
    ),
    Row("sections are reordered", reordered, "front article", is_narrow=True),
    Row(
        "a section closes to comments",
        section(comments_open=None),
        "article thread",
        "robots",
        is_narrow=True,
    ),
    Row("a section opens to comments", section(comments_open="on"), "article thread", is_narrow=True),
    Row(
        "a section is made",
        managed(lambda p: "articles/section/add/", name="지역", slug="local", order=9),
        f"{EVERY_PAGE} sitemap-pages",
        verbs=("create",),
        is_narrow=True,
    ),
    Row(
        "a section is deleted",
        removed("articles/section", lambda p: Section.objects.get(slug="local")),
        f"{EVERY_PAGE} sitemap-pages",
        verbs=("delete",),
        is_narrow=True,
    ),
    Row(
        "a series is renamed",
        series(title="물길을 따라"),
        "article older series series-atom",
        "kind lim policy other-thread",
        doors=("articles.series",),
    ),
    Row("a series is described", series(description="걷고 쓴다"), "series", is_narrow=True),
    Row(
        "a series moves",
        series(slug="water"),
        "article older series series-atom sitemap-pages",
        is_narrow=True,
    ),
    Row(
        "a series is made",
        managed(lambda p: "articles/series/add/", title="새 연재", slug="new"),
        "",
        "front article",
        is_narrow=True,
    ),
    Row(
        "a tag is renamed",
        tag("다리", name="교량"),
        "article cousin bridge",
        "front lim policy",
        doors=("taggit.tag",),
    ),
    Row("a tag moves", tag("교량", slug="bridges"), "article cousin bridge", is_narrow=True),
    Row(
        "a tag is deleted",
        removed("taggit/tag", lambda p: Tag.objects.get(name="한강")),
        "article tag tag-rss",
        "lim policy other-thread",
    ),
    Row(
        "a reporter is renamed",
        hong(name="홍길순"),
        "hong hong-json article",
        "lim society policy",
        doors=("articles.reporter",),
    ),
    Row("a reporter's title is changed", hong(title="선임기자"), "hong article", is_narrow=True),
    Row("a reporter's text is changed", hong(bio="물을 쓴다"), "hong article", is_narrow=True),
    Row(
        "a reporter's portrait is changed",
        hong(portrait=lambda p: p.spare.pk),
        "hong article",
        is_narrow=True,
    ),
    Row(
        "a portrait's focal point is moved",
        face_turned,
        "",
        before=hong(portrait=lambda p: p.face.pk),
        is_narrow=True,
    ),
    Row("a reporter leaves", hong(is_active=None), "article", is_narrow=True),
    Row("a reporter is made", managed(lambda p: "articles/reporter/add/", name="전우치"), "", is_narrow=True),
    Row(
        "a reporter is deleted",
        removed("articles/reporter", lambda p: Reporter.objects.get(name="전우치")),
        "",
        is_narrow=True,
    ),
    Row(
        "a series is deleted",
        removed("articles/series", lambda p: Series.objects.get(slug="new")),
        "",
        "front article",
        is_narrow=True,
    ),
]

PICTURES = [
    Row("a picture is uploaded", new_photo, "", "front article hong", verbs=("upload",)),
    Row(
        "a photo's own caption is changed",
        photo("photo", caption="달라진 설명"),
        "",
        "policy",
        verbs=("describe",),
        doors=("articles.photo",),
        is_narrow=True,
    ),
    Row("a photo's own alternative text is changed", photo("photo", alt="달라진 글"), "", is_narrow=True),
    Row("a photo's own credit is changed", photo("figure", credit="새 출처"), "", is_narrow=True),
    Row(
        "a photo was made with AI", photo("figure", ai_use="generated"), "article", "policy lim other-thread"
    ),
    Row(
        "a lead photo's focal point is moved",
        photo("spare", focal_x="0.9", focal_y="0.1"),
        "photos society",
        is_narrow=True,
    ),
    Row("a photo is never cropped", photo("spare", whole="on"), "album photos", "tag policy other-thread"),
]

FACTS = [
    Row(
        "the paper is renamed",
        managed(lambda p: "publication/publication/1/change/", name="새강신문"),
        f"{EVERY_PAGE} manifest paper-rss sitemap-news",
        verbs=("change",),
        doors=("publication.publication",),
    ),
    *(
        fact(name, value)
        for name, value in {
            "corporation": "주식회사 새강",
            "registration_number": "서울 아11111",
            "registered_on": "2021-01-02",
            "issued_on": "2021-02-03",
            "publisher": "새발행",
            "editor": "새편집",
            "youth_officer": "새보호",
            "privacy_officer": "새개인",
            "ombudsman": "새고충",
            "arrangement_officer": "새정리",
            "address": "강원도 1",
            "phone": "033-000-0000",
            "email": "new@paper.test",
        }.items()
    ),
    fact("copyright_line", "다 {publication}의 것", "article"),
    fact("byline_label", "엮음", ""),
    fact("published_label", "올림", "article"),
    fact("modified_label", "고침", ""),
    fact("dateline_pattern", "({byline})", "article"),
    fact("credit_pattern", "/{credit}", "article paper-rss"),
    fact("description", "강을 쓰는 신문", "front manifest"),
    fact("profiles", "https://social.example/river", "front"),
    fact("x_account", "river", "front"),
    fact("ads_txt", "google.com, pub-1, DIRECT", "ads"),
    fact("security_contact", "hole@paper.test", "security"),
    fact("websub_hub", "https://hub.example/", "paper-rss"),
    fact("logo", lambda p: make_upload(name="logo.jpg"), "front"),
    fact("default_share_picture", lambda p: make_upload(name="share.jpg"), "front"),
    Row(
        "feeds carry summaries",
        managed(lambda p: "publication/publication/1/change/", feed_text="summary"),
        "paper-rss hong-json",
        is_narrow=True,
    ),
    Row(
        "a policy page is changed",
        managed(lambda p: f"publication/policypage/{p.policy.pk}/change/", title="윤리", body="<p>새 글</p>"),
        "policy front article",
        doors=("publication.policypage",),
    ),
    Row(
        "a policy page is made",
        managed(lambda p: "publication/policypage/add/", title="정정", slug="corrections", body="<p>글</p>"),
        "front sitemap-pages",
        is_narrow=True,
    ),
    Row(
        "a policy page is hidden",
        managed(lambda p: f"publication/policypage/{p.policy.pk}/change/", is_shown=None),
        "policy front sitemap-pages",
        is_narrow=True,
    ),
    Row(
        "policy pages are reordered",
        lambda p: press(
            p.client(p.manager),
            "/admin/publication/policypage/",
            **{"form-0-order": 7, "form-1-is_shown": "on", "form-0-is_shown": "on", "_save": "1"},
        ),
        "policy front",
        is_narrow=True,
    ),
]

PEOPLE = [
    Row(
        "a desk minds a section",
        managed(
            lambda p: "articles/deskassignment/add/", user=lambda p: p.desk.pk, section=lambda p: p.society.pk
        ),
        "",
        "front article",
        doors=("articles.deskassignment",),
    ),
    Row(
        "a person's roles are changed",
        roles,
        "",
        "front article thread",
        verbs=("roles",),
        doors=("accounts.user",),
    ),
    Row(
        "a person's password is set",
        managed(
            lambda p: f"accounts/user/{p.writer.pk}/password/",
            password1=f"{PASSWORD}!",
            password2=f"{PASSWORD}!",
        ),
        "",
        "front",
        verbs=("password",),
        is_narrow=True,
    ),
    Row(
        "a person's name is changed",
        managed(lambda p: f"accounts/user/{p.reader.pk}/change/", name="새이름", nickname="새별명"),
        "",
        "front",
    ),
]
