"""A pause of the room's clock is told to the run: how long on the wall, and at which step."""

from __future__ import annotations

from controlroom.tui.pauses import Pauses
from tests.tui.conftest import sit_down
from tests.tui.fake_run import FakeRun, HandClock


class NotingRun(FakeRun):
    """Remembers what was noted."""

    def __init__(self, mode: str = "explore") -> None:
        super().__init__(mode=mode)
        self.noted: list[tuple[int, str, int]] = []

    def note(self, what: str, wall_ms: int = 0) -> None:
        self.noted.append((self.now, what, wall_ms))


def test_a_clock_that_has_not_stood_still_tells_nothing() -> None:
    clock = HandClock()
    pauses = Pauses(clock)
    assert pauses.look(paused=False) == 0
    clock.pass_(60)
    assert pauses.look(paused=False) == 0


def test_a_pause_is_as_long_as_it_took_on_the_wall() -> None:
    clock = HandClock()
    pauses = Pauses(clock)
    assert pauses.look(paused=True) == 0
    clock.pass_(90)
    assert pauses.look(paused=True) == 0
    clock.pass_(5)
    assert pauses.look(paused=False) == 95_000
    assert pauses.look(paused=False) == 0


def test_a_menu_that_came_and_went_is_no_pause() -> None:
    clock = HandClock()
    pauses = Pauses(clock)
    pauses.look(paused=True)
    clock.pass_(0.3)
    assert pauses.look(paused=False) == 0


async def test_the_room_notes_that_it_notes_and_then_each_pause() -> None:
    run = NotingRun()
    async with sit_down(run=run) as player:
        begun = run.now
        assert run.noted == [(begun, "clock", 0)]
        await player.wait(1)
        await player.press("space")
        at = run.now
        await player.wait(30, frames=3)
        assert run.now == at
        await player.press("space")
        await player.wait(1)
        (_, pause) = run.noted
        assert (pause[0], pause[1]) == (at, "pause")
        assert 20_000 <= pause[2] <= 30_000


async def test_help_lies_over_the_room_as_a_pause_unless_it_is_an_assessment() -> None:
    run = NotingRun()
    async with sit_down(run=run) as player:
        await player.wait(1)
        player.room._covered()
        await player.wait(12, frames=3)
        player.room._uncovered()
        await player.wait(1)
        assert [what for _, what, _ in run.noted] == ["clock", "pause"]
    assessed = NotingRun("assess")
    async with sit_down(run=assessed) as player:
        await player.press("space")
        await player.wait(12, frames=3)
        assert [what for _, what, _ in assessed.noted] == ["clock"]
