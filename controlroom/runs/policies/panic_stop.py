"""Panic stop: at the first sign declare an incident and kill every server; think later.

It is nearly the cheapest thing to do, and the clients pay for it: no order of theirs is worked.
"""

from __future__ import annotations

from controlroom.runs.policies.aftermath import aftermath
from controlroom.runs.policies.player import Script, do
from controlroom.runs.policies.signs import SMALL, until_it_burns


def panic_stop() -> Script[None]:
    """Declare, kill everything, get flat."""
    if (yield from until_it_burns(SMALL)):
        yield from do("declare")
        yield from do("kill all")
    yield from aftermath()
