"""When flagged orders reach the firm, how large they are, and which wait for the auction.

Reconstructed. The SEC's order gives 97 mails before the open, the first at about 08:01, and 212
parents, small and retail. Orders are dealt in rotation, so every eighth before the open falls to
the eighth server.
"""
# ruff: noqa: INP001 -- a neighbour of the scripts, not a package

from __future__ import annotations

import bisect
import itertools
from typing import Final

import attrs
from chance import draw

SERVERS: Final = 8
STALE: Final = 7
"""Index of the server that nobody copied the code to."""

REJECTS: Final = 97
AUCTION_PARENTS: Final = 106
"""Half of the 212 start at the opening auction."""

OPEN: Final = 9 * 3600 + 30 * 60
CLOSE: Final = 16 * 3600

EARLY: Final = (
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

LATER: Final = (
    (OPEN + 4, 30.0),
    (OPEN + 120, 26.0),
    (OPEN + 300, 21.0),
    (OPEN + 480, 17.0),
    (OPEN + 660, 13.0),
    (OPEN + 840, 9.5),
    (OPEN + 1020, 6.5),
    (OPEN + 1200, 4.4),
    (OPEN + 1380, 3.1),
    (OPEN + 1800, 2.5),
    (OPEN + 2400, 2.2),
    (OPEN + 3600, 2.1),
    (12 * 3600, 1.8),
    (14 * 3600, 2.3),
    (15 * 3600 + 1800, 3.6),
    (CLOSE - 20, 3.6),
)
"""From when on how many flagged orders arrive a minute after the open: a rush that ebbs."""

SIZES: Final = (100,) * 8 + (200,) * 5 + (300,) * 3 + (400, 500, 500, 600, 800, 900)
ODD_SIZES: Final = (10, 25, 35, 50, 60, 75, 120, 130, 150, 175, 225, 250, 340)
"""Retail sizes; one order in six is an odd lot."""


@attrs.frozen
class Arrival:
    """A flagged order without its stock and side.

    Attributes:
        quarter: quarter of a second since midnight.
        shares: what the client wants.
        auction: waits for the open.
    """

    quarter: int
    shares: int
    auction: bool

    @property
    def text(self) -> str:
        """`HH:MM:SS` or, to a quarter of a second, `HH:MM:SS.ff`."""
        whole, part = divmod(self.quarter, 4)
        text = f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
        return text + ("", ".25", ".50", ".75")[part]


def arrivals(scale: float) -> list[Arrival]:
    """Every flagged order of the day; `scale` times as many after the open as the rates say."""
    minutes = [(end[0] - start[0]) / 60 * start[1] for start, end in itertools.pairwise(LATER)]
    later = [(time, False) for time in _times("later", LATER, round(sum(minutes) * scale))]
    return [
        Arrival(round(time * 4), _shares(number), auction)
        for number, (time, auction) in enumerate(_pre_market() + later)
    ]


def _pre_market() -> list[tuple[float, bool]]:
    """Time and whether for the auction, for every flagged order before the open.

    The eighth of every eight goes to the stale server: exactly 97 of those are for the session,
    and 106 wait for the auction. Later orders rather wait for the auction.
    """
    blocks = REJECTS + AUCTION_PARENTS
    first = [8 * 3600 + 60 + seconds for seconds in (0.25, 1, 1.75, 4, 4.5, 7.25, 8, 10.5)]
    times = first + _times("early", EARLY, blocks * SERVERS - SERVERS)

    def waits(number: int) -> float:
        share = (times[number] - times[0]) / (OPEN - times[0])
        return draw("auction", number) + share

    auction: set[int] = set()
    for stale, wanted in ((True, AUCTION_PARENTS), (False, AUCTION_PARENTS * (SERVERS - 1))):
        group = [n for n in range(SERVERS, len(times)) if (n % SERVERS == STALE) is stale]
        auction.update(sorted(group, key=waits)[-wanted:])
    return [(time, number in auction) for number, time in enumerate(times)]


def _times(stream: str, rate: tuple[tuple[int, float], ...], count: int) -> list[float]:
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


def _shares(number: int) -> int:
    """A small, retail size."""
    sizes = ODD_SIZES if draw("odd", number) < 1 / 6 else SIZES
    return sizes[int(draw("shares", number) * len(sizes))]
