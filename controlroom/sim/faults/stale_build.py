"""A server was left out of the deployment and still runs the old build: what Knight had.

There the flag means Power Peg. Before the bell such orders are refused, with a mail each; after it
the server fills them again and again, since Power Peg's check reads a count that is kept elsewhere
(SEC paragraphs 13 to 16). `look` and `compare` show another version and checksum, and fills far
beyond targets. The cure: stop it, deploy the new build, start it.
"""

from __future__ import annotations

from typing import Final

import attrs

from controlroom.sim.faults.fault import Fault
from controlroom.sim.start import Drawn, FaultKind, Scenario


def _leave_out(scenario: Scenario, drawn: Drawn) -> Scenario:
    """The drawn server keeps the build that the newest one replaced."""
    old = scenario.builds[1].name
    servers = list(scenario.servers)
    servers[drawn.server] = attrs.evolve(servers[drawn.server], build=old)
    return attrs.evolve(scenario, servers=tuple(servers))


FAULT: Final = Fault(
    kind=FaultKind.STALE_BUILD,
    truth="{server} was left out of the deployment: it ran the old build, where the flag means "
    "{old_path}.",
    shows="Before the bell it refused flagged orders, with a mail for each.",
    found=("look {server}", "compare"),
    cure=("kill {server}", "deploy {newest} {server}", "start {server}"),
    prepare=_leave_out,
)
