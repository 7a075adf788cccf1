"""The replay of a real recording: every way to move in it, and everything that it answers."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from controlroom import load_scenario
from controlroom.runs.opened import open_journal
from controlroom.runs.replay import Replay
from controlroom.runs.run import Run
from controlroom.tui.messages import DebriefWanted, HelpWanted, ReplayLeft, TakeOverWanted
from controlroom.tui.screens.replay import ReplayScreen
from tests.tui.conftest import MIDDLE, SMALL, WIDE
from tests.tui.fake_run import HandClock
from tests.tui.watching import Watcher, watching

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from controlroom.sim.start import Scenario

GIVEN = (
    ("09:26:00", "pmon", "on-call"),
    ("09:31:10", "log smars-8", "on-call"),
    ("09:32:00", "declare", "liaison"),
)
END = "09:33:10"


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("knight-2012")


@pytest.fixture(scope="module")
def recorded(scenario: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run from 09:25 into the storm, with three commands from two seats."""
    path = tmp_path_factory.mktemp("recorded") / "run.jsonl"
    with Run.begin(scenario, start="09:25", journal=path) as run:
        for time, command, seat in GIVEN:
            run.advance(scenario.day.parse(time) - run.now)
            run.give(command, seat)
        run.advance(scenario.day.parse(END) - run.now)
    return path


@pytest.fixture(scope="module")
def read(recorded: Path, scenario: Scenario) -> Replay:
    """The recording, read to its end."""
    replay = Replay.begin(open_journal(recorded, scenario))
    while replay.read_on():
        pass
    return replay


def edited(recorded: Path, folder: Path, old: str, new: str) -> Path:
    """The journal with something in it that was not so."""
    path = folder / "edited.jsonl"
    path.write_text(recorded.read_text().replace(old, new))
    return path


def is_reading(replay: Replay) -> bool:
    return replay.reading


@contextlib.asynccontextmanager
async def sitting(read: Replay) -> AsyncIterator[Watcher]:
    """Somebody at the beginning of the recording."""
    read.seek(read.first)
    clock = HandClock()
    async with watching(ReplayScreen(read, clock=clock, ticking=False), clock) as found:
        await found.wait(0)
        yield found


async def test_it_stands_at_once_and_fills_while_the_journal_is_read(
    recorded: Path, scenario: Scenario
) -> None:
    replay = Replay.begin(open_journal(recorded, scenario))
    clock = HandClock()

    def ticking() -> int:
        clock.pass_(0.02)  # every look at the clock is one at a busy machine's
        return clock()

    room = ReplayScreen(replay, clock=ticking, ticking=False)
    async with watching(room, clock) as watcher:
        assert "reading the journal" in watcher.text("timeline")
        room.frame()
        assert is_reading(replay)
        await watcher.press("full_stop")
        assert "the journal is being read" in watcher.status
        await watcher.press("end", "r", "space")
        assert watcher.time < "09:25:00"
        await watcher.press("space", "r", "home")
        while replay.known < scenario.day.parse("09:26"):
            room.frame()
        assert watcher.time == "09:25:00"
        await watcher.press("full_stop")
        assert "09:25:00.25" in watcher.status
        await watcher.type("09:33:00")
        assert "as soon as the journal has been read that far" in watcher.status
        while is_reading(replay):
            room.frame()
        room.frame()
        await watcher.pilot.pause()
        assert watcher.time == "09:33:00"
        assert "reading the journal" not in watcher.text("timeline")


async def test_space_plays_at_the_speed_that_is_chosen_and_stops(read: Replay) -> None:
    async with sitting(read) as watcher:
        await watcher.press("space")
        await watcher.wait(2)
        assert watcher.time == "09:25:02"
        await watcher.press("plus", "plus")
        await watcher.wait(2)
        assert watcher.time == "09:25:12"
        await watcher.press("space")
        await watcher.wait(5)
        assert watcher.time == "09:25:12"
        assert "it stands" in watcher.status


async def test_it_plays_backwards_and_shows_what_it_showed_on_the_way(read: Replay) -> None:
    async with sitting(read) as watcher:
        await watcher.type("09:31:20")
        there = {pane: watcher.text(pane) for pane in ("server-8", "money", "answers", "alerts")}
        await watcher.press("space")
        await watcher.wait(12, frames=4)
        assert watcher.time == "09:31:32"
        await watcher.press("r")
        await watcher.wait(12, frames=4)
        assert watcher.time == "09:31:20"
        assert {pane: watcher.text(pane) for pane in there} == there
        assert "backwards" in watcher.text("header")


