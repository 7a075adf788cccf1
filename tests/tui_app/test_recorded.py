"""Runs that have been, from the list to the replay, to a new run and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from controlroom.runs.catalogue import past_runs
from controlroom.runs.journal import read_journal
from controlroom.runs.opened import open_journal
from controlroom.runs.replay import Replay
from controlroom.runs.run import Run
from controlroom.tui.app import ControlRoomApp
from controlroom.tui.messages import DebriefWanted, ReplayWanted
from controlroom.tui.screens.control_room import ControlRoomScreen
from controlroom.tui.screens.past_runs import PastRunsScreen
from controlroom.tui.screens.replay import ReplayScreen
from controlroom.tui.screens.title import TitleScreen
from controlroom.tui.widgets.prompt import Prompt
from tests.tui_app.shelf import Shelf, app_on, knight, until

SIZE = (120, 35)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the runs of a test lie."""
    path = tmp_path / "runs"
    path.mkdir()
    monkeypatch.setenv("CONTROLROOM_RUNS", str(path))
    return path


def played(folder: Path, *, mode: str = "explore", until_: str = "09:32:30") -> Path:
    """The journal of somebody who looked at a log while it burned, and left."""
    day = knight().day
    with Run.begin(knight(), start="09:25", mode=mode, journal=folder / "first.jsonl") as run:
        run.advance(day.parse("09:31:10") - run.now)
        run.give("log smars-8")
        run.advance(day.parse(until_) - run.now)
    assert run.journal is not None
    return run.journal


def shelf_of(folder: Path) -> Shelf:
    shelf = Shelf(folder)
    shelf.runs = past_runs(folder)
    return shelf


def replay_of(path: Path) -> Replay:
    replay = Replay.begin(open_journal(path, knight()))
    while replay.read_on():
        pass
    return replay


def app_on_replay(folder: Path, replay: Replay) -> ControlRoomApp:
    """As `controlroom replay` opens it."""
    app = app_on(shelf_of(folder))
    app.opening_replay = replay, None, ""
    return app


def room_of(app: ControlRoomApp) -> ControlRoomScreen:
    assert isinstance(app.screen, ControlRoomScreen)
    return app.screen


async def test_a_run_is_replayed_from_the_list_and_left_for_the_list(folder: Path) -> None:
    played(folder)
    app = app_on(shelf_of(folder))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, "past runs")
        await pilot.press("p")
        await until(pilot, "r replays it")
        await pilot.press("r")
        await until(pilot, "REPLAY")
        await pilot.press("q")
        await until(pilot, "Past runs")
        assert isinstance(app.screen, PastRunsScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, TitleScreen)


async def test_a_run_taken_over_in_a_replay_is_a_new_one_and_leads_back(folder: Path) -> None:
    path = played(folder)
    before = path.read_bytes()
    app = app_on_replay(folder, replay_of(path))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, "REPLAY")
        await pilot.press(":", *"09:31:00", "enter")
        await pilot.press(":", *"kill", "space", *"smars-8", "enter", "y")
        await until(pilot, "TAKEN OVER AT 09:31:00")
        assert "a new run, taken over at 09:31:00" in await until(pilot, "PAUSED")
        room = room_of(app)
        run = app.run_shown
        assert run is not None
        assert run.journal is not None
        assert run.journal != path
        room.run.advance(20)
        assert room.run.world.fleet.states[7].value == "stopped"
        await pilot.press(":", *"original", "enter", "y")
        await until(pilot, "REPLAY")
        assert app.run_shown is None
        await until(pilot, "09:31:00")
        assert path.read_bytes() == before
    header = read_journal(run.journal).header
    assert (header.forked_from, header.forked_at) == (path.name, knight().day.parse("09:31:00"))


async def test_in_play_one_goes_back_to_an_earlier_moment_and_keeps_the_first_run(
    folder: Path,
) -> None:
    played(folder)
    first = Run.resume(folder / "first.jsonl")
    app = app_on(shelf_of(folder), first, briefing=False)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, "OPEN +2:")
        await pilot.press("space", ":", *"back", "space", *"09:31:00", "enter")
        await until(pilot, "Begin a new run at 09:31:00?")
        await pilot.press("y")
        await until(pilot, "TAKEN OVER AT 09:31:00")
        again = app.run_shown
        assert again is not None
        assert again is not first
        assert again.clock == "09:31:00"
        await pilot.press(":", *"original", "enter", "y")
        await until(pilot, "OPEN +2:")
        assert app.run_shown is not None
        assert app.run_shown.journal == folder / "first.jsonl"
    app.close_run()
    assert [run.can_resume for run in past_runs(folder)] == [True, True]
    # Nothing of the first run was lost by going back.
    assert read_journal(folder / "first.jsonl").commands[0].command == "log smars-8"


