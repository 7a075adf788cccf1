"""A recorded run that can be sought: any step of it, forwards and backwards.

    replay = Replay.open(path)
    replay.seek(replay.scenario.day.parse("09:34:12"))
    replay.view("on-call")
    replay.next(Kind.MAIL)

The journal is folded once, which takes some seconds for a whole day and compares every digest on
the way. After that a step is reached from the nearest snapshot before it, and its world is the one
that straight play gives. Nothing here changes the recorded run; `fork` begins another one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from controlroom.runs.errors import JournalError
from controlroom.runs.fold import Progress, fold, scenario_of
from controlroom.runs.fork import take_over
from controlroom.runs.journal import Given, Journal, read_journal
from controlroom.runs.moments import Kind, Moment, moments_of
from controlroom.runs.run import Place, Run
from controlroom.runs.simulation import SEAT, Simulation
from controlroom.runs.snapshots import Snapshots
from controlroom.sim.clock import STEPS_PER_MINUTE
from controlroom.sim.events import Event
from controlroom.sim.start import Scenario
from controlroom.sim.views import View
from controlroom.sim.world import World


class Replay:
    """A recorded run, and the step at which one looks at it.

    Attributes:
        journal: what was recorded.
        commands: what was given when, in order.
        first: the first step at which somebody played.
        last: the last step that is known of.
        whole: the world at the last step; nobody steps it.
    """

    def __init__(self, journal: Journal, folded: Simulation, snapshots: Snapshots) -> None:
        """Take over what folding has made; `open` and `of` are the ways to get a replay.

        Args:
            journal: what was folded.
            folded: at its last step.
            snapshots: that were kept on the way.
        """
        self.journal = journal
        self.commands: Sequence[Given] = journal.commands
        self.first = min(journal.header.step, folded.now)
        self.last = folded.now
        self.whole: World = folded.world
        self._snapshots = snapshots
        self._at = folded.twin()
        self._given = [given.step for given in self.commands]
        self.seek(self.first)

    @classmethod
    def open(
        cls, path: Path, *, scenario: Scenario | None = None, progress: Progress | None = None
    ) -> Replay:
        """Read and fold a journal.

        Args:
            path: the file.
            scenario: what it was played on, where the journal's own word for it leads nowhere.
            progress: told how far the folding is: the step, and the last one.

        Raises:
            JournalError: when it cannot be read or followed, with the line and the step.
        """
        journal = read_journal(path)
        return cls.of(journal, scenario_of(journal, scenario), progress)

    @classmethod
    def of(cls, journal: Journal, scenario: Scenario, progress: Progress | None = None) -> Replay:
        """Fold a journal that has been read, or the part of one that is sound.

        Raises:
            JournalError: when it cannot be followed, with the line and the step.
        """
        snapshots = Snapshots()
        return cls(journal, fold(journal, scenario, progress, snapshots.watch), snapshots)

    @property
    def scenario(self) -> Scenario:
        """What was played."""
        return self._at.scenario

    @property
    def now(self) -> int:
        """The step at which one looks."""
        return self._at.now

    @property
    def clock(self) -> str:
        """The time of day of that step, `HH:MM:SS`."""
        return self._at.clock

    @property
    def world(self) -> World:
        """The truth at that step. It is replaced with every seek; read it, and do not step it."""
        return self._at.world

    @property
    def ended(self) -> str:
        """Why the run was over by then, or empty."""
        return self._at.ended

    def view(self, seat: str = SEAT) -> View:
        """What the instruments of a seat showed at that step."""
        return self._at.view(seat)

    def digest(self) -> str:
        """A hash of the world at that step, the same as in straight play."""
        return self._at.digest()

    def seek(self, step: int) -> int:
        """Look at a step, or at the first or last one where it lies beyond.

        Returns:
            The step.
        """
        step = max(0, min(step, self.last))
        saved = self._snapshots.before(step)
        kept = saved.snapshot.step if saved else 0
        if not kept <= self.now <= step:
            if saved:
                self._at.restore(saved)
            else:
                self._at = Simulation(self.scenario, self._at.seed, self._at.mode)
        self._play_to(step)
        return self.now

    def advance(self, steps: int) -> tuple[Event, ...]:
        """Go so many steps on, or back where they are negative.

        Returns:
            What happened between the two steps, in order.
        """
        before = self.now
        after = self.seek(before + steps)
        return self.events(min(before, after), max(before, after))

    def events(self, first: int, until: int) -> tuple[Event, ...]:
        """What happened from a step on, up to but not in another one."""
        log = self.whole.log.items
        begin = bisect_left(self._happened, first)
        return tuple(log[begin : bisect_left(self._happened, until)])

    def given(self, step: int) -> tuple[Given, ...]:
        """The commands that take effect at a step."""
        begin, end = bisect_left(self._given, step), bisect_right(self._given, step)
        return tuple(self.commands[begin:end])

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """Everything that one can jump to, by step."""
        return moments_of(self.whole, self.commands)

    def next(self, *kinds: Kind) -> Moment | None:
        """Look at the next moment of these kinds, of any where none is named; None after the last.

        Moments of one step are one stop.
        """
        for moment in self.moments:
            if moment.step > self.now and (not kinds or moment.kind in kinds):
                self.seek(moment.step)
                return moment
        return None

    def previous(self, *kinds: Kind) -> Moment | None:
        """Look at the moment of these kinds before this one; None before the first."""
        for moment in reversed(self.moments):
            if moment.step < self.now and (not kinds or moment.kind in kinds):
                self.seek(moment.step)
                return moment
        return None

    def minute(self, by: int) -> int:
        """Look at the next full minute, or at the one so many minutes from it.

        Args:
            by: 1 for the next full minute, -1 for the one before, and so on.

        Returns:
            The step.
        """
        full = self.now // STEPS_PER_MINUTE
        if by < 0 and self.now % STEPS_PER_MINUTE:
            full += 1
        return self.seek((full + by) * STEPS_PER_MINUTE)

    def fork(self, *, place: Path | Place = Place.USUAL) -> Run:
        """Begin a run here: "take over from here". The recorded one stays as it is.

        Raises:
            JournalError: when it cannot be forked here, or the new journal cannot be written.
        """
        return take_over(self.journal, self._at, place=place)

    def _play_to(self, step: int) -> None:
        """Follow the journal to a step; what was given at that very step waits for the next."""
        simulation = self._at
        place = bisect_left(self._given, simulation.now)
        while place < len(self.commands) and self._given[place] < step:
            given = self.commands[place]
            simulation.step(given.step - simulation.now)
            simulation.submit(given.command, given.seat)
            place += 1
        simulation.step(step - simulation.now)
        if simulation.now != step:
            raise JournalError(self.journal.path, f"does not lead to step {step}")

    @cached_property
    def _happened(self) -> list[int]:
        """The steps of the log."""
        return [event.step for event in self.whole.log.items]
