"""What a fault of the catalogue says about itself."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from controlroom.sim.riddle.settings import Settings, What
from controlroom.sim.start import Drawn, FaultKind, Scenario


def _as_it_is(scenario: Scenario, _: Drawn) -> Scenario:
    return scenario


def _nothing(_: Settings, __: Drawn) -> None:
    """Every setting stays as its master has it."""


@attrs.frozen
class Fault:
    """Something that can be wrong with a fleet.

    Attributes:
        kind: which.
        truth: what is wrong, in a sentence; `{server}` and `{guest}` stand for servers.
        shows: where it shows first, in a sentence.
        found: commands whose answer proves it.
        cure: commands that put it right, in order.
        setting: what has to be loaded again, where that is the cure.
        prepare: what it changes in the start.
        settle: what it changes in the settings.
    """

    kind: FaultKind
    truth: str
    shows: str
    found: tuple[str, ...]
    cure: tuple[str, ...]
    setting: What | None = None
    prepare: Callable[[Scenario, Drawn], Scenario] = _as_it_is
    settle: Callable[[Settings, Drawn], None] = _nothing
