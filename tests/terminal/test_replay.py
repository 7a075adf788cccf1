"""Play badly, go back to the first mail, take over, stop the stale server: in a terminal."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from controlroom.runs.journal import read_journal
from tests.terminal.conftest import Start
from tests.terminal.pty_player import PtyPlayer
from tests.terminal.test_play import journals, open_room

pytestmark = [pytest.mark.pty, pytest.mark.slow]


def wait_until_read(player: PtyPlayer) -> None:
    """Until the timeline stands and nothing of the journal is left to read."""
    player.wait_for(lambda text: "cues" in text and "reading the journal" not in text, timeout=60)


def test_ten_bad_minutes_are_played_again_from_the_first_mail(start: Start, tmp_path: Path) -> None:
    player = start(columns=120, rows=35)
    open_room(player, downs=2)
    player.wait_for("09:30:0")
    player.send(":")
    player.type_line("uninstall smars-1 smars-2")
    player.wait_for(lambda text: "y yes" in text or "given" in text)
    if "y yes" in player.text:
        player.send("y")
    player.type_line("speed 60")
    player.wait_for(lambda text: re.search(r"\b09:4\d:\d\d\.\d\d ET", text) is not None, timeout=60)
    player.send("escape", "ctrl+q")
    player.wait_for("Leave the run")
    player.send("t")
    player.wait_for("past runs")

    player.send("p")
    player.wait_for("r replays it")
    player.send("r")
    wait_until_read(player)
    # Backwards from the end, faster than anybody lived it.
    player.send("end", "r", "+", "+", "+", "+", "+", "space")
    player.wait_for("60x backwards")
    player.wait_for(lambda text: re.search(r"\b09:3[0-5]:\d\d\.\d\d ET", text) is not None)
    player.send("space", "home", "m")
    player.wait_for(" mail: ")
    player.send(":")
    player.type_line("kill smars-8")
    asked = player.wait_for(lambda text: re.search(r"Take over at [\d:]{8} in", text) is not None)
    # The clock on the screen may be a frame behind; what is asked is where it will be.
    first_mail = re.findall(r"Take over at ([\d:]{8}) in", asked)[-1]
    assert "09:30:00" <= first_mail < "09:32:00"
    player.send("y")
    player.wait_for(f"TAKEN OVER AT {first_mail}")
    player.wait_for("PAUSED")
    player.send("space")
    player.wait_for("smars-8 killed")
    player.send(":")
    player.type_line("original")
    player.wait_for("Back to the run")
    player.send("y")
    player.wait_for("REPLAY")
    player.send("q")
    player.wait_for("Past runs")
    player.send("ctrl+q")
    assert (player.wait_exit(), player.left_as_found) == (0, True)

    bad, better = journals(tmp_path)
    assert read_journal(better).header.forked_from == bad.name
    assert [given.command for given in read_journal(bad).commands] == ["uninstall smars-1 smars-2"]
    assert read_journal(better).commands[-1].command == "kill smars-8"
    for journal in (bad, better):
        done = subprocess.run(
            [sys.executable, "-m", "controlroom", "verify", str(journal)], check=False
        )
        assert done.returncode == 0


def test_a_replay_opens_from_the_shell_at_a_time_and_goes_back_to_it(
    start: Start, tmp_path: Path
) -> None:
    made = tmp_path / "run.jsonl"
    subprocess.run(
        [sys.executable, "-m", "controlroom", "simulate", "knight-2012", "--until", "09:33",
         "--journal", str(made)],
        check=True, capture_output=True,
    )  # fmt: skip
    player = start("replay", str(made), "--at", "09:31:00", columns=80, rows=24)
    wait_until_read(player)
    player.wait_for("09:31:00.00 ET")
    player.send("t")
    player.wait_for("on POWER PEG")
    player.send("t", "q")
    assert player.wait_exit() == 0
    assert player.left_as_found


def test_a_journal_that_is_not_true_is_named_on_the_shell(start: Start, tmp_path: Path) -> None:
    made = tmp_path / "run.jsonl"
    subprocess.run(
        [sys.executable, "-m", "controlroom", "simulate", "knight-2012", "--until", "08:03",
         "--journal", str(made)],
        check=True, capture_output=True,
    )  # fmt: skip
    lines = made.read_text().splitlines(keepends=True)
    lines[1] = re.sub(r'"digest": "\w+"', '"digest": "00"', lines[1])
    made.write_text("".join(lines))
    player = start("replay", str(made))
    assert player.wait_exit() == 1
    assert "line 2: the world at 08:00:00" in player.said.replace("\n", " ")
    assert player.left_as_found
