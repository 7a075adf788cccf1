"""The app: which screen follows which, and how it is left.

Screens say what happened with messages; only the app shows another screen, begins or closes a run
and ends the program. What a screen needs of scenarios and runs it asks of the library. The title
lies under every other screen, so leaving one is coming back to it.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.app import SystemCommand
from textual.binding import Binding

from controlroom.tui.library import Choice, Library
from controlroom.tui.messages import DebriefWanted, FollowingWanted, HelpWanted, Leave, RunEnded
from controlroom.tui.recorded import Recorded
from controlroom.tui.recorder import Filmed
from controlroom.tui.screens.title import TitleScreen
from controlroom.tui.threads import LeftError, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from textual.screen import Screen

    from controlroom.debrief.reading import Reading
    from controlroom.runs.fold import Progress
    from controlroom.runs.run import Run
    from controlroom.sim.start import Scenario
    from controlroom.tui.editor import History
    from controlroom.tui.report import Report
    from controlroom.tui.screens.briefing import BriefingScreen
    from controlroom.tui.screens.debrief import Asked
    from controlroom.tui.settings import Settings


class ControlRoomApp(Recorded, Filmed):
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
        briefing: bool | None = None,
        library: Library | None = None,
        settings: Settings | None = None,
    ) -> None:
        """Prepare the app; nothing is shown before it runs.

        Args:
            run: what to play; without one the title opens.
            speed: simulated seconds in a second of the clock on the wall, to begin with.
            briefing: show the briefing before `run`; by default where it has only just begun.
            library: where scenarios and runs come from.
            settings: in place of those that are kept; then changes are not kept either.
        """
        super().__init__(settings)
        self.run_shown = run
        """The run that is under way or about to be."""
        self._speed = speed
        self._briefing = briefing
        self._library = library or Library()
        self._choice = Choice()
        self._prompt_lines: History | None = None
        self.opening: Asked | None = None
        """A debrief to show in place of everything else; leaving it is leaving the program."""
        self._ended: tuple[Path, Reading] | None = None
        """The run that has just ended, so that its debrief need not fold it again."""

    # --- which screen follows which ---------------------------------------------------------------

    def get_default_screen(self) -> TitleScreen:
        return TitleScreen(self._library, plain=self.plain_signs, offer=not self.settings.offered)

    def on_mount(self) -> None:
        if self.opening is not None:
            self._push_debrief(self.opening, alone=True)
        if self.opening_replay is not None:
            replay, at, seat = self.opening_replay
            self.show_replay(replay, at=at, seat=seat, alone=True)
        run = self.run_shown
        if run is None:
            return
        self._choice = self._library.choice_of(run)
        fresh = self._library.is_fresh(run) if self._briefing is None else self._briefing
        if run.ended:
            self._run_over(run)
        elif fresh:
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

    def _lines_typed(self) -> History:
        """What was typed before: in this program, and in others where settings are kept."""
        if self._prompt_lines is None:
            from controlroom.tui.editor import History
            from controlroom.tui.typed import remembered

            self._prompt_lines = remembered() if self._keeps_settings else History()
        return self._prompt_lines

    def _show_title(self) -> None:
        self._let_go()
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def _show_briefing(self, scenario: Scenario) -> None:
        from controlroom.tui.screens.briefing import BriefingScreen

        fixed = self.run_shown is not None and not self._library.is_fresh(self.run_shown)
        self._show(BriefingScreen(scenario, self._choice, fixed=fixed))

    def _show_control_room(self, run: Run, *, paused: bool = False, forked: str = "") -> None:
        from controlroom.tui.screens.control_room import ControlRoomScreen

        self.run_shown = run
        room = ControlRoomScreen(
            run, speed=self._speed, typed=self._lines_typed(), **self.clockwork()
        )
        room.forked = forked or self.forked_at(run)
        room.pacing.pause(paused)
        self._show(room)
        if run.mended:
            self.notify(run.mended, timeout=10, markup=False)

    def _show_result(self, report: Report) -> None:
        from controlroom.tui.screens.result import ResultScreen

        self._choice = self._choice._replace(start=report.start, mode=report.mode, seed=report.seed)
        # Where no run is on record there is none to stand beside this one.
        reference = (
            partial(self._library.reference, report.scenario, report.seed)
            if report.scenario.reference
            else None
        )
        self._show(ResultScreen(report, reference, plain=self.plain_signs))

    def on_title_screen_begin(self, event: TitleScreen.Begin) -> None:
        """The person has chosen what to play."""
        self._choice = event.choice
        self._show_briefing(event.scenario)

    def on_title_screen_offered(self) -> None:
        """The first shift was offered, which is done once."""
        self._keep(self.settings._replace(offered=True))

    def on_title_screen_resume(self, event: TitleScreen.Resume) -> None:
        """The person goes on with the last run."""
        self._resume(event.path)

    def on_briefing_screen_start(self, event: BriefingScreen.Start) -> None:
        """The person has read the briefing."""
        run = self.run_shown
        if run is None:
            self._begin(event.scenario)
        elif event.scenario.same_start(run.scenario):
            self._show_control_room(run)
        else:
            self.run_shown = None
            self._begin_otherwise(run, event.scenario)

    @work(thread=True, exclusive=True, group="run")
    def _begin(self, scenario: Scenario) -> None:
        self._in_turn(partial(self._library.begin, scenario, self._choice), self._show_control_room)

    @work(thread=True, exclusive=True, group="run")
    def _begin_otherwise(self, run: Run, scenario: Scenario) -> None:
        """Begin again with other switches what nobody has played yet."""
        begin = partial(self._library.begin_otherwise, run, scenario, self._choice)
        self._in_turn(begin, self._show_control_room)

    @work(thread=True, exclusive=True, group="run")
    def _resume(self, path: Path, *, paused: bool = False) -> None:
        def show(run: Run) -> None:
            self._let_go()
            self._choice = self._library.choice_of(run)
            self._show_control_room(run, paused=paused)

        self._in_turn(partial(self._library.resume, path), show)

    @work(thread=True, exclusive=True, group="run")
    def _look_back(self, path: Path) -> None:
        self._in_turn(partial(self._library.report, path), self._show_result)

    def _in_turn(self, make: Callable[[Progress], Any], show: Callable[[Any], None]) -> None:
        """Make something away from the screen, then show it; say why where that fails."""
        from controlroom.runs.errors import RunError

        try:
            made = make(told(self, self._say_progress))
        except RunError as error:
            self.call_later(self._say, str(error))
        except LeftError:
            return
        else:
            self.call_later(show, made)

    def _say_progress(self, done: int, whole: int) -> None:
        say = getattr(self.screen, "say_progress", None)
        if say is not None:
            say(done, whole)

    @on(RunEnded)
    def _run_ended(self) -> None:
        if self.run_shown is not None:
            self._run_over(self.run_shown)

    def _run_over(self, run: Run) -> None:
        from controlroom.tui.report import report_of

        report = report_of(run.simulation, run.journal, self._choice.start)
        self._let_go()
        self._keep_for_debrief(run)
        self._show_result(report)

    def _keep_for_debrief(self, run: Run) -> None:
        """Keep a run that is over; only where its journal says what it was started from."""
        from controlroom.debrief.reading import reading_of
        from controlroom.runs.errors import RunError
        from controlroom.runs.journal import read_journal

        self._ended = None
        with suppress(RunError):
            if run.journal is not None:
                journal = read_journal(run.journal)
                noted = [note for _, note in journal.noted]
                name = run.journal.name
                reading = reading_of(run.simulation, journal.header, name, noted)
                self._ended = run.journal, reading

    @on(DebriefWanted)
    def _debrief_wanted(self, event: DebriefWanted) -> None:
        self.show_debrief(event.path)

    def show_debrief(self, path: Path, seeds: int = 0) -> None:
        """Show the debrief of a journal, and play that many other seeds for it."""
        from controlroom.tui.screens.debrief import Asked

        run = self._ended[1] if self._ended and self._ended[0] == path else path
        asked = Asked(path, partial(self._library.debrief, run), self._library.luck, seeds)
        self._push_debrief(asked)

    def _push_debrief(self, asked: Asked, *, alone: bool = False) -> None:
        from controlroom.tui.screens.debrief import DebriefScreen

        self.push_screen(DebriefScreen(asked, plain=self.plain_signs, alone=alone))

    @on(FollowingWanted)
    def _following_wanted(self, event: FollowingWanted) -> None:
        self._show_following(event.scenario)

    @work(thread=True, exclusive=True, group="run")
    def _show_following(self, name: str) -> None:
        from controlroom.scenario import ScenarioError

        try:
            scenario = self._library.load(name)
        except ScenarioError as error:
            self.call_later(self._say, str(error))
        else:
            self.call_later(self._begin_following, scenario)

    def _begin_following(self, scenario: Scenario) -> None:
        start = scenario.marks[0].id if scenario.marks else ""
        self._choice = Choice(start, self._choice.mode)
        self._show_briefing(scenario)

    def action_play_again(self) -> None:
        """The same scenario, seed, mode and start once more."""
        from controlroom.tui.screens.result import ResultScreen

        if isinstance(self.screen, ResultScreen):
            self._show_briefing(self.screen.report.scenario)

    def _let_go(self) -> None:
        run, self.run_shown = self.run_shown, None
        if run is not None:
            run.close()

    # --- help, and what is said -------------------------------------------------------------------

    @on(HelpWanted)
    def _help_wanted(self, event: HelpWanted) -> None:
        self.action_help(event.topic)

    def action_help(self, topic: str = "") -> None:
        """Help, with `topic` or what the screen is about first."""
        from controlroom.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            run = self.run_shown if self._under_way else None
            about = "" if topic else self.screen.HELP or ""
            recorded = self.screen.has_class("-recorded")
            mode = run.mode if run else None
            help_of = getattr(self.screen, "help_of", None)
            own = help_of(topic) if help_of is not None else ()
            self.push_screen(HelpScreen(topic, about, mode, recorded=recorded, own=own))

    def _say(self, text: str) -> None:
        """One line about what went wrong, where the person looks."""
        say = getattr(self.screen, "say", None)
        if say is None:
            self.notify(text, severity="warning", markup=False)
        else:
            say(text)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        yield SystemCommand("Help", "Keys, verbs and words", self.action_help)
        themes = "Dark, light, high contrast, colour-blind safe, sixteen colours"
        yield SystemCommand("Theme", themes, self.action_change_theme)
        bell = "Bell off" if self.settings.bell else "Bell on"
        yield SystemCommand(bell, "Ring when something needs you", self.action_toggle_bell)
        if self.recorder is not None:
            record = "End the recording" if self.recorder.path else "Record"
            yield SystemCommand(record, "The session as a film (.cast)", self.action_record)
        yield SystemCommand("Save a picture", "The screen as an SVG file", self.deliver_screenshot)
        if not isinstance(screen, TitleScreen):
            yield SystemCommand("Title", "Back to the title screen", self.action_leave_for_title)
        yield SystemCommand("Quit", "Leave Control Room", self.action_quit)

    # --- how it is left ---------------------------------------------------------------------------

    @property
    def _under_way(self) -> bool:
        """Whether leaving would interrupt a run."""
        run = self.run_shown
        return run is not None and not run.ended and not isinstance(self.screen, TitleScreen)

    async def action_quit(self) -> None:
        """Leave the program; asked twice it is done without another word."""
        self._leave(self.exit)

    def action_leave_for_title(self) -> None:
        """Back to the title screen; an interrupted run is kept and offered there."""
        self._leave(self._show_title)

    @on(Leave)
    def _leave_wanted(self) -> None:
        self._leave(self.exit)

    def _leave(self, go: Callable[[], object]) -> None:
        """Go, or ask first where a run is under way."""
        from controlroom.tui.screens.leave import LeaveScreen

        def answered(answer: str | None) -> None:
            if answer == "quit":
                self.exit()
            elif answer == "title":
                self._show_title()

        run = self.run_shown
        if run is None or not self._under_way or isinstance(self.screen, LeaveScreen):
            go()
        else:
            self.push_screen(LeaveScreen(run), answered)

    def close_run(self) -> None:
        """See that the journal of a run that is under way is whole, and so is a recording."""
        if self.recorder is not None:
            self.recorder.end()
        self._let_go()
