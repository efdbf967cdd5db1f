"""The one public style sheet and the one page script."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage
from django.template import Context, Template

from newsroom import staticfiles
from newsroom.staticfiles import JOINED, PAGE_SCRIPT, PUBLIC_CSS, JoinedStaticFilesStorage

# Bytes on the wire that a reader's first page may cost in styles and in scripts.
CSS_MAX = 12 * 1024
SCRIPT_MAX = 4 * 1024


def source(name: str) -> str:
    found = finders.find(name)
    assert found, name
    return Path(found).read_text(encoding="utf-8")


@pytest.fixture
def collected(tmp_path: Path, settings: Any) -> JoinedStaticFilesStorage:
    """A storage with every source in it, after collecting."""
    settings.DEBUG = False
    sources = FileSystemStorage(tmp_path / "sources")
    names = [name for parts in JOINED.values() for name in parts]
    for name in names:
        path = Path(sources.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source(name), encoding="utf-8")
    storage = JoinedStaticFilesStorage(location=tmp_path / "collected", base_url="/static/")
    done = list(storage.post_process({name: (sources, name) for name in names}))
    assert not [result for result in done if isinstance(result[2], Exception)]
    return storage


def read(storage: JoinedStaticFilesStorage, name: str) -> str:
    with storage.open(storage.stored_name(name)) as file:
        return file.read().decode()


def test_collecting_joins_hashes_and_compresses(collected: JoinedStaticFilesStorage) -> None:
    for name in (PUBLIC_CSS, PAGE_SCRIPT):
        hashed = collected.stored_name(name)
        assert re.fullmatch(r"(css/public|js/page)\.[0-9a-f]{12}\.(css|js)", hashed)
        packed = Path(collected.path(hashed + ".gz")).read_bytes()
        assert gzip.decompress(packed).decode() == read(collected, name)


def test_collecting_again_gives_the_same_files(collected: JoinedStaticFilesStorage, tmp_path: Path) -> None:
    before = collected.stored_name(PUBLIC_CSS)
    sources = FileSystemStorage(tmp_path / "sources")
    again = {name: (sources, name) for parts in JOINED.values() for name in parts}
    list(collected.post_process(again))
    assert collected.stored_name(PUBLIC_CSS) == before


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    storage = JoinedStaticFilesStorage(location=tmp_path / "collected", base_url="/static/")
    assert list(storage.post_process({}, dry_run=True)) == []
    assert not (tmp_path / "collected").exists()


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    storage = JoinedStaticFilesStorage(location=tmp_path / "collected", base_url="/static/")
    with pytest.raises(ImproperlyConfigured, match=JOINED[PUBLIC_CSS][0]):
        list(storage.post_process({}))


def test_the_style_sheet_holds_every_source_without_comments(collected: JoinedStaticFilesStorage) -> None:
    css = read(collected, PUBLIC_CSS)
    assert "/*" not in css
    assert css.startswith("@layer tokens, base,")
    assert css.count("{") == css.count("}")
    assert css.count("@layer") == 1 + len(JOINED[PUBLIC_CSS])


def test_both_stay_within_their_weight(collected: JoinedStaticFilesStorage) -> None:
    for name, limit in ((PUBLIC_CSS, CSS_MAX), (PAGE_SCRIPT, SCRIPT_MAX)):
        assert Path(collected.path(collected.stored_name(name) + ".gz")).stat().st_size <= limit


def test_every_layer_is_declared_in_its_order() -> None:
    declared = re.search(r"@layer ([\w, ]+);", source("css/public/tokens.css"))
    assert declared
    used = {layer for name in JOINED[PUBLIC_CSS] for layer in re.findall(r"@layer (\w+) {", source(name))}
    assert used == set(declared[1].split(", "))


def test_sources_that_would_break_when_joined_are_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"a\.css"):
        staticfiles.join_css({"a.css": "p { background: url(x.png) }"})
    with pytest.raises(ImproperlyConfigured, match=r"b\.css"):
        staticfiles.join_css({"a.css": "p {}", "b.css": "@import 'c.css';"})
    with pytest.raises(ImproperlyConfigured, match=r"a\.js"):
        staticfiles.join_scripts({"a.js": 'import { b } from "./b.js";'})


def test_each_script_keeps_its_own_names() -> None:
    joined = staticfiles.join_scripts({"a.js": "const one = 1;\n", "b.js": "const one = 2;\n"})
    assert joined == "{\nconst one = 1;\n}\n{\nconst one = 2;\n}\n"


def test_a_page_links_the_sources_until_they_are_collected() -> None:
    assert staticfiles.links(PUBLIC_CSS) == [f"/static/{name}" for name in JOINED[PUBLIC_CSS]]
    page = Template("{% load joined %}{% public_styles %}{% page_script %}").render(Context())
    assert page.count("<link ") == len(JOINED[PUBLIC_CSS])
    assert page.count('<script type="module" src="/static/js/public/') == len(JOINED[PAGE_SCRIPT])
    # The text's size is set before the first paint.
    assert page.count('text-size.js" async blocking="render">') == page.count("blocking=") == 1


def test_a_page_links_one_of_each_once_collected(
    collected: JoinedStaticFilesStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staticfiles, "staticfiles_storage", collected)
    monkeypatch.setattr("django.contrib.staticfiles.storage.staticfiles_storage", collected)
    assert staticfiles.links(PUBLIC_CSS) == ["/static/" + collected.stored_name(PUBLIC_CSS)]
    assert staticfiles.links(PAGE_SCRIPT) == ["/static/" + collected.stored_name(PAGE_SCRIPT)]
