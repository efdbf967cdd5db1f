"""Addresses that a page holds dozens of are written out in the models: they are the same as Django's."""

from django.urls import reverse
from taggit.models import Tag

from articles.models import Article, Photo, Reporter, Section, Series
from articles.presenting import tag_address
from articles.related import Link
from comments.models import Comment
from comments.threads import thread_address
from publication.models import PolicyPage


def test_they_are_the_routers_own() -> None:
    assert Article(pk=7).get_absolute_url() == Link(7, "", None, None).url == reverse("article", args=[7])
    assert Section(slug="a-b").get_absolute_url() == reverse("section", args=["a-b"])
    assert Series(slug="a-b").get_absolute_url() == reverse("series", args=["a-b"])
    assert Reporter(pk=7).get_absolute_url() == reverse("reporter", args=[7])
    assert PolicyPage(slug="a-b").get_absolute_url() == reverse("policy", args=["a-b"])
    assert Photo(key="ab12").rendition_url("480.jpg") == reverse("rendition", args=["ab12", "480.jpg"])
    assert Comment(pk=7).permalink == reverse("comment-at", args=[7])
    assert Comment(pk=7).url == reverse("comment", args=[7])
    assert thread_address(7) == reverse("comments", args=[7])


def test_a_tags_name_may_hold_anything() -> None:
    for slug in ("수산업", "a b", "c++", "50%", "‘강’", "a'b", "á"):
        assert tag_address(Tag(slug=slug)) == reverse("tag", args=[slug])
