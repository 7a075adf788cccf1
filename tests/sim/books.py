"""What must balance, exactly, at any step: shares, cash, executions, orders.

Everything is read twice, from two places that are kept independently: the ledger counts by stock
and side, the router by parent, the fleet by server, the clients' side by order.
"""

from __future__ import annotations

import functools

import numpy as np

from controlroom.sim.arrays import Ints
from controlroom.sim.orders import Upstream, ordinary
from controlroom.sim.pegs import PAST
from controlroom.sim.start import LOT, Scenario
from controlroom.sim.state import copied
from controlroom.sim.trading import settle
from controlroom.sim.world import World


def check(world: World) -> None:
    """Everything that must balance, on a copy that is booked to the moment; `world` stays."""
    booked = copied(world)
    settle(booked)
    what_was_taken_is_booked(world, booked)
    shares_are_positions(booked)
    cash_is_what_was_paid(booked)
    executions_belong_to_servers(booked)
    if world.now <= world.scenario.day.close_step:
        no_clients_share_is_lost_or_doubled(booked)


def what_was_taken_is_booked(before: World, booked: World) -> None:
    """Every lot that a parent took since the last booking is entered, at the price it had."""
    slots = np.unique(before.pegs.slot)
    lots, cost = before.pegs.fresh_lots[slots], before.pegs.fresh_cost[slots]
    shares = (booked.ledger.shares - before.ledger.shares)[slots]
    price = cost // np.maximum(lots, 1)
    # A stop check that sees its count may ask for less than the last lot, at the same price.
    assert (shares <= lots * LOT).all()
    paid = cost * LOT - (lots * LOT - shares) * price
    assert (booked.ledger.cost - before.ledger.cost)[slots].tolist() == paid.tolist()
    if not before.pegs.counts.any():
        assert shares.tolist() == (lots * LOT).tolist()
    assert not booked.pegs.fresh_lots.any()


def parents(world: World) -> dict[str, Ints]:
    """Every Power Peg parent there ever was, by property."""
    pegs = world.pegs
    live = np.stack([getattr(pegs, name) for name in PAST], axis=1)
    table = np.concatenate((live, pegs.past))
    return dict(zip(PAST, table.T, strict=True))


def _astray(world: World, slots: int) -> Ints:
    """Shares that went astray, by stock and side; none where nothing can."""
    if world.riddle is None:
        return np.zeros(slots, np.int64)
    # A row that is at work has executed what it has filled beyond what was asked, or all of it.
    strays = world.riddle.strays
    assert (strays.filled <= strays.stops).all()
    assert int(strays.shares.sum()) == int(strays.servers.sum())
    return strays.shares


def _by(groups: Ints, values: Ints, count: int) -> list[int]:
    sums = np.zeros(count, np.int64)
    np.add.at(sums, groups, values)
    return sums.tolist()


def shares_are_positions(world: World) -> None:
    """Shares by stock and side are the parents' shares, and positions are what no client wanted."""
    ledger, pegs = world.ledger, parents(world)
    stocks, slots = world.law.stocks, len(ledger.shares)
    client = np.minimum(pegs["filled"], pegs["target"])
    astray = _astray(world, slots)
    assert (
        ledger.shares.tolist()
        == (np.array(_by(pegs["slot"], pegs["filled"], slots)) + astray).tolist()
    )
    assert ledger.client_shares.tolist() == _by(pegs["slot"], client, slots)
    side = np.where(pegs["slot"] < stocks, 1, -1)
    storm = _by(pegs["slot"] % stocks, side * (pegs["filled"] - client), stocks)
    storm = (np.array(storm) + astray[:stocks] - astray[stocks:]).tolist()
    assert ledger.storm_position().tolist() == storm
    position = np.array(storm) + ledger.worked - ledger.cancelled
    assert ledger.position().tolist() == position.tolist()
    assert ledger.is_flat() == (not position.any() and not ledger.hedge)


def cash_is_what_was_paid(world: World) -> None:
    """Cash by stock and side is the parents' cash; the account's cash is all of it, signed."""
    ledger, pegs = world.ledger, parents(world)
    stocks, slots = world.law.stocks, len(ledger.cost)
    astray = np.zeros(slots, np.int64) if world.riddle is None else world.riddle.strays.cost
    assert (
        ledger.cost.tolist() == (np.array(_by(pegs["slot"], pegs["cash"], slots)) + astray).tolist()
    )
    assert (ledger.cost[ledger.shares == 0] == 0).all()
    assert (ledger.client_cost <= ledger.cost).all()
    assert (ledger.client_cost[ledger.client_shares == 0] == 0).all()
    bought, sold = int(ledger.cost[:stocks].sum()), int(ledger.cost[stocks:].sum())
    clients_bought = int(ledger.client_cost[:stocks].sum())
    clients_sold = int(ledger.client_cost[stocks:].sum())
    cash = (sold - clients_sold) - (bought - clients_bought)
    cash += int(ledger.cancelled_cost.sum()) - int(ledger.worked_cost.sum()) - ledger.hedge_cost
    assert ledger.cash() == cash