async def test_a_fork_at_this_very_moment_needs_no_folding(folder: Path) -> None:
    played(folder)
    app = app_on(shelf_of(folder), Run.resume(folder / "first.jsonl"), briefing=False)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, "OPEN +2:")
        await pilot.press("space", "f", "y")
        await until(pilot, "TAKEN OVER AT 09:32:")
    assert len(past_runs(folder)) == 2


@pytest.mark.parametrize(
    "typed, said",
    [
        ("09:10:00", "no fork at 09:10:00"),
        ("10:10:00", "has not been yet"),
        ("half past", "is not a time of day"),
    ],
)
async def test_where_one_cannot_go_back_to_the_run_goes_on(
    folder: Path, typed: str, said: str
) -> None:
    played(folder)
    run = Run.resume(folder / "first.jsonl")
    app = app_on(shelf_of(folder), run, briefing=False)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, "OPEN +2:")
        room = room_of(app)
        room.pacing.pause()
        room.submit(f"back {typed}")
        if room.query_one(Prompt).question:
            await pilot.press("y")
        await until(pilot, said)
        assert app.run_shown is run
    assert len(past_runs(folder)) == 1


async def test_an_assessment_is_played_once(folder: Path) -> None:
    path = played(folder, mode="assess")
    run = Run.resume(path)
    app = app_on(shelf_of(folder), run, briefing=False)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, "assess")
        await pilot.press("f")
        await until(pilot, "a run in mode assess is played once")
        assert app.run_shown is run


async def test_an_assessment_under_way_can_be_seen_and_not_taken_over(folder: Path) -> None:
    path = played(folder, mode="assess")
    app = app_on_replay(folder, replay_of(path))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, "REPLAY")
        await pilot.press("f", "y")
        await until(pilot, "in mode assess a run is played once")
        assert isinstance(app.screen, ReplayScreen)


async def test_a_run_that_was_begun_anew_has_no_original(folder: Path) -> None:
    played(folder)
    app = app_on(shelf_of(folder), Run.resume(folder / "first.jsonl"), briefing=False)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, "OPEN +2:")
        await pilot.press("space", ":", *"original", "enter")
        await until(pilot, "was begun anew")


async def test_forks_stand_below_the_run_that_they_were_taken_from(folder: Path) -> None:
    path = played(folder)
    replay = replay_of(path)
    for clock in ("09:31:00", "09:27:00"):
        replay.seek(knight().day.parse(clock))
        replay.fork().close()
    app = app_on(shelf_of(folder))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, "past runs")
        await pilot.press("p")
        shown = await until(pilot, "Past runs")
    lines = [line.strip() for line in shown.splitlines() if "explore" in line]
    assert "knight-2012" in lines[0]
    assert "└ 09:27:00" in lines[1]
    assert "└ 09:31:00" in lines[2]


async def test_the_list_says_why_a_run_cannot_be_had_in_that_way(folder: Path) -> None:
    (folder / "letter.jsonl").write_text("dear diary\n")
    app = app_on(shelf_of(folder))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, "past runs")
        await pilot.press("p")
        await until(pilot, "unreadable")
        for key in ("g", "r", "s", "d"):
            await pilot.press(key)
            await until(pilot, "There is nothing to read in it")
        assert isinstance(app.screen, PastRunsScreen)


async def test_a_replay_that_was_opened_alone_is_left_for_the_shell(folder: Path) -> None:
    app = app_on_replay(folder, replay_of(played(folder)))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, "REPLAY")
        await pilot.press("question_mark")
        await until(pilot, "A REPLAY")
        await pilot.press("escape", "q")
        await pilot.pause()
    assert app.return_code == 0


async def test_a_result_leads_to_the_replay_and_the_debrief_of_that_back_into_it(
    folder: Path,
) -> None:
    day = knight().day
    path = folder / "over.jsonl"
    with Run.begin(knight(), start="09:25", journal=path) as run:
        run.give("stop smars-8")
        run.advance(day.parse("10:00:00") - run.now)
        run.give("handover")
        run.advance(10)
        assert run.ended
    app = app_on(shelf_of(folder))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, "past runs")
        await pilot.press("p")
        await until(pilot, "r replays it")
        await pilot.press("s")
        await until(pilot, "on record")
        await pilot.press("r")
        await until(pilot, "REPLAY")
        replayed = app.screen
        assert isinstance(replayed, ReplayScreen)
        app.post_message(DebriefWanted(path))
        await until(pilot, "Debrief")
        app.post_message(ReplayWanted(path, day.parse("09:30:00")))
        await until(pilot, "as asked for")
        await until(pilot, "09:30:00.00 ET")
        assert app.screen is replayed
