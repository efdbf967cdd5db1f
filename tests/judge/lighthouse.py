"""Google's Lighthouse on front, section and article: medians of three runs."""

import json
import statistics
from pathlib import Path

from tests.browser import chromium
from tests.judge import extras, tools
from tests.judge.crawl import Crawl
from tests.judge.verdict import Verdict

NEEDS = ("node", "packages", "chromium")
RUNS = 3
FULL = ("accessibility", "best-practices", "seo")
PERFORMANCE_MIN = 95


def check(crawl: Crawl, folder: Path) -> Verdict:
    section = next((page.path for page in crawl.kinds().get("section", [])), "/")
    paths = {"front": "/", "section": section, "article": extras.reference().get_absolute_url()}
    verdict = Verdict("Lighthouse", len(paths))
    for name, path in paths.items():
        reports = [
            report(crawl.site + path, folder / f"lighthouse-{name}-{turn}.json") for turn in range(RUNS)
        ]
        scores = {
            category: statistics.median(round(100 * (one[category]["score"] or 0)) for one, _ in reports)
            for category in (*FULL, "performance")
        }
        verdict.figures.append(f"{name}: " + ", ".join(f"{key} {value}" for key, value in scores.items()))
        low = [key for key in FULL if scores[key] < 100]
        if scores["performance"] < PERFORMANCE_MIN:
            low.append("performance")
        verdict.errors += [
            f"{name}: {key} {scores[key]}: {', '.join(failed(*reports[0], key))}" for key in low
        ]
    return verdict


def report(address: str, file: Path) -> tuple[dict, dict]:
    """Categories and audits of one run."""
    flags = " ".join(["--headless=new", *chromium.flags()])
    tools.run(
        [
            "node",
            str(tools.LIGHTHOUSE),
            address,
            "--quiet",
            "--output=json",
            f"--output-path={file}",
            f"--only-categories={','.join((*FULL, 'performance'))}",
            f"--chrome-flags={flags}",
            "--no-enable-error-reporting",
        ],
        CHROME_PATH=chromium.find_chromium() or "",
    )
    found = json.loads(file.read_text())
    return found["categories"], found["audits"]


def failed(categories: dict, audits: dict, category: str) -> list[str]:
    """The audits that cost points."""
    weighed = [one["id"] for one in categories[category]["auditRefs"] if one["weight"]]
    return [
        name for name in weighed if (audits[name]["score"] if audits[name]["score"] is not None else 1) < 0.9
    ]
