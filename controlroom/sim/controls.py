"""The safeguards that the SEC found missing, each modelled where it acts.

A scenario names them; a start has those that are switched on. Some change what the day begins with
(`prepare`), some watch every second and act (`guard`), some change what an instrument shows and are
asked there (`Scenario.has`). Thresholds that the order does not give are reconstructed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from controlroom.sim import people, trading
from controlroom.sim.alerts import Alert
from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.events import Safeguarded
from controlroom.sim.excess import at_work, beyond, growing
from controlroom.sim.fleet import ProcessState
from controlroom.sim.start import PRICE_UNIT, Channel, Mended, PegCount, Scenario

if TYPE_CHECKING:
    from controlroom.sim.world import World

EXCESS: Final = 1_000
"""Shares beyond all targets of a server at which `compare-orders` stops it (reconstructed)."""

ABERRANT: Final = 400
"""Child orders a second and live parent's lot at which `self-halt` acts (reconstructed)."""

CAP: Final = 5
"""Percent from the opening price at which `price-cap` holds child orders back (reconstructed)."""

EARLIER_LOSS: Final = 7_500_000
"""Dollars lost in October 2011 (SEC paragraph 33); `broad-review` stops at the next such loss."""


RENAMED: Final = {"deployment-review": "two-person-review"}
"""Names that safeguards had before; scenarios and journals that have them still mean the same."""


def renamed(name: str) -> str:
    """The name that a safeguard has now."""
    return RENAMED.get(name, name)


def prepare(scenario: Scenario) -> Scenario:
    """The scenario as the switched-on safeguards of the weeks before would have left it.

    What they found is kept in `Scenario.mended`, so that the day can say why it was quiet.
    """
    servers, builds = scenario.servers, scenario.builds
    mended = list(scenario.mended)
    if scenario.has("two-person-review"):
        # The second technician finds the servers that were left out.
        mended += [
            Mended(
                "two-person-review",
                f"the second technician found {server.name} without build {builds[0].version} "
                "and installed it",
                server.build,
                server.name,
            )
            for server in servers
            if server.build != builds[0].name
        ]
        servers = tuple(attrs.evolve(server, build=builds[0].name) for server in servers)
    if scenario.has("retest"):
        # A test of the code that was moved in 2005 finds that Power Peg no longer stops.
        mended += [
            Mended(
                "retest",
                f"the test of the moved code found that {scenario.names.old_path} no longer stops "
                "when an order is filled, and its count was put back",
                build.name,
            )
            for build in builds
            if build.peg_count is not PegCount.INSIDE and not build.has_rlp
        ]
        builds = tuple(attrs.evolve(build, peg_count=PegCount.INSIDE) for build in builds)
    firm = scenario.firm
    if scenario.has("pmon-alerts"):
        firm = attrs.evolve(firm, pmon_capacity=1_000_000)
    prepared = attrs.evolve(
        scenario, servers=servers, builds=builds, firm=firm, mended=tuple(mended)
    )
    return scenario if prepared == scenario else attrs.evolve(prepared, written=scenario)


def compare_orders(world: World) -> None:
    """What left a server for its live parents is compared with what they asked for (¶21)."""
    if not growing(world):
        return
    for server in np.flatnonzero(beyond(world) > EXCESS).tolist():
        _stop(world, server, "compare-orders", "orders out exceed orders in")


def self_halt(world: World) -> None:
    """A server that sends far more children than it has parents halts itself (¶21, ¶42)."""
    # The second that this beat has closed is in the history already.
    closed = world.now // STEPS_PER_SECOND + 1
    rate = world.fleet.recent(closed)[-1]
    for server in np.flatnonzero(rate > ABERRANT + 2 * at_work(world)).tolist():
        _stop(world, server, "self-halt", "more child orders than its parents can ask for")


def price_cap(world: World) -> None:
    """Children far from the opening price are held back, the auction's parents too (¶21)."""
    if not len(world.pegs):
        return
    law, market = world.law, world.market
    near = (np.abs(market.mid - law.opens) * 100 < law.opens * CAP).astype(np.int64)
    if not np.array_equal(near, market.capped):
        trading.settle(world)
        if market.capped.all():
            _say_held(world, int((near == 0).sum()))
        market.capped = near
        world.pegs.sorted_out = False


def outstanding_limits(world: World) -> None:
    """A gross limit of the size of the capital that counts orders not executed yet (¶22)."""
    pegs = world.pegs
    if not len(pegs):
        return
    # A minute of what every taking slot can still take is out in the market or about to be.
    open_ = pegs.refill * (60 * STEPS_PER_SECOND) >> 16
    outstanding = int((open_ * 100 * world.market.quotes).sum()) // PRICE_UNIT
    if world.ledger.gross(world.market) + outstanding > world.scenario.firm.capital:
        _stop_all(world, "outstanding-limits", "positions and outstanding orders exceed the limit")


