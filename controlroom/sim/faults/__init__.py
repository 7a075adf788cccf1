"""The catalogue of faults, and the draw: which one a seed has, where, and what only looks like it.

Each fault is a file that says what it changes in the start. What follows from that happens where
it would: the router reads the flag table, the intake the limits and the reference file, strays
trade. A draw is a pure function of scenario and seed, so the same seed is the same riddle for
everybody; nothing that a seat sees tells what was drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from controlroom.sim.arrays import Mask
from controlroom.sim.faults import (
    count_check,
    credit_limit,
    duplicate_session,
    flag_table,
    load_balancer,
    nothing,
    reference_file,
    stale_build,
)
from controlroom.sim.faults.fault import Fault
from controlroom.sim.faults.filling import fill_in
from controlroom.sim.randomness import Stream, draws
from controlroom.sim.randomness import draw as drawn_number
from controlroom.sim.riddle import Riddle
from controlroom.sim.riddle.intake import Intake
from controlroom.sim.riddle.settings import REDELIVERED, Settings
from controlroom.sim.riddle.strays import Strays
from controlroom.sim.start import Acts, Drawn, FaultChoice, FaultKind, Inject, Measure, Scenario

__all__ = ["CATALOGUE", "Fault", "draw", "fault_of", "pose"]

CATALOGUE: Final[Mapping[FaultKind, Fault]] = {
    module.FAULT.kind: module.FAULT
    for module in (
        stale_build,
        flag_table,
        count_check,
        duplicate_session,
        credit_limit,
        reference_file,
        load_balancer,
        nothing,
    )
}
"""Every fault, by its kind."""

PILOT: Final = 4
"""One stock in so many has new round lots."""

_SIZES: Final = frozenset({"gross_usd", "loss_usd", "executions", "executions_per_s"})


def fault_of(scenario: Scenario) -> Fault | None:
    """The fault that the seed has drawn, or None where nothing is left to it."""
    return CATALOGUE[scenario.drawn.kind] if scenario.drawn else None


def draw(scenario: Scenario, seed: int) -> Scenario:
    """The scenario as this seed has it; where nothing is left to the seed, the same.

    What was drawn for another seed is drawn anew; safeguards, stressors and the console stay as
    they are.
    """
    if not scenario.faults and not scenario.stressors:
        return scenario
    origin = scenario.origin or scenario
    base = attrs.evolve(
        origin,
        controls=scenario.controls,
        stressors=scenario.stressors,
        console=scenario.console,
        origin=origin,
    )
    base = attrs.evolve(base, injects=_stressed(base))
    if not base.faults:
        return base
    drawn = _drawn(base, seed)
    prepared = CATALOGUE[drawn.kind].prepare(attrs.evolve(base, drawn=drawn), drawn)
    return fill_in(_with_oddity(prepared, drawn), drawn)


def _drawn(scenario: Scenario, seed: int) -> Drawn:
    """Which fault, where, and where clients' lines lead."""
    chosen = _weighted(scenario.faults, drawn_number(seed, Stream.RIDDLE, 0, 0, 1 << 31))
    names = [server.name for server in scenario.servers]
    allowed = [names.index(name) for name in chosen.servers] or list(range(len(names)))
    server = allowed[drawn_number(seed, Stream.RIDDLE, 1, 0, len(allowed))]
    others = [at for at in _shuffled(seed, len(names)) if at != server]
    homes = []
    for place, client in enumerate(scenario.clients):
        # A client whose credit is asked for sends to the server whose limits are wrong.
        loops = client.credit and chosen.kind is FaultKind.CREDIT_LIMIT
        homes.append(server if loops else others[place % len(others)])
    basket = next(
        (home for home, one in zip(homes, scenario.clients, strict=True) if one.allocates), server
    )
    duplicate = chosen.kind is FaultKind.DUPLICATE_SESSION
    nowhere = chosen.kind in (FaultKind.NOTHING, FaultKind.LOAD_BALANCER)
    return Drawn(
        kind=chosen.kind,
        server=basket if nowhere else server,
        guest=others[-1] if duplicate else (basket if nowhere else server),
        homes=tuple(homes),
        odd=others[-2] if scenario.stressed(Acts.ODDITIES) else -1,
    )


def _weighted(choices: tuple[FaultChoice, ...], number: int) -> FaultChoice:
    left = number % sum(choice.weight for choice in choices)
    for choice in choices:
        if left < choice.weight:
            return choice
        left -= choice.weight
    raise AssertionError("weights sum to more than any number below their sum")


def _shuffled(seed: int, count: int) -> list[int]:
    keys = draws(seed, Stream.RIDDLE, 2, count, 1 << 31).tolist()
    return sorted(range(count), key=lambda at: (keys[at], at))


def _with_oddity(scenario: Scenario, drawn: Drawn) -> Scenario:
    """With the stressor, one server has a build that differs in its label and harms nobody."""
    if drawn.odd < 0:
        return scenario
    newest = scenario.builds[0]
    patched = attrs.evolve(
        newest,
        name=f"{newest.name}-p1",
        version=f"{newest.version}.1",
        checksum=newest.checksum[::-1],
    )
    servers = list(scenario.servers)
    servers[drawn.odd] = attrs.evolve(servers[drawn.odd], build=patched.name)
    return attrs.evolve(scenario, builds=(*scenario.builds, patched), servers=tuple(servers))


def _stressed(scenario: Scenario) -> tuple[Inject, ...]:
    """The messages that come under the stressors that are on, as early as these let them."""
    on = {stressor.id for stressor in scenario.stressors if stressor.on}
    injects = [one for one in scenario.injects if not one.stressor or one.stressor in on]
    if scenario.stressed(Acts.HURRY):
        injects = [
            attrs.evolve(one, when=tuple(map(_sooner, one.when))) if one.when else one
            for one in injects
        ]
    return tuple(injects)


def _sooner(measure: Measure) -> Measure:
    """A third of a size; of a volume that is compared with the usual one, of what is above it."""
    if measure.name in _SIZES:
        return Measure(measure.name, measure.at_least // 3)
    if measure.name == "volume_ratio":
        return Measure(measure.name, 100 + max(measure.at_least - 100, 0) // 3)
    return measure


def pose(scenario: Scenario, seed: int) -> Riddle | None:
    """What a world begins with where the seed has drawn a fault, or None."""
    drawn = scenario.drawn
    if drawn is None:
        return None
    servers, stocks = len(scenario.servers), len(scenario.market.stocks)
    settings = Settings.right(servers, len(scenario.clients))
    CATALOGUE[drawn.kind].settle(settings, drawn)
    if drawn.odd >= 0 and not settings.stale(drawn.odd):
        settings.reference[drawn.odd] = REDELIVERED
    pilot: Mask = draws(seed, Stream.RIDDLE, 3, stocks, PILOT) == 0
    return Riddle(drawn, pilot, settings, Strays.none(2 * stocks, servers), Intake.empty(servers))
