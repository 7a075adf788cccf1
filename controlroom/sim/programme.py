"""Parts of the book that are worked without hurry, the same share every second."""

from __future__ import annotations

from functools import lru_cache

import attrs
import numpy as np

from controlroom.sim.arrays import Ints
from controlroom.sim.clock import STEPS_PER_SECOND


@attrs.frozen(eq=False)
class Programme:
    """A part of the book that is being worked without hurry, the same share of it every second.

    Attributes:
        began: step at which it began, on a beat.
        ends: step at which it is done, on a beat.
        shares: signed shares to trade, a stock.
        side: 1 for stocks to buy, -1 for those to sell.
    """

    began: int
    ends: int
    shares: Ints
    side: Ints = attrs.field(init=False)

    @side.default
    def _side(self) -> Ints:
        return np.sign(self.shares)

    @property
    def length(self) -> int:
        """Seconds."""
        return (self.ends - self.began) // STEPS_PER_SECOND

    def __repr__(self) -> str:
        """Its content, since digests read it."""
        return f"Programme({self.began}, {self.ends}, {self.shares.tolist()})"


@lru_cache(maxsize=4)
def minute_of_parts(programme: Programme, minute: int) -> Ints:
    """Signed shares to trade in each second of a minute since it began; a row a second.

    Rounded towards zero at both ends of a second, so the parts sum to the whole exactly. A minute
    at once costs a fifth of one second at a time.
    """
    since = np.arange(minute * 60, (minute + 1) * 60 + 1).clip(max=programme.length)
    done = np.abs(programme.shares) * since[:, np.newaxis] // programme.length
    parts: Ints = np.diff(done, axis=0) * programme.side
    return parts
