"""The truth beside what a seat saw: what no instrument showed, and nobody at the console knew.

It must never be taken for a part of the seat's screen: it has its own column, a heavy frame, a
label in capitals, and says under it whose eyes did not see it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from controlroom.sim.router import Path
from controlroom.sim.start import Names
from controlroom.sim.views.truth import TrueOrder, TrueServer, TruthView, runs_power_peg
from controlroom.tui.lines import Frame, Line, Span, blank, cut, ends, framed, line, plain, right
from controlroom.tui.look import Glyphs, Role
from controlroom.tui.numbers import short, short_money, whole
from controlroom.tui.widgets.line_pane import LinePane

if TYPE_CHECKING:
    from collections.abc import Sequence

TWO_COLUMNS: Final = 72
"""From this width on servers stand beside the money."""

_SAID: Final = {"plain": "no flag", "refused": "refuses"}
_LABEL: Final = 13
"""Cells of the words before a sum."""


@attrs.frozen
class TruthPicture:
    """What the pane shows.

    Attributes:
        truth: at the step that is shown.
        seat: whose screen it is beside.
        there: cues that were there by then.
        unopened: texts of those that the seat had not opened by then, the last first.
    """

    truth: TruthView
    seat: str
    there: int
    unopened: tuple[str, ...]


def truth_lines(picture: TruthPicture, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """The inside of the pane."""
    if width >= TWO_COLUMNS:
        left = width // 2 - 1
        one = _fleet(picture.truth, left, glyphs) + _orders(picture.truth, left)
        other = _money(picture.truth, width - left - 2, glyphs) + _cues(
            picture, width - left - 2, glyphs
        )
        return _side_by_side(one, other, left, width, height)
    parts = (
        _fleet(picture.truth, width, glyphs),
        _money(picture.truth, width, glyphs),
        _cues(picture, width, glyphs),
        _orders(picture.truth, width),
    )
    # Where there is little room the gaps go before the cues do.
    spaced = sum(map(len, parts[:3])) + 3 <= height
    lines: list[Line] = []
    for part in parts:
        if lines and spaced:
            lines.append(blank(width))
        lines += part
    return lines[:height]


def _side_by_side(
    one: Sequence[Line], other: Sequence[Line], left: int, width: int, height: int
) -> list[Line]:
    lines = []
    for y in range(min(height, max(len(one), len(other)))):
        first = one[y] if y < len(one) else blank(left)
        second = other[y] if y < len(other) else blank(width - left - 2)
        lines.append(Line((*first.spans, Span("  "), *second.spans)))
    return lines


def _head(text: str, note: str, width: int) -> Line:
    return ends((Span(text, Role.STRONG),), (Span(note, Role.MUTED),), width)


def _fleet(truth: TruthView, width: int, glyphs: Glyphs) -> list[Line]:
    flag = "flag on, meaning" if truth.flag_on else "flag off, meaning"
    lines = [_head("INSTALLED", flag, width)]
    return lines + [_server(server, truth.names, width, glyphs) for server in truth.servers]


def _path(server: TrueServer, names: Names) -> str:
    """What the flag does there, in the firm's words."""
    if server.flagged == Path.POWER_PEG.value:
        return plain(names.old_path).upper()
    if server.flagged == Path.RLP.value:
        return plain(names.program).lower()
    return _SAID.get(server.flagged, server.flagged)


def _server(server: TrueServer, names: Names, width: int, glyphs: Glyphs) -> Line:
    """Name, build and what the flag does there; what runs away says so in a word and a sign."""
    runs = runs_power_peg(server)
    sign = glyphs.hot if runs else glyphs.notice if server.stale else " "
    role = Role.BAD if runs else Role.NOTICE if server.stale else Role.TEXT
    state = "" if server.state == "running" else f" {server.state}"
    note = _path(server, names)
    if server.pegs:
        note = f"{short(server.pegs)} on {plain(names.old_path).upper()}"
    return ends(
        (
            Span(f"{sign} ", role),
            Span(f"{plain(server.name):<9}", role),
            Span(f"{plain(server.build):<8}", role if server.stale else Role.MUTED),
            Span(state, Role.NOTICE),
        ),
        (Span(note, Role.BAD if runs else Role.MUTED),),
        width,
    )


