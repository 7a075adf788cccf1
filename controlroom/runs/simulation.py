"""The public way to run the world from a program: no screen, no journal, no clock on the wall.

    simulation = Simulation("knight-2012", seed=7)
    simulation.run_until("09:31:00")
    simulation.submit("stop smars-8")
    simulation.run()
    print(simulation.result().loss_usd, simulation.digest())

Commands are the text that a player types. The same scenario, seed and commands at the same steps
give the same digest on every machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Final

import attrs

from controlroom.runs.errors import RunError
from controlroom.scenario import load_scenario, visible
from controlroom.scenario.text import quoted
from controlroom.sim import state, views, world
from controlroom.sim.command import Command
from controlroom.sim.commands import CommandError, parse
from controlroom.sim.commands.grammar import nearest
from controlroom.sim.events import Event
from controlroom.sim.result import Result, result
from controlroom.sim.seats import SEATS
from controlroom.sim.start import Console, Mark, Mode, Scenario
from controlroom.sim.views import View
from controlroom.sim.work import Order
from controlroom.sim.world import World

SEAT: Final = "on-call"
"""The seat of somebody who plays alone."""

MOST_SEED: Final = 2**63 - 1


@attrs.frozen
class Saved:
    """A moment of a simulation, to go back to as often as wanted.

    Attributes:
        snapshot: of the world.
        pending: commands that take effect at the next step.
    """

    snapshot: state.Snapshot
    pending: tuple[Order, ...]


class Simulation:
    """A world and the commands that it is given.

    Attributes:
        world: the state behind it; read it, but change it only through `submit` and `step`.
    """

    def __init__(
        self,
        scenario: Scenario | str | os.PathLike[str],
        seed: int | None = None,
        mode: Mode | str = Mode.EXPLORE,
        *,
        controls: Iterable[str] = (),
        stressors: Iterable[str] = (),
        alarms: bool = False,
    ) -> None:
        """Start a world.

        Args:
            scenario: one that is loaded, or what `load_scenario` takes.
            seed: what chance is drawn from; the scenario's default where it is None.
            mode: explore, coach or assess.
            controls: safeguards to switch on; only where the scenario is not loaded yet.
            stressors: what makes it harder, likewise.
            alarms: whether to keep the modern console's alarms though another one is shown; it
                costs some percent of the speed.

        Raises:
            ScenarioError: when the scenario cannot be loaded.
            RunError: when seed or mode are none.
        """
        if not isinstance(scenario, Scenario):
            scenario = load_scenario(scenario, controls=controls, stressors=stressors)
        self._pending: list[Order] = []
        self._told: tuple[Event, ...] = ()
        self.world: World = world.start(
            scenario,
            checked_seed(scenario.seed if seed is None else seed),
            mode_of(mode),
            alarms=alarms,
        )

    @property
    def scenario(self) -> Scenario:
        """What it was started from."""
        return self.world.scenario

    @property
    def seed(self) -> int:
        """What its chance is drawn from."""
        return self.world.seed

    @property
    def mode(self) -> Mode:
        """What a player is allowed."""
        return self.world.mode

    @property
    def now(self) -> int:
        """The next step to be taken; 0 at first, four to a second."""
        return self.world.now

    @property
    def clock(self) -> str:
        """The time of day, `HH:MM:SS`."""
        return self.scenario.day.text(self.now)

    @property
    def ended(self) -> str:
        """Why the run is over, or empty."""
        return self.world.ended

    @property
    def still(self) -> str:
        """Why time stands still in a drill, or empty while it goes on."""
        return self.world.still

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything that happened so far."""
        return tuple(self.world.log.items)

    @property
    def pending(self) -> tuple[Order, ...]:
        """Commands that take effect at the next step, in the order in which they were given."""
        return tuple(self._pending)

    def understand(self, command: Command | str) -> tuple[str, Command]:
        """A command in its one written form, and what that form means.

        What takes effect is always read from what is written, so a journal cannot mean anything
        else. Control characters become visible.

        Raises:
            CommandError: when it cannot be read, naming what is wrong and the nearest that fits.
        """
        typed = command if isinstance(command, str) else command.text()
        plain = visible(" ".join(typed.split()))
        text = parse(plain, self.scenario).text()
        return text, parse(text, self.scenario)

    def misread(self, command: str) -> str:
        """Why a command cannot be read on this scenario, which may lack who is named; or empty."""
        try:
            self.understand(command)
        except CommandError as error:
            return str(error)
        return ""

    def submit(self, command: Command | str, seat: str = SEAT) -> str:
        """Give a command; it takes effect at the beginning of the next step.

        Whether it can be done is answered by an event of that step. While time stands still in a
        drill no step comes, so that it takes effect at once; the next `step` tells what happened.

        Returns:
            Its written form.

        Raises:
            CommandError: when it cannot be read, or the run is over.
        """
        if self.ended:
            raise CommandError(f"the run is over: {self.ended}")
        text, understood = self.understand(command)
        order = Order(seat, understood)
        if self.world.still:
            self._told += world.step(self.world, (order,))
        else:
            self._pending.append(order)
        return text

    def step(self, steps: int = 1) -> tuple[Event, ...]:
        """Take steps, as many as are left of the day at most; none while time stands still.

        Returns:
            What happened, in order.
        """
        told, self._told = self._told, ()
        if steps < 1 or self.ended:
            return told
        if not self._pending:
            return told + world.advance(self.world, steps)
        orders, self._pending = tuple(self._pending), []
        first = told + world.step(self.world, orders)
        return first + world.advance(self.world, steps - 1) if steps > 1 else first

    def run_until(self, time: str) -> tuple[Event, ...]:
        """Step to a time of day such as `10:15:00`, or to the end of the run if that is earlier.

        Raises:
            ValueError: when it is no time of this day, or over.
        """
        step = self.scenario.day.parse(time)
        if step < self.now:
            raise ValueError(f"{time} is over; it is {self.clock}")
        return self.step(step - self.now)

    def run(self) -> tuple[Event, ...]:
        """Step to the end of the run."""
        return self.step(self.scenario.day.end_step - self.now)

    def clock_of(self, event: Event) -> str:
        """The time of day at which something happened, `HH:MM:SS`."""
        return self.scenario.day.text(event.step)

    def view(self, seat: str = SEAT, console: Console | None = None) -> View:
        """What the instruments of a seat show, on the console of the start or on another.

        Raises:
            RunError: when there is no such seat; names the nearest.
        """
        if seat not in SEATS:
            raise RunError(f"no seat {quoted(seat)}; {_suggestion(seat, list(SEATS))}")
        return views.view(self.world, seat, console)

    def result(self) -> Result:
        """What the run has come to so far."""
        return result(self.world)

    def digest(self) -> str:
        """A hash of the whole state, equal on every machine."""
        return state.digest(self.world)

    def snapshot(self) -> Saved:
        """This moment, with the commands that have not taken effect yet."""
        return Saved(state.snapshot(self.world), tuple(self._pending))

    def restore(self, saved: Saved) -> None:
        """Go back, or ahead, to a moment of this simulation."""
        self.world = state.restore(saved.snapshot)
        self._pending = list(saved.pending)
        self._told = ()

    def twin(self) -> Simulation:
        """Another simulation of this world, without commands that have not taken effect yet.

        What is given to one of the two does nothing to the other.
        """
        twin = object.__new__(type(self))
        twin.world = state.restore(state.snapshot(self.world))
        twin._pending = []
        twin._told = ()
        return twin


