"""The week on the screen: a calendar in place of the instruments, and then the room."""

from __future__ import annotations

from pathlib import Path

import pytest

from controlroom.runs.run import Run
from controlroom.tui.screens.control_room import ControlRoomScreen
from controlroom.tui.widgets.money import MoneyPane
from controlroom.tui.widgets.week import WeekPane
from tests.runs.test_deploy_week import deploy_week
from tests.tui_app.shelf import Shelf, app_on, shown, until


@pytest.mark.parametrize("size", [(160, 45), (120, 35), (80, 24)])
async def test_the_calendar_stands_until_the_bell_and_then_the_room(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    run = Run.begin(deploy_week(), journal=tmp_path)
    app = app_on(Shelf(), run, briefing=False)
    async with app.run_test(size=size) as pilot:
        text = await until(pilot, "THE WEEK")
        for name in ("Friday 27 July", "Monday 30 July", "Tuesday 31 July", "smars-1", "smars-8"):
            assert name in text
        assert "CLOSED" in text
        assert not app.screen.query_one(MoneyPane).display
        await pilot.press("colon", *"deploy rlp smars-1", "enter", "y")
        text = await until(pilot, "tickets closed")
        assert "smars-1  rlp" in text
        await pilot.press("escape", "n")
        await until(pilot, "the week has no clock")
        await pilot.press("colon", *"bell", "enter", "y")
        await until(pilot, "SMARS-8")
        assert not app.screen.query_one(WeekPane).display
        assert isinstance(app.screen, ControlRoomScreen)
        await pilot.press("ctrl+q", "ctrl+q")


async def test_a_server_that_was_seen_stands_beside_what_its_ticket_says(tmp_path: Path) -> None:
    run = Run.begin(deploy_week(), journal=tmp_path)
    for command in ("deploy rlp all", "look smars-5"):
        run.give(command)
    app = app_on(Shelf(), run, briefing=False)
    async with app.run_test(size=(120, 35)) as pilot:
        await until(pilot, "THE WEEK")
        there = run.world.fleet.builds[4]
        row = next(line for line in shown(app).splitlines() if "smars-5  rlp" in line or
                   f"smars-5  {there}" in line)  # fmt: skip
        assert there in row
        assert "31 July" in row or "30 July" in row
        await pilot.press("ctrl+q", "ctrl+q")


async def test_keys_in_the_week_mean_the_server_that_is_marked_on_its_page(tmp_path: Path) -> None:
    run = Run.begin(deploy_week(), journal=tmp_path)
    app = app_on(Shelf(), run, briefing=False)
    async with app.run_test(size=(120, 35)) as pilot:
        text = await until(pilot, "❯ smars-1")
        keys = text.splitlines()[-1]
        assert {"install", "compare", "command"} <= set(keys.split())
        assert not any(word in keys for word in ("kill", "drain", "pause", "next", "mail"))
        await pilot.press("5", "down")
        await until(pilot, "❯ smars-6")
        await pilot.press("o")
        await until(pilot, "look smars-6")
        await pilot.press("space")
        await until(pilot, "the week has no clock")
        await pilot.click(WeekPane, offset=(6, 3))
        await until(pilot, "❯ smars-2")
        await pilot.press("colon", *"bell", "enter", "y", "escape")
        text = await until(pilot, "SMARS-8")
        assert getattr(app.focused, "id", "") == "server-2"
        assert "pause" in text.splitlines()[-1]
        await pilot.press("ctrl+q", "ctrl+q")
