"""Small films for tests: some seconds of the storm and a minute of a drill, made once."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Final

import pytest

from controlroom.recording.demo_file import parse_demo
from controlroom.recording.director import perform
from controlroom.recording.recording import Recording
from controlroom.runs.run import Run
from controlroom.scenario import load_scenario

STORM: Final = """\
title: The storm
size: 120x38
start: 09:30
speed: 10

chapter The open
caption Seven servers behave. One does not.
press 8
wait 1
give look smars-8
wait 1
caption
press escape ctrl+p
type pos
wait 0.5
picture palette What can be given
press escape
chapter The stop
until 09:31:00
picture stopped A minute later
"""
"""Keys, typing, the palette, the prompt and the world's own clock."""

PANES: Final = """\
start: 09:34

wait 0.4
"""


@functools.cache
def storm() -> Recording:
    """The film of `STORM`."""
    return perform(parse_demo(STORM, "storm.demo"))


@functools.cache
def short() -> Recording:
    """Less than a second of film."""
    return perform(parse_demo(PANES, "panes.demo"))


@pytest.fixture(scope="session")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A minute of a drill in which time stood still once, with a word between."""
    path = tmp_path_factory.mktemp("drill") / "drill.jsonl"
    scenario = load_scenario("knight-2012")
    with Run.begin(scenario, start="09:30", journal=path, seat="facilitator") as run:
        run.give("drill 4", "facilitator")
        run.advance(4)
        run.give("join engineer", "facilitator")
        run.advance(76)
        run.give("freeze somebody fell", "facilitator")
        run.advance(4)
        run.give("note we wait", "engineer")
        run.give("go", "facilitator")
        run.advance(40)
        run.give("kill smars-8", "engineer")
        run.advance(80)
    return path
