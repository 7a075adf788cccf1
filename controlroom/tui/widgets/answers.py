"""What was said and answered: the newest at the bottom, and a long answer from its first line on.

While something is typed, what it could become lies over the lower lines; nothing is laid out anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
from textual.binding import Binding

from controlroom.sim.events import Tone
from controlroom.sim.views import LineView
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
from controlroom.tui.look import Glyphs, Ground, Role
from controlroom.tui.widgets.line_pane import LinePane

if TYPE_CHECKING:
    from textual import events

_CLOCK: Final = 9
_WHO: Final = 4

ROLES: Final = {
    Tone.PLAIN: Role.TEXT,
    Tone.GOOD: Role.GOOD,
    Tone.NOTICE: Role.NOTICE,
    Tone.BAD: Role.BAD,
}


@attrs.frozen
class MenuItem:
    """One thing that the typed text could become.

    Attributes:
        label: what it would be.
        summary: what that does.
    """

    label: str
    summary: str


def tone_sign(tone: Tone, glyphs: Glyphs) -> str:
    """The sign before an answer."""
    return {
        Tone.PLAIN: glyphs.answer,
        Tone.GOOD: glyphs.good,
        Tone.NOTICE: glyphs.notice,
        Tone.BAD: glyphs.bad,
    }[tone]


def answer_rows(said: LineView, width: int, glyphs: Glyphs) -> list[Line]:
    """One line of the answers, wrapped to the width."""
    clock = Span(fit(said.clock, _CLOCK), Role.MUTED)
    if said.who:
        role, who, who_role = Role.STRONG, plain(said.who), Role.INFO
    else:
        role = ROLES[said.tone]
        who, who_role = tone_sign(said.tone, glyphs) if said.clock else "", role
    # A longer name than `you` moves its own line only.
    name = fit(who, _WHO) if len(who) < _WHO else f"{who} "
    room = max(8, width - _CLOCK - len(name))
    # What somebody said may have lines of its own.
    text = [row for said_line in said.text.split("\n") for row in wrapped(plain(said_line), room)]
    rows = [line(clock, Span(name, who_role), Span(text[0], role), width=width)]
    indent = Span(" " * (_CLOCK + len(name)))
    rows += [line(indent, Span(more, role), width=width) for more in text[1:]]
    return rows


class AnswersPane(LinePane[tuple[LineView, ...]], can_focus=True):
    """The answers, with a scrolled place that is kept while new ones arrive."""

    BINDINGS = [
        Binding("up", "scroll_by(1)", "older", show=False),
        Binding("down", "scroll_by(-1)", "newer", show=False),
        Binding("pageup", "page(1)", "older", show=False),
        Binding("pagedown", "page(-1)", "newer", show=False),
        Binding("home", "scroll_by(1000000)", "oldest", show=False),
        Binding("end", "scroll_by(-1000000)", "newest", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(id="answers")
        self._above = 0
        """Rows that are hidden below the lower edge; 0 follows the newest."""
        self._kept = False
        """The place was chosen by the person and is kept while new answers arrive."""
        self._unread = 0
        self._menu: tuple[MenuItem, ...] = ()
        self._picked = 0
        self._rows: list[Line] = []
        self._rows_of: tuple[object, ...] = ()

    def show(self, view: tuple[LineView, ...]) -> None:
        if view is self.view or view == self.view:
            return
        before = self.view or ()
        self.view = view
        self._arrived(before, view)
        self.redraw()

    def _arrived(self, before: tuple[LineView, ...], view: tuple[LineView, ...]) -> None:
        """Keep the place of somebody who has scrolled, and the top of an answer that is long."""
        width, room = self._room()
        if not (width and before):
            return
        last = before[-1]
        index = next((i for i in range(len(view) - 1, -1, -1) if view[i] == last), -1)
        fresh = view[index + 1 :]
        added = [len(answer_rows(said, width, self.glyphs)) for said in fresh]
        if self._kept and self._above:
            self._above += sum(added)
            self._unread += len(fresh)
            return
        # The newest answer begins at the last line that has a clock.
        begins = max((i for i, said in enumerate(fresh) if said.clock), default=0)
        self._above = max(0, sum(added[begins:]) - room) if fresh else 0

    def on_resize(self) -> None:
        # There may be room now for the rest of an answer that was cut.
        width, room = self._room()
        said = self.view or ()
        if width > 0 and said and not self._kept:
            begins = max((i for i, one in enumerate(said) if one.clock), default=0)
            rows = sum(len(answer_rows(one, width, self.glyphs)) for one in said[begins:])
            self._above = max(0, rows - room)
        super().on_resize()

    def offer(self, menu: tuple[MenuItem, ...], picked: int = 0) -> None:
        """Lay a menu over the lower lines; an empty one takes it away."""
        if (menu, picked) != (self._menu, self._picked):
            self._menu, self._picked = menu, picked
            self.redraw()

    # --- drawing ----------------------------------------------------------------------------------

    def _framed(self) -> bool:
        return self.size.height >= 4

    def _room(self) -> tuple[int, int]:
        """Width and height inside."""
        width, height = self.size
        return (width - 4, height - 2) if self._framed() else (width, height)

    def _all_rows(self, width: int) -> list[Line]:
        key = (self.view, width, self.glyphs)
        if key != self._rows_of:
            said = self.view or ()
            self._rows = [row for one in said for row in answer_rows(one, width, self.glyphs)]
            self._rows_of = key
        return self._rows

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        inner, room = self._room()
        inner, room = max(1, inner), max(1, room)
        rows = self._all_rows(inner)
        self._above = max(0, min(self._above, len(rows) - room))
        if not self._above:
            self._unread, self._kept = 0, False
        end = len(rows) - self._above
        body = list(rows[max(0, end - room) : end])
        body += [blank(inner)] * (room - len(body))
        menu = self._menu_lines(inner, room)
        if menu:
            body[room - len(menu) :] = menu
        if not self._framed():
            if self._above and not menu:
                more = Span(f" r {self.glyphs.more_below}{self._above} more", Role.INFO)
                body[-1] = ends(body[-1].spans, (more,), inner)
            return tuple(body)
        return framed(self._frame(end - room), body, width, height, self.glyphs)

    def _frame(self, hidden_above: int) -> Frame:
        glyphs = self.glyphs
        foot: list[Span] = []
        if hidden_above > 0:
            foot.append(Span(f"{glyphs.more_above}{hidden_above} ", Role.MUTED))
        if self._above:
            role = Role.NOTICE if self._unread else Role.INFO
            new = f", {self._unread} new" if self._unread else ""
            foot.append(Span(f"{glyphs.more_below}{self._above} more{new} ", role))
        return Frame(
            title=(Span("ANSWERS", Role.STRONG),),
            foot=tuple(foot),
            role=Role.INFO if self.has_focus else Role.FAINT,
            heavy=self.has_focus,
        )

    def _menu_lines(self, width: int, room: int) -> list[Line]:
        if not self._menu:
            return []
        count = min(len(self._menu), max(1, room))
        top = max(0, min(self._picked - count // 2, len(self._menu) - count))
        label = min(30, max(len(item.label) for item in self._menu) + 2)
        lines = []
        for index in range(top, top + count):
            item = self._menu[index]
            mine = index == self._picked
            sign = self.glyphs.prompt if mine else " "
            left = len(self._menu) - top - count
            more = f"  {left} more" if index == top + count - 1 and left else ""
            summary = cut(plain(item.summary), max(0, width - label - 3 - len(more)))
            lines.append(
                line(
                    Span(f" {sign} ", Role.INFO),
                    Span(fit(plain(item.label), label), Role.STRONG if mine else Role.TEXT),
                    Span(summary, Role.MUTED),
                    Span(more, Role.INFO),
                    width=width,
                    ground=Ground.CURSOR if mine else Ground.MENU,
                )
            )
        return lines

    # --- moving -----------------------------------------------------------------------------------

    def action_scroll_by(self, by: int) -> None:
        self._above = max(0, self._above + by)
        self._kept = True
        self.redraw()

    def follow(self) -> None:
        """Show the newest again; somebody has just asked for something."""
        self._above, self._kept = 0, False
        self.redraw()

    def action_page(self, by: int) -> None:
        self.action_scroll_by(by * max(1, self._room()[1] - 1))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_scroll_by(2)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_scroll_by(-2)