def _money(truth: TruthView, width: int, glyphs: Glyphs) -> list[Line]:
    off = truth.pmon - truth.marked
    rows = (
        ("to get flat", short_money(truth.flat, sign=True), ""),
        ("at fair value", short_money(truth.fair, sign=True), ""),
        ("marked", short_money(truth.marked, sign=True), ""),
        (
            _shows(plain(truth.names.monitor)),
            short_money(truth.pmon, sign=True),
            _off(off, truth.unbooked),
        ),
        ("not booked", short(truth.unbooked), "executions"),
        (plain(truth.names.account), short_money(truth.gross), f"limit {short_money(truth.limit)}"),
        ("long, short", short_money(truth.long), short_money(truth.short)),
    )
    lines = [_head("MONEY", f"{whole(truth.executions)} executions too many", width)]
    for label, value, note in rows:
        lines.append(
            line(
                Span(f"{label[:_LABEL]:<{_LABEL}}", Role.MUTED),
                Span(right(value, 9), Role.TEXT),
                Span(cut(f"  {note}", width - 22, glyphs.ellipsis), Role.MUTED),
                width=width,
            )
        )
    held = "  ".join(
        f"{plain(holding.stock)} {short_money(holding.usd, sign=True)}"
        for holding in truth.holdings[:3]
    )
    if held:
        lines.append(
            line(Span(cut(f"largest: {held}", width, glyphs.ellipsis), Role.MUTED), width=width)
        )
    return lines


def _shows(monitor: str) -> str:
    """What the risk screen shows, where its name leaves room for the word."""
    said = f"{monitor} shows"
    return said if len(said) < _LABEL else monitor


def _off(dollars: int, unbooked: int) -> str:
    return f"off by {short_money(abs(dollars))}" if unbooked else "and is right"


def _cues(picture: TruthPicture, width: int, glyphs: Glyphs) -> list[Line]:
    count = len(picture.unopened)
    lines = [_head("CUES", f"{count} of {picture.there} there, not opened", width)]
    for text in picture.unopened[:3]:
        said = cut(plain(text), width - 2, glyphs.ellipsis)
        lines.append(line(Span(f"{glyphs.bad} ", Role.NOTICE), Span(said, Role.TEXT), width=width))
    return lines


def _orders(truth: TruthView, width: int) -> list[Line]:
    lines = [
        _head(
            f"{plain(truth.names.old_path).upper()} PATH",
            f"{truth.pegs} orders, {truth.pegged} ever",
            width,
        )
    ]
    return lines + [_order(order, width) for order in truth.orders]


def _order(order: TrueOrder, width: int) -> Line:
    side = "buy" if order.buys else "sell"
    return ends(
        (
            Span(f"{plain(order.stock):<6}", Role.TEXT),
            Span(f"{side:<5}", Role.MUTED),
            Span(right(short(order.target), 6), Role.TEXT),
            Span(" wanted", Role.MUTED),
        ),
        (
            Span(
                f"{short(order.filled)} filled",
                Role.BAD if order.filled > order.target else Role.TEXT,
            ),
        ),
        width,
    )


class TruthPane(LinePane[TruthPicture]):
    """The column of the truth."""

    def __init__(self) -> None:
        super().__init__(id="truth")

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        if self.view is None:
            return tuple(blank(width) for _ in range(height))
        frame = Frame(
            title=(Span(" TRUTH ", Role.BADGE),),
            badge=(Span(f"not what {plain(self.view.seat)} saw", Role.NOTICE),),
            role=Role.NOTICE,
            heavy=True,
        )
        body = truth_lines(self.view, max(1, width - 4), max(1, height - 2), self.glyphs)
        return framed(frame, body, width, height, self.glyphs)
