"""The keeper of processes: stops all, starts helpers again, leaves no orphan; ports and their cures."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsroom import serving
from tests.house.files import ROOT

# A server that lives, a helper that notes each of its lives, and a grandchild that outlives neither.
KEEPER = """
import os, sys
from newsroom import serving

folder = sys.argv[1]
sleep = f"import os, time; open(r'{folder}/' + str(os.getpid()), 'w').close(); time.sleep(60)"
fork = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {sleep!r}]); {sleep}"
children = [
    serving.Child("server", [sys.executable, "-c", (sys.argv[2:] or [fork])[0]], is_server=True),
    serving.Child("helper", [sys.executable, "-c", sleep]),
]
sys.exit(serving.Keeper(children, dict(os.environ), print).run())
"""


def start(folder: Path, *server: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", KEEPER, str(folder), *server]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def wait_for(count: int, folder: Path) -> list[int]:
    """The ids of the processes that have started."""
    deadline = time.monotonic() + 60
    while len(list(folder.iterdir())) < count:
        assert time.monotonic() < deadline, "the processes did not start"
        time.sleep(0.05)
    return [int(path.name) for path in folder.iterdir()]


def is_running(pid: int) -> bool:
    """A zombie, which a container's first process may never collect, has ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_everything_without_a_traceback(tmp_path: Path, number: int) -> None:
    keeper = start(tmp_path)
    pids = wait_for(3, tmp_path)
    keeper.send_signal(number)
    output, _nothing = keeper.communicate(timeout=60)
    assert keeper.returncode == 0
    assert "Traceback" not in output
    assert [pid for pid in pids if is_running(pid)] == []


def test_the_end_of_the_server_is_the_end_of_all(tmp_path: Path) -> None:
    keeper = start(tmp_path, "import sys, time; time.sleep(1); sys.exit(3)")
    keeper.communicate(timeout=60)
    assert keeper.returncode == 3
    assert [pid for pid in wait_for(1, tmp_path) if is_running(pid)] == []


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's death signal is Linux's")
def test_children_end_with_a_killed_keeper(tmp_path: Path) -> None:
    keeper = start(tmp_path, "import time; time.sleep(60)")
    pids = wait_for(1, tmp_path)
    keeper.kill()
    keeper.communicate(timeout=60)
    deadline = time.monotonic() + 60
    while any(map(is_running, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in pids if is_running(pid)] == []


def test_a_helper_that_ended_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "RESTART_SECONDS", -1)
    said: list[str] = []
    helper = serving.Child("helper", [sys.executable, "-c", ""])
    keeper = serving.Keeper([helper], dict(os.environ), said.append)
    helper.start(keeper.environment)
    first = helper.process
    assert first is not None
    first.wait(timeout=60)
    keeper._look_after()
    assert helper.process is not first
    assert said == ["helper ended with 0; starting it again"]
    keeper._stop_all()


def test_a_taken_port_is_named_with_its_cure() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(serving.PortUnusable, match=f"Port {port} on 127.0.0.1 is taken.*PORT={port + 1}"):
            serving.check_port("127.0.0.1", port)
    serving.check_port("127.0.0.1", port)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_number_that_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(serving.PortUnusable, match="between 1 and 65535"):
        serving.check_port("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(serving.PortUnusable, match="no address of this machine"):
        serving.check_port("203.0.113.7", 8000)
