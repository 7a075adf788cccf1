"""The debrief on the screen: it stands at once, fills in, and can be stopped, left and kept."""

from __future__ import annotations

import json
import multiprocessing
import time
from collections.abc import Iterator
from functools import partialmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from textual import on

from controlroom.debrief.pages.blocks import Cell, Table
from controlroom.debrief.pages.content import OUTLINE, page_of
from controlroom.debrief.reading import Reading
from controlroom.debrief.whole import Debrief
from controlroom.runs.errors import JournalError
from controlroom.runs.run import Run
from controlroom.tui import app as app_module
from controlroom.tui.app import ControlRoomApp
from controlroom.tui.library import Library
from controlroom.tui.messages import ReplayLeft, ReplayWanted
from controlroom.tui.screens.debrief import DebriefScreen
from controlroom.tui.screens.debrief_asks import moments_of
from controlroom.tui.screens.debrief_table import table
from controlroom.tui.screens.debrief_text import Written
from controlroom.tui.settings import Settings
from controlroom.tui.themes import CONTRAST, DARK, LIGHT, NATIVE
from tests.debrief.conftest import BADLY, play
from tests.tui.conftest import SvgExtension, svg_of
from tests.tui_app.debriefs import JOURNAL, DebriefShelf, stages, whole
from tests.tui_app.shelf import Shelf, app_on, knight, shown, until

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion
    from textual.pilot import Pilot

