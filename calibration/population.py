"""Make the provisional tables of knight-2012, `stocks.csv` and `orders.csv`, from `basket.csv`.

Run `python calibration/population.py` in the root of the checkout. It writes the two files into
`scenarios/knight-2012/` and prints what they hold. Chance is a fixed hash of (stream, number), so
every run writes the same bytes. `README.md` beside it says what is taken from history.
"""
# ruff: noqa: INP001, T201 -- a script that prints what it made

from __future__ import annotations

import bisect
import csv
import io
import itertools
import math
from pathlib import Path
from typing import Final

import attrs

HERE: Final = Path(__file__).resolve().parent
SCENARIO: Final = HERE.parent / "scenarios" / "knight-2012"

STOCKS: Final = 154
LONG: Final = 80
SERVERS: Final = 8
STALE: Final = 7
"""Index of the server that nobody copied the code to: every eighth flagged order."""

REJECTS: Final = 97
AUCTION_PARENTS: Final = 106
PARENTS: Final = 212
EXECUTIONS: Final = 4_000_000
FASTEST: Final = 134
"""Lots a second that one parent reaches at most."""

RANGE_OF_SIGMA: Final = 1.67
"""Mean daily range of a stock, in daily standard deviations."""

OPEN: Final = 9 * 3600 + 30 * 60
CLOSE: Final = 16 * 3600
END: Final = 10 * 3600 + 15 * 60
UNINSTALLS: Final = tuple(OPEN + 19 * 60 + 43 * number for number in range(7))
STOPS: Final = (*(OPEN + 28 * 60 + 120 * number for number in range(7)), END)
"""When the reference run rolls back and stops the servers, seconds of the day."""

PRE_MARKET_RATE: Final = (
    (8 * 3600 + 72, 12),
    (8 * 3600 + 240, 5),
    (8 * 3600 + 1500, 14),
    (8 * 3600 + 1740, 30),
    (8 * 3600 + 2100, 8),
    (8 * 3600 + 2820, 17),
    (9 * 3600 - 60, 42),
    (9 * 3600 + 180, 12),
    (9 * 3600 + 780, 34),
    (9 * 3600 + 1080, 22),
    (9 * 3600 + 1500, 58),
    (OPEN - 2, 58),
)
"""From when on how many flagged orders arrive a minute; only the proportions count."""

DAY_RATE: Final = (
    (OPEN + 4, 4.2),
    (OPEN + 600, 3.9),
    (OPEN + 1800, 3.7),
    (OPEN + 3600, 3.1),
    (12 * 3600, 2.4),
    (14 * 3600, 2.9),
    (15 * 3600 + 1800, 4.4),
    (CLOSE - 20, 4.4),
)
"""From when on how many flagged orders arrive a minute after the open."""

SIZES: Final = (100,) * 8 + (200,) * 5 + (300,) * 3 + (400, 500, 500, 600, 800, 900)
ODD_SIZES: Final = (10, 25, 35, 50, 60, 75, 120, 130, 150, 175, 225, 250, 340)
"""Retail sizes; one order in six is an odd lot."""

RECONSTRUCTED: Final = (
    # symbol, level, average volume, daily sigma in percent, note
    ("UTG.RT", 0.30, 150_000, 6.0, 'written "UTG RT" in the notice: rights'),
    ("EJ", 4.40, 430_000, 4.1, ""),
    ("KWK", 4.50, 6_800_000, 4.6, ""),
)
"""Stocks whose trades were cancelled and for which there is no daily bar."""

ARCA_LISTED: Final = {"VPU"}


@attrs.frozen
class Row:
    """One stock on its way into the table.

    Attributes: as in `Stock`, prices in dollars, sigma in percent; `lean` is how much further the
        bar reached up than down.
    """

    symbol: str
    status: str
    note: str
    prev_close: float
    open: float
    adv: int
    sigma: float
    lean: float

    @property
    def spread(self) -> float:
        """A cent, or 3 % of what the stock moves in a day."""
        return max(0.01, round(0.03 * self.sigma / 100 * self.open, 3))


@attrs.frozen
class Order:
    """One flagged order.

    Attributes: seconds of the day, index of the stock, whether it buys, shares, for the auction.
    """

    time: float
    stock: int
    buys: bool
    shares: int
    auction: bool


def draw(stream: str, number: int) -> float:
    """A number from 0 to 1 that depends on nothing but its arguments (splitmix64)."""
    state = (int.from_bytes(stream.encode()[:8], "little") + number * 0x9E3779B97F4A7C15) % 2**64
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        state = (state ^ (state >> shift)) * factor % 2**64
    return ((state ^ (state >> 31)) >> 11) / 2**53


