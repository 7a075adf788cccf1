"""A server has loaded yesterday's reference file, with round lots ten times today's.

Some stocks have smaller round lots from today, a pilot; orders travel in round lots. With the old
file a purchase in one of them is filled ten times over, and a sale is refused, since ten times the
client's holding is more than he has: a mail for each before the bell, a line in the log after it.
The firm gets long, in these stocks only, and more slowly than by anything that runs away. `config
reference` shows the file. The cure: load it again. Invented.
"""

from __future__ import annotations

from typing import Final

from controlroom.sim.faults.fault import Fault
from controlroom.sim.riddle.settings import OLD_REFERENCE, Settings, What
from controlroom.sim.start import Drawn, FaultKind


def _settle(settings: Settings, drawn: Drawn) -> None:
    settings.reference[drawn.server] = OLD_REFERENCE


FAULT: Final = Fault(
    kind=FaultKind.REFERENCE_FILE,
    truth="{server} had yesterday's reference file: it filled purchases in the stocks of the "
    "lot pilot ten times over, and refused sales.",
    shows="Before the bell it refused sales in some stocks, with a mail for each.",
    found=("config reference {server}",),
    cure=("reload reference {server}",),
    setting=What.REFERENCE,
    settle=_settle,
)
