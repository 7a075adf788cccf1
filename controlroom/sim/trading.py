"""How orders become positions: what servers do with the orders that they have.

Each function is one line of the step's list. Before anything changes which parents run, what they
have taken is booked (`settle`), so every share belongs to a parent, a server and an account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from controlroom.sim import excess
from controlroom.sim import market as markets
from controlroom.sim.arrays import Ints, zeros
from controlroom.sim.clock import STEPS_PER_SECOND, Phase
from controlroom.sim.events import Milestone, ServerChanged
from controlroom.sim.fleet import ProcessState, connected_share
from controlroom.sim.law import WATCHED
from controlroom.sim.ledger import SAMPLE, Sample
from controlroom.sim.orders import RECONCILE, Batch
from controlroom.sim.pegs import book
from controlroom.sim.programme import minute_of_parts
from controlroom.sim.riddle import checks, strays
from controlroom.sim.start import LOT

if TYPE_CHECKING:
    from controlroom.sim.riddle import Riddle
    from controlroom.sim.world import World

_PMON_EVERY = 5
_WATCHED: Final = WATCHED * STEPS_PER_SECOND
_LOT: Final = np.array(LOT)
"""As an array, since a Python number costs numpy 0.3 µs a call to convert."""


def work_parents(world: World) -> None:
    """Ordinary and RLP parents send a lot each and stop when their count says so."""
    parents, fleet = world.parents, world.fleet
    live = len(parents)
    if not live or not fleet.connected:
        return
    _, slot, target, filled, server, _ = parents.rows
    shares = np.minimum(target - filled, _LOT)
    sending = server
    if np.count_nonzero(world.market.paused_until):
        shares *= world.market.paused_until[slot % world.law.stocks] == 0
        sending = server[shares > 0]
    filled += shares
    count = len(fleet.states)
    sent = np.bincount(sending, minlength=count)
    fleet.children += sent
    np.add.at(fleet.shares, server, shares)
    if world.riddle is not None:
        strays.remember(world, world.riddle, slot, shares, server)
    open_ = filled < target
    if np.count_nonzero(open_) < live:
        fleet.full += np.bincount(server[~open_], minlength=count)
        if world.riddle is not None:
            astray = checks.go_astray(world, world.riddle, np.flatnonzero(~open_))
            fleet.full -= np.bincount(server[astray], minlength=count)
        parents.keep(open_)
        if ProcessState.DRAINING in fleet.states:
            _stop_drained(world)


def power_peg(world: World, steps: int) -> None:
    """Steps of Power Peg within a second, and the quotes after each."""
    pegs, market, law = world.pegs, world.market, world.law
    if not len(pegs):
        return
    if not pegs.sorted_out or world.now % STEPS_PER_SECOND == 0:
        _prime(world)
    count = law.stocks
    for _ in range(steps):
        lots = pegs.take(market.depth, market.quotes)
        markets.press(market, lots[:count] - lots[count:])


def _sort_out(world: World) -> None:
    pegs, market = world.pegs, world.market
    if not pegs.sorted_out:
        pegs.sort_out((market.paused_until == 0) * market.capped)
        # Who does not take leaves nothing to take either: not in a pause, not without a parent.
        market.depth *= pegs.taking


def _prime(world: World) -> None:
    pegs, market = world.pegs, world.market
    _sort_out(world)
    second = world.now // STEPS_PER_SECOND
    connected = connected_share(world.scenario, world.fleet)
    pegs.refill = markets.recovery(market, world.law, world.seed, second, connected) * pegs.taking


def settle(world: World) -> None:
    """Book what Power Peg has taken since the last booking."""
    pegs, market, fleet = world.pegs, world.market, world.fleet
    if not len(pegs):
        return
    if not np.count_nonzero(pegs.fresh_lots):
        return
    # Not primed: a restored world, which has to be sorted out again, would be a second ahead.
    _sort_out(world)
    market.quiet = False
    market.taken += pegs.fresh_lots[: world.law.stocks]
    market.taken += pegs.fresh_lots[world.law.stocks :]
    splits = markets.split_fills(world.seed, world.now, pegs.fresh_lots)
    booked = book(pegs, world.now // STEPS_PER_SECOND)
    sent = zeros(len(fleet.states))
    np.add.at(sent, pegs.server, booked.lots)
    fleet.children += sent
    fleet.splits[sent.argmax()] += splits
    if pegs.counting:
        np.add.at(fleet.shares, pegs.server, booked.shares)
    else:
        fleet.shares += sent * _LOT
    far = np.abs(market.mid - world.law.opens) >= world.law.bust
    world.ledger.book(booked, sum(sent.tolist()) + splits, far, world.now)
    np.maximum(market.high, market.mid, out=market.high)
    np.minimum(market.low, market.mid, out=market.low)
    if not pegs.counting:
        return
    done = (pegs.counts > 0) & (pegs.counted >= pegs.target)
    if done.any():
        fleet.full += np.bincount(pegs.server[done], minlength=len(fleet.states))
        pegs.keep(np.flatnonzero(~done))
        _stop_drained(world)


def move_prices(world: World) -> None:
    """Undisturbed prices wander, pressure is absorbed, spreads follow the storm."""
    market, law = world.market, world.law
    day = world.scenario.day
    if not day.open_step <= world.now < day.close_step:
        return
    second = world.now // STEPS_PER_SECOND
    markets.wander(market, law, world.seed, second)
    if world.ledger.first_taken >= 0:
        markets.absorb(market, law)
        if not market.quiet:
            market.quiet = not (np.count_nonzero(market.rate) or np.count_nonzero(market.taken))
        if not market.quiet:
            markets.widen(market, law, market.taken)
            market.taken[:] = 0


def watch_for_pauses(world: World) -> None:
    """Now and then: which stocks moved too far within the window, which trade again."""
    market, day, setup = world.market, world.scenario.day, world.scenario.market
    if world.now % _WATCHED or not day.open_step <= world.now < day.close_step:
        return
    row = world.now // _WATCHED % world.law.references
    if world.now < day.pause_step:
        market.reference[row] = market.mid
        return
    length = setup.pause_length * STEPS_PER_SECOND
    begin, over = markets.watch_pauses(market, world.now, setup.pause_move, length, row)
    for kind, which, said in (("pause", begin, "paused"), ("resume", over, "trades again")):
        for stock in which.tolist():
            symbol = setup.stocks[stock].symbol
            world.record(Milestone(world.now, f"{symbol} {said}", kind, symbol))
            world.pegs.sorted_out = False


def work_programmes(world: World) -> None:
    """Parts of the book that are worked without hurry trade their share of this second."""
    if not world.programmes:
        return
    ledger, market = world.ledger, world.market
    for programme in world.programmes:
        minute, within = divmod((world.now - programme.began) // STEPS_PER_SECOND - 1, 60)
        if minute < 0:
            continue
        part = minute_of_parts(programme, minute)[within]
        ledger.worked += part
        ledger.worked_cost += part * (market.mid + market.half * programme.side)
        markets.press_patiently(market, part, world.scenario.market.patience, programme.length)
    world.programmes = [item for item in world.programmes if world.now < item.ends]


def close_the_second(world: World) -> None:
    """Instruments close their second: rates, PMON, the P&L history."""
    ledger, fleet = world.ledger, world.fleet
    second = world.now // STEPS_PER_SECOND
    fleet.turn_second(second)
    if ledger.first_taken < 0 and not world.scenario.positions:
        return
    base = world.scenario.market.block_base
    if second % _PMON_EVERY == 0:
        ledger.feed_pmon(world.scenario.firm.pmon_capacity * _PMON_EVERY, world.market)
    if world.now % SAMPLE == 0:
        profit = ledger.profit(world.law, world.market, base)
        ledger.peak_gross = max(ledger.peak_gross, profit.gross)
        ledger.samples.append(Sample(world.now, profit, ledger.executions))


def release(world: World, server: int, why: str, reconcile: int = RECONCILE) -> None:
    """Stop a server's process and send back upstream what it has not filled.

    Another part of the platform knows what every parent has really filled (SEC paragraph 16), so a
    Power Peg parent, long filled, does not come back. `reconcile` is how many steps that takes.
    """
    was = world.fleet.states[server]
    settle(world)
    fleet, parents, pegs, ready = world.fleet, world.parents, world.pegs, world.now + reconcile
    if fleet.states[server] is not was:
        # It drained, and what was booked just now was the last that it had: it has stopped itself.
        return

    def send_back(slot: Ints, shares: Ints, *, flagged: bool, auction: bool = False) -> None:
        _send_back(world, Batch(world.now, ready, slot, shares, flagged, auction, server))

    mine = parents.server == server
    for rlp in (0, 1):
        rows = mine & (parents.rlp == rlp)
        send_back(parents.slot[rows], (parents.target - parents.filled)[rows], flagged=bool(rlp))
    if mine.any():
        parents.keep(~mine)
    if world.riddle is not None:
        send_back(*_clear_the_rest(world.riddle, server), flagged=False)
    pegged = pegs.server == server
    if pegged.any():
        left = np.maximum(pegs.target - pegs.filled, 0)[pegged]
        send_back(pegs.slot[pegged][left > 0], left[left > 0], flagged=True)
        pegs.keep(np.flatnonzero(~pegged))
    held, fleet.held[server] = fleet.held[server], ()
    if held:
        _, slots, shares, _ = zip(*held, strict=True)
        send_back(np.array(slots), np.array(shares), flagged=True, auction=True)
    fleet.set_state(server, ProcessState.STOPPED)
    fleet.write(server, world.now, f"process stopped: {why}")
    name = world.scenario.servers[server].name
    world.record(ServerChanged(world.now, f"{name} stopped", name))


def _clear_the_rest(riddle: Riddle, server: int) -> tuple[Ints, Ints]:
    """Strays end with their process; slots and shares of what waited before it."""
    riddle.strays.forget(server)
    if riddle.settings.guests[server] >= 0:
        riddle.strays.forget_children()
    return riddle.intake.leave(server)


def _send_back(world: World, batch: Batch) -> None:
    """Put orders where they wait for a server; after the close they lapse."""
    if not len(batch.slot) or world.scenario.day.phase(world.now) is Phase.EVENING:
        return
    world.upstream.delayed += len(batch.slot)
    world.upstream.waiting.append(batch)


def _stop_drained(world: World) -> None:
    """Draining servers that have nothing left to work stop by themselves."""
    for server, state in enumerate(world.fleet.states):
        if state is not ProcessState.DRAINING or world.fleet.held[server]:
            continue
        if not excess.at_work(world)[server]:
            release(world, server, "drained")
