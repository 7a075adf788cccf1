"""How orders become positions: the phases of a second that trade.

Each function is one line of the step's list. Before anything changes which parents run, what they
have taken is booked (`settle`), so every share belongs to a parent, a server and an account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from controlroom.sim import intake, people, spared, strays
from controlroom.sim import market as markets
from controlroom.sim.clock import STEPS_PER_SECOND, Phase
from controlroom.sim.events import Milestone, ServerChanged
from controlroom.sim.fleet import ProcessState, build_of, connected_share
from controlroom.sim.ledger import SAMPLE, Sample
from controlroom.sim.orders import PATIENCE, RECONCILE, Batch, deal, ordinary, stays
from controlroom.sim.randomness import Ints
from controlroom.sim.router import Path, book, path_of, sees_its_fills
from controlroom.sim.settings import OLD_FLAGS
from controlroom.sim.start import LOT
from controlroom.sim.week import knows_flag

if TYPE_CHECKING:
    from controlroom.sim.world import World

_PMON_EVERY = 5
_LOT: Final = np.array(LOT)
"""As an array, since a Python number costs numpy 0.3 µs a call to convert."""


def ring_bells(world: World) -> None:
    """The open releases the orders that wait for the auction; the close stops the router."""
    day = world.scenario.day
    if world.now == day.open_step:
        world.record(Milestone(world.now, "opening bell", "open"))
        for server, held in world.fleet.held.items():
            world.fleet.held[server] = ()
            for number, slot, shares, flagged in held:
                place(world, server, number, slot, shares, flagged=flagged)
    elif world.now == day.close_step:
        settle(world)
        world.record(Milestone(world.now, "closing bell", "close"))
        for server in range(len(world.fleet.states)):
            release(world, server, "the market is closed")
        _let_lapse(world)


def _let_lapse(world: World) -> None:
    """What no server has taken by the close is a day's order that nobody fills any more."""
    waiting, world.upstream.waiting = world.upstream.waiting, []
    for batch in waiting:
        world.upstream.lose(batch.shares)


def receive_orders(world: World) -> None:
    """Clients' orders of this second arrive and are dealt, wait, or are turned away.

    After the close none is taken: a server that is started in the evening has nothing to work.
    """
    upstream, scenario = world.upstream, world.scenario
    if world.now >= scenario.day.close_step:
        return
    if world.intake is not None:
        intake.turn(world)
    flagged = scenario.flow.flagged
    stocks = world.law.stocks
    while upstream.next_flagged < len(flagged) and flagged[upstream.next_flagged].step <= world.now:
        order = flagged[upstream.next_flagged]
        upstream.next_flagged += 1
        slot = np.array([order.stock + (0 if order.side > 0 else stocks)])
        _receive(world, slot, np.array([order.shares]), flagged=True, auction=order.auction)
    if upstream.waiting:
        _deal_what_waits(world)
    slots, sizes = ordinary(upstream, scenario, world.seed, world.now)
    if len(slots):
        _receive(world, slots, sizes, flagged=False, auction=False)
    if scenario.clients:
        intake.hear_clients(world)


def _receive(world: World, slot: Ints, shares: Ints, *, flagged: bool, auction: bool) -> None:
    upstream = world.upstream
    before = upstream.arrived
    upstream.arrived += len(slot)
    if upstream.refusing:
        upstream.lose(shares)
        return
    if upstream.rerouting:
        here = stays(before, len(slot), upstream.rerouting)
        upstream.lose(shares[~here])
        slot, shares = slot[here], shares[here]
    if not len(slot):
        return
    taking = intake.dealt_to(world)
    if taking:
        _deal(world, taking, slot, shares, flagged=flagged, auction=auction)
    else:
        upstream.delayed += len(slot)
        batch = Batch(world.now, world.now, slot, shares, flagged, auction)
        upstream.waiting.append(batch)


