"""The control room on a terminal: how soon it is there, what it costs, how it answers, its pace.

Everything is measured from outside: processor time by the operating system's count, repaints and
bytes by what arrives at the terminal, the world's step by the journal that the run keeps.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, figure, percentile
from benchmarks.terminal import Terminal, controlroom
from controlroom.runs.errors import JournalError
from controlroom.runs.journal import read_journal

STORM: Final = "09:34"
"""Where play starts: the storm has run for four minutes, and nobody stops it."""

SETTLE: Final = 3.0
WINDOW: Final = 10.0
SLOW: Final = 100_000
"""Bytes a second of the slow link."""

UNIQUE: Final = "абвгдежзийклмнопрстуфхцчшщэюя"
"""Letters that stand nowhere on the screen, so that the one just typed is known when it comes."""

TARGETS: Final = {1: 12.0, 60: 25.0}
"""Most percent of a core, by speed."""


def start() -> list[Figure]:
    """How soon a person sees something."""
    return [
        figure("--help", [_help() for _ in range(9)], "ms", 100),
        figure("first content, title screen", [_title() for _ in range(9)], "ms", 350),
        figure("first content, play at 09:34", [_briefing() for _ in range(5)], "ms"),
        figure("from the briefing to the room", [_entering() for _ in range(5)], "ms"),
    ]


def room() -> list[Figure]:
    """What the room costs in the storm, at each speed and paused."""
    found: list[Figure] = []
    for speed in (1, 60):
        with _in_the_storm(speed) as (terminal, journal):
            found += cost(terminal, f"{speed}x", TARGETS[speed])
            if speed == 60:
                found.append(_updates(terminal))
            found += keys(terminal, f"{speed}x", 35)
            found.append(_pace(terminal, journal, f"{speed}x", speed))
            found.append(Figure(f"memory, {speed}x", _megabytes(terminal), "MB", 150))
    with _in_the_storm(1) as (terminal, _):
        terminal.press(" ")
        terminal.read(SETTLE)
        found += cost(terminal, "paused", 2.0)
        found += keys(terminal, "paused", 35)
    return found


def link() -> list[Figure]:
    """The same over a link that takes 100 KB a second."""
    found: list[Figure] = []
    for speed in (1, 60):
        with _in_the_storm(speed, SLOW) as (terminal, journal):
            name = f"{speed}x at 100 KB/s"
            found += cost(terminal, name, TARGETS[speed])
            found += keys(terminal, name, 100)
            found.append(_pace(terminal, journal, name, speed))
    return found


@contextmanager
def _in_the_storm(speed: int, rate: int = 0) -> Iterator[tuple[Terminal, Path]]:
    """A room in the storm, with its journal."""
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder) / "storm.crjournal"
        command = controlroom(
            "play",
            "knight-2012",
            "--start",
            STORM,
            "--speed",
            str(speed),
            "--journal",
            str(journal),
        )
        with Terminal(command, Path(folder), rate=rate) as terminal:
            terminal.wait_for("SMARS")
            terminal.read(0.3)
            terminal.press("\r")
            if terminal.read(20, lambda heard: b"ANSWERS" in heard) is None:
                raise TimeoutError("the control room has not come")
            terminal.read(SETTLE)
            yield terminal, journal


def cost(terminal: Terminal, name: str, target: float) -> list[Figure]:
    """Processor time and bytes, over three windows."""
    loads, kilobytes = [], []
    for _ in range(3):
        begun, spent, wrote = time.perf_counter(), _processor(terminal), terminal.bytes
        terminal.read(WINDOW / 2)
        took = time.perf_counter() - begun
        loads.append((_processor(terminal) - spent) / took * 100)
        kilobytes.append((terminal.bytes - wrote) / took / 1000)
    return [
        figure(f"processor, {name}", loads, "% of a core", target),
        figure(f"written, {name}", kilobytes, "KB/s", 120),
    ]


def _updates(terminal: Terminal) -> Figure:
    """Repaints a second; as late as the target is missed, so the target is a longest interval."""
    begun, frames = time.perf_counter(), terminal.frames
    terminal.read(WINDOW)
    rate = (terminal.frames - frames) / (time.perf_counter() - begun)
    # 20 a second held: a window of ten seconds may lose one repaint at either end.
    return Figure("time between two updates, 60x", 1000 / rate, "ms", 50.6, f"{rate:.1f} a second")


def keys(terminal: Terminal, name: str, target: float) -> list[Figure]:
    """From a key to its letter on the screen, at moments that do not fall in with the frames."""
    waits: list[float] = []
    for round_ in range(4):
        terminal.press(":")
        terminal.read(0.3)
        for place, letter in enumerate(UNIQUE[:20]):
            terminal.read(0.07 + 0.013 * ((place * 7 + round_ * 3) % 11))
            wanted = letter.encode()
            terminal.press(letter)
            waited = terminal.read(5, lambda heard, wanted=wanted: wanted in heard)  # type: ignore[misc]
            waits.append(5000.0 if waited is None else waited * 1000)
        terminal.press("\x15\x1b")
        terminal.read(0.3)
    return [
        Figure(f"key to paint p50, {name}", percentile(waits, 50), "ms"),
        Figure(
            f"key to paint p90, {name}",
            percentile(waits, 90),
            "ms",
            target,
            f"{len(waits)} keys, longest {max(waits):.0f}",
        ),
    ]


def _pace(terminal: Terminal, journal: Path, name: str, speed: int) -> Figure:
    """How far the world is from where the clock on the wall wants it, after ten seconds."""
    first, begun = _moment(terminal, journal)
    terminal.read(WINDOW)
    last, ended = _moment(terminal, journal)
    wanted = (ended - begun) * speed
    went = (last - first) / 4
    # A frame's worth at either end is what the eye of the journal cannot tell.
    unsure = max(speed * 0.05, 0.25) * 2
    return Figure(
        f"drift in {WINDOW:.0f} s, {name}",
        abs(went - wanted),
        "s",
        unsure,
        f"{went:.2f} s of the world in {wanted:.2f} s",
    )


def _moment(terminal: Terminal, journal: Path) -> tuple[int, float]:
    """The world's step, and when it was that."""
    step = _step(journal)
    until = time.perf_counter() + 2
    while time.perf_counter() < until:
        terminal.read(0.005)
        if (now := _step(journal)) != step:
            return now, time.perf_counter()
    return step, time.perf_counter()


