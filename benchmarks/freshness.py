"""How old what readers get behind nginx may be: a change is made, and the page is asked for until it shows it."""

import json
import re
import secrets
import threading
import time
from collections.abc import Callable
from typing import Any

from benchmarks import goals, load, servers
from benchmarks.goals import Goal
from benchmarks.reading import Rig
from benchmarks.storm import Stage, told
from benchmarks.visitor import Visitor, page
from benchmarks.writing import Desk

STEP = 0.02
# What has not come by then does not come by itself.
PATIENCE = 5.0


class Watch:
    """Asks for a page over and over, in the background, until it is as it should be."""

    def __init__(self, url: str, path: str, is_there: Callable[[str], bool]) -> None:
        self.url, self.path, self.is_there = url, path, is_there
        self.seen_at: float | None = None
        self._until = time.time() + PATIENCE + 10
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        while time.time() < self._until:
            asked_at = time.time()
            status, text = page(self.url, self.path)
            if status == 200 and self.is_there(text):
                self.seen_at = asked_at
                return
            time.sleep(STEP)

    def seconds_after(self, moment: float) -> float:
        """How long after the moment the page was still the old one; PATIENCE where it stayed so."""
        self._thread.join()
        return PATIENCE if self.seen_at is None else max(0.0, self.seen_at - moment)


def measure(rig: Rig) -> tuple[list[Goal], dict[str, Any]]:
    what, wanted = "a change shows behind nginx", "<= 1 s"
    if servers.nginx_missing():
        return [goals.unmeasured(4, what, wanted, servers.nginx_missing())], {}
    body = (rig.folder / "floor.body").read_bytes()
    headers = json.loads((rig.folder / "floor.json").read_text())
    with servers.nginx(rig.folder, rig.paper, body, headers) as (front, _floor):
        readers = threading.Thread(target=lambda: load.run(front, rig.path, 3, connections=2))
        readers.start()
        found = {
            "comment": a_comment(rig, front.url),
            "vote": a_vote(rig, front.url),
            "hidden comment": a_hidden_comment(rig, front.url),
            "published article, front": a_publication(rig, front.url),
        }
        readers.join()
    worst = max(found.values())
    note = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in found.items())
    return [goals.at_most(4, what, round(worst, 2), 1, "s", note)], {"seconds": found}


def a_comment(rig: Rig, url: str) -> float:
    token = secrets.token_urlsafe(18)
    watch = Watch(url, rig.path, lambda text: token in text)
    if Visitor(url).comment(rig.facts["reference"], token) != 200:
        raise RuntimeError("a comment was refused")
    return watch.seconds_after(time.time())


def a_vote(rig: Rig, url: str) -> float:
    """The page changes; what it says about the comment is not looked into."""
    before = page(url, rig.path)[1]
    comments = [int(pk) for pk in re.findall(r'id="c(?:omment-)?(\d+)"', before)]
    if not comments:
        raise RuntimeError("no comment was found on the page")
    watch = Watch(url, rig.path, lambda text: text != before)
    if Visitor(url).vote(comments[0]) != 200:
        raise RuntimeError("a vote was refused")
    return watch.seconds_after(time.time())


def a_hidden_comment(rig: Rig, url: str) -> float:
    """The moderator works in a process of its own, as the newsroom's worker would."""
    token = secrets.token_urlsafe(18)
    Visitor(rig.paper.url).comment(rig.facts["reference"], token)
    seen = Watch(url, rig.path, lambda text: token in text)
    seen.seconds_after(0)
    gone = Watch(url, rig.path, lambda text: token not in text)
    stage = Stage(rig.paper, rig.paper, rig.database, rig.folder, rig.facts["reference"])
    acts = told(stage.inside("moderate", "--seconds", "0.1"))
    return gone.seconds_after(acts["hidden"][0][1])


def a_publication(rig: Rig, url: str) -> float:
    desk = Desk(rig.paper, rig.facts["staff"]["desk"])
    article = rig.facts["submitted"].pop()
    fields = desk.form(article)
    watch = Watch(url, "/", lambda text: f"/news/{article}/" in text)
    desk.approve(article, fields)
    return watch.seconds_after(time.time())