def _deal_what_waits(world: World) -> None:
    """Deal the batches that are ready; those that waited too long go elsewhere, oldest first."""
    upstream = world.upstream
    while upstream.waiting and world.now - upstream.waiting[0].arrived >= PATIENCE:
        upstream.lose(upstream.waiting.pop(0).shares)
    taking = intake.dealt_to(world)
    if not upstream.waiting or not taking:
        return
    ready = [batch for batch in upstream.waiting if batch.ready <= world.now]
    upstream.waiting = [batch for batch in upstream.waiting if batch.ready > world.now]
    for batch in ready:
        _deal(world, taking, batch.slot, batch.shares, flagged=batch.flagged, auction=batch.auction)


def _deal(
    world: World,
    taking: tuple[int, ...],
    slot: Ints,
    shares: Ints,
    *,
    flagged: bool,
    auction: bool,
) -> None:
    """Deal orders to the servers that take them; there is one at least."""
    upstream, fleet = world.upstream, world.fleet
    count = len(slot)
    servers = deal(upstream, int(flagged), count, taking)
    numbers = np.arange(upstream.next_number, upstream.next_number + count)
    upstream.next_number += count
    if not flagged and world.intake is not None:
        intake.take_in(world, np.stack((numbers, slot, shares, servers)))
        return
    if not flagged:
        fleet.received += np.bincount(servers, minlength=len(fleet.states))
        world.parents.add(numbers, slot, shares, servers, 0)
        return
    before_open = world.scenario.day.phase(world.now) is Phase.PRE_MARKET
    for number, where, wanted, server in zip(
        numbers.tolist(), slot.tolist(), shares.tolist(), servers.tolist(), strict=True
    ):
        if auction and before_open:
            fleet.received[server] += 1
            held = fleet.held[server]
            fleet.held[server] = (*held, (number, where, wanted, upstream.flag_on))
        else:
            _offer(world, server, number, where, wanted)


def _offer(world: World, server: int, number: int, slot: int, shares: int) -> None:
    """Offer a flagged order to a server, and to the next ones while it is refused."""
    fleet, flagged = world.fleet, world.upstream.flag_on
    taking = intake.dealt_to(world)
    first = taking.index(server)
    for index in taking[first:] + taking[:first]:
        fleet.received[index] += 1
        if path_on(world, index, flagged=flagged) is not Path.REFUSED:
            place(world, index, number, slot, shares, flagged=flagged)
            return
        fleet.rejects[index] += 1
        people.send_reject(world, index, slot, shares, why_refused(world, index))
    place(world, server, number, slot, shares, flagged=False)


def path_on(world: World, server: int, *, flagged: bool) -> Path:
    """The path that a server would give to an order now."""
    build, settings = build_of(world.scenario, world.fleet, server), world.settings
    old = settings is not None and settings.flags[server] == OLD_FLAGS
    phase = world.scenario.day.phase(world.now)
    flagged = flagged and knows_flag(world, build)
    path = path_of(build, flagged=flagged, phase=phase, old_table=old)
    if path is Path.RLP and phase is Phase.PRE_MARKET and settings and settings.blind(server):
        return Path.REFUSED
    return path


def why_refused(world: World, server: int) -> str:
    """What the log says of a flagged order that was refused; empty where the mail says it."""
    settings = world.settings
    if settings is None:
        return ""
    if settings.blind(server):
        return f"count check {settings.counts[server]} knows no session PRE"
    return "handler 6 not in session PRE"


