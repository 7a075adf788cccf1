"""Fit the stocks and flagged orders of knight-2012, with the real simulation as evaluator.

Run `python calibration/fit.py` in the root of the checkout; it takes a minute or two. It writes
`stocks.csv` and `orders.csv` into `scenarios/knight-2012/` and prints what the reference run
reaches. The market's numbers are read from `scenario.toml` and not changed. `README.md` beside it
describes the method.
"""
# ruff: noqa: INP001, T201 -- a script that prints what it made

from __future__ import annotations

import csv
import io
import math
import os
from pathlib import Path
from typing import Final

import attrs
import numpy as np
from arrivals import SERVERS, STALE, Arrival, arrivals
from bars import RANGE_OF_SIGMA, Name, bought, names
from chance import draw
from numpy.typing import NDArray
from playing import FIGURES, Span, play, spans

from controlroom.scenario import load_scenario
from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.result import Result, result
from controlroom.sim.start import PRICE_UNIT, Evidence, FlaggedOrder, Scenario, Stock
from controlroom.sim.world import World

Floats = NDArray[np.float64]
Order = tuple[Arrival, int, bool]
"""A flagged order: when and how large, its stock, whether it buys."""

SCENARIO: Final = Path(__file__).resolve().parent.parent / "scenarios" / "knight-2012"

PARENTS: Final = 212
SHARES: Final = 399.3e6
NET_LONG: Final = 3.5e9
NET_SHORT: Final = 3.15e9
"""What the SEC found, in numbers that the fit is told."""

OVER_5_PERCENT: Final = 77
OVER_10_PERCENT: Final = 37
"""Stocks that are meant to move so far; the SEC found 75 and 37, and chance takes two away."""

TWO_SIDED: Final = 44
"""Three quarters of the 58 parents more than stocks are on the other side of theirs."""

CHURNED: Final = {"EXG": 3, "LYG": 4, "EXC": 12, "UL": 15, "F": 20, "NOK": 25}
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

CANCELLED: Final = {
    "WZE": 1.90,
    "CO": 0.54,
    "UTG.RT": 0.38,
    "EJ": 0.37,
    "ARC": 0.375,
    "KWK": 0.42,
}
"""How far the six move in which trades were cancelled: surely beyond 30 %.

WZE reached four times its open, in three seconds; the square-root law does not do that.
"""

KEPT: Final = {
    "AAU": 0.245,
    "BYD": 0.216,
    "CLGX": 0.125,
    "EXC": 0.040,
    "GT": 0.096,
    "HOG": 0.127,
    "KRO": 0.183,
    "MTZ": 0.198,
    "NAT": 0.214,
    "TRN": 0.160,
}
"""Moves on record that are kept as they are, and AAU's, which must not be cancelled."""

USUAL_PART: Final = 1.0
"""Part of a usual day's range by which a bar reaches further than pressure alone moved it."""

NEAR: Final = 0.78
COSTLY: Final = 20e6
"""Dollars: the move of the whole excess volume at which half of it is others'.

Without this 397 m shares, $6.65 bn of positions and a loss of $460 m do not go together: a move
that costs much draws in others who trade against it.
"""

ROUNDS: Final = 8


@attrs.define
class Fit:
    """The population on its way. Arrays of one entry a stock; times in seconds after the open.

    Attributes:
        names: the stocks.
        long: whether each ends net long.
        begins: when each of its sides is first taken, own side, then other; inf for never.
        ends: when each side is last taken.
        want: shares wanted, before the scales.
        reach: move wanted, a fraction.
        sigma: effective daily volatility, a fraction.
        scales: of `want` for stocks on one side long, on one side short, on both sides.
    """

    names: list[Name]
    long: NDArray[np.bool_]
    begins: Floats
    ends: Floats
    want: Floats
    reach: Floats
    sigma: Floats
    scales: Floats

    @property
    def group(self) -> NDArray[np.int64]:
        """Place of each stock's scale."""
        both = np.isfinite(self.begins[:, 1])
        return np.where(both, 2, np.where(self.long, 0, 1))

    @property
    def seconds(self) -> Floats:
        """How long each side is taken."""
        return np.where(np.isfinite(self.begins), self.ends - self.begins, 0)

    @property
    def shares(self) -> Floats:
        """Shares wanted."""
        shares: Floats = self.want * self.scales[self.group]
        return shares

    @property
    def pace(self) -> Floats:
        """Lots a second; the touch begins with four seconds of it."""
        running = np.where(self.seconds > 0, self.seconds + 4, 0).sum(axis=1)
        pace: Floats = self.shares / 100 / running
        return pace

    @property
    def kept(self) -> Floats:
        """Part of what is taken that stays as position."""
        kept: Floats = (self.seconds[:, 0] - self.seconds[:, 1]) / self.seconds.sum(axis=1)
        return kept


