"""The load balancer's health check times out too soon, until it deals everything to one server.

Five milliseconds instead of five hundred: a busy server misses the check and is taken out of the
table for good, one after the other, the busiest first. The servers that are left get more, and are
busier for it. In the end one has everything, more than it can take in: orders wait, the order
system sends them again, both are executed, and clients go elsewhere. The hot server is the one
that still works; stopping it makes another one hot. `config dealing` shows time-out and table, and
the logs of the idle servers say why. The cure: load the dealing again. Invented.
"""

from __future__ import annotations

from typing import Final

from controlroom.sim.faults.fault import Fault
from controlroom.sim.riddle.settings import SHORT_TIMEOUT, Settings, What
from controlroom.sim.start import Drawn, FaultKind


def _settle(settings: Settings, _: Drawn) -> None:
    settings.timeout = SHORT_TIMEOUT


FAULT: Final = Fault(
    kind=FaultKind.LOAD_BALANCER,
    truth="The load balancer's health check timed out after 5 ms: it took one busy server after "
    "the other out of its table, until one got everything.",
    shows="After the bell one server after the other got no new orders, though all were running.",
    found=("config dealing",),
    cure=("reload dealing",),
    setting=What.DEALING,
    settle=_settle,
)
