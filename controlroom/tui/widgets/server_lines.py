"""A server's pane as lines: what its instruments measure, and never what is wrong with it.

HOT and BUSY are said of load alone. At the open every server is busy, and one that is wrong looks
like one that works hard until somebody compares what it filled with what it was asked to fill.
"""

from __future__ import annotations

from typing import Final

import attrs

from controlroom.sim.start import Console
from controlroom.sim.views import ServerView
from controlroom.tui import charts
from controlroom.tui.lines import Frame, Line, Span, cut, ends, fit, framed, line, plain, right
from controlroom.tui.look import Glyphs, Ground, Role
from controlroom.tui.numbers import axis_count, nice_ceiling, short, tenths, tiny, whole
from controlroom.tui.widgets.alarm_lines import priority_span

BUSY_LOAD: Final = 25
"""Load from which a server counts as busy, percent: more than it is sized for at the open."""
HOT_LOAD: Final = 50
"""Load from which a server counts as hot, percent: what is left would not take a second burst."""

LEAST_SCALE: Final = 20
"""A calm server's chart ends here, so that noise does not look like a storm."""

SECONDS: Final = 60
"""Of history in a view."""

_LIST: Final = 32
"""Least width of the figures beside a chart that has the whole room."""


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
    if server.state == "stopped":
        return glyphs.stopped, "STOPPED", Role.MUTED
    if server.state == "draining":
        return glyphs.draining, "DRAIN", Role.NOTICE
    if server.state != "running":
        return glyphs.starting, "START", Role.NOTICE
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
    if width < 24:
        return [Span(right(cut(plain(server.build), width), width))]
    note = f"  at {server.build_at[:5]}"
    return [Span("build ", Role.MUTED), Span(plain(server.build)), Span(note, Role.MUTED)]


def _fills(server: ServerView) -> tuple[str, Role]:
    """Executed against targets, as last looked up."""
    if server.fills is None:
        return "?", Role.STRONG
    return f"{tenths(server.fills)}x", Role.TEXT


