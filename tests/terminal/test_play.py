"""From the title screen to the result, as a person does it, in a real pseudo-terminal."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.conftest import Start
from tests.terminal.pty_player import PtyPlayer

pytestmark = [pytest.mark.pty, pytest.mark.slow]

CLOCK = re.compile(r"\b(\d\d:\d\d:\d\d)\.\d\d ET")


def clock_of(player: PtyPlayer) -> str:
    """The time of day that the room shows."""
    found = CLOCK.search(player.wait_for(lambda text: CLOCK.search(text) is not None))
    assert found is not None
    return found[1]


def open_room(player: PtyPlayer, downs: int = 0) -> None:
    """From the title, through the briefing, to the room; `downs` chooses the mark."""
    player.wait_for("09:34  The exchange")
    player.send(*["down"] * downs, "enter")
    player.wait_for("start the clock")
    player.send("enter")
    player.wait_for("SMARS-8")


def journals(folder: Path) -> list[Path]:
    return sorted((folder / "runs").glob("*.jsonl"))


def test_a_person_wins_by_killing_the_stale_server_before_the_open(
    start: Start, tmp_path: Path
) -> None:
    """Title, briefing, a command that asks, the bell, handing over, the result, and out."""
    player = start(columns=120, rows=35)
    open_room(player, downs=1)
    player.wait_for("09:25:0")
    player.send(":")
    player.type_line("kill smars-8")
    player.wait_for("y yes")
    player.send("y")
    player.wait_for("smars-8 killed")
    player.type_line("speed 60")
    player.wait_for("09:45:", timeout=60)
    player.type_line("handover")
    player.wait_for("y yes")
    player.send("y")
    shown = player.wait_for("on record", timeout=60)
    assert "Not one order was executed that no client had given." in shown
    player.send("t")
    player.wait_for("past runs")
    player.send("q")
    assert player.wait_exit() == 0
    assert player.left_as_found
    (journal,) = journals(tmp_path)
    end = json.loads(journal.read_text().splitlines()[-1])
    assert end["ended"] == "handed over"
    assert end["loss_usd"] <= 0
    verified = subprocess.run(
        [sys.executable, "-m", "controlroom", "verify", str(journal)], check=False
    )
    assert verified.returncode == 0


def test_a_killed_run_is_offered_and_goes_on_at_its_step(start: Start, tmp_path: Path) -> None:
    """`kill -9` in the middle; the title offers the run, and its world is the same one."""
    player = start(columns=120, rows=35)
    open_room(player, downs=3)
    player.wait_for("09:34:0")
    player.send(":")
    player.type_line("log smars-8")
    player.wait_for("log smars-8: given")
    player.wait_for(lambda text: CLOCK.search(text) is not None and "09:34:0" not in text)
    last = clock_of(player)
    player.signal(signal.SIGKILL)
    player.wait_exit()

    again = start(columns=120, rows=35)
    again.wait_for("Resume")
    again.send("r")
    again.wait_for("SMARS-8")
    assert last <= clock_of(again) <= last[:7] + "9"
    again.wait_for("smars-8  log")
    again.send("ctrl+q")
    again.wait_for("Leave the run")
    again.send("y")
    assert again.wait_exit() == 0
    (journal,) = journals(tmp_path)
    verified = subprocess.run(
        [sys.executable, "-m", "controlroom", "verify", str(journal)], check=False
    )
    assert verified.returncode == 0


def test_resizing_to_one_cell_and_back_leaves_the_room_as_it_was(start: Start) -> None:
    player = start(columns=120, rows=35)
    open_room(player, downs=2)
    for columns, rows in ((1, 1), (40, 10), (1, 60), (200, 1), (80, 24), (160, 45)):
        player.resize(columns, rows)
    # Sizes that follow each other within a frame may be taken for one; the last move of a hand is
    # slower than that.
    player.wait_for(lambda text: "ET" in text)
    player.resize(159, 45)
    player.wait_for(lambda text: "ET" in text)
    player.resize(160, 45)
    player.wait_for(lambda text: "SMARS-8" in text and "IN PROGRESS" in text)
    player.send("ctrl+q")
    player.wait_for("Leave the run")
    player.send("ctrl+q")
    assert player.wait_exit() == 0
    assert player.left_as_found
    assert "Traceback" not in player.said


def test_suspending_gives_the_terminal_back_and_resuming_takes_it(start: Start) -> None:
    player = start(columns=120, rows=35)
    player.wait_for("09:34  The exchange")
    player.send("ctrl+z")
    player.wait_stopped()
    player.signal(signal.SIGCONT)
    player.wait_for("START AT")
    player.send("q")
    assert player.wait_exit() == 0
    assert player.left_as_found


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=["TERM", "INT", "HUP"]
)
def test_being_told_to_end_leaves_the_terminal_as_it_was(
    start: Start, tmp_path: Path, number: signal.Signals
) -> None:
    player = start(columns=120, rows=35)
    open_room(player, downs=1)
    player.signal(number)
    assert player.wait_exit() == 128 + number
    assert player.left_as_found
    assert "Traceback" not in player.said
    assert len(journals(tmp_path)) == 1


def test_closing_the_window_ends_the_program_and_keeps_the_journal(
    start: Start, tmp_path: Path
) -> None:
    player = start(columns=120, rows=35)
    open_room(player, downs=1)
    player.hang_up()
    assert player.wait_exit() != 0
    again = start(columns=120, rows=35)
    again.wait_for("Resume")
    assert len(journals(tmp_path)) == 1


def test_the_mouse_begins_a_run(start: Start) -> None:
    player = start(columns=120, rows=35)
    player.wait_for("09:30  The opening bell")
    player.click("09:30  The opening bell")
    player.wait_for("start the clock")
    player.click("start the clock")
    player.wait_for("SMARS-8")
    assert clock_of(player) >= "09:30:00"


def test_sixteen_colours_and_no_colour_show_the_same_words(start: Start) -> None:
    plain = start(columns=80, rows=24, env={"TERM": "linux", "COLORTERM": ""})
    plain.wait_for("START AT")
    grey = start(columns=80, rows=24, env={"NO_COLOR": "1"})
    grey.wait_for("START AT")
    assert not re.search(rb"\x1b\[[\d;]*3[1-6]m", bytes(grey.output))
