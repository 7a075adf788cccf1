"""What a page is made of: plain values that each renderer writes down in its own way.

Text here is text: nothing in it is markup, and every renderer escapes all of it.
"""

from __future__ import annotations

import enum

import attrs

from controlroom.sim.clock import Day
from controlroom.sim.start import Evidence


class Tone(enum.StrEnum):
    """How a cell or a bar is meant."""

    PLAIN = "plain"
    QUIET = "quiet"
    GOOD = "good"
    BAD = "bad"


@attrs.frozen
class Cell:
    """A cell of a table.

    Attributes:
        text: what stands there.
        tone: how it is meant; the text says it too.
        number: whether it is a figure, set flush right.
        step: the moment of the run that it names, or None.
    """

    text: str
    tone: Tone = Tone.PLAIN
    number: bool = False
    step: int | None = None


def moment(day: Day, step: int | None) -> Cell:
    """The time of day of a step, or a dash where there is none."""
    return Cell("–", Tone.QUIET) if step is None else Cell(day.text(step), step=step)


@attrs.frozen
class Text:
    """A paragraph.

    Attributes:
        text: of it.
        quiet: whether it explains rather than tells.
    """

    text: str
    quiet: bool = False


@attrs.frozen
class Points:
    """A list of sentences.

    Attributes:
        items: the sentences.
    """

    items: tuple[str, ...]


@attrs.frozen
class Figures:
    """The few figures that stand first.

    Attributes:
        items: label, figure, and what it should be seen against.
    """

    items: tuple[tuple[str, Cell, str], ...]


@attrs.frozen
class Table:
    """A table.

    Attributes:
        head: a label a column.
        rows: as many cells each.
        under: the line under it, or empty.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    under: str = ""


@attrs.frozen
class Line:
    """A line of a chart.

    Attributes:
        name: what it is.
        role: `you`, `history` or `best`; decides colour and stroke.
        points: (x, y), by x.
        last: what stands at its end.
    """

    name: str
    role: str
    points: tuple[tuple[float, float], ...]
    last: str


@attrs.frozen
class Mark:
    """Something that happened, on the line of a chart.

    Attributes:
        x: when.
        y: where on the line.
        label: a number that the list under the chart explains.
    """

    x: float
    y: float
    label: str


@attrs.frozen
class Band:
    """A stretch of a chart's time.

    Attributes:
        begin: from when.
        end: until when.
        name: what it is.
        role: decides its colour; a short name for it.
    """

    begin: float
    end: float
    name: str
    role: str


@attrs.frozen
class Lines:
    """Losses over time.

    Attributes:
        title: what it shows.
        lines: the last one is drawn on top.
        marks: on the first line.
        bands: under the chart.
        ticks: (x, label) of the time axis.
        under: the line under it.
    """

    title: str
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    bands: tuple[Band, ...]
    ticks: tuple[tuple[float, str], ...]
    under: str


@attrs.frozen
class Bars:
    """Sums beside each other, to either side of zero.

    Attributes:
        title: what it shows.
        rows: label, dollars, and a tone or the role of a phase.
        against: a sum to hold them against, with its name, or None.
        under: the line under it.
    """

    title: str
    rows: tuple[tuple[str, int, str], ...]
    against: tuple[int, str] | None
    under: str


@attrs.frozen
class Columns:
    """Counts in stretches of time.

    Attributes:
        title: what it shows.
        counts: in order.
        ticks: a label for some of the places.
        limit: where it becomes too much, with its name.
        under: the line under it.
    """

    title: str
    counts: tuple[int, ...]
    ticks: tuple[tuple[int, str], ...]
    limit: tuple[int, str]
    under: str


@attrs.frozen
class Steps:
    """A sum for each of some distances, drawn as a curve over their square roots.

    Attributes:
        title: what it shows.
        points: (distance, its label, dollars), the first at zero.
        edge: what stands at the far end.
        under: the line under it.
    """

    title: str
    points: tuple[tuple[float, str, int], ...]
    edge: str
    under: str


@attrs.frozen
class Spread:
    """Many sums, and where one of them lies.

    Attributes:
        title: what it shows.
        values: ascending.
        own: the one.
        low: where the middle nine tenths begin.
        high: where they end.
        under: the line under it.
    """

    title: str
    values: tuple[int, ...]
    own: int
    low: int
    high: int
    under: str


@attrs.frozen
class Rung:
    """A line of the ladder.

    Attributes:
        clock: when.
        lane: `you`, `history` or `best`.
        whose: the lane's name.
        text: what happened.
        evidence: for history, whether its moment is on record.
        source: where, or why it was chosen.
        step: when, as the run counts.
    """

    clock: str
    lane: str
    whose: str
    text: str
    evidence: Evidence | None
    source: str
    step: int


@attrs.frozen
class Ladder:
    """What happened when, to whom.

    Attributes:
        lanes: (lane, name), in order.
        rungs: by time.
        under: the line under it.
    """

    lanes: tuple[tuple[str, str], ...]
    rungs: tuple[Rung, ...]
    under: str


@attrs.frozen
class Blank:
    """Room for people to write.

    Attributes:
        label: what to write there.
        lines: how much room.
    """

    label: str
    lines: int


Block = Blank | Text | Points | Figures | Table | Lines | Bars | Columns | Steps | Spread | Ladder


@attrs.frozen
class Section:
    """A part of the page.

    Attributes:
        id: for links.
        title: of it.
        blocks: in order.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]


@attrs.frozen
class Page:
    """A debrief to be read.

    Attributes:
        title: of the page.
        subtitle: which run it is.
        warnings: what is wrong with the journal.
        sections: in order.
        under: how it came about.
    """

    title: str
    subtitle: str
    warnings: tuple[str, ...]
    sections: tuple[Section, ...]
    under: str
