"""The timeline of a recorded run as lines: the loss, the messages, the commands, cues and phases.

Every row stands on one axis of time, so that what was shown, what was done and what it cost are one
below the other. What lies before the cursor is drawn in colour, what lies after it in grey: that
part nobody knew yet.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import attrs

from controlroom.runs.moments import Kind, Moment
from controlroom.sim.clock import MS_PER_STEP, STEPS_PER_MINUTE
from controlroom.tui import charts
from controlroom.tui.course import Course, CueMark, Stretch
from controlroom.tui.lines import Line, Span, ends, fit, line, right
from controlroom.tui.look import Glyphs, Role
from controlroom.tui.numbers import axis_money, short_money

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LABEL: Final = 11
"""Cells for the names of the rows, at the left."""

_TICKS: Final = tuple(
    round(minutes * STEPS_PER_MINUTE) for minutes in (0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120)
)
_TICK_ROOM: Final = 11
"""Cells that a time on the axis needs at least."""

_BARS: Final = "▁▂▃▄▅▆▇█"
_PLAIN_BARS: Final = ".::!!|##"
_MANY: Final = 16
"""Mails in a cell that fill it."""

_DIGITS: Final = "0123456789:"

Cell = tuple[str, Role]


@attrs.frozen
class TimelineView:
    """What the timeline shows.

    Attributes:
        course: of the run.
        now: the step of the cursor.
        begin: the first step that is shown.
        end: the last step that is shown.
        truth: show what nobody could tell then, as well.
        window: what part of the run that is, in words.
    """

    course: Course
    now: int
    begin: int
    end: int
    truth: bool = False
    window: str = "whole run"


@attrs.frozen
class Axis:
    """Where a step is drawn, and what step a cell stands for.

    Attributes:
        begin: the first step shown.
        end: the last.
        cells: there are for them.
    """

    begin: int
    end: int
    cells: int

    def cell(self, step: int) -> int:
        """The cell of a step; it may lie outside."""
        return (step - self.begin) * self.cells // max(1, self.end - self.begin + 1)

    def step(self, cell: int) -> int:
        """The first step of a cell."""
        return self.begin - (-cell * (self.end - self.begin + 1) // max(1, self.cells))


def axis_of(view: TimelineView, width: int) -> Axis:
    """The axis in a pane of this width."""
    return Axis(view.begin, view.end, max(1, width - LABEL - 2))


def step_at(view: TimelineView, width: int, x: int) -> int:
    """The step that a column of the pane stands for; the nearest moment of that cell, if any.

    Columns outside stand for the ends.
    """
    axis = axis_of(view, width)
    cell = min(max(0, x - LABEL - 1), axis.cells - 1)
    first, last = axis.step(cell), axis.step(cell + 1) - 1
    for moment in view.course.moments:
        if first <= moment.step <= last and moment.kind is not Kind.PAUSE:
            return moment.step
    return min(max(first, view.course.first), view.course.last)


def timeline_lines(
    view: TimelineView, width: int, height: int, glyphs: Glyphs, *, focused: bool = False
) -> tuple[Line, ...]:
    """The timeline in exactly `width` by `height` cells.

    Args:
        view: what it shows.
        width: in cells, the names of the rows among them.
        height: from 3 up; the more there is the more of the loss is drawn.
        glyphs: signs.
        focused: whether keys act on it.
    """
    axis = axis_of(view, width)
    rows = _rows_for(height)
    drawn: list[Line] = []
    if rows.title:
        drawn.append(_title(view, width, glyphs, focused=focused))
    drawn += _loss(view, axis, width, rows.chart, glyphs)
    for name in rows.lanes:
        label, cells = _lane(name, view, axis, glyphs)
        drawn.append(_row(view, axis, label, cells, width, glyphs))
    drawn.append(_time(view, axis, width, focused=focused))
    return tuple(drawn[:height])


@attrs.frozen
class _Rows:
    """What there is room for: a title, rows of the chart, lanes by name."""

    title: bool
    chart: int
    lanes: tuple[str, ...]


def _rows_for(height: int) -> _Rows:
    if height < 7:
        lanes = ("both", "cues", "phases")[: max(0, height - 2)]
        return _Rows(title=False, chart=max(1, height - 1 - len(lanes)), lanes=lanes)
    lanes = ("messages", "commands", "cues", "phases")
    return _Rows(title=True, chart=max(1, height - 2 - len(lanes)), lanes=lanes)


# --- the title ------------------------------------------------------------------------------------


def _title(view: TimelineView, width: int, glyphs: Glyphs, *, focused: bool) -> Line:
    course = view.course
    role = Role.INFO if focused else Role.FAINT
    name = Span("TIMELINE", Role.STRONG)
    left = [Span(f"{glyphs.frame[4]} ", role), name, Span(f"  {view.window} ", Role.MUTED)]
    end: list[Span] = []
    if course.known < course.last:
        share = course.known * 100 // max(1, course.last)
        done = 12 * share // 100
        end = [
            Span(" reading the journal ", Role.INFO),
            Span(glyphs.bar * done, Role.INFO),
            Span(glyphs.bar_left * (12 - done), Role.FAINT),
            Span(f" {share:2d} % ", Role.INFO),
        ]
    elif view.truth and course.missed:
        count = len(course.missed)
        end = [Span(f" {count} of {len(course.cues)} cues never opened ", Role.NOTICE)]
    loss = _loss_at(course, view.now)
    end += [Span(" loss by then ", Role.MUTED), Span(right(short_money(-loss), 8), Role.STRONG)]
    end.append(Span(f" {glyphs.frame[4]}", role))
    rule = Span(glyphs.frame[4] * width, role)
    return ends((*left, rule), end, width)


def _loss_at(course: Course, step: int) -> int:
    """Dollars to get flat as last measured by a step; a loss is negative."""
    flat = 0
    for when, dollars in course.losses:
        if when > step:
            break
        flat = dollars
    return flat


# --- the chart ------------------------------------------------------------------------------------


def _loss(view: TimelineView, axis: Axis, width: int, rows: int, glyphs: Glyphs) -> list[Line]:
    """What is lost by each moment as an area; where something is gained it is hatched."""
    values = _sampled(view, axis)
    top = _ceiling(max((abs(value) for value in values if value is not None), default=0))
    sizes = [None if value is None else abs(value) for value in values]
    drawn = charts.rising(sizes, rows, top, plain=glyphs.ascii)
    lines = []
    for y, row in enumerate(drawn):
        cells = [_piece(sign, value, glyphs) for sign, value in zip(row, values, strict=True)]
        label = f"loss {axis_money(top)}" if y == 0 else "0" if y == rows - 1 else ""
        lines.append(_row(view, axis, label, cells, width, glyphs))
    return lines


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


def _lane(name: str, view: TimelineView, axis: Axis, glyphs: Glyphs) -> tuple[str, list[Cell]]:
    """A lane by name: its label and its cells."""
    course = view.course
    cells: list[Cell] = [
        (glyphs.unread, Role.FAINT) if axis.step(cell) > course.known else (" ", Role.TEXT)
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
        put(_span_of(cue)[0], glyphs.cleared, Role.MUTED)
    for cue in opened:
        put(_span_of(cue)[1], glyphs.running, Role.GOOD)


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


# --- one row, and the time ------------------------------------------------------------------------


def _row(
    view: TimelineView,
    axis: Axis,
    label: str,
    cells: Sequence[Cell],
    width: int,
    glyphs: Glyphs,
) -> Line:
    """A row with its label, grey after the cursor, and the cursor."""
    at = axis.cell(view.now)
    spans = [Span(right(label, LABEL - 1) + " ", Role.MUTED), Span(glyphs.frame[5], Role.FAINT)]
    for cell, (sign, role) in enumerate(cells):
        if cell == at:
            spans.append(_cursor(sign, glyphs))
            continue
        ahead = cell > at and sign != " "
        spans.append(Span(sign, _AHEAD.get(role, Role.FAINT) if ahead else role))
    return line(*_joined(spans), Span(" "), width=width)


_AHEAD: Final = {Role.TRACE: Role.MUTED, Role.INFO: Role.MUTED, Role.ALARM: Role.MUTED}
"""What colours fade to after the cursor; what is not named becomes faint."""


def _cursor(sign: str, glyphs: Glyphs) -> Span:
    """The cursor: a line where nothing is, and what is there in its colours elsewhere."""
    empty = sign in {" ", glyphs.unread, glyphs.gain} or sign in charts.AREA
    return Span(glyphs.frame[5], Role.INFO) if empty else Span(sign, Role.CURSOR)


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Neighbours of one role as one piece."""
    done: list[Span] = []
    for span in spans:
        if done and done[-1].role is span.role:
            done[-1] = Span(done[-1].text + span.text, span.role)
        else:
            done.append(span)
    return done


