"""A server has the right build and last year's flag table, which sends the flag to Power Peg.

Build, version and checksum are those of the others: only the table says where a flag leads. Before
the bell the server refuses flagged orders as one with the old build does, after it fills run
beyond targets in the same way. `config flags` shows the table's release. A deployment does not
touch the table; loading it again does, for orders from then on, so what runs already has to be
stopped. Invented.
"""

from __future__ import annotations

from typing import Final

from controlroom.sim.faults.fault import Fault
from controlroom.sim.riddle.settings import OLD_FLAGS, Settings, What
from controlroom.sim.start import Drawn, FaultKind


def _settle(settings: Settings, drawn: Drawn) -> None:
    settings.flags[drawn.server] = OLD_FLAGS


FAULT: Final = Fault(
    kind=FaultKind.FLAG_TABLE,
    truth="{server} had the right build and last year's flag table, which led the flag to "
    "{old_path}.",
    shows="Before the bell it refused flagged orders, though its build was the others'.",
    found=("config flags {server}",),
    cure=("kill {server}", "reload flags {server}", "start {server}"),
    setting=What.FLAGS,
    settle=_settle,
)
