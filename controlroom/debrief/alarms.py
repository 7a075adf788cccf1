"""The messages of the run held against what alarm management asks for.

Mail, calls and alarms reach one person, so together they are that person's alarm system, whatever
they are called. They are counted up to the moment at which the flow stopped. Reference values are
those of ANSI/ISA-18.2-2016 (clause 16, for one operator) and EEMUA Publication
191, as open sources quote them (docs/debrief.md says which); where neither gives one, that is said.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import Final

import attrs

from controlroom.debrief.played import Played
from controlroom.debrief.words import percent
from controlroom.sim.alerts import FLOOD_WINDOW, Alert, AlertState
from controlroom.sim.clock import STEPS_PER_MINUTE, STEPS_PER_SECOND
from controlroom.sim.tasks import counted

ISA: Final = "ANSI/ISA-18.2-2016, clause 16"
EEMUA: Final = "EEMUA 191 (1999) p. 37, quoted by HSE"

FLOOD_BEGINS: Final = 10
"""More than so many in ten minutes are a flood (ISA-18.2) ..."""

FLOOD_ENDS: Final = 5
"""... which is over when there are fewer than so many."""

CHATTER: Final = 3
"""Equal messages within a minute that are usually counted as chattering."""


@attrs.frozen
class Gauge:
    """One measure of the messages.

    Attributes:
        id: what it is, for programs.
        label: what it is.
        value: as a number.
        shown: as people read it.
        reference: what it should be, or why there is no such value.
        source: who says so, or empty.
        within: whether it is as it should be, or None without a reference value.
    """

    id: str
    label: str
    value: float
    shown: str
    reference: str
    source: str
    within: bool | None


@attrs.frozen
class Alarms:
    """The messages of a run.

    Attributes:
        begin: first step that is counted.
        end: first step after that.
        count: messages in that time.
        windows: messages in each ten minutes of it, in order.
        gauges: measures with their reference values.
    """

    begin: int
    end: int
    count: int
    windows: tuple[int, ...]
    gauges: tuple[Gauge, ...]


def alarms_of(played: Played) -> Alarms:
    """The messages from the beginning to the moment at which the flow stopped."""
    begin = played.begin
    stopped = played.curve.contained
    end = min(played.end, played.horizon if stopped is None else stopped)
    numbers = [number for number, alert in enumerate(played.alerts) if begin <= alert.step < end]
    alerts = [played.alerts[number] for number in numbers]
    counts = Counter((alert.step - begin) // FLOOD_WINDOW for alert in alerts)
    windows = tuple(counts[place] for place in range(-(-max(end - begin, 1) // FLOOD_WINDOW)))
    return Alarms(
        begin=begin,
        end=end,
        count=len(alerts),
        windows=windows,
        gauges=(
            *_rates(alerts, begin, end, windows),
            _after_the_open(played, alerts, end),
            *_floods(alerts, begin, end),
            *_repeats(alerts),
            *_what_became(played, numbers, alerts),
        ),
    )


def _rates(alerts: list[Alert], begin: int, end: int, windows: tuple[int, ...]) -> list[Gauge]:
    average = len(alerts) * FLOOD_WINDOW / max(end - begin, 1)
    over = sum(count > FLOOD_BEGINS for count in windows) / max(len(windows), 1)
    peak = _peak([alert.step for alert in alerts], FLOOD_WINDOW)
    return [
        Gauge(
            "average",
            "average in ten minutes",
            average,
            f"{average:.1f}",
            "about 1 acceptable, about 2 the most that is manageable",
            ISA,
            average <= 2,
        ),
        Gauge("peak", "most in any ten minutes", peak, f"{peak}", "10 or fewer", ISA, peak <= 10),
        Gauge(
            "periods",
            "ten-minute periods with more than ten",
            over,
            percent(over),
            "less than about 1 %",
            ISA,
            over < 0.01,
        ),
    ]


def _after_the_open(played: Played, alerts: list[Alert], end: int) -> Gauge:
    """EEMUA's benchmark for an upset; the flow's beginning, or the open, is taken for it."""
    upset = played.curve.begins
    begins = played.day.open_step if upset is None else upset
    count = sum(begins <= alert.step < begins + FLOOD_WINDOW for alert in alerts)
    short = "" if end >= begins + FLOOD_WINDOW else " (fewer minutes were played)"
    return Gauge(
        "upset",
        f"in the ten minutes after the upset{short}",
        count,
        f"{count}",
        "no more than 10",
        EEMUA,
        count <= 10,
    )


def _floods(alerts: list[Alert], begin: int, end: int) -> list[Gauge]:
    floods, length = _flood_time([alert.step for alert in alerts], end)
    share = length / max(end - begin, 1)
    return [
        Gauge(
            "flood",
            "share of the time in flood",
            share,
            f"{percent(share)}, {counted(floods, 'flood')}",
            "less than about 1 %; a flood begins above 10 in ten minutes and ends below 5",
            ISA,
            share < 0.01,
        )
    ]


def _repeats(alerts: list[Alert]) -> list[Gauge]:
    groups: dict[tuple[str, str], list[int]] = {}
    for alert in alerts:
        groups.setdefault((alert.sender, alert.subject), []).append(alert.step)
    chattering = sum(_peak(steps, STEPS_PER_MINUTE) >= CHATTER for steps in groups.values())
    top = sum(sorted(map(len, groups.values()), reverse=True)[:10]) / max(len(alerts), 1)
    return [
        Gauge(
            "chattering",
            f"messages that chatter ({CHATTER} equal ones or more in a minute)",
            chattering,
            f"{chattering}",
            "none",
            ISA,
            chattering == 0,
        ),
        Gauge(
            "frequent",
            "share of the ten most frequent",
            top,
            percent(top),
            "1 to 5 % at most",
            ISA,
            top <= 0.05,
        ),
    ]


def _what_became(played: Played, numbers: list[int], alerts: list[Alert]) -> list[Gauge]:
    states = played.world.alerts.states
    whole = max(len(alerts), 1)
    open_ = sum(states[number] is not AlertState.ACKNOWLEDGED for number in numbers) / whole
    unread = sum(number not in played.opened for number in numbers) / whole
    carrying = {cue.inject for cue in played.scenario.cues if cue.inject}
    telling = sum(alert.inject in carrying for alert in alerts) / whole
    nothing = "no value for a single day"
    return [
        Gauge(
            "unacknowledged",
            "never acknowledged",
            open_,
            percent(open_),
            nothing,
            "",
            None,
        ),
        Gauge("unopened", "never opened", unread, percent(unread), nothing, "", None),
        Gauge(
            "diagnostic", "share that was diagnostic", telling, percent(telling), nothing, "", None
        ),
    ]


def _peak(steps: list[int], window: int) -> int:
    """Most messages within any stretch of that length."""
    recent: deque[int] = deque()
    most = 0
    for step in steps:
        recent.append(step)
        while recent[0] <= step - window:
            recent.popleft()
        most = max(most, len(recent))
    return most


def _flood_time(steps: list[int], end: int) -> tuple[int, int]:
    """How many floods there were, and the steps spent in them, looked at every second."""
    floods = length = 0
    flooded = False
    first = last = 0
    begin = steps[0] if steps else end
    for now in range(begin, end, STEPS_PER_SECOND):
        while last < len(steps) and steps[last] <= now:
            last += 1
        while first < last and steps[first] <= now - FLOOD_WINDOW:
            first += 1
        count = last - first
        if not flooded and count > FLOOD_BEGINS:
            flooded, floods = True, floods + 1
        elif flooded and count < FLOOD_ENDS:
            flooded = False
        length += STEPS_PER_SECOND if flooded else 0
    return floods, length
