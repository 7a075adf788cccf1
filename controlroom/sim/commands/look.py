"""Looking: what the firm's own tools could tell, each at its price in time.

Nothing here changes the firm's systems. Durations are reconstructed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs
import numpy as np

from controlroom.sim import drill, trading, week
from controlroom.sim.arrays import Ints
from controlroom.sim.clock import seconds
from controlroom.sim.command import Command, Group, Kind, Slot, words
from controlroom.sim.events import Tone
from controlroom.sim.excess import tables
from controlroom.sim.fleet import build_of
from controlroom.sim.start import PRICE_UNIT
from controlroom.sim.tasks import answer, counted
from controlroom.sim.team import Looked

if TYPE_CHECKING:
    from controlroom.sim.world import World

_SHOWN = 6


def place_of(world: World, server: str) -> int:
    """A server's place in the fleet."""
    return [item.name for item in world.scenario.servers].index(server)


def stock_of(world: World, symbol: str) -> int:
    """A stock's place in the market."""
    return [item.symbol for item in world.scenario.market.stocks].index(symbol)


@attrs.frozen
class Log(Command):
    """Read the end of a server's log."""

    verb: ClassVar[str] = "log"
    summary: ClassVar[str] = "read the end of a server's log and its live orders (10 s)"
    group: ClassVar[Group] = Group.LOOK
    key: ClassVar[str | None] = "l"

    server: str = words(Slot(Kind.SERVER, "SERVER"))

    def stages(self, world: World) -> tuple[int, ...]:
        """Ten seconds."""
        return (seconds(10),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """Show it."""
        at, day = place_of(world, self.server), world.scenario.day
        written = world.fleet.logs[at][-8:]
        lines = [f"{day.text(line.step)}  {line.text}" for line in written]
        lines += _live(world, at, 4)
        rate = int(world.fleet.recent(world.seconds_closed)[-1, at])
        answer(
            world,
            seat,
            f"{self.server}  log, {counted(rate, 'child order')} in the last second",
            *lines,
        )


@attrs.frozen
class Look(Command):
    """Look into a server: processes, build, flag, orders."""

    verb: ClassVar[str] = "look"
    summary: ClassVar[str] = "look into a server: process, build, checksum, flag, fills (20 s)"
    group: ClassVar[Group] = Group.LOOK
    key: ClassVar[str | None] = "o"
    aliases: ClassVar[tuple[str, ...]] = ("inspect",)
    evenings: ClassVar[bool] = True

    server: str = words(Slot(Kind.SERVER, "SERVER"))

    def on_an_evening(self, world: World, seat: str) -> str | None:
        """It takes minutes of the evening."""
        return week.look(world, seat, [place_of(world, self.server)])

    def stages(self, world: World) -> tuple[int, ...]:
        """Twenty seconds."""
        return (seconds(20),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """Show it, and remember what was seen."""
        at = place_of(world, self.server)
        fleet = world.fleet
        build = build_of(world.scenario, fleet, at)
        target, filled, live = fills(world, at)
        ratio = filled * 10 // target if target else None
        world.team.looked[at] = Looked(world.now, build.name, ratio)
        load = fleet.load(at, world.seconds_closed)
        flag = "on" if world.upstream.flag_on else "off"
        held = len(fleet.held[at])
        sessions = ", ".join(fleet.connected) or "none"
        program, refused = world.scenario.names.program, int(fleet.rejects[at])
        completed = f"{int(fleet.full[at]):,} of {int(fleet.received[at]):,} received"
        lines = [
            f"process {fleet.states[at].value}, load {load} %, sessions {sessions}",
            f"build {build.name}, version {build.version}, checksum {build.checksum}",
            f"client {program} flag {flag}; flagged orders refused here today: {refused}",
            f"parents in work {live}, held for the open {held}, completed {completed}",
            f"of the parents in work: target {target:,} shares, filled {filled:,} shares",
            *_live(world, at, _SHOWN),
        ]
        answer(world, seat, f"{self.server}", *lines)


@attrs.frozen
class Compare(Command):
    """Compare the installed builds of the whole fleet."""

    verb: ClassVar[str] = "compare"
    summary: ClassVar[str] = "compare the installed builds of all servers by hand (20 s a server)"
    group: ClassVar[Group] = Group.LOOK
    key: ClassVar[str | None] = "c"
    evenings: ClassVar[bool] = True

    def on_an_evening(self, world: World, seat: str) -> str | None:
        """As long as looking at each of them."""
        return week.look(world, seat, list(range(len(world.scenario.servers))))

    def stages(self, world: World) -> tuple[int, ...]:
        """Without an inventory, every server is visited: twenty seconds each."""
        return (seconds(20 * len(world.scenario.servers)),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """List them, and count which differ from most."""
        names = world.fleet.builds
        most = max(sorted(set(names)), key=names.count)
        odd = [
            server.name
            for server, build in zip(world.scenario.servers, names, strict=True)
            if build != most
        ]
        lines = []
        for at, server in enumerate(world.scenario.servers):
            build = build_of(world.scenario, world.fleet, at)
            before = world.team.looked.get(at)
            seen = before.fills if before else None
            world.team.looked[at] = Looked(world.now, build.name, seen)
            lines.append(f"{server.name}  {build.name:<8}  {build.version}  {build.checksum}")
        said = f"all {len(names)} servers run {most}"
        if odd:
            said = (
                f"{len(names) - len(odd)} of {len(names)} run {most}; different: {', '.join(odd)}"
            )
        answer(world, seat, said, *lines, tone=Tone.NOTICE if odd else Tone.GOOD)


@attrs.frozen
class Pmon(Command):
    """Read the risk screen."""

    verb: ClassVar[str] = "pmon"
    summary: ClassVar[str] = (
        "read PMON, the risk screen: no limits, no alerts, late under load (5 s)"
    )
    group: ClassVar[Group] = Group.LOOK
    key: ClassVar[str | None] = "P"

    def stages(self, world: World) -> tuple[int, ...]:
        """Five seconds."""
        return (seconds(5),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """What it shows is what it has booked."""
        profit, gross, count, behind = drill.pmon(world)
        late = behind // max(world.scenario.firm.pmon_capacity, 1)
        monitor = world.scenario.names.monitor
        sign = "+" if profit > 0 else ""
        answer(
            world,
            seat,
            f"{monitor}: P&L {sign}{profit:,} USD, gross position {gross:,} USD in {count} stocks",
            f"executions not booked yet: {behind:,}, about {late:,} s of work",
            f"{monitor} shows no limits",
        )


@attrs.frozen
class Positions(Command):
    """List positions."""

    verb: ClassVar[str] = "positions"
    summary: ClassVar[str] = "the largest positions, or one stock's (5 s)"
    group: ClassVar[Group] = Group.LOOK
    key: ClassVar[str | None] = "p"

    stock: str | None = words(Slot(Kind.STOCK, "STOCK", optional=True))

    def stages(self, world: World) -> tuple[int, ...]:
        """Five seconds."""
        return (seconds(5),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """Show them."""
        position = world.ledger.position()
        value = position * world.market.mid // PRICE_UNIT
        stocks = world.scenario.market.stocks
        if self.stock is not None:
            at = stock_of(world, self.stock)
            answer(world, seat, _position(world, at, position, value))
            return
        order = np.argsort(-np.abs(value), kind="stable")[:12]
        lines = [_position(world, int(at), position, value) for at in order if position[at]]
        held = int((position != 0).sum())
        long, short = int(value[value > 0].sum()), -int(value[value < 0].sum())
        answer(
            world,
            seat,
            f"{held} of {len(stocks)} stocks, long {long:,} USD, short {short:,} USD",
            *lines,
        )


@attrs.frozen
class Account(Command):
    """Look at an account against its limit."""

    verb: ClassVar[str] = "account"
    summary: ClassVar[str] = "an account's gross position against its limit (15 s)"
    group: ClassVar[Group] = Group.LOOK
    key: ClassVar[str | None] = "G"

    number: str = words(Slot(Kind.CHOICE, "ACCOUNT", ("33",)))

    def stages(self, world: World) -> tuple[int, ...]:
        """Fifteen seconds."""
        return (seconds(15),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """Gross and limit, which nothing connects."""
        gross, limit = world.ledger.gross(world.market), world.scenario.firm.account_limit
        answer(
            world,
            seat,
            f"{world.scenario.names.account}: gross position {gross:,} USD, limit {limit:,} USD",
            *_sources(world),
            tone=Tone.BAD if gross > limit else Tone.PLAIN,
        )


def _sources(world: World) -> list[str]:
    """What the account's books say about where positions come from."""
    if not world.scenario.has("separate-accounts"):
        return ["temporary home of several kinds of position, pooled; the limit blocks nothing"]
    trading.settle(world)
    pegs = world.pegs
    own = np.zeros(len(world.scenario.servers), np.int64)
    np.add.at(own, pegs.server, pegs.filled)
    if world.riddle is not None:
        own += world.riddle.strays.servers
    return [
        f"from {server.name}: {int(own[at]):,} shares that match no order"
        for at, server in enumerate(world.scenario.servers)
        if own[at]
    ]


@attrs.frozen
class Tape(Command):
    """One stock's quote and what the firm did in it."""

    verb: ClassVar[str] = "tape"
    summary: ClassVar[str] = "one stock's quote, move and volume (5 s)"
    group: ClassVar[Group] = Group.LOOK
    key: ClassVar[str | None] = "T"

    stock: str = words(Slot(Kind.STOCK, "STOCK"))

    def stages(self, world: World) -> tuple[int, ...]:
        """Five seconds."""
        return (seconds(5),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """Show it."""
        at, market, law = stock_of(world, self.stock), world.market, world.law
        bid, ask = int(market.quotes[at + law.stocks]), int(market.quotes[at])
        move = (int(market.mid[at]) - int(law.opens[at])) * 1000 // int(law.opens[at])
        own = int(world.ledger.shares[at] + world.ledger.shares[at + law.stocks])
        quote = f"{bid / PRICE_UNIT:.4f} / {ask / PRICE_UNIT:.4f}"
        paused = "in a trading pause" if market.paused_until[at] else "trading"
        answer(
            world,
            seat,
            f"{self.stock}  {quote}  {move / 10:+.1f} % from the open",
            f"{paused}; pauses today {int(market.pauses[at])}",
            f"unordered executions of ours: {own:,} shares",
            f"average day: {int(law.adv[at]):,} shares",
        )


def fills(world: World, server: int) -> tuple[int, int, int]:
    """Targets and filled shares of a server's live parents, and how many those are."""
    trading.settle(world)
    target = filled = live = 0
    for table in tables(world):
        mine = table.server == server
        target += int(table.target[mine].sum())
        filled += int(table.filled[mine].sum())
        live += int(mine.sum())
    return target, filled, live


def _live(world: World, server: int, most: int) -> list[str]:
    """A server's live parents with the most executed shares, as its order list prints them."""
    stocks, count = world.scenario.market.stocks, world.law.stocks
    rows = [
        (int(filled), int(number), int(slot), int(target))
        for table in tables(world)
        for number, slot, target, filled, at in zip(
            table.number, table.slot, table.target, table.filled, table.server, strict=True
        )
        if at == server
    ]
    rows.sort(key=lambda row: (-row[0], row[1]))
    return [
        f"P{number:05d}  {'BUY ' if slot < count else 'SELL'} {stocks[slot % count].symbol:<6} "
        f"target {target:,}  filled {filled:,}"
        for filled, number, slot, target in rows[:most]
    ]


def _position(world: World, at: int, position: Ints, value: Ints) -> str:
    symbol = world.scenario.market.stocks[at].symbol
    return f"{symbol:<6} {int(position[at]):>+12,} shares {int(value[at]):>+15,} USD"
