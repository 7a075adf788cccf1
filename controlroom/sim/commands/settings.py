"""What servers run with besides their builds: read it, and load it again from its master.

Reading one thing on one server takes a pair of eyes for a while, so one is read after the other;
what is right stands beside what is there. Durations are invented.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from controlroom.sim.clock import seconds
from controlroom.sim.command import Command, Group, Kind, Slot, words
from controlroom.sim.commands.look import place_of
from controlroom.sim.commands.servers import SERVERS, named
from controlroom.sim.events import Tone
from controlroom.sim.riddle import settings as loaded
from controlroom.sim.riddle.settings import Settings, What
from controlroom.sim.tasks import answer

if TYPE_CHECKING:
    from controlroom.sim.world import World

_WHAT: Final = Slot(Kind.CHOICE, "what", tuple(What))

READING: Final = 20
LOADING: Final = 20


@attrs.frozen
class Config(Command):
    """Read what a server has loaded."""

    verb: ClassVar[str] = "config"
    summary: ClassVar[str] = "read what a server has loaded beside what its master says (20 s)"
    group: ClassVar[Group] = Group.LOOK
    key: ClassVar[str | None] = "O"

    what: str = words(_WHAT)
    server: str = words(Slot(Kind.SERVER, "SERVER"))

    def obstacle(self, world: World) -> str | None:
        """Something else is being read."""
        for work in world.work:
            if isinstance(work.command, Config):
                return f"you are reading already ({work.command.text()}); one thing at a time"
        return None

    def stages(self, world: World) -> tuple[int, ...]:
        """Twenty seconds."""
        return (seconds(READING),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """Show it beside its master."""
        have = _loaded(world)
        there, master, lines = _READ[What(self.what)](world, have, place_of(world, self.server))
        said = "as its master" if there == master else f"master {master}"
        answer(
            world,
            seat,
            f"{self.server}  {self.what}: {there}, {said}",
            *lines,
            tone=Tone.PLAIN if there == master else Tone.NOTICE,
        )


@attrs.frozen
class Reload(Command):
    """Load what servers run with again from its master."""

    verb: ClassVar[str] = "reload"
    summary: ClassVar[str] = "load it anew from its master; what is at work goes on as it is (20 s)"
    group: ClassVar[Group] = Group.ACT
    key: ClassVar[str | None] = "V"
    asks: ClassVar[bool] = True

    what: str = words(_WHAT)
    servers: tuple[str, ...] = words(SERVERS)

    def stages(self, world: World) -> tuple[int, ...]:
        """Twenty seconds, all named servers at once."""
        return (seconds(LOADING),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """From now on it is as its master has it."""
        riddle, what = world.riddle, What(self.what)
        for at in named(world, self.servers):
            if riddle is not None:
                if what is What.SESSIONS and riddle.settings.guests[at] >= 0:
                    riddle.strays.forget_children()
                riddle.settings.mend(what, at)
            world.fleet.write(at, world.now, f"{self.what} loaded from master by command")
        answer(
            world,
            seat,
            f"{self.what} loaded anew: {' '.join(self.servers)}",
            "orders that are at work go on as they began",
        )


def _loaded(world: World) -> Settings:
    """What servers have loaded: what the masters have, where nothing was drawn."""
    if world.riddle is not None:
        return world.riddle.settings
    return Settings.right(len(world.scenario.servers), len(world.scenario.clients))


def _flags(world: World, have: Settings, at: int) -> tuple[str, str, list[str]]:
    release = have.flags[at]
    names = world.scenario.names
    leads = f"handler 9, {names.program}"
    if release == loaded.OLD_FLAGS:
        leads = f"handler 6, {names.old_path}"
    return f"table of {release}", f"table of {loaded.FLAGS}", [f"flag Y leads to {leads}"]


def _count(_: World, have: Settings, at: int) -> tuple[str, str, list[str]]:
    reads = "oms.cumqty, not written to" if have.blind(at) else "router.filled"
    return (
        f"check of {have.counts[at]}",
        f"check of {loaded.COUNT}",
        [f"reads {reads}; used by orders with flag Y"],
    )


def _reference(world: World, have: Settings, at: int) -> tuple[str, str, list[str]]:
    lines = ["no round lots differ from yesterday's"]
    if not have.stale(at) and world.riddle is not None:
        symbols = [
            stock.symbol
            for stock, new in zip(
                world.scenario.market.stocks, world.riddle.pilot.tolist(), strict=True
            )
            if new
        ]
        lines = [f"round lots a tenth of yesterday's in {len(symbols)} stocks of the pilot:"]
        lines += [" ".join(symbols[place : place + 12]) for place in range(0, len(symbols), 12)]
    if have.reference[at] == loaded.REDELIVERED:
        lines.insert(0, "second delivery, same content")
    return f"file of {have.reference[at]}", f"file of {loaded.REFERENCE}", lines


def _limits(world: World, have: Settings, at: int) -> tuple[str, str, list[str]]:
    asked = [
        (place, client) for place, client in enumerate(world.scenario.clients) if client.credit
    ]
    if not asked:
        return "no client has a line here", "no client has a line here", []
    drawn = world.scenario.drawn
    lines = [
        f"{client.id} used {have.used[place]:,} USD here"
        for place, client in asked
        if drawn is not None and drawn.homes[place] == at
    ]
    there = ", ".join(f"{one.id} {one.credit * have.scale[at]:,} USD" for _, one in asked)
    master = ", ".join(f"{one.id} {one.credit:,} USD" for _, one in asked)
    return there, master, lines or ["none of these clients has a line to this server"]


def _sessions(world: World, have: Settings, at: int) -> tuple[str, str, list[str]]:
    servers, drawn = [server.name for server in world.scenario.servers], world.scenario.drawn
    there = f"its own to {', '.join(world.fleet.connected) or 'no venue'}"
    master, guest = there, have.guests[at]
    lines = [
        f"line of {client.id}, {client.title}"
        for client, home in zip(world.scenario.clients, drawn.homes if drawn else (), strict=True)
        if home == at
    ]
    if guest >= 0:
        there = f"{there}; those of {servers[guest]} too"
        lines.append(f"sessions of {servers[guest]} open since 04:10, failover test")
        if world.riddle is not None:
            open_lots = int(world.riddle.strays.open_lots.sum())
            lines.append(f"children without an answer: {open_lots:,}")
    return there, master, lines


def _dealing(world: World, have: Settings, at: int) -> tuple[str, str, list[str]]:
    names = [server.name for server in world.scenario.servers]
    out = [name for name, there in zip(names, have.dealt, strict=True) if not there]
    lines = [f"in the table: {len(names) - len(out)} of {len(names)} servers"]
    if out:
        lines.append(f"out of it, no answer in time: {', '.join(out)}")
    if world.riddle is not None:
        waiting = world.riddle.intake.waiting(at)
        lines.append(f"orders waiting before {names[at]}: {waiting:,}")
    return (
        f"health check after {have.timeout} ms",
        f"health check after {loaded.TIMEOUT} ms",
        lines,
    )


_READ: Final = {
    What.FLAGS: _flags,
    What.COUNT: _count,
    What.REFERENCE: _reference,
    What.LIMITS: _limits,
    What.SESSIONS: _sessions,
    What.DEALING: _dealing,
}
