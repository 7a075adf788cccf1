"""The P&L ticker: three lines for three truths, exposure, the curve of the loss and the tape.

The book marked at the last mid can show a profit while the firm is being ruined, because its own
orders hold the prices up. So the large figure is what it would cost to get flat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from controlroom.sim.start import Console
from controlroom.sim.views import MoneyView, TapeView
from controlroom.tui.figures import figure
from controlroom.tui.lines import Frame, Line, Span, blank, cropped, cut, framed, line, plain, right
from controlroom.tui.look import Glyphs, Role
from controlroom.tui.numbers import money, short_money, span, whole
from controlroom.tui.widgets.line_pane import LinePane
from controlroom.tui.widgets.loss_chart import loss_chart
from controlroom.tui.widgets.tape import CELL, Places, tape_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIGURE: Final = 33
_TABLE: Final = 40
_BURNS: Final = 1_000
"""A loss of one part in this many of the firm's capital is one that burns."""


@attrs.frozen
class MoneyPicture:
    """What the panel shows.

    Attributes:
        money: its view.
        opens: the open, in seconds since midnight.
    """

    money: MoneyView
    opens: int


def loss_role(view: MoneyView) -> Role:
    """How the figure should be read."""
    if view.flat >= 0:
        return Role.GOOD if view.flat else Role.MUTED
    return Role.BAD if -view.flat * _BURNS >= view.capital else Role.NOTICE


def _rate(view: MoneyView, glyphs: Glyphs) -> list[Span]:
    if not view.per_minute:
        return [Span("steady", Role.MUTED)]
    sign = glyphs.up if view.per_minute > 0 else glyphs.down
    role = Role.GOOD if view.per_minute > 0 else loss_role(view)
    return [
        Span(f"{sign} ", role),
        Span(right(short_money(view.per_minute, sign=True), 8), role),
        Span(" a minute", Role.MUTED),
    ]


def _figure_lines(view: MoneyView, glyphs: Glyphs, width: int) -> list[Line]:
    role = loss_role(view)
    text = money(view.flat)
    rows = (text,) if glyphs.ascii else figure(text)
    if len(rows[0]) > width:
        rows = (text,)
    lines = [line(Span("to get flat now, $", Role.MUTED), width=width)]
    lines += [line(Span(row, role), width=width) for row in rows]
    lines.append(line(*_rate(view, glyphs), width=width))
    lines.append(
        line(
            Span(right(whole(view.executions), 10), Role.TEXT),
            Span(" executions in 33" if view.mixed else " executions too many", Role.MUTED),
            width=width,
        )
    )
    return lines


def _row(label: str, value: str, role: Role, note: str, width: int) -> Line:
    return line(
        Span(f"{label:<14}", Role.MUTED),
        Span(right(value, 13), role),
        Span(f"  {note}", Role.MUTED),
        width=width,
    )


def _signed(value: int) -> Role:
    return Role.TEXT if value >= 0 else Role.NOTICE


def _bar(share: float, width: int, glyphs: Glyphs, role: Role) -> list[Span]:
    done = min(width, max(0, round(share * width)))
    return [Span(glyphs.bar * done, role), Span(glyphs.bar_left * (width - done), Role.FAINT)]


def _late(seconds: int) -> str:
    if not seconds:
        return "up to date"
    if seconds < 3_600:
        return f"{span(seconds)} late"
    return f"{seconds // 3_600} h {seconds // 60 % 60:02d} late"


_LABEL: Final = 13
"""Cells of the words before a figure."""


def _says(monitor: str) -> str:
    """What the risk screen says, where its name leaves room for the word."""
    said = f"{monitor} says"
    return said if len(said) <= _LABEL else monitor[:_LABEL]


def _table_lines(view: MoneyView, glyphs: Glyphs, width: int) -> list[Line]:
    share = view.gross / view.capital if view.capital else 0.0
    role = Role.BAD if share >= 1 else Role.NOTICE if share >= 0.5 else Role.TRACE
    bar = max(4, width - 29)
    percent = f"{share:.0%}" if share < 100 else f"{share:,.0f}x"
    lines = [
        _row("at fair value", money(view.fair), _signed(view.fair), "", width),
        _row("at last mid", money(view.marked), _signed(view.marked), "", width),
        _row(_says(plain(view.monitor)), money(view.pmon), _signed(view.pmon),
             _late(view.pmon_age), width),
        _row("gross", short_money(view.gross), role if share >= 0.5 else Role.TEXT,
             f"{view.stocks} stocks", width),
        line(Span(f"{'of capital':<14}", Role.MUTED),
             Span(right(percent, 13), role if share >= 0.5 else Role.TEXT), Span("  "),
             *_bar(share, bar, glyphs, role), width=width),
        line(Span("long ", Role.MUTED), Span(right(short_money(view.long), 8), Role.TEXT),
             Span("   short ", Role.MUTED), Span(right(short_money(view.short), 8), Role.TEXT),
             width=width),
    ]  # fmt: skip
    if view.limit:
        lines.insert(3, _limit_line(view, width))
    if view.hedge:
        lines.append(_row("hedge", short_money(view.hedge), Role.INFO, "", width))
    return lines


