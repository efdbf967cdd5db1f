"""Addresses of the system the paper moved in from: one form, one lookup, and the file that brings them."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from articles import address_import, old_addresses, workflow
from articles.models import Article, OldAddress
from tests.factories import make_article, make_published_article

pytestmark = pytest.mark.django_db

VIEW = "/news/articleView.html"


@pytest.fixture
def article() -> Article:
    return make_published_article()


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., str]:
    """Runs the command on a file of these lines; what it wrote, errors included."""

    def run(*lines: str, encoding: str = "utf-8", **options: Any) -> str:
        file = tmp_path / "old.csv"
        file.write_bytes("\n".join(lines).encode(encoding))
        out = StringIO()
        try:
            call_command("import_addresses", str(file), stdout=out, stderr=out, **options)
        except CommandError as error:
            out.write(f"exit {error.returncode}: {error}")
        return out.getvalue()

    return run


def leads(address: str, article: Article) -> None:
    OldAddress.objects.create(address=old_addresses.canonical_link(address), article=article)


# One form


@pytest.mark.parametrize(
    ("link", "form"),
    [
        ("/news/articleView.html?idxno=7", "/news/articleView.html?idxno=7"),
        ("http://old.example:8080/news/articleView.html?idxno=7#top", "/news/articleView.html?idxno=7"),
        ("https://old.example", "/"),
        ("//two/slashes", ""),
        ("/a?b=2&a=1&a=0", "/a?a=0&a=1&b=2"),
        ("/a?utm_source=x&fbclid=y&no=3", "/a?no=3"),
        ("/a?&&=5&no=3&", "/a?no=3"),
        ("/%EA%B8%B0%EC%82%AC?%EC%A0%9C%EB%AA%A9=%EA%B0%95", "/기사?제목=강"),
        ("/기사?제목=강", "/기사?제목=강"),
        ("/기사", "/기사"),
        ("/%b1%e2%bb%e7?t=%b0%ad", "/%B1%E2%BB%E7?t=%B0%AD"),
        ("/a?t=x%26y=%2B", "/a?t=x%26y%3D%2B"),
        ("/a?t=a+b", "/a?t=a b"),
        ("news/5", ""),
        ("javascript:alert(1)", ""),
        ("ftp://old.example/a", ""),
        ("http:///a", ""),
        ("http://[old/a", ""),
        ("/a%00b", ""),
        ("/a?b=%0a", ""),
        ("/" + "x" * 499, "/" + "x" * 499),
        ("/" + "x" * 500, ""),
        ("/a?" + "b=1&" * 5000, ""),
        ("", ""),
    ],
)
def test_every_writing_of_an_address_has_one_form(link: str, form: str) -> None:
    assert old_addresses.canonical_link(link) == form


# A reader's request


@pytest.mark.parametrize(
    "asked",
    [
        f"{VIEW}?idxno=7&page=2",
        f"{VIEW}?page=2&idxno=7",
        f"{VIEW}?page=2&idxno=7&utm_source=kakao",
        f"{VIEW}?page=%32&idxno=7",
    ],
)
def test_an_old_address_leads_to_its_article_for_good(client: Client, article: Article, asked: str) -> None:
    leads(f"http://old.example{VIEW}?idxno=7&page=2", article)
    answer = client.get(asked)
    assert (answer.status_code, answer["Location"]) == (301, f"/news/{article.pk}/")
    assert "public" in answer["Cache-Control"]


@pytest.mark.parametrize("path", ["/view/123", "/옛기사/7.html", "/%B1%E2%BB%E7/7", "/news/view/9/", "/a//b"])
def test_any_unknown_path_may_be_an_old_address(client: Client, article: Article, path: str) -> None:
    leads(path, article)
    assert client.get(path)["Location"] == f"/news/{article.pk}/"
    assert client.head(path).status_code == 301


@pytest.mark.parametrize(
    "asked",
    [
        f"{VIEW}?idxno=8",
        VIEW,
        f"{VIEW}?idxno=7%00",
        f"{VIEW}?idxno=%B0%A1%FF",
        f"{VIEW}?" + "idxno=7&" * 3000,
        "/" + "%EA%B0%80" * 1000,
        "//old.example/news/articleView.html",
    ],
)
def test_what_was_never_an_address_stays_unknown(client: Client, article: Article, asked: str) -> None:
    leads(f"{VIEW}?idxno=7", article)
    assert client.get(asked).status_code in {400, 404}


def test_words_are_not_sent_to_an_old_address(client: Client, article: Article) -> None:
    leads(f"{VIEW}?idxno=7", article)
    assert client.post(f"{VIEW}?idxno=7").status_code == 404


def test_an_article_never_public_is_as_unknown_as_no_article(client: Client, frozen: Any) -> None:
    now = timezone.now().replace(microsecond=0)
    leads("/draft", make_article())
    leads("/coming", make_published_article(at=now))
    assert client.get("/draft").status_code == 404
    with frozen(now - timedelta(seconds=1)):
        assert client.get("/coming").status_code == 404
    with frozen(now):
        assert client.get("/coming").status_code == 301


def test_a_withdrawn_article_is_reached_and_says_so(client: Client, article: Article, manager: Any) -> None:
    leads("/gone", article)
    workflow.withdraw(article, by=manager, reason="오보")
    answer = client.get("/gone", follow=True)
    assert answer.redirect_chain == [(f"/news/{article.pk}/", 301)]
    assert answer.status_code == 410


def test_one_query_and_only_for_addresses_the_paper_does_not_know(
    client: Client, article: Article, django_assert_max_num_queries: Any
) -> None:
    leads("/old", article)
    with django_assert_max_num_queries(1):
        client.get("/old")
    # A row that no import would take: the paper's own addresses are never looked up.
    OldAddress.objects.create(address="/news/999999/", article=article)
    assert client.get("/news/999999/").status_code == 404


# The file


def test_links_and_paths_are_loaded_once(load: Callable[..., str], article: Article) -> None:
    lines = [
        "old address,article",
        f"http://old.example{VIEW}?idxno=1,{article.pk}",
        "",
        f"{VIEW}?idxno=2,/news/{article.pk}/",
        f'"/a,b?x=1",http://testserver/news/{article.pk}/',
        f"/기사/3,{article.pk}",
    ]
    assert "4 lines: 4 stored, 0 moved, 0 known already, 0 refused" in load(*lines)
    assert "4 lines: 0 stored, 0 moved, 4 known already, 0 refused" in load(*lines)
    assert set(OldAddress.objects.values_list("address", "article")) == {
        (f"{VIEW}?idxno=1", article.pk),
        (f"{VIEW}?idxno=2", article.pk),
        ("/a,b?x=1", article.pk),
        ("/기사/3", article.pk),
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_files_of_every_spreadsheet_are_read(
    load: Callable[..., str], article: Article, client: Client, encoding: str
) -> None:
    load("옛 주소,기사\r", f"/기사/강물,{article.pk}\r", encoding=encoding)
    assert client.get("/기사/강물").status_code == 301


def test_the_first_line_may_be_data(load: Callable[..., str], article: Article) -> None:
    assert "1 lines: 1 stored" in load(f"/first,{article.pk}")


def test_a_file_of_another_kind_is_refused_whole(load: Callable[..., str]) -> None:
    assert "neither UTF-8 nor CP949" in load("/기사,1", encoding="utf-16")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_addresses", "/no/such/file.csv")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("/old,999999", "there is no article 999999"),
        ("/old,999999999999999999", "there is no article"),
        ("/old,9999999999999999999", "not the number of an article"),
        ("/old,", "not the number of an article"),
        ("/old,-1", "not the number of an article"),
        ("/old,１", "not the number of an article"),
        ("/old,/section/politics/", "not the number of an article"),
        ("/old,/news/{pk}/?next=//evil.example", "not the number of an article"),
        ("/old,https://evil.example/news/{pk}/", "leads out of this paper"),
        ("/old,//evil.example/news/{pk}/", "leads out of this paper"),
        ("/old,http://testserver@evil.example/news/{pk}/", "leads out of this paper"),
        ("/news/5/,{pk}", "an address of this paper itself"),
        ("/news/{pk}/,{pk}", "an address of this paper itself"),
        ("http://testserver/news/{pk},{pk}", "an address of this paper itself"),
        ("/%6Eews/5/,{pk}", "an address of this paper itself"),
        ("/,{pk}", "an address of this paper itself"),
        ("/?p=5,{pk}", "an address of this paper itself"),
        ("/admin/,{pk}", "an address of this paper itself"),
        ("evil.example/a,{pk}", "no address"),
        ("javascript:alert(1),{pk}", "no address"),
        ("/%00,{pk}", "no address"),
        ("/" + "x" * 600 + ",{pk}", "no address"),
        ("/" + "x" * 20_000 + ",{pk}", "longer than 10000 characters"),
        ("/old", "two columns are expected, 1 were found"),
        ("/old,{pk},3", "two columns are expected, 3 were found"),
        ('"/old,{pk}', "quotation marks"),
        ("/a\0b,{pk}", "no address"),
    ],
)
def test_a_bad_line_is_named_and_the_good_ones_are_stored(
    load: Callable[..., str], article: Article, line: str, reason: str
) -> None:
    told = load(f"/before,{article.pk}", line.format(pk=article.pk), f"/after,{article.pk}")
    assert f"line 2: {reason}" in told or ("line 2: " in told and reason in told)
    assert "exit 1: 1 of 3 lines were refused" in told
    assert set(OldAddress.objects.values_list("address", flat=True)) == {"/before", "/after"}


def test_one_address_leads_to_one_article(load: Callable[..., str], article: Article) -> None:
    other = make_published_article()
    assert "line 2: line 1 leads this address elsewhere" in load(f"/old,{article.pk}", f"/old,{other.pk}")
    assert f"leads to article {article.pk} already" in load(f"/old,{other.pk}")
    assert "1 moved" in load(f"/old,{other.pk}", replace=True)
    assert OldAddress.objects.get().article == other


def test_an_address_given_twice_is_one(load: Callable[..., str], article: Article) -> None:
    told = load(f"/old?a=1&b=2,{article.pk}", f"http://old.example/old?b=2&a=1,{article.pk}")
    assert "2 lines: 1 stored, 0 moved, 1 known already" in told


def test_a_rehearsal_stores_nothing(load: Callable[..., str], article: Article) -> None:
    told = load(f"/old,{article.pk}", "/old2,999999", dry_run=True)
    assert "1 would be stored" in told
    assert "line 2: there is no article 999999" in told
    assert not OldAddress.objects.exists()


def test_batches_stand_by_themselves_and_progress_is_told(
    load: Callable[..., str], article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(address_import, "BATCH", 10)
    monkeypatch.setattr("articles.management.commands.import_addresses.BATCH", 10)
    monkeypatch.setattr("articles.management.commands.import_addresses.PROGRESS_EVERY", 1)
    lines = [f"/old/{number},{article.pk}" for number in range(25)] + ["/bad,0"] * 10
    told = load(*lines)
    assert "\n20 lines\n" in told
    assert "35 lines: 25 stored, 0 moved, 0 known already, 10 refused" in told


def test_every_batch_costs_the_same(
    load: Callable[..., str], article: Article, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(6):
        load(*(f"/old/{number},{article.pk}" for number in range(900)))
    assert OldAddress.objects.count() == 900
