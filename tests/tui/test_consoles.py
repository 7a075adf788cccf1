"""The room on each console, and a replay that is looked at on another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from controlroom.runs.run import Run
from controlroom.scenario import load_scenario
from controlroom.scenario.switches import switched
from controlroom.tui.look import ASCII, UNICODE
from controlroom.tui.widgets.alarm_lines import alarm_lines
from tests.tui.conftest import MIDDLE, SMALL, WIDE, sit_down, svg_of

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion


def run_on(console: str, until: str = "09:31:00", *controls: str) -> Any:
    """A run that stands a minute after the open."""
    scenario = switched(load_scenario("knight-2012"), controls, [], console)
    run = Run.begin(scenario, journal=None)
    run.advance(scenario.day.parse(until))
    return run


@pytest.mark.parametrize("size", [WIDE, MIDDLE, SMALL], ids=["160x45", "120x35", "80x24"])
@pytest.mark.parametrize("console", ["modern", "as-was"])
async def test_a_console_in_the_storm(
    console: str, size: tuple[int, int], picture: SnapshotAssertion
) -> None:
    async with sit_down(size, run_on(console)) as player:
        assert svg_of(player.app) == picture


async def test_alarms_on_a_small_terminal_are_the_first_thing_in_the_feed(
    picture: SnapshotAssertion,
) -> None:
    async with sit_down(SMALL, run_on("modern"), plain=True) as player:
        await player.press("m")
        assert svg_of(player.app) == picture


async def test_a_capital_a_accepts_what_stands_first() -> None:
    run = run_on("modern")
    async with sit_down(WIDE, run) as player:
        first = run.view().alerts.alarms
        assert first
        await player.press("A")
        run.advance(1)
        alarms = run.view().alerts.alarms or ()
        accepted = [alarm.number for alarm in alarms if alarm.state == "accepted"]
        assert accepted == [first[0].number]


async def test_on_another_console_the_key_says_why_it_does_nothing() -> None:
    run = run_on("as-was")
    async with sit_down(WIDE, run) as player:
        await player.press("A")
        assert "this console has no alarms" in player.status
        assert not run.simulation.pending


async def test_the_header_names_console_and_safeguards() -> None:
    async with sit_down(WIDE, run_on("modern", "09:00:00", "retest", "price-cap")) as player:
        assert "modern console · with price-cap +1" in player.text("header")


@pytest.mark.parametrize("width", [25, 34, 60, 140])
@pytest.mark.parametrize("height", [1, 3, 7, 20])
def test_the_list_keeps_to_its_room_and_counts_what_it_leaves_out(width: int, height: int) -> None:
    alarms = run_on("modern").view().alerts.alarms or ()
    lines = alarm_lines(alarms, width, height, UNICODE)
    assert len(lines) <= height
    assert {len(line.text) for line in lines} == {width}
    shown = sum("NEW" in line.text for line in lines)
    assert shown == len(alarms) or any("more, with" in line.text for line in lines) or height < 3
    assert all(line.text.isascii() for line in alarm_lines(alarms, width, height, ASCII))
