"""A server's count check reads a counter that nobody keeps any more, so flagged orders never end.

The flag leads to the right code, build and table are right. Before the bell flagged orders are
refused, since the old check knows no such session; after it every one that is filled is sent on
and on, since the check reads zero: fills far beyond targets, less fast than Power Peg, and more
with every order that comes. The log gives another reason for the refusals, and `config count`
shows the check's release. Loading it again is for orders from then on; those that run have to be
stopped. Invented, after what SEC paragraph 14 says of Power Peg's own count.
"""

from __future__ import annotations

from typing import Final

from controlroom.sim.faults.fault import Fault
from controlroom.sim.riddle.settings import OLD_COUNT, Settings, What
from controlroom.sim.start import Drawn, FaultKind


def _settle(settings: Settings, drawn: Drawn) -> None:
    settings.counts[drawn.server] = OLD_COUNT


FAULT: Final = Fault(
    kind=FaultKind.COUNT_CHECK,
    truth="{server} had a count check of 2005, which read a counter that nobody keeps: flagged "
    "orders never ended there.",
    shows="Before the bell it refused flagged orders, and its log gave the check as the reason.",
    found=("config count {server}",),
    cure=("kill {server}", "reload count {server}", "start {server}"),
    setting=What.COUNT,
    settle=_settle,
)