def capital_threshold(world: World) -> None:
    """No order entry once the gross position exceeds the firm's capital (¶22, ¶24)."""
    if growing(world) and world.ledger.gross(world.market) > world.scenario.firm.capital:
        _stop_all(world, "capital-threshold", "gross position exceeds the firm's capital")


def account_block(world: World) -> None:
    """No order entry once the 33 Account exceeds its own limit (¶23-24)."""
    if growing(world) and world.ledger.gross(world.market) > world.scenario.firm.account_limit:
        _stop_all(world, "account-block", f"{world.scenario.names.account} over its limit")


def broad_review(world: World) -> None:
    """No order entry after a loss as large as the one of October 2011 (¶33, ¶44)."""
    if growing(world) and world.now % (10 * STEPS_PER_SECOND) == 0:
        base = world.scenario.market.block_base
        if -world.ledger.profit(world.law, world.market, base).flat > EARLIER_LOSS:
            _stop_all(world, "broad-review", "loss as large as in October 2011")


def pmon_alerts(world: World) -> None:
    """PMON keeps up, knows the limits, and raises an alarm at each tenfold excess (¶25)."""
    if not growing(world):
        return
    over = world.ledger.gross(world.market) // max(world.scenario.firm.account_limit, 1)
    level = len(str(over)) if over else 0
    if level > world.team.pmon_level:
        world.team.pmon_level = level
        names = world.scenario.names
        said = f"{names.account} at {over:,} times its limit"
        _alarm(world, names.monitor, said, "pmon-alerts")


GUARDS: Final[dict[str, Callable[[World], None]]] = {
    "compare-orders": compare_orders,
    "self-halt": self_halt,
    "price-cap": price_cap,
    "outstanding-limits": outstanding_limits,
    "capital-threshold": capital_threshold,
    "account-block": account_block,
    "broad-review": broad_review,
    "pmon-alerts": pmon_alerts,
}
"""Safeguards that act second by second."""

SHOWN: Final = frozenset({"separate-accounts", "reject-alerts", "incident-procedure"})
"""Safeguards that change what people are shown or may do; asked for where that is."""

BEFORE: Final = frozenset({"two-person-review", "retest"})
"""Safeguards of the weeks before, which `prepare` puts into the start."""

KNOWN: Final = frozenset(GUARDS) | SHOWN | BEFORE
"""Every safeguard that can be switched on."""


WHERE: Final = {
    "compare-orders": "Every second sets what a server executed against its orders, and stops it.",
    "self-halt": "A server that sends far more child orders than it has orders stops by itself.",
    "price-cap": f"No child order where the price is {CAP} % or more from the open.",
    "outstanding-limits": "Counts what is still out in the market against the firm's capital.",
    "capital-threshold": "Stops everything once positions are larger than the firm's capital.",
    "account-block": "Stops everything once the account is over its own limit.",
    "separate-accounts": "Whoever asks for the account reads the server's name there.",
    "pmon-alerts": "The risk screen keeps up and raises alarms. It stops nothing.",
    "two-person-review": "Acts before the day: every server has the new build.",
    "retest": "Acts before the day: the old path stops when its order is filled.",
    "reject-alerts": "A server's first reject is an alarm. It stops nothing.",
    "incident-procedure": "Nobody has to be asked before everything is stopped.",
    "broad-review": "Stops everything at a loss as large as that of October 2011.",
}
"""Safeguard -> where it acts, in a sentence."""


def guard(world: World) -> None:
    """Let the switched-on safeguards look at this second."""
    for watch in world.guards:
        watch(world)


def _say_held(world: World, stocks: int) -> None:
    """The price cap begins to hold orders back; said once, for it comes and goes."""
    if any(isinstance(event, Safeguarded) and event.id == "hold" for event in world.log.items):
        return
    said = (
        f"safeguard price-cap: child orders are held back where the price is {CAP} % or more from "
        f"the open, at first in {stocks} {'stock' if stocks == 1 else 'stocks'}"
    )
    world.record(Safeguarded(world.now, said, "hold", control="price-cap"))


def _stop(world: World, server: int, control: str, why: str) -> None:
    fleet = world.fleet
    if fleet.states[server] not in (ProcessState.RUNNING, ProcessState.DRAINING):
        return
    name = world.scenario.servers[server].name
    trading.release(world, server, f"safeguard: {why}")
    _alarm(world, _safeguard(world), f"{name} stopped: {why}", control)


def _stop_all(world: World, control: str, why: str) -> None:
    for server in world.fleet.working():
        trading.release(world, server, f"safeguard: {why}")
    _alarm(world, _safeguard(world), f"order entry blocked on all servers: {why}", control)


def _safeguard(world: World) -> str:
    """Who raises its alarms."""
    return f"{world.scenario.names.router} safeguard"


def _alarm(world: World, sender: str, subject: str, control: str) -> None:
    """An alarm of a safeguard; in the place of an inject's name it has the safeguard's."""
    alert = Alert(world.now, Channel.ALARM, sender, subject, subject, control)
    people.arrive(world, alert, urgent=True)
