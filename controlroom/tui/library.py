"""What the screens ask of scenarios and runs, imported when it is first asked for.

The title screen stands before the world, its arrays and its converters are loaded; tests put their
own shelf of scenarios and runs in its place.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from controlroom.debrief.reading import Reading
    from controlroom.debrief.whole import Debrief, Told
    from controlroom.runs.catalogue import PastRun
    from controlroom.runs.fold import Progress
    from controlroom.runs.journal import Header
    from controlroom.runs.replay import Replay
    from controlroom.runs.run import Run
    from controlroom.scenario import Found
    from controlroom.sim.start import Scenario
    from controlroom.tui.report import Report


class Choice(NamedTuple):
    """What a person has chosen to play.

    Attributes:
        start: id of the mark, or empty for the beginning of the day.
        mode: explore, coach or assess.
        seed: None for the scenario's own.
        folder: where the scenario lies, None for one that comes with Control Room.
    """

    start: str = ""
    mode: str = "explore"
    seed: int | None = None
    folder: Path | None = None


class Library:
    """Scenarios that can be played and runs that were."""

    def at_hand(self) -> tuple[Found, ...]:
        """What the picker lists at once: the scenarios that come along."""
        from controlroom.scenario.find import bundled_scenarios

        return bundled_scenarios()

    def elsewhere(self) -> tuple[Found, ...]:
        """What it lists besides, once folders and packages of others have been searched."""
        from controlroom.scenario.find import scenarios_elsewhere

        return tuple(found for found in scenarios_elsewhere() if not found.hidden)

    def load(self, name_or_path: str | Path) -> Scenario:
        """A scenario in full.

        Raises:
            ScenarioError: saying in one line what is wrong with it.
        """
        from controlroom.scenario import load_scenario

        return load_scenario(name_or_path)

    def past_runs(self) -> tuple[PastRun, ...]:
        """Runs that a person played on this machine, newest first."""
        from controlroom.runs.catalogue import past_runs

        return tuple(run for run in past_runs() if not run.policy)

    def begin(self, scenario: Scenario, choice: Choice, progress: Progress) -> Run:
        """A new run with its journal, stepped to where it starts.

        Args:
            scenario: what to play.
            choice: how.
            progress: told how far it is; what it raises ends the work, as in the others here.

        Raises:
            RunError: saying in one line why it cannot begin.
        """
        from controlroom.runs.run import Run

        return Run.begin(
            scenario,
            seed=choice.seed,
            mode=choice.mode,
            start=choice.start or None,
            folder=choice.folder,
            progress=progress,
        )

    def begin_otherwise(
        self, run: Run, scenario: Scenario, choice: Choice, progress: Progress
    ) -> Run:
        """A run in the place of one that nobody has played yet, with its journal's name.

        Raises:
            RunError: saying in one line why it cannot begin.
        """
        from controlroom.runs.run import Run as Played

        journal = run.journal
        run.abandon()
        if journal is not None:
            journal.unlink(missing_ok=True)
        return Played.begin(
            scenario,
            seed=choice.seed,
            mode=choice.mode,
            start=choice.start or None,
            journal=journal,
            folder=choice.folder,
            progress=progress,
        )

    def resume(self, path: Path, progress: Progress) -> Run:
        """The run of a journal, at the step that it had reached.

        Raises:
            RunError: saying in one line why it cannot be continued.
        """
        from controlroom.runs.run import Run

        return Run.resume(path, progress=progress)

    def replay(self, path: Path) -> Replay:
        """A recorded run, read as far as it is sound; it is folded while it is shown.

        Raises:
            RunError: saying in one line why there is nothing to see.
        """
        from controlroom.runs.opened import open_journal
        from controlroom.runs.replay import Replay

        return Replay.begin(open_journal(path))

    def refuse_fork(self, path: Path, step: int) -> None:
        """Nothing, where a run can be taken over at a step.

        Raises:
            RunError: saying in one line why it cannot.
        """
        from controlroom.runs.fork import cut_at
        from controlroom.runs.journal import read_journal

        cut_at(read_journal(path), step)

    def fork(self, path: Path, step: int, progress: Progress) -> Run:
        """A new run with the commands of a journal up to a step; the journal stays as it is.

        Raises:
            RunError: saying in one line why it cannot begin there.
        """
        from controlroom.runs.fork import fork

        return fork(path, step, progress=progress)

    def origin_of(self, run: Run) -> tuple[Path, int] | None:
        """Where the journal of the run that one was taken over from should lie, and at which step.

        A journal names it, and not its folder; None for a run that was begun anew.
        """
        header = _header(run)
        if header is None or not header.forked_from or run.journal is None:
            return None
        return run.journal.with_name(header.forked_from), header.forked_at

    def choice_of(self, run: Run) -> Choice:
        """What was chosen for a run, as its journal says."""
        header = _header(run)
        choice = Choice("", run.mode.value, run.seed)
        if header is None:
            return choice
        folder = Path(header.folder) if header.folder else None
        return choice._replace(start=header.start, folder=folder)

    def is_fresh(self, run: Run) -> bool:
        """Whether nobody has played a run yet."""
        header = _header(run)
        return run.simulation.now == (header.step if header else 0)

    def report(self, path: Path, progress: Progress) -> Report:
        """What the run of a journal came to, made again from the journal.

        Raises:
            RunError: saying in one line why that cannot be done.
        """
        from controlroom.runs.fold import fold, scenario_of
        from controlroom.runs.journal import read_journal
        from controlroom.tui.report import report_of

        journal = read_journal(path)
        simulation = fold(journal, scenario_of(journal), progress)
        return report_of(simulation, path, journal.header.start)

    def reference(
        self, scenario: Scenario, seed: int, progress: Progress
    ) -> tuple[tuple[int, int], ...]:
        """The profit and loss of the reference run, as `Report.losses`; takes some seconds."""
        from controlroom.runs.policy import REFERENCE, follow, load_policy
        from controlroom.runs.run import Run
        from controlroom.tui.report import losses_of

        run = Run.begin(scenario, seed=seed, journal=None)
        follow(run, load_policy(REFERENCE, scenario), scenario.day.end_step, progress)
        return losses_of(run.simulation)

    def debrief(
        self,
        run: Path | Reading,
        told: Told,
        stopped: Callable[[], bool],
        *,
        workers: int | None = None,
        scenario: Scenario | None = None,
    ) -> Iterator[Debrief]:
        """The debrief of a journal, or of a run just played, again and again with more in it.

        Args:
            run: which.
            told: told how far it is; what it raises ends the work.
            stopped: asked now and then whether to leave it at that.
            workers: processes that play what was not played; one a core where it is None.
            scenario: what a journal was played on, where its own word for it leads nowhere.

        Raises:
            RunError: saying in one line why there is none.
        """
        from controlroom.debrief.whole import debrief

        return debrief(run, scenario=scenario, workers=workers, told=told, stopped=stopped)

    def luck(
        self,
        found: Debrief,
        seeds: int,
        told: Told,
        stopped: Callable[[], bool],
        *,
        workers: int | None = None,
    ) -> Iterator[Debrief]:
        """A debrief with the same commands played under so many other seeds, as they are done."""
        from controlroom.debrief.whole import with_luck

        return with_luck(found, seeds, workers=workers, told=told, stopped=stopped)

    def warm(self) -> None:
        """Load what beginning a run needs, while nobody waits for it."""
        import controlroom.runs.run
        import controlroom.tui.screens.control_room  # noqa: F401


def _header(run: Run) -> Header | None:
    """The first line of a run's journal, if it has one that can be read."""
    from controlroom.runs.errors import JournalError
    from controlroom.runs.journal import read_journal

    try:
        return read_journal(run.journal).header if run.journal else None
    except JournalError:
        return None
