"""A section of a debrief as text for a width: the same blocks that the files are written from."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from textual.content import Content

from controlroom.debrief.pages.blocks import (
    Bars,
    Blank,
    Block,
    Columns,
    Figures,
    Ladder,
    Lines,
    Points,
    Rung,
    Section,
    Spread,
    Steps,
    Table,
    Text,
    Tone,
)
from controlroom.debrief.words import usd
from controlroom.sim.start import Evidence
from controlroom.tui.lines import cut, width_of, wrapped
from controlroom.tui.plots import sums
from controlroom.tui.plots.losses import Losses, Mark, Series, Stretch, losses_chart
from controlroom.tui.screens.debrief_table import STYLES, linked, table

if TYPE_CHECKING:
    from controlroom.sim.clock import Day

WIDEST: Final = 150
"""Cells that text is laid out for at most; longer lines are hard to follow."""

ROWS: Final = 14
LOW_ROWS: Final = 10

PHASES: Final = {
    "unknown": "$muted",
    "known": "$notice",
    "wrong": "$bad",
    "right": "$info",
    "disposal": "$trace",
}
"""How a phase is coloured, by its role."""

LINES: Final = {"you": ("$bad", "*"), "history": ("$foreground", "."), "best": ("$good", "+")}
"""Colour and ASCII stroke of a line, by its role."""


class Written:
    """Writes the blocks of a section as text.

    Attributes:
        day: of the run.
        plain: in ASCII.
        low: whether there is little height, as in a small terminal.
    """

    def __init__(self, day: Day, *, plain: bool, low: bool = False) -> None:
        self.day = day
        self.plain = plain
        self.low = low
        self._writers: dict[type, Callable[[Any, int], Content]] = {
            Blank: lambda block, width: _text(Text(block.label), width),
            Text: _text,
            Points: self._points,
            Figures: _figures,
            Table: self._table,
            Lines: self._lines,
            Bars: self._bars,
            Columns: self._columns,
            Steps: self._steps,
            Spread: self._spread,
            Ladder: self._ladder,
        }

    def section(self, section: Section, width: int) -> Content:
        """A section's blocks, one below the other."""
        width = min(width, WIDEST)
        blocks: list[Content] = [self.block(block, width) for block in section.blocks]
        return Content("\n\n").join(blocks)

    def block(self, block: Block, width: int) -> Content:
        """One block, with the line about its circumstances under it."""
        body = self._writers[type(block)](block, width)
        under = getattr(block, "under", "")
        if not under:
            return body
        lines = [Content.styled(line, "$muted italic") for line in wrapped(under, width)]
        return Content("\n").join([body, *lines])

    @property
    def _rows(self) -> int:
        return LOW_ROWS if self.low else ROWS

    def _points(self, block: Points, width: int) -> Content:
        lines = []
        for item in block.items:
            for number, row in enumerate(wrapped(item, width - 2)):
                head = ("- " if self.plain else "· ") if number == 0 else "  "
                lines.append(Content.assemble((head, "$muted"), row))
        return Content("\n").join(lines)

    def _table(self, block: Table, width: int) -> Content:
        return table(block, width)

    def _title(self, title: str, width: int) -> Content:
        return Content.styled("\n".join(wrapped(title, width)), "$strong bold")

    def _lines(self, block: Lines, width: int) -> Content:
        def seconds(step: float) -> float:
            return self.day.clock_at(round(step)) / 1000

        def series(place: int) -> Series:
            line = block.lines[place]
            style, sign = LINES[line.role]
            points = [(seconds(x), y) for x, y in line.points]
            return Series(line.name, line.last, style, sign, points)

        every = [series(place) for place in range(len(block.lines))]
        ends = [line.points[-1][0] for line in every]
        begin, end = every[-1].points[0][0], max(ends)
        chart = Losses(
            own=every[-1],
            others=tuple(every[:-1]),
            begin=begin,
            turn=end,
            end=end,
            marks=tuple(Mark(seconds(mark.x), mark.label) for mark in block.marks),
            stretches=tuple(
                Stretch(
                    seconds(band.begin), seconds(band.end), (band.name, band.role),
                    PHASES[band.role],
                )
                for band in block.bands
            ),
        )  # fmt: skip
        drawn = losses_chart(chart, width, self._rows, plain=self.plain)
        return Content("\n").join([self._title(block.title, width), drawn])

    def _bars(self, block: Bars, width: int) -> Content:
        items = [
            sums.Bar(label, value, usd(value), PHASES.get(tone) or _bar_style(tone))
            for label, value, tone in block.rows
        ]
        if block.against:
            value, name = block.against
            items.insert(0, sums.Bar(name, value, usd(value), "$bad"))
        drawn = sums.bars(items, width, plain=self.plain)
        return Content("\n").join([self._title(block.title, width), drawn])

    def _columns(self, block: Columns, width: int) -> Content:
        drawn = sums.columns(
            block.counts, block.ticks, block.limit, width, self._rows - 4, plain=self.plain
        )
        return Content("\n").join([self._title(block.title, width), drawn])

    def _steps(self, block: Steps, width: int) -> Content:
        drawn = sums.curve(
            block.points, block.edge, min(width, 110), self._rows - 3, plain=self.plain
        )
        return Content("\n").join([self._title(block.title, width), drawn])

    def _spread(self, block: Spread, width: int) -> Content:
        place = sums.Place(
            (block.own, usd(block.own)), (block.low, usd(block.low)), (block.high, usd(block.high))
        )
        drawn = sums.spread(block.values, place, min(width, 120), self._rows - 4, plain=self.plain)
        return Content("\n").join([self._title(block.title, width), drawn])

    def _ladder(self, block: Ladder, width: int) -> Content:
        """One column a lane where there is room, else one line after the other with its lane."""
        if width >= 100:
            return self._beside(block, width)
        names = dict(block.lanes)
        lane = max(width_of(name) for name in names.values())
        lines = []
        for rung in block.rungs:
            rows = _told(rung, width - 13 - lane)
            for number, row in enumerate(rows):
                clock = rung.clock if number == 0 else " " * 8
                whose = names[rung.lane] if number == 0 else ""
                lines.append(
                    Content.assemble(
                        linked(clock, "$muted", rung.step),
                        "  ",
                        (whose.ljust(lane), LINES[rung.lane][0]),
                        " ",
                        (self._sign(rung) if number == 0 else " ", LINES[rung.lane][0]),
                        " ",
                        row,
                    )
                )
        return Content("\n").join(lines)

    def _beside(self, block: Ladder, width: int) -> Content:
        room = (width - 10) // len(block.lanes) - 2
        head = [Content.styled("time".ljust(10), "$muted")]
        head += [
            Content.styled(cut(name, room).ljust(room + 2), LINES[lane][0] + " bold")
            for lane, name in block.lanes
        ]
        lines = [Content("").join(head)]
        places = {lane: number for number, (lane, _) in enumerate(block.lanes)}
        for rung in block.rungs:
            rows = _told(rung, room - 2)
            before = " " * ((room + 2) * places[rung.lane])
            for number, row in enumerate(rows):
                clock = rung.clock if number == 0 else " " * 8
                sign = self._sign(rung) if number == 0 else " "
                lines.append(
                    Content.assemble(
                        linked(clock, "$muted", rung.step), "  ", before,
                        (sign, LINES[rung.lane][0]), " ", row,
                    )
                )  # fmt: skip
        return Content("\n").join(lines)

    def _sign(self, rung: Rung) -> str:
        """Documented, reconstructed or played, apart without colour too."""
        if rung.evidence is None:
            return "=" if self.plain else "▪"
        if rung.evidence is Evidence.DOCUMENTED:
            return "D" if self.plain else "●"
        return "R" if self.plain else "○"