def place(world: World, server: int, number: int, slot: int, shares: int, *, flagged: bool) -> None:
    """Let a server work a parent on the path that its build gives to it."""
    fleet = world.fleet
    build = build_of(world.scenario, fleet, server)
    path = path_on(world, server, flagged=flagged)
    known = flagged and knows_flag(world, build)
    spared.watch(world, server, number, build, flagged=known)
    if path is not Path.POWER_PEG:
        world.parents.add_one(number, slot, shares, server, rlp=path is Path.RLP)
        return
    settle(world)
    if not (world.pegs.slot == slot).any():
        connected = connected_share(world.scenario, fleet)
        world.market.depth[slot] = markets.full_depth(world.law)[slot] * connected // 1000
    world.pegs.add(number, slot, shares, server, counts=sees_its_fills(build, path))
    fleet.pegged[server] += 1
    stock = world.scenario.market.stocks[slot % world.law.stocks].symbol
    side = "BUY" if slot < world.law.stocks else "SELL"
    fleet.write(
        server,
        world.now,
        f"parent P{number:05d} {side} {shares} {stock} flag=Y handler=powerpeg",
    )


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
    if world.strays is not None:
        strays.remember(world, slot, shares, server)
    open_ = filled < target
    if np.count_nonzero(open_) < live:
        fleet.full += np.bincount(server[~open_], minlength=count)
        if world.strays is not None:
            astray = intake.go_astray(world, np.flatnonzero(~open_))
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
    sent = np.zeros(len(fleet.states), np.int64)
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
    """Every ten seconds: which stocks moved too far in five minutes, which trade again."""
    market, day, setup = world.market, world.scenario.day, world.scenario.market
    if world.now % (10 * STEPS_PER_SECOND) or not day.open_step <= world.now < day.close_step:
        return
    row = world.now // (10 * STEPS_PER_SECOND) % markets.RING
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
        length = programme.ends - programme.began
        now = min(world.now, programme.ends) - programme.began
        before = max(now - STEPS_PER_SECOND, 0)
        # Rounded towards zero on both ends, so the parts sum to the whole exactly.
        size, side = programme.size, programme.side
        part = (size * now // length - size * before // length) * side
        ledger.worked += part
        ledger.worked_cost += part * (market.mid + market.half * side)
        patience, seconds = world.scenario.market.patience, length // STEPS_PER_SECOND
        markets.press_patiently(market, part, patience, seconds)
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
    settle(world)
    fleet, parents, pegs = world.fleet, world.parents, world.pegs
    mine = parents.server == server
    for rlp in (0, 1):
        rows = mine & (parents.rlp == rlp)
        left = (parents.target - parents.filled)[rows]
        batch = (parents.slot[rows], left, bool(rlp), False)
        _send_back(world, server, batch, reconcile)
    if mine.any():
        parents.keep(~mine)
    _clear_the_rest(world, server, reconcile)
    pegged = pegs.server == server
    if pegged.any():
        left = np.maximum(pegs.target - pegs.filled, 0)[pegged]
        batch = (pegs.slot[pegged][left > 0], left[left > 0], True, False)
        _send_back(world, server, batch, reconcile)
        pegs.keep(np.flatnonzero(~pegged))
    held, fleet.held[server] = fleet.held[server], ()
    if held:
        slots = np.array([item[1] for item in held])
        shares = np.array([item[2] for item in held])
        _send_back(world, server, (slots, shares, True, True), reconcile)
    fleet.set_state(server, ProcessState.STOPPED)
    fleet.write(server, world.now, f"process stopped: {why}")
    name = world.scenario.servers[server].name
    world.record(ServerChanged(world.now, f"{name} stopped", name))


def _clear_the_rest(world: World, server: int, reconcile: int) -> None:
    """Strays end with their process; what waited before it goes back upstream."""
    if world.strays is None or world.intake is None or world.settings is None:
        return
    world.strays.forget(server)
    if world.settings.guests[server] >= 0:
        world.strays.forget_children()
    slot, shares = world.intake.leave(server)
    _send_back(world, server, (slot, shares, False, False), reconcile)


def _send_back(
    world: World, server: int, orders: tuple[Ints, Ints, bool, bool], reconcile: int
) -> None:
    """Put orders (slots, shares, flagged, for the auction) where they wait for a server.

    After the close they lapse.
    """
    slot, shares, flagged, auction = orders
    if not len(slot):
        return
    upstream = world.upstream
    if world.scenario.day.phase(world.now) is Phase.EVENING:
        return
    upstream.delayed += len(slot)
    ready = world.now + reconcile
    batch = Batch(world.now, ready, slot, shares, flagged, auction, server)
    upstream.waiting.append(batch)


def _stop_drained(world: World) -> None:
    """Draining servers that have nothing left to work stop by themselves."""
    for server, state in enumerate(world.fleet.states):
        if state is not ProcessState.DRAINING or world.fleet.held[server]:
            continue
        busy = (world.parents.server == server).any() or (world.pegs.server == server).any()
        if world.strays is not None:
            busy = busy or (world.strays.server == server).any()
        if not busy:
            release(world, server, "drained")
