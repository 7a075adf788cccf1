"""What the world booked between two looks at it: executions by the second, disposals by the minute.

Both are differences of what the state keeps anyway, so there is nothing that could tell another
story than the run. The books of a second are closed on the beat after it; whoever looks then, one
step into every second, sees each second by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from controlroom.runs.export.sheets import Rows
from controlroom.sim.arrays import Ints
from controlroom.sim.clock import STEPS_PER_MINUTE, STEPS_PER_SECOND
from controlroom.sim.pegs import PAST
from controlroom.sim.start import LOT, Scenario
from controlroom.sim.world import World

INDEX: Final = "INDEX"
"""What the hedge is called among the stocks."""

_FIRST: Final = np.zeros((len(PAST), 0), np.int64)
_NUMBER, _SLOT, _TARGET, _FILLED, _CASH, _SERVER = range(len(PAST))


def power_peg_parents(world: World) -> Ints:
    """Every Power Peg parent there ever was, by number; a row each of the columns of `PAST`."""
    pegs = world.pegs
    live = np.stack([getattr(pegs, name) for name in PAST])
    table = np.concatenate((live, pegs.past.T), axis=1)
    by_number: Ints = table[:, np.argsort(table[_NUMBER])]
    return by_number


def children(filled: Ints) -> Ints:
    """Child orders behind so many shares: the last one of a parent may be less than a lot."""
    orders: Ints = -(-filled // LOT)
    return orders


@attrs.frozen
class Names:
    """What numbers of the world are called outside.

    Attributes:
        stocks: tickers.
        servers: names.
    """

    stocks: Sequence[str]
    servers: Sequence[str]

    @classmethod
    def of(cls, scenario: Scenario) -> Names:
        """The names of a scenario."""
        return cls(
            tuple(stock.symbol for stock in scenario.market.stocks),
            tuple(server.name for server in scenario.servers),
        )

    def stock_and_side(self, slots: Ints) -> dict[str, Sequence[str]]:
        """The columns `stock` and `side` of slots."""
        count = len(self.stocks)
        return {
            "stock": [self.stocks[slot % count] for slot in slots.tolist()],
            "side": ["buy" if slot < count else "sell" for slot in slots.tolist()],
        }


@attrs.define
class Executions:
    """What Power Peg executed since the last look, parent by parent.

    Attributes:
        names: of stocks and servers.
        seen: the parents as they were then.
        ran: whether any of them was worked then.
        split: child orders filled in two parts by then, a server.
    """

    names: Names
    seen: Ints = attrs.field(factory=lambda: _FIRST)
    ran: bool = False
    split: Ints = attrs.field(factory=lambda: np.zeros(0, np.int64))

    def since(self, world: World, step: int) -> Rows | None:
        """The rows of the second that begins at `step`, or None where there are none."""
        ran, self.ran = self.ran, bool(len(world.pegs))
        if not (ran or self.ran) and self.seen.shape[1] == len(world.pegs.past):
            return None
        parents = power_peg_parents(world)
        before = np.zeros((2, parents.shape[1]), np.int64)
        before[:, np.searchsorted(parents[_NUMBER], self.seen[_NUMBER])] = self.seen[
            [_FILLED, _CASH]
        ]
        split = world.fleet.executions - world.fleet.children
        more = split - self.split if len(self.split) else split
        # Cash without a share is what rounding left over for the first parent of a stock and side.
        traded = (parents[_FILLED] != before[0]) | (parents[_CASH] != before[1])
        self.seen, self.split = parents, split
        if not traded.any():
            return None
        rows, (filled, cash) = parents[:, traded], before[:, traded]
        orders = children(rows[_FILLED]) - children(filled)
        target = rows[_TARGET]
        return {
            "step": np.full(len(orders), step),
            "clock": np.full(len(orders), step),
            "parent": rows[_NUMBER],
            "server": [self.names.servers[at] for at in rows[_SERVER].tolist()],
            **self.names.stock_and_side(rows[_SLOT]),
            "child_orders": orders,
            "executions": orders + _in_two_parts(orders, rows[_SERVER], more),
            "shares": rows[_FILLED] - filled,
            "client_shares": np.minimum(rows[_FILLED], target) - np.minimum(filled, target),
            "cost_usd": rows[_CASH] - cash,
        }


def _in_two_parts(orders: Ints, servers: Ints, more: Ints) -> Ints:
    """Second parts of child orders, put with the busiest parent of their server."""
    parts = np.zeros_like(orders)
    for server in np.flatnonzero(more).tolist():
        parts[np.argmax(np.where(servers == server, orders, -1))] += more[server]
    return parts


@attrs.define
class Disposals:
    """What was done about the position since the last look, stock by stock.

    Attributes:
        names: of stocks and servers.
        worked: shares and cost pared or sold by then.
        cancelled: shares and cost that the exchange had taken back.
        hedge: index units held, and what was paid for them.
        given_up: what a block's buyer had been paid; it grows when one is sold.
    """

    names: Names
    worked: Ints
    cancelled: Ints
    hedge: tuple[int, int] = (0, 0)
    given_up: int = 0

    @classmethod
    def none(cls, names: Names) -> Disposals:
        """Before the first."""
        nothing = np.zeros((2, len(names.stocks)), np.int64)
        return cls(names, nothing, nothing)

    def since(self, world: World, step: int) -> Rows | None:
        """The rows of the minute that begins at `step`, or None where there are none."""
        ledger = world.ledger
        worked = np.stack((ledger.worked, ledger.worked_cost))
        cancelled = np.stack((ledger.cancelled, ledger.cancelled_cost))
        hedge = (ledger.hedge, ledger.hedge_cost)
        ways = (
            ("block" if ledger.given_up > self.given_up else "pare", worked - self.worked),
            ("cancelled", self.cancelled - cancelled),
        )
        found: list[tuple[str, str, int, int]] = []
        for way, (shares, cost) in ways:
            found += [
                (way, self.names.stocks[at], int(shares[at]), int(cost[at]))
                for at in np.flatnonzero((shares != 0) | (cost != 0)).tolist()
            ]
        if hedge != self.hedge:
            units, paid = hedge[0] - self.hedge[0], hedge[1] - self.hedge[1]
            found.append(("hedge", INDEX, units, paid))
        self.worked, self.cancelled, self.hedge = worked, cancelled, hedge
        self.given_up = ledger.given_up
        if not found:
            return None
        return {
            "step": [step] * len(found),
            "clock": [step] * len(found),
            "way": [row[0] for row in found],
            "stock": [row[1] for row in found],
            "shares": [row[2] for row in found],
            "cost_usd": [row[3] for row in found],
        }


def second_before(step: int) -> int:
    """First step of the second in which the step before this one lies."""
    before = max(step - 1, 0)
    return before - before % STEPS_PER_SECOND


def minute_before(step: int) -> int:
    """First step of the minute in which the step before this one lies."""
    before = max(step - 1, 0)
    return before - before % STEPS_PER_MINUTE


def positions(world: World, names: Names) -> Rows:
    """Every stock as the books have it; `world` is booked to the moment."""
    ledger, market, count = world.ledger, world.market, world.law.stocks
    client = ledger.client_shares[:count] - ledger.client_shares[count:]
    client_cost = ledger.client_cost[:count] - ledger.client_cost[count:]
    bought, sold = ledger.cost[:count], ledger.cost[count:]
    return {
        "step": np.full(count, world.now),
        "clock": np.full(count, world.now),
        "stock": names.stocks,
        "position": ledger.position(),
        "paid_usd": bought - sold - client_cost + ledger.worked_cost - ledger.cancelled_cost,
        "mid_usd": market.mid,
        "fair_usd": market.fair,
        "bought_shares": ledger.shares[:count],
        "bought_usd": bought,
        "sold_shares": ledger.shares[count:],
        "sold_usd": sold,
        "client_shares": client,
        "client_usd": client_cost,
        "worked_shares": ledger.worked,
        "worked_usd": ledger.worked_cost,
        "cancelled_shares": ledger.cancelled,
        "cancelled_usd": ledger.cancelled_cost,
    }


def servers(world: World, names: Names) -> Rows:
    """Every server as it is; `world` is booked to the moment."""
    fleet, count = world.fleet, len(names.servers)
    return {
        "step": np.full(count, world.now),
        "clock": np.full(count, world.now),
        "server": names.servers,
        "build": tuple(fleet.builds),
        "state": [state.value for state in fleet.states],
        "received": fleet.received.copy(),
        "complete": fleet.full.copy(),
        "rejects": fleet.rejects.copy(),
        "power_peg_parents": fleet.pegged.copy(),
        "child_orders": fleet.children.copy(),
        "executions": fleet.executions.copy(),
        "shares": fleet.shares.copy(),
    }


def parents(world: World, names: Names) -> Rows:
    """Every Power Peg parent; `world` is booked to the moment."""
    table = power_peg_parents(world)
    return {
        "parent": table[_NUMBER],
        "server": [names.servers[at] for at in table[_SERVER].tolist()],
        **names.stock_and_side(table[_SLOT]),
        "wanted_shares": table[_TARGET],
        "shares": table[_FILLED],
        "child_orders": children(table[_FILLED]),
        "cost_usd": table[_CASH],
        "worked": np.isin(table[_NUMBER], world.pegs.number).tolist(),
    }
