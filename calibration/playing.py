"""Play a scenario without a screen, as fit and check need it: to a moment, or to the end."""
# ruff: noqa: INP001 -- a neighbour of the scripts, not a package

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from controlroom.sim.commands import parse
from controlroom.sim.start import Scenario
from controlroom.sim.work import Order
from controlroom.sim.world import World, advance, start, step

FIGURES: Final = (
    "reject_mails_before_open",
    "power_peg_parents",
    "executions",
    "shares",
    "stocks",
    "stocks_long",
    "stocks_short",
    "net_long_usd",
    "net_short_usd",
    "gross_peak_usd",
    "stocks_over_20pct_5pct",
    "stocks_over_50pct_10pct",
    "loss_usd",
    "loss_marked_usd",
    "loss_fair_usd",
)
"""Fields of a result that are compared with the record."""


def play(
    scenario: Scenario,
    seed: int,
    commands: Sequence[tuple[str, str]] | None = None,
    marks: Sequence[str] = (),
) -> Iterator[World]:
    """The world at each mark, then at the end of the run.

    Args:
        commands: time and text of each; the reference run's where it is None.
    """
    day = scenario.day
    if commands is None:
        given = [(each.step, each.text) for each in scenario.reference]
    else:
        given = [(day.parse(time), text) for time, text in commands]
    world = start(scenario, seed)
    for stop in [*(day.parse(mark) for mark in marks), day.end_step]:
        while world.now < stop and not world.ended:
            orders = []
            while given and given[0][0] <= world.now:
                orders.append(Order("on-call", parse(given.pop(0)[1], scenario)))
            if orders:
                step(world, orders)
            until = min(stop, given[0][0] if given else stop)
            advance(world, max(until - world.now, 0))
        yield world


@attrs.frozen
class Span:
    """When Power Peg worked a parent, in steps.

    Attributes:
        number: of the order; ascends with the dealing.
        slot: stock and side.
        begins: first step.
        ends: last step.
        server: which worked it.
    """

    number: int
    slot: int
    begins: int
    ends: int
    server: int


def spans(scenario: Scenario) -> list[Span]:
    """Every parent on the Power Peg path in the reference run, with when it ran."""
    opens, until = scenario.day.opens // 1000, 45 * 60 + 4
    clocks = [
        f"{at // 3600:02d}:{at // 60 % 60:02d}:{at % 60:02d}"
        for at in range(opens + 1, opens + until)
    ]
    seen: dict[int, Span] = {}
    for world in itertools.islice(play(scenario, scenario.seed, marks=clocks), len(clocks)):
        pegs = world.pegs
        for number, slot, server in zip(
            pegs.number.tolist(), pegs.slot.tolist(), pegs.server.tolist(), strict=True
        ):
            begins = seen[number].begins if number in seen else world.now
            seen[number] = Span(number, slot, begins, world.now, server)
    return [seen[number] for number in sorted(seen)]
