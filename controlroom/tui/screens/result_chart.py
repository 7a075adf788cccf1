"""The loss of a whole run beside that of the reference run, with what was done marked on it.

The minutes of the storm get most of the width; the hours in which the book is worked off follow
after a break, in which time runs faster.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from controlroom.debrief.actions import collapsed
from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.commands import Group, verb_of
from controlroom.tui.lines import cut, width_of
from controlroom.tui.numbers import short_money
from controlroom.tui.plots.losses import Losses, Mark, Series, losses_chart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from controlroom.tui.report import Report

History = tuple[tuple[int, int], ...]
"""(seconds from the open, dollars to get flat), oldest first; a loss is negative."""

MOST: Final = 9
"""Actions that are marked; each has one digit."""

BEFORE: Final = 300
"""Seconds before the open with which the chart begins."""

AFTER: Final = 900
"""Seconds that are shown at full width after the worst."""

SHORTEST: Final = 1800
"""Seconds that the chart shows at least."""


def result_chart(
    report: Report, other: History, width: int, rows: int, *, plain: bool = False
) -> Content:
    """The chart, and under it what its digits mean.

    Args:
        report: of the run.
        other: the reference run's losses, empty while they are not known.
        width: in cells.
        rows: height in cells of the area.
        plain: in ASCII.
    """
    if not report.losses:
        return Content.styled("Nothing was bought or sold that was not ordered.", "$muted")
    opens = report.scenario.day.opens // 1000
    begin = opens + min(-BEFORE, report.losses[0][0])
    series = [report.losses, *([other] if other else [])]
    end = opens + max(SHORTEST, *(losses[-1][0] for losses in series))
    turn = opens + max(SHORTEST, *(_worst(losses) + AFTER for losses in series))
    done = deeds(report)[:MOST]
    chart = Losses(
        own=Series(
            "this run", _last(report.losses), "$bad", "*", _points(report.losses, opens, begin)
        ),
        others=(
            (Series("the reference run", _last(other), "$foreground", ".",
                    _points(other, opens, begin)),)
            if other else ()
        ),
        begin=begin,
        turn=turn if end - turn > turn - begin else end,
        end=end,
        marks=tuple(
            Mark(report.scenario.day.clock_at(step) / 1000, str(number))
            for number, (step, _) in enumerate(done, 1)
        ),
    )  # fmt: skip
    lines = [losses_chart(chart, width, rows, plain=plain)]
    if done:
        lines.append(_key(report, done, width))
    return Content("\n").join(lines)


def deeds(report: Report) -> list[tuple[int, str]]:
    """What was done to servers, orders and positions, in pieces, from shortly before the open."""
    first = report.scenario.day.open_step - BEFORE * STEPS_PER_SECOND
    done = []
    for moment in report.moments:
        if not moment.said or moment.step < first or ": refused" in moment.text:
            continue
        command = verb_of(moment.text)
        if command is not None and command.group in (Group.ACT, Group.POSITIONS):
            done.append((moment.step, moment.text))
    return collapsed(done)


def _points(losses: History, opens: int, begin: int) -> list[tuple[float, float]]:
    """Money lost by the time of day; nothing before the first point."""
    points = [(float(opens + second), float(-value)) for second, value in losses]
    return [(float(begin), 0.0), *(point for point in points if point[0] > begin)]


def _last(losses: History) -> str:
    return f"{short_money(-losses[-1][1])} in the end"


def _worst(losses: History) -> int:
    """The second at which the losses are nearly at their worst for the first time."""
    lowest = min(value for _, value in losses)
    return next(second for second, value in losses if value * 100 <= lowest * 97)


def _key(report: Report, done: Sequence[tuple[int, str]], width: int) -> Content:
    """What the digits on the chart mean, as many beside each other as there is room for."""
    parts: list[Content] = []
    for number, (step, text) in enumerate(done, 1):
        said = cut(f"{report.scenario.day.text(step)[:5]} {text}", min(50, width - 4))
        parts.append(
            Content.assemble((f" {number} ", "bold $background on $foreground"), f" {said}")
        )
    lines: list[Content] = []
    row: list[Content] = []
    for part in parts:
        if row and sum(piece.cell_length + 3 for piece in row) + width_of(part.plain) > width:
            lines.append(Content("   ").join(row))
            row = []
        row.append(part)
    lines.append(Content("   ").join(row))
    return Content("\n").join(lines)