def main() -> None:
    """Fit, write, say what was reached."""
    base = load_scenario(SCENARIO)
    stocks = names()
    scale, arrived, worked = caught(base, len(stocks))
    print(f"{len(arrived)} flagged orders, {len(worked)} of them get Power Peg (scale {scale})")
    fit, roles = assign(base, stocks, worked)
    orders = deal_out(base, fit, arrived, roles)
    goals = np.array([SHARES, NET_LONG, NET_SHORT])
    balance(fit, goals)
    for turn in range(ROUNDS):
        still = reached(base, fit, orders, wander=0)
        miss = meet_moves(fit, still)
        came = result(still)
        goals *= np.array([SHARES, NET_LONG, NET_SHORT]) / _sums(came)
        balance(fit, goals)
        print(f"round {turn}: moves within {miss:.1%}, shares {came.shares:,}, scales {fit.scales}")
    for _ in range(3):
        goals *= np.array([SHARES, NET_LONG, NET_SHORT]) / _sums(result(reached(base, fit, orders)))
        balance(fit, goals)
    report(base, fit, orders, worked)
    write(fit, orders)


def _sums(came: Result) -> Floats:
    return np.array([came.shares, came.net_long_usd, came.net_short_usd], dtype=float)


# --- which orders Power Peg gets -------------------------------------------------------------------


def caught(base: Scenario, stocks: int) -> tuple[float, list[Arrival], list[tuple[int, Span]]]:
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
                step=_step(base, order),
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
        if _step(base, order) >= base.day.open_step:
            made[row] = len(at_auction) + later % (slots - len(at_auction))
            later += 1
    return made


def _row(base: Scenario, arrived: list[Arrival], slots: list[int], span: Span) -> int:
    """The order that a parent came from: the last one of its slot before it began."""
    return max(
        row
        for row, slot in enumerate(slots)
        if slot == span.slot and _step(base, arrived[row]) <= span.begins
    )


def _step(base: Scenario, order: Arrival) -> int:
    return order.quarter - base.day.begins // 250


# --- who takes what --------------------------------------------------------------------------------


