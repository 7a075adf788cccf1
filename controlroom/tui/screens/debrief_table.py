"""Tables as text: columns side by side where they fit, else each row in two storeys.

Times that name a moment of the run carry its step, so that a click leads there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.style import Style

from controlroom.debrief.pages.blocks import Cell, Table, Tone
from controlroom.tui.lines import width_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP: Final = 2
NARROWEST: Final = 24
"""Cells that a column of sentences is pressed to before rows get two storeys."""

STYLES: Final = {
    Tone.PLAIN: "",
    Tone.QUIET: "$muted",
    Tone.GOOD: "$good",
    Tone.BAD: "$bad",
}

MOMENT: Final = "replay"
"""What a time that can be clicked carries its step under."""


def linked(text: str, style: str, step: int | None) -> Content:
    """Text in a style; with a step, a click on it leads to that moment."""
    content = Content.styled(text, style) if style else Content(text)
    return content if step is None else content.stylize(Style.from_meta({MOMENT: step}))


def table(block: Table, width: int) -> Content:
    """A table in at most `width` cells."""
    columns = len(block.head)
    flush = [any(row[place].number for row in block.rows) for place in range(columns)]
    widths = _widths(block, flush, width)
    if widths is None:
        return _storeys(block, width)
    lines = [_row([Cell(label, Tone.QUIET) for label in block.head], widths, flush)]
    lines += [_row(row, widths, flush) for row in block.rows]
    return Content("\n").join(lines)


def _widths(block: Table, flush: list[bool], width: int) -> list[int] | None:
    """Widths of the columns, with heads in as few lines as there is room for."""
    bodies = [max(map(width_of, column), default=0) for column in _columns(block)]
    most = max(len(head.split(" ")) for head in block.head)
    for lines in range(1, most + 1):
        heads = [_least(head, lines) for head in block.head]
        natural = [max(pair) for pair in zip(heads, bodies, strict=True)]
        widths = _pressed(natural, flush, width, block)
        if widths is not None:
            return widths
    return None


def _columns(block: Table) -> list[list[str]]:
    """What stands under each head."""
    return [[row[place].text for row in block.rows] for place in range(len(block.head))]


def _least(head: str, lines: int) -> int:
    """The smallest width at which a head takes no more than so many lines."""
    width = max(width_of(word) for word in head.split(" "))
    while len(wrapped(head, max(1, width))) > lines:
        width += 1
    return width


def _pressed(natural: list[int], flush: list[bool], width: int, block: Table) -> list[int] | None:
    """Widths that fit, taken from the widest columns of words; None where they would be too few."""
    widths = list(natural)
    longest = [
        max((width_of(word) for text in column for word in text.split(" ")), default=0)
        for column in _columns(block)
    ]
    while sum(widths) + GAP * (len(widths) - 1) > width:
        soft = [
            place
            for place in range(len(widths))
            if not flush[place] and widths[place] > max(NARROWEST, longest[place])
        ]
        if not soft:
            return None
        widths[max(soft, key=lambda place: widths[place])] -= 1
    return widths


def _row(cells: Sequence[Cell], widths: Sequence[int], flush: Sequence[bool]) -> Content:
    """A row, as many lines as its longest cell needs."""
    broken = [wrapped(cell.text, size) for cell, size in zip(cells, widths, strict=True)]
    lines = []
    for number in range(max(map(len, broken))):
        parts: list[Content] = []
        for cell, rows, size, right in zip(cells, broken, widths, flush, strict=True):
            text = rows[number] if number < len(rows) else ""
            room = " " * (size - width_of(text))
            body = linked(text, STYLES[cell.tone], cell.step)
            parts.append(Content(room) + body if right else body + Content(room))
        lines.append(Content("  ").join(parts).rstrip())
    return Content("\n").join(lines)


def title_column(block: Table) -> int:
    """The column that says what a row is about: the first of words that are no time."""
    return next(
        (
            place
            for place in range(len(block.head))
            if not any(row[place].number or row[place].step is not None for row in block.rows)
        ),
        0,
    )


def _storeys(block: Table, width: int) -> Content:
    """Each row as what it is about on lines of its own, and the rest below that."""
    columns = range(len(block.head))
    title = title_column(block)
    lines: list[Content] = []
    for row in block.rows:
        lines += [
            Content.styled(line, STYLES[row[title].tone] or "$strong")
            for line in wrapped(row[title].text, width)
        ]
        parts = [
            Content.assemble(
                (f"{block.head[place]} " if block.head[place] else "", "$muted"),
                linked(row[place].text, STYLES[row[place].tone], row[place].step),
            )
            for place in columns
            if place != title and row[place].text not in {"", "–"}
        ]
        lines += _flowed(parts, width - 2)
    return Content("\n").join(lines)


def _flowed(parts: Sequence[Content], width: int) -> list[Content]:
    """Pieces beside each other, on as many indented lines as they need."""
    lines: list[Content] = []
    row: list[Content] = []
    for part in parts:
        taken = sum(piece.cell_length + 3 for piece in row)
        if row and taken + part.cell_length > width:
            lines.append(Content("  ") + Content("   ").join(row))
            row = []
        row.append(part)
    if row:
        lines.append(Content("  ") + Content("   ").join(row))
    folded: list[Content] = []
    for line in lines:
        folded += line.wrap(width + 2) if line.cell_length > width + 2 else [line]
    return folded
