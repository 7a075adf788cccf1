"""The control room of a firm with five servers in another market, and of one with twelve."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from controlroom.runs.run import Run
from controlroom.scenario import load_scenario
from controlroom.tui.screens.room_floor import columns
from tests.tui.conftest import MIDDLE, SMALL, WIDE, RoomApp, svg_of
from tests.tui.fake_run import HandClock
from tests.tui.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from syrupy.assertion import SnapshotAssertion

    from controlroom.sim.start import Scenario
    from controlroom.tui.screens.control_room import ControlRoomScreen

DESK = Path(__file__).parents[1] / "scenarios" / "etf-desk"


@pytest.fixture
def twelve(tmp_path: Path) -> Scenario:
    """The desk with seven gateways more."""
    folder = tmp_path / "twelve"
    folder.mkdir()
    for file in DESK.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    more = "".join(f'\n[[server]]\nname = "gate-{name}"\nbuild = "mid"\n' for name in "fghijkl")
    with (folder / "scenario.toml").open("a", encoding="utf-8") as setup:
        setup.write(more)
    return load_scenario(folder)


@contextlib.asynccontextmanager
async def sit_down(
    scenario: Scenario, size: tuple[int, int]
) -> AsyncIterator[Visitor[ControlRoomScreen]]:
    """Open the control room on a real run, two minutes after the open."""
    with Run.begin(scenario, start="07:55", journal=None) as run:
        run.advance(7 * 240)
        clock = HandClock()
        app = RoomApp(run, clock)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await pilot.pause()
            yield Visitor(app, pilot, clock)


@pytest.mark.parametrize("size", [WIDE, SMALL], ids=["160x45", "80x24"])
async def test_five_gateways(size: tuple[int, int], picture: SnapshotAssertion) -> None:
    async with sit_down(load_scenario(DESK), size) as visitor:
        assert svg_of(visitor.app) == picture


@pytest.mark.parametrize("size", [MIDDLE, SMALL], ids=["120x35", "80x24"])
async def test_twelve_gateways(
    twelve: Scenario, size: tuple[int, int], picture: SnapshotAssertion
) -> None:
    async with sit_down(twelve, size) as visitor:
        assert svg_of(visitor.app) == picture


async def test_digits_and_arrows_reach_every_server_that_there_is(twelve: Scenario) -> None:
    async with sit_down(twelve, WIDE) as visitor:
        await visitor.press("9")
        assert visitor.room.selected == 9
        await visitor.press("right", "right", "right")
        assert visitor.room.selected == 12
        await visitor.press("up")
        assert visitor.room.selected == 12 - columns(12)
    async with sit_down(load_scenario(DESK), WIDE) as visitor:
        await visitor.press("8")
        assert visitor.room.selected == 1
        await visitor.press("down")
        assert visitor.room.selected == 1 + columns(5)


@pytest.mark.parametrize("servers", range(1, 17))
def test_a_fleet_leaves_little_of_its_room_empty(servers: int) -> None:
    wide = columns(servers)
    empty = -servers % wide
    assert wide <= 4
    assert empty <= 2 or servers == 13