def normal(stream: str, number: int) -> float:
    """A number from the standard normal distribution, nearly: twelve draws less six."""
    return sum(draw(stream, number * 12 + part) for part in range(12)) - 6


def population() -> list[Row]:
    """Documented names that left a footprint, the strongest inferred ones, those without a bar."""
    with (HERE / "basket.csv").open(newline="") as file:
        bars = [bar for bar in csv.DictReader(file) if "no visible footprint" not in bar["note"]]
    documented = [bar for bar in bars if bar["status"] == "documented"]
    inferred = [bar for bar in bars if bar["status"] == "inferred"]
    missing = STOCKS - len(documented) - len(RECONSTRUCTED)
    strongest = {bar["symbol"] for bar in sorted(inferred, key=footprint)[-missing:]}
    rows = [row(bar) for bar in bars if bar in documented or bar["symbol"] in strongest]
    for symbol, level, adv, sigma, note in RECONSTRUCTED:
        text = "; ".join(filter(None, ("cancelled", note, "levels reconstructed")))
        rows.append(Row(symbol, "documented", text, level, level, adv, sigma, 0.0))
    return rows


def footprint(bar: dict[str, str]) -> float:
    """How far a bar stands out: volume against usual times range against usual."""
    reach = (float(bar["high"]) - float(bar["low"])) / float(bar["open"])
    return float(bar["volume"]) / float(bar["adv20"]) * reach / float(bar["median_daily_range"])


def row(bar: dict[str, str]) -> Row:
    """A stock from its daily bar; two documented names lack the usual range, which is assumed."""
    assumed = {"WZE": 0.06, "VPU": 0.008}
    usual = float(bar["median_daily_range"] or assumed[bar["symbol"]])
    opening = float(bar["open"])
    low = float(bar["low"] or opening)
    note = bar["note"].replace("busted", "cancelled")
    if not bar["median_daily_range"]:
        note += "; range reconstructed"
    return Row(
        symbol=bar["symbol"],
        status=bar["status"],
        note=note,
        prev_close=float(bar["prev_close"]),
        open=opening,
        adv=int(bar["adv20"]),
        sigma=round(usual * 100 / RANGE_OF_SIGMA, 2),
        lean=(float(bar["high"]) - opening - (opening - low)) / opening / usual,
    )


def sides(rows: list[Row]) -> list[bool]:
    """Whether each stock ends net long: those whose bar reached furthest up, 80 of them."""
    by_lean = sorted(range(len(rows)), key=lambda number: -rows[number].lean)
    bought = set(by_lean[:LONG])
    return [number in bought for number in range(len(rows))]


def arrivals(stream: str, rate: tuple[tuple[int, float], ...], count: int) -> list[float]:
    """`count` times whose density follows `rate`."""
    spans = list(itertools.pairwise(rate))
    sums = list(itertools.accumulate((end[0] - start[0]) * start[1] for start, end in spans))
    times = []
    for number in range(count):
        target = draw(stream, number) * sums[-1]
        span = bisect.bisect_right(sums, target)
        start, speed = rate[span]
        times.append(start + (target - (sums[span - 1] if span else 0)) / speed)
    return sorted(times)


def pre_market() -> list[tuple[float, bool]]:
    """Time and whether for the auction, for every flagged order before the open.

    The eighth of every eight goes to the stale server: exactly 97 of those are for the session,
    and 106 wait for the auction. Later orders rather wait for the auction.
    """
    blocks = REJECTS + AUCTION_PARENTS
    first = [8 * 3600 + 60 + seconds for seconds in (0.25, 1, 1.75, 4, 4.5, 7.25, 8, 10.5)]
    times = first + arrivals("early", PRE_MARKET_RATE, blocks * SERVERS - SERVERS)

    def waits(number: int) -> float:
        share = (times[number] - times[0]) / (OPEN - times[0])
        return draw("auction", number) + share

    auction: set[int] = set()
    for stale, wanted in ((True, AUCTION_PARENTS), (False, AUCTION_PARENTS * (SERVERS - 1))):
        group = [n for n in range(SERVERS, len(times)) if (n % SERVERS == STALE) is stale]
        auction.update(sorted(group, key=waits)[-wanted:])
    return [(time, number in auction) for number, time in enumerate(times)]


