"""A recorded run that can be sought: any step of it, forwards and backwards.

    replay = Replay.open(path)
    replay.seek(replay.scenario.day.parse("09:34:12"))
    replay.view("on-call")
    replay.next(Kind.MAIL)

The journal is folded once, which takes some seconds for a whole day and compares every digest on
the way; a screen does it stretch by stretch and stands meanwhile. A step is reached from the
nearest snapshot before it, and its world is the one that straight play gives. Nothing here changes
the recorded run; `fork` begins another one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import Final

from controlroom.runs.errors import JournalError
from controlroom.runs.fold import Folding, Progress, scenario_of
from controlroom.runs.fork import take_over
from controlroom.runs.journal import Given, Header, Journal, read_journal
from controlroom.runs.moments import Kind, Moment, moments_of
from controlroom.runs.opened import Opened, vouched, what_is_wrong
from controlroom.runs.run import Place, Run
from controlroom.runs.simulation import SEAT, Saved, Simulation
from controlroom.runs.snapshots import Snapshots
from controlroom.scenario import visible
from controlroom.sim.clock import STEPS_PER_MINUTE
from controlroom.sim.events import Event
from controlroom.sim.seats import SETS, seats_for
from controlroom.sim.start import Console, Mode, Scenario
from controlroom.sim.views import View
from controlroom.sim.world import World

TRAIL: Final = 12
"""Steps between two moments that are kept on the way back: a frame at 60x."""


def _beginning(scenario: Scenario, header: Header) -> Simulation:
    """Step 0, with what any console would show."""
    return Simulation(scenario, header.seed, header.mode, alarms=True)


class Replay:
    """A recorded run, and the step at which one looks at it.

    It need not be read to its end before one looks: `begin` gives a replay that knows its first
    step only, and each `read_on` makes it know more. `open` and `of` read all of it.

    Attributes:
        journal: what was recorded, as far as it is sound.
        commands: what was given when, in order.
        notes: what is wrong with it, a sentence each.
        first: the first step at which somebody played.
        known: the last step that can be looked at by now.
        last: the last step that there is; `known` ends there.
        reading: whether there is more to read.
    """

    def __init__(self, journal: Journal, scenario: Scenario, opened: Opened | None = None) -> None:
        """Begin to read; `begin`, `open` and `of` are the ways to get a replay.

        Args:
            journal: what was recorded.
            scenario: what it was played on.
            opened: where the journal comes from, if it need not be sound; else it has to be.

        Raises:
            JournalError: when the journal's first line is none to begin with.
        """
        self.journal = journal
        self.commands = journal.commands
        self.notes: tuple[str, ...] = opened.notes if opened else ()
        self.first = journal.header.step
        self.known = 0
        self.last = journal.reached
        self.reading = True
        self._opened = opened
        self._snapshots = Snapshots()
        self._folding = Folding(journal, scenario, watch=self._snapshots.watch)
        self._stretches = self._folding.stretches()
        self._end: Simulation | None = None
        self._at = _beginning(scenario, journal.header)
        self._trail: list[Saved] = []
        self._given = [given.step for given in self.commands]
        self._moments: tuple[Moment, ...] = ()
        self._happened: list[int] = []

    @classmethod
    def begin(cls, opened: Opened) -> Replay:
        """A replay of a journal that has been read as far as it can be; nothing is folded yet.

        Raises:
            JournalError: when the journal's first line is none to begin with.
        """
        return cls(opened.journal, opened.scenario, opened)

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
        """Fold a journal that has been read.

        Raises:
            JournalError: when it cannot be followed, with the line and the step.
        """
        replay = cls(journal, scenario)
        while replay.read_on():
            if progress:
                progress(replay.known, replay.last)
        replay.seek(replay.first)
        return replay

    def read_on(self) -> bool:
        """Fold another stretch of the journal, some milliseconds of work; False after the last.

        Where the journal is found to be unsound and need not be, it is cut off there: `last` moves
        back to the last step that it vouches for, and `notes` say why.

        Raises:
            JournalError: when it has to be sound, or nothing of it is.
        """
        if not self.reading:
            return False
        try:
            self.known = next(self._stretches)
        except StopIteration:
            self._all_is_read()
        except JournalError as error:
            self._cut_off(error)
        return self.reading

    def _all_is_read(self) -> None:
        self.reading = False
        self.last = self.known = self._folding.simulation.now
        if self._opened:
            same = tuple(
                f"{doubt} Every digest agrees all the same." for doubt in self._opened.doubts
            )
            self.notes = (*same, *self.notes)

    def _cut_off(self, error: JournalError) -> None:
        self.reading = False
        if self._opened is None:
            raise error
        cut = vouched(self.journal, error, self._opened.doubts)
        if cut.reached > self._folding.simulation.now:
            raise error
        self.journal, self.commands = cut, cut.commands
        self.last = self.known = cut.reached
        self.first = min(self.first, self.last)
        self._given = [given.step for given in self.commands]
        self._moments = ()
        wrong = what_is_wrong(error, self.scenario, self.last)
        self.notes = (*self._opened.doubts, *self.notes, wrong)
        # What was folded beyond is no part of the run.
        before = self.now
        self.seek(self.last)
        self._end = self._at.twin()
        self.seek(before)

    @property
    def end(self) -> Simulation:
        """The run at the last step that is known by now; nobody steps it."""
        return self._end or self._folding.simulation

    @property
    def whole(self) -> World:
        """Its world there."""
        return self.end.world

    @property
    def seats(self) -> tuple[str, ...]:
        """The seats of the run, the one that it began with first: those of a drill, or as named."""
        named = dict.fromkeys((self.journal.header.seat, *(given.seat for given in self.commands)))
        for given in self.commands:
            # Said before the journal has been folded to it, so that one can ask for any of them.
            verb, _, people = given.command.partition(" ")
            if verb == "drill" and people.isdecimal() and int(people) in SETS:
                named |= dict.fromkeys(seats_for(int(people)))
        return tuple(seat for seat in named if seat)

    @property
    def scenario(self) -> Scenario:
        """What was played."""
        return self._at.scenario

    @property
    def mode(self) -> Mode:
        """What the player was allowed."""
        return self._at.mode

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

    def view(self, seat: str = SEAT, console: Console | None = None) -> View:
        """What the instruments of a seat showed at that step, or would have on another console."""
        return self._at.view(seat, console)

    def digest(self) -> str:
        """A hash of the world at that step, the same as in straight play."""
        return self._at.digest()

    def seek(self, step: int) -> int:
        """Look at a step, or at the first or the last one known where it lies beyond.

        Returns:
            The step.
        """
        step = max(0, min(step, self.known))
        saved = self._snapshots.before(step)
        kept = saved.snapshot.step if saved else 0
        if kept <= self.now <= step:
            self._play_to(step)
        elif step < self.now:
            self._go_back(step, kept, saved)
        else:
            self._restore(saved)
            self._play_to(step)
        return self.now

    def _restore(self, saved: Saved | None) -> None:
        """Stand at a kept moment, or at step 0."""
        if saved:
            self._at.restore(saved)
        else:
            self._at = _beginning(self.scenario, self.journal.header)

    def _go_back(self, step: int, kept: int, saved: Saved | None) -> None:
        """Go to an earlier step, and keep more on the way: the next one is likely before it.

        Played backwards, a frame is then a few steps from what is kept instead of half a minute.
        """
        near = [trail for trail in self._trail if kept <= trail.snapshot.step <= step]
        if near:
            self._restore(near[-1])
        else:
            self._restore(saved)
            self._trail.clear()
            while self.now + TRAIL < step:
                self._play_to(self.now + TRAIL)
                self._trail.append(self._at.snapshot())
        self._play_to(step)

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
        self._catch_up()
        log = self.whole.log.items
        begin = bisect_left(self._happened, first)
        return tuple(log[begin : bisect_left(self._happened, until)])

    def given(self, step: int) -> tuple[Given, ...]:
        """The commands that take effect at a step."""
        begin, end = bisect_left(self._given, step), bisect_right(self._given, step)
        return tuple(self.commands[begin:end])

    @property
    def moments(self) -> tuple[Moment, ...]:
        """Everything that one can jump to, by step, as far as it is known."""
        self._catch_up()
        return self._moments

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

    def _taken_over(self) -> tuple[Moment, ...]:
        """The moment at which this run went another way than the one that it was forked from."""
        header = self.journal.header
        if not header.forked_from or header.forked_at > self.known:
            return ()
        said = f"taken over from {visible(header.forked_from)}"
        return (Moment(header.forked_at, Kind.MILESTONE, said),)

    def _catch_up(self) -> None:
        """Find the moments and the steps of a log that has grown."""
        log = self.whole.log.items
        if len(log) != len(self._happened) or not self._moments:
            self._happened = [event.step for event in log]
            until = bisect_right(self._given, self.known)
            self._moments = moments_of(self.whole, self.commands[:until], self._taken_over())