def assign(
    base: Scenario, stocks: list[Name], worked: list[tuple[int, Span]]
) -> tuple[Fit, dict[int, tuple[int, bool]]]:
    """Stock and side of every parent of the reference run.

    Returns:
        The fit's beginning, and row -> (stock, whether it buys).
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

    fit = Fit(
        names=stocks,
        long=long,
        begins=begins,
        ends=ends,
        want=want,
        reach=reach,
        sigma=np.array([name.sigma for name in stocks]),
        scales=np.full(3, 0.45),
    )
    return fit, roles


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


def wanted(stocks: list[Name]) -> Floats:
    """Shares wanted, before scales: the volume above the usual, less where it would cost most.

    At least what the two thresholds of the SEC need, in stocks that move far enough.
    """
    excess = np.array([float(name.excess) for name in stocks])
    opens = np.array([name.open for name in stocks])
    reach = np.minimum([name.reach for name in stocks], 0.3)
    adv = np.array([float(name.adv) for name in stocks])
    least = np.where(reach > 0.08, 0.64, 0.04) * adv
    return np.maximum(excess / (1 + excess * opens * reach / COSTLY), least)


def moves(stocks: list[Name], long: NDArray[np.bool_], want: Floats) -> Floats:
    """Moves wanted: the bar's, less most of what the stock moves on a usual day.

    At the SEC's two thresholds there is a gap, so that few stocks cross them by chance. Where the
    bars give too few stocks beyond a threshold, those near it with the least money are lifted.
    """
    bar = np.array([name.up if up else name.down for name, up in zip(stocks, long, strict=True)])
    usual = np.array([name.sigma * RANGE_OF_SIGMA for name in stocks])
    usd = np.array([name.open for name in stocks]) * want
    fixed = CANCELLED | KEPT
    move = np.maximum(bar - USUAL_PART * usual, 0.4 * bar)
    for threshold, count, above, below in (
        (0.05, OVER_5_PERCENT, 0.058, 0.043),
        (0.10, OVER_10_PERCENT, 0.114, 0.089),
    ):
        over = [n for n, far in enumerate(bar) if far > threshold]
        near = [n for n in range(len(stocks)) if NEAR * threshold < bar[n] <= threshold]
        near = [n for n in near if stocks[n].symbol not in fixed]
        near.sort(key=lambda number: (usd[number], number))
        over += near[: count - len(over)]
        for number in range(len(stocks)):
            if number in over:
                move[number] = max(move[number], above)
            elif bar[number] > 0.6 * threshold:
                move[number] = min(move[number], below)
    for number, name in enumerate(stocks):
        move[number] = fixed.get(name.symbol, move[number])
    return move


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
    base: Scenario, fit: Fit, arrived: list[Arrival], roles: dict[int, tuple[int, bool]]
) -> list[Order]:
    """Every order with its stock and side; those that Power Peg does not get draw theirs.

    None of the latter is for a stock that is paused: it would not be filled when its server stops.
    """
    weights = np.cumsum([math.sqrt(name.adv) * (name.symbol not in PAUSED) for name in fit.names])
    made = []
    for row, order in enumerate(arrived):
        if row in roles:
            stock, buys = roles[row]
            late = _step(base, order) > base.day.pause_step
            # Small enough to be filled when its server stops, or it would come back.
            shares = min(order.shares, 100) if late else order.shares
            made.append((attrs.evolve(order, shares=shares), stock, buys))
        else:
            stock = int(np.searchsorted(weights, draw("stock", row) * weights[-1], side="right"))
            made.append((order, stock, draw("side", row) < 0.5))
    return made


# --- how much and how far --------------------------------------------------------------------------


def balance(fit: Fit, goals: Floats) -> None:
    """Scales of the three groups that give the sums: shares, dollars long, dollars short."""
    usd = fit.want * fit.kept * np.array([name.open for name in fit.names])
    sums = np.zeros((3, 3))
    for group in range(3):
        here = fit.group == group
        sums[:, group] = (
            fit.want[here].sum(),
            usd[here & fit.long].sum(),
            usd[here & ~fit.long].sum(),
        )
    fit.scales = np.linalg.solve(sums, goals)


def meet_moves(fit: Fit, world: World) -> float:
    """Correct sigma by how far each stock moved; returns the largest miss before that."""
    opens = world.law.opens
    up = (world.market.high - opens) / opens
    down = (opens - world.market.low) / opens
    moved = np.maximum(np.where(fit.long, up, down), 1e-4)
    fit.sigma = fit.sigma * (fit.reach / moved) ** 0.9
    return float(np.abs(moved / fit.reach - 1).max())


def reached(base: Scenario, fit: Fit, orders: list[Order], wander: int | None = None) -> World:
    """The reference run's world when the flow has stopped."""
    scenario = scenario_of(base, fit, orders, wander)
    return next(play(scenario, scenario.seed, marks=("10:15:10",)))


