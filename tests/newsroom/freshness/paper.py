"""A small paper in which everything stands somewhere, and the addresses of all its pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from articles.models import Article, DailyReads, RelatedPick
from comments.models import Comment
from publication.models import PolicyPage
from tests.articles.maps import address_of_map
from tests.comments.cast import guest, member, write
from tests.factories import (
    jpeg,
    make_article,
    make_photo,
    make_publication,
    make_published_article,
    make_reporter,
    make_section,
    make_series,
    make_user,
)


def noon() -> datetime:
    """The next one in Seoul: what stands a few hours apart must stand on one day of the archive.

    Never the last one: the database's own clock would hold for published what is only planned.
    """
    today = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    return today if today >= timezone.now() else today + timedelta(days=1)


class Paper:
    """`clock` is the held clock: `.shift(seconds)`. `pages`: name -> address."""

    def __init__(self, clock: Any) -> None:
        self.clock = clock
        self._clients: dict[int, Client] = {}
        make_publication(name="한강신문", logo="", feed_text="full", security_contact="security@paper.test")
        self._people()
        self._furniture()
        self._articles()
        self._comments()
        self.pages = self._addresses()
        cache.clear()

    def client(self, person: User) -> Client:
        """Signed in as this person."""
        if person.pk not in self._clients:
            self._clients[person.pk] = Client()
            self._clients[person.pk].force_login(person)
        return self._clients[person.pk]

    def _people(self) -> None:
        self.writer = make_user("reporter@paper.test", "김기자", Role.REPORTER)
        self.desk = make_user("desk@paper.test", "이데스크", Role.DESK)
        self.moderator = make_user("moderator@paper.test", "최운영", Role.MODERATOR)
        self.manager = make_user("manager@paper.test", "정관리", Role.MANAGER)
        self.reader = make_user("reader@home.test", "한독자", nickname="한강독자")
        self.others = [make_user(nickname=f"이웃{number}") for number in range(4)]

    def _furniture(self) -> None:
        self.politics = make_section("정치", "politics", order=1)
        self.assembly = make_section("국회", "assembly", parent=self.politics)
        self.society = make_section("사회", "society", order=2)
        self.series = make_series("강을 따라", "river", description="물길을 걷는다")
        self.photo, self.figure, self.face, self.spare = (
            make_photo(content=jpeg(240, 160), by=self.writer, credit=f"사진 {number}") for number in range(4)
        )
        self.hong = make_reporter("홍길동", bio="강을 쓴다", portrait=self.face)
        self.lim = make_reporter("임꺽정", bio="산을 쓴다")
        self.policy = PolicyPage.objects.create(slug="ethics", title="윤리 강령", body="<p>바르게 쓴다.</p>")

    def _articles(self) -> None:
        def published(hours: float, title: str, **fields: Any) -> Article:
            at = timezone.now() - timedelta(hours=hours)
            return make_published_article(
                at=at, title=title, **{"section": self.society, "by": self.lim} | fields
            )

        of_the_river = {"section": self.assembly, "series": self.series, "by": self.hong}
        self.older = published(4, "옛 물길", **of_the_river)
        figure = f'<figure data-photo="{self.figure.pk}" data-credit="서울시"><img src="x" alt="강"></figure>'
        self.story = published(
            3,
            "강이 흐른다",
            **of_the_river,
            tags=("한강", "다리"),
            lead_photo=self.photo,
            lead_caption="강가",
            lead_credit="홍길동",
            lead_alt="강과 다리",
            body=f"<p>강물이 천천히 흐릅니다.</p>{figure}<p>다리 위로 바람이 붑니다.</p>",
        )
        self.newer = published(2, "새 물길", **of_the_river)
        self.cousin = published(5, "다리를 건너며", tags=("다리",))
        self.plain = published(6, "산이 높다", kind="column")
        self.album = published(7, "사진으로 본 산", kind="photo", lead_photo=self.spare, lead_alt="산")
        self.picker = published(8, "함께 읽기")
        RelatedPick.objects.create(article=self.picker, related=self.story)
        self.draft = make_article(title="새로 나올 글", **of_the_river, owner=self.writer, tags=("한강",))
        self.next = make_article(title="다음 글", **of_the_river, owner=self.writer)
        # Picked before they are public.
        RelatedPick.objects.create(article=self.picker, related=self.draft, order=1)
        RelatedPick.objects.create(article=self.picker, related=self.next, order=2)
        for number, article in enumerate((self.story, self.plain, self.album, self.cousin)):
            DailyReads.objects.create(article=article, day=timezone.localdate(), reads=100 - number)

    def _comments(self) -> None:
        self.top = write(self.story, member(self.reader), "물이 맑습니다")
        self.reply = write(self.story, guest("b"), "저도 보았습니다", self.top, nickname="나그네")
        self.second = write(self.story, guest("c"), "바람이 찹니다", nickname="산책")
        self.elsewhere = write(self.plain, guest("d"), "산이 좋습니다", nickname="등산")

        self.fresh: Comment = self.second

    def _addresses(self) -> dict[str, str]:
        day = timezone.localtime(self.story.publish_at)
        named = {
            "older": self.older, "article": self.story, "newer": self.newer, "cousin": self.cousin,
            "plain": self.plain, "album": self.album, "picker": self.picker, "draft": self.draft,
        }  # fmt: skip
        thread = f"/news/{self.story.pk}/comments/"
        lists = {
            "section": "/section/politics/", "sub": "/section/assembly/", "society": "/section/society/",
            "tag": "/tag/한강/", "bridge": "/tag/다리/", "series": "/series/river/",
            "hong": f"/reporter/{self.hong.pk}/", "lim": f"/reporter/{self.lim.pk}/",
        }  # fmt: skip
        feeds = {
            "paper-rss": "/rss/",
            "section-rss": "/section/politics/rss/", "sub-json": "/section/assembly/feed.json",
            "society-atom": "/section/society/atom/", "tag-rss": "/tag/한강/rss/",
            "series-atom": "/series/river/atom/", "hong-json": f"/reporter/{self.hong.pk}/feed.json",
        }  # fmt: skip
        return {
            "front": "/",
            **{name: f"/news/{article.pk}/" for name, article in named.items()},
            "thread": thread, "thread-up": f"{thread}?sort=up", "thread-replies": f"{thread}?sort=replies",
            "replies": f"{thread}?parent={self.top.pk}", "other-thread": f"/news/{self.plain.pk}/comments/",
            **lists,
            "kind": "/kind/article/", "columns": "/kind/column/", "photos": "/kind/photo/",
            "archive": "/archive/", "year": f"/archive/{day:%Y}/", "month": f"/archive/{day:%Y/%m}/",
            "day": f"/archive/{day:%Y/%m/%d}/",
            **feeds,
            "sitemap": "/sitemap.xml", "sitemap-news": "/sitemap-news.xml", "sitemap-pages": "/sitemap-pages.xml",
            "sitemap-reporters": "/sitemap-reporters.xml", "sitemap-articles": address_of_map(self.story),
            "policy": "/policy/ethics/", "manifest": "/manifest.webmanifest", "robots": "/robots.txt",
            "ads": "/ads.txt", "security": "/.well-known/security.txt", "unknown": "/no-such-page/",
        }  # fmt: skip
