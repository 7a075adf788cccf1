"""A server's pane: what its instruments measure, and never what is wrong with it.

HOT and BUSY are said of load alone. At the open every server is busy, and one that is wrong looks
like one that works hard until somebody compares what it filled with what it was asked to fill.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import attrs
from textual import events
from textual.message import Message

from controlroom.sim.views import ServerView
from controlroom.tui import charts
from controlroom.tui.lines import (
    Frame, Line, Span, blank, cut, ends, framed, line, plain, right,
)  # fmt: skip
from controlroom.tui.look import Glyphs, Ground, Role
from controlroom.tui.numbers import nice_ceiling, short, tenths, whole
from controlroom.tui.widgets.line_pane import LinePane

BUSY_LOAD: Final = 25
"""Load from which a server counts as busy, percent. A router is sized to stay below it at the open."""
HOT_LOAD: Final = 50
"""Load from which a server counts as hot, percent: what is left would not take a second burst."""

LEAST_SCALE: Final = 50
"""A calm server's chart ends here, so that noise does not look like a storm."""

SECONDS: Final = 60
"""Of history in a view."""


@attrs.frozen
class ServerPicture:
    """What a pane shows.

    Attributes:
        server: its view.
        second: of the day; it says where a column of the chart begins.
        selected: the verb keys mean this server.
        zoomed: it has the room of the whole fleet.
    """

    server: ServerView
    second: int
    selected: bool = False
    zoomed: bool = False


def condition(server: ServerView, glyphs: Glyphs) -> tuple[str, str, Role]:
    """Sign, word and role of a server's state."""
    if server.state != "running":
        sign = {
            "draining": glyphs.draining,
            "stopped": glyphs.stopped,
            "starting": glyphs.starting,
        }.get(server.state, glyphs.starting)
        word = {"draining": "DRAIN", "stopped": "STOP", "starting": "START"}.get(
            server.state, plain(server.state).upper()
        )
        return sign, word, Role.MUTED if server.state == "stopped" else Role.NOTICE
    if server.cpu >= HOT_LOAD:
        return glyphs.hot, "HOT", Role.BAD
    if server.cpu >= BUSY_LOAD:
        return glyphs.busy, "BUSY", Role.NOTICE
    return glyphs.running, "RUN", Role.GOOD


def is_hot(server: ServerView) -> bool:
    """Whether its load alone says so."""
    return server.state == "running" and server.cpu >= HOT_LOAD


def _load_role(server: ServerView) -> Role:
    if is_hot(server):
        return Role.BAD
    return Role.NOTICE if server.cpu >= BUSY_LOAD else Role.TEXT


def _trace_role(server: ServerView) -> Role:
    role = _load_role(server)
    return Role.TRACE if role is Role.TEXT else role


def _build(server: ServerView, width: int) -> list[Span]:
    if not server.build:
        note = "   not looked at" if width >= 24 else ""
        return [Span("build ", Role.MUTED), Span("?", Role.STRONG), Span(note, Role.MUTED)]
    spans = [Span("build ", Role.MUTED), Span(plain(server.build), Role.TEXT)]
    if width >= 24:
        spans.append(Span(f"  at {server.build_at[:5]}", Role.MUTED))
    return spans


def _fills(server: ServerView) -> tuple[str, Role]:
    """Executed against targets, as last looked up."""
    return ("?", Role.STRONG) if server.fills is None else (f"{tenths(server.fills)}x", Role.TEXT)


def _pair(label: str, value: str, role: Role, width: int) -> list[Span]:
    """A label at the left and its number at the right of a column."""
    room = max(0, width - len(label))
    return [Span(label, Role.MUTED), Span(right(value, room), role)]


def _figures(server: ServerView, width: int) -> list[Line]:
    """The rows of numbers under the chart; two columns of them."""
    wide = width >= 24
    half = (width - 2) // 2 if wide else (width - 1) // 2
    gap = Span(" " * (width - 2 * half))
    fills, fills_role = _fills(server)
    rejects = Role.NOTICE if server.rejects else Role.TEXT
    waiting = Role.NOTICE if server.waiting else Role.TEXT
    per_parent = tenths(server.children_per_parent)
    if wide:
        rows = [
            (("parents", whole(server.parents), Role.TEXT), ("full", short(server.full), Role.TEXT)),
            (("per parent", per_parent, Role.TEXT), ("rejects", short(server.rejects), rejects)),
            (("filled", fills, fills_role), ("waiting", short(server.waiting), waiting)),
        ]
    else:
        last = ("wait", short(server.waiting), waiting) if server.waiting else ("fill", fills, fills_role)
        rows = [
            (("par", short(server.parents), Role.TEXT), ("full", short(server.full), Role.TEXT)),
            (("c/p", per_parent, Role.TEXT), ("rej", short(server.rejects), rejects)),
            (last, ("", "", Role.TEXT)),
        ]  # fmt: skip
    lines = [
        line(*_pair(*a, half), gap, *_pair(*b, half), width=width) for a, b in rows  # type: ignore[arg-type]
    ]
    if not wide:
        build = _build(server, 0)
        lines[2] = line(*_pair(*rows[2][0], half), gap, *build, width=width)
        return lines
    return [*lines, line(*_build(server, width), width=width)]