async def test_at_either_end_it_stops_and_can_be_played_again(read: Replay) -> None:
    async with sitting(read) as watcher:
        await watcher.press("r", "space")
        await watcher.wait(1)
        assert watcher.time == "09:33:09"
        await watcher.type("09:25:01")
        await watcher.wait(2)
        await watcher.wait(1)
        assert watcher.time == "09:25:00"
        assert "the recording begins here" in watcher.status
        await watcher.press("r", "end", "space")
        assert watcher.time == "09:25:00"
        await watcher.press("end")
        await watcher.wait(1)
        assert "the recording ends here" in watcher.status


async def test_steps_seconds_and_minutes(read: Replay) -> None:
    async with sitting(read) as watcher:
        await watcher.press("full_stop", "full_stop", "comma")
        assert "09:25:00.25" in watcher.status
        await watcher.press("right", "right", "left")
        assert watcher.text("header")[1:12] == "09:25:01.25"
        await watcher.press("right_square_bracket")
        assert watcher.time == "09:26:00"
        await watcher.press("down", "up", "left_square_bracket")
        assert watcher.time == "09:25:00"
        await watcher.press("left_square_bracket")
        assert watcher.time == "09:25:00"
        assert "nothing before it" in watcher.status


@pytest.mark.parametrize("key", ["m", "l", "a", "c", "b", "n"])
async def test_a_small_letter_goes_to_the_next_moment_and_its_capital_back(
    read: Replay, key: str
) -> None:
    async with sitting(read) as watcher:
        there = []
        for _ in range(40):
            await watcher.press(key)
            if watcher.status.strip().startswith("→ no "):
                break
            there.append(watcher.room.replay.now)
        assert there == sorted(set(there))
        back = []
        for _ in range(40):
            await watcher.press(key.upper())
            if watcher.status.strip().startswith("→ no "):
                break
            back.append(watcher.room.replay.now)
        assert back == there[-2::-1]
        assert bool(there) == (key not in "al")


async def test_the_next_command_is_about_to_be_given(read: Replay) -> None:
    async with sitting(read) as watcher:
        await watcher.press("c")
        assert "09:26:00 command: pmon" in watcher.status
        assert "pmon" not in watcher.text("answers")
        await watcher.press("full_stop")
        assert "pmon" in watcher.text("answers")


async def test_a_time_is_typed_with_a_key_or_without(read: Replay) -> None:
    async with sitting(read) as watcher:
        await watcher.press("g", *"09:32:30", "enter")
        assert watcher.time == "09:32:30"
        await watcher.type("9:31")
        assert watcher.time == "09:31:00"
        for typed, said in (
            ("09:61", "is not a time of day"),
            ("21:00", "outside the day"),
            ("12:00", "the recording ends at 09:33:10"),
            ("08:10", "somebody took over at 09:25:00 only"),
        ):
            await watcher.press("escape")
            await watcher.type(typed)
            assert said in watcher.status
            watcher.room.query_one("#prompt").put("")  # type: ignore[attr-defined]


async def test_words_do_what_keys_do(read: Replay) -> None:
    async with sitting(read) as watcher:
        await watcher.type("end")
        assert watcher.time == END
        await watcher.type("previous command")
        assert "declare" in watcher.status
        await watcher.type("minute -2")
        assert watcher.time == "09:30:00"
        await watcher.type("step 6")
        assert watcher.text("header")[1:12] == "09:30:01.50"
        await watcher.type("backwards")
        await watcher.wait(1)
        assert watcher.time == "09:30:00"
        await watcher.type("pause")
        await watcher.type("begin")
        assert watcher.time == "09:25:00"
        await watcher.type("next rain")
        assert "mail, call, alarm, command, milestone" in watcher.status


async def test_clicking_and_dragging_on_the_timeline(read: Replay) -> None:
    async with sitting(read) as watcher:
        timeline = watcher.room.query_one("#timeline")
        await watcher.pilot.mouse_down(timeline, offset=(80, 3))
        for x in (90, 100, 110):
            await watcher.pilot.hover(timeline, offset=(x, 3))
        paints = watcher.room.counters.views
        await watcher.wait(0)
        assert watcher.room.counters.views == paints + 1
        dragged = watcher.room.replay.now
        await watcher.pilot.mouse_up(timeline, offset=(120, 3))
        await watcher.pilot.pause()
        assert watcher.room.replay.now > dragged > watcher.room.replay.first
        assert watcher.time in watcher.status
        await watcher.pilot.click(timeline, offset=(13, 3))
        assert watcher.room.replay.now - watcher.room.replay.first < 60


