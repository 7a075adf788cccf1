"""Nothing is wrong: the alarm is false, and acting on it is what costs.

A pension fund's basket goes over one server at the open and stands in the 33 Account until the
fund takes it, as on any such day: the account fills, one server is hot, the exchange asks. All of
it happens with the faults too; here there is nothing besides. Fills equal targets everywhere, all
settings are the masters', and when the basket is done nothing goes on. The cure is to find out and
to leave everything as it is.
"""

from __future__ import annotations

from typing import Final

from controlroom.sim.faults.fault import Fault
from controlroom.sim.start import FaultKind

FAULT: Final = Fault(
    kind=FaultKind.NOTHING,
    truth="Nothing was wrong. What filled the account was a client's basket, on its way to him.",
    shows="When the basket was done nothing went on.",
    found=("call clients",),
    cure=(),
)
