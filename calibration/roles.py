"""Which orders Power Peg gets in the reference run, and for which stock and side each is."""
# ruff: noqa: INP001 -- a neighbour of the scripts, not a package

from __future__ import annotations

import math
from typing import Final

import attrs
import numpy as np
from arrivals import SERVERS, STALE, Arrival, arrivals
from bars import Name, bought
from chance import draw
from playing import Span, spans
from population import Order, Population, step_of
from wanted import Floats, moves, wanted

from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.start import FlaggedOrder, Scenario

PARENTS: Final = 212

TWO_SIDED: Final = 44
"""Three quarters of the 58 parents more than stocks are on the other side of theirs."""

CHURNED: Final = {"EXG": 3, "LYG": 4, "EXC": 8, "UL": 14, "F": 20, "NOK": 25}
"""On record with volume in both directions, and after how many minutes the other side begins."""

PAUSED: Final = {"CO": "09:42:00", "KRO": "10:00:00", "TRN": "10:03:00", "CLGX": "10:06:30"}
"""Stocks whose trading was paused, and about when each is first taken.

A stock pauses when it moves 10 % in five minutes after 09:45, so these begin late and others that
move far begin at the open: history has few pauses.
"""

FAR: Final = 0.085
"""Stocks that move further than this begin at the open."""

LARGE_LATE: Final = 22
"""Stocks with much money that are first taken after the open."""

Worked = list[tuple[int, Span]]
"""Row of the order and span of each parent on the Power Peg path."""


