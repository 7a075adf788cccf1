"""What servers have at the venues: open child orders and sessions. Durations are reconstructed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from controlroom.sim import trading
from controlroom.sim.clock import seconds
from controlroom.sim.command import Command, Group, Kind, Slot, words
from controlroom.sim.commands.leave import needs_leave
from controlroom.sim.commands.servers import SERVERS, named
from controlroom.sim.tasks import answer, counted

if TYPE_CHECKING:
    from controlroom.sim.world import World


@attrs.frozen
class Cancel(Command):
    """Cancel the open child orders of servers."""

    verb: ClassVar[str] = "cancel"
    summary: ClassVar[str] = "cancel a server's open child orders (5 s)"
    group: ClassVar[Group] = Group.ACT
    key: ClassVar[str | None] = "x"

    servers: tuple[str, ...] = words(SERVERS)

    def obstacle(self, world: World) -> str | None:
        """Nothing works there."""
        working = world.fleet.working()
        if not any(at in working for at in named(world, self.servers)):
            return f"{' '.join(self.servers)}: no process that could have open orders"
        return None

    def stages(self, world: World) -> tuple[int, ...]:
        """Five seconds."""
        return (seconds(5),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """Parents that are not complete send new children at once: nothing is gained."""
        servers = named(world, self.servers)
        open_ = sum(
            int((world.parents.server == at).sum()) + int((world.pegs.server == at).sum())
            for at in servers
        )
        rate = world.fleet.recent(world.seconds_closed)[-1]
        again = sum(int(rate[at]) for at in servers)
        answer(
            world,
            seat,
            f"{' '.join(self.servers)}: {counted(open_, 'open child order')} cancelled",
            f"their parents are not complete, so they sent on: {again:,} in the last second",
        )


@attrs.frozen
class Disconnect(Command):
    """Close the sessions to a venue."""

    verb: ClassVar[str] = "disconnect"
    summary: ClassVar[str] = "close all servers' sessions to a venue (15 s)"
    group: ClassVar[Group] = Group.ACT
    key: ClassVar[str | None] = "D"
    asks: ClassVar[bool] = True

    venue: str = words(Slot(Kind.VENUE, "VENUE", ("all",)))

    def venues(self, world: World) -> list[str]:
        """The venues it means."""
        every = [venue.name for venue in world.scenario.venues]
        return every if self.venue == "all" else [self.venue]

    def obstacle(self, world: World) -> str | None:
        """Already closed; authority where no session would be left."""
        mine = self.venues(world)
        if not any(name in mine for name in world.fleet.connected):
            return f"{self.venue}: disconnected already"
        closing = [
            name
            for work in world.work
            if isinstance(work.command, Disconnect)
            for name in work.command.venues(world)
        ]
        if all(name in mine or name in closing for name in world.fleet.connected):
            return needs_leave(world, f"{self.text()} cuts the firm off the market, which")
        return None

    def stages(self, world: World) -> tuple[int, ...]:
        """Fifteen seconds."""
        return (seconds(15),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """Liquidity there is out of reach."""
        trading.settle(world)
        gone = self.venues(world)
        world.fleet.connected = [name for name in world.fleet.connected if name not in gone]
        world.pegs.sorted_out = False
        left = ", ".join(world.fleet.connected) or "none"
        answer(world, seat, f"{self.venue} disconnected; sessions left: {left}")


@attrs.frozen
class Connect(Command):
    """Open the sessions to a venue again."""

    verb: ClassVar[str] = "connect"
    summary: ClassVar[str] = "open all servers' sessions to a venue again (30 s)"
    group: ClassVar[Group] = Group.ACT
    key: ClassVar[str | None] = "J"

    venue: str = words(Slot(Kind.VENUE, "VENUE", ("all",)))

    def obstacle(self, world: World) -> str | None:
        """Nothing is disconnected there."""
        every = [venue.name for venue in world.scenario.venues]
        wanted = every if self.venue == "all" else [self.venue]
        if all(name in world.fleet.connected for name in wanted):
            return f"{self.venue}: connected already"
        return None

    def stages(self, world: World) -> tuple[int, ...]:
        """Thirty seconds."""
        return (seconds(30),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """Liquidity there is in reach again."""
        trading.settle(world)
        every = [venue.name for venue in world.scenario.venues]
        world.fleet.connected = [
            name for name in every if name in world.fleet.connected or self.venue in ("all", name)
        ]
        world.pegs.sorted_out = False
        answer(world, seat, f"{self.venue} connected")
