"""What a build does with a parent order: the RLP path and the Power Peg path. The defect is here.

SMARS receives parents and sends child orders against the liquidity it sees (SEC paragraph 12).
Which path a parent takes is decided by its flag and the installed build (paragraph 13): the flag
means RLP on the new build and Power Peg on the old one. Both paths stop by the same rule: send
while the count of executed shares is below the target. On the RLP path the count is the router's
own. Power Peg's count was moved elsewhere in 2005 (paragraph 14), so the number that its check
reads stays at zero. Nothing else in the simulation knows about the defect.

What is worked on the one path is in `parents`, what is worked on the other in `pegs`.
"""

from __future__ import annotations

import enum

from controlroom.sim.clock import Phase
from controlroom.sim.start import Build, PegCount


class Path(enum.StrEnum):
    """What becomes of a parent."""

    PLAIN = "plain"
    RLP = "rlp"
    POWER_PEG = "power peg"
    REFUSED = "refused"


def path_of(build: Build, *, flagged: bool, phase: Phase, old_table: bool = False) -> Path:
    """The path that a build gives to a parent, by its flag table.

    The new build still holds the old code; a table of before it leads there (invented).

    The pre-market path of the old build refuses the flag, the opening path executes it: that is
    how 97 mails could be sent without a trade (reconstructed; SEC paragraph 19, footnote 6).
    """
    if not flagged:
        return Path.PLAIN
    if build.has_rlp and not old_table:
        return Path.RLP
    return Path.REFUSED if phase is Phase.PRE_MARKET else Path.POWER_PEG


def sees_its_fills(build: Build, path: Path) -> bool:
    """Whether the count that this path's stop check reads grows with its executions."""
    return path is not Path.POWER_PEG or build.peg_count is PegCount.INSIDE
