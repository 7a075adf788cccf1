"""What the screen of every person in a drill has: the host behind it, a way out, and help."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual import on
from textual.binding import Binding

from controlroom.drill.seat_screen import SeatScreen
from controlroom.tui import app as tui_app
from controlroom.tui.messages import HelpWanted
from controlroom.tui.shell import Shell

if TYPE_CHECKING:
    from controlroom.drill.host import Host
    from controlroom.tui.settings import Settings


_STYLE: Final = Path(inspect.getfile(tui_app)).with_name("app.tcss")


class DrillApp(Shell):
    """An app that shows a drill."""

    # In full: Textual looks beside the class that it runs, which may be in another folder.
    CSS_PATH = [_STYLE]
    TITLE = "Control Room"
    BINDINGS = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
        Binding("f1", "help", "Help", show=False),
    ]

    def __init__(self, host: Host, settings: Settings | None) -> None:
        """Prepare the app.

        Args:
            host: of the drill.
            settings: in place of those that are kept.
        """
        super().__init__(settings)
        self.host = host

    @on(HelpWanted)
    def _help_wanted(self, event: HelpWanted) -> None:
        self.action_help(event.topic)

    def action_help(self, topic: str = "") -> None:
        """Help, with `topic` or what the screen is about first."""
        from controlroom.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            own = self.screen.help_of(topic) if isinstance(self.screen, SeatScreen) else ()
            self.push_screen(HelpScreen(topic, "", None, own=own))
