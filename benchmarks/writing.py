"""What writing costs: a comment's POST and the desk's press on 'approve', through the whole server tree."""

import http.client
import secrets
from contextlib import closing
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urlsplit

from benchmarks import goals
from benchmarks.goals import Goal
from benchmarks.reading import Rig
from benchmarks.servers import Server
from benchmarks.storm import Stage
from benchmarks.visitor import Visitor


class Form(HTMLParser):
    """The fields of the page's main form as a browser would send them untouched, without its buttons."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.fields: list[tuple[str, str]] = []
        self._inside = False
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._inside = given.get("id") == self.form_id
        name, value = given.get("name"), given.get("value") or ""
        if not self._inside:
            return
        if tag == "input" and name and self._is_sent(given):
            self.fields.append((name, value))
        elif tag == "textarea" and name:
            self._area = name
            self.fields.append((name, ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.fields.append((self._select, value))

    @staticmethod
    def _is_sent(given: dict[str, str | None]) -> bool:
        kind = given.get("type")
        return kind not in {"submit", "button", "file"} and (
            kind not in {"checkbox", "radio"} or "checked" in given
        )

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.fields[-1] = (self._area, self.fields[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None


class Desk:
    """A signed-in browser at the newsroom."""

    def __init__(self, server: Server, session: str) -> None:
        self.netloc = urlsplit(server.url).netloc
        self.cookies = {"session": session}

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://{self.netloc}",
        }
        with closing(http.client.HTTPConnection(self.netloc, timeout=60)) as connection:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            for header in response.msg.get_all("Set-Cookie") or []:
                name, _equals, value = header.partition(";")[0].partition("=")
                self.cookies[name] = value
            return response.status, response.read().decode(errors="replace")

    def form(self, article: int) -> list[tuple[str, str]]:
        path = f"/admin/articles/article/{article}/change/"
        status, page = self.ask("GET", path)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        form = Form("article_form")
        form.feed(page)
        return form.fields

    def approve(self, article: int, fields: list[tuple[str, str]]) -> None:
        """RuntimeError unless it went out."""
        body = urlencode([*fields, ("_approve", "1")])
        status, page = self.ask("POST", f"/admin/articles/article/{article}/change/", body)
        if status != 302:
            refused = page.partition("errornote")[2][:600]
            raise RuntimeError(f"article {article} was not published: {status} {refused}")


def publishing(rig: Rig) -> tuple[list[Goal], dict[str, Any]]:
    desk = Desk(rig.paper, rig.facts["staff"]["desk"])
    waiting = rig.facts["submitted"]
    desk.approve(waiting[0], desk.form(waiting[0]))  # the admin's templates are compiled then
    cpu = 0.0
    for article in waiting[1:]:
        fields = desk.form(article)
        before = rig.paper.cpu()
        desk.approve(article, fields)
        cpu += rig.paper.cpu() - before
    value = cpu * 1000 / max(1, len(waiting) - 1)
    note = f"the desk's POST in the newsroom, {len(waiting) - 1} articles"
    return [goals.at_most(7, "publish", value, 40, "CPU ms", note)], {"publish_cpu_ms": value}


def commenting(rig: Rig, count: int) -> tuple[list[Goal], dict[str, Any]]:
    """Each by another guest from another address; then all of them are looked for."""
    article = rig.facts["discussed"][-1]
    visitors = [(Visitor(rig.paper.url), secrets.token_urlsafe(18)) for _number in range(count + 5)]
    for visitor, token in visitors[:5]:
        visitor.comment(article, token)
    before = rig.paper.cpu()
    statuses = [visitor.comment(article, token) for visitor, token in visitors[5:]]
    value = (rig.paper.cpu() - before) * 1000 / count
    stage = Stage(rig.paper, rig.paper, rig.database, rig.folder, article)
    found = stage.check([token for _visitor, token in visitors])
    wrong = len(found["lost"]) + len(found["doubled"]) + len(found["drift"]) + sum(s != 200 for s in statuses)
    return [
        goals.at_most(7, "comment POST", value, 6, "CPU ms", f"{count} guests, one after the other"),
        goals.at_most(7, "answered POSTs lost, doubled or refused", wrong, 0, ""),
    ], {"comment_cpu_ms": value, "statuses": sorted(set(statuses))}
