"""What is true, beside what a seat could see: read from the world, and never while somebody plays.

A view holds what instruments show; this holds what no instrument does: what is installed on each
server, what the flag does there, which orders run on the Power Peg path and how far beyond what
their clients wanted, what the firm really holds and how far PMON is from it. It is a reader like
`view`: it changes nothing, and no command and no policy asks it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from controlroom.sim.dealing import path_on
from controlroom.sim.excess import beyond
from controlroom.sim.fleet import ProcessState, build_of
from controlroom.sim.router import Path
from controlroom.sim.start import PRICE_UNIT, Names

if TYPE_CHECKING:
    from controlroom.sim.world import World

MOST_ORDERS: Final = 8
"""Orders on the Power Peg path that are named, those furthest beyond their size first."""

MOST_HOLDINGS: Final = 8
"""Positions that are named, the largest first."""


@attrs.frozen
class TrueServer:
    """A server as it is.

    Attributes:
        name: for example `smars-8`.
        build: what is installed.
        version: its label.
        stale: whether it is another build than most servers run.
        state: running, draining, stopped or starting.
        flagged: what it would do with a flagged order now: rlp, power peg or refused; plain where
            orders no longer keep the flag.
        pegs: orders that it works on the Power Peg path.
        beyond: shares that it has executed for those beyond what their clients wanted.
        children: child orders over the last second.
    """

    name: str
    build: str
    version: str
    stale: bool
    state: str
    flagged: str
    pegs: int
    beyond: int
    children: int


@attrs.frozen
class TrueOrder:
    """A parent order on the Power Peg path.

    Attributes:
        number: of the order.
        stock: symbol.
        buys: whether it buys.
        server: that works it.
        target: shares that its client wanted.
        filled: shares executed.
    """

    number: int
    stock: str
    buys: bool
    server: str
    target: int
    filled: int


@attrs.frozen
class Holding:
    """What the firm holds of a stock that no client ordered.

    Attributes:
        stock: symbol.
        shares: signed.
        usd: at the undisturbed price, signed.
    """

    stock: str
    shares: int
    usd: int


@attrs.frozen
class TruthView:
    """What is true at a step.

    Attributes:
        step: which.
        flag_on: whether clients' orders keep the flag.
        servers: the fleet, in order.
        orders: orders on the Power Peg path that are furthest beyond their size.
        pegs: how many there are on that path.
        pegged: how many were ever put on it.
        executions: executions that no client ordered.
        fair: P&L at the undisturbed prices, dollars.
        marked: at the last prices, which the firm's own orders hold up.
        flat: what it would come to if everything were sold now.
        pmon: what PMON shows.
        unbooked: executions that PMON has not booked.
        gross, long, short: the 33 Account at the last prices, dollars.
        stocks: how many it holds.
        holdings: the largest of them.
        limit: gross dollars that the account is meant to hold; wired to nothing.
        waiting: client orders that no server has taken.
        lost: client orders that went elsewhere.
        names: what the firm's people call things.
    """

    step: int
    flag_on: bool
    servers: tuple[TrueServer, ...]
    orders: tuple[TrueOrder, ...]
    pegs: int
    pegged: int
    executions: int
    fair: int
    marked: int
    flat: int
    pmon: int
    unbooked: int
    gross: int
    long: int
    short: int
    stocks: int
    holdings: tuple[Holding, ...]
    limit: int
    waiting: int
    lost: int
    names: Names = attrs.field(factory=Names)


def truth(world: World) -> TruthView:
    """What is true at this step."""
    ledger = world.ledger
    profit = ledger.profit(world.law, world.market, world.scenario.market.block_base)
    return TruthView(
        step=world.now,
        flag_on=world.upstream.flag_on,
        servers=_servers(world),
        orders=_orders(world),
        pegs=len(world.pegs),
        pegged=int(world.fleet.pegged.sum()),
        executions=ledger.executions,
        fair=profit.fair,
        marked=profit.marked,
        flat=profit.flat,
        pmon=ledger.pmon_shown,
        unbooked=ledger.pmon_behind,
        gross=profit.gross,
        long=profit.long,
        short=profit.short,
        stocks=int((ledger.position() != 0).sum()),
        holdings=_holdings(world),
        limit=world.scenario.firm.account_limit,
        waiting=world.upstream.waits,
        lost=world.upstream.lost,
        names=world.scenario.names,
    )


def _servers(world: World) -> tuple[TrueServer, ...]:
    fleet, scenario = world.fleet, world.scenario
    pegs = np.bincount(world.pegs.server, minlength=len(fleet.states)).tolist()
    beyond_orders = beyond(world).tolist()
    children = fleet.recent(world.seconds_closed)[-1].tolist()
    flagged = world.upstream.flag_on
    usual = max(fleet.builds, key=fleet.builds.count)
    servers = []
    for at, server in enumerate(scenario.servers):
        build = build_of(scenario, fleet, at)
        servers.append(
            TrueServer(
                name=server.name,
                build=build.name,
                version=build.version,
                stale=build.name != usual,
                state=fleet.states[at].value,
                flagged=path_on(world, at, flagged=flagged).value,
                pegs=pegs[at],
                beyond=beyond_orders[at],
                children=children[at],
            )
        )
    return tuple(servers)


def _orders(world: World) -> tuple[TrueOrder, ...]:
    pegs, scenario, stocks = world.pegs, world.scenario, world.law.stocks
    beyond = pegs.filled - pegs.target
    found = np.lexsort((pegs.number, -beyond))[:MOST_ORDERS].tolist()
    return tuple(
        TrueOrder(
            number=int(pegs.number[row]),
            stock=scenario.market.stocks[int(pegs.slot[row]) % stocks].symbol,
            buys=int(pegs.slot[row]) < stocks,
            server=scenario.servers[int(pegs.server[row])].name,
            target=int(pegs.target[row]),
            filled=int(pegs.filled[row]),
        )
        for row in found
    )


def _holdings(world: World) -> tuple[Holding, ...]:
    position = world.ledger.position()
    value = position * world.market.fair // PRICE_UNIT
    found = np.argsort(-np.abs(value), kind="stable")[:MOST_HOLDINGS].tolist()
    stocks = world.scenario.market.stocks
    return tuple(
        Holding(stocks[at].symbol, int(position[at]), int(value[at]))
        for at in found
        if position[at]
    )


def runs_power_peg(server: TrueServer) -> bool:
    """Whether a flagged order would run away on this server now, or one does."""
    works = server.state != ProcessState.STOPPED.value
    return bool(server.pegs) or (works and server.flagged == Path.POWER_PEG.value)
