"""A drill is filmed from the facilitator's seat or from another, and a drill that was, from any."""

from __future__ import annotations

from pathlib import Path

import pytest

from controlroom.recording.demo_file import parse_demo
from controlroom.recording.director import Director, perform
from controlroom.recording.glass import Glass
from controlroom.recording.journal_film import Cut, film_of_journal
from controlroom.recording.recording import Recording
from controlroom.runs.replay import Replay

DRILL = """\
size: 140x40
start: 09:25
people: 6
speed: 10

press space
as comms group on
as comms tell engineer the mails name one host
until 09:25:20
give coach engineer nudge
wait 1
"""


def last_of(recording: Recording) -> str:
    """What stands on the screen in the end."""
    glass = Glass(recording.tape.columns, recording.tape.rows)
    for event in recording.tape.events:
        glass.show(event)
    return glass.text


def test_the_facilitator_sees_what_every_seat_does() -> None:
    demo = parse_demo(DRILL, "x.demo")
    recording = perform(demo)
    text = last_of(recording)
    assert "THE DRILL" in text
    assert "comms → engineer" in text
    assert "1 unheard" in text
    # Who does something sits there; at the other desks are the firm's people.
    (comms,) = (line for line in text.splitlines() if " comms  " in line and "quiet" in line)
    assert "1 of 1" in comms
    assert "no screen" not in text
    (risk,) = (line for line in text.splitlines() if " risk  " in line and "people" in line)
    assert "the firm's people" in risk
    assert perform(demo) == recording


def test_time_passes_in_a_drill_once_the_facilitator_has_begun_it() -> None:
    begun = last_of(perform(parse_demo(DRILL, "x.demo")))
    waits = "size: 140x40\nstart: 09:25\npeople: 6\nspeed: 10\n\nwait 2\n"
    assert "NOT BEGUN" in last_of(perform(parse_demo(waits, "x.demo")))
    assert "NOT BEGUN" not in begun
    assert "09:25:3" in begun


def test_a_seat_of_a_drill_has_its_own_screen_and_no_other() -> None:
    demo = parse_demo(
        "size: 120x35\nstart: 09:25\npeople: 6\nseat: engineer\n\n"
        "as comms tell engineer the mails name one host\nwait 1\ngive copy\nwait 1\n",
        "x.demo",
    )
    text = last_of(perform(demo))
    assert "comms → you" in text
    assert "SMARS-8" in text
    for kept_from_it in ("THE DRILL", "P&L"):
        assert kept_from_it not in text


@pytest.mark.parametrize(
    "seat, shows", [("facilitator", "THE DRILL"), ("risk", "BETWEEN SEATS")], ids=str
)
def test_a_drill_that_was_is_filmed_from_any_seat_as_it_was(
    drill: Path, seat: str, shows: str
) -> None:
    """Whoever is filmed sits down nowhere, so the world is the journal's."""
    demo, run = film_of_journal(drill, Cut(seat=seat, speed=10, columns=160))
    assert shows in last_of(Director(demo, run).record())
    replay = Replay.open(drill)
    replay.seek(replay.last)
    assert run.simulation.now == replay.last
    assert run.digest() == replay.digest()
