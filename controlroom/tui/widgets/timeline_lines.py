"""The timeline of a recorded run as lines: the loss, the messages, the commands, cues and phases.

Every row stands on one axis of time, so that what was shown, what was done and what it cost are one
below the other. What lies before the cursor is drawn in colour, what lies after it in grey: that
part nobody knew yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from controlroom.sim.clock import MS_PER_STEP, STEPS_PER_MINUTE
from controlroom.tui import charts
from controlroom.tui.course import Course
from controlroom.tui.lines import Line, Span, ends, fit, line, right
from controlroom.tui.look import Glyphs, Role
from controlroom.tui.numbers import short_money
from controlroom.tui.widgets.timeline_lanes import Cell, lane, loss_rows
from controlroom.tui.widgets.timeline_view import LABEL, Axis, TimelineView, axis_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_TICKS: Final = tuple(
    round(minutes * STEPS_PER_MINUTE) for minutes in (0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120)
)
_TICK_ROOM: Final = 11
"""Cells that a time on the axis needs at least."""

_DIGITS: Final = "0123456789:"


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
    still = attrs.evolve(view, now=0)  # what the rows are made from, and kept by
    drawn: list[Line] = []
    if rows.title:
        drawn.append(_title(view, width, glyphs, focused=focused))
    made = (
        *loss_rows(still, axis, rows.chart, glyphs),
        *(lane(name, still, axis, glyphs) for name in rows.lanes),
    )
    drawn += [_row(view, axis, label, cells, width, glyphs) for label, cells in made]
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
    if course.reading:
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
