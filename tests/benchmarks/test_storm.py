"""A small storm on PostgreSQL behind nginx: whatever dies, an acknowledged comment is there, once."""

import json
from pathlib import Path

import pytest

from benchmarks import servers
from tests import postgres
from tests.benchmarks import program


def missing() -> str:
    """Why there can be no storm here, or nothing."""
    try:
        postgres.find()
    except postgres.Unavailable as reason:
        return str(reason)
    return servers.nginx_missing()


pytestmark = pytest.mark.skipif(bool(missing()), reason=f"no storm: {missing()}")
SMALL = ("--seconds", "3", "--comments-per-minute", "300", "--readers", "300", "--articles", "40")


def test_nothing_acknowledged_is_lost_or_doubled_in_a_storm(tmp_path: Path) -> None:
    file = tmp_path / "storm.json"
    done = program.run("benchmarks.storm", *SMALL, "--json", str(file))
    assert done.returncode == 0, done.stderr[-4000:]
    found = json.loads(file.read_text())
    assert set(found["storm"]["comments"]["statuses"]) == {"200"}
    assert found["storm"]["readers"]["failed"] == 0
    for name in ("storm", "workers", "database"):
        storm = found[name]
        assert storm["comments"]["acknowledged"] > 0
        assert (storm["lost"], storm["doubled"], storm["drift"]) == (0, 0, [])
        assert storm["rebuilds"] <= storm["changes"]
