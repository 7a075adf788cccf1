"""The two lines at the top: what time it is, how fast it goes, whose room this is, what waits."""

from __future__ import annotations

import attrs

from controlroom.sim.clock import Phase
from controlroom.sim.start import Console
from controlroom.sim.views import HeaderView
from controlroom.tui.lines import Line, Span, blank, cut, line, plain, spans_width
from controlroom.tui.look import Glyphs, Role
from controlroom.tui.numbers import span
from controlroom.tui.widgets.alerts import FLOOD
from controlroom.tui.widgets.line_pane import LinePane


@attrs.frozen
class HeaderPicture:
    """What the header shows.

    Attributes:
        header: its view.
        speed: for example `1x`.
        held: why the clock stands still: `PAUSED`, `NO CLOCK` before a day, or empty.
        seeking: running to the next thing that needs somebody.
        hot: how many servers are hot.
        recorded: whether this is a replay.
        backwards: whether it is played backwards.
        forked: time of day at which the run was taken over from another one, or empty.
    """

    header: HeaderView
    speed: str
    held: str
    seeking: bool
    hot: int
    recorded: bool = False
    backwards: bool = False
    forked: str = ""


_PHASES = {Phase.PRE_MARKET: "PRE-MARKET", Phase.OPEN: "OPEN", Phase.EVENING: "CLOSED"}


def _clock(header: HeaderView) -> list[Span]:
    sign = "-" if header.from_open < 0 else "+"
    role = Role.MUTED if header.phase is Phase.EVENING else Role.GOOD
    if header.phase is Phase.PRE_MARKET:
        role = Role.INFO
    return [
        Span(header.clock, Role.STRONG),
        Span(f".{header.hundredths} {plain(header.zone)}  ", Role.MUTED),
        Span(_PHASES[header.phase], role),
        Span(f" {sign}{span(abs(header.from_open))}", role),
    ]


def _pace(picture: HeaderPicture, glyphs: Glyphs) -> list[Span]:
    if picture.recorded:
        return _replayed(picture, glyphs)
    if picture.header.ended:
        return [Span(" RUN OVER ", Role.BADGE), Span(f" {plain(picture.header.ended)}", Role.TEXT)]
    if picture.seeking:
        text = f"{glyphs.play}{glyphs.play} to the next thing that needs you"
        return [Span(text, Role.INFO)]
    if picture.held:
        return [
            Span(f" {glyphs.paused} {picture.held} ", Role.BADGE),
            Span(f" {picture.speed}", Role.MUTED),
        ]
    return [
        Span(f"{glyphs.play} ", Role.GOOD),
        Span(picture.speed, Role.TEXT),
        Span(" real time" if picture.speed == "1x" else " speed", Role.MUTED),
    ]


def _replayed(picture: HeaderPicture, glyphs: Glyphs) -> list[Span]:
    """That this has been, and which way it goes."""
    spans = [Span(" REPLAY ", Role.BADGE), Span(" ")]
    if picture.held:
        spans.append(Span(f"{glyphs.paused} {picture.speed}", Role.TEXT))
    else:
        sign = glyphs.backwards if picture.backwards else glyphs.play
        spans.append(Span(f"{sign} {picture.speed}", Role.GOOD))
    if picture.backwards:
        spans.append(Span(" backwards", Role.INFO))
    if picture.header.ended:
        spans.append(Span(f" over: {plain(picture.header.ended)}", Role.MUTED))
    return spans


def _fleet(picture: HeaderPicture, glyphs: Glyphs, *, wide: bool) -> list[Span]:
    header = picture.header
    spans = [Span(f"{header.servers_running} up", Role.GOOD if not picture.hot else Role.TEXT)]
    if wide:
        total = header.servers_running + header.servers_down
        spans.insert(0, Span(f"{total} servers  ", Role.MUTED))
    if header.servers_down:
        spans.append(Span(f"  {header.servers_down} down", Role.NOTICE))
    if picture.hot:
        spans.append(Span(f"  {glyphs.hot} {picture.hot} hot", Role.BAD))
    return spans


