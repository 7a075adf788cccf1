"""A session that is kept while somebody plays it in a terminal."""

from __future__ import annotations

from pathlib import Path

from controlroom.cli.app import run
from controlroom.recording.glass import Glass
from controlroom.recording.session import read_cast
from tests.terminal.conftest import Start


def shown(path: Path) -> str:
    """What a cast shows at its end."""
    tape = read_cast(path)
    glass = Glass(tape.columns, tape.rows)
    for event in tape.events:
        glass.show(event)
    return glass.text


def test_somebody_plays_keeps_it_and_makes_a_film_of_it(start: Start, tmp_path: Path) -> None:
    """From the shell: play, two kinds of films in one session, and a page of the first."""
    kept = tmp_path / "my.cast"
    player = start("play", "knight-2012", "--start", "09:30", "--record", str(kept))
    player.wait_for("start the clock")
    player.send("enter")
    player.wait_for("SMARS-8")
    player.send("ctrl+r")
    player.wait_for("recorded:")
    player.send("ctrl+r")
    player.wait_for("my-2.cast")
    player.send("ctrl+q")
    player.wait_for("Leave the run")
    player.send("ctrl+q")
    assert player.wait_exit() == 0
    assert "SMARS-8" in shown(kept)
    assert "SMARS-8" in shown(tmp_path / "my-2.cast")
    assert run(["record", str(kept), "-o", str(tmp_path / "my.html")]) == 0
    assert run(["record", str(kept), "-o", str(tmp_path / "my.png")]) == 0
