"""The tape: the stocks that move most, each in a place that it keeps while it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controlroom.tui.lines import Line, Span, fit, line, plain, right
from controlroom.tui.look import Glyphs, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from controlroom.sim.views import TapeView

CELL = 23
"""Cells for one stock."""


class Places:
    """Gives stocks places. A stock keeps its place; a new one takes that of one that has left."""

    def __init__(self) -> None:
        self._held: list[str] = []

    def arrange(self, tape: Sequence[TapeView], count: int) -> list[TapeView]:
        """The first `count` stocks of the tape, in their places."""
        wanted = {stock.symbol: stock for stock in tape[:count]}
        held = [symbol if symbol in wanted else "" for symbol in self._held[:count]]
        held += [""] * (min(count, len(wanted)) - len(held))
        newcomers = iter([symbol for symbol in wanted if symbol not in held])
        held = [symbol or next(newcomers, "") for symbol in held]
        self._held = [symbol for symbol in held if symbol]
        return [wanted[symbol] for symbol in self._held]


def _cell(stock: TapeView, glyphs: Glyphs) -> list[Span]:
    if stock.paused:
        change = Span(right("PAUSED", 7), Role.NOTICE)
    else:
        sign = glyphs.up if stock.change > 0 else glyphs.down if stock.change < 0 else glyphs.flat
        role = Role.GOOD if stock.change > 0 else Role.NOTICE if stock.change < 0 else Role.MUTED
        change = Span(right(f"{sign}{abs(stock.change) / 10:.1f}%", 7), role)
    return [
        Span(fit(plain(stock.symbol), 6), Role.STRONG),
        Span(right(f"{stock.last:.2f}", 7) + " ", Role.TEXT),
        change,
        Span("  "),
    ]


def tape_lines(
    stocks: Sequence[TapeView], width: int, rows: int, glyphs: Glyphs
) -> tuple[Line, ...]:
    """The stocks in rows of equal cells."""
    each = max(1, width // CELL)
    lines = []
    for row in range(rows):
        shown = stocks[row * each : (row + 1) * each]
        spans = [span for stock in shown for span in _cell(stock, glyphs)]
        lines.append(line(*spans, width=width))
    return tuple(lines)
