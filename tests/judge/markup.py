"""The Nu HTML checker on every page that was read, and on the public style sheet."""

import json
from collections import defaultdict
from pathlib import Path

from tests.judge import tools
from tests.judge.crawl import Crawl
from tests.judge.verdict import Verdict

NEEDS = ("java", "packages")
# Properties of CSS that browsers know and the checker's own list does not yet: remarks.
NEWER_THAN_THE_CHECKER = ("field-sizing",)


def check(crawl: Crawl, folder: Path, *, quick: bool) -> Verdict:
    pages = crawl.html()
    if quick:
        pages = [page for found in crawl.kinds().values() for page in found[:2]]
    named = {}
    files = folder / "markup"
    files.mkdir()
    for number, page in enumerate(pages):
        file = files / f"{number}.html"
        file.write_bytes(page.body)
        named[file.name] = f"{page.path} [{page.kind}]"
    for number, sheet in enumerate(sheets(crawl)):
        file = files / f"{number}.css"
        file.write_bytes(crawl.fetch(sheet).body)
        named[file.name] = sheet
    command = ["java", "-Xss8m", "-jar", str(tools.VNU), "--format", "json", "--stdout", "--exit-zero-always"]
    found = json.loads(tools.run([*command, "--also-check-css", *map(str, sorted(files.iterdir()))]))
    verdict = Verdict("Nu HTML checker", len(named))
    remarks: dict[str, list[str]] = defaultdict(list)
    for message in found["messages"]:
        place = named.get(Path(message.get("url", "")).name, "?")
        is_newer = any(
            f"Property “{name}” doesn't exist" in message["message"] for name in NEWER_THAN_THE_CHECKER
        )
        if is_newer or message["type"] == "info":  # the checker's warnings are infos of a sub-type
            remarks[message["message"]].append(place)
        else:
            extract = message.get("extract", "").strip()[:100]
            verdict.errors.append(f"{place}: {message['message']} {extract!r}")
    verdict.remarks = [f"{text} (× {len(places)}, first {places[0]})" for text, places in remarks.items()]
    return verdict


def sheets(crawl: Crawl) -> list[str]:
    """The paths of the style sheets that readers' pages ask for."""
    targets = {
        link.target for page in crawl.html() for link in page.links if "stylesheet" in link.rel.split()
    }
    return sorted(filter(None, (crawl.local("/", target) for target in targets)))