def scenario_of(
    base: Scenario, fit: Fit, orders: list[Order], wander: int | None = None
) -> Scenario:
    """The scenario with this population."""
    stocks = tuple(
        Stock(
            symbol=name.symbol,
            status=Evidence(name.status),
            note=name.note,
            venue=name.venue,
            prev_close=round(name.prev_close * PRICE_UNIT),
            open=round(name.open * PRICE_UNIT),
            adv=name.adv,
            sigma=max(round(sigma * 10_000), 1),
            spread=round(name.spread * PRICE_UNIT),
            pace=max(round(pace * 1000), 1),
        )
        for name, sigma, pace in zip(fit.names, fit.sigma, fit.pace, strict=True)
    )
    flagged = tuple(
        FlaggedOrder(_step(base, order), stock, 1 if buys else -1, order.shares, order.auction)
        for order, stock, buys in orders
    )
    market = attrs.evolve(base.market, stocks=stocks)
    if wander is not None:
        market = attrs.evolve(market, wander=wander)
    return attrs.evolve(base, market=market, flow=attrs.evolve(base.flow, flagged=flagged))


# --- what comes out --------------------------------------------------------------------------------


def report(
    base: Scenario, fit: Fit, orders: list[Order], worked: list[tuple[int, Span]]
) -> None:
    """What was reached when the flow stopped, and how far the fit had to go for it."""
    world = reached(base, fit, orders)
    came = result(world)
    for field in FIGURES:
        print(f"{field:26} {getattr(came, field):>15,}")
    usual = np.array([name.sigma for name in fit.names])
    excess = np.array([name.excess for name in fit.names])
    parts = np.quantile(fit.sigma / usual, (0, 0.1, 0.5, 0.9, 1))
    print("sigma against usual:", parts.round(2))
    large = excess * np.array([name.open for name in fit.names]) > 2e7
    parts = np.quantile((fit.shares / np.maximum(excess, 1))[large], (0, 0.1, 0.5, 0.9, 1))
    print("own part of the volume above the usual:", parts.round(2))
    print("dearest pace:", fit.pace.max().round(1))
    pauses = world.market.pauses
    print("pauses:", {fit.names[n].symbol: int(pauses[n]) for n in np.flatnonzero(pauses)})
    net = fit.shares * fit.kept * np.array([name.open for name in fit.names])
    print("move weighted by position:", round(float((net * fit.reach).sum() / net.sum()), 4))
    opens = world.law.opens
    moved = np.maximum(world.market.high / opens - 1, 1 - world.market.low / opens)
    for threshold in (0.05, 0.10):
        planned = {name.symbol for name, far in zip(fit.names, fit.reach, strict=True) if far > threshold}
        real_ = {name.symbol for name, far in zip(fit.names, moved, strict=True) if far > threshold}
        print(threshold, len(planned), "missed", sorted(planned - real_), "extra", sorted(real_ - planned))
    real = spans(scenario_of(base, fit, orders))
    print("parents as planned:", len(real) == len(worked))


def write(fit: Fit, orders: list[Order]) -> None:
    """Both tables, each in one go."""
    _table(
        "stocks.csv",
        "symbol,status,note,venue,prev_close,open,adv,sigma,spread,pace",
        [
            [
                name.symbol,
                name.status,
                name.note,
                name.venue,
                _price(name.prev_close),
                _price(name.open),
                str(name.adv),
                f"{sigma * 100:.2f}",
                f"{name.spread:.3f}",
                f"{pace:.3f}",
            ]
            for name, sigma, pace in zip(fit.names, fit.sigma, fit.pace, strict=True)
        ],
    )
    _table(
        "orders.csv",
        "time,stock,side,shares,auction",
        [
            [
                order.text,
                fit.names[stock].symbol,
                "buy" if buys else "sell",
                str(order.shares),
                str(int(order.auction)),
            ]
            for order, stock, buys in orders
        ],
    )


def _price(price: float) -> str:
    return f"{price:.2f}" if price >= 1 else f"{price:.4f}"


def _table(name: str, header: str, rows: list[list[str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    draft = SCENARIO / f".{name}"
    draft.write_text(out.getvalue(), newline="\n")
    os.replace(draft, SCENARIO / name)


if __name__ == "__main__":
    main()