async def test_commands_are_not_given_to_the_past_but_can_be_given_from_there_on(
    read: Replay,
) -> None:
    async with sitting(read) as watcher:
        await watcher.type("09:31:00")
        await watcher.type("kill smars-8")
        assert "Take over at 09:31:00 in a new run, and give it?" in watcher.text("prompt")
        await watcher.press("n")
        assert "not given" in watcher.status
        assert watcher.app.told == []
        await watcher.type("kill smars-8")
        await watcher.press("y")
        (told,) = watcher.app.told
        assert isinstance(told, TakeOverWanted)
        assert (told.step, told.command) == (watcher.room.replay.now, "kill smars-8")


async def test_a_command_that_cannot_be_read_is_answered_as_in_play(read: Replay) -> None:
    async with sitting(read) as watcher:
        await watcher.type("kil smars-8")
        assert "kill" in watcher.status
        assert watcher.app.told == []


async def test_taking_over_is_asked_first(read: Replay) -> None:
    async with sitting(read) as watcher:
        await watcher.press("f")
        assert "this one stays as it is" in watcher.text("prompt")
        await watcher.press("y")
        (told,) = watcher.app.told
        assert isinstance(told, TakeOverWanted)
        assert told.command == ""


async def test_each_seat_has_its_screen(read: Replay) -> None:
    async with sitting(read) as watcher:
        assert "on-call" in watcher.text("header")
        await watcher.press("v")
        assert "liaison" in watcher.text("header")
        assert not watcher.room.query_one("#fleet").display
        assert not watcher.room.query_one("#money").display
        assert watcher.room.query_one("#alerts").display
        await watcher.type("seat on-call")
        assert "on-call" in watcher.text("header")
        assert watcher.room.query_one("#fleet").display
        await watcher.type("seat pilot")
        assert "there is on-call, liaison" in watcher.status


async def test_the_same_events_are_looked_at_on_each_console(read: Replay) -> None:
    async with sitting(read) as watcher:
        assert "ALARMS" not in watcher.text("alerts")
        await watcher.press("o")
        assert "as-was console" in watcher.text("header")
        assert "children sent" in watcher.text("server-8")
        await watcher.type("console modern")
        assert "ALARMS" in watcher.text("alerts")
        assert "the modern console, played on the trainer one" in watcher.status
        await watcher.type("console pilot")
        assert "no console 'pilot'; there are trainer, as-was, modern" in watcher.status
        assert "ALARMS" in watcher.text("alerts")


async def test_the_truth_is_off_at_first_and_knows_what_the_seat_did_not(read: Replay) -> None:
    async with sitting(read) as watcher:
        await watcher.type("09:32:00")
        assert not watcher.room.query_one("#truth").display
        assert "build ?" in watcher.text("server-8").replace("  ", " ")
        await watcher.press("t")
        told = watcher.text("truth")
        assert "TRUTH" in told
        assert "not what on-call saw" in told
        assert "smars-8  legacy" in told
        assert "on POWER PEG" in told
        assert "build ?" in watcher.text("server-8").replace("  ", " ")
        await watcher.press("home")
        assert "on POWER PEG" not in watcher.text("truth")
        await watcher.press("t")
        assert not watcher.room.query_one("#truth").display


@pytest.mark.parametrize("size", [MIDDLE, SMALL], ids=["120x35", "80x24"])
async def test_beside_the_truth_a_small_terminal_shows_one_pane_at_a_time(
    read: Replay, size: tuple[int, int]
) -> None:
    async with watching(ReplayScreen(read, ticking=False), size=size) as watcher:
        await watcher.press("t")
        assert watcher.room.query_one("#truth").display
        assert watcher.room.tabbed
        await watcher.press("8")
        assert watcher.room.query_one("#truth").display == (size == MIDDLE)
        if size == SMALL:
            await watcher.press("t")
            assert watcher.room.query_one("#truth").display
        await watcher.press("t")
        assert watcher.room.query_one("#fleet").display
        assert watcher.room.tabbed == (size == SMALL)


async def test_enter_on_a_message_goes_to_when_it_came(read: Replay) -> None:
    async with sitting(read) as watcher:
        await watcher.press("end", "tab", "tab")
        for _ in range(6):
            if watcher.room.focused is not None and watcher.room.focused.id == "alerts":
                break
            await watcher.press("tab")
        feed = watcher.room.query_one("#alerts")
        alert = feed.selected  # type: ignore[attr-defined]
        assert alert is not None
        await watcher.press("enter")
        assert watcher.time == alert.clock
        assert "when it came" in watcher.status


async def test_the_timeline_shows_less_where_that_is_asked_for(read: Replay) -> None:
    async with sitting(read) as watcher:
        assert "whole run" in watcher.text("timeline")
        await watcher.press("w")
        assert "5 minutes" in watcher.text("timeline")
        await watcher.press("w")
        assert "whole run" in watcher.text("timeline")


