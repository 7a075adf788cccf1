"""Small films for tests: some seconds of the storm, made once."""

from __future__ import annotations

import functools
from typing import Final

from controlroom.recording.demo_file import parse_demo
from controlroom.recording.director import perform
from controlroom.recording.recording import Recording

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
