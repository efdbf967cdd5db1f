"""What a checker found, and the table at the end."""

from dataclasses import dataclass, field

# Findings of one checker that are printed in full.
SHOWN = 40


@dataclass
class Verdict:
    """One line of the table. An error fails the run, a remark does not."""

    checker: str
    pages: int = 0
    errors: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    # Why the checker did not run, with the way to make it; empty when it ran.
    skipped: str = ""
    seconds: float = 0.0

    def row(self) -> tuple[str, str, str, str, str]:
        if self.skipped:
            return self.checker, "-", "skipped", "-", ""
        counts = str(self.pages), str(len(self.errors)), str(len(self.remarks))
        return (self.checker, *counts, f"{self.seconds:.0f} s")


def table(verdicts: list[Verdict]) -> str:
    """Columns: checker, pages, errors, remarks, time."""
    rows = [("checker", "pages", "errors", "remarks", ""), *(verdict.row() for verdict in verdicts)]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines)


def details(verdicts: list[Verdict], shown: int = SHOWN) -> str:
    """Figures, errors, remarks and reasons, by checker."""
    lines = []
    for verdict in verdicts:
        if verdict.skipped:
            lines.append(f"!! {verdict.checker} skipped: {verdict.skipped}")
        lines += [f"{verdict.checker}: {figure}" for figure in verdict.figures]
        for mark, found in (("ERROR", verdict.errors), ("remark", verdict.remarks)):
            lines += [f"{verdict.checker}: {mark} {one}" for one in found[:shown]]
            if len(found) > shown:
                lines.append(f"{verdict.checker}: {mark} … and {len(found) - shown} more")
    return "\n".join(lines)