def _limit_line(view: MoneyView, width: int) -> Line:
    """The 33 Account against its limit, which the modern console shows."""
    times = view.gross * 10 // view.limit
    role = Role.BAD if times > 10 else Role.NOTICE if times > 5 else Role.TEXT
    share = f"{times / 10:,.1f}x" if times < 1000 else f"{times // 10:,}x"
    return _row(plain(cut(view.account, 13)), share, role, f"of {short_money(view.limit)}", width)


def _pmon_lines(view: MoneyView, glyphs: Glyphs, width: int) -> list[Line]:
    """PMON, and nothing else: it has no limits, no alerts, and does not say that it is late."""
    role = _signed(view.pmon) if view.pmon else Role.STRONG
    text = money(view.pmon)
    rows = (text,) if glyphs.ascii else figure(text)
    if len(rows[0]) > width:
        rows = (text,)
    return [
        line(Span(f"{plain(view.monitor)}, profit and loss, $", Role.MUTED), width=width),
        *(line(Span(row, role), width=width) for row in rows),
        _row("gross", short_money(view.gross), Role.TEXT, f"{view.stocks} stocks", width),
    ]


def as_was_lines(
    view: MoneyView, stocks: Sequence[TapeView], width: int, height: int, glyphs: Glyphs
) -> list[Line]:
    """The inside of the panel on the firm's own screens: PMON and the tape."""
    body = _pmon_lines(view, glyphs, min(width, _FIGURE + 12))[:height]
    tape = max(0, min(height - len(body), 4))
    gap = [blank(width)] * (height - len(body) - tape)
    body = [Line(cropped(row.spans, width), row.ground) for row in body]
    return [*body, *gap, *tape_lines(stocks, width, tape, glyphs)]


def _beside(blocks: Sequence[tuple[Sequence[Line], int]], rows: int, gap: int) -> list[Line]:
    """Blocks of lines side by side."""
    lines = []
    for y in range(rows):
        spans: list[Span] = []
        for block, width in blocks:
            own = block[y].spans if y < len(block) else (Span(" " * width),)
            spans += [*own, Span(" " * gap)]
        lines.append(Line(tuple(spans[:-1])))
    return lines


def money_lines(
    picture: MoneyPicture, stocks: Sequence[TapeView], width: int, height: int, glyphs: Glyphs
) -> list[Line]:
    """The inside of the panel."""
    view = picture.money
    tape = 0 if height < 6 else 1 if width >= 100 else 2
    rows = height - tape
    gap = 3
    table = min(_TABLE, max(20, width - _FIGURE - gap))
    figure_lines = _figure_lines(view, glyphs, _FIGURE)
    table_lines = _table_lines(view, glyphs, table)
    if width >= _FIGURE + _TABLE + 30:
        room = width - _FIGURE - table - 2 * gap
        chart = loss_chart(view.history, picture.opens, room, rows, glyphs)
        blocks = [(figure_lines, _FIGURE), (table_lines, table), (chart, room)]
        body = _beside(blocks, rows, gap)
    else:
        top = min(rows, max(len(figure_lines), len(table_lines)))
        body = _beside([(figure_lines, _FIGURE), (table_lines, table)], top, gap)
        body += loss_chart(view.history, picture.opens, width, rows - top, glyphs)
        body += [blank(width)] * (rows - len(body))
    body = [Line(cropped(row.spans, width), row.ground) for row in body]
    return [*body, *tape_lines(stocks, width, tape, glyphs)]


class MoneyPane(LinePane[MoneyPicture], can_focus=True):
    """The P&L panel."""

    def __init__(self) -> None:
        super().__init__(id="money")
        self._places = Places()

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        if self.view is None:
            return tuple(blank(width) for _ in range(height))
        inner, rows = max(1, width - 4), max(1, height - 2)
        each = max(1, inner // CELL) * (1 if inner >= 100 else 2)
        stocks = self._places.arrange(self.view.money.tape, each)
        burns = loss_role(self.view.money) is Role.BAD
        as_was = self.view.money.console is Console.AS_WAS
        about = "as booked, for people to watch" if as_was else "to get flat, since the open"
        frame = Frame(
            title=(
                Span(
                    plain(self.view.money.monitor) if as_was else "P&L",
                    Role.BAD if burns else Role.STRONG,
                ),
            ),
            badge=(Span(about, Role.MUTED),),
            foot=(Span("p positions", Role.MUTED),) if self.has_focus else (),
            role=Role.INFO if self.has_focus else Role.FAINT,
            heavy=self.has_focus,
        )
        if as_was:
            body = as_was_lines(self.view.money, stocks, inner, rows, self.glyphs)
        else:
            body = money_lines(self.view, stocks, inner, rows, self.glyphs)
        return framed(frame, body, width, height, self.glyphs)
