"""How the evenings before a day are written: `week.toml`, and what must hold within it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from controlroom.scenario import rules
from controlroom.scenario.errors import Problem, one_of
from controlroom.scenario.table import Table
from controlroom.scenario.text import quoted
from controlroom.sim.start import WeekPlan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FILE = "week.toml"


@attrs.frozen
class WeekFile:
    """`week.toml`.

    Attributes:
        week: all of it.
    """

    week: WeekPlan


def week_tables() -> dict[type, Table]:
    """How each class is written."""
    minutes, often = rules.count(1, 600), rules.count(0, 10_000)
    return {
        WeekFile: Table({}),
        WeekPlan: Table(
            {
                "evenings": rules.items(rules.line(30), 1, 7),
                "begins": rules.clock,
                "release": rules.name,
                "clean": rules.name,
                **dict.fromkeys(
                    ("minutes", "copy", "check", "look", "review", "procedure", "remove", "test"),
                    minutes,
                ),
                **dict.fromkeys(("slip", "slip_checked", "miss", "miss_checked"), often),
                "tired": rules.items(rules.count(1, 100), 1, 16),
            },
            tagged=True,
        ),
    }


def week_problems(week: WeekPlan, builds: Sequence[str]) -> Iterator[Problem]:
    """Builds that there are, and nothing that takes longer than an evening."""
    for key in ("release", "clean"):
        name = getattr(week, key)
        if name not in builds:
            yield Problem(_FILE, f"week.{key}", f"is {quoted(name)}", one_of(builds, name))
    for key in ("copy", "review", "procedure", "remove", "test", "look"):
        if getattr(week, key) > week.minutes:
            expected = f"at most {week.minutes}, the length of an evening"
            yield Problem(_FILE, f"week.{key}", f"is {getattr(week, key)}", expected)