def _ratio(value: int) -> str:
    """Tenths in at most three cells or four: `5.8`, `46`, `1k`."""
    return tenths(value) if value < 100 else tiny(value // 10)


def _pair(label: str, value: str, role: Role, width: int) -> list[Span]:
    """A label at the left and its number at the right of a column."""
    room = max(0, width - len(label))
    return [Span(label, Role.MUTED), Span(right(value, room), role)]


def _figures(server: ServerView, width: int) -> list[Line]:
    """The rows of numbers under the chart; two columns of them."""
    wide = width >= 24
    second = 10 if wide else min(8, (width - 1) // 2)
    # With room to spare the numbers stay near their words.
    first = min(width - second - 1, 24)
    gap = Span(" ")
    waiting = Role.NOTICE if server.waiting else Role.TEXT
    ratio = tenths if wide else _ratio
    per_parent = ratio(server.children_per_parent)
    full = _pair("full", (short if wide else tiny)(server.full), Role.TEXT, second)
    refused = _pair("rej", short(server.rejects), Role.TEXT, second)
    filled = _pair("filled", *_fills(server), first)
    if not wide:
        known = server.fills is not None
        filled = _pair("f/t", _ratio(server.fills or 0) if known else "?",
                       Role.TEXT if known else Role.STRONG, first)  # fmt: skip
    held = _pair("wait", short(server.waiting), waiting, second)
    rows = [
        [*_pair("parents" if wide else "par", short(server.parents), Role.TEXT, first), gap, *full],
        [*_pair("per parent" if wide else "c/p", per_parent, Role.TEXT, first), gap, *refused],
        [*filled, gap, *held] if wide else [*filled, gap, *_build(server, second)],
    ]
    if wide:
        rows.append(_build(server, width))
    elif server.waiting:
        held = _pair("wait", tiny(server.waiting), waiting, first)
        rows[2] = [*held, gap, *_build(server, second)]
    return [line(*row, width=width) for row in rows]


def _columns(room: int) -> tuple[int, int]:
    """Seconds in a column, and columns for such a stretch: one of them is 1."""
    return max(1, -(-SECONDS // max(1, room))), max(1, room // SECONDS)


def _chart(picture: ServerPicture, width: int, rows: int, glyphs: Glyphs) -> list[Line]:
    """Children a second over the last minute, with its scale at the right.

    There it stands beside the newest value, and need not be sent again with every change.
    """
    server = picture.server
    label = 5 if width >= 24 else 4
    room = width - label
    size, stretch = _columns(room)
    values = [
        value
        for value in charts.buckets(server.history, size, picture.second)
        for _ in range(stretch)
    ]
    top = nice_ceiling(max(server.history, default=0), LEAST_SCALE)
    role = _trace_role(server) if server.state == "running" else Role.FAINT
    marks = {rows - 1: "0", 0: axis_count(top)}
    if rows >= 4 and rows % 2 == 0:
        marks[rows // 2] = axis_count(top // 2)
    return [
        Line(
            (
                Span(text, role),
                Span(glyphs.tick_y if y in marks else glyphs.frame[5], Role.FAINT),
                Span(fit(marks.get(y, ""), label - 1), Role.MUTED),
            )
        )
        for y, text in enumerate(
            charts.rising(charts.last(values, room), rows, top, plain=glyphs.ascii)
        )
    ]


def _time_axis(width: int) -> Line:
    room = width - (5 if width >= 24 else 4)
    size, stretch = _columns(room)
    used = min(room, -(-SECONDS // size) * stretch)
    gap = used - len("-60s") - len("-30s") - len("now")
    middle = f"{' ' * (gap // 2)}-30s{' ' * (gap - gap // 2)}" if gap >= 2 else " " * (gap + 4)
    return line(Span(right(f"-60s{middle}now", room), Role.MUTED), width=width)


def _headline(server: ServerView, width: int) -> Line:
    # The numbers come first in the row: a change is sent from the left edge of the pane.
    load = _load_role(server)
    strong = Role.BAD if load is Role.BAD else Role.STRONG
    wide = width >= 24
    children = right(whole(server.children), 6) if wide else short(server.children)
    return ends(
        (Span(children, strong), Span(" child/s" if wide else "/s", Role.MUTED)),
        (Span("cpu", Role.MUTED), Span(right(f"{server.cpu}%", 5 if wide else 4), load)),
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


def _counted(server: ServerView, width: int, rows: int) -> list[Line]:
    """The firm's own screen: a state and counts since the day began, and nothing over time."""
    wide = width >= 24
    known = server.fills is not None
    listed: list[tuple[str, str, Role]] = [
        ("children sent" if wide else "sent", whole(server.sent), Role.STRONG),
        ("parents received" if wide else "parents", whole(server.received), Role.TEXT),
        ("in work", whole(server.parents), Role.TEXT),
        ("completed" if wide else "full", whole(server.full), Role.TEXT),
        ("refused" if wide else "rejects", whole(server.rejects), Role.TEXT),
        ("waiting", whole(server.waiting), Role.NOTICE if server.waiting else Role.TEXT),
        ("filled of target" if wide else "filled", *_fills(server)),
    ]
    if wide or not known:
        listed.append(("build", plain(server.build) or "?", Role.STRONG))
    else:
        listed.append(("build", cut(plain(server.build) or "?", width - 6), Role.STRONG))
    # With room to spare the numbers stay near their words.
    side = min(width, 44)
    lines = [line(*_pair(*row, side), width=width) for row in listed]
    if len(lines) > rows:  # what one asks for first goes last
        lines = [*lines[: max(0, rows - 1)], lines[-1]]
    return lines[:rows]


def server_frame(picture: ServerPicture, width: int, glyphs: Glyphs, *, focused: bool) -> Frame:
    """Title, venues and edges of a pane."""
    server = picture.server
    sign, word, role = condition(server, glyphs)
    if width < 24:
        word = {"STOPPED": "STOP"}.get(word, word)
    hot = role is Role.BAD
    name = Role.BAD if hot else Role.STRONG
    if width >= 24:
        title = [Span(f"{server.number} ", Role.KEY), Span(plain(server.name).upper(), name)]
    else:
        title = [Span(plain(server.name).upper(), name)]
    title += [Span(f" {sign} {word}", role)]
    if server.alarm:
        title += [Span(" "), priority_span(server.alarm, glyphs)]
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


def _beside_chart(picture: ServerPicture, width: int, rows: int, glyphs: Glyphs) -> list[Line]:
    """The inside of a pane that has the whole room: all figures, and beside them the chart."""
    server = picture.server
    stretch = (width - _LIST - 8) // SECONDS
    room = 5 + stretch * SECONDS
    side = min(_LIST + 12, width - room - 3)
    listed: list[tuple[str, str, Role]] = [
        ("children a second", whole(server.children), Role.STRONG),
        ("load", f"{server.cpu}%", _load_role(server)),
        ("parents in work", whole(server.parents), Role.TEXT),
        ("parents received", whole(server.received), Role.TEXT),
        ("parents completed", whole(server.full), Role.TEXT),
        ("children per parent", tenths(server.children_per_parent), Role.TEXT),
        ("flagged orders refused", whole(server.rejects), Role.TEXT),
        ("client orders waiting", whole(server.waiting),
         Role.NOTICE if server.waiting else Role.TEXT),
        ("filled of target", *_fills(server)),
        ("build", plain(server.build) or "?", Role.STRONG),
        ("looked at", server.build_at or "not yet", Role.TEXT if server.build_at else Role.MUTED),
        ("being done", plain(server.task) or "nothing", Role.INFO if server.task else Role.MUTED),
    ]  # fmt: skip
    column = [line(*_pair(*row, side), width=side) for row in listed]
    for name in (*server.venues, *server.venues_down):
        down = name in server.venues_down
        word = f"{glyphs.bad_link} disconnected" if down else f"{glyphs.good} connected"
        role = Role.NOTICE if down else Role.MUTED
        column.append(line(*_pair(f"session {plain(name)}", word, role, side), width=side))
    chart = [*_chart(picture, room, rows - 1, glyphs), _time_axis(room)]
    gap = Span(" " * max(1, width - side - room))
    return [
        Line((*(column[y].spans if y < len(column) else (Span(" " * side),)), gap, *row.spans))
        for y, row in enumerate(chart)
    ]


def server_lines(
    picture: ServerPicture, width: int, height: int, glyphs: Glyphs, *, focused: bool = False
) -> tuple[Line, ...]:
    """A whole pane. Its height goes to the chart; what does not fit is left out from below."""
    inner, rows = max(1, width - 4), max(1, height - 2)
    frame = server_frame(picture, width, glyphs, focused=focused)
    if picture.server.console is Console.AS_WAS:
        return framed(frame, _counted(picture.server, inner, rows), width, height, glyphs)
    if picture.zoomed and inner >= _LIST + SECONDS + 8 and rows >= 8:
        return framed(frame, _beside_chart(picture, inner, rows, glyphs), width, height, glyphs)
    figures = _figures(picture.server, inner)
    axis = [_time_axis(inner)] if rows - len(figures) - 1 >= 5 else []
    chart = max(0, rows - 1 - len(figures) - len(axis))
    body = [_headline(picture.server, inner)]
    if chart:
        body += _chart(picture, inner, chart, glyphs) + axis
    body += figures[: max(0, rows - len(body))]
    return framed(frame, body, width, height, glyphs)
