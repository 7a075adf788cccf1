"""The alert feed: mails, calls and alarms, newest first; none jumps while it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.actions import SkipAction
from textual.binding import Binding
from textual.message import Message

from controlroom.sim.start import Channel
from controlroom.sim.views import AlertsView, AlertView
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
)  # fmt: skip
from controlroom.tui.look import Glyphs, Ground, Role
from controlroom.tui.widgets.alarm_lines import alarm_lines
from controlroom.tui.widgets.line_pane import LinePane

if TYPE_CHECKING:
    from textual import events

FLOOD: Final = 10
"""Messages in ten minutes from which nobody can follow them (ISA-18.2 calls it a flood)."""

ONE_LINE: Final = 60
"""Inner width from which a message takes one line instead of two."""

_INDENT: Final = 8


def sign_of(alert: AlertView, glyphs: Glyphs) -> tuple[str, Role]:
    """The sign before a message, and the role of its sender."""
    if alert.state == "shelved":
        return glyphs.shelved, Role.MUTED
    if alert.state == "cleared":
        return glyphs.cleared, Role.MUTED
    if alert.state == "acknowledged":
        return glyphs.acknowledged, Role.MUTED
    if alert.channel is Channel.CALL:
        return glyphs.call, Role.NOTICE if alert.unread or alert.state == "ringing" else Role.MUTED
    if alert.channel is Channel.ALARM:
        return glyphs.alarm, Role.NOTICE
    return (glyphs.mail, Role.STRONG) if alert.unread else (glyphs.seen, Role.MUTED)


def word_of(alert: AlertView, glyphs: Glyphs) -> Span:
    """What stands at the right end: how many there are, or what the message is."""
    if alert.state == "ringing":
        return Span(" RINGING ", Role.BADGE)
    if alert.count > 1:
        role = Role.NOTICE if alert.unread else Role.MUTED
        return Span(f"{glyphs.times}{alert.count}", role)
    if alert.state in {"acknowledged", "shelved", "cleared"}:
        return Span({"acknowledged": "ack"}.get(alert.state, alert.state), Role.MUTED)
    word = {Channel.CALL: "call", Channel.ALARM: "ALARM"}.get(alert.channel, "")
    return Span(word, Role.NOTICE if alert.unread else Role.MUTED)


def alert_lines(alert: AlertView, width: int, glyphs: Glyphs, ground: Ground) -> tuple[Line, ...]:
    """One message, in one line or in two."""
    sign, role = sign_of(alert, glyphs)
    quiet = role is Role.MUTED
    word = word_of(alert, glyphs)
    sender = plain(alert.sender)
    subject = plain(alert.subject).removeprefix(f"{sender}: ")
    # The row under the cursor is marked by a sign too, for screens without colours.
    mark = Span(glyphs.prompt, Role.INFO) if ground is Ground.CURSOR else Span(" ")
    head = [Span(sign, role), mark, Span(f"{alert.clock[:5]} ", Role.MUTED)]
    tail = (Span(" "), word) if word.text else ()
    subject_role = Role.MUTED if quiet else Role.TEXT
    if width >= ONE_LINE:
        name = fit(sender, 20, glyphs.ellipsis) + " "
        room = width - _INDENT - len(name) - sum(len(span.text) for span in tail)
        text = Span(cut(subject, room, glyphs.ellipsis), subject_role)
        return (ends((*head, Span(name, role), text), tail, width, ground),)
    room = width - _INDENT - sum(len(span.text) for span in tail)
    first = ends((*head, Span(cut(sender, room, glyphs.ellipsis), role)), tail, width, ground)
    under = cut(subject, width - _INDENT, glyphs.ellipsis)
    return (
        first,
        line(Span(" " * _INDENT), Span(under, subject_role), width=width, ground=ground),
    )


class AlertFeed(LinePane[AlertsView], can_focus=True):
    """The feed. The arrows move a cursor over it; enter opens what it stands on."""

    BINDINGS = [
        Binding("up", "move(-1)", "up", show=False),
        Binding("down", "move(1)", "down", show=False),
        Binding("pageup", "page(-1)", "page up", show=False),
        Binding("pagedown", "page(1)", "page down", show=False),
        Binding("home", "move(-1000000)", "newest", show=False),
        Binding("end", "move(1000000)", "oldest", show=False),
        Binding("enter", "open", "open", show=False, id="alert.open"),
    ]

    @dataclass
    class Opened(Message):
        """A message is to be opened.

        Attributes:
            alert: it.
        """

        alert: AlertView

    @dataclass
    class Accepted(Message):
        """An alarm is to be accepted.

        Attributes:
            number: of the alarm.
        """

        number: int

    def __init__(self) -> None:
        super().__init__(id="alerts")
        self._cursor = 0
        self._top = 0
        self._above = 0

    @property
    def selected(self) -> AlertView | None:
        """The message that keys act on."""
        rows = self.view.rows if self.view else ()
        return rows[self._cursor] if 0 <= self._cursor < len(rows) else None

    def show(self, view: AlertsView) -> None:
        if view is self.view or view == self.view:
            return
        # Only somebody who has moved away from the newest has a place to keep.
        reading = self.has_focus and (self._top > 0 or self._cursor > 0)
        moved = self._moved(view) if reading else -self._cursor
        self._cursor = max(0, min(self._cursor + moved, len(view.rows) - 1))
        self._top = max(0, self._top + moved) if reading else 0
        super().show(view)

    def _moved(self, view: AlertsView) -> int:
        """By how many rows the message under the cursor has moved."""
        chosen = self.selected
        if chosen is None:
            return 0
        for index, row in enumerate(view.rows):
            if row.id == chosen.id:
                return index - self._cursor
        for index, row in enumerate(view.rows):
            # A group is numbered by its newest message.
            if (row.sender, row.subject) == (chosen.sender, chosen.subject):
                return index - self._cursor
        return 0

    # --- drawing ----------------------------------------------------------------------------------

    def _each(self, width: int) -> int:
        return 1 if width - 4 >= ONE_LINE else 2

    def _fitting(self) -> int:
        height = self.size.height - 2 - self._above
        return max(1, height // self._each(self.size.width))

    def _alarms(self, view: AlertsView, width: int, height: int) -> list[Line]:
        """The list of alarms above the messages, where the console has one."""
        if view.alarms is None:
            return []
        room = max(1, height * 3 // 5)
        listed = alarm_lines(view.alarms, width, room, self.glyphs)
        return [*listed, line(Span(self.glyphs.frame[4] * width, Role.FAINT), width=width)]

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        view = self.view
        if view is None:
            return tuple(blank(width) for _ in range(height))
        glyphs, inner = self.glyphs, max(1, width - 4)
        body = self._alarms(view, inner, height - 2)
        self._above = len(body)
        fitting = max(1, (height - 2 - self._above) // self._each(width))
        self._top = max(0, min(self._top, len(view.rows) - fitting))
        for index in range(self._top, min(len(view.rows), self._top + fitting)):
            marked = self.has_focus and index == self._cursor
            ground = Ground.CURSOR if marked else Ground.PLAIN
            body += alert_lines(view.rows[index], inner, glyphs, ground)
        if not view.rows:
            text = f"nothing matches {plain(view.search)!r}" if view.search else "no messages yet"
            body.append(line(Span(cut(text, inner), Role.MUTED), width=inner))
        return framed(self._frame(view, fitting), body, width, height, glyphs)

    def _frame(self, view: AlertsView, fitting: int) -> Frame:
        glyphs = self.glyphs
        foot: list[Span] = []
        if view.search:
            foot.append(Span(f"search: {cut(plain(view.search), 12)}  ", Role.INFO))
        if view.shelved:
            foot.append(Span(f"{view.shelved} shelved  ", Role.MUTED))
        below = len(view.rows) - self._top - fitting
        if self._top:
            foot.append(Span(f"{glyphs.more_above}{self._top} ", Role.MUTED))
        if below > 0:
            foot.append(Span(f"{glyphs.more_below}{below} ", Role.MUTED))
        if not foot:
            foot.append(Span(f"{view.total} today ", Role.MUTED))
        title = [Span("ALERTS", Role.STRONG)]
        if view.alarms is not None:
            new = sum(alarm.state == "new" for alarm in view.alarms)
            title = [Span("ALARMS ", Role.STRONG)]
            title += [Span(f"{new} new", Role.BAD)] if new else [Span("none new", Role.MUTED)]
        return Frame(
            title=tuple(title),
            foot=tuple(foot),
            role=Role.INFO if self.has_focus else Role.FAINT,
            heavy=self.has_focus,
        )

    # --- moving -----------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        rows = self.view.rows if self.view else ()
        if not rows:
            raise SkipAction
        self._cursor = max(0, min(self._cursor + by, len(rows) - 1))
        fitting = self._fitting()
        self._top = max(self._cursor - fitting + 1, min(self._top, self._cursor))
        self.redraw()

    def action_page(self, by: int) -> None:
        self.action_move(by * max(1, self._fitting() - 1))

    def action_open(self) -> None:
        if self.selected is not None:
            self.post_message(self.Opened(self.selected))
        else:
            raise SkipAction

    def action_accept(self) -> None:
        """Accept the alarm at the top of the list, where nobody has yet."""
        alarms = self.view.alarms if self.view else None
        new = next((alarm for alarm in alarms or () if alarm.state != "accepted"), None)
        if new is not None:
            self.post_message(self.Accepted(new.number))

    def _scroll(self, by: int) -> None:
        self._top = max(0, self._top + by)
        self.redraw()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(-2)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(2)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if self.view is None or not 1 <= event.y < self.size.height - 1:
            return
        index = self._top + (event.y - 1 - self._above) // self._each(self.size.width)
        if event.y - 1 < self._above:
            self.action_accept()
        elif index < len(self.view.rows):
            self._cursor = index
            self.redraw()
            self.action_open()