def _messages(header: HeaderView, glyphs: Glyphs, *, wide: bool) -> list[Span]:
    spans: list[Span] = []
    if header.unread:
        spans.append(Span(f"{header.unread} unread", Role.NOTICE))
    if header.calls_waiting:
        text = "1 call" if header.calls_waiting == 1 else f"{header.calls_waiting} calls"
        spans += [Span("  "), Span(f" {glyphs.call} {text} waiting ", Role.BADGE)]
    if header.flood > FLOOD and (wide or not header.calls_waiting):
        spans += [Span("  "), Span(f"FLOOD {header.flood}/10min", Role.NOTICE)]
    return spans


def _three(
    left: list[Span], middle: list[Span], end: list[Span], width: int, dot: Span | None = None
) -> Line:
    """Left, centre and right; without room for all the centre goes, piece by piece from its left.

    Args:
        left: at the left edge.
        middle: the pieces of the centre.
        end: at the right edge.
        width: of the line.
        dot: between two pieces.
    """
    a, c = spans_width(left), spans_width(end)
    gap = width - a - c - 4
    while middle and spans_width(_dotted(middle, dot)) > gap:
        middle = middle[1:]
    shown = _dotted(middle, dot)
    b = spans_width(shown)
    # In the middle of the line, or else of what the others leave.
    start = (width - b) // 2
    if middle and not a + 2 <= start <= width - c - 2 - b:
        start = a + 2 + (gap - b) // 2
    if not middle:
        start = a
    rest = width - start - b - c
    spans = [*left, Span(" " * (start - a)), *shown, Span(" " * max(1, rest)), *end]
    return line(*spans, width=width)


def _dotted(pieces: list[Span], dot: Span | None) -> list[Span]:
    if dot is None:
        return pieces
    return [span for piece in pieces for span in (dot, piece)][1:]


def header_lines(
    picture: HeaderPicture, width: int, height: int, glyphs: Glyphs
) -> tuple[Line, ...]:
    """The header in one or two lines."""
    header = picture.header
    wide, inner = width >= 110, max(1, width - 2)
    dot = Span(f" {glyphs.dot} ", Role.FAINT)
    title = [Span(cut(plain(header.title), inner // 2), Role.STRONG)]
    rows = (
        _three(_clock(header), title, _fleet(picture, glyphs, wide=wide), inner),
        _three(_pace(picture, glyphs), _about(picture), _messages(header, glyphs, wide=wide),
               inner, dot),
    )  # fmt: skip
    edge = Span(" ")
    return tuple(line(edge, *row.spans, edge, width=width) for row in rows[:height])


def _about(picture: HeaderPicture) -> list[Span]:
    """Whose room this is, and what is special about it; what is said last is missed most."""
    header = picture.header
    about = [
        Span(plain(header.seat), Role.MUTED),
        Span(header.mode.value, Role.MUTED),
        Span(f"seed {header.seed}", Role.MUTED),
    ]
    if header.console is not Console.TRAINER:
        about.append(Span(f"{header.console.value} console", Role.INFO))
    if header.switched:
        more = f" +{len(header.switched) - 1}" if len(header.switched) > 1 else ""
        about.append(Span(f"with {plain(header.switched[0])}{more}", Role.INFO))
    if picture.forked:
        about.append(Span(f"TAKEN OVER AT {picture.forked}", Role.INFO))
    if header.declared:
        about.append(Span("INCIDENT DECLARED", Role.INFO))
    return about


class HeaderBar(LinePane[HeaderPicture]):
    """The header."""

    def __init__(self) -> None:
        super().__init__(id="header")

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        if self.view is None:
            return tuple(blank(width) for _ in range(height))
        return header_lines(self.view, width, height, self.glyphs)
