"""What every player does once the unwanted flow has stopped: tell people, get flat, hand over.

The way out is the patient one: ask for cancellations, work the whole book off over a time that
grows with its size, and sell as a block only what the market has not taken by the close.
"""

from __future__ import annotations

from typing import Final

from controlroom.runs.policies.player import Script, Sight, do, look, pause, wait
from controlroom.sim.clock import Phase

A_MINUTE_OF_WORK: Final = 8_000_000
"""Dollars of positions that are worked off in a minute without pressing the market much."""

SHORTEST: Final = 15
"""Minutes over which even a small book is worked off."""

HANDOVER: Final = 15 * 60
"""Seconds after the open before which nobody takes over."""


def aftermath() -> Script[None]:
    """From the moment at which the flow is believed to have stopped to the end of the shift."""
    yield from until_quiet()
    view = yield from look()
    if view.money.stocks:
        if not view.header.declared:
            yield from do("declare")
        yield from do("notify exchange")
        yield from do("notify clients")
        yield from do("cancellations")
        yield from _work_off()
        yield from _sell_the_rest()
    yield from hand_over()


def until_quiet() -> Script[None]:
    """Until no execution has been added for half a minute."""
    before = -1
    while True:
        now = (yield from look()).money.executions
        if now == before:
            return
        before = now
        yield from pause(30)


def hand_over() -> Script[None]:
    """End the shift as soon as somebody takes over."""
    yield from wait(lambda sight: sight.from_open > HANDOVER)
    while not (yield from do("handover")).done:
        yield from pause(60)


def _work_off() -> Script[None]:
    """Work the whole book off, as slowly as its size asks for and the day allows."""
    while True:
        view = yield from look()
        if not view.money.stocks or view.header.phase is not Phase.OPEN:
            return
        minutes = max(SHORTEST, min(view.money.gross // A_MINUTE_OF_WORK, 390))
        if not (yield from do(f"pare 100 {minutes}")).done:
            return
        yield from wait(_worked_off, every=10)


def _worked_off(sight: Sight) -> bool:
    view = sight.look()
    return not any(work.text.startswith("pare") for work in view.work)


def _sell_the_rest() -> Script[None]:
    """Sell as a block what could not be worked off; that ends the run."""
    if (yield from look()).money.stocks:
        yield from do("sell block")
        yield from wait(lambda _: False, most=3_600)
