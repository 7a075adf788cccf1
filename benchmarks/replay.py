"""The replay of a morning on a terminal: how soon it stands, what playing it both ways costs."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, figure
from benchmarks.screen import SETTLE, cost, keys
from benchmarks.terminal import Terminal, controlroom
from controlroom.runs.policy import REFERENCE, follow, load_policy
from controlroom.runs.run import Run
from controlroom.scenario import load_scenario

UNTIL: Final = "10:20"
FROM: Final = "10:10:00"
"""Where backwards begins: a window of fifteen seconds at 60x stays in the storm."""


def replay() -> list[Figure]:
    """Of the reference run up to just after its storm."""
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder) / "morning.jsonl"
        scenario = load_scenario("knight-2012")
        with Run.begin(scenario, journal=journal) as run:
            follow(run, load_policy(REFERENCE, scenario), scenario.day.parse(UNTIL))
        command = controlroom("replay", str(journal), "--at", FROM)
        stood, read = [], []
        for _ in range(3):
            with Terminal(command, Path(folder)) as terminal:
                stood.append(terminal.wait_for("REPLAY") * 1000)
                # Beside the truth the title counts cues, which it can when everything is read.
                terminal.press("t")
                read.append(terminal.wait_for("never opened", 60) * 1000)
        found = [
            figure("a replay stands, from the shell", stood, "ms"),
            figure("and all of it has been read", read, "ms"),
        ]
        with Terminal(command, Path(folder)) as terminal:
            terminal.wait_for("REPLAY")
            terminal.read(15)
            found += cost(terminal, "replay, standing", 2.0)
            terminal.press("r+++++ ")
            terminal.read(SETTLE)
            found += cost(terminal, "replay, 60x backwards", 40.0)
            terminal.press("r")
            terminal.read(SETTLE)
            found += cost(terminal, "replay, 60x forwards", 25.0)
            terminal.press("rt")
            terminal.read(SETTLE)
            found += cost(terminal, "replay, 60x backwards beside the truth", 40.0)
            found += keys(terminal, "replay, 60x backwards beside the truth", 50)
    return found
