"""The goals, each with what was measured beside it."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Goal:
    """`ok` is None where nothing could be measured; `note` then says why, else how it was measured."""

    number: int
    what: str
    wanted: str
    measured: str
    ok: bool | None
    note: str = ""

    @property
    def verdict(self) -> str:
        return {True: "reached", False: "NOT REACHED", None: "not measured"}[self.ok]


def at_most(number: int, what: str, value: float, limit: float, unit: str, note: str = "") -> Goal:
    return Goal(
        number, what, f"<= {limit:g} {unit}".strip(), f"{value:.3g} {unit}".strip(), value <= limit, note
    )


def at_least(number: int, what: str, value: float, limit: float, unit: str, note: str = "") -> Goal:
    return Goal(
        number, what, f">= {limit:g} {unit}".strip(), f"{value:.3g} {unit}".strip(), value >= limit, note
    )


def unmeasured(number: int, what: str, wanted: str, why: str) -> Goal:
    return Goal(number, what, wanted, "–", None, why)


def table(goals: list[Goal]) -> str:
    rows = [("goal", "wanted", "measured", "", "note")]
    rows += [
        (f"{goal.number} {goal.what}", goal.wanted, goal.measured, goal.verdict, goal.note) for goal in goals
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]]).rstrip()
        for row in rows
    )


def as_json(goals: list[Goal]) -> list[dict[str, Any]]:
    return [asdict(goal) for goal in goals]
