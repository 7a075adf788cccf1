"""What the app does with recorded runs: list them, replay them, take them over, go back to them.

A run that is taken over stays as it is: the new one has a journal of its own, and the word
`original` leads back, to the replay or to the run that was being played.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from textual import on, work

from controlroom.runs.errors import JournalError, RunError
from controlroom.tui.library import Choice, Library
from controlroom.tui.messages import OriginalWanted, ReplayLeft, ReplayWanted, TakeOverWanted
from controlroom.tui.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.screen import Screen

    from controlroom.runs.fold import Progress
    from controlroom.runs.replay import Replay
    from controlroom.runs.run import Run
    from controlroom.tui.screens.past_runs import PastRunsScreen
    from controlroom.tui.screens.title import TitleScreen
    from controlroom.tui.settings import Settings


class Origin(NamedTuple):
    """The run that another one was taken over from.

    Attributes:
        path: its journal.
        step: at which it was taken over.
        played: whether it was being played, so that going back is going on with it.
    """

    path: Path
    step: int
    played: bool


class Recorded(Shell):
    """The part of the app that knows runs that have been."""

    run_shown: Run | None
    """The run that is under way or about to be."""
    opening_replay: tuple[Replay, int | None, str] | None = None
    """A replay to show in place of everything else, its first step and its seat; leaving it is
    leaving the program."""
    last_words = ""
    """What is said on the terminal after the program, where it had nothing to show."""
    _library: Library
    _choice: Choice

    def __init__(self, settings: Settings | None) -> None:
        super().__init__(settings)
        self._origins: dict[Path, Origin] = {}
        self._lists = False
        self._alone = False

    # --- what the rest of the app does ------------------------------------------------------------

    def _show(self, screen: Screen[None]) -> None:
        raise NotImplementedError

    def _show_title(self) -> None:
        raise NotImplementedError

    def _show_control_room(self, run: Run, *, paused: bool = False, forked: str = "") -> None:
        raise NotImplementedError

    def _in_turn(self, make: Callable[[Progress], Any], show: Callable[[Any], None]) -> None:
        raise NotImplementedError

    def _resume(self, path: Path, *, paused: bool = False) -> object:
        raise NotImplementedError

    def _look_back(self, path: Path) -> object:
        raise NotImplementedError

    def _let_go(self) -> None:
        raise NotImplementedError

    def _say(self, text: str) -> None:
        raise NotImplementedError

    # --- the list ---------------------------------------------------------------------------------

    def on_title_screen_past_runs(self, event: TitleScreen.PastRuns) -> None:
        """The person wants to see the runs of this machine."""
        from controlroom.tui.screens.past_runs import PastRunsScreen

        self._show(PastRunsScreen(event.runs))

    def on_past_runs_screen_chosen(self, event: PastRunsScreen.Chosen) -> None:
        """The person goes on with a run, sees it again, or looks at what it came to."""
        from controlroom.tui.screens.past_runs import Wish

        if event.wish is Wish.GO_ON:
            self._resume(event.path)
        elif event.wish is Wish.RESULT:
            self._look_back(event.path)
        else:
            self._lists, self._alone = True, False
            self._replay(event.path, None)

    # --- the replay -------------------------------------------------------------------------------

    @on(ReplayWanted)
    def _replay_wanted(self, event: ReplayWanted) -> None:
        from controlroom.tui.screens.replay import ReplayScreen

        there = [screen for screen in self.screen_stack if isinstance(screen, ReplayScreen)]
        if there and there[0].replay.journal.path == event.path:
            # It lies below what asks for it, for example its debrief.
            while not isinstance(self.screen, ReplayScreen):
                self.pop_screen()
            if event.step is not None:
                there[0].show_moment(event.step)
            return
        self._lists = self._alone = False
        self._replay(event.path, event.step)

    @work(thread=True, exclusive=True, group="run")
    def _replay(self, path: Path, step: int | None) -> None:
        def show(replay: Replay) -> None:
            self._let_go()
            self.show_replay(replay, at=step)

        self._in_turn(lambda _: self._library.replay(path), show)

    def show_replay(
        self, replay: Replay, *, at: int | None, seat: str = "", alone: bool = False
    ) -> None:
        """Show a recorded run.

        Args:
            replay: the run; it is folded while it is shown.
            at: the step to begin with, or None for the one at which somebody took over.
            seat: whose screen, or empty for the first that the journal names.
            alone: whether leaving it is leaving the program.
        """
        from controlroom.tui.screens.replay import ReplayScreen

        self._alone = self._alone or alone
        screen = ReplayScreen(replay, at=at, seat=seat, **self.clockwork())
        if getattr(self.screen, "STAYS_BELOW", False):
            self.push_screen(screen)
        else:
            self._show(screen)

    @on(ReplayLeft)
    def _replay_left(self, event: ReplayLeft) -> None:
        if getattr(self.screen_stack[-2], "STAYS_BELOW", False):
            self.pop_screen()
            if event.why:
                self.call_later(self._say, event.why)
            return
        if self._alone:
            self.last_words = event.why
            self.exit(return_code=1 if event.why else 0)
            return
        if self._lists:
            from controlroom.tui.screens.past_runs import PastRunsScreen

            self._show(PastRunsScreen(self._library.past_runs()))
        else:
            self._show_title()
        if event.why:
            self.call_later(self._say, event.why)

    # --- taking over ------------------------------------------------------------------------------

    @on(TakeOverWanted)
    def _take_over(self, event: TakeOverWanted) -> None:
        from controlroom.tui.screens.replay import ReplayScreen

        if isinstance(self.screen, ReplayScreen):
            self._take_over_replay(self.screen.replay, event.command)
        elif self.run_shown is not None:
            self._take_over_run(self.run_shown, event.step)

    def _take_over_replay(self, replay: Replay, command: str) -> None:
        """Begin a run where a replay stands, with a command that can be given nowhere else."""
        from controlroom.sim.commands import CommandError

        origin = Origin(replay.journal.path, replay.now, played=False)
        try:
            run = replay.fork()
            if command:
                run.give(command)
        except (RunError, CommandError) as error:
            self._say(_said(error))
            return
        self._show_fork(run, origin)

    def _take_over_run(self, run: Run, step: int) -> None:
        """Begin a run at this moment or an earlier one of the run that is being played."""
        from controlroom.runs.fork import fork_run

        path = run.journal
        if path is None:
            self._say("this run has no journal, so it cannot be taken over")
            return
        try:
            self._library.refuse_fork(path, step)
            if step == run.now:
                self._show_fork(fork_run(run), Origin(path, step, played=True))
                return
        except RunError as error:
            self._say(_said(error))
            return
        self._fork(path, step)

    @work(thread=True, exclusive=True, group="run")
    def _fork(self, path: Path, step: int) -> None:
        origin = Origin(path, step, played=True)
        self._in_turn(
            partial(self._library.fork, path, step), partial(self._show_fork, origin=origin)
        )

    def _show_fork(self, run: Run, origin: Origin) -> None:
        self._let_go()
        if run.journal is not None:
            self._origins[run.journal] = origin
        self._choice = self._library.choice_of(run)
        # Whoever has just come from elsewhere looks around first, where that is allowed.
        self._show_control_room(run, paused=run.mode.value != "assess", forked=run.clock)

    @on(OriginalWanted)
    def _original(self) -> None:
        run = self.run_shown
        if run is None or run.journal is None:
            return
        origin = self._origins.get(run.journal)
        if origin is None:
            found = self._library.origin_of(run)
            if found is None or not found[0].is_file():
                self._say("the run that this one was taken over from does not lie beside it")
                return
            origin = Origin(*found, played=False)
        if origin.played:
            self._resume(origin.path, paused=True)
        else:
            self._replay(origin.path, origin.step)

    def forked_at(self, run: Run) -> str:
        """Time of day at which a run was taken over from another one, or empty."""
        found = self._library.origin_of(run)
        return run.scenario.day.text(found[1]) if found else ""


def _said(error: Exception) -> str:
    """Why a run cannot be taken over; whoever looks at it needs no path to know which."""
    return f"this run {error.reason}" if isinstance(error, JournalError) else str(error)