SIZES = [(160, 45), (120, 35), (80, 24)]


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Compare with a picture made before; `--snapshot-update` makes it anew."""
    return snapshot.use_extension(SvgExtension)


@pytest.fixture(autouse=True, scope="module")
def _computed() -> None:
    """Once, before any test waits for it."""
    stages()


def screen_of(pilot: Pilot[Any]) -> DebriefScreen:
    screen = pilot.app.screen
    assert isinstance(screen, DebriefScreen)
    return screen


async def settled(pilot: Pilot[Any]) -> DebriefScreen:
    """The screen, when nothing is computed any more."""
    screen = screen_of(pilot)
    ends = time.monotonic() + 20
    while screen.busy or screen.found is None:
        assert time.monotonic() < ends, "still at work"
        await pilot.pause(0.02)
    await pilot.pause()
    await pilot.pause()
    return screen


# --- it fills in ----------------------------------------------------------------------------------


async def test_the_first_page_is_what_the_journal_says() -> None:
    app = app_on(DebriefShelf(1))
    async with app.run_test(size=(120, 35)) as pilot:
        app.show_debrief(JOURNAL)
        text = await until(pilot, "This is the journal's own word")
        assert "kill smars-8" in text
        assert screen_of(pilot).names == ("journal",)


async def test_sections_fill_in_while_one_reads_and_say_meanwhile_what_is_done() -> None:
    shelf = DebriefShelf(2)
    app = app_on(shelf)
    async with app.run_test(size=(120, 35)) as pilot:
        app.show_debrief(JOURNAL)
        await until(pilot, "What happened")
        screen = screen_of(pilot)
        screen.go_to("worth")
        await until(pilot, "The run is played again without each action.")
        await until(pilot, "playing what was not played")
        shelf.go.release(99)
        await until(pilot, "Model estimate: the run again without the action")
        await until(pilot, "complete; u plays the same commands under 200 other seeds")


async def test_what_one_reads_does_not_move_when_other_sections_come() -> None:
    shelf = DebriefShelf(2)
    app = app_on(shelf)
    async with app.run_test(size=(80, 24)) as pilot:
        app.show_debrief(JOURNAL)
        await until(pilot, "What happened")
        screen = screen_of(pilot)
        screen.go_to("cues")
        await until(pilot, "What could not have been known")
        await pilot.press("j", "j")
        await pilot.pause()
        before, at = shown(app).split("\n")[3:20], screen.query_one("#page").scroll_y
        shelf.go.release(99)
        await settled(pilot)
        assert screen.query_one("#page").scroll_y == at > 0
        assert shown(app).split("\n")[3:20] == before


async def test_stopping_leaves_what_there_is() -> None:
    shelf = DebriefShelf(2)
    app = app_on(shelf)
    async with app.run_test(size=(120, 35)) as pilot:
        app.show_debrief(JOURNAL)
        await until(pilot, "What happened")
        await until(pilot, "x stop computing")
        await pilot.press("x")
        await until(pilot, "stopped; what had been computed by then is here")
        assert shelf.left.is_set()
        screen_of(pilot).go_to("luck")
        screen_of(pilot).go_to("safeguards")
        text = await until(pilot, "It was stopped before this was computed.")
        assert "stop computing" not in text


async def test_stopping_while_the_run_is_folded_leaves_its_journals_page() -> None:
    class Folding(DebriefShelf):
        def debrief(self, run: Any, told: Any, stopped: Any, **_: Any) -> Iterator[Debrief]:
            yield stages()[0]
            ends = time.monotonic() + 30
            while time.monotonic() < ends:
                told("folding the run", 1, 147_000)
                time.sleep(0.01)
            raise AssertionError("nobody stopped it")

    app = app_on(Folding())
    async with app.run_test(size=(120, 35)) as pilot:
        app.show_debrief(JOURNAL)
        await until(pilot, "folding the run")
        await pilot.press("x")
        text = await until(pilot, "stopped; what had been computed by then is here")
        assert "This is the journal's own word" in text


async def test_leaving_the_screen_stops_the_work() -> None:
    shelf = DebriefShelf(1)
    app = app_on(shelf)
    async with app.run_test(size=(120, 35)) as pilot:
        await until(pilot, "START AT")
        app.show_debrief(JOURNAL)
        await until(pilot, "This is the journal's own word")
        await pilot.press("escape")
        await until(pilot, "START AT")
        assert shelf.left.wait(10)


async def test_a_journal_that_cannot_be_read_is_said_in_its_place() -> None:
    error = JournalError(JOURNAL, "is no journal of Control Room: its first line is no header")
    app = app_on(DebriefShelf(fails=error))
    async with app.run_test(size=(80, 24)) as pilot:
        app.show_debrief(JOURNAL)
        await until(pilot, "is no journal of Control Room")
        await pilot.press("right", "s", "r", "c", "u", "x", "escape")
        await until(pilot, "START AT")


async def test_a_journal_of_another_world_says_so_after_its_own_page(tmp_path: Path) -> None:
    path = play(knight(), tmp_path / "run.jsonl", "09:31:00 kill smars-8", start="09:30",
                until="09:32:00")  # fmt: skip
    lines = path.read_text().splitlines(keepends=True)
    other = lines[1].replace('"digest": "', '"digest": "00')
    path.write_text("".join([lines[0], other, *lines[2:]]))

    class Alone(Shelf):
        debrief = partialmethod(Library.debrief, workers=0)

    app = app_on(Alone())
    async with app.run_test(size=(120, 35)) as pilot:
        app.show_debrief(path)
        await until(pilot, "there is no debrief of this journal")
        await until(pilot, "is not the journal's")
        await pilot.press("right", "escape")
        await until(pilot, "START AT")


# --- reading it -----------------------------------------------------------------------------------


async def test_keys_go_through_all_sections() -> None:
    app = app_on(DebriefShelf())
    async with app.run_test(size=(120, 35)) as pilot:
        app.show_debrief(JOURNAL)
        screen = await settled(pilot)
        seen = []
        for _ in OUTLINE:
            seen.append(screen.text().split("\n")[0])
            await pilot.press("right")
        assert seen == list(OUTLINE.values())
        await pilot.press("left")
        assert screen.text().startswith("Luck or judgement")
        await pilot.press("5")
        assert screen.text().startswith("What could have been known")
        await pilot.click("#contents", offset=(8, 10))
        assert screen.text().startswith("What happened when")


def test_the_outline_is_that_of_the_page() -> None:
    assert {part.id: part.title for part in page_of(whole()).sections} == OUTLINE


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("width", [48, 76, 84, 120, 156])
def test_no_line_is_wider_than_the_page(width: int, plain: bool) -> None:
    day = knight().day
    for found in (stages()[0], stages()[-1]):
        for part in page_of(found).sections:
            text = Written(day, plain=plain).section(part, width)
            for line in text.split("\n"):
                assert line.cell_length <= width, (part.id, line.plain)


def test_ascii_charts_are_ascii() -> None:
    day = knight().day
    part = next(part for part in page_of(stages()[-1]).sections if part.id == "story")
    charts = Written(day, plain=True)
    for block in part.blocks:
        if type(block).__name__ in {"Lines", "Bars", "Columns", "Steps", "Spread"}:
            drawn = charts.block(block, 78).plain
            assert all(ord(char) < 128 or char in "·\N{NO-BREAK SPACE}−" for char in drawn)


def test_a_fairness_line_stands_under_every_chart_on_the_screen() -> None:
    for part in page_of(stages()[-1]).sections:
        for block in part.blocks:
            if type(block).__name__ in {"Lines", "Bars", "Columns", "Steps", "Spread", "Ladder"}:
                text = " ".join(Written(knight().day, plain=False).block(block, 90).plain.split())
                for words in ("mode explore", "seed 7", "pauses", knight().checksum[:12]):
                    assert words in text, part.id


async def test_the_section_is_copied_as_text() -> None:
    app = app_on(DebriefShelf())
    async with app.run_test(notifications=True, size=(120, 35)) as pilot:
        app.show_debrief(JOURNAL)
        screen = await settled(pilot)
        screen.go_to("worth")
        await pilot.press("c")
        await until(pilot, "Copied")
        assert app.clipboard.startswith("What each action was worth")
        assert "kill smars-8" in app.clipboard


# --- more of it -----------------------------------------------------------------------------------


class Listening(ControlRoomApp):
    """Remembers which replays were asked for."""

    CSS_PATH: ClassVar = [
        Path(app_module.__file__).parent / str(name) for name in ControlRoomApp.CSS_PATH
    ]
    wanted: list[ReplayWanted]

    @on(ReplayWanted)
    def _remember(self, event: ReplayWanted) -> None:
        event.prevent_default()
        self.wanted.append(event)


async def test_a_moment_is_chosen_and_seen_again() -> None:
    app = Listening(library=DebriefShelf(), settings=Settings(theme=DARK))
    app.wanted = []
    async with app.run_test(size=(120, 35)) as pilot:
        app.show_debrief(JOURNAL)
        screen = await settled(pilot)
        screen.go_to("money")
        await pilot.press("r")
        await until(pilot, "Replay from which moment?")
        await pilot.press("down", "enter")
        await pilot.pause()
        part = next(part for part in page_of(whole()).sections if part.id == "money")
        assert [(event.path, event.step) for event in app.wanted] == [
            (JOURNAL, moments_of(part)[1].step)
        ]


def test_a_moment_is_named_by_what_was_done_and_not_by_what_is_said_of_it() -> None:
    part = next(part for part in page_of(whole()).sections if part.id == "worth")
    texts = {moment.text for moment in moments_of(part)}
    actions = {
        row[1].text for block in part.blocks if isinstance(block, Table) for row in block.rows
    }
    assert texts == actions


async def test_a_click_on_a_time_shows_that_moment_again() -> None:
    app = Listening(library=DebriefShelf(), settings=Settings(theme=DARK))
    app.wanted = []
    async with app.run_test(size=(120, 35)) as pilot:
        app.show_debrief(JOURNAL)
        screen = await settled(pilot)
        screen.go_to("times")
        text = await until(pilot, "unwanted flow begins")
        lines = text.split("\n")
        row = next(place for place, line in enumerate(lines) if "unwanted flow begins" in line)
        await pilot.click(offset=(lines[row].index("09:30"), row))
        assert [event.step for event in app.wanted] == [knight().day.open_step]


async def test_a_replay_is_left_for_the_debrief_that_asked_for_it(tmp_path: Path) -> None:
    path = play(knight(), tmp_path / "run.jsonl", "09:31:00 kill smars-8", start="09:30",
                until="09:33:00")  # fmt: skip
    app = app_on(DebriefShelf())
    async with app.run_test(size=(120, 35)) as pilot:
        app.show_debrief(path)
        screen = await settled(pilot)
        screen.go_to("worth")
        screen._replay(knight().day.parse("09:31:00"))
        await until(pilot, "REPLAY")
        await until(pilot, "09:31:00")
        app.screen.post_message(ReplayLeft())
        await until(pilot, "Model estimate: the run again without the action")
        assert app.screen is screen


async def test_luck_is_played_when_it_is_asked_for() -> None:
    shelf = DebriefShelf()
    app = app_on(shelf)
    async with app.run_test(size=(120, 35)) as pilot:
        app.show_debrief(JOURNAL)
        await settled(pilot)
        await pilot.press("u")
        await until(pilot, "Nine in ten come to between")
        assert shelf.seeds == [200]
        await until(pilot, "this run $")


@pytest.mark.parametrize("form", ["html", "md", "json"])
async def test_the_page_is_written_to_a_file(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a short name, so that what is said of it stays on one line
    target = Path(f"page.{form}")
    app = app_on(DebriefShelf())
    async with app.run_test(notifications=True, size=(120, 35)) as pilot:
        app.show_debrief(JOURNAL)
        await settled(pilot)
        await pilot.press("s")
        await until(pilot, "Write the debrief where?")
        field = app.screen.query_one("Input")
        field.value = str(target)  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(pilot, "Written:")
        text = target.read_text(encoding="utf-8")  # noqa: ASYNC240 - a test waits
        assert json.loads(text) if form == "json" else "What happened" in text
        await pilot.press("s")
        await until(pilot, "Write the debrief where?")
        app.screen.query_one("Input").value = str(target)  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(pilot, "exists already; name another file")
        app.screen.query_one("Input").value = "page.pdf"  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(pilot, "ends in .html, .md or .json")


async def test_the_debrief_of_a_run_just_played_does_not_fold_it_again(tmp_path: Path) -> None:
    shelf = DebriefShelf()
    run = Run.begin(knight(), journal=tmp_path / "run.jsonl", start="09:25")
    run.give("kill smars-8")
    run.advance(knight().day.parse("09:50:00") - run.simulation.now)
    run.give("handover")
    run.advance(4)
    app = app_on(shelf, run)
    async with app.run_test(size=(120, 35)) as pilot:
        await until(pilot, "No loss; no position is left")
        await pilot.press("d")
        await settled(pilot)
        assert isinstance(shelf.asked[0], Reading)
        assert shelf.asked[0].simulation is run.simulation
        await pilot.press("escape")
        await until(pilot, "No loss; no position is left")


@pytest.mark.slow
async def test_real_processes_end_with_the_screen(tmp_path: Path) -> None:
    path = play(knight(), tmp_path / "badly.jsonl", BADLY, start="09:30")

    class Real(Shelf):
        debrief = Library.debrief

    app = app_on(Real())
    async with app.run_test(size=(120, 35)) as pilot:
        await until(pilot, "START AT")
        app.show_debrief(path)
        ends = time.monotonic() + 60
        while not multiprocessing.active_children():
            assert time.monotonic() < ends, "no process was started"
            await pilot.pause(0.02)
        await pilot.press("escape")
        await until(pilot, "START AT")
        while multiprocessing.active_children():
            assert time.monotonic() < ends, "processes are left"
            await pilot.pause(0.05)


def drawn(app: ControlRoomApp) -> str:
    """The screen as a picture that stays as it is when a word of the scenario changes."""
    return svg_of(app).replace(knight().checksum[:12], "0" * 12)


# --- how it looks ---------------------------------------------------------------------------------


@pytest.mark.parametrize("section", ["story", "cues", "worth", "ladder"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_it_looks_as_before(
    size: tuple[int, int], section: str, picture: SnapshotAssertion
) -> None:
    app = app_on(DebriefShelf())
    async with app.run_test(size=size) as pilot:
        app.show_debrief(JOURNAL)
        screen = await settled(pilot)
        screen.go_to(section)
        await pilot.pause()
        await pilot.pause()
        assert drawn(app) == picture


@pytest.mark.parametrize(
    "theme, plain", [(LIGHT, False), (CONTRAST, False), (NATIVE, False), (DARK, True)]
)
async def test_it_looks_as_before_in_every_dress(
    theme: str, plain: bool, picture: SnapshotAssertion
) -> None:
    app = app_on(DebriefShelf(), settings=Settings(theme=theme, plain=plain))
    async with app.run_test(size=(120, 35)) as pilot:
        app.show_debrief(JOURNAL)
        screen = await settled(pilot)
        screen.go_to("safeguards")
        await pilot.pause()
        await pilot.pause()
        assert drawn(app) == picture


def test_a_head_is_broken_only_where_there_is_no_room_for_it() -> None:
    head = ("decision", "the next minute cost")
    block = Table(head, ((Cell("declare"), Cell("$1 M", number=True)),))
    assert table(block, 40).plain.splitlines()[0] == "decision  the next minute cost"
    assert [line.split() for line in table(block, 22).plain.splitlines()[:2]] == [
        ["decision", "the", "next"], ["minute", "cost"],
    ]  # fmt: skip
