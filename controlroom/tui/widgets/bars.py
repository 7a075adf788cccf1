"""The bars of one line: what the last key did, which keys there are, and the tabs of a small screen."""

from __future__ import annotations

from dataclasses import dataclass

import attrs
from textual import events
from textual.message import Message

from controlroom.sim.events import Tone
from controlroom.tui.lines import Line, Span, blank, cropped, cut, line, plain, spans_width
from controlroom.tui.look import Ground, Role
from controlroom.tui.widgets.answers import ROLES, tone_sign
from controlroom.tui.widgets.line_pane import LinePane


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
class Keys:
    """Keys that mean something at the moment.

    Attributes:
        shown: how the key is written, what it does, and its name for pressing it with the mouse
            (empty for one that cannot be); the most useful first.
    """

    shown: tuple[tuple[str, str, str], ...]


class KeyBar(LinePane[Keys]):
    """The keys of the moment; what does not fit is left out from the right."""

    def __init__(self) -> None:
        super().__init__(id="keys")
        self._ends: list[tuple[int, str]] = []

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        spans: list[Span] = [Span(" ")]
        self._ends = []
        for key, meaning, press in self.view.shown if self.view else ():
            pair = [Span(key, Role.KEY), Span(f" {plain(meaning)}   ", Role.MUTED)]
            if spans_width(spans) + spans_width(pair) - 3 > width:
                break
            spans += pair
            self._ends.append((spans_width(spans) - 2, press))
        return (Line(cropped(spans, width)),)[:height]

    def on_click(self, event: events.Click) -> None:
        event.stop()
        for end, press in self._ends:
            if event.x < end:
                if press:
                    self.app.simulate_key(press)
                return


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
        note = [Span(f"{tab.note} ", tab.role)] if tab.note else []
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
