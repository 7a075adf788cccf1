"""Policies are lines of time and command."""

from __future__ import annotations

import pytest

from controlroom.scenario import ScenarioError, load_scenario, parse_commands
from controlroom.sim.start import Evidence

POLICY = """\
# stop the eighth before it can do harm

09:00 look smars-8
09:01:30.5   stop smars-8   # it is the old one
09:01:30.5 note ticket#7 is "open"  # [documented P ¶19] not that it matters
"""


def test_a_policy_is_read_line_by_line_with_comments_left_out() -> None:
    day = load_scenario("knight-2012").day
    commands = parse_commands(POLICY, day, "policy.txt")
    assert [(day.text(each.step, fraction=True), each.text) for each in commands] == [
        ("09:00:00.00", "look smars-8"),
        ("09:01:30.50", "stop smars-8"),
        ("09:01:30.50", 'note ticket#7 is "open"'),
    ]
    assert commands[0].evidence is Evidence.RECONSTRUCTED
    assert commands[2].evidence is Evidence.DOCUMENTED


def test_an_empty_policy_is_no_commands() -> None:
    assert parse_commands("# nothing\n\n", load_scenario("knight-2012").day, "idle") == ()


@pytest.mark.parametrize(
    "line, said",
    [
        ("stop smars-8", 'policy.txt: line 2 begins with "stop"; expected HH:MM:SS command'),
        ("09:00:00", "policy.txt: line 2 has no command"),
        ("07:00:00 stop smars-8", "from 08:00:00 to 20:00:00"),
        ("08:00:00 stop smars-8", "before the line above"),
        ("09:30:00 note " + "x" * 600, "at most 500"),
    ],
)
def test_a_line_that_does_not_fit_is_named(line: str, said: str) -> None:
    day = load_scenario("knight-2012").day
    with pytest.raises(ScenarioError) as caught:
        parse_commands(f"09:00:00 pmon\n{line}\n", day, "policy.txt")
    assert said in str(caught.value)


def test_too_many_commands_are_refused() -> None:
    day = load_scenario("knight-2012").day
    with pytest.raises(ScenarioError, match=r"at most 10,000"):
        parse_commands("09:00:00 pmon\n" * 10_001, day, "policy.txt")
