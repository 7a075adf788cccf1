"""How many steps a frame takes: elapsed time times speed, in whole steps, nothing lost.

A slow machine or a slow link drops frames, never steps: what is due is counted from the clock, not
from the number of frames. The speed is no part of the world.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from controlroom.sim.clock import MS_PER_STEP

if TYPE_CHECKING:
    from collections.abc import Callable

SPEEDS: Final = tuple(
    Fraction(*speed) for speed in ((1, 4), (1, 2), (1,), (2,), (5,), (10,), (30,), (60,))
)
"""What can be chosen, in order."""

STEP: Final = MS_PER_STEP * 1_000_000 * 4
"""What a step costs, in nanoseconds times quarters of speed: both are whole numbers."""

LONGEST_GAP: Final = 5_000_000_000
"""A clock that jumps further than this (ns) belongs to a program that was stopped or asleep."""


def speed_text(speed: Fraction) -> str:
    """`1x`, `60x`, `1/4x`."""
    return f"{speed}x"


def read_speed(text: str) -> Fraction | None:
    """The nearest speed there is to a written one, or None when it is no speed."""
    try:
        wanted = Fraction(text.strip().casefold().removesuffix("x").strip())
    except (ValueError, ZeroDivisionError):
        return None
    if wanted <= 0:
        return None
    return min(SPEEDS, key=lambda speed: (max(speed / wanted, wanted / speed), speed))


class Pacing:
    """The clock on the wall, turned into steps.

    Attributes:
        paused: the clock of the world stands still.
        gaps: how often the program was stopped or asleep; that time does not count.
    """

    def __init__(
        self, clock: Callable[[], int], *, speed: Fraction = SPEEDS[2], paused: bool = False
    ) -> None:
        """Begin to count now.

        Args:
            clock: nanoseconds that never go back; `time.monotonic_ns`, or a test's own.
            speed: one of `SPEEDS`.
            paused: begin with the clock standing still.
        """
        self._clock = clock
        self._last = clock()
        self._owed = 0
        self._speed = speed
        self.paused = paused
        self.gaps = 0

    @property
    def speed(self) -> Fraction:
        """How much faster than real time the world goes."""
        return self._speed

    @speed.setter
    def speed(self, speed: Fraction) -> None:
        self._count()
        self._speed = speed

    def pause(self, paused: bool = True) -> None:
        """Stop the world's clock, or let it go on; the time between does not count."""
        self._count()
        self.paused = paused

    def faster(self) -> bool:
        """The next higher speed; False when there is none."""
        return self._shift(1)

    def slower(self) -> bool:
        """The next lower speed; False when there is none."""
        return self._shift(-1)

    def due(self, most: int | None = None) -> int:
        """Steps to take now.

        Args:
            most: take no more than these; the rest stays owed.
        """
        self._count()
        steps = self._owed // STEP
        if most is not None:
            steps = min(steps, most)
        self._owed -= steps * STEP
        return steps

    def forget(self) -> None:
        """Let go of time that has passed unseen, for example while the program was suspended."""
        self._last = self._clock()
        self._owed %= STEP

    def _shift(self, by: int) -> bool:
        place = SPEEDS.index(self._speed) + by
        if not 0 <= place < len(SPEEDS):
            return False
        self.speed = SPEEDS[place]
        return True

    def _count(self) -> None:
        now = self._clock()
        elapsed, self._last = now - self._last, now
        if elapsed > LONGEST_GAP:
            self.gaps += 1
        elif not self.paused and elapsed > 0:
            self._owed += elapsed * int(self._speed * 4)
