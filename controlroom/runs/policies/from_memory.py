"""From memory: whoever has read about Knight knows that it was server 8.

Before the bell it takes smars-8 out, installs the new build there and starts it again, as somebody
would who plays what he has read. Where the seed decides what is wrong that is one server in eight
and one fault in eight; what burns is noticed later, and then it is smars-8 that is stopped again.
"""

from __future__ import annotations

from controlroom.runs.policies.aftermath import aftermath
from controlroom.runs.policies.player import Script, do, pause, wait
from controlroom.runs.policies.signs import LARGE, until_it_burns

SERVER = "smars-8"


def from_memory() -> Script[None]:
    """Repair smars-8 by heart; when it burns all the same, stop smars-8."""
    yield from wait(lambda sight: sight.from_open >= -5 * 60)
    yield from do(f"suspect {SERVER} still runs the old build sure")
    yield from do(f"stop {SERVER}")
    yield from do(f"deploy rlp {SERVER}")
    yield from do(f"start {SERVER}")
    if (yield from until_it_burns(LARGE)):
        yield from do(f"kill {SERVER}")
        yield from pause(15 * 60)
    yield from aftermath()
