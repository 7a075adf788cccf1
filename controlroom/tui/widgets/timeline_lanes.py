"""The rows of a timeline as cells: the loss, the messages, the commands, the cues and the phases.

Nothing here depends on the cursor, so a row is made once for a stretch of the run and kept.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import attrs

from controlroom.runs.moments import Kind, Moment
from controlroom.tui import charts
from controlroom.tui.course import CueMark, Stretch
from controlroom.tui.look import Glyphs, Role
from controlroom.tui.numbers import axis_money
from controlroom.tui.widgets.timeline_view import Axis, TimelineView

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_BARS: Final = "▁▂▃▄▅▆▇█"
_PLAIN_BARS: Final = ".::!!|##"
_MANY: Final = 16
"""Mails in a cell that fill it."""

Cell = tuple[str, Role]

Row = tuple[str, list[Cell]]
"""The label of a row, and its cells from left to right."""


# --- the chart ------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def loss_rows(view: TimelineView, axis: Axis, rows: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """What is lost by each moment as an area; where something is gained it is hatched."""
    values = _sampled(view, axis)
    top = _ceiling(max((abs(value) for value in values if value is not None), default=0))
    sizes = [None if value is None else abs(value) for value in values]
    drawn = charts.rising(sizes, rows, top, plain=glyphs.ascii)
    labels = [f"loss {axis_money(top)}", *[""] * (rows - 2), "0"][:rows]
    return tuple(
        (label, [_piece(sign, value, glyphs) for sign, value in zip(row, values, strict=True)])
        for label, row in zip(labels, drawn, strict=True)
    )


def _piece(sign: str, value: float | None, glyphs: Glyphs) -> Cell:
    """A piece of the area: solid where money is lost, hatched where some is gained."""
    if sign == " ":
        return sign, Role.TEXT
    if value and value > 0:
        return glyphs.gain, Role.GOOD
    return sign, Role.BAD if value else Role.FAINT


def _sampled(view: TimelineView, axis: Axis) -> list[float | None]:
    """The P&L at the end of each cell; None where nobody was there yet or nothing is known."""
    course = view.course
    values: list[float | None] = []
    place, flat = 0, 0
    for cell in range(axis.cells):
        begin, end = axis.step(cell), axis.step(cell + 1)
        while place < len(course.losses) and course.losses[place][0] < end:
            flat = course.losses[place][1]
            place += 1
        values.append(float(flat) if course.first < end and begin <= course.known else None)
    return values


def _ceiling(dollars: float) -> int:
    """The upper end of the axis: near what is drawn, and a number that reads well."""
    unit = 1_000
    while unit * 10 < dollars:
        unit *= 10
    return next(
        (unit * tenths // 10 for tenths in _TENTHS if unit * tenths >= dollars * 10), unit * 10
    )


_TENTHS: Final = (10, 12, 15, 20, 25, 30, 40, 50, 60, 80)


# --- the lanes ------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def lane(name: str, view: TimelineView, axis: Axis, glyphs: Glyphs) -> Row:
    """A lane by name: its label and its cells."""
    course = view.course
    cells: list[Cell] = [
        (glyphs.unread, Role.FAINT)
        if course.reading and axis.step(cell) > course.known
        else (" ", Role.TEXT)
        for cell in range(axis.cells)
    ]
    if name == "phases":
        _put_phases(cells, _phases_of(view), axis, glyphs)
        return "phases", cells
    if name == "cues":
        _put_cues(cells, view, axis, glyphs)
        return "cues", cells
    if name in {"messages", "both"}:
        _put_messages(cells, course.moments, axis, glyphs)
    if name in {"commands", "both"}:
        _put_commands(cells, course.moments, axis, glyphs)
        if course.taken_over is not None and 0 <= axis.cell(course.taken_over) < axis.cells:
            cells[axis.cell(course.taken_over)] = (glyphs.prompt, Role.NOTICE)
    return {"both": "events"}.get(name, name), cells


def _put_messages(cells: list[Cell], moments: Iterable[Moment], axis: Axis, glyphs: Glyphs) -> None:
    """Mails as a row of bars, calls and alarms as signs over them."""
    mails: Counter[int] = Counter()
    loud: dict[int, str] = {}
    for moment in moments:
        cell = axis.cell(moment.step)
        if not 0 <= cell < len(cells):
            continue
        if moment.kind is Kind.MAIL:
            mails[cell] += 1
        elif moment.kind in _LOUD:
            loud[cell] = getattr(glyphs, _LOUD[moment.kind])
    bars = _PLAIN_BARS if glyphs.ascii else _BARS
    for cell, count in mails.items():
        cells[cell] = (bars[min(len(bars), -(-count * len(bars) // _MANY)) - 1], Role.TRACE)
    for cell, sign in loud.items():
        cells[cell] = (sign, Role.NOTICE)


_LOUD: Final[Mapping[Kind, str]] = {Kind.CALL: "call", Kind.ALARM: "alarm"}


def _put_commands(cells: list[Cell], moments: Iterable[Moment], axis: Axis, glyphs: Glyphs) -> None:
    """One command as a mark, several in a cell as their number."""
    counts = Counter(axis.cell(moment.step) for moment in moments if moment.kind is Kind.COMMAND)
    for cell, count in counts.items():
        if 0 <= cell < len(cells):
            sign = glyphs.mark if count == 1 else str(count) if count < 10 else "+"
            cells[cell] = (sign, Role.INFO)


def _put_cues(cells: list[Cell], view: TimelineView, axis: Axis, glyphs: Glyphs) -> None:
    """A cue from the moment at which it was shown to the one at which it was opened.

    One that was never opened is drawn beside the truth only: whoever sat there did not know of it.
    """
    last = len(cells) - 1

    def put(step: int, sign: str, role: Role) -> None:
        if 0 <= (cell := axis.cell(step)) <= last:
            cells[cell] = (sign, role)

    opened = [cue for cue in view.course.cues if cue.opened is not None]
    for cue in opened:
        begin, end = _span_of(cue)
        for cell in range(max(0, axis.cell(begin) + 1), min(last + 1, axis.cell(end))):
            if cells[cell][0] == " ":
                cells[cell] = (glyphs.rail, Role.FAINT)
    if view.truth:
        for cue in view.course.missed:
            put(cue.available, glyphs.bad, Role.NOTICE)
    for cue in opened:
        put(_span_of(cue)[0], glyphs.cue_shown, Role.MUTED)
    for cue in opened:
        put(_span_of(cue)[1], glyphs.cue_opened, Role.GOOD)


def _span_of(cue: CueMark) -> tuple[int, int]:
    """From being shown to being opened."""
    shown = cue.available if cue.shown is None else cue.shown
    return shown, shown if cue.opened is None else cue.opened


def _phases_of(view: TimelineView) -> tuple[Stretch, ...]:
    """Phases of the day; beside the truth, what was being done about it in place of the storm."""
    phases, doings = view.course.phases, view.course.doings
    if not (view.truth and doings):
        return phases
    begin, end = doings[0].begin, doings[-1].end
    around = (
        attrs.evolve(phase, begin=max(phase.begin, low), end=min(phase.end, high))
        for phase in phases
        if not phase.burns
        for low, high in ((0, begin), (end, view.course.last + 1))
    )
    storm = [phase for phase in phases if phase.burns]
    doings = tuple(
        attrs.evolve(doing, burns=any(doing.begin < phase.end for phase in storm))
        for doing in doings
    )
    kept = (phase for phase in around if phase.begin < phase.end)
    return tuple(sorted((*kept, *doings), key=lambda phase: phase.begin))


def _put_phases(cells: list[Cell], phases: Sequence[Stretch], axis: Axis, glyphs: Glyphs) -> None:
    """Each phase as a rail with its name on it, as much of it as there is room for."""
    for phase in phases:
        begin = max(0, axis.cell(phase.begin))
        end = min(len(cells), axis.cell(phase.end))
        size = end - begin
        if size < 1:
            continue
        rail, role = (glyphs.rail_hot, Role.BAD) if phase.burns else (glyphs.rail, Role.MUTED)
        text = f"{glyphs.tick_y if not phase.burns else glyphs.rail_hot}"
        short = phase.name.split(",")[0].split()[0]
        name = next((name for name in (phase.name, short) if len(name) + 4 <= size), "")
        text += f" {name} " if name else ""
        text = text + rail * (size - len(text))
        cells[begin:end] = [(sign, role) for sign in text[:size]]