def _time(view: TimelineView, axis: Axis, width: int, *, focused: bool) -> Line:
    """Times under the rows, and the cursor's own over them."""
    length = view.end - view.begin + 1
    tick = next(
        (tick for tick in _TICKS if length / tick * _TICK_ROOM <= axis.cells), _TICKS[-1] * 2
    )
    day, texts = view.course.day, [" "] * axis.cells
    # On round times of the day, whatever time the day begins at.
    step = view.begin + -(day.begins // MS_PER_STEP + view.begin) % tick
    while step <= view.end:
        label = day.text(step) if tick % STEPS_PER_MINUTE else day.text(step)[:5]
        at = axis.cell(step)
        if at + len(label) <= axis.cells:
            texts[at : at + len(label)] = label
        step += tick
    clock = f" {day.text(view.now)} "
    at = min(max(0, axis.cell(view.now) - len(clock) // 2), max(0, axis.cells - len(clock)))
    before, after = "".join(texts[:at]), "".join(texts[at + len(clock) :])
    # Of a time that the cursor's own covers in part nothing is left, or it would be another time.
    before = before.rstrip(_DIGITS)
    kept = after.lstrip(_DIGITS)
    before, after = fit(before, at), right(kept, len(after))
    return line(
        Span(" " * (LABEL + 1)),
        Span(before, Role.MUTED),
        Span(clock, Role.CURSOR if focused else Role.BADGE),
        Span(after, Role.MUTED),
        width=width,
    )
