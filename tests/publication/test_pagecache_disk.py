"""The file of kept pages is broken, or taken away, under two processes: both go on with one new file."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from publication.pagecache.disk_shelf import DiskShelf
from publication.pagecache.page import Page
from tests.house.files import ROOT

# Another process with the same shelf: does what each line says, and answers with a line.
WORKER = """
import sys
from pathlib import Path
from publication.pagecache.disk_shelf import DiskShelf
from tests.publication.test_pagecache_disk import page

shelf, moment = DiskShelf(Path(sys.argv[1]), "release"), 0
for line in sys.stdin:
    word, name = line.split()
    if word == "moment":
        moment = shelf.moment()
    if word == "put":
        shelf.put(name, page(), moment)
    if word == "drop":
        shelf.drop([name])
    print("kept" if shelf.get(name) else "none", flush=True)
"""


def page() -> Page:
    return Page.made(200, {}, b"words of a reader", {"article:1": 1}, None)


class Worker:
    def __init__(self, path: Path) -> None:
        command = [sys.executable, "-c", WORKER, str(path)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def told(self, word: str, name: str) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{word} {name}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def end(self) -> None:
        self.process.communicate(timeout=10)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pages.sqlite3"


@pytest.fixture
def other(path: Path) -> Iterator[Worker]:
    worker = Worker(path)
    yield worker
    worker.end()


def spoil(path: Path) -> None:
    """In place, as a disk does: whoever has it open keeps it open."""
    with path.open("r+b") as file:
        file.write(b"no database" * (path.stat().st_size // 11))


def test_a_broken_file_is_replaced_once_and_read_by_all(path: Path, other: Worker) -> None:
    shelf = DiskShelf(path, "release")
    shelf.put("/a/", page())
    assert other.told("get", "/a/") == "kept"
    spoil(path)
    # This process finds it out and begins a new file; the other still has the old one open.
    assert shelf.get("/a/") is None
    shelf.put("/b/", page())
    began = path.stat().st_ino
    assert other.told("get", "/b/") == "kept"
    assert path.stat().st_ino == began
    assert shelf.get("/b/") is not None


def test_what_one_process_drops_leaves_the_file_that_another_began(path: Path, other: Worker) -> None:
    shelf = DiskShelf(path, "release")
    shelf.put("/a/", page())
    assert other.told("get", "/a/") == "kept"
    path.unlink()
    shelf.put("/a/", page())
    assert other.told("drop", "article:1") == "none"
    assert shelf.get("/a/") is None


def test_a_page_whose_making_began_with_the_file_before_is_not_put(path: Path, other: Worker) -> None:
    """What was dropped meanwhile, the file before knew alone."""
    shelf = DiskShelf(path, "release")
    other.told("moment", "/a/")
    shelf.drop(["article:1"])
    spoil(path)
    assert shelf.get("/a/") is None
    assert other.told("put", "/a/") == "none"
    other.told("moment", "/a/")
    assert other.told("put", "/a/") == "kept"


def test_both_may_find_it_broken(path: Path, other: Worker) -> None:
    shelf = DiskShelf(path, "release")
    for _time in range(3):
        shelf.put("/a/", page())
        assert other.told("get", "/a/") == "kept"
        spoil(path)
        other.told("moment", "/b/")
        assert other.told("put", "/b/") == "kept"
        assert shelf.get("/b/") is not None
        shelf.drop(["article:1"])
        assert other.told("get", "/b/") == "none"


def test_a_drop_that_meets_a_broken_file_leaves_nothing_of_it(path: Path) -> None:
    shelf = DiskShelf(path, "release")
    shelf.put("/a/", page())
    moment = shelf.moment()
    spoil(path)
    shelf.drop(["article:1"])
    assert shelf.get("/a/") is None
    shelf.put("/a/", page(), moment)
    assert shelf.get("/a/") is None
    assert b"no database" not in path.read_bytes()


def test_a_name_that_cannot_be_opened_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    shelf = DiskShelf(tmp_path / "pages", "release")
    shelf.put("/a/", page())
    assert shelf.get("/a/") is None
    assert shelf.claim("/a/")
    assert (tmp_path / "pages").is_dir()


def test_a_worker_of_the_release_before_leaves_the_new_ones_pages(path: Path) -> None:
    """It lives on for a while after a deploy, and its server gives it new threads."""
    before, after = DiskShelf(path, "before"), DiskShelf(path, "after")
    before.put("/a/", page())
    after.put("/a/", page())
    with ThreadPoolExecutor(1) as thread:
        thread.submit(before.put, "/b/", page()).result()
    assert after.get("/a/") is not None
    assert before.get("/b/") is not None


def test_pages_of_the_release_before_leave_when_a_process_of_the_new_one_begins(path: Path) -> None:
    DiskShelf(path, "before").put("/a/", page())
    DiskShelf(path, "after").put("/b/", page())
    assert DiskShelf(path, "after").get("/b/") is not None
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT name FROM page").fetchall() == [("after:/b/",)]
    database.close()
