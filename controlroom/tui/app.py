"""The app: which screen follows which, how it looks, and how it is left.

Screens say what happened with messages; only the app shows another screen, begins or closes a run
and ends the program. What a screen needs of scenarios and runs it asks of the library.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING, Final

from textual import on, work
from textual.app import App, SystemCommand
from textual.binding import Binding

from controlroom.tui.colours import css_colours
from controlroom.tui.library import Choice, Library
from controlroom.tui.look import speaks_unicode
from controlroom.tui.messages import Bell, HelpWanted, Leave, RunEnded
from controlroom.tui.screens.title import TitleScreen
from controlroom.tui.settings import Settings, load_settings, save_settings
from controlroom.tui.themes import THEMES, default_theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from rich.console import RenderableType
    from textual.screen import Screen

    from controlroom.runs.run import Run
    from controlroom.sim.start import Scenario

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


class ControlRoomApp(App[int]):
    """Control Room on a terminal, from the title to the result."""

    TITLE = "Control Room"
    CSS_PATH = ["app.tcss", "screens/title.tcss"]

    BINDINGS = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "Suspend", show=False, priority=True),
        Binding("f1", "help", "Help", show=False),
    ]

    def __init__(
        self,
        run: Run | None = None,
        *,
        speed: float = 1.0,
        briefing: bool = True,
        library: Library | None = None,
        settings: Settings | None = None,
    ) -> None:
        super().__init__()
        self.speed = speed
        """Simulated seconds in a second of the clock on the wall, to begin with."""
        self.settings = load_settings() if settings is None else settings
        """What the person has chosen, as it is kept."""
        self.plain_signs = self.settings.plain or not speaks_unicode(
            getattr(sys.__stderr__, "encoding", ""), os.environ.get("TERM", "")
        )
        """Draw with ASCII signs only."""
        self.run_shown: Run | None = run
        """The run that is under way, or whose result is shown."""
        self.error: Exception | None = None
        """What ended the program, where it was an error of its own."""
        self._briefing = briefing
        self._library = library or Library()
        self._choice = Choice()
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

    def watch_theme(self, name: str) -> None:
        """Keep the theme that the person picks."""
        if self.is_running and name != self.settings.theme:
            self._keep(self.settings._replace(theme=name))

    def _keep(self, settings: Settings) -> None:
        self.settings = settings
        if self._keeps_settings:
            save_settings(settings)

    @on(Bell)
    def _ring(self) -> None:
        if self.settings.bell:
            self.bell()

    # --- which screen follows which ---------------------------------------------------------------

    def get_default_screen(self) -> TitleScreen:
        # The title lies under every other screen, and is furnished when it is first seen.
        return TitleScreen(self._library, self._choice, plain=self.plain_signs)

    def on_mount(self) -> None:
        self._catch_signals()
        run = self.run_shown
        if run is None:
            return
        if run.ended:
            self._show_result(run)
        elif self._briefing:
            self._show_briefing(run.scenario)
        else:
            self._show_control_room(run)

    def _show(self, screen: Screen[None]) -> None:
        """Make `screen` the one that lies on the title."""
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if len(self.screen_stack) == 2:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def _show_title(self) -> None:
        self._let_go()
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def _show_briefing(self, scenario: Scenario) -> None:
        from controlroom.tui.screens.briefing import BriefingScreen

        run = self.run_shown
        choice = self._choice
        if run is not None:
            choice = Choice(scenario.id, "", run.mode.value, run.seed)
        self._show(BriefingScreen(scenario, choice))

    def _show_control_room(self, run: Run) -> None:
        from controlroom.tui.screens.control_room import ControlRoomScreen

        self.run_shown = run
        self._show(ControlRoomScreen(run, speed=self.speed))

    def _show_result(self, run: Run) -> None:
        from controlroom.tui.report import report_of
        from controlroom.tui.screens.result import ResultScreen

        run.close()
        self._show(ResultScreen(report_of(run)))

    @on(TitleScreen.Begin)
    def _chosen(self, event: TitleScreen.Begin) -> None:
        self._choice = event.choice
        self._show_briefing(event.scenario)

    @on(TitleScreen.Resume)
    def _resume_wanted(self, event: TitleScreen.Resume) -> None:
        self._resume(event.path)

    @work(thread=True, exclusive=True, group="run")
    def _resume(self, path: Path) -> None:
        from controlroom.runs.errors import RunError

        try:
            run = self._library.resume(path)
        except RunError as error:
            self.call_from_thread(self._say, str(error))
        else:
            self.call_from_thread(self._show_control_room, run)

    @work(thread=True, exclusive=True, group="run")
    def begin(self, scenario: Scenario, choice: Choice) -> None:
        """Begin a run as chosen, or the one that was handed over, and show the control room."""
        from controlroom.runs.errors import RunError

        run = self.run_shown
        try:
            if run is None:
                run = self._library.begin(scenario, choice)
        except RunError as error:
            self.call_from_thread(self._say, str(error))
        else:
            self.call_from_thread(self._show_control_room, run)

    @on(RunEnded)
    def _run_ended(self) -> None:
        if self.run_shown is not None:
            self._show_result(self.run_shown)

    def action_title(self) -> None:
        """Back to the title screen."""
        self._show_title()

    def action_play_again(self) -> None:
        """The same scenario, seed, mode and start once more."""
        run = self.run_shown
        if run is None:
            return
        scenario = run.scenario
        self._choice = again(run)
        self._let_go()
        self._show_briefing(scenario)

    def _let_go(self) -> None:
        run, self.run_shown = self.run_shown, None
        if run is not None:
            run.close()

    # --- help, and what is said -------------------------------------------------------------------

    @on(HelpWanted)
    def _help_wanted(self, event: HelpWanted) -> None:
        self.action_help(event.topic)

    def action_help(self, topic: str = "") -> None:
        """Help, with `topic` or the focused thing first."""
        from controlroom.tui.screens.help import HelpScreen, help_of

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(help_of(self.screen, topic), self.run_shown))

    def _say(self, text: str) -> None:
        """One line about what went wrong, where the person looks."""
        if isinstance(self.screen, TitleScreen):
            self.screen.say(text)
        else:
            self.notify(text, severity="warning", markup=False)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        yield SystemCommand("Help", "Keys, verbs and words", self.action_help)
        yield SystemCommand("Theme", "Dark, light, high contrast, colour-blind safe, 16 colours",
                            self.action_change_theme)  # fmt: skip
        bell = "off" if self.settings.bell else "on"
        yield SystemCommand(f"Bell {bell}", "Ring when something needs you", self.action_toggle_bell)
        yield SystemCommand("Save a picture", "The screen as an SVG file", self.deliver_screenshot)
        if not isinstance(screen, TitleScreen):
            yield SystemCommand("Title screen", "Leave this one", self.action_leave_for_title)
        yield SystemCommand("Quit", "Leave Control Room", self.action_quit)

    def action_toggle_bell(self) -> None:
        """Ring, or be silent, when something needs the person."""
        self._keep(self.settings._replace(bell=not self.settings.bell))

    # --- how it is left ---------------------------------------------------------------------------

    @property
    def _under_way(self) -> bool:
        """Whether leaving would interrupt a run."""
        run = self.run_shown
        return run is not None and not run.ended and not isinstance(self.screen, TitleScreen)

    async def action_quit(self) -> None:
        """Leave the program; asked twice it is done without another word."""
        self._leave(lambda: self.exit())

    @on(Leave)
    def action_leave_for_title(self) -> None:
        """Back to the title screen; an interrupted run is kept and offered there."""
        self._leave(self._show_title)

    def _leave(self, go: Callable[[], object]) -> None:
        from controlroom.tui.screens.leave import LeaveScreen

        if isinstance(self.screen, LeaveScreen) or not self._under_way:
            go()
            return
        run = self.run_shown
        assert run is not None
        self.push_screen(LeaveScreen(run), lambda leaves: go() if leaves else None)

    def _catch_signals(self) -> None:
        """Leave in order when the system asks; a closed terminal ends the process by itself."""
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            loop.add_signal_handler(number, self.exit, None, 128 + number)

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
