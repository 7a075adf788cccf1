"""What everything is counted in, and where a statement comes from."""

from __future__ import annotations

import enum
from typing import Final

PRICE_UNIT: Final = 10_000
"""Price units in a dollar: a price of 1 is a hundredth of a cent."""

LOT: Final = 100
"""Shares in a child order. 397 m shares in 4.0 m executions make 99 (facts: SEC paragraph 17)."""


class Evidence(enum.StrEnum):
    """Where a statement comes from, shown wherever it is shown as history."""

    DOCUMENTED = "documented"
    INFERRED = "inferred"
    RECONSTRUCTED = "reconstructed"


class Mode(enum.StrEnum):
    """What the player is allowed: see the scenario's briefing."""

    EXPLORE = "explore"
    COACH = "coach"
    ASSESS = "assess"
