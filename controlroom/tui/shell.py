"""What the app is before it has screens: looks, settings, and an orderly end whatever happens.

An error of the program is kept for the launcher, which says it in one sentence once the terminal is
as it was. The system's wish to end the program is followed, and so is a hang-up, as long as there
is a terminal to put back; one that is closed ends it at once, and the journal lacks nothing then.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from textual import on
from textual.binding import Binding
from textual.command import CommandPalette, Provider

from controlroom.tui.colours import css_colours
from controlroom.tui.look import speaks_unicode
from controlroom.tui.messages import Bell
from controlroom.tui.settings import Settings, load_settings, save_settings
from controlroom.tui.terminal import terminal_is_there
from controlroom.tui.themes import (
    COLOUR_BLIND,
    CONTRAST,
    DARK,
    LIGHT,
    NATIVE,
    THEMES,
    default_theme,
)
from controlroom.tui.typeahead import OrderedKeys

if TYPE_CHECKING:
    from rich.console import RenderableType

OURS: Final = {
    DARK: "Dark",
    LIGHT: "Light",
    CONTRAST: "High contrast",
    COLOUR_BLIND: "Colour-blind safe",
    NATIVE: "The terminal's own sixteen colours",
}
"""Our themes with a word about each, in the order in which they are offered."""

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


class OrderedPalette(CommandPalette):
    """The palette with the screen's own commands first; Textual asks them in no fixed order."""

    BINDINGS = [Binding("ctrl+c", "dismiss", show=False)]

    @property
    def _provider_classes(self) -> set[type[Provider]]:
        found = super()._provider_classes
        screen = self._calling_screen
        ours = [kind for kind in found if screen and kind in screen.COMMANDS]
        ours.sort(key=lambda kind: kind.__name__)
        others = sorted(found - set(ours), key=lambda kind: kind.__name__)
        return [*ours, *others]  # type: ignore[return-value]  # it is only gone through


class Shell(OrderedKeys):
    """An app with our looks, a person's settings and no tracebacks."""

    def __init__(self, settings: Settings | None) -> None:
        """Prepare the app.

        Args:
            settings: in place of those that are kept; then changes are not kept either.
        """
        super().__init__()
        self.settings = load_settings() if settings is None else settings
        """What the person has chosen."""
        self.plain_signs = self.settings.plain or not speaks_unicode(
            getattr(sys.__stderr__, "encoding", ""), os.environ.get("TERM", "")
        )
        """Draw with ASCII signs only."""
        self.error: Exception | None = None
        """What ended the program, where it was an error of its own."""
        self._keeps_settings = settings is None
        self._dress()

    # --- how it looks -----------------------------------------------------------------------------

    def _dress(self) -> None:
        """Register the themes and put on the one that was chosen, before anything is parsed."""
        for theme in THEMES:
            self.register_theme(theme)
        chosen = self.settings.theme
        if chosen not in self.available_themes:
            chosen = default_theme(self.console.color_system)
        self.theme = chosen
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return css_colours(self.current_theme)

    def action_change_theme(self) -> None:
        """Choose a theme: ours with a word about each, then Textual's own by name."""
        others = sorted(set(self.available_themes) - set(OURS))
        self.search_commands(
            [
                *((words, partial(self._wear, name), name) for name, words in OURS.items()),
                *((name, partial(self._wear, name), None) for name in others),
            ],
            "A theme: type a part of its name",
        )

    def _wear(self, name: str) -> None:
        self.theme = name

    def watch_theme(self, name: str) -> None:
        """Keep the theme that the person picks."""
        if self.is_running and name != self.settings.theme:
            self._keep(self.settings._replace(theme=name))

    def _keep(self, settings: Settings) -> None:
        self.settings = settings
        if self._keeps_settings:
            save_settings(settings)

    def action_command_palette(self) -> None:
        if not CommandPalette.is_open(self):  # type: ignore[arg-type]
            self.push_screen(OrderedPalette(id="--command-palette"))

    @on(Bell)
    def _ring(self) -> None:
        if self.settings.bell:
            self.bell()

    def action_toggle_bell(self) -> None:
        """Ring, or be silent, when something needs the person."""
        self._keep(self.settings._replace(bell=not self.settings.bell))

    # --- what time it is --------------------------------------------------------------------------

    def clockwork(self) -> dict[str, Any]:
        """What a room is told of clock and frames beyond its own; a film has a clock for them."""
        return {}

    # --- how it ends ------------------------------------------------------------------------------

    def on_load(self) -> None:
        """Leave in order when the system asks, and at once where the terminal is gone."""
        if self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            loop.add_signal_handler(number, self.exit, None, 128 + number)
        # Also where it was ignored, as by nohup: a screen without a terminal is of use to nobody.
        loop.add_signal_handler(signal.SIGHUP, self._hung_up)

    def _hung_up(self) -> None:
        """A hang-up: in order while there is a terminal, and at once without one."""
        if terminal_is_there():
            self.exit(None, 128 + signal.SIGHUP)
            return
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGHUP)

    def _handle_exception(self, error: Exception) -> None:
        if self.error is None:
            self.error = error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        # Textual would print a traceback; the launcher says one sentence and keeps it in a file.
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """End the program; what there is to say goes to the log."""
        if self.error is None:
            self.error = RuntimeError("\n".join(map(str, renderables)) or "the screen was lost")
        self._close_messages_no_wait()
