"""The telephones: who rings, and when."""

from __future__ import annotations

from controlroom.sim.events import Arrived
from tests.sim.play import Idle


def test_somebody_who_lets_it_run_is_called_again_and_again(idle: Idle) -> None:
    """Running to the next thing that needs one does not run from the second call to the close."""
    world = idle.at("11:20:00").world
    called = [
        world.scenario.day.text(event.step)
        for event in world.log.items
        if isinstance(event, Arrived) and event.urgent
    ]
    assert sum(clock > "10:15:00" for clock in called) == 3
