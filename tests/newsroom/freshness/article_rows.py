"""What happens to articles: published, planned, edited in every field, withdrawn, given back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from articles import workflow
from articles.models import Article
from tests.newsroom.freshness.forms import press
from tests.newsroom.freshness.paper import Paper
from tests.newsroom.freshness.walk import Row

NEWS = "sitemap-news paper-rss"
# Where an article of the river stands: lists, feeds, sitemaps, and the neighbour before it.
LISTED = f"front section sub series hong kind day section-rss sub-json series-atom hong-json {NEWS}"
NOTHING_ELSE = "lim society other-thread manifest robots security policy"


def door(article: Article, name: str = "change") -> str:
    return f"/admin/articles/article/{article.pk}/{name}/"


def edit(
    field: str, value: Any, shows: str = "article", *, keeps: str = "manifest policy", **row: Any
) -> Row:
    """The desk changes one field of the story."""

    def do(paper: Paper) -> None:
        chosen = value(paper) if callable(value) else value
        press(paper.client(paper.desk), door(paper.story), **{field: chosen})

    return Row(f"an article's {field} is changed", do, shows, keeps, **row)


def submitted(paper: Paper) -> None:
    paper.draft.refresh_from_db()
    workflow.submit(paper.draft, by=paper.writer)


def soon(paper: Paper) -> str:
    return (timezone.localtime() + timedelta(minutes=2)).strftime("%Y-%m-%dT%H:%M")


def planned(paper: Paper) -> None:
    press(paper.client(paper.desk), door(paper.draft), _schedule="1", at=soon(paper))


def second_comes(paper: Paper) -> None:
    paper.draft.refresh_from_db()
    paper.clock.move_to(paper.draft.publish_at)


def created(paper: Paper) -> None:
    client = paper.client(paper.writer)
    press(client, "/admin/articles/article/add/", title="한 글", body="<p>글</p>", section=paper.society.pk)


def withdrawn(paper: Paper) -> None:
    press(paper.client(paper.desk), door(paper.story), _withdraw="1", note="잘못된 기사")


def reinstated(paper: Paper) -> None:
    press(paper.client(paper.desk), door(paper.story), _reinstate="1", note="바로잡음")


def deleted(paper: Paper) -> None:
    article = Article.objects.get(title="한 글")
    paper.client(paper.writer).post(door(article, "delete"), {"post": "yes"})
    assert not Article.objects.filter(pk=article.pk).exists()


def byline(paper: Paper) -> int:
    return paper.lim.pk


def pick(paper: Paper) -> None:
    added = {"related_picks-TOTAL_FORMS": 1, "related_picks-0-article": paper.story.pk}
    press(
        paper.client(paper.desk),
        door(paper.story),
        **added,
        **{"related_picks-0-related": paper.plain.pk, "related_picks-0-order": 0},
    )


def typo(paper: Paper) -> None:
    press(paper.client(paper.desk), door(paper.story), is_typo="on", subtitle="부제목임니다")


WORKFLOW = [
    Row(
        "a draft is written",
        created,
        keeps="front section kind",
        verbs=("create",),
        doors=("articles.article",),
        is_narrow=True,
    ),
    Row("a draft is deleted", deleted, keeps="front section kind", verbs=("delete",), is_narrow=True),
    Row(
        "an article is published at once",
        lambda p: press(p.client(p.desk), door(p.next), _approve="1"),
        f"newer picker {LISTED}",
        NOTHING_ELSE,
        verbs=("publish",),
        before=lambda p: workflow.submit(p.next, by=p.writer),
    ),
    Row("an article is submitted", submitted, keeps="front sub series", verbs=("submit",), is_narrow=True),
    Row(
        "it is taken back",
        lambda p: workflow.recall(p.draft, by=p.writer),
        keeps="front",
        verbs=("recall",),
        is_narrow=True,
    ),
    Row(
        "it is returned",
        lambda p: press(p.client(p.desk), door(p.draft), _return="1", note="더 쓰세요"),
        keeps="front sub",
        verbs=("return",),
        before=submitted,
        is_narrow=True,
    ),
    Row("it is planned", planned, verbs=("schedule",), keeps=NOTHING_ELSE, before=submitted),
    Row(
        "its time is moved",
        lambda p: press(p.client(p.desk), door(p.draft), _reschedule="1", at=soon(p)),
        keeps=NOTHING_ELSE,
        verbs=("reschedule",),
        is_narrow=True,
    ),
    Row(
        "it is taken from the plan",
        lambda p: press(p.client(p.desk), door(p.draft), _unschedule="1"),
        keeps=NOTHING_ELSE,
        verbs=("unschedule",),
        is_narrow=True,
    ),
    Row("its second comes", second_comes, f"draft tag picker {LISTED}", before=planned),
    Row(
        "a public one is withdrawn",
        lambda p: press(p.client(p.desk), door(p.draft), _withdraw="1", note="잘못"),
        f"draft tag picker {LISTED}",
        NOTHING_ELSE,
        verbs=("withdraw",),
    ),
    Row(
        "a withdrawn one is given back",
        lambda p: press(p.client(p.desk), door(p.draft), _reinstate="1", note="맞음"),
        f"draft tag picker {LISTED}",
        NOTHING_ELSE,
        verbs=("reinstate",),
    ),
]

EDITS = [
    edit("title", "강이 넘친다", f"article older newer picker cousin thread {LISTED}", verbs=("update",)),
    edit("subtitle", "둘째 부제목", is_narrow=True),
    Row("a typo is mended", typo, "article", verbs=("fix typo",), is_narrow=True),
    edit(
        "body",
        "<p>다른 본문입니다. 길게 씁니다.</p>",
        "article front section hong tag paper-rss",
        is_narrow=True,
    ),
    edit("lead", "앞글입니다", "article", is_narrow=True),
    edit("region", "춘천", "", is_narrow=True),
    edit("source", "연합", "article", is_narrow=True),
    edit("copyright", "저작권 없음", "article series-atom", is_narrow=True),
    edit("ai_use", "assisted", "article", is_narrow=True),
    edit("ai_note", "표를 그렸다", "article", is_narrow=True),
    edit("grade", "headline", "front", is_narrow=True),
    edit("lead_caption", "물가", "article", is_narrow=True),
    edit("lead_credit", "임꺽정", "article", is_narrow=True),
    edit("lead_alt", "넓은 강", "article", is_narrow=True),
    edit("lead_whole", "on", "article", is_narrow=True),
    edit("lead_decorative", "on", "article", is_narrow=True),
    edit("lead_photo", lambda p: p.spare.pk, "article front section sitemap-articles", is_narrow=True),
    edit("tags", "한강, 나루", "article bridge cousin"),
    edit("bylines-0-reporter", byline, "article hong lim front section paper-rss hong-json"),
    edit("bylines-0-role", "photo", "article", is_narrow=True),
    Row("related articles are picked", pick, "article", "manifest policy", verbs=("update",)),
    edit("kind", "photo", "article kind photos front", is_narrow=True),
    edit("series", "", "article older newer series series-atom", is_narrow=True),
    edit("section", lambda p: p.society.pk, "article section sub society section-rss society-atom"),
    Row(
        "the story is withdrawn",
        withdrawn,
        "article thread front society picker day sitemap-news",
        "manifest policy robots",
    ),
    Row("the story is given back", reinstated, "article thread front society picker day sitemap-news"),
]
