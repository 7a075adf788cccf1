"""Acting: on servers, sessions, the flag and the flow of new orders.

Naming one server needs nobody's leave. What would leave the firm without a running server, or turns
clients away, needs authority: the SEC found that nobody knew when to disconnect (paragraph 42).
Durations are reconstructed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from controlroom.sim import trading
from controlroom.sim.clock import seconds
from controlroom.sim.commands.grammar import Command, Group, Kind, Slot, words
from controlroom.sim.commands.look import place_of
from controlroom.sim.events import ServerChanged, Tone
from controlroom.sim.fleet import ProcessState
from controlroom.sim.tasks import answer

if TYPE_CHECKING:
    from controlroom.sim.world import World

COPY = 30
RESTART = 10
SLOW_RECONCILE = 110
"""Seconds until orders of a killed process come back: nobody wrote down what was open."""

_SERVERS = Slot(Kind.SERVERS, "SERVER")


def named(world: World, servers: tuple[str, ...]) -> list[int]:
    """Places of the named servers, `all` spelled out."""
    if servers == ("all",):
        return list(range(len(world.scenario.servers)))
    return [place_of(world, server) for server in servers]


def needs_leave(world: World, what: str) -> str | None:
    """The refusal where authority is missing."""
    if world.team.authority >= 0:
        return None
    return (
        f"{what} needs authority; declare an incident, or call somebody who can give it "
        "(chief information officer, head of trading)"
    )


def _left_running(world: World) -> set[int]:
    """Servers that take orders and that nobody is stopping."""
    going = {
        at
        for work in world.work
        if isinstance(work.command, _OnServers)
        for at in named(world, work.command.servers)
    }
    return set(world.fleet.taking()) - going


def _would_stop_everything(world: World, stopped: set[int], restarted: set[int]) -> bool:
    """Whether at some moment no server would be left that takes orders.

    Each installation has one server down at a time, for as long as that restarts; where every
    server that is left may be one of those at once, the firm is out of the market for it.

    Args:
        stopped: servers that are to stop.
        restarted: servers that are to be restarted, one after the other.
    """
    left = _left_running(world)
    if not left:
        return False
    rounds = [
        set(work.command.targets(world)[work.stage // 2 :])
        for work in world.work
        if isinstance(work.command, _Install)
    ]
    if restarted:
        rounds.append(restarted)
    left -= stopped
    return len(left) <= len(rounds) and left <= set().union(*rounds)


def _change(world: World, server: int, state: ProcessState, said: str, build: str = "") -> None:
    """Change a server's process; the build is for its log, which somebody must read to know it."""
    world.fleet.set_state(server, state)
    world.fleet.write(server, world.now, f"{said} build {build}" if build else said)
    name = world.scenario.servers[server].name
    world.record(ServerChanged(world.now, f"{name} {said}", name))


@attrs.frozen
class _Install(Command):
    """What `deploy` and `uninstall` share: one server after the other, copied, then restarted."""

    group: ClassVar[Group] = Group.ACT
    asks: ClassVar[bool] = True

    def targets(self, world: World) -> list[int]:
        """Places of the servers, in order."""
        raise AssertionError

    def build_for(self, world: World, server: int) -> str:
        """The build that the server will run."""
        raise AssertionError

    def obstacle(self, world: World) -> str | None:
        """Authority where the restart leaves the firm without a server."""
        if _would_stop_everything(world, set(), set(self.targets(world))):
            return needs_leave(world, f"{self.text()} restarts the last running server, which")
        return None

    def stages(self, world: World) -> tuple[int, ...]:
        """Thirty seconds of copying and ten of restarting, a server."""
        return (seconds(COPY), seconds(RESTART)) * len(self.targets(world))

    def finish(self, world: World, seat: str, stage: int) -> None:
        """After the copy the process restarts; after the restart it takes orders again."""
        turn, restarted = divmod(stage, 2)
        servers = self.targets(world)
        at = servers[turn]
        name = world.scenario.servers[at].name
        if not restarted:
            was_up = world.fleet.states[at] is not ProcessState.STOPPED
            build = self.build_for(world, at)
            if was_up:
                trading.release(world, at, f"restart for build {build}")
                _change(world, at, ProcessState.STARTING, "starting", build)
            world.fleet.builds[at] = build
            world.team.looked.pop(at, None)
        elif world.fleet.states[at] is ProcessState.STARTING:
            _change(world, at, ProcessState.RUNNING, "running", world.fleet.builds[at])
        if stage == 2 * len(servers) - 1:
            answer(world, seat, f"{self.text()}: done on {len(servers)} server(s), last {name}")