def caught(flow: list[tuple[float, bool]]) -> list[int]:
    """Which orders Power Peg gets in the reference run, as far as dealing in turn tells."""
    found = []
    for number, (time, auction) in enumerate(flow):
        if time < OPEN:
            server = number % SERVERS
            if auction and server == STALE:
                found.append(number)
            continue
        running = [server for server in range(SERVERS) if time < STOPS[server]]
        if not running:
            break
        server = running[number % len(running)]
        if server == STALE or time >= UNINSTALLS[server]:
            found.append(number)
    return found


def orders(rows: list[Row], bought: list[bool]) -> tuple[list[Order], list[int]]:
    """Every flagged order of the day, and which of them Power Peg gets."""
    minutes = [(end[0] - start[0]) / 60 * start[1] for start, end in itertools.pairwise(DAY_RATE)]
    later = arrivals("later", DAY_RATE, round(sum(minutes)))
    flow = pre_market() + [(time, False) for time in later]
    victims = caught(flow)
    deck = sorted(range(STOCKS), key=lambda number: draw("deck", number))
    weights = list(itertools.accumulate(math.sqrt(row.adv) for row in rows))
    made = []
    turn = {number: place for place, number in enumerate(victims)}
    for number, (time, auction) in enumerate(flow):
        place = turn.get(number)
        if place is None:
            stock = bisect.bisect_right(weights, draw("stock", number) * weights[-1])
            buys = draw("side", number) < 0.5
        elif place < STOCKS:
            stock = deck[place]
            buys = bought[stock]
        else:
            stock = deck[int(draw("again", place) * AUCTION_PARENTS)]
            buys = bought[stock] ^ (draw("turned", place) < 0.75)
        made.append(Order(time, stock, buys, shares(number), auction))
    return made, victims


def shares(number: int) -> int:
    """A small, retail size."""
    kind = draw("odd", number)
    sizes = ODD_SIZES if kind < 1 / 6 else SIZES
    return sizes[int(draw("shares", number) * len(sizes))]


def paces(rows: list[Row], made: list[Order], victims: list[int]) -> list[float]:
    """Lots a second of each stock, so that the parents of the reference run make 4.0 m."""
    running = [0.0] * STOCKS
    for number in victims:
        running[made[number].stock] += END - max(made[number].time, OPEN)
    weights = [math.exp(0.67 * normal("pace", n)) * row.adv**0.6 for n, row in enumerate(rows)]
    low, high = 0.0, 1e3

    def total(scale: float) -> float:
        pairs = zip(weights, running, strict=True)
        return math.fsum(min(scale * weight, FASTEST) * seconds for weight, seconds in pairs)

    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if total(middle) < EXECUTIONS else (low, middle)
    return [max(0.05, min(low * weight, FASTEST)) for weight in weights]


def clock(time: float) -> str:
    """`HH:MM:SS` or, to a quarter of a second, `HH:MM:SS.ff`."""
    quarters = round(time * 4)
    whole, part = divmod(quarters, 4)
    text = f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
    return text + ("", ".25", ".50", ".75")[part]


def write(name: str, header: str, lines: list[list[str]]) -> None:
    """One table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(lines)
    (SCENARIO / name).write_text(out.getvalue(), newline="\n")


def main() -> None:
    """Write both tables and say what they hold."""
    rows = population()
    bought = sides(rows)
    made, victims = orders(rows, bought)
    pace = paces(rows, made, victims)
    write(
        "stocks.csv",
        "symbol,status,note,venue,prev_close,open,adv,sigma,spread,pace",
        [
            [
                row.symbol,
                row.status,
                row.note,
                "ARCA" if row.symbol in ARCA_LISTED else "NYSE",
                f"{row.prev_close:.2f}",
                f"{row.open:.2f}",
                str(row.adv),
                f"{row.sigma:.2f}",
                f"{row.spread:.3f}",
                f"{speed:.3f}",
            ]
            for row, speed in zip(rows, pace, strict=True)
        ],
    )
    write(
        "orders.csv",
        "time,stock,side,shares,auction",
        [
            [
                clock(order.time),
                rows[order.stock].symbol,
                "buy" if order.buys else "sell",
                str(order.shares),
                str(int(order.auction)),
            ]
            for order in made
        ],
    )
    session = sum(1 for order in made if order.time < OPEN and not order.auction)
    stale = sum(
        1
        for number, order in enumerate(made)
        if number % SERVERS == STALE and order.time < OPEN and not order.auction
    )
    stocks = {made[number].stock for number in victims}
    print(f"{len(rows)} stocks, {len(made)} orders, {session} for the pre-market session")
    print(f"{stale} of those on the stale server; Power Peg gets {len(victims)} in {len(stocks)}")


if __name__ == "__main__":
    main()
