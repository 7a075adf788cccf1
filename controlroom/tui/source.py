"""What a control room stands on: a run that is played here, one that was recorded, one of a drill.

A room shows the same panes whatever is behind them. It asks its source for the view of a seat and
never for more; who takes the steps, and whether there are any to take, is the source's own affair.
A run played in this room takes them when it is asked to. A replay goes to any step that there was.
The seat of a drill, whose clock is another screen's, takes none, and tells what has happened since
it was asked last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from controlroom.sim.commands import Command
    from controlroom.sim.events import Event
    from controlroom.sim.start import Mode, Scenario
    from controlroom.sim.views import View
    from controlroom.sim.world import World


class Source(Protocol):
    """What every room asks."""

    @property
    def scenario(self) -> Scenario:
        """What is, or was, played; panes read titles and times from it."""

    @property
    def mode(self) -> Mode:
        """What the player is, or was, allowed."""

    @property
    def now(self) -> int:
        """The step that is shown."""

    @property
    def ended(self) -> str:
        """Why the run is over at that step, or empty."""

    def view(self, seat: str) -> View:
        """What the instruments of a seat show at that step."""


class Playable(Source, Protocol):
    """What a room asks in which commands can be given."""

    @property
    def world(self) -> World:
        """Asked by a command whether it is dangerous just now; never shown."""

    def give(self, command: Command | str, seat: str) -> str:
        """Give a command; see `Run.give`."""

    def advance(self, steps: int) -> tuple[Event, ...]:
        """Let the clock of this room go so many steps on; what has happened since the last call."""

    def advance_to_next(self, most: int) -> tuple[Event, ...]:
        """The same up to what needs somebody, but `most` steps."""


@runtime_checkable
class Noting(Protocol):
    """A source whose journal keeps how it is played."""

    def note(self, what: str, wall_ms: int = 0) -> None:
        """Keep that; see `Run.note`."""
