"""Before a server: the flag on new orders, and whether they reach the firm at all.

Durations are reconstructed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from controlroom.sim.clock import seconds
from controlroom.sim.command import Command, Group, Kind, Slot, words
from controlroom.sim.commands.leave import needs_leave
from controlroom.sim.events import Tone
from controlroom.sim.tasks import answer, counted

if TYPE_CHECKING:
    from controlroom.sim.world import World


_SWITCH = ("on", "off")


def _already(world: World, wanted: Flag | Refuse | Reroute, *, on: bool) -> str | None:
    """The refusal where a switch stands as it is wanted, unless it is just being turned."""
    turning = any(type(work.command) is type(wanted) for work in world.work)
    state = "on" if on else "off"
    return f"{wanted.verb} is {state} already" if not turning and wanted.state == state else None


@attrs.frozen
class Flag(Command):
    """Switch the RLP flag on clients' orders on or off, upstream."""

    verb: ClassVar[str] = "flag"
    summary: ClassVar[str] = "let new client orders carry the flag, or not (45 s)"
    group: ClassVar[Group] = Group.ACT
    key: ClassVar[str | None] = "F"

    state: str = words(Slot(Kind.CHOICE, "on or off", _SWITCH))

    def obstacle(self, world: World) -> str | None:
        """It is so already."""
        return _already(world, self, on=world.upstream.flag_on)

    def stages(self, world: World) -> tuple[int, ...]:
        """Forty-five seconds."""
        return (seconds(45),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """Orders from now on; those that a server has keep what they came with."""
        world.upstream.flag_on = self.state == "on"
        held = sum(len(rows) for rows in world.fleet.held.values())
        running = len(world.pegs) + int(world.parents.rlp.sum())
        answer(
            world,
            seat,
            f"{world.scenario.names.program} flag {self.state} for orders from now on",
            f"{counted(held + running, 'order')} already on the servers keep the flag they came "
            "with",
        )


@attrs.frozen
class Refuse(Command):
    """Refuse new parents upstream."""

    verb: ClassVar[str] = "refuse"
    summary: ClassVar[str] = "refuse all new client orders upstream (10 s)"
    group: ClassVar[Group] = Group.ACT
    key: ClassVar[str | None] = "X"
    asks: ClassVar[bool] = True

    state: str = words(Slot(Kind.CHOICE, "on or off", _SWITCH))

    def dangerous(self, world: World) -> bool:
        """Turning clients away is; taking their orders again is not."""
        return self.state == "on"

    def obstacle(self, world: World) -> str | None:
        """It is so already; authority to turn clients away."""
        already = _already(world, self, on=world.upstream.refusing)
        if already is None and self.state == "on":
            return needs_leave(world, "refusing all client orders")
        return already

    def stages(self, world: World) -> tuple[int, ...]:
        """Ten seconds."""
        return (seconds(10),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """Every new order is lost to another firm."""
        world.upstream.refusing = self.state == "on"
        said = "refused" if self.state == "on" else "taken again"
        answer(world, seat, f"new client orders are {said}; what the servers hold goes on")


@attrs.frozen
class Reroute(Command):
    """Tell clients to send their orders elsewhere, or to come back."""

    verb: ClassVar[str] = "reroute"
    summary: ClassVar[str] = "tell clients to send orders elsewhere; the desk telephones (4 min)"
    group: ClassVar[Group] = Group.ACT
    key: ClassVar[str | None] = "R"
    asks: ClassVar[bool] = True

    state: str = words(Slot(Kind.CHOICE, "on or off", _SWITCH))

    def dangerous(self, world: World) -> bool:
        """Sending clients away is; calling them back is not."""
        return self.state == "on"

    def obstacle(self, world: World) -> str | None:
        """The desk is telephoning; it is so already; authority to send clients away."""
        for work in world.work:
            if isinstance(work.command, Reroute) and work.command != self:
                until = world.scenario.day.text(work.ends[-1])
                return f"the desk is on the telephones until {until} ({work.command.text()})"
        already = _already(world, self, on=world.upstream.rerouting > 0)
        if already is None and self.state == "on":
            return needs_leave(world, "sending all clients elsewhere")
        return already

    def stages(self, world: World) -> tuple[int, ...]:
        """Four minutes on the telephones, by quarters of the clients."""
        return (seconds(60),) * 4

    def finish(self, world: World, seat: str, stage: int) -> None:
        """A quarter of the clients each minute; a twentieth never hears of it."""
        told = (250, 500, 750, 950)[stage]
        world.upstream.rerouting = told if self.state == "on" else (950 - told if stage < 3 else 0)
        if stage == 3:
            where = "elsewhere" if self.state == "on" else "to us again"
            answer(world, seat, f"clients have been told to send their orders {where}")


@attrs.frozen
class Limit(Command):
    """Ask the risk desk for a gross limit."""

    verb: ClassVar[str] = "limit"
    summary: ClassVar[str] = "ask the risk desk to set a gross limit for the firm (30 s)"
    group: ClassVar[Group] = Group.ACT
    key: ClassVar[str | None] = "L"

    dollars: int = words(Slot(Kind.NUMBER, "DOLLARS", low=1))

    def stages(self, world: World) -> tuple[int, ...]:
        """Thirty seconds."""
        return (seconds(30),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """It binds where orders enter the firm, and SMARS sends behind that."""
        world.team.limit = self.dollars
        answer(
            world,
            seat,
            f"gross limit {self.dollars:,} USD set at the client interface and the order system",
            f"both check parent orders before {world.scenario.names.router}; "
            "child orders pass neither of them",
            tone=Tone.NOTICE,
        )
