"""One server holds another's sessions besides its own, and sends that one's children again.

A failover test in the night opened them and nobody closed them. The second session sees every
child go out and never an answer, since answers go to the first one; so it sends each again every
three quarters of a minute. The host is busy without orders of its own to show for it, its fills
equal its targets, and the server whose children are sent again looks as it should: what is hot is
not where the orders are. `config sessions` on the host lists the guest. Stopping the other server
ends nothing. The cure: load the host's sessions again. Invented.
"""

from __future__ import annotations

from typing import Final

from controlroom.sim.faults.fault import Fault
from controlroom.sim.riddle.settings import Settings, What
from controlroom.sim.start import Drawn, FaultKind


def _settle(settings: Settings, drawn: Drawn) -> None:
    settings.guests[drawn.server] = drawn.guest


FAULT: Final = Fault(
    kind=FaultKind.DUPLICATE_SESSION,
    truth="{server} held the sessions of {guest} besides its own, from a failover test, and sent "
    "its children again.",
    shows="After the bell {server} sent ever more children than its orders asked for.",
    found=("config sessions {server}",),
    cure=("reload sessions {server}",),
    setting=What.SESSIONS,
    settle=_settle,
)