def _chart(picture: ServerPicture, width: int, rows: int, glyphs: Glyphs) -> list[Line]:
    """Children a second over the last minute, with its scale at the left."""
    server = picture.server
    label = 5 if width >= 24 else 4
    room = width - label
    fitting = charts.columns(room, plain=glyphs.ascii)
    size = max(1, -(-SECONDS // fitting))
    values = charts.buckets(server.history, size, picture.second)
    # With room to spare a second takes several columns, a whole number of them.
    stretch = max(1, fitting // SECONDS)
    values = [value for value in values for _ in range(stretch)]
    top = nice_ceiling(max(server.history, default=0), LEAST_SCALE)
    picture_rows = charts.area(values, room, rows, 0, top, plain=glyphs.ascii)
    role = _trace_role(server) if server.state == "running" else Role.MUTED
    marks = {0: short(top), rows - 1: "0"}
    if rows >= 5:
        marks[rows // 2] = short(round(top * (rows - 1 - rows // 2 + 0.5) / rows)) if rows % 2 else ""
    done = []
    for y, text in enumerate(picture_rows):
        mark = marks.get(y, "")
        done.append(
            line(
                Span(right(mark, label - 1), Role.MUTED),
                Span(glyphs.tick_y if mark else glyphs.frame[5], Role.FAINT),
                Span(text, role),
                width=width,
            )
        )
    return done


def _time_axis(width: int) -> Line:
    label = 5 if width >= 24 else 4
    room = width - label
    left, middle, end = "-60s", "-30s", "now"
    gap = room - len(left) - len(middle) - len(end)
    if gap < 2:
        return line(Span(" " * label), Span(left + " " * (room - 7) + end, Role.FAINT), width=width)
    text = left + " " * (gap // 2) + middle + " " * (gap - gap // 2) + end
    return line(Span(" " * label), Span(text, Role.MUTED), width=width)


def _headline(server: ServerView, width: int) -> Line:
    # The numbers come first in the row: a change is sent from the left edge of the pane.
    children = right(short(server.children) if width < 24 else whole(server.children), 6)
    load = _load_role(server)
    strong = load if load is Role.BAD else Role.STRONG
    unit = " children/s" if width >= 24 else "/s"
    return ends(
        (Span(children.strip() if width < 24 else children, strong), Span(unit, Role.MUTED)),
        (Span("cpu ", Role.MUTED), Span(right(f"{server.cpu}%", 4), load)),
        width,
    )


def _venues(server: ServerView, room: int, glyphs: Glyphs) -> tuple[Span, ...]:
    down = [Span(f"{glyphs.bad_link}{plain(name)}", Role.NOTICE) for name in server.venues_down]
    up = [Span(plain(name), Role.MUTED) for name in server.venues]
    spans = [span for name in (*up, *down) for span in (Span(" "), name)][1:]
    if sum(len(span.text) for span in spans) <= room:
        return tuple(spans)
    total = len(up) + len(down)
    if down:
        return (Span(f"{len(up)}/{total} venues", Role.NOTICE),)
    return (Span(f"{total} venues", Role.MUTED),)


def server_frame(picture: ServerPicture, width: int, glyphs: Glyphs, *, focused: bool) -> Frame:
    """Title, venues and edges of a pane."""
    server = picture.server
    sign, word, role = condition(server, glyphs)
    hot = role is Role.BAD
    name = Role.BAD if hot else Role.STRONG
    if width >= 24:
        title = [Span(f"{server.number} ", Role.KEY), Span(plain(server.name).upper(), name)]
    else:
        title = [Span(plain(server.name).upper(), name)]
    title += [Span(f" {sign} {word}", role)]
    mine = picture.selected or focused
    edge = Role.BAD if hot else Role.INFO if mine else Role.FAINT
    task = plain(server.task)
    foot: tuple[Span, ...] = (
        (Span(cut(task, max(4, width - 8)), Role.INFO),)
        if task
        else _venues(server, width - 8, glyphs)
    )
    badge: tuple[Span, ...] = ()
    if mine:
        badge = (Span(glyphs.answer if focused else glyphs.dot, Role.INFO),)
    return Frame(
        title=tuple(title), badge=badge, foot=foot, role=edge, heavy=focused,
        ground=Ground.HOT if hot else Ground.PLAIN,
    )  # fmt: skip


def server_lines(
    picture: ServerPicture, width: int, height: int, glyphs: Glyphs, *, focused: bool = False
) -> tuple[Line, ...]:
    """A whole pane. Its height goes to the chart; what does not fit is left out from below."""
    inner, rows = max(1, width - 4), max(1, height - 2)
    figures = _figures(picture.server, inner)
    axis = [_time_axis(inner)] if rows - len(figures) - 1 >= 5 else []
    chart = max(0, rows - 1 - len(figures) - len(axis))
    body = [_headline(picture.server, inner)]
    if chart:
        body += _chart(picture, inner, chart, glyphs) + axis
    body += figures[: max(0, rows - len(body))]
    frame = server_frame(picture, width, glyphs, focused=focused)
    return framed(frame, body, width, height, glyphs)


class ServerPane(LinePane[ServerPicture], can_focus=True):
    """One server. A click or its digit selects it; the digit again gives it the whole room."""

    @dataclass
    class Picked(Message):
        """A server was picked with the mouse or by moving the focus to it.

        Attributes:
            number: its place in the fleet, from 1.
        """

        number: int

    def __init__(self, number: int) -> None:
        super().__init__(id=f"server-{number}", classes="server")
        self.number = number

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        if self.view is None:
            return tuple(blank(width) for _ in range(height))
        return server_lines(self.view, width, height, self.glyphs, focused=self.has_focus)

    def on_focus(self) -> None:
        self.post_message(self.Picked(self.number))
        super().on_focus()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Picked(self.number))