def checked_seed(seed: int) -> int:
    """The seed, if it is one.

    Raises:
        RunError: when it is outside what a journal holds.
    """
    if type(seed) is not int or not 0 <= seed <= MOST_SEED:
        raise RunError(f"{seed!r:.40} is no seed; a seed is a whole number from 0 to {MOST_SEED}")
    return seed


def mode_of(name: str) -> Mode:
    """The mode of that name.

    Raises:
        RunError: when there is none; names the nearest.
    """
    if name in list(Mode):
        return Mode(name)
    raise RunError(f"no mode {quoted(name)}; {_suggestion(name, [mode.value for mode in Mode])}")


def mark_of(scenario: Scenario, name: str) -> Mark:
    """The place to start from of that name, such as `09:25`.

    Raises:
        RunError: when there is none; names the nearest.
    """
    for mark in scenario.marks:
        if mark.id.lstrip("0") in {name.lstrip("0"), name.lstrip("0").removesuffix(":00")}:
            return mark
    known = [mark.id for mark in scenario.marks]
    raise RunError(f"no place to start from {quoted(name)}; {_suggestion(name, known)}")


def _suggestion(name: str, known: list[str]) -> str:
    close = nearest(name, known)
    listed = ", ".join(known)
    return f"did you mean {close}? There are {listed}" if close else f"there are {listed}"