def executions_belong_to_servers(world: World) -> None:
    """Shares, children and executions by server; a child that was filled in two parts is two."""
    ledger, fleet, pegs = world.ledger, world.fleet, parents(world)
    count = len(fleet.states)
    lots = -(-pegs["filled"] // LOT)
    zeros = np.zeros(count, np.int64)
    sent = zeros if world.riddle is None else world.riddle.strays.sent
    shares = zeros if world.riddle is None else world.riddle.strays.servers
    splits = ledger.executions - int(lots.sum()) - int(sent.sum())
    assert splits >= 0
    assert int((fleet.executions - fleet.children).sum()) == splits
    assert (fleet.executions >= fleet.children).all()
    assert fleet.pegged.tolist() == _by(pegs["server"], np.ones_like(lots), count)
    # What is not Power Peg's is the other paths': a child is a lot, or the odd rest of a parent.
    others = fleet.shares - np.array(_by(pegs["server"], pegs["filled"], count)) - shares
    children = fleet.children - np.array(_by(pegs["server"], lots, count)) - sent
    assert (others >= 0).all()
    assert (others <= children * LOT).all()
    if all(order.shares % LOT == 0 for order in world.scenario.flow.flagged):
        assert others.tolist() == (children * LOT).tolist()
    assert (world.parents.filled <= world.parents.target).all()


def no_clients_share_is_lost_or_doubled(world: World) -> None:
    """Every share and every order that arrived is somewhere: filled, worked, waiting or lost."""
    upstream, fleet, pegs = world.upstream, world.fleet, parents(world)
    orders, shares = arrivals(world)
    held = [row for rows in fleet.held.values() for row in rows]
    live = len(world.pegs)
    wanted = np.maximum(pegs["target"] - pegs["filled"], 0)
    filled_plainly = int(fleet.shares.sum()) - int(pegs["filled"].sum())
    queued = 0
    if world.riddle is not None:
        filled_plainly -= int(world.riddle.strays.servers.sum())
        intake = world.riddle.intake
        queued = int(intake.rows[2][intake.copy == 0].sum())
        # A client whose credit is asked for: what he pays for, he has sent.
        paid = upstream.arrived - orders
        orders += paid
        shares += paid * sum(client.shares for client in world.scenario.clients if client.credit)
    assert upstream.arrived == orders
    assert shares == (
        filled_plainly
        + int(np.minimum(pegs["filled"], pegs["target"]).sum())
        + int((world.parents.target - world.parents.filled).sum())
        + int(wanted[:live].sum())
        + sum(row[2] for row in held)
        + sum(int(batch.shares.sum()) for batch in upstream.waiting)
        + queued
        + upstream.lost_shares
    )
    inside = any(build.peg_count == "inside" for build in world.scenario.builds)
    if not inside and world.riddle is None:
        # A parent that Power Peg has overfilled ends with its server, unnoticed by any count.
        ended_overfilled = int((pegs["filled"] >= pegs["target"])[live:].sum())
        assert orders == (
            int(fleet.full.sum())
            + ended_overfilled
            + len(world.parents)
            + live
            + len(held)
            + sum(len(batch.slot) for batch in upstream.waiting)
            + upstream.lost
        )


def arrivals(world: World) -> tuple[int, int]:
    """Orders and shares that clients have sent, from the seed and the scenario alone."""
    scenario, seconds = world.scenario, world.seconds_closed
    last_beat = (seconds - 1) * 4
    flagged = [order.shares for order in scenario.flow.flagged if order.step <= last_beat]
    key = _Key(scenario, world.seed)
    orders, shares = _ordinary(key, min(seconds, scenario.day.close_step // 4))
    return orders + len(flagged), shares + sum(flagged)


class _Key:
    """A scenario and a seed by identity, for the cache below."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.scenario, self.seed = scenario, seed

    def __hash__(self) -> int:
        return hash((id(self.scenario), self.seed))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Key) and self.scenario is other.scenario and self.seed == other.seed
        )


def _ordinary(key: _Key, seconds: int) -> tuple[int, int]:
    minutes, rest = divmod(seconds, 60)
    parts = [_minute(key, at, 60) for at in range(minutes)]
    parts.append(_minute(key, minutes, rest))
    return sum(orders for orders, _ in parts), sum(shares for _, shares in parts)


@functools.cache
def _minute(key: _Key, minute: int, seconds: int) -> tuple[int, int]:
    upstream = Upstream(flag_on=True)
    drawn = [
        ordinary(upstream, key.scenario, key.seed, (minute * 60 + second) * 4)[1]
        for second in range(seconds)
    ]
    return sum(map(len, drawn)), sum(int(sizes.sum()) for sizes in drawn)
