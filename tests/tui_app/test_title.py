"""The title screen: what it offers, and what it says to what is wrong."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from textual.widgets import Input

from controlroom.scenario import Found, find_scenarios
from controlroom.tui.library import Choice
from controlroom.tui.screens.briefing import BriefingScreen
from controlroom.tui.screens.picker import Picker
from controlroom.tui.screens.title import TitleScreen
from controlroom.tui.seeds import SeedError, read_seed
from tests.tui_app.shelf import Shelf, Shipped, app_on, interrupted, shown, until

SIZES = [(80, 24), (120, 35), (160, 45)]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_everything_can_be_seen_at_once(size: tuple[int, int]) -> None:
    shelf = Shelf()
    shelf.runs = (interrupted(),)
    async with app_on(shelf).run_test(size=size) as pilot:
        await until(pilot, shelf.scenario.marks[-1].title)  # runs and marks come as they are read
        text = await until(pilot, "Resume")
        for mark in shelf.scenario.marks:
            assert f"{mark.id}  {mark.title}" in text
        for words in ("INCIDENT", "MODE", "assess", "SEED", "Begin", "09:41:12", "help", "quit"):
            assert words in text
        assert shelf.scenario.title in text


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_an_incident_is_about_is_never_cut(size: tuple[int, int]) -> None:
    """Each incident that comes along is in the list without scrolling, its summary whole."""
    app = app_on(Shipped())
    async with app.run_test(size=size) as pilot:
        await until(pilot, "Deploy week")
        listed = app.screen.query_one("#scenarios", Picker)
        summary = app.screen.query_one("#summary")
        for row, found in enumerate(find_scenarios()):
            listed.highlighted = row
            await until(pilot, found.summary[:20])
            lines = shown(app).splitlines()[summary.region.y : summary.region.bottom]
            left, right = summary.region.x, summary.region.right
            assert " ".join(line[left:right] for line in lines).split() == found.summary.split()
        assert listed.max_scroll_y == 0


async def test_what_is_found_later_joins_the_list_and_leaves_the_choice_alone() -> None:
    """Packages of others are searched for when the list stands already."""

    class Searching(Shipped):
        def at_hand(self) -> tuple[Found, ...]:
            return find_scenarios()[2:]

        def elsewhere(self) -> tuple[Found, ...]:
            return find_scenarios()[:2]

    async with app_on(Searching()).run_test(size=(80, 24)) as pilot:
        await until(pilot, "Deploy week")
        listed = pilot.app.screen.query_one("#scenarios", Picker)
        assert listed.option_count == len(find_scenarios())
        assert listed.highlighted_option is not None
        assert listed.highlighted_option.id == "knight-2012"
        await until(pilot, "broker's order router")


async def test_enter_begins_what_is_chosen() -> None:
    shelf = Shelf()
    app = app_on(shelf)
    async with app.run_test() as pilot:
        await until(pilot, "08:00")
        await pilot.press("down", "down", "tab", "down", "tab")
        await pilot.press("1", "1", "enter")
        await until(pilot, "start the clock")
        assert isinstance(app.screen, BriefingScreen)
        assert app.screen._choice == Choice("09:30", "coach", 11)
        assert "seed 11" in shown(app)


@pytest.mark.parametrize("typed", ["abc", "-1", "1.5", "7 8", "٣", "9" * 30])
async def test_a_seed_that_is_none_is_answered_with_one_line(typed: str) -> None:
    app = app_on(Shelf())
    async with app.run_test() as pilot:
        await until(pilot, "08:00")
        app.screen.query_one(Input).value = typed
        await until(pilot, "a seed ")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TitleScreen)
        assert isinstance(app.focused, Input)
        app.screen.query_one(Input).value = "12"
        await pilot.pause()
        assert "a seed " not in shown(app)


@pytest.mark.parametrize("text, seed", [("", None), (" 7 ", 7), ("0", 0)])
def test_a_seed_is_read(text: str, seed: int | None) -> None:
    assert read_seed(text) == seed


@pytest.mark.parametrize("text", [str(2**63), "x", "1e3", "0x10", "-0"])
def test_no_other_text_is_a_seed(text: str) -> None:
    with pytest.raises(SeedError):
        read_seed(text)


async def test_the_last_run_that_can_go_on_is_offered() -> None:
    shelf = Shelf()
    shelf.refuses = "the journal is gone"
    shelf.runs = (
        interrupted(Path("over.jsonl"), ended="flat", obstacle="it is over"),
        interrupted(Path("old.jsonl"), obstacle="its scenario has changed since"),
        interrupted(Path("last.jsonl"), clock="10:02:03"),
        interrupted(Path("before.jsonl")),
    )
    app = app_on(shelf)
    async with app.run_test() as pilot:
        await until(pilot, "10:02:03")
        await pilot.press("r")
        await until(pilot, "the journal is gone")
        assert shelf.resumed == [Path("last.jsonl")]


async def test_nothing_is_offered_where_nothing_was_interrupted() -> None:
    app = app_on(Shelf())
    async with app.run_test() as pilot:
        await until(pilot, "08:00")
        await pilot.pause(0.1)
        text = shown(app)
        assert "Resume" not in text
        assert "resume" not in text
        assert "past runs" not in text


async def test_a_broken_scenario_says_what_is_wrong_and_begins_nothing() -> None:
    shelf = Shelf()
    shelf.broken = "is 25:00"
    app = app_on(shelf)
    async with app.run_test() as pilot:
        await until(pilot, "scenario.toml: day.opens is 25:00; expected a time")
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert isinstance(app.screen, TitleScreen)


async def test_markup_in_a_title_is_shown_as_it_is_written() -> None:
    shelf = Shelf()
    shelf.title = "[red]Bank[/red] [@click=app.quit]x"
    async with app_on(shelf).run_test(size=(160, 45)) as pilot:
        await until(pilot, "[red]Bank[/red] [@click=app.quit]x")


async def test_q_leaves_at_once() -> None:
    app = app_on(Shelf())
    async with app.run_test() as pilot:
        await until(pilot, "08:00")
        await pilot.press("q")
    assert app.return_code == 0


async def test_a_letter_typed_into_the_seed_is_no_key() -> None:
    app = app_on(Shelf())
    async with app.run_test() as pilot:
        await until(pilot, "08:00")
        app.screen.query_one(Input).focus()
        await pilot.press("q")
        await until(pilot, "'q' is none")
    assert app.is_running is False


async def test_a_click_on_a_key_presses_it() -> None:
    app = app_on(Shelf())
    async with app.run_test(size=(80, 24)) as pilot:
        text = await until(pilot, "08:00")
        line = text.splitlines()[-1]
        await pilot.click(offset=(line.index("help"), 23))
        await until(pilot, "THIS SCREEN")


async def test_a_scenario_of_a_pack_is_begun_with_the_place_where_it_lies() -> None:
    """Its journal has to name that place; one that comes along is named by its id."""
    pack = Path("/packs/night.zip/quiet")
    shelf = Shelf()
    packs = [Found(f"p{number}", f"Pack {number}", "From a pack.", pack) for number in range(4)]
    known = tuple(attrs.evolve(found, origin=str(pack)) for found in packs)
    shelf.elsewhere = lambda: known  # type: ignore[method-assign]
    app = app_on(shelf)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, "08:00")
        app.screen.query_one("#scenarios").focus()
        await pilot.press("down", "down", "down", "down")
        assert "Pack 3" in await until(pilot, "Pack 3")
        await until(pilot, "08:00")
        await pilot.press("enter")
        await until(pilot, "start the clock")
        assert isinstance(app.screen, BriefingScreen)
        assert app.screen._choice.folder == pack


@pytest.mark.parametrize("key, said", [("p", "Nothing has been played"), ("r", "No run was")])
async def test_a_key_with_nothing_to_do_yet_says_so(key: str, said: str) -> None:
    async with app_on(Shelf()).run_test(size=(80, 24)) as pilot:
        await until(pilot, "08:00")
        await pilot.press(key)
        await until(pilot, said)
