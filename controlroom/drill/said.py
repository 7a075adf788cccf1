"""What the seats of a drill told each other: the newest at the bottom."""

from __future__ import annotations

import attrs
from textual.binding import Binding

from controlroom.sim.views import AccountView, MessageView
from controlroom.tui.lines import (
    Frame,
    Line,
    Span,
    blank,
    cut,
    fit,
    framed,
    line,
    plain,
    right,
    wrapped,
)
from controlroom.tui.look import Glyphs, Role
from controlroom.tui.widgets.line_pane import LinePane

_CLOCK = 9
_NUMBER = 4
_SUM = 14
"""Cells of a sum in dollars."""


@attrs.frozen
class SaidPicture:
    """What the pane shows.

    Attributes:
        seat: whose pane it is.
        messages: oldest first.
        account: the 33 Account against its limit, where the seat watches it.
        still: why time stands still, or empty.
    """

    seat: str
    messages: tuple[MessageView, ...]
    account: AccountView | None = None
    still: str = ""


def message_rows(message: MessageView, seat: str, width: int, glyphs: Glyphs) -> list[Line]:
    """One message: when, who to whom, what, and who has acknowledged it."""
    mine = message.seat == seat
    who = "you" if mine else message.seat
    to = "you" if message.to == seat else message.to
    copied = f"  {glyphs.good} {', '.join(message.copied)}" if message.copied else ""
    head = line(
        Span(fit(message.clock, _CLOCK), Role.MUTED),
        Span(f"{message.number:>{_NUMBER - 1}} ", Role.FAINT),
        Span(plain(who), Role.INFO if mine else Role.STRONG),
        Span(f" {glyphs.answer} {plain(to)}", Role.MUTED),
        Span(cut(plain(copied), max(0, width // 2)), Role.GOOD),
        width=width,
    )
    indent = " " * (_CLOCK + _NUMBER)
    room = max(8, width - len(indent))
    text = [row for said in message.text.split("\n") for row in wrapped(plain(said), room)]
    role = Role.TEXT if mine else Role.STRONG
    return [head, *(line(Span(indent), Span(row, role), width=width) for row in text)]


def said_lines(picture: SaidPicture, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """The inside of the pane: what must not be missed first, then as much as has room."""
    top: list[Line] = []
    if picture.still:
        said = cut(f"time stands still: {plain(picture.still)}", width - 2, glyphs.ellipsis)
        top.append(line(Span(f"{glyphs.notice} {said}", Role.NOTICE), width=width))
    account = picture.account
    if account is not None:
        over = account.gross > account.limit
        role = Role.BAD if over else Role.GOOD
        times = f"{account.times / 10:,.1f} times its limit" if over else "within its limit"
        sign = glyphs.bad if over else glyphs.good
        limit = f" of {account.limit:,}"
        room = max(4, width - _SUM - len(limit) - 1)
        top += [
            line(
                Span(f"{cut(plain(account.name), room, glyphs.ellipsis)} ", Role.MUTED),
                Span(right(f"{account.gross:,}", _SUM), role),
                Span(limit, Role.MUTED),
                width=width,
            ),
            line(Span(f"{sign} {times}, as {plain(account.monitor)} has it", role), width=width),
        ]
    rows = [
        row
        for message in picture.messages
        for row in message_rows(message, picture.seat, width, glyphs)
    ]
    if not rows:
        hint = "nothing was said yet; tell SEAT TEXT, or tell all TEXT"
        rows = [line(Span(cut(hint, width), Role.MUTED), width=width)]
    room = max(0, height - len(top))
    shown = rows[-room:] if room else []
    return [*top, *([blank(width)] * (room - len(shown))), *shown][:height]


class SaidPane(LinePane[SaidPicture], can_focus=True):
    """The talk between seats, with what this seat must not miss above it."""

    BINDINGS = [Binding("enter", "screen.prompt", "answer", show=False)]

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        if self.view is None:
            return tuple(blank(width) for _ in range(height))
        frame = Frame(
            title=(Span("BETWEEN SEATS", Role.STRONG),),
            badge=(Span(f"{len(self.view.messages)} said", Role.MUTED),),
            role=Role.INFO if self.has_focus else Role.FAINT,
            heavy=self.has_focus,
        )
        body = said_lines(self.view, max(1, width - 4), max(1, height - 2), self.glyphs)
        return framed(frame, body, width, height, self.glyphs)
