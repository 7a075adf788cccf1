"""Worlds that are kept on the way of a run, so that none of its steps is far from one of them."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from controlroom.runs.journal import Given
from controlroom.runs.simulation import Saved, Simulation
from controlroom.sim.clock import STEPS_PER_MINUTE

STORM: Final = STEPS_PER_MINUTE // 2
"""Steps between two snapshots while Power Peg runs: some ten milliseconds of folding."""

QUIET: Final = 2 * STEPS_PER_MINUTE
"""Steps between two snapshots otherwise, which are folded as fast."""

MOST: Final = 480
"""Snapshots that are kept. Each takes some 150 KB, so they stay below 80 MB. A usual day has 350;
one in which the storm rages until the close has 900, and every other of them is dropped."""


class Snapshots:
    """Snapshots by step. Caches are not in them; what is computed from a world is computed again.

    Attributes:
        most: how many are kept.
    """

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._steps: list[int] = []
        self._saved: list[Saved] = []
        self._wider = 1

    def __len__(self) -> int:
        """How many there are."""
        return len(self._steps)

    def watch(self, simulation: Simulation, given: Given | None) -> None:
        """Look at a run that is being folded, and keep a snapshot where the last one is far."""
        if given is not None or simulation.pending:
            return
        gap = (STORM if len(simulation.world.pegs) else QUIET) * self._wider
        if not self._steps or simulation.now - self._steps[-1] >= gap:
            self._steps.append(simulation.now)
            self._saved.append(simulation.snapshot())
            if len(self) > self.most:
                self._thin()

    def before(self, step: int) -> Saved | None:
        """The last one that is not after a step, or None where the run's start is nearer."""
        place = bisect_right(self._steps, step)
        return self._saved[place - 1] if place else None

    def _thin(self) -> None:
        """Drop every other one, and be content with half as many from now on."""
        self._wider *= 2
        del self._steps[1::2], self._saved[1::2]
