"""`make bench` works and says what it says it does; how long anything takes is nobody's business here."""

import json
from pathlib import Path

import pytest

from benchmarks import goals, load, servers
from benchmarks.__main__ import SIZES, Bench
from tests.benchmarks import program

# The storm, goal 5, needs PostgreSQL; growth, goal 6, more articles than a tiny run has.
NUMBERS = {1, 2, 3, 4, 7, 8, 9}
MEASURED = ("profile", "cold", "warm", "publish", "comment", "weight", "memory")


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    file = tmp_path_factory.mktemp("bench") / "result.json"
    done = program.run("benchmarks", "--size", "tiny", "--json", str(file))
    assert done.returncode == 0, done.stderr[-4000:]
    assert "NOT REACHED" in done.stdout or "reached" in done.stdout
    return json.loads(file.read_text())


def test_a_tiny_run_measures_every_goal_it_can(result: dict) -> None:
    assert {goal["number"] for goal in result["goals"]} >= NUMBERS
    for goal in result["goals"]:
        assert set(goal) == {"number", "what", "wanted", "measured", "ok", "note"}
        # What was not measured says why.
        assert goal["ok"] is not None or goal["note"], goal
    assert set(MEASURED) <= set(result["figures"])


def test_writes_of_the_bench_are_all_found(result: dict) -> None:
    found = {goal["what"]: goal for goal in result["goals"]}
    assert found["answered POSTs lost, doubled or refused"]["ok"] is True


def test_only_this_machine_is_measured() -> None:
    with pytest.raises(ValueError, match="only loopback"):
        load.check_loopback("http://paper.example/")
    load.check_loopback("http://127.0.0.1:8000/")


def test_a_goal_stands_beside_its_measure() -> None:
    table = goals.table(
        [goals.at_most(1, "cold page", 30, 25, "x"), goals.at_least(2, "warm", 0.9, 0.9, "x")]
    )
    lines = table.splitlines()
    assert "NOT REACHED" in lines[1]
    assert "30 x" in lines[1]
    assert "<= 25 x" in lines[1]
    assert " reached" in lines[2]


def test_a_large_paper_that_is_kept_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []

    def seed(folder: Path, url: str, *words: str) -> dict[str, object]:
        asked.append((str(folder), url, *words))
        return {"articles": 1_000, "comments": 5_000, "threads": []}

    monkeypatch.setattr(servers, "seed", seed)
    keep = tmp_path / "kept"
    keep.mkdir()
    for name in ("first", "second"):
        database = servers.Database(f"sqlite:///{tmp_path}/{name}/db.sqlite3", None, keep)
        paper = Bench("small", tmp_path / name, database, profile=False).large_paper()
        assert (paper.url, paper.folder) == (f"sqlite:///{keep}/large.sqlite3", keep)
    first, second = asked
    assert first[:4] == (str(keep), f"sqlite:///{keep}/large.sqlite3", "--articles", "1000")
    assert second[2] == "--known"
    assert json.loads(Path(second[3]).read_text())["articles"] == 1_000


def test_sqlite_is_asked_for_a_tenth() -> None:
    full = SIZES["full"]
    assert (full.on("postgresql").large, full.on("postgresql").comments) == (1_000_000, 10_000_000)
    assert (full.on("sqlite").large, full.on("sqlite").comments) == (100_000, 1_000_000)
    assert SIZES["small"].on("sqlite") == SIZES["small"]
