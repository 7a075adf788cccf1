"""Briefing, help, leaving: the screens around a run, driven by keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest
from textual.containers import VerticalScroll

from controlroom.runs.catalogue import past_runs
from controlroom.runs.journal import read_journal
from controlroom.runs.run import Run
from controlroom.sim.commands import COMMANDS
from controlroom.tui.glossary import GLOSSARY, MODES
from controlroom.tui.messages import HelpWanted, Leave
from controlroom.tui.screens.briefing import BriefingScreen
from controlroom.tui.screens.control_room import ControlRoomScreen
from controlroom.tui.screens.help import HelpScreen, page
from controlroom.tui.screens.help_text import PANES, chapters
from controlroom.tui.screens.leave import LeaveScreen
from controlroom.tui.screens.title import TitleScreen
from controlroom.tui.themes import THEMES
from tests.tui.conftest import SvgExtension, svg_of
from tests.tui_app.shelf import Shelf, app_on, interrupted, knight, shown, until

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion


def run_of(tmp_path: Path, mode: str = "explore") -> Run:
    """A run at 08:00 with a journal."""
    return Run.begin(knight(), mode=mode, journal=tmp_path)


# --- briefing ------------------------------------------------------------------------------------


async def test_the_briefing_fits_the_smallest_terminal() -> None:
    app = app_on(Shelf())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, "08:00")
        await pilot.press("enter")
        text = await until(pilot, "start the clock")
        assert app.screen.query_one(VerticalScroll).max_scroll_y == 0
        assert MODES["explore"][1] in text
        for line in knight().briefing.strip().splitlines():
            assert line in text


async def test_the_briefing_names_the_safeguards_that_are_on() -> None:
    shelf = Shelf()
    control = shelf.scenario.controls[0]
    on = (attrs.evolve(control, on=True), *shelf.scenario.controls[1:])
    shelf.scenario = attrs.evolve(shelf.scenario, controls=on)
    async with app_on(shelf).run_test(size=(120, 35)) as pilot:
        await until(pilot, "08:00")
        await pilot.press("enter")
        await until(pilot, f"{control.id}; not comparable with history")


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Compare with a picture made before; `--snapshot-update` makes it anew."""
    return snapshot.use_extension(SvgExtension)


