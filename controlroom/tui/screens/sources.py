"""Where history comes from: the sources, the record's statements, and inferred names as such."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from controlroom.tui.screens import result_text
from controlroom.tui.screens.keyline import KeyLine
from controlroom.tui.screens.section import Section

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from controlroom.tui.report import Report


class SourcesScreen(Screen[None]):
    """A page to be read and left."""

    CSS_PATH = "result.tcss"
    AUTO_FOCUS = "#page"

    BINDINGS = [
        Binding("escape,s", "dismiss", "back"),
        Binding("q", "app.quit", "quit"),
    ]

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report

    def compose(self) -> ComposeResult:
        yield Static(Content.styled("Sources", "$strong bold"), id="title")
        with VerticalScroll(id="page"):
            yield Section(lambda width: result_text.sources(self.report, min(width, 110)))
        yield KeyLine()