def _step(journal: Path) -> int:
    """The step that the journal knows of; it is written over while this reads, so perhaps twice."""
    try:
        return read_journal(journal).reached
    except JournalError:
        return read_journal(journal).reached


def _processor(terminal: Terminal) -> float:
    times = terminal.process.cpu_times()
    return float(times.user + times.system)


def _megabytes(terminal: Terminal) -> float:
    return float(terminal.process.memory_info().rss) / 1e6


def _help() -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "controlroom", "--help"], check=True, capture_output=True)
    return (time.perf_counter() - begun) * 1000


def _title() -> float:
    with tempfile.TemporaryDirectory() as folder, Terminal(controlroom(), Path(folder)) as terminal:
        return terminal.wait_for("Knight") * 1000


def _briefing() -> float:
    command = controlroom("play", "knight-2012", "--start", STORM)
    with tempfile.TemporaryDirectory() as folder, Terminal(command, Path(folder)) as terminal:
        return terminal.wait_for("SMARS") * 1000


def _entering() -> float:
    command = controlroom("play", "knight-2012", "--start", STORM)
    with tempfile.TemporaryDirectory() as folder, Terminal(command, Path(folder)) as terminal:
        terminal.wait_for("SMARS")
        terminal.read(1)
        terminal.press("\r")
        waited = terminal.read(20, lambda heard: b"ANSWERS" in heard)
        return 20_000.0 if waited is None else waited * 1000
