"""The big board as lines: for a screen that a whole room looks at.

Pure functions of the board's view; nothing here knows a screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from controlroom.sim.clock import Phase
from controlroom.sim.views.board import BoardView
from controlroom.tui.figures import figure
from controlroom.tui.lines import (
    Frame,
    Line,
    Span,
    blank,
    cut,
    ends,
    fit,
    framed,
    line,
    plain,
    wrapped,
)
from controlroom.tui.look import Glyphs, Role
from controlroom.tui.numbers import span

if TYPE_CHECKING:
    from controlroom.sim.views import LineView, WorkView
    from controlroom.sim.views.board import Place

WIDE: Final = 110
"""Columns from which the board has two halves."""

_PHASES: Final = {
    Phase.PRE_MARKET: "before the bell",
    Phase.OPEN: "the market is open",
    Phase.EVENING: "the market is closed",
}


@attrs.frozen
class BoardPicture:
    """What the board shows.

    Attributes:
        view: of the board.
        held: why the clock of the host stands still, or empty.
        speed: for example `1x`.
        probe_left: seconds on the wall that a probe may still take, or -1.
        cards: how the role cards are printed.
    """

    view: BoardView
    held: str
    speed: str
    probe_left: int
    cards: str


def board_lines(picture: BoardPicture, width: int, height: int, glyphs: Glyphs) -> tuple[Line, ...]:
    """The board in exactly `width` by `height` cells.

    Args:
        picture: what it shows.
        width: in cells.
        height: in cells; what has no room is left out, the oldest words first.
        glyphs: signs.
    """
    top = _clock(picture, width, glyphs)
    room = max(0, height - len(top))
    if width < WIDE:
        seats = _seats(picture, width, room, glyphs)
        work = min(max(room - len(seats) - 4, 0), len(picture.view.work) + 2, 5)
        done = _work(picture.view.work, width, work, glyphs) if work > 2 else ()
        rows = (*top, *seats, *done)
        return _filled((*rows, *_said(picture, width, height - len(rows), glyphs)), width, height)
    left = width * 2 // 5
    seats = _seats(picture, left, room, glyphs)
    one = (*seats, *_work(picture.view.work, left, room - len(seats), glyphs))
    other = _said(picture, width - left, room, glyphs)
    beside = [Line((*a.spans, *b.spans)) for a, b in zip(one, other, strict=False)]
    return _filled((*top, *beside), width, height)


def _filled(lines: tuple[Line, ...], width: int, height: int) -> tuple[Line, ...]:
    return (*lines, *(blank(width) for _ in range(height - len(lines))))[:height]


def _clock(picture: BoardPicture, width: int, glyphs: Glyphs) -> list[Line]:
    """The time in large figures, and beside it what everybody must know."""
    header = picture.view.header
    rows = ("", header.clock, "") if glyphs.ascii else figure(header.clock)
    facts = _state(picture, glyphs), _common(picture), _declared(picture)
    return [
        line(Span(f"  {row}   ", Role.STRONG), *spans, width=width)
        for row, spans in zip(rows, facts, strict=True)
    ]


def _state(picture: BoardPicture, glyphs: Glyphs) -> list[Span]:
    view = picture.view
    if view.header.ended:
        return [Span(" OVER ", Role.BADGE), Span(f" {plain(view.header.ended)}", Role.TEXT)]
    if view.probe:
        who = ", ".join(map(plain, view.answered)) or "nobody yet"
        left = f", {picture.probe_left} s" if picture.probe_left >= 0 else ""
        return [Span(f" QUESTIONS{left} ", Role.BADGE), Span(f" answered by {who}", Role.TEXT)]
    if view.still:
        return [Span(" STANDS STILL ", Role.BADGE), Span(f" {plain(view.still)}", Role.STRONG)]
    if picture.held:
        return [Span(f" {picture.held} ", Role.BADGE), Span("  space begins", Role.MUTED)]
    return [Span(f"{glyphs.play} {picture.speed}", Role.GOOD)]


def _common(picture: BoardPicture) -> list[Span]:
    header = picture.view.header
    sign = "-" if header.from_open < 0 else "+"
    return [Span(f"{_PHASES[header.phase]}  {sign}{span(abs(header.from_open))}", Role.INFO)]


def _declared(picture: BoardPicture) -> list[Span]:
    header = picture.view.header
    whole = header.servers_running + header.servers_down
    said = "incident declared" if header.declared else "no incident declared"
    may = "all may be stopped" if header.authority else ""
    return [
        Span(f"{header.servers_running} of {whole} servers run   ", Role.TEXT),
        Span(f"{said}   {may}", Role.NOTICE if header.declared else Role.MUTED),
    ]


def _seats(picture: BoardPicture, width: int, room: int, glyphs: Glyphs) -> tuple[Line, ...]:
    inner = max(1, width - 4)
    rows = [
        _place(number, place, inner, glyphs) for number, place in enumerate(picture.view.places, 1)
    ]
    note = Span("injects, objectives, verbs", Role.MUTED)
    rows.append(line(Span(" 0 ", Role.KEY), Span(fit("facilitator", 13)), note, width=inner))
    rows += [line(Span(row, Role.MUTED), width=inner) for row in wrapped(picture.cards, inner)]
    told = "press a number, hand over the keyboard"
    frame = Frame((Span("SEATS", Role.STRONG),), (Span(told, Role.MUTED),))
    return framed(frame, rows, width, min(room, len(rows) + 2), glyphs)


def _place(number: int, place: Place, width: int, glyphs: Glyphs) -> Line:
    waits = []
    if place.rings:
        waits.append(Span(f"  {glyphs.notice} telephone", Role.NOTICE))
    if place.unread:
        waits.append(Span(f"  {place.unread} unread", Role.TEXT))
    if place.status.unanswered:
        waits.append(Span(f"  {place.status.unanswered} unheard", Role.NOTICE))
    names = ", ".join(plain(name) for name in place.status.names if name)
    title = place.title if place.title != place.status.id else ""
    who = names or (title if place.status.names else "the firm's people")
    return ends(
        (
            Span(f" {number} ", Role.KEY),
            Span(fit(plain(place.status.id), 13), Role.STRONG),
            Span(who, Role.MUTED),
        ),
        waits,
        width,
    )


def _work(work: tuple[WorkView, ...], width: int, height: int, glyphs: Glyphs) -> tuple[Line, ...]:
    inner = max(1, width - 4)
    rows = [
        ends(
            (Span(cut(plain(item.text), max(4, inner - 12), glyphs.ellipsis), Role.TEXT),),
            (Span(f" {span(item.left)} left", Role.INFO),),
            inner,
        )
        for item in work
    ]
    if not rows:
        rows = [line(Span("nothing is being done", Role.MUTED), width=inner)]
    return framed(Frame((Span("IN PROGRESS", Role.STRONG),)), rows, width, height, glyphs)


def _said(picture: BoardPicture, width: int, height: int, glyphs: Glyphs) -> tuple[Line, ...]:
    """What everybody was told, the newest at the bottom."""
    if height < 1:
        return ()
    inner, room = max(1, width - 4), max(0, height - 2)
    rows = [row for said in picture.view.said for row in _message(said, inner)]
    shown = rows[-room:] if room else []
    body = [*([blank(inner)] * (room - len(shown))), *shown]
    return framed(Frame((Span("SAID TO ALL", Role.STRONG),)), body, width, height, glyphs)


def _message(said: LineView, width: int) -> list[Line]:
    head = f"{said.clock}  {plain(said.who)}  "
    texts = [row for part in said.text.split("\n") for row in wrapped(plain(part), width - 4)]
    return [
        line(Span(head, Role.MUTED), width=width),
        *(line(Span(f"    {row}", Role.STRONG), width=width) for row in texts),
    ]


def cover_lines(
    seat: str, title: str, before: str, width: int, height: int, glyphs: Glyphs
) -> tuple[Line, ...]:
    """What lies over a seat's screen until those who are not meant have looked away.

    Args:
        seat: whose screen is under it.
        title: of the seat.
        before: whose screen it was before, or empty.
        width: in cells.
        height: in cells.
        glyphs: signs.
    """
    name = seat.upper()
    said = [
        (Span(f"  {' '.join(name)}  ", Role.BADGE),),
        (Span(title if title != seat else "", Role.MUTED),),
        (),
        (Span(f"Give the keyboard to {seat}. Everybody else looks away.", Role.STRONG),),
        (Span(f"{before} gets up." if before else "", Role.MUTED),),
        (),
        (
            Span("enter", Role.KEY),
            Span(f" {seat} is alone with the screen   ", Role.TEXT),
            Span("esc", Role.KEY),
            Span(" the board", Role.TEXT),
        ),
    ]
    rows = [_centred(spans, max(1, width - 4)) for spans in said]
    above = max(0, (height - 2 - len(rows)) // 2)
    body = [*([blank(max(1, width - 4))] * above), *rows]
    return framed(Frame((), role=Role.NOTICE, heavy=True), body, width, height, glyphs)


def _centred(spans: tuple[Span, ...], width: int) -> Line:
    size = sum(len(each.text) for each in spans)
    return line(Span(" " * max(0, (width - size) // 2)), *spans, width=width)