def caught(base: Scenario, stocks: int) -> tuple[float, list[Arrival], Worked]:
    """Arrivals of which Power Peg gets 212, with the row and the span of each of those.

    Which orders it gets depends on the rotation and on when they arrive, hardly on the stock. So a
    market that no order moves tells it, with stocks and sides by which the rows are known again.
    """
    still = attrs.evolve(
        base.market,
        impact=1,
        pause_move=10_000,
        stocks=tuple(attrs.evolve(stock, pace=20_000) for stock in base.market.stocks),
    )
    for turn in range(60):
        scale = round(0.97 + 0.004 * ((turn + 1) // 2) * (1 if turn % 2 else -1), 3)
        arrived = arrivals(scale)
        slots = _marked(base, arrived, 2 * stocks)
        flagged = tuple(
            FlaggedOrder(
                step=step_of(base, order),
                stock=slot % stocks,
                side=1 if slot < stocks else -1,
                shares=order.shares,
                auction=order.auction,
            )
            for order, slot in zip(arrived, slots, strict=True)
        )
        probe = attrs.evolve(base, market=still, flow=attrs.evolve(base.flow, flagged=flagged))
        worked = spans(probe)
        if len(worked) == PARENTS:
            rows = [_row(base, arrived, slots, span) for span in worked]
            return scale, arrived, list(zip(rows, worked, strict=True))
    raise SystemExit("no scale of arrivals gives 212 parents")


def _marked(base: Scenario, arrived: list[Arrival], slots: int) -> list[int]:
    """A slot for every order, so that those that Power Peg may get can be told apart."""
    at_auction = [
        row for row, order in enumerate(arrived) if order.auction and row % SERVERS == STALE
    ]
    made, later = [slots - 1] * len(arrived), 0
    for slot, row in enumerate(at_auction):
        made[row] = slot
    for row, order in enumerate(arrived):
        if step_of(base, order) >= base.day.open_step:
            made[row] = len(at_auction) + later % (slots - len(at_auction))
            later += 1
    return made


def _row(base: Scenario, arrived: list[Arrival], slots: list[int], span: Span) -> int:
    """The order that a parent came from: the last one of its slot before it began."""
    return max(
        row
        for row, slot in enumerate(slots)
        if slot == span.slot and step_of(base, arrived[row]) <= span.begins
    )


def assign(
    base: Scenario, stocks: list[Name], worked: Worked
) -> tuple[Population, dict[int, tuple[int, bool]]]:
    """Stock and side of every parent of the reference run.

    Returns:
        The population before it is fitted, and row -> (stock, whether it buys).
    """
    opens = base.day.open_step
    long = np.array(bought(stocks))
    want = wanted(stocks)
    reach = moves(stocks, long, want)
    at = {name.symbol: number for number, name in enumerate(stocks)}
    first = [each for each in worked if each[1].begins <= opens + STEPS_PER_SECOND]
    later = [each for each in worked if each[1].begins > opens + STEPS_PER_SECOND]
    later.sort(key=lambda each: (each[1].begins - each[1].ends, each[0]))

    roles: dict[int, tuple[int, bool]] = {}
    begins = np.full((len(stocks), 2), np.inf)
    ends = np.zeros((len(stocks), 2))

    def give(parent: tuple[int, Span], stock: int, *, other: bool = False) -> None:
        row, span = parent
        roles[row] = (stock, bool(long[stock]) ^ other)
        side = int(other)
        began = (span.begins - opens - STEPS_PER_SECOND) / STEPS_PER_SECOND
        begins[stock, side] = min(begins[stock, side], began)
        ends[stock, side] = max(ends[stock, side], (span.ends - opens) / STEPS_PER_SECOND)

    for symbol, time in PAUSED.items():
        best = base.day.parse(time)
        stale = [each for each in later if each[1].server == STALE]
        parent = min(stale, key=lambda each: abs(each[1].begins - best))
        later.remove(parent)
        give(parent, at[symbol])

    both = two_sided(base, stocks, want, reach)
    late = covered_late(stocks, both, len(stocks) - len(first) - len(PAUSED))
    early = [n for n in range(len(stocks)) if n not in late and stocks[n].symbol not in PAUSED]
    early.sort(key=lambda number: draw("early", number))
    for parent, stock in zip(first, early, strict=True):
        give(parent, stock)

    # Those with hardly any time left add nothing: they join a side that is being taken already.
    spare = len(later) - len(both) - len(late)
    joined = sorted(early, key=lambda number: -want[number])[:spare]
    for parent, stock in zip(later[len(later) - spare :], joined, strict=True):
        give(parent, stock)
    for parent in later[: len(later) - spare]:
        other = _takes_other_side(parent[1], opens, len(both), len(late))
        give(parent, (both if other else late).pop(0), other=other)

    population = Population(
        names=stocks,
        long=long,
        begins=begins,
        ends=ends,
        want=want,
        reach=reach,
        sigma=np.array([name.sigma for name in stocks]),
        scales=np.full(3, 0.45),
    )
    return population, roles


def _takes_other_side(span: Span, opens: int, both: int, late: int) -> bool:
    """Whether a parent takes the other side of a stock, or a stock that nobody takes yet.

    Not within two minutes of the open, or chance would decide which side is the larger.
    """
    minute = (span.begins - opens) / STEPS_PER_SECOND / 60
    if not both or not late:
        return bool(both)
    if minute < 2:
        return False
    if minute < 10:
        return True
    return draw("side", span.begins) < 0.4


def two_sided(base: Scenario, stocks: list[Name], want: Floats, reach: Floats) -> list[int]:
    """Stocks that are taken on both sides, in the order in which their other side begins.

    With its usual volatility a stock has moved far enough after some time; then the other side
    begins. That is early where much volume moved the price little.
    """
    law = base.market
    turns = {n: CHURNED[name.symbol] for n, name in enumerate(stocks) if name.symbol in CHURNED}
    known = sorted(turns)
    for number, name in enumerate(stocks):
        if number in known or name.symbol in PAUSED or name.reach > 0.12:
            continue
        if name.excess * name.open < 5e6:
            continue
        for minute in range(1, 45):
            lots = 0.45 * want[number] / (5400 - 60 * minute)
            rest = lots * (1 - 2 ** (-60 * minute / law.half_life)) * law.half_life / math.log(2)
            if law.impact / 100 * name.sigma * math.sqrt(rest / name.adv) >= reach[number]:
                turns[number] = minute
                break
    others = sorted((n for n in turns if n not in known), key=lambda n: (turns[n], n))
    chosen = known + others[: TWO_SIDED - len(known)]
    return sorted(chosen, key=lambda number: (turns[number], number))


def covered_late(stocks: list[Name], both: list[int], count: int) -> list[int]:
    """Stocks that nobody takes at the open, in the order in which they are taken."""
    fits = [
        number
        for number, name in enumerate(stocks)
        if number not in both and name.reach < FAR and name.symbol not in PAUSED
    ]
    fits.sort(key=lambda number: -stocks[number].excess * stocks[number].open)
    small = sorted(fits[LARGE_LATE - count :], key=lambda number: -stocks[number].excess)
    return fits[:LARGE_LATE] + small


def deal_out(
    base: Scenario,
    population: Population,
    arrived: list[Arrival],
    roles: dict[int, tuple[int, bool]],
) -> list[Order]:
    """Every order with its stock and side; those that Power Peg does not get draw theirs.

    None of the latter is for a stock that is paused: it would not be filled when its server stops.
    """
    weights = np.cumsum(
        [math.sqrt(name.adv) * (name.symbol not in PAUSED) for name in population.names]
    )
    made = []
    for row, order in enumerate(arrived):
        if row in roles:
            stock, buys = roles[row]
            late = step_of(base, order) > base.day.pause_step
            # Small enough to be filled when its server stops, or it would come back.
            shares = min(order.shares, 100) if late else order.shares
            made.append((attrs.evolve(order, shares=shares), stock, buys))
        else:
            stock = int(np.searchsorted(weights, draw("stock", row) * weights[-1], side="right"))
            made.append((order, stock, draw("side", row) < 0.5))
    return made
