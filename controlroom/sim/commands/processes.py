"""Processes of servers: drain, stop, kill and start them. Durations are reconstructed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from controlroom.sim import trading
from controlroom.sim.clock import seconds
from controlroom.sim.command import Command, Group, words
from controlroom.sim.commands.leave import needs_leave, would_stop_everything
from controlroom.sim.commands.servers import SERVERS, change, named
from controlroom.sim.fleet import ProcessState
from controlroom.sim.tasks import answer, counted

if TYPE_CHECKING:
    from controlroom.sim.world import World

SLOW_RECONCILE = 110
"""Seconds until orders of a killed process come back: nobody wrote down what was open."""


@attrs.frozen
class OnServers(Command):
    """A command on the process of servers."""

    group: ClassVar[Group] = Group.ACT

    servers: tuple[str, ...] = words(SERVERS)

    def stopping(self, world: World) -> frozenset[int]:
        """The named servers."""
        return frozenset(named(world, self.servers))

    def stops_everything(self, world: World) -> bool:
        """Whether no server would be left that takes orders."""
        return would_stop_everything(world, self.stopping(world), frozenset())

    def dangerous(self, world: World) -> bool:
        """Asked about when it names more than one server or the last one."""
        return len(named(world, self.servers)) > 1 or self.stops_everything(world)

    def obstacle(self, world: World) -> str | None:
        """Servers that do not run; authority where everything would stop."""
        servers = named(world, self.servers)
        states = [world.fleet.states[at] for at in servers]
        if all(state is ProcessState.STOPPED for state in states):
            return f"{' '.join(self.servers)}: stopped already"
        if self.stops_everything(world):
            return needs_leave(world, f"{self.text()} leaves no server running, which")
        return None


@attrs.frozen
class Drain(OnServers):
    """Give a server no new orders and let it finish those it has."""

    verb: ClassVar[str] = "drain"
    summary: ClassVar[str] = "no new orders; it stops when those it has are complete"
    key: ClassVar[str | None] = "d"

    def obstacle(self, world: World) -> str | None:
        """Also refused for servers that drain already."""
        servers = named(world, self.servers)
        if all(world.fleet.states[at] is ProcessState.DRAINING for at in servers):
            return f"{' '.join(self.servers)}: draining already"
        return super().obstacle(world)

    def begin(self, world: World, seat: str) -> None:
        """It takes no more orders from this step on."""
        for at in named(world, self.servers):
            if world.fleet.states[at] is ProcessState.RUNNING:
                change(world, at, ProcessState.DRAINING, "draining: no new orders")
        world.pegs.sorted_out = False
        working = world.parents.server
        left = sum(
            int((working == at).sum()) + int((world.pegs.server == at).sum())
            for at in named(world, self.servers)
        )
        answer(
            world,
            seat,
            f"{' '.join(self.servers)} drains; {counted(left, 'parent order')} to complete",
        )


@attrs.frozen
class Stop(OnServers):
    """Stop a server in order."""

    verb: ClassVar[str] = "stop"
    summary: ClassVar[str] = "stop in order: what is not filled goes back upstream (10 s)"
    key: ClassVar[str | None] = "s"

    def stages(self, world: World) -> tuple[int, ...]:
        """Ten seconds, all named servers at once."""
        return (seconds(10),)

    def begin(self, world: World, seat: str) -> None:
        """It takes no more orders from this step on."""
        for at in named(world, self.servers):
            if world.fleet.states[at] is ProcessState.RUNNING:
                change(world, at, ProcessState.DRAINING, "stopping: no new orders")

    def finish(self, world: World, seat: str, stage: int) -> None:
        """Its process ends."""
        before = world.upstream.delayed
        for at in named(world, self.servers):
            if world.fleet.states[at] is not ProcessState.STOPPED:
                trading.release(world, at, "stopped by command")
        back = world.upstream.delayed - before
        answer(
            world,
            seat,
            f"{' '.join(self.servers)} stopped; {counted(back, 'client order')} went back upstream",
        )


@attrs.frozen
class Kill(OnServers):
    """Kill a server's process."""

    verb: ClassVar[str] = "kill"
    summary: ClassVar[str] = "kill the process now; its client orders must be reconciled (2 s)"
    key: ClassVar[str | None] = "k"
    asks: ClassVar[bool] = True

    def dangerous(self, world: World) -> bool:
        """Always asked about."""
        return True

    def stages(self, world: World) -> tuple[int, ...]:
        """Two seconds."""
        return (seconds(2),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """Its process is gone; client orders come back late, and many go elsewhere."""
        before = world.upstream.delayed
        for at in named(world, self.servers):
            if world.fleet.states[at] is not ProcessState.STOPPED:
                trading.release(world, at, "killed", reconcile=seconds(SLOW_RECONCILE))
        orders = counted(world.upstream.delayed - before, "client order")
        answer(
            world,
            seat,
            f"{' '.join(self.servers)} killed; {orders} to be reconciled by hand",
        )


@attrs.frozen
class Start(Command):
    """Start servers that are stopped."""

    verb: ClassVar[str] = "start"
    summary: ClassVar[str] = "start a stopped server with the build that is installed (30 s)"
    group: ClassVar[Group] = Group.ACT
    key: ClassVar[str | None] = "t"

    servers: tuple[str, ...] = words(SERVERS)

    def obstacle(self, world: World) -> str | None:
        """None of them is stopped."""
        states = {world.fleet.states[at] for at in named(world, self.servers)}
        if ProcessState.STOPPED in states:
            return None
        now = f"{states.pop()} now, " if len(states) == 1 else ""
        return f"{' '.join(self.servers)}: {now}not stopped"

    def stages(self, world: World) -> tuple[int, ...]:
        """Thirty seconds, all named servers at once."""
        return (seconds(30),)

    def begin(self, world: World, seat: str) -> None:
        """The process comes up."""
        for at in named(world, self.servers):
            if world.fleet.states[at] is ProcessState.STOPPED:
                change(world, at, ProcessState.STARTING, "starting", world.fleet.builds[at])

    def finish(self, world: World, seat: str, stage: int) -> None:
        """It takes orders."""
        for at in named(world, self.servers):
            if world.fleet.states[at] is ProcessState.STARTING:
                change(world, at, ProcessState.RUNNING, "running", world.fleet.builds[at])
        answer(world, seat, f"{' '.join(self.servers)} started and ready for new orders")
