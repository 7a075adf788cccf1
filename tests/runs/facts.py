"""What the debrief reads off a simulation that was played without a journal."""

from __future__ import annotations

from controlroom.debrief.played import Played
from controlroom.debrief.reading import reading_of
from controlroom.runs.journal import Header
from controlroom.runs.simulation import Simulation


def facts_of(simulation: Simulation) -> Played:
    """The run from its first step on, as somebody on call had it."""
    scenario = simulation.scenario
    header = Header(
        product="",
        scenario=scenario.id,
        checksum=scenario.checksum,
        folder="",
        controls=(),
        seed=simulation.seed,
        mode=simulation.mode.value,
        start="",
        step=0,
        seat="on-call",
        policy="",
        begins=scenario.day.text(0),
    )
    return Played(reading_of(simulation, header))