async def test_other_things_are_asked_of_the_app(read: Replay, recorded: Path) -> None:
    async with sitting(read) as watcher:
        await watcher.press("d", "question_mark", "q")
        debrief, helped, left = watcher.app.told
        assert isinstance(debrief, DebriefWanted)
        assert debrief.path == recorded
        assert isinstance(helped, HelpWanted)
        assert helped.topic == "timeline"
        assert isinstance(left, ReplayLeft)
        assert left.why == ""


async def test_a_run_of_a_single_moment_can_be_looked_at(
    tmp_path: Path, scenario: Scenario
) -> None:
    with Run.begin(scenario, journal=tmp_path / "short.jsonl") as run:
        path = run.journal
    assert path is not None
    replay = Replay.begin(open_journal(path, scenario))
    while replay.read_on():
        pass
    clock = HandClock()
    async with watching(ReplayScreen(replay, clock=clock, ticking=False), clock) as watcher:
        await watcher.wait(0)
        assert "reading" not in watcher.text("timeline")
        for key in ("space", "n", "N", "full_stop", "comma", "end", "home", "w", "t"):
            await watcher.press(key)
            await watcher.wait(0.5)
            assert watcher.time == "08:00:00"
        assert "TRUTH" in watcher.text("truth")


async def test_escape_leads_back_to_the_timeline_and_never_out(read: Replay) -> None:
    async with sitting(read) as watcher:
        await watcher.press("8")
        assert watcher.room.focused is not watcher.room.query_one("#timeline")
        await watcher.press("escape")
        assert watcher.room.focused is watcher.room.query_one("#timeline")
        await watcher.press("escape", "escape")
        assert watcher.app.told == []


async def test_a_key_that_means_nothing_says_so(read: Replay) -> None:
    async with sitting(read) as watcher:
        await watcher.press("f7")
        assert "does nothing here" in watcher.status


@pytest.mark.parametrize("size", [WIDE, MIDDLE, SMALL], ids=["160x45", "120x35", "80x24"])
async def test_the_timeline_is_there_at_every_size(read: Replay, size: tuple[int, int]) -> None:
    async with watching(ReplayScreen(read, ticking=False), size=size) as watcher:
        shown = watcher.text("timeline")
        for word in ("loss", "cues", "phases"):
            assert word in shown
        assert "take over" in watcher.text("keys")
        assert "help" in watcher.text("keys")


async def test_what_is_wrong_with_a_journal_is_said(
    recorded: Path, tmp_path: Path, scenario: Scenario
) -> None:
    path = edited(recorded, tmp_path, '"declare"', '"pmon"')
    replay = Replay.begin(open_journal(path, scenario))
    clock = HandClock()
    room = ReplayScreen(replay, at=replay.last, clock=clock, ticking=False)
    async with watching(room, clock) as watcher:
        while replay.reading:
            room.frame()
        await watcher.wait(0)
        assert "not the journal's" in watcher.status
        assert watcher.time == "09:32:00"
        await watcher.press("end")
        assert watcher.time == "09:32:00"


async def test_a_journal_of_which_nothing_is_true_is_left_with_the_reason(
    recorded: Path, tmp_path: Path, scenario: Scenario
) -> None:
    path = edited(recorded, tmp_path, '"seed": 7', '"seed": 8')
    replay = Replay.begin(open_journal(path, scenario))
    async with watching(ReplayScreen(replay, ticking=False)) as watcher:
        while replay.reading:
            watcher.room.frame()
        await watcher.pilot.pause()
        (told,) = watcher.app.told
        assert isinstance(told, ReplayLeft)
        assert "line 2" in told.why


async def test_playing_backwards_lays_nothing_out_and_paints_once_a_frame(
    read: Replay,
) -> None:
    async with sitting(read) as watcher:
        await watcher.press("end", "r", "space")
        watcher.room.pacing.speed *= 60
        await watcher.wait(0.1, frames=2)
        before = watcher.room.counters.paints, watcher.room.counters.layouts
        await watcher.wait(2, frames=40)
        assert watcher.time == "09:31:04"
        assert watcher.room.counters.layouts == before[1]
        assert watcher.room.counters.paints - before[0] <= 52


async def test_a_recording_that_stands_costs_nothing(read: Replay) -> None:
    async with sitting(read) as watcher:
        await watcher.wait(1)
        before = watcher.room.counters.views, watcher.room.counters.paints
        await watcher.wait(5, frames=100)
        assert (watcher.room.counters.views, watcher.room.counters.paints) == before
