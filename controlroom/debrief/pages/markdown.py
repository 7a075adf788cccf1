"""A page as Markdown: for a wiki, a ticket, or a terminal.

Drawings have no place in it; the tables beside them hold the same figures. Every sign that Markdown
could take for its own is escaped, so text stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from controlroom.debrief.pages.blocks import (
    Bars,
    Blank,
    Block,
    Cell,
    Columns,
    Figures,
    Ladder,
    Lines,
    Page,
    Points,
    Section,
    Spread,
    Steps,
    Table,
    Text,
)
from controlroom.debrief.words import percent, usd
from controlroom.scenario import visible
from controlroom.sim.start import Evidence

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|#~])")
_BEGIN: Final = re.compile(r"^(\s*)([-+>]|\d+[.)])(?=\s)")
_MARKS: Final = {Evidence.DOCUMENTED: "●", Evidence.RECONSTRUCTED: "○", Evidence.INFERRED: "○"}
_TENTHS: Final = " ▁▂▃▄▅▆▇█"


def markdown(page: Page) -> str:
    """The whole page."""
    parts = [f"# {escaped(page.title)}", escaped(page.subtitle)]
    parts += [f"> **Take care:** {escaped(warning)}" for warning in page.warnings]
    for section in page.sections:
        parts += _section(section)
    parts += ["---", escaped(page.under)]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Text of which Markdown makes nothing else."""
    return _BEGIN.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", visible(text)))


def _section(section: Section) -> list[str]:
    written = [_block(block) for block in section.blocks]
    return [f"## {escaped(section.title)}", *filter(None, written)]


def _block(block: Block) -> str:
    write: Callable[[Any], str] = _WRITERS[type(block)]
    return write(block)


def _text(block: Text) -> str:
    return escaped(block.text)


def _blank(block: Blank) -> str:
    """A question, and a place where the answer is typed."""
    return f"**{escaped(block.label)}**\n\n" + "\n".join(["> …"] * block.lines)


def _points(block: Points) -> str:
    return "\n".join(f"- {escaped(item)}" for item in block.items)


def _figures(block: Figures) -> str:
    return "\n".join(
        f"- **{escaped(cell.text)}** {escaped(label)}{f' ({escaped(note)})' if note else ''}"
        for label, cell, note in block.items
    )


def _table(block: Table) -> str:
    flush = [
        any(len(row) > place and row[place].number for row in block.rows)
        for place in range(len(block.head))
    ]
    lines = [
        _row(block.head),
        _row(tuple("---:" if right else "---" for right in flush), raw=True),
        *(_row(tuple(cell.text for cell in row)) for row in block.rows),
    ]
    return "\n".join(lines) + _under(block.under)


def _row(cells: tuple[str, ...], *, raw: bool = False) -> str:
    shown = cells if raw else tuple(escaped(cell) or " " for cell in cells)
    return f"| {' | '.join(shown)} |"


def _under(line: str) -> str:
    return f"\n\n_{escaped(line)}_" if line else ""


def _lines(block: Lines) -> str:
    """What stands at the end of each line; how it came there is in the tables."""
    ends = "\n".join(f"- {escaped(line.name)}: {escaped(line.last)}" for line in block.lines[::-1])
    return f"**{escaped(block.title)}**\n\n{ends}{_under(block.under)}"


def _bars(block: Bars) -> str:
    rows = tuple((Cell(label), Cell(usd(value), number=True)) for label, value, _ in block.rows)
    if block.against:
        value, name = block.against
        rows = ((Cell(name), Cell(usd(value), number=True)), *rows)
    table = _table(Table((block.title, "dollars"), rows))
    return table + _under(block.under)


def _columns(block: Columns) -> str:
    most = max((*block.counts, 1))
    spark = "".join(_TENTHS[-(-count * 8 // most)] for count in block.counts)
    counts = ", ".join(map(str, block.counts))
    return f"**{escaped(block.title)}**: `{spark}` {counts}{_under(block.under)}"


def _steps(block: Steps) -> str:
    return f"**{escaped(block.title)}**{_under(block.under)}"


def _spread(block: Spread) -> str:
    half = block.values[len(block.values) // 2] if block.values else 0
    less = sum(value < block.own for value in block.values) / max(len(block.values), 1)
    return (
        f"**{escaped(block.title)}**: half below {usd(half)}, nine in ten from {usd(block.low)} to "
        f"{usd(block.high)}; this run {usd(block.own)}, {percent(less)} lost less"
        f"{_under(block.under)}"
    )


def _ladder(block: Ladder) -> str:
    lanes = dict(block.lanes)
    place = {lane: number for number, lane in enumerate(lanes)}
    rows = []
    for rung in block.rungs:
        cells = [Cell(rung.clock), *(Cell("") for _ in lanes)]
        mark = _MARKS[rung.evidence] if rung.evidence else "▪"
        source = f" [{rung.source}]" if rung.source else ""
        cells[1 + place[rung.lane]] = Cell(f"{mark} {rung.text}{source}")
        rows.append(tuple(cells))
    return _table(Table(("time", *lanes.values()), tuple(rows), block.under))


_WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    Blank: _blank,
    Text: _text,
    Points: _points,
    Figures: _figures,
    Table: _table,
    Lines: _lines,
    Bars: _bars,
    Columns: _columns,
    Steps: _steps,
    Spread: _spread,
    Ladder: _ladder,
}
