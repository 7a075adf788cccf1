"""A recorded run of which not everything is there, true or read yet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from controlroom.runs.errors import JournalError
from controlroom.runs.moments import Kind
from controlroom.runs.opened import open_journal
from controlroom.runs.replay import Replay
from controlroom.runs.run import Run
from controlroom.sim.start import Scenario

END = "09:33:10"


@pytest.fixture(scope="module")
def recorded(scenario: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run from 09:25 into the storm, with two commands."""
    path = tmp_path_factory.mktemp("recorded") / "run.jsonl"
    day = scenario.day
    with Run.begin(scenario, start="09:25", journal=path) as run:
        for time, command in (("09:26:10", "pmon"), ("09:31:10", "declare")):
            run.advance(day.parse(time) - run.now)
            run.give(command)
        run.advance(day.parse(END) - run.now)
    return path


@pytest.fixture(scope="module")
def whole(recorded: Path, scenario: Scenario) -> Replay:
    return Replay.open(recorded, scenario=scenario)


def begun(path: Path, scenario: Scenario, *, read: bool = True) -> Replay:
    replay = Replay.begin(open_journal(path, scenario))
    if read:
        read_all(replay)
    return replay


def read_all(replay: Replay) -> None:
    while replay.read_on():
        pass


def edited(recorded: Path, place: Path, old: str, new: str) -> Path:
    path = place / "edited.jsonl"
    text = recorded.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return path


def test_one_can_look_while_it_is_being_read(
    recorded: Path, whole: Replay, scenario: Scenario
) -> None:
    replay = begun(recorded, scenario, read=False)
    assert (replay.known, replay.last) == (0, whole.last)
    seen: list[int] = []
    while replay.read_on():
        if replay.known % 1200 == 0:
            assert replay.seek(10**9) == replay.known
            whole.seek(replay.known)
            assert replay.digest() == whole.digest()
            assert all(moment.step <= replay.known for moment in replay.moments)
            seen.append(replay.known)
    assert len(seen) > 10
    assert replay.known == replay.last == whole.last
    assert replay.moments == whole.moments


def test_the_same_journal_read_at_once_or_by_and_by_is_the_same_run(
    recorded: Path, whole: Replay, scenario: Scenario
) -> None:
    replay = begun(recorded, scenario)
    assert replay.notes == ()
    for step in (whole.last, whole.first, scenario.day.open_step + 77):
        assert replay.seek(step) == whole.seek(step)
        assert replay.digest() == whole.digest()


def test_an_edited_command_ends_the_replay_at_the_last_moment_vouched_for(
    recorded: Path, tmp_path: Path, whole: Replay, scenario: Scenario
) -> None:
    replay = begun(edited(recorded, tmp_path, '"declare"', '"pmon"'), scenario)
    assert scenario.day.text(replay.last) == "09:31:00"
    assert replay.known == replay.last
    assert len(replay.notes) == 1
    assert "the world at 09:32:00 (step 22080) is not the journal's" in replay.notes[0]
    assert "ends at 09:31:00 (step 21,840)" in replay.notes[0]
    replay.seek(10**9)
    whole.seek(replay.last)
    assert replay.digest() == whole.digest()
    assert replay.whole.now == replay.last
    assert [moment.text for moment in replay.moments if moment.kind is Kind.COMMAND] == ["pmon"]


def test_a_line_that_is_no_command_takes_itself_and_what_follows(
    recorded: Path, tmp_path: Path, scenario: Scenario
) -> None:
    replay = begun(edited(recorded, tmp_path, '"declare"', '"declaim"'), scenario)
    assert scenario.day.text(replay.last) == "09:31:00"
    assert "declaim" in replay.notes[0]


def test_a_journal_that_was_cut_off_is_replayed_up_to_there(
    recorded: Path, tmp_path: Path, scenario: Scenario
) -> None:
    path = tmp_path / "torn.jsonl"
    lines = recorded.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:5]) + lines[5][:20])
    replay = begun(path, scenario)
    assert replay.last == json.loads(lines[4])["step"]
    assert "torn" in replay.notes[0]


def test_another_version_is_said_and_believed_as_far_as_its_digests_agree(
    recorded: Path, tmp_path: Path, whole: Replay, scenario: Scenario
) -> None:
    product = json.loads(recorded.read_text().splitlines()[0])["product"]
    path = edited(recorded, tmp_path, f'"product": "{product}"', '"product": "0.0.1"')
    replay = begun(path, scenario)
    assert replay.last == whole.last
    assert "written by Control Room 0.0.1" in replay.notes[0]
    assert "agrees all the same" in replay.notes[0]


def test_a_run_of_which_nothing_is_true_is_no_replay(
    recorded: Path, tmp_path: Path, scenario: Scenario
) -> None:
    path = edited(recorded, tmp_path, f'"seed": {scenario.seed}', f'"seed": {scenario.seed + 1}')
    replay = begun(path, scenario, read=False)
    with pytest.raises(JournalError, match=r"line 2: the world at 09:25:00 .* nor was it before"):
        read_all(replay)
    assert not replay.reading
    assert not replay.read_on()


def test_a_replay_that_was_cut_off_can_be_taken_over_where_it_is_sound(
    recorded: Path, tmp_path: Path, scenario: Scenario
) -> None:
    replay = begun(edited(recorded, tmp_path, '"declare"', '"pmon"'), scenario)
    replay.seek(replay.last)
    with replay.fork() as run:
        assert scenario.day.text(run.now) == "09:31:00"
        assert run.journal is not None
    assert Replay.open(run.journal, scenario=scenario).last == replay.last


def test_a_fork_has_the_moment_at_which_it_was_taken_over(
    recorded: Path, scenario: Scenario
) -> None:
    replay = begun(recorded, scenario)
    replay.seek(scenario.day.parse("09:27:30"))
    with replay.fork() as run:
        run.advance(400)
    assert run.journal is not None
    again = begun(run.journal, scenario)
    again.seek(again.first)
    moment = again.next(Kind.MILESTONE)
    assert moment is not None
    assert moment.text == "taken over from run.jsonl"
    assert again.clock == "09:27:30"


def test_the_seats_of_a_drill_are_there_before_anything_is_folded(
    scenario: Scenario, tmp_path: Path
) -> None:
    with Run.begin(scenario, start="09:25", journal=tmp_path / "drill.jsonl") as run:
        run.give("drill 6", "facilitator")
        run.advance(1)
    replay = begun(tmp_path / "drill.jsonl", scenario, read=False)
    assert {"commander", "engineer", "observer", "facilitator"} <= set(replay.seats)


def test_the_seats_are_those_that_the_journal_names(whole: Replay) -> None:
    assert whole.seats == ("on-call",)
