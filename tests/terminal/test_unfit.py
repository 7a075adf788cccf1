"""A terminal that cannot show the room gets a sentence, no drawing, and an exit code."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.terminal.conftest import Start

pytestmark = pytest.mark.pty


def test_a_dumb_terminal_is_told_what_is_needed(start: Start) -> None:
    player = start(env={"TERM": "dumb"})
    assert player.wait_exit() == 2
    assert player.text.startswith("Control Room needs a terminal that can place its cursor")
    assert b"\x1b" not in player.output


def test_a_small_terminal_is_told_how_large_it_has_to_be(start: Start) -> None:
    player = start(columns=79, rows=24)
    assert player.wait_exit() == 2
    assert "at least 80 columns and 24 lines" in player.text.replace("\n", " ")
    assert b"\x1b" not in player.output


@pytest.mark.parametrize("arguments", [[], ["play", "knight-2012"]], ids=["title", "play"])
def test_a_pipe_is_told_of_plain_play(arguments: list[str], home: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "controlroom", *arguments],
        env={**os.environ, **home},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "--plain" in done.stderr
