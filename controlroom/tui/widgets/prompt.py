"""The command line: typing, completion, history, and the one question before something dangerous.

Not Textual's Input: that lays the screen out anew with every character, and its keys are not ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.actions import SkipAction
from textual.binding import Binding
from textual.geometry import Offset
from textual.message import Message

from controlroom.sim.commands.grammar import MAX_TEXT
from controlroom.tui.completing import Completing
from controlroom.tui.editor import History, LineEditor
from controlroom.tui.lines import Line, Span, cropped, plain, width_of
from controlroom.tui.look import Ground
from controlroom.tui.widgets.answers import MenuItem
from controlroom.tui.widgets.line_pane import LinePane
from controlroom.tui.widgets.prompt_lines import (
    aside_line,
    invitation_line,
    question_line,
    typed_line,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

    from controlroom.sim.commands import Completion

_ASKED: Final = "y does it; n, enter and esc leave it"


def is_text(event: events.Key) -> bool:
    """Whether a key is a character that is typed, and no shortcut that has one."""
    return event.is_printable and not event.key.startswith(("alt+", "ctrl+", "super+", "meta+"))


class Prompt(LinePane[str], can_focus=True):
    """The line at the bottom. While it has the focus, every letter is text."""

    BINDINGS = [
        Binding("enter", "submit", "give", show=False),
        Binding("tab", "complete(1)", "complete", show=False),
        Binding("shift+tab", "complete(-1)", "complete backwards", show=False),
        Binding("up", "older", "older", show=False),
        Binding("down", "newer", "newer", show=False),
        Binding("left", "edit('left')", "left", show=False),
        Binding("right", "forward", "right, or take the completion", show=False),
        Binding("home,ctrl+a", "edit('home')", "start", show=False),
        Binding("end,ctrl+e", "edit('end')", "end", show=False),
        Binding("ctrl+left,alt+b", "edit('word_left')", "word left", show=False),
        Binding("ctrl+right,alt+f", "edit('word_right')", "word right", show=False),
        Binding("backspace", "edit('backspace')", "delete", show=False),
        Binding("delete,ctrl+d", "edit('delete')", "delete", show=False),
        Binding("ctrl+w,alt+backspace", "edit('delete_word')", "delete word", show=False),
        Binding("ctrl+u", "edit('delete_to_start')", "delete before", show=False),
        Binding("ctrl+k", "edit('delete_to_end')", "delete after", show=False),
        Binding("escape", "leave", "leave", show=False),
        Binding("ctrl+c", "clear", "clear", show=False),
    ]

    @dataclass
    class Submitted(Message):
        """A line is to be carried out.

        Attributes:
            text: as typed.
        """

        text: str

    @dataclass
    class Edited(Message):
        """What is typed, or what it could become, has changed.

        Attributes:
            menu: what it could become.
            picked: which of these the tab key has put in, -1 for none.
        """

        menu: tuple[MenuItem, ...]
        picked: int

    @dataclass
    class Told(Message):
        """A key or a paste did not do what it does elsewhere.

        Attributes:
            text: why, in one sentence.
        """

        text: str

    @dataclass
    class Decided(Message):
        """The question was answered.

        Attributes:
            yes: do it.
        """

        yes: bool

    def __init__(
        self,
        complete: Callable[[str], tuple[Completion, ...]],
        usage: Callable[[str], str],
        history: History | None = None,
        invitation: str = "and type a command",
    ) -> None:
        super().__init__(id="prompt")
        self.editor = LineEditor()
        self.history = history or History()
        self.question = ""
        """What is being asked; while it is, only y and n mean something."""
        self._completing = Completing(self.editor, complete)
        self._usage = usage
        self._invitation = invitation
        self._begun = ""
        self._refused = False

    @property
    def value(self) -> str:
        """What is typed."""
        return self.editor.text

    @property
    def line(self) -> str:
        """What is typed as a command: the key that leads here is no part of it."""
        return self.editor.text.strip().lstrip(": ")

    def put(self, text: str, cursor: int | None = None) -> None:
        """Put a line in for the person to go on with."""
        self._begun = text
        self.editor.set(text, cursor)
        self._changed()

    def ask(self, question: str) -> None:
        """Ask once; `Decided` follows."""
        self.question = question
        self.post_message(self.Edited((), -1))
        self.redraw()

    def settle(self, *, yes: bool) -> None:
        """Take the question away and say how it was answered."""
        self.question = ""
        self.redraw()
        self.post_message(self.Decided(yes))

    # --- drawing ----------------------------------------------------------------------------------

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        ground = Ground.MENU if self.has_focus or self.question else Ground.PLAIN
        return (Line(cropped(self._spans(width), width), ground),)[:height]

    def _spans(self, width: int) -> list[Span]:
        if self.question:
            return question_line(self.question, width, self.glyphs)
        if self.has_focus:
            ghost, hint = self._completing.ghost(), self._usage(self.editor.text)
            return typed_line(self.editor, ghost, hint, width, self.glyphs)
        if self.editor.text:
            return aside_line(self.editor, width, self.glyphs)
        return invitation_line(self._invitation, self.glyphs)

    def redraw(self) -> None:
        super().redraw()
        if self.has_focus and self.is_mounted:
            # Where the terminal puts what an input method composes.
            x = min(
                self.size.width - 1, 3 + width_of(plain(self.editor.text[: self.editor.cursor]))
            )
            self.app.cursor_position = self.content_region.offset + Offset(x, 0)

    # --- typing -----------------------------------------------------------------------------------

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        if self.question:
            event.stop()
            event.prevent_default()
            if event.key in {"y", "Y", "n", "N", "escape", "enter", "ctrl+c"}:
                self.settle(yes=event.key in {"y", "Y"})
            else:
                self.post_message(self.Told(_ASKED))
        elif is_text(event) and event.character is not None:
            event.stop()
            event.prevent_default()
            if event.character == ":" and self._refused:
                self._lay_aside()  # whoever begins anew does not mend what was refused
            if event.character == ":" and not self.editor.text[: self.editor.cursor].strip():
                return  # the key that leads here, pressed again
            self._insert(event.character)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        if self.question:
            self.post_message(self.Told(_ASKED))
        else:
            self.paste(event.text)

    def paste(self, text: str) -> None:
        """Put pasted text in; it is given by nothing but the enter key."""
        lines = [line for line in text.splitlines() if line.strip()]
        if lines:
            # A command is one line; the others would be given unread.
            self._insert(lines[0])
        if len(lines) > 1:
            self.post_message(
                self.Told(
                    f"of {len(lines)} pasted lines the first was taken; a command is one line"
                )
            )

    def _insert(self, text: str) -> None:
        if self.editor.insert(text):
            self.post_message(
                self.Told(f"a line has at most {MAX_TEXT} characters; the rest is left out")
            )
        self._changed()

    def _changed(self) -> None:
        self._refused = False
        self.history.rest()
        self._completing.offer()
        self._say()

    def _say(self) -> None:
        offered = self._completing.options if self.has_focus else ()
        menu = tuple(MenuItem(option.label, option.summary) for option in offered)
        self.post_message(self.Edited(menu, self._completing.picked))
        self.redraw()

    def on_mount(self) -> None:
        super().on_mount()
        self.watch(self, "has_focus", self._say, init=False)

    def on_blur(self) -> None:
        # Whoever goes to another pane has not said yes; another window is no pane.
        if self.question and self.screen.focused not in (None, self):
            self.settle(yes=False)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.editor.cursor = min(len(self.editor.text), max(0, event.x - 3))
        self._completing.offer()
        self._say()

    # --- keys -------------------------------------------------------------------------------------

    def action_edit(self, what: str) -> None:
        before = self.editor.text
        getattr(self.editor, what)()
        if self.editor.text != before:
            self._changed()
        else:
            self._completing.offer()
            self._say()

    def action_forward(self) -> None:
        if self._completing.ghost():
            self._completing.take()
            self.history.rest()
            self._say()
        else:
            self.action_edit("right")

    def action_complete(self, by: int) -> None:
        if self._completing.options:
            self._completing.turn(by)
            self.history.rest()
            self._say()
        elif not self.editor.text.strip():
            raise SkipAction

    def action_older(self) -> None:
        self._recall(self.history.older(self.editor.text))

    def action_newer(self) -> None:
        self._recall(self.history.newer())

    def _recall(self, line: str | None) -> None:
        if line is not None:
            self.editor.set(line)
            self._completing.nothing()
            self._say()

    def action_submit(self) -> None:
        if self.line:
            self.post_message(self.Submitted(self.line))
        else:
            self.post_message(self.Told("nothing is typed; tab shows what there is, esc leaves"))

    def action_clear(self) -> None:
        """Begin the line anew; in an empty one the key is the screen's."""
        if self.screen.selections or not self.editor.text:
            raise SkipAction
        self._lay_aside()
        self.post_message(self.Told("the line is laid aside; the up key has it, esc leaves"))

    def action_leave(self) -> None:
        """What was typed and not given waits in the history; the rest is the screen's."""
        self._lay_aside()
        raise SkipAction

    def _lay_aside(self) -> None:
        if self.editor.text != self._begun:
            self.history.lay_aside(self.line)
        self.put("")

    def refused(self) -> None:
        """What was typed was not carried out: it stands there to be mended."""
        self._refused = True

    def done(self) -> None:
        """What was typed has been carried out: remember it and begin a new line."""
        self.history.add(self.line)
        self.put("")