def _told(rung: Rung, width: int) -> list[Content]:
    """What happened, and where that is from."""
    rows = [Content(row) for row in wrapped(rung.text, width)]
    if rung.evidence is not None:
        tag = rung.evidence.value
        source = f"{tag}: {rung.source}" if rung.source else tag
        rows += [Content.styled(row, "$muted italic") for row in wrapped(source, width)]
    return rows


def _bar_style(tone: str) -> str:
    return "$trace" if tone == Tone.PLAIN else STYLES[Tone(tone)]


def _text(block: Text, width: int) -> Content:
    style = "$muted" if block.quiet else ""
    lines = wrapped(block.text, min(width, 110))
    return Content("\n").join(
        [Content.styled(line, style) if style else Content(line) for line in lines]
    )


def _figures(block: Figures, width: int) -> Content:
    """The few figures side by side, or below each other where there is little room."""
    cells = []
    for label, cell, note in block.items:
        style = STYLES[cell.tone] or "$strong"
        cells.append(((cell.text, f"{style} bold"), (label, ""), (note, "$muted")))
    count = len(cells) if width >= 26 * len(cells) else 2
    room = width // count
    lines = []
    for begin in range(0, len(cells), count):
        for storey in range(3):
            parts = [
                Content.styled(cut(cell[storey][0], room - 2).ljust(room), cell[storey][1])
                for cell in cells[begin : begin + count]
            ]
            line = Content("").join(parts).rstrip()
            if line.plain or storey < 2:
                lines.append(line)
    return Content("\n").join(lines)
