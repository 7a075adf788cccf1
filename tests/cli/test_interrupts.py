"""Ctrl-C is heard from the first moment on, wherever Python happens to be."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from controlroom.cli import interrupts
from controlroom.cli.interrupts import Interrupts, listen
from tests.debrief.conftest import BADLY, play

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGINT"), reason="no signals here")


@pytest.fixture
def _listening() -> Iterator[None]:
    """As in a program that has just begun."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    listen()
    yield
    signal.signal(signal.SIGINT, before)
    interrupts._heard.clear()


class _Thing:
    """Something that can be referred to weakly."""


@pytest.mark.usefixtures("_listening")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_python_throws_away_is_not_lost() -> None:
    """An exception in a callback is printed and forgotten; imports run such callbacks."""
    thing = _Thing()
    watched = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGINT))
    del thing
    assert watched() is None, "the program goes on as if nothing had been pressed"
    with Interrupts() as heard:
        assert heard.wanted
    with Interrupts() as again:
        assert not again.wanted, "it has been taken once"


@pytest.mark.usefixtures("_listening")
def test_it_is_raised_all_the_same() -> None:
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_a_program_that_was_told_to_ignore_it_goes_on_ignoring_it() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        listen()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def _until(master: int, wanted: str, seconds: float = 60) -> str:
    """What a program has said on its terminal, once it says `wanted`."""
    seen, ends = "", time.monotonic() + seconds
    while wanted not in seen:
        assert time.monotonic() < ends, seen
        if select.select([master], [], [], 0.2)[0]:
            try:
                seen += os.read(master, 4096).decode()
            except OSError:
                break
    return seen


def _gone(group: int) -> bool:
    """Whether all processes of a group end within some seconds."""
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.slow
def test_ctrl_c_in_a_debrief_leaves_what_there_is_and_no_process(tmp_path: Path) -> None:
    """Pressed as soon as the first progress is shown, for every process of the terminal at once."""
    from controlroom import load_scenario

    journal = play(load_scenario("knight-2012"), tmp_path / "badly.jsonl", BADLY, start="09:30")
    target = tmp_path / "page.md"
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "controlroom", "debrief", str(journal), "-o", str(target)]
    process = subprocess.Popen(
        [*command, "--seeds", "200", "--workers", "2"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    seen = _until(master, " %")
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(60) == 130
    seen += _until(master, "stopped")
    os.close(master)
    assert "Traceback" not in seen
    assert target.exists() == ("holds what had been computed" in seen)
    assert _gone(process.pid)
