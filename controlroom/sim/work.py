"""Work in progress: commands that take time, in stages.

Left out: that people tire, and that two tasks at once take longer than one.
"""

from __future__ import annotations

import attrs

from controlroom.sim.command import Command


@attrs.frozen
class Order:
    """A command as a seat gives it, for the step at which it takes effect.

    Attributes:
        seat: who gives it.
        command: what.
    """

    seat: str
    command: Command


@attrs.frozen
class Work:
    """A command in progress.

    Attributes:
        id: its number.
        seat: who gave it.
        command: what.
        began: step at which it began.
        ends: step at which each stage ends, ascending.
        stage: the current stage.
    """

    id: int
    seat: str
    command: Command
    began: int
    ends: tuple[int, ...]
    stage: int

    @property
    def due(self) -> int:
        """Step at which the current stage ends."""
        return self.ends[self.stage]
