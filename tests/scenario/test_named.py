"""A command that is meant somewhere names what there is: no server or person of elsewhere."""

from __future__ import annotations

import pytest

from controlroom.scenario import find_scenarios, load_scenario
from controlroom.scenario.named import nameless
from tests.scenario.conftest import Copy


@pytest.mark.parametrize(
    "old, new, key, word, near",
    [
        ('opens = ["look smars-2"]', 'opens = ["look smars-3"]', "cue[build].opens", "smars-3",
         "'smars-2'"),
        ('answers = ["declare"]', 'answers = ["call boss"]', "cue[call].answers", "boss", "cio"),
        ('answers = ["declare"]', 'answers = ["deploy rpl smars-1"]', "cue[call].answers", "rpl",
         "'rlp'"),
    ],
)  # fmt: skip
def test_a_pattern_that_names_what_there_is_not_is_named(
    copy: Copy, old: str, new: str, key: str, word: str, near: str
) -> None:
    copy.change("cues.toml", old, new)
    assert copy.problems() == []
    (problem,) = nameless(load_scenario(copy.path))
    assert (problem.file, problem.key) == ("cues.toml", key)
    assert problem.wrong.endswith(f"which names {word!r}")
    assert near in problem.expected


def test_words_that_may_be_anything_are_left_alone(copy: Copy) -> None:
    copy.change("cues.toml", 'answers = ["declare"]', 'answers = ["suspect anything at all"]')
    assert list(nameless(load_scenario(copy.path))) == []


@pytest.mark.parametrize("name", [found.id for found in find_scenarios()])
def test_scenarios_that_come_along_mean_what_there_is(name: str) -> None:
    assert list(nameless(load_scenario(name))) == []
