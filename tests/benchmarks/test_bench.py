"""`make bench` works and says what it says it does; how long anything takes is nobody's business here."""

import json

import pytest

from benchmarks import goals, load
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
