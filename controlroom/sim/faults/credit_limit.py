"""A server's credit limits are a thousand times too high, and a client's program loops there.

Somebody took thousands for dollars. The client's program sends the same list over and over, as it
does whatever the limits are; where they are right its orders are refused once its credit is used
up, and here they are executed, and nobody pays for them. Fills equal targets, since every fill is
an order's. The server gets many more orders than the others and refuses none of them. `config
limits` shows the number. The cure: load the limits again. Invented.
"""

from __future__ import annotations

from typing import Final

from controlroom.sim.faults.fault import Fault
from controlroom.sim.riddle.settings import SCALE, Settings, What
from controlroom.sim.start import Drawn, FaultKind


def _settle(settings: Settings, drawn: Drawn) -> None:
    settings.scale[drawn.server] = SCALE


FAULT: Final = Fault(
    kind=FaultKind.CREDIT_LIMIT,
    truth="{server} had credit limits a thousand times too high, and executed what a client's "
    "program sent in a loop.",
    shows="After the bell {server} received many more orders than the others, and refused none.",
    found=("config limits {server}",),
    cure=("reload limits {server}",),
    setting=What.LIMITS,
    settle=_settle,
)
