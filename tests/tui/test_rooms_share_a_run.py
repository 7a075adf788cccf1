"""Several rooms on one run: one screen's clock takes the steps, the others show what they bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controlroom.sim.start import Mode, Scenario
from tests.tui.conftest import RoomApp
from tests.tui.fake_run import FakeRun, HandClock

if TYPE_CHECKING:
    from controlroom.sim.commands import Command
    from controlroom.sim.events import Event
    from controlroom.sim.views import View
    from controlroom.sim.world import World


class Guest:
    """A seat of a run whose clock is another's."""

    def __init__(self, host: FakeRun) -> None:
        self.host = host
        self.scenario: Scenario = host.scenario
        self.mode: Mode = host.mode
        self.ended = ""

    @property
    def now(self) -> int:
        return self.host.now

    @property
    def world(self) -> World:
        return self.host.world

    def view(self, seat: str) -> View:
        return self.host.view(seat)

    def give(self, command: Command | str, seat: str) -> str:
        return self.host.give(command, seat)

    def advance(self, steps: int) -> tuple[Event, ...]:
        return ()

    def advance_to_next(self, most: int) -> tuple[Event, ...]:
        return ()


async def test_a_guest_takes_no_step_and_shows_every_one_that_the_host_takes() -> None:
    host, clock = FakeRun(), HandClock()
    app = RoomApp(Guest(host), clock, seat="liaison")
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.pause()
        header = app.room.query_one("#header")
        clock.pass_(10)
        app.room.frame()
        assert "09:34:12.00" in header.text_lines[0]  # type: ignore[attr-defined]
        host.advance(6)
        app.room.frame()
        await pilot.pause()
        assert "09:34:13.50" in header.text_lines[0]  # type: ignore[attr-defined]
        assert "liaison" in header.text_lines[1]  # type: ignore[attr-defined]
        views = app.room.counters.views
        app.room.frame()
        assert app.room.counters.views == views
        app.room.submit("log smars-8")
        assert [text for _, text in host.given] == ["log smars-8"]
