"""The first shift on the screen: offered once, coached in a place that stays, and its last page."""

from __future__ import annotations

from pathlib import Path

import pytest

from controlroom.runs.policy import follow, load_policy
from controlroom.runs.run import Run
from controlroom.scenario import Found, load_scenario
from controlroom.sim.start import Scenario
from controlroom.tui.screens.briefing import BriefingScreen
from controlroom.tui.screens.control_room import ControlRoomScreen
from controlroom.tui.screens.result import ResultScreen
from controlroom.tui.settings import Settings, load_settings, save_settings
from controlroom.tui.themes import DARK
from controlroom.tui.widgets.coach import CoachPane
from tests.runs.test_first_shift import first_shift, lessons
from tests.tui_app.shelf import Shelf, app_on, interrupted, knight, shown, until

OFFER = "New here?"
COUNT = len(lessons())


class TwoScenarios(Shelf):
    """The first shift beside the other one."""

    def at_hand(self) -> tuple[Found, ...]:
        first = first_shift()
        found = Found(first.id, first.title, first.summary, Path(first.id), teaches=True)
        return (found, *super().at_hand())

    def load(self, name_or_path: str | Path) -> Scenario:
        return first_shift() if str(name_or_path) == "first-shift" else super().load(name_or_path)


def run_of(tmp_path: Path, *commands: str) -> Run:
    """A first shift in which these were given, with a journal."""
    run = Run.begin(first_shift(), journal=tmp_path)
    run.advance(8)
    for command in commands:
        run.give(command)
        run.advance(4)
    return run


# --- offered -------------------------------------------------------------------------------------


async def test_somebody_new_is_offered_a_first_shift_and_takes_it_with_one_key() -> None:
    shelf = TwoScenarios()
    app = app_on(shelf)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, OFFER)
        assert "f first shift" in shown(app)
        await pilot.press("f")
        text = await until(pilot, "A coach sits beside you")
        assert isinstance(app.screen, BriefingScreen)
        for line in first_shift().briefing.strip().splitlines():
            assert line in text
        await pilot.press("enter")
        await until(pilot, f"COACH 1 of {COUNT}")
        assert shelf.begun[0].start == "15:05"
        await pilot.press("ctrl+q", "ctrl+q")


async def test_what_is_chosen_at_first_is_the_other_scenario() -> None:
    app = app_on(TwoScenarios())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, "08:00")
        await pilot.press("enter")
        assert "Wednesday, 1 August 2012" in await until(pilot, "start the clock")


@pytest.mark.parametrize("why", ["a run is on record", "it was offered before"])
async def test_nobody_is_offered_a_first_shift_twice_and_may_still_take_it(why: str) -> None:
    shelf = TwoScenarios()
    settings = Settings(theme=DARK, offered=why == "it was offered before")
    if why == "a run is on record":
        shelf.runs = (interrupted(),)
    async with app_on(shelf, settings=settings).run_test(size=(80, 24)) as pilot:
        await until(pilot, "08:00" if settings.offered else "Resume")
        assert OFFER not in shown(pilot.app)  # type: ignore[arg-type]
        await pilot.press("f")
        await until(pilot, "start the clock")


async def test_that_it_was_offered_is_kept(tmp_path: Path) -> None:
    app = app_on(TwoScenarios())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, OFFER)
        assert app.settings.offered
    path = tmp_path / "settings.toml"
    assert save_settings(app.settings, path)
    assert load_settings(path).offered


# --- coached -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(160, 45), (120, 35), (80, 24)])
async def test_the_coach_stays_in_its_place_while_it_goes_on(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = app_on(TwoScenarios(), run_of(tmp_path), briefing=False)
    async with app.run_test(size=size) as pilot:
        await until(pilot, f"COACH 1 of {COUNT}")
        before = app.screen.query_one(CoachPane).region
        await pilot.press("colon", *"note here", "enter")
        text = await until(pilot, f"COACH 2 of {COUNT}")
        assert "After a bad day" in text
        assert app.screen.query_one(CoachPane).region == before
        await pilot.press("escape", "e")
        await until(pilot, f"COACH 3 of {COUNT}")
        await pilot.press("w")
        await until(pilot, "On the line below add")
        assert app.screen.query_one(CoachPane).region == before
        await pilot.press("colon", *"skip", "enter")
        await until(pilot, f"COACH 4 of {COUNT}")
        await pilot.press("ctrl+q", "ctrl+q")


async def test_elsewhere_its_keys_begin_a_command_like_any_other_letter(tmp_path: Path) -> None:
    run = Run.begin(knight(), journal=tmp_path)
    async with app_on(Shelf(), run, briefing=False).run_test(size=(120, 35)) as pilot:
        await until(pilot, "SMARS-8")
        assert not pilot.app.screen.query(CoachPane)
        await pilot.press("e")
        await until(pilot, "❯ e")
        await pilot.press("ctrl+q", "ctrl+q")


# --- its end -------------------------------------------------------------------------------------


async def test_a_finished_shift_shows_what_was_learnt_and_leads_to_the_next(tmp_path: Path) -> None:
    run = Run.begin(first_shift(), journal=tmp_path)
    follow(run, load_policy("apprentice", run.scenario), run.scenario.day.end_step)
    app = app_on(TwoScenarios(), run)
    async with app.run_test(size=(120, 45)) as pilot:
        text = await until(pilot, f"You have learnt all {COUNT} lessons.")
        assert "you have given every command once" in text
        assert "on record" not in text
        await pilot.press("n")
        await until(pilot, "Wednesday, 1 August 2012")
        assert isinstance(app.screen, BriefingScreen)


async def test_what_was_not_tried_is_named_with_its_command(tmp_path: Path) -> None:
    run = run_of(tmp_path, "note here", "lesson skip")
    run.advance(run.scenario.day.end_step)
    async with app_on(TwoScenarios(), run).run_test(size=(80, 24)) as pilot:
        text = await until(pilot, f"You have learnt 1 of {COUNT} lessons.")
        assert isinstance(pilot.app.screen, ResultScreen)
        page = pilot.app.screen.text(80)
        assert "NOT TRIED" in page
        assert "Three ways to stop" in page
        assert "drain smars-2" in page
        assert "debrief" not in text


async def test_a_shift_that_was_interrupted_goes_on_with_the_same_lesson(tmp_path: Path) -> None:
    run = run_of(tmp_path, "note here")
    assert run.journal is not None
    run.close()
    shelf = TwoScenarios(tmp_path)
    shelf.runs = (interrupted(run.journal, scenario="first-shift", clock=run.clock),)
    app = app_on(shelf)
    async with app.run_test(size=(120, 35)) as pilot:
        await until(pilot, "Resume")
        await pilot.press("r")
        await until(pilot, f"COACH 2 of {COUNT}")
        assert isinstance(app.screen, ControlRoomScreen)
        await pilot.press("ctrl+q", "ctrl+q")


def test_the_scenario_that_teaches_is_found_as_one() -> None:
    assert load_scenario("first-shift").training is not None