@attrs.frozen
class Deploy(_Install):
    """Install a build on servers."""

    verb: ClassVar[str] = "deploy"
    summary: ClassVar[str] = "install a build, one server after the other, with restart (40 s each)"
    key: ClassVar[str | None] = "i"
    aliases: ClassVar[tuple[str, ...]] = ("install",)

    build: str = words(Slot(Kind.BUILD, "BUILD"))
    servers: tuple[str, ...] = words(_SERVERS)

    def targets(self, world: World) -> list[int]:
        """The named servers."""
        return named(world, self.servers)

    def build_for(self, world: World, server: int) -> str:
        """The named build."""
        return self.build


@attrs.frozen
class Uninstall(_Install):
    """Take the new build off servers: what was there before runs again."""

    verb: ClassVar[str] = "uninstall"
    summary: ClassVar[str] = "take the newest build off; the one before runs again (40 s each)"
    key: ClassVar[str | None] = "u"
    aliases: ClassVar[tuple[str, ...]] = ("rollback",)

    servers: tuple[str, ...] = words(_SERVERS)

    def targets(self, world: World) -> list[int]:
        """The named servers."""
        return named(world, self.servers)

    def obstacle(self, world: World) -> str | None:
        """Nothing to take off; authority as for any installation."""
        newest = world.scenario.builds[0].name
        if any(world.fleet.builds[at] == newest for at in self.targets(world)):
            return super().obstacle(world)
        return f"nothing to uninstall: {newest} is not installed on {' '.join(self.servers)}"

    def build_for(self, world: World, server: int) -> str:
        """The build listed after the newest one."""
        return world.scenario.builds[1].name


@attrs.frozen
class _OnServers(Command):
    """A command on the process of servers."""

    group: ClassVar[Group] = Group.ACT

    servers: tuple[str, ...] = words(_SERVERS)

    def stops_everything(self, world: World) -> bool:
        """Whether no server would be left that takes orders."""
        return _would_stop_everything(world, set(named(world, self.servers)), set())

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
class Drain(_OnServers):
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
                _change(world, at, ProcessState.DRAINING, "draining: no new orders")
        world.pegs.sorted_out = False
        working = world.parents.server
        left = sum(
            int((working == at).sum()) + int((world.pegs.server == at).sum())
            for at in named(world, self.servers)
        )
        answer(world, seat, f"{' '.join(self.servers)} drains; {left} parent orders to complete")


@attrs.frozen
class Stop(_OnServers):
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
                _change(world, at, ProcessState.DRAINING, "stopping: no new orders")

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
            f"{' '.join(self.servers)} stopped; {back} client orders went back upstream",
        )


@attrs.frozen
class Kill(_OnServers):
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
        back = world.upstream.delayed - before
        answer(
            world,
            seat,
            f"{' '.join(self.servers)} killed; {back} client orders to be reconciled by hand",
        )


