"""A run being played: a world, its journal, and nothing else.

The control room, plain play and `simulate` all play through this class. It knows no clock on the
wall: how many steps a moment takes is decided by whoever calls `advance`.
"""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Self

from controlroom import __version__
from controlroom.runs.catalogue import runs_folder
from controlroom.runs.errors import JournalError
from controlroom.runs.fold import Progress, fold, scenario_of
from controlroom.runs.journal import Checked, End, Given, Header, Journal, Noted
from controlroom.runs.simulation import SEAT, Simulation, mark_of
from controlroom.runs.writer import Writer
from controlroom.sim.clock import STEPS_PER_MINUTE
from controlroom.sim.command import Command
from controlroom.sim.commands import CommandError
from controlroom.sim.events import Event
from controlroom.sim.result import Result
from controlroom.sim.start import Console, Mode, Scenario
from controlroom.sim.views import View
from controlroom.sim.world import World


class Place(enum.Enum):
    """Where journals go that nobody has named a place for."""

    USUAL = "the folder of `runs_folder`"


class Run:
    """A run being played: a world, its journal and what the clock has done.

    Attributes:
        simulation: the world and the commands that it was given.
        journal: the file, if one is written.
        mended: what was cut off the journal as the run was resumed, in a sentence, or empty.
    """

    def __init__(self, simulation: Simulation, writer: Writer | None, mended: str = "") -> None:
        """Take over a simulation; `begin` and `resume` are the ways to get a run."""
        self.simulation = simulation
        self.mended = mended
        self.journal = writer.path if writer else None
        self._writer = writer
        self._noted = -1
        self._over = False

    @classmethod
    def begin(  # noqa: PLR0913 - each is a choice of the player's
        cls,
        scenario: Scenario,
        *,
        seed: int | None = None,
        mode: Mode | str = Mode.EXPLORE,
        start: str | None = None,
        journal: Path | Place | None = Place.USUAL,
        folder: Path | None = None,
        policy: str = "",
        seat: str = SEAT,
        progress: Progress | None = None,
    ) -> Self:
        """Begin a run.

        Args:
            scenario: what to play.
            seed: what chance is drawn from; the scenario's default where it is None.
            mode: explore, coach or assess.
            start: id of a mark, such as `09:25`; the world is stepped there without commands.
            journal: a file that does not exist yet, a folder in which a new one gets its name,
                the usual folder, or None to write none.
            folder: where the scenario lies, unless it comes with Control Room.
            policy: who gives the commands, empty for a person.
            seat: who plays.
            progress: told how far the way to the mark is.

        Raises:
            RunError: when seed, mode or mark are none.
            JournalError: when the journal cannot be written; then nothing has begun.
        """
        simulation = Simulation(scenario, seed, mode, alarms=True)
        mark = mark_of(scenario, start) if start else None
        first = mark.step if mark else 0
        header = Header(
            product=__version__,
            scenario=scenario.id,
            checksum=scenario.checksum,
            folder=str(folder.resolve()) if folder else "",
            controls=tuple(control.id for control in scenario.controls if control.on),
            seed=simulation.seed,
            mode=simulation.mode.value,
            start=mark.id if mark else "",
            step=first,
            seat=seat,
            policy=policy,
            begins=scenario.day.text(0),
            stressors=tuple(stressor.id for stressor in scenario.stressors if stressor.on),
            console="" if scenario.console is Console.TRAINER else scenario.console.value,
        )
        place = runs_folder(make=True) if isinstance(journal, Place) else journal
        writer = Writer.create(place, header) if place else None
        run = cls(simulation, writer)
        try:
            while simulation.now < first:
                simulation.step(min(first - simulation.now, STEPS_PER_MINUTE))
                if progress:
                    progress(simulation.now, first)
            run._note()
        except BaseException:
            run.abandon()
            raise
        return run

    @classmethod
    def resume(cls, path: Path, *, progress: Progress | None = None) -> Run:
        """Go on with a run at the last step that its journal knows of.

        Raises:
            JournalError: when that cannot be done, with the reason; the file is as it was.
        """
        writer, journal = Writer.reopen(path)
        try:
            if journal.end:
                raise JournalError(path, f"the run is over: {journal.end.ended}")
            simulation = fold(journal, scenario_of(journal), progress)
            run = cls(simulation, writer, journal.mended)
            run._go_on(journal)
        except BaseException:
            writer.release()
            raise
        return run

    @classmethod
    def forked(cls, journal: Journal, simulation: Simulation, place: Path | Place) -> Run:
        """Begin a run with the beginning of another one; `fork` says how to get that.

        Args:
            journal: of the run that begins, as it is to be written.
            simulation: the world that this leads to; nobody else may step it.
            place: as for `begin`.

        Raises:
            JournalError: when the journal cannot be written; then nothing has begun.
        """
        where = runs_folder(make=True) if isinstance(place, Place) else place
        entries = [entry for _, entry in journal.entries]
        run = cls(simulation, Writer.create(where, journal.header, entries))
        try:
            run._go_on(journal)
        except BaseException:
            run.abandon()
            raise
        return run

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Close the journal; after an error it is left as it is."""
        if error is None:
            self.close()
        else:
            self.abandon()

    @property
    def scenario(self) -> Scenario:
        """What is played."""
        return self.simulation.scenario

    @property
    def seed(self) -> int:
        """What its chance is drawn from."""
        return self.simulation.seed

    @property
    def mode(self) -> Mode:
        """What the player is allowed."""
        return self.simulation.mode

    @property
    def world(self) -> World:
        """The state. Screens show views of it, never itself."""
        return self.simulation.world

    @property
    def now(self) -> int:
        """The next step to be taken."""
        return self.simulation.now

    @property
    def ended(self) -> str:
        """Why the run is over, or empty."""
        return self.simulation.ended

    @property
    def clock(self) -> str:
        """The time of day, `HH:MM:SS`."""
        return self.simulation.clock

    def give(self, command: Command | str, seat: str = SEAT) -> str:
        """Give a command. It is on the disk when this returns, and takes effect at the next step.

        Returns:
            Its written form.

        Raises:
            CommandError: when it cannot be read, or the run is over.
            JournalError: when it could not be written; then it does not take effect.
        """
        if self.ended:
            raise CommandError(f"the run is over: {self.ended}")
        text, understood = self.simulation.understand(command)
        if self._writer:
            self._writer.command(Given(self.simulation.now, seat, text))
        self.simulation.submit(understood, seat)
        if self.simulation.world.ended:
            self._note()  # in a drill whose time stands still it takes effect at once
        return text

    def advance(self, steps: int) -> tuple[Event, ...]:
        """Take steps, as many as are left of the day at most; none while time stands still.

        Raises:
            JournalError: when the journal could not be written. The steps are taken, and what the
                file lacks is written with the next line; what happened is in `world.log`.
        """
        happened: list[Event] = []
        last = self.simulation.now + steps
        while self.simulation.now < last and not self.ended:
            happened += self.simulation.step(min(last, self._next_minute()) - self.simulation.now)
            self._note()
            if self.simulation.still:
                break
        return tuple(happened)

    def advance_to_next(self, most: int) -> tuple[Event, ...]:
        """Take steps until something needs the player, but `most` of them."""
        happened: list[Event] = []
        last = self.simulation.now + most
        while self.simulation.now < last and not self.ended:
            events = self.simulation.step()
            happened += events
            if self.simulation.now % STEPS_PER_MINUTE == 0:
                self._note()
            if self.simulation.still or any(event.needs_you for event in events):
                break
        self._note()
        return tuple(happened)

    def note(self, what: str, wall_ms: int = 0) -> None:
        """Keep in the journal how the run is played; the world knows nothing of it.

        Args:
            what: see `Noted`.
            wall_ms: how long it took on the wall, milliseconds.

        Raises:
            JournalError: when it could not be written; it is written with the next line.
        """
        if self._writer and not self.ended:
            self._writer.note(Noted(self.simulation.now, what, wall_ms))
            self._writer.reached(self.simulation.now)

    def view(self, seat: str = SEAT) -> View:
        """What the instruments of a seat show."""
        return self.simulation.view(seat)

    def result(self) -> Result:
        """What the run has come to so far."""
        return self.simulation.result()

    def digest(self) -> str:
        """A hash of the whole state."""
        return self.simulation.digest()

    def close(self) -> None:
        """See that the journal is on the disk, with a digest of this very step, and let go of it.

        Closing twice does nothing more.

        Raises:
            JournalError: when it could not be written.
        """
        writer, self._writer = self._writer, None
        if not writer:
            return
        try:
            if not self.ended and self._noted != self.simulation.now:
                writer.note(Checked(self.simulation.now, self.digest()))
            writer.finish()
        finally:
            writer.release()

    def abandon(self) -> None:
        """Let go of the journal as it is; what is in it stays true, whatever went wrong."""
        if self._writer:
            self._writer.release()
            self._writer = None

    def _go_on(self, journal: Journal) -> None:
        """Take up a journal whose last digest need not be written again."""
        digests = (entry.step for _, entry in journal.entries if isinstance(entry, Checked))
        self._noted = max(digests, default=-1)
        self._note()

    def _next_minute(self) -> int:
        now = self.simulation.now
        return now + STEPS_PER_MINUTE - now % STEPS_PER_MINUTE

    def _note(self) -> None:
        """Tell the journal how far the run has come."""
        if not self._writer:
            return
        now = self.simulation.now
        if self.ended:
            if not self._over:
                self._over = True
                self._noted = now
                loss = self.result().loss_usd
                self._writer.note(End(now, self.digest(), self.ended, loss), sync=True)
            return
        if self._noted < 0 or (now % STEPS_PER_MINUTE == 0 and self._noted != now):
            self._noted = now
            self._writer.note(Checked(now, self.digest()))
        self._writer.reached(now)
