"""What a timeline shows, and where on it a step stands."""

from __future__ import annotations

from typing import Final

import attrs

from controlroom.runs.moments import Kind
from controlroom.tui.course import Course

LABEL: Final = 11
"""Cells for the names of the rows, at the left."""


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
