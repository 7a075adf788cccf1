"""What a benchmark hands back, and the table that is made of it."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import attrs

PACKAGES: Final = ("controlroom", "numpy", "textual", "bourse")


@attrs.frozen
class Figure:
    """One measured figure.

    Attributes:
        what: what was measured.
        value: the median of the runs.
        unit: what it is measured in.
        target: the most that it may be, or None where none is set.
        note: how the runs spread, or what else there is to know.
    """

    what: str
    value: float
    unit: str
    target: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether the target is met, or empty where there is none."""
        if self.target is None:
            return ""
        return "met" if self.value <= self.target else "MISSED"


def figure(
    what: str, runs: Sequence[float], unit: str, target: float | None = None, note: str = ""
) -> Figure:
    """The median of several runs, with their spread."""
    spread = f"{shown(min(runs))} to {shown(max(runs))}, {len(runs)} runs" if len(runs) > 1 else ""
    return Figure(
        what, statistics.median(runs), unit, target, "; ".join(filter(None, (note, spread)))
    )


def shown(value: float) -> str:
    """A number with about three digits that count."""
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def percentile(values: Iterable[float], per_cent: int) -> float:
    """The smallest value that `per_cent` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(-(-len(ordered) * per_cent // 100) - 1, 0)]


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table, which is also readable as it is."""
    rows = [("what", "target", "measured", "", "runs and notes")]
    for item in figures:
        target = "" if item.target is None else f"≤ {shown(item.target)} {item.unit}"
        rows.append(
            (item.what, target, f"{shown(item.value)} {item.unit}", item.verdict, item.note)
        )
    widths = [max(len(row[place]) for row in rows) for place in range(5)]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    return {
        "processor": _processor(),
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0),
        "system": f"{platform.system()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        **{name: _version(name) for name in PACKAGES},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else "unknown"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