@attrs.frozen
class Start(Command):
    """Start servers that are stopped."""

    verb: ClassVar[str] = "start"
    summary: ClassVar[str] = "start a stopped server with the build that is installed (30 s)"
    group: ClassVar[Group] = Group.ACT
    key: ClassVar[str | None] = "t"

    servers: tuple[str, ...] = words(_SERVERS)

    def obstacle(self, world: World) -> str | None:
        """None of them is stopped."""
        states = [world.fleet.states[at] for at in named(world, self.servers)]
        if not any(state is ProcessState.STOPPED for state in states):
            return f"{' '.join(self.servers)}: not stopped"
        return None

    def stages(self, world: World) -> tuple[int, ...]:
        """Thirty seconds, all named servers at once."""
        return (seconds(30),)

    def begin(self, world: World, seat: str) -> None:
        """The process comes up."""
        for at in named(world, self.servers):
            if world.fleet.states[at] is ProcessState.STOPPED:
                _change(world, at, ProcessState.STARTING, "starting", world.fleet.builds[at])

    def finish(self, world: World, seat: str, stage: int) -> None:
        """It takes orders."""
        for at in named(world, self.servers):
            if world.fleet.states[at] is ProcessState.STARTING:
                _change(world, at, ProcessState.RUNNING, "running", world.fleet.builds[at])
        answer(world, seat, f"{' '.join(self.servers)} running")


@attrs.frozen
class Cancel(Command):
    """Cancel the open child orders of servers."""

    verb: ClassVar[str] = "cancel"
    summary: ClassVar[str] = "cancel a server's open child orders (5 s)"
    group: ClassVar[Group] = Group.ACT
    key: ClassVar[str | None] = "x"

    servers: tuple[str, ...] = words(_SERVERS)

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
            f"{' '.join(self.servers)}: {open_} open child orders cancelled",
            f"their parents are not complete, so they sent on: {again:,} in the last second",
        )


@attrs.frozen
class Disconnect(Command):
    """Close the sessions to a venue."""

    verb: ClassVar[str] = "disconnect"
    summary: ClassVar[str] = "close all servers' sessions to a venue (15 s)"
    group: ClassVar[Group] = Group.ACT
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


_SWITCH = ("on", "off")


@attrs.frozen
class Flag(Command):
    """Switch the RLP flag on clients' orders on or off, upstream."""

    verb: ClassVar[str] = "flag"
    summary: ClassVar[str] = "let new client orders carry the RLP flag, or not (45 s)"
    group: ClassVar[Group] = Group.ACT

    state: str = words(Slot(Kind.CHOICE, "on or off", _SWITCH))

    def obstacle(self, world: World) -> str | None:
        """It is so already."""
        if world.upstream.flag_on == (self.state == "on"):
            return f"the flag is {self.state} already"
        return None

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
            f"RLP flag {self.state} for orders from now on",
            f"{held + running} orders already on the servers keep the flag they came with",
        )


@attrs.frozen
class Refuse(Command):
    """Refuse new parents upstream."""

    verb: ClassVar[str] = "refuse"
    summary: ClassVar[str] = "refuse all new client orders upstream (10 s)"
    group: ClassVar[Group] = Group.ACT
    asks: ClassVar[bool] = True

    state: str = words(Slot(Kind.CHOICE, "on or off", _SWITCH))

    def dangerous(self, world: World) -> bool:
        """Turning clients away is; taking their orders again is not."""
        return self.state == "on"

    def obstacle(self, world: World) -> str | None:
        """It is so already; authority to turn clients away."""
        if world.upstream.refusing == (self.state == "on"):
            return f"refuse is {self.state} already"
        if self.state == "on":
            return needs_leave(world, "refusing all client orders")
        return None

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
    asks: ClassVar[bool] = True

    state: str = words(Slot(Kind.CHOICE, "on or off", _SWITCH))

    def dangerous(self, world: World) -> bool:
        """Sending clients away is; calling them back is not."""
        return self.state == "on"

    def obstacle(self, world: World) -> str | None:
        """It is so already; authority to send clients away."""
        if (world.upstream.rerouting > 0) == (self.state == "on"):
            return f"reroute is {self.state} already"
        if self.state == "on":
            return needs_leave(world, "sending all clients elsewhere")
        return None

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
            "both check parent orders before SMARS; child orders pass neither of them",
            tone=Tone.NOTICE,
        )
