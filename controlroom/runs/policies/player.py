"""What a scripted player is given and gives, and how one is driven.

A script yields the commands of this second (often none) and gets the next second's `Sight` for it.
It knows what the seat's screen shows and what was said to the seat, nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Protocol, TypeVar

import attrs

from controlroom.runs.simulation import SEAT, Simulation
from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.events import Answer, Arrived, Event, Refused
from controlroom.sim.views import View

T = TypeVar("T")


@attrs.frozen
class Sight:
    """What a seat sees and hears in a second.

    Attributes:
        from_open: seconds since the open by the clock on the wall; negative before it.
        heard: answers and refusals for this seat, and what has just arrived.
        look: the screen. Drawing it costs something, so it is only drawn for those who look.
    """

    from_open: int
    heard: tuple[Event, ...]
    look: Callable[[], View]


Script = Generator[tuple[str, ...], Sight, T]
"""Commands for each second; what comes of it in the end is a `T`."""


@attrs.frozen
class Reply:
    """What came of a command.

    Attributes:
        done: whether it was done, and not refused.
        lines: the answer, or why not.
    """

    done: bool
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines)


class Playable(Protocol):
    """A simulation with or without a journal: what a script can be driven on."""

    def give(self, command: str, /) -> object:
        """Give a command for the next step."""

    def advance(self, steps: int, /) -> tuple[Event, ...]:
        """Take steps."""


@attrs.frozen
class Bare:
    """A simulation without a journal.

    Attributes:
        simulation: what is played.
    """

    simulation: Simulation

    def give(self, command: str) -> object:
        """Give a command for the next step."""
        return self.simulation.submit(command)

    def advance(self, steps: int) -> tuple[Event, ...]:
        """Take steps."""
        return self.simulation.step(steps)


def drive(
    playing: Playable,
    simulation: Simulation,
    script: Script[None],
    until: int,
    told: Callable[[tuple[Event, ...]], None] = lambda _: None,
) -> int:
    """Let a script play, a second at a time, up to the step `until` or the end of the run.

    Args:
        playing: takes the commands and the steps.
        simulation: what it plays on.
        script: who plays. When it has nothing more to say the run goes on without it.
        until: the first step that is not taken.
        told: what happened, second by second.

    Returns:
        How many commands were given.
    """
    day, given = simulation.scenario.day, live_the_week(playing, simulation)
    commands: tuple[str, ...] = next(script, ())
    playing_on = True
    while simulation.now < until and not simulation.ended and not simulation.still:
        unheard: list[Event] = []
        for command in commands:
            # Where nobody of that name can be called, a player hears so and goes on.
            if why := simulation.misread(command):
                unheard.append(Refused(simulation.now, why, SEAT, command))
                continue
            playing.give(command)
            given += 1
        second = STEPS_PER_SECOND - simulation.now % STEPS_PER_SECOND
        left = until - simulation.now
        events = playing.advance(min(second, left) if playing_on else left)
        told(events)
        if not playing_on:
            continue
        from_open = (simulation.now - day.open_step) // STEPS_PER_SECOND
        sight = Sight(from_open, tuple(filter(_audible, (*unheard, *events))), simulation.view)
        try:
            commands = script.send(sight)
        except StopIteration:
            commands, playing_on = (), False
    return given


def live_the_week(playing: Playable, simulation: Simulation) -> int:
    """Do in the evenings before the day what the record says, for those who play the day only.

    Returns:
        How many commands were given; none where there are no such evenings.
    """
    given = 0
    for command in simulation.scenario.reference:
        if simulation.ended or simulation.view().week is None:
            break
        playing.give(command.text)
        given += 1
    return given


def _audible(event: Event) -> bool:
    """Whether this seat hears of it as it happens."""
    if isinstance(event, Answer | Refused):
        return event.seat == SEAT
    return isinstance(event, Arrived)


def wait(until: Callable[[Sight], bool], *, every: int = 1, most: int = 86_400) -> Script[bool]:
    """Do nothing until something is so, looking every few seconds, for so many at most.

    Returns:
        Whether it has come true.
    """
    for second in range(most):
        sight = yield ()
        if second % every == 0 and until(sight):
            return True
    return False


def pause(seconds: int) -> Script[Sight]:
    """Do nothing for some seconds."""
    sight = yield ()
    for _ in range(seconds - 1):
        sight = yield ()
    return sight


def look() -> Script[View]:
    """See the screen as it is in a second."""
    sight = yield ()
    return sight.look()


def do(command: str) -> Script[Reply]:
    """Give a command and wait for what comes of it."""
    sight = yield (command,)
    while True:
        for event in sight.heard:
            if isinstance(event, Refused):
                return Reply(done=False, lines=(event.text,))
            if isinstance(event, Answer):
                return Reply(done=True, lines=(event.text, *event.lines))
        sight = yield ()


def do_all(commands: Sequence[str]) -> Script[list[Reply]]:
    """Give several commands at once and wait for what comes of each of them that is done.

    Their answers come in the order in which they are done; what is refused is left out.
    """
    sight = yield tuple(commands)
    replies: list[Reply] = []
    left = len(commands)
    while left:
        for event in sight.heard:
            if isinstance(event, Refused):
                left -= 1
            elif isinstance(event, Answer):
                left -= 1
                replies.append(Reply(done=True, lines=(event.text, *event.lines)))
        if left:
            sight = yield ()
    return replies
