"""A drill in the storm: eight seats and the facilitator in one process, then thirty who look on.

Each seat is an app of its own with a terminal that swallows what is drawn, as a connection does. A
process of its own has the drill; what it needs of the processor and of memory is its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any, Final

from benchmarks.figures import Figure, percentile

OF_A_CORE: Final = 60.0
MEGABYTES: Final = 200.0
ONE_FRAME: Final = 50.0
KEY: Final = 100.0

_DRILL: Final = """
import asyncio, json, sys, time
import psutil
from controlroom import load_scenario
from controlroom.drill.host import Host
from controlroom.drill.hosting import begin
from controlroom.drill.seat_app import SeatApp, show_seat
from controlroom.runs.run import Run

lookers = int(sys.argv[1])

class Wire:
    behind = False
    def __init__(self):
        self.bytes, self.wanted, self.seen = 0, "", 0.0
    def send(self, text):
        self.bytes += len(text)
        if self.wanted and self.wanted in text:
            self.wanted, self.seen = "", time.perf_counter()

async def shown(wire, text, deadline=3.0):
    wire.wanted = text
    begun = time.perf_counter()
    while wire.wanted and time.perf_counter() - begun < deadline:
        await asyncio.sleep(0.001)
    return (wire.seen - begun) * 1000

async def main():
    run = Run.begin(load_scenario("knight-2012"), start="09:30", journal=None)
    begin(run, 8)
    host = Host(run)
    seats = ["commander", "engineer", "engineer", "risk", "liaison", "comms", "comms", "observer"]
    seats += ["facilitator"] + ["observer"] * lookers
    apps = [SeatApp(host, seat, Wire()) for seat in seats]
    tasks = [asyncio.create_task(show_seat(app, 160, 45)) for app in apps]
    clock = asyncio.create_task(host.keep_time())
    await asyncio.sleep(8)
    process = psutil.Process()
    before, begun = sum(process.cpu_times()[:2]), time.monotonic()
    drawn = sum(app.wire.bytes for app in apps)
    await asyncio.sleep(15)
    wall = time.monotonic() - begun
    spent = sum(process.cpu_times()[:2]) - before
    drawn = sum(app.wire.bytes for app in apps) - drawn
    keys, others = [], []
    for turn in range(40):
        app, other = apps[1], apps[0]
        app.terminal.feed(":")
        word = f"q{turn:03d}"
        app.terminal.feed(word)
        keys.append(await shown(app.wire, word[-1]))
        app.terminal.feed("\\x1b")
        await asyncio.sleep(0.15)
        app.terminal.feed("\\x15\\x1b")
        await asyncio.sleep(0.1)
        # Only cells that differ are sent, so each word shares no letter with the one before.
        text = chr(ord("a") + turn % 26) * 9
        given = time.perf_counter()
        now = run.now
        run.give(f"tell commander {text}", "engineer")
        other.wire.wanted = text
        while run.now == now:
            await asyncio.sleep(0.001)
        taken = time.perf_counter()
        while other.wire.wanted and time.perf_counter() - taken < 3:
            await asyncio.sleep(0.001)
        others.append((other.wire.seen - taken) * 1000)
    found = {"cpu": spent / wall * 100, "mb": process.memory_info().rss / 1e6,
             "kbs": drawn / wall / 1000 / len(apps), "keys": keys, "others": others}
    for app in apps:
        app.exit()
    clock.cancel()
    await asyncio.wait(tasks, timeout=10)
    sys.__stdout__.write(json.dumps(found))
    sys.__stdout__.flush()

asyncio.run(main())
"""


def drill() -> list[Figure]:
    """Nine screens, then thirty more."""
    few, many = _hosted(0), _hosted(30)
    return [
        Figure("processor, 8 seats and the facilitator, 1x", few["cpu"], "% of a core", OF_A_CORE),
        Figure("memory", few["mb"], "MB", MEGABYTES),
        Figure("written, a screen", few["kbs"], "KB/s"),
        Figure("key on the own screen, p95", percentile(few["keys"], 95), "ms", KEY),
        Figure(
            "words on another's screen after the step, p95",
            percentile(few["others"], 95),
            "ms",
            ONE_FRAME,
        ),
        Figure("processor, 30 more who look on", many["cpu"], "% of a core"),
        Figure("memory with them", many["mb"], "MB"),
        Figure("key on the own screen with them, p95", percentile(many["keys"], 95), "ms", KEY),
    ]


def _hosted(lookers: int) -> dict[str, Any]:
    command = [sys.executable, "-c", _DRILL, str(lookers)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(told.stdout)
    return found
