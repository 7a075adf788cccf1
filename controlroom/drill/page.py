"""The facilitator's page: one pane, with the injects that come next under a cursor."""

from __future__ import annotations

from textual.binding import Binding
from textual.message import Message

from controlroom.drill.page_lines import PagePicture, page_lines
from controlroom.tui.lines import Frame, Line, Span, blank, framed
from controlroom.tui.look import Role
from controlroom.tui.widgets.line_pane import LinePane


class Page(LinePane[PagePicture], can_focus=True):
    """What a drill has come to, and what comes next."""

    BINDINGS = [
        Binding("up", "choose(-1)", "choose", id="page.up", show=False),
        Binding("down", "choose(1)", "choose", id="page.choose"),
        Binding("f", "say('fire')", "fire now", id="page.fire"),
        Binding("h", "say('hold')", "hold", id="page.hold"),
        Binding("e", "say('release')", "release", id="page.release"),
        Binding("k", "say('skip')", "skip", id="page.skip"),
        Binding("w", "say('edit')", "other words", id="page.edit"),
        Binding("p", "screen.begin('probe')", "probe", id="page.probe"),
        Binding("c", "screen.begin('coach')", "hint", id="page.coach"),
        Binding("v", "screen.begin('voice')", "voice", id="page.voice"),
        Binding("m", "screen.begin('fault')", "malfunction", id="page.fault"),
        Binding("n", "screen.begin('note')", "note", id="page.note"),
        Binding("r", "screen.begin('back')", "go back", id="page.back"),
    ]

    class Wanted(Message):
        """A verb is meant for the inject under the cursor.

        Attributes:
            verb: of the facilitator.
            inject: its id.
        """

        def __init__(self, verb: str, inject: str) -> None:
            super().__init__()
            self.verb = verb
            self.inject = inject

    def __init__(self) -> None:
        super().__init__(id="page")
        self._chosen = ""

    @property
    def place(self) -> int:
        """Where the cursor is: on the inject that was chosen, or on the first."""
        coming = self.view.view.coming if self.view else ()
        ids = [each.id for each in coming]
        return ids.index(self._chosen) if self._chosen in ids else 0

    def action_choose(self, by: int) -> None:
        coming = self.view.view.coming if self.view else ()
        if coming:
            self._chosen = coming[(self.place + by) % len(coming)].id
            self.redraw()

    def action_say(self, verb: str) -> None:
        coming = self.view.view.coming if self.view else ()
        inject = coming[self.place].id if coming else ""
        self.post_message(self.Wanted(verb, inject))

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        if self.view is None:
            return tuple(blank(width) for _ in range(height))
        frame = Frame(
            title=(Span("THE DRILL", Role.STRONG),),
            badge=(Span("only you see this", Role.MUTED),),
            role=Role.INFO if self.has_focus else Role.FAINT,
            heavy=self.has_focus,
        )
        body = page_lines(
            self.view,
            self.place,
            max(1, width - 4),
            max(1, height - 2),
            self.glyphs,
        )
        return framed(frame, body, width, height, self.glyphs)
