"""The bars of one line: what the last key did, which keys there are, and the tabs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import attrs
from textual.message import Message

from controlroom.sim.events import Tone
from controlroom.tui.lines import (
    Line,
    Span,
    blank,
    cropped,
    cut,
    line,
    plain,
    spans_width,
    width_of,
)
from controlroom.tui.look import Ground, Role
from controlroom.tui.widgets.answers import ROLES, tone_sign
from controlroom.tui.widgets.line_pane import LinePane

if TYPE_CHECKING:
    from textual import events


@attrs.frozen
class Status:
    """What the last key or word came to.

    Attributes:
        text: one sentence, or empty.
        tone: how it should be read.
    """

    text: str
    tone: Tone = Tone.PLAIN


class StatusBar(LinePane[Status]):
    """Every key gets an answer, and it stands here."""

    def __init__(self) -> None:
        super().__init__(id="status")

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        status = self.view
        if status is None or not status.text:
            return (blank(width),)[:height]
        role = Role.MUTED if status.tone is Tone.PLAIN else ROLES[status.tone]
        sign = tone_sign(status.tone, self.glyphs)
        text = cut(plain(status.text), width - 4, self.glyphs.ellipsis)
        return (line(Span(f" {sign} ", role), Span(text, role), width=width),)[:height]


@attrs.frozen
class Key:
    """A key that means something at the moment.

    Attributes:
        shown: how it is written.
        meaning: what it does.
        press: its name, for pressing it with the mouse; empty for one that cannot be.
    """

    shown: str
    meaning: str
    press: str = ""


@attrs.frozen
class Keys:
    """What the last line shows.

    Attributes:
        shown: keys of the state that the screen is in, the most useful first.
        always: keys that must be seen, however little room there is.
    """

    shown: tuple[Key, ...]
    always: tuple[Key, ...] = ()


class KeyBar(LinePane[Keys]):
    """The keys of the moment. Those that always work stay, at the right; a click presses one."""

    def __init__(self) -> None:
        super().__init__(id="keys")
        self._ends: list[tuple[int, str]] = []

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        keys = self.view or Keys(())
        self._ends = []
        spans: list[Span] = [Span(" ")]
        room = width - sum(_key_width(key) for key in keys.always)
        self._add(spans, keys.shown, room)
        at = spans_width(spans)
        if keys.always and room > at:
            spans.append(Span(" " * (room - at)))
        self._add(spans, keys.always, width + 3)
        return (Line(cropped(spans, width)),)[:height]

    def _add(self, spans: list[Span], keys: tuple[Key, ...], room: int) -> None:
        for key in keys:
            if spans_width(spans) + _key_width(key) > room:
                break
            spans += [Span(key.shown, Role.KEY), Span(f" {plain(key.meaning)}   ", Role.MUTED)]
            self._ends.append((spans_width(spans) - 2, key.press))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        for end, press in self._ends:
            if event.x < end:
                if press:
                    self.app.simulate_key(press)
                return


def _key_width(key: Key) -> int:
    return width_of(key.shown) + width_of(key.meaning) + 4


@attrs.frozen
class Tab:
    """One tab.

    Attributes:
        id: `servers`, `alerts`, `money` or `answers`.
        title: its name.
        note: what cannot wait until it is opened.
        role: of the note.
    """

    id: str
    title: str
    note: str = ""
    role: Role = Role.MUTED


@attrs.frozen
class Tabs:
    """All tabs.

    Attributes:
        tabs: from left to right.
        active: id of the one shown.
    """

    tabs: tuple[Tab, ...]
    active: str


class TabBar(LinePane[Tabs]):
    """The tabs, with what each has to say while another is open."""

    @dataclass
    class Chosen(Message):
        """A tab was clicked.

        Attributes:
            tab: its id.
        """

        tab: str

    def __init__(self) -> None:
        super().__init__(id="tabs")

    def _cells(self, tab: Tab) -> list[Span]:
        active = self.view is not None and tab.id == self.view.active
        title = Span(f" {tab.title} ", Role.STRONG if active else Role.TEXT)
        if active:
            title = Span(f"[{tab.title}]", Role.INFO)
        note = [Span(f" {tab.note} " if active else f"{tab.note} ", tab.role)] if tab.note else []
        return [title, *note, Span(" ")]

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        spans = [span for tab in (self.view.tabs if self.view else ()) for span in self._cells(tab)]
        return (Line(cropped(spans, width), Ground.MENU),)[:height]

    def on_click(self, event: events.Click) -> None:
        event.stop()
        end = 0
        for tab in self.view.tabs if self.view else ():
            end += spans_width(self._cells(tab))
            if event.x < end:
                self.post_message(self.Chosen(tab.id))
                return
