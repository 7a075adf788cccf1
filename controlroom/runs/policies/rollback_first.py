"""Rollback first: there was a release, so take it back; stop things only when that has not helped.

Reasonable almost everywhere, and what Knight did. Here the old build is the one that burns.
"""

from __future__ import annotations

from controlroom.runs.policies.aftermath import aftermath
from controlroom.runs.policies.player import Script, do, look, pause
from controlroom.runs.policies.signs import LARGE, until_it_burns


def rollback_first() -> Script[None]:
    """Declare, take the newest build off the fleet, look whether it helps, then stop everything."""
    if (yield from until_it_burns(LARGE)):
        yield from do("declare")
        yield from do("suspect the new release likely")
        yield from do("uninstall all")
        before = (yield from look()).money
        yield from pause(60)
        after = (yield from look()).money
        if after.executions > before.executions:
            yield from do("suspect the old build burns, not the new release likely")
            yield from do("kill all")
    yield from aftermath()
