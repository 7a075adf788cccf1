"""Which commands and which suspicions a cue or a hypothesis means."""

from __future__ import annotations

import pytest

from controlroom.debrief.patterns import fits, means
from controlroom.sim.commands import parse
from controlroom.sim.start import Scenario


@pytest.mark.parametrize(
    "pattern, command, expected",
    [
        ("stop smars-8", "stop smars-8", True),
        ("stop smars-8", "stop smars-7 smars-8", True),
        ("stop smars-8", "stop all", True),
        ("stop smars-8", "stop smars-7", False),
        ("stop smars-8", "kill smars-8", False),
        ("uninstall", "uninstall smars-3", True),
        ("deploy rlp smars-8", "deploy rlp all", True),
        ("deploy rlp smars-8", "deploy legacy all", False),
        ("disconnect NYSE", "disconnect all", True),
        ("flag off", "flag on", False),
    ],
)
def test_a_pattern_fits_what_names_its_words(
    scenario: Scenario, pattern: str, command: str, expected: bool
) -> None:
    assert fits(pattern, parse(command, scenario), scenario) is expected


def test_a_suspicion_means_what_one_of_the_phrases_says() -> None:
    phrases = ("old build", "smars-8")
    assert means("I think SMARS-8 is odd (maybe)", phrases)
    assert means("the build there is old", phrases)
    assert not means("the new build", phrases)


@pytest.mark.parametrize(
    "said, expected",
    [
        ("smars-8 still runs the old build legacy (sure)", "stale-server"),
        ("power peg on one server", "stale-server"),
        ("the new RLP code (likely)", "new-code"),
        ("the exchange has a problem", "outside"),
        ("a busy open, nothing else", "first-day"),
    ],
)
def test_the_scenarios_hypotheses_are_told_apart(
    scenario: Scenario, said: str, expected: str
) -> None:
    found = next(belief.id for belief in scenario.hypotheses if means(said, belief.words))
    assert found == expected