SIZES = [(160, 45), (120, 35), (80, 24)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_briefing_lists_every_safeguard_with_its_source_at_every_size(
    size: tuple[int, int],
) -> None:
    async with app_on(Shelf()).run_test(size=size) as pilot:
        await until(pilot, "08:00")
        await pilot.press("enter")
        await until(pilot, "start the clock")
        await pilot.press("s")
        text = await until(pilot, "SAFEGUARDS")
        for control in knight().controls:
            assert f"[ ] {control.id}" in text
            assert control.source in text
        for console in ("(o) trainer", "( ) as-was", "( ) modern"):
            assert console in text


async def test_what_is_switched_on_in_the_briefing_is_in_the_run(tmp_path: Path) -> None:
    async with app_on(Shelf(tmp_path)).run_test(size=(120, 35)) as pilot:
        await until(pilot, "08:00")
        await pilot.press("enter")
        await until(pilot, "start the clock")
        await pilot.press("s", "down", "down", "space")
        await until(pilot, "(o) modern")
        await pilot.press("down", "space")
        await until(pilot, "[x] compare-orders")
        await pilot.press("s")
        text = await until(pilot, "explore")
        assert "compare-orders, modern console; not comparable with history" in text
        await pilot.press("enter")
        text = await until(pilot, "SMARS-8")
        assert "modern console · with compare-orders" in text
        await pilot.press("ctrl+q", "ctrl+q")
    (path,) = journals_in(tmp_path)
    header = read_journal(path).header
    assert (header.controls, header.console) == (("compare-orders",), "modern")


async def test_a_click_switches_and_a_second_one_switches_back() -> None:
    app = app_on(Shelf())
    async with app.run_test(size=(160, 45)) as pilot:
        await until(pilot, "08:00")
        await pilot.press("enter")
        await until(pilot, "SAFEGUARDS")
        for sign in ("[x]", "[ ]"):
            await pilot.click("#list", offset=(3, 6))
            await until(pilot, f"{sign} self-halt")


async def test_a_run_begun_by_a_command_begins_again_with_what_is_switched_on(
    tmp_path: Path,
) -> None:
    """Its journal keeps its name, and holds the start that was chosen."""
    run = run_of(tmp_path)
    path = run.journal
    async with app_on(Shelf(tmp_path), run).run_test(size=(120, 35)) as pilot:
        await until(pilot, "start the clock")
        await pilot.press("s", "down", "down", "down", "space", "enter")
        await until(pilot, "with compare-orders")
        await pilot.press("ctrl+q", "ctrl+q")
    assert journals_in(tmp_path) == [path]
    assert path is not None
    assert read_journal(path).header.controls == ("compare-orders",)


async def test_nothing_can_be_switched_in_a_run_that_was_played_already(tmp_path: Path) -> None:
    run = run_of(tmp_path)
    run.advance(40)
    async with app_on(Shelf(tmp_path), run, briefing=True).run_test(size=(120, 35)) as pilot:
        text = await until(pilot, "start the clock")
        assert "s switches" not in text
        await pilot.press("s")
        assert not pilot.app.screen.query("#list")


def journals_in(folder: Path) -> list[Path]:
    """The journals of a folder."""
    return list(folder.glob("*.jsonl"))


@pytest.mark.parametrize("size", SIZES, ids=["160x45", "120x35", "80x24"])
async def test_the_switches_look_as_before(
    size: tuple[int, int], picture: SnapshotAssertion
) -> None:
    async with app_on(Shelf()).run_test(size=size) as pilot:
        await until(pilot, "08:00")
        await pilot.press("enter")
        await until(pilot, "start the clock")
        await pilot.press("s", *["down"] * 11, "space")
        await until(pilot, "[x] two-person-review")
        assert svg_of(pilot.app) == picture


async def test_a_run_that_cannot_begin_says_why_and_may_be_tried_again(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.refuses = "the folder of runs cannot be made: [b]read-only[/b]"
    app = app_on(shelf)
    async with app.run_test() as pilot:
        await until(pilot, "08:00")
        await pilot.press("enter")
        await until(pilot, "start the clock")
        await pilot.press("enter", "enter")
        await until(pilot, "[b]read-only[/b]")
        assert isinstance(app.screen, BriefingScreen)
        shelf.refuses = ""
        await pilot.press("enter")
        await until(pilot, "SMARS-8")
        await pilot.press("ctrl+q", "ctrl+q")
    assert len(past_runs(tmp_path)) == 1


async def test_escape_goes_back_and_begins_nothing() -> None:
    shelf = Shelf()
    app = app_on(shelf)
    async with app.run_test() as pilot:
        await until(pilot, "08:00")
        await pilot.press("enter")
        await until(pilot, "start the clock")
        await pilot.press("escape")
        await until(pilot, "START AT")
    assert shelf.begun == []


# --- help ----------------------------------------------------------------------------------------


def test_help_names_every_command_and_every_word() -> None:
    text = page(chapters("", ""), "", 100).plain
    for command in COMMANDS:
        assert command.usage() in text
        assert command.summary.split(" ")[0] in text
    for word, _ in GLOSSARY:
        assert word in text


@pytest.mark.parametrize("topic", [*PANES, "deploy", "no-such-thing"])
def test_help_begins_with_what_was_asked_for(topic: str) -> None:
    first = chapters(topic, "")[0]
    expected = PANES[topic].title if topic in PANES else topic.upper()
    assert first.title == (expected if topic != "no-such-thing" else "ALL OF IT")


def test_a_search_leaves_what_holds_the_word() -> None:
    text = page(chapters("", ""), "BLOCK", 80).plain
    assert "sell block" in text
    assert "drain" not in text
    assert "Nothing here says 'xyzzy'." in page(chapters("", ""), "xyzzy", 80).plain


async def test_help_is_searched_and_left_in_two_steps(tmp_path: Path) -> None:
    app = app_on(Shelf(), run_of(tmp_path), briefing=False)
    async with app.run_test() as pilot:
        await until(pilot, "SMARS-8")
        await pilot.press("question_mark")
        await until(pilot, PANES["server"].title)
        await pilot.press("slash", *"hedge")
        text = await until(pilot, "hedge PERCENT")
        assert "uninstall" not in text
        await pilot.press("escape")
        await until(pilot, PANES["server"].title)
        await pilot.press("escape")
        await until(pilot, "SMARS-8")


@pytest.mark.parametrize(
    "mode, said",
    [
        ("explore", "the clock stands still while you read"),
        ("coach", "the clock stands still while you read"),
        ("assess", "this is an assessment: the clock keeps going"),
    ],
)
async def test_help_says_what_the_clock_does_meanwhile(
    tmp_path: Path, mode: str, said: str
) -> None:
    run = run_of(tmp_path, mode)
    app = app_on(Shelf(), run, briefing=False)
    async with app.run_test() as pilot:
        await until(pilot, "SMARS-8")
        await pilot.press("question_mark")
        await until(pilot, said)
        before = run.simulation.now
        await pilot.pause(0.8)
        assert (run.simulation.now > before) == (mode == "assess")


async def test_help_of_a_verb_is_wanted_by_a_message() -> None:
    app = app_on(Shelf())
    async with app.run_test() as pilot:
        await until(pilot, "08:00")
        app.screen.post_message(HelpWanted("kill"))
        await until(pilot, "KILL ")
        app.screen.post_message(HelpWanted("stop"))
        await pilot.pause()
        assert sum(isinstance(screen, HelpScreen) for screen in app.screen_stack) == 1


# --- leaving -------------------------------------------------------------------------------------


async def test_leaving_a_run_asks_and_staying_goes_on(tmp_path: Path) -> None:
    app = app_on(Shelf(), run_of(tmp_path), briefing=False)
    async with app.run_test() as pilot:
        await until(pilot, "SMARS-8")
        await pilot.press("ctrl+q")
        text = await until(pilot, "Leave the run at 08:00:0")
        for words in ("Stay  n", "Title  t", "Quit  y"):
            assert words in text
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, ControlRoomScreen)


async def test_leaving_for_the_title_closes_the_journal_whole(tmp_path: Path) -> None:
    run = run_of(tmp_path)
    shelf = Shelf()
    app = app_on(shelf, run, briefing=False)
    async with app.run_test() as pilot:
        await until(pilot, "SMARS-8")
        shelf.runs = (interrupted(),)
        app.screen.post_message(Leave())
        await until(pilot, "Leave the run")
        await pilot.press("t")
        await until(pilot, "Resume")
        assert isinstance(app.screen, TitleScreen)
    (past,) = past_runs(tmp_path)
    assert past.can_resume


async def test_asked_twice_the_program_ends(tmp_path: Path) -> None:
    app = app_on(Shelf(), run_of(tmp_path), briefing=False)
    async with app.run_test() as pilot:
        await until(pilot, "SMARS-8")
        await pilot.press("ctrl+q")
        await until(pilot, "Leave the run")
        assert isinstance(app.screen, LeaveScreen)
        await pilot.press("ctrl+q")
    assert app.return_code == 0


async def test_quit_is_typed(tmp_path: Path) -> None:
    app = app_on(Shelf(), run_of(tmp_path), briefing=False)
    async with app.run_test() as pilot:
        await until(pilot, "SMARS-8")
        await pilot.press("colon", *"quit", "enter")
        await until(pilot, "Leave the run")
        await pilot.press("y")
    assert app.return_code == 0


async def test_an_assessment_says_that_its_clock_goes_on(tmp_path: Path) -> None:
    app = app_on(Shelf(), run_of(tmp_path, "assess"), briefing=False)
    async with app.run_test() as pilot:
        await until(pilot, "SMARS-8")
        await pilot.press("ctrl+q")
        await until(pilot, "the clock keeps going")


# --- all of them ---------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_every_screen_wears_every_theme(theme: str) -> None:
    shelf = Shelf()
    shelf.runs = (interrupted(),)
    app = app_on(shelf)
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = theme
        await until(pilot, "Resume")
        await pilot.press("p")
        await until(pilot, "Enter goes on at 09:41:12")
        await pilot.press("escape")
        await until(pilot, "START AT")
        await pilot.press("question_mark")
        await until(pilot, "THIS SCREEN")
        await pilot.press("escape", "enter")
        await until(pilot, "start the clock")


async def test_the_palette_opens_on_every_screen() -> None:
    app = app_on(Shelf())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, "08:00")
        for key, words in (("", "START AT"), ("question_mark", "THIS SCREEN"), ("enter", "clock")):
            if key:
                await pilot.press(key)
            await until(pilot, words)
            await pilot.press("ctrl+p")
            await until(pilot, "Save a picture")
            await pilot.press("escape")
            await until(pilot, words)
            if key == "question_mark":
                await pilot.press("escape")


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (79, 23), (300, 100)], ids=str)
async def test_any_size_is_survived(size: tuple[int, int]) -> None:
    app = app_on(Shelf())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, "08:00")
        for key in ("", "question_mark", "enter"):
            if key:
                await pilot.press(key)
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await pilot.resize_terminal(80, 24)
            await pilot.pause()
            if key == "question_mark":
                await pilot.press("escape")
        await until(pilot, "start the clock")
        assert "Wednesday" in shown(app)
