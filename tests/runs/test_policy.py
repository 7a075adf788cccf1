"""Scripted players: what a file may say, and what becomes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from controlroom.runs.errors import PolicyError
from controlroom.runs.journal import Given, read_journal
from controlroom.runs.policy import follow, load_policy
from controlroom.runs.run import Run
from controlroom.sim.start import Scenario


def policy_file(folder: Path, text: str) -> str:
    """A policy in a file, by name."""
    path = folder / "policy.txt"
    path.write_text(text, encoding="utf-8")
    return str(path)


def problem(text: str, folder: Path, scenario: Scenario) -> str:
    """What is said about a policy, without the path."""
    name = policy_file(folder, text)
    with pytest.raises(PolicyError) as caught:
        load_policy(name, scenario)
    assert str(caught.value).isprintable()
    return str(caught.value).removeprefix(name)


def test_idle_does_nothing(scenario: Scenario) -> None:
    assert load_policy("idle", scenario).commands == ()


def test_the_reference_run_is_the_scenarios(scenario: Scenario) -> None:
    policy = load_policy("reference", scenario)
    assert policy.commands == scenario.reference
    assert len(policy.commands) > 10


def test_a_file_holds_times_and_commands(scenario: Scenario, tmp_path: Path) -> None:
    text = "\ufeff# a comment\r\n\r\n8:00 pmon  # at once\r\n08:00:02 note one\r\n08:00:02 note two"
    name = policy_file(tmp_path, text)
    policy = load_policy(name, scenario)
    assert policy.name == name
    assert [(command.step, command.text) for command in policy.commands] == [
        (0, "pmon"),
        (8, "note one"),
        (8, "note two"),
    ]


WRONG = {
    "an unknown command": (
        "# first\n08:00 stpo smars-8\n",
        ": line 2: no command 'stpo'; did you mean stop?",
    ),
    "an unknown server": (
        "08:00 pmon\n\n# x\n08:00 stop smarts-8\n",
        ": line 4: no server 'smarts-8'; did you mean smars-8?",
    ),
    "an unknown stock": ("08:00 tape NKO\n", ": line 1: no stock 'NKO'; did you mean "),
    "no time": ("stop smars-8\n", ': line 1 begins with "stop"; expected HH:MM:SS command'),
    "no command": ("08:00:00\n", ": line 1 has no command; expected HH:MM:SS command"),
    "times out of order": (
        "08:00:10 pmon\n08:00:09 pmon\n",
        ": line 2 is at 08:00:09, before the line above",
    ),
    "a time before the day": ("07:59 pmon\n", ': line 1 begins with "07:59"; expected'),
    "a time after the day": ("20:00:01 pmon\n", ': line 1 begins with "20:00:01"; expected'),
    "no time of day": ("25:00 pmon\n", ': line 1 begins with "25:00"; expected'),
    "escape sequences": ("08:00 \x1b[2Jpmon\n", ": line 1: no command '␛[2Jpmon'"),
    "a very long line": ("08:00 note " + "x" * 9000 + "\n", ": line 1 has 9,011 characters"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_line_that_cannot_be_followed_is_named(
    scenario: Scenario, tmp_path: Path, kind: str
) -> None:
    text, expected = WRONG[kind]
    assert problem(text, tmp_path, scenario).startswith(expected)


def test_a_policy_that_is_not_there_is_named_with_the_nearest(scenario: Scenario) -> None:
    with pytest.raises(PolicyError, match='no policy "refrence"; did you mean reference'):
        load_policy("refrence", scenario)
    with pytest.raises(PolicyError, match=r'no policy "none/such\.txt"; there are reference, '):
        load_policy("none/such.txt", scenario)


def test_what_is_no_text_file_is_refused(scenario: Scenario, tmp_path: Path) -> None:
    path = tmp_path / "policy.bin"
    path.write_bytes(b"08:00 pmon\n\xff\xfe\n")
    with pytest.raises(PolicyError, match="is not UTF-8 at byte 11"):
        load_policy(str(path), scenario)
    path.write_bytes(b"#" * (1024 * 1024 + 1))
    with pytest.raises(PolicyError, match="is larger than 1,024 KB"):
        load_policy(str(path), scenario)
    with pytest.raises(PolicyError, match="is not a file"):
        load_policy(str(tmp_path), scenario)
    with pytest.raises(PolicyError, match="cannot be read"):
        load_policy("x" * 5000, scenario)


def test_commands_take_effect_at_their_times(scenario: Scenario, tmp_path: Path) -> None:
    name = policy_file(tmp_path, "08:00 note now\n08:01:30 stop smars-8\n08:01:30 stop smars-8\n")
    with Run.begin(scenario, journal=tmp_path / "a.jsonl") as run:
        followed = follow(run, load_policy(name, scenario), 600)
        assert run.simulation.now == 600
    given = [
        (entry.step, entry.command)
        for _, entry in read_journal(tmp_path / "a.jsonl").entries
        if isinstance(entry, Given)
    ]
    assert given == [(0, "note now"), (360, "stop smars-8"), (360, "stop smars-8")]
    assert (followed.given, followed.late) == (3, 0)
    assert [event.command for event in followed.refused] == ["stop smars-8"]


def test_commands_whose_time_does_not_come_are_counted(scenario: Scenario, tmp_path: Path) -> None:
    name = policy_file(tmp_path, "08:00 pmon\n08:01 pmon\n08:02 pmon\n")
    with Run.begin(scenario, journal=None) as run:
        followed = follow(run, load_policy(name, scenario), 240)
    assert (followed.given, followed.late) == (1, 2)


def test_commands_from_before_the_start_are_not_given(scenario: Scenario, tmp_path: Path) -> None:
    name = policy_file(tmp_path, "08:00 pmon\n09:25 note now\n")
    with Run.begin(scenario, start="09:25", journal=None) as run:
        followed = follow(run, load_policy(name, scenario), run.simulation.now + 10)
    assert (followed.given, followed.late) == (1, 0)


def test_a_policy_ends_with_the_run(scenario: Scenario, tmp_path: Path) -> None:
    text = "08:00 stop smars-8\n10:00 handover\n10:01 pmon\n"
    with Run.begin(scenario, journal=None) as run:
        followed = follow(run, load_policy(policy_file(tmp_path, text), scenario), 100_000)
        assert run.ended
    assert (followed.given, followed.late) == (2, 1)


def test_how_far_it_is_is_told_every_minute(scenario: Scenario) -> None:
    told: list[tuple[int, int]] = []
    with Run.begin(scenario, journal=None) as run:
        follow(run, load_policy("idle", scenario), 600, lambda *now: told.append(now))
    assert told == [(240, 600), (480, 600), (600, 600)]
