"""Exchange time and steps.

A step is 250 ms of exchange time (US Eastern). Step 0 is the moment at which the scenario's day
begins. The world knows steps only; clock times appear where people read or write them. There is no
wall clock here and no date arithmetic: a drill is one day.
"""

from __future__ import annotations

import enum
import re
from functools import cached_property
from typing import Final

import attrs

STEPS_PER_SECOND: Final = 4
"""Steps in one second of exchange time."""

MS_PER_STEP: Final = 1000 // STEPS_PER_SECOND
"""Exchange time of one step, in milliseconds."""

STEPS_PER_MINUTE: Final = 60 * STEPS_PER_SECOND

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?")


class Phase(enum.StrEnum):
    """The part of the day, which decides what the router does with an order."""

    PRE_MARKET = "pre-market"
    OPEN = "open"
    EVENING = "evening"


def seconds(duration: float) -> int:
    """Steps in `duration` seconds, rounded up to a whole step."""
    return -int(-duration * STEPS_PER_SECOND // 1)


def parse_clock(text: str) -> int:
    """Milliseconds since midnight of a time such as `9:34`, `09:34:12` or `09:34:12.50`.

    Raises:
        ValueError: when the text is not a time of day.
    """
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a time of day; write HH:MM:SS, for example 09:34:12")
    hours, minutes, secs, fraction = match.groups()
    whole = (int(hours) * 60 + int(minutes)) * 60 + int(secs or 0)
    return whole * 1000 + int((fraction or "").ljust(3, "0"))


@attrs.frozen
class Day:
    """The fixed moments of a scenario's day, in milliseconds since midnight.

    Attributes:
        begins: step 0.
        opens: the opening auction and the start of continuous trading.
        closes: the end of continuous trading.
        ends: the last step; a run that is not flat by then ends unfinished.
        pauses_from: from when single-stock trading pauses apply.
        zone: what the clock on the screen is called.
    """

    begins: int
    opens: int
    closes: int
    ends: int
    pauses_from: int
    zone: str = "ET"

    def step_at(self, clock: int) -> int:
        """The first step at or after `clock` (milliseconds since midnight)."""
        return -((self.begins - clock) // MS_PER_STEP)

    def clock_at(self, step: int) -> int:
        """Milliseconds since midnight at the start of `step`."""
        return self.begins + step * MS_PER_STEP

    def parse(self, text: str) -> int:
        """The step of a written time of day.

        Raises:
            ValueError: when the text is not a time, or lies outside this day.
        """
        clock = parse_clock(text)
        if not self.begins <= clock <= self.ends:
            raise ValueError(
                f"{text.strip()} is outside the day; it runs from "
                f"{clock_text(self.begins)} to {clock_text(self.ends)}"
            )
        return self.step_at(clock)

    def text(self, step: int, *, fraction: bool = False) -> str:
        """The time of day of `step` as `HH:MM:SS`, or `HH:MM:SS.hh` with `fraction`."""
        return clock_text(self.clock_at(step), fraction=fraction)

    @cached_property
    def open_step(self) -> int:
        """The step of the opening auction."""
        return self.step_at(self.opens)

    @cached_property
    def close_step(self) -> int:
        """The first step after continuous trading."""
        return self.step_at(self.closes)

    @cached_property
    def end_step(self) -> int:
        """The step at which the day is over."""
        return self.step_at(self.ends)

    @cached_property
    def pause_step(self) -> int:
        """The step from which trading pauses apply."""
        return self.step_at(self.pauses_from)

    def phase(self, step: int) -> Phase:
        """The part of the day that `step` belongs to."""
        if step < self.open_step:
            return Phase.PRE_MARKET
        return Phase.OPEN if step < self.close_step else Phase.EVENING


def clock_text(clock: int, *, fraction: bool = False) -> str:
    """`HH:MM:SS` of milliseconds since midnight; with `fraction`, hundredths too."""
    whole, ms = divmod(clock, 1000)
    minutes, secs = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours:02d}:{minutes:02d}:{secs:02d}"
    return f"{text}.{ms // 10:02d}" if fraction else text
