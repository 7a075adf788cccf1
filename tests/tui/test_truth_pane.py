"""The truth as text: it fits, it is plain where it has to be, and it names what runs away."""

from __future__ import annotations

import pytest

from controlroom.tui.look import ASCII, UNICODE
from controlroom.tui.widgets.truth import TruthPicture, truth_lines
from tests.tui.canned_replay import at, true_things

LONG = "The mails of the morning name SMARS and Power Peg, ninety-seven times before the bell"


def picture(clock: str = "09:34:12") -> TruthPicture:
    return TruthPicture(true_things(at(clock)), "on-call", 5, (LONG, LONG, "short"))


@pytest.mark.parametrize("width", [30, 40, 46, 76, 120])
@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
def test_every_line_fills_the_pane(width: int, glyphs: object) -> None:
    lines = truth_lines(picture(), width, 20, glyphs)  # type: ignore[arg-type]
    assert {len(line.text) for line in lines} == {width}
    assert len(lines) <= 20
    if glyphs is ASCII:
        assert all(line.text.isascii() for line in lines)


def test_the_server_that_runs_away_says_so_in_words_and_the_others_do_not() -> None:
    shown = [line.text for line in truth_lines(picture(), 46, 40, UNICODE)]
    naming = [line for line in shown if "POWER PEG" in line and "smars" in line]
    assert len(naming) == 1
    assert "smars-8  legacy" in naming[0]
    assert "41 on POWER PEG" in naming[0]


def test_before_the_bell_the_stale_server_is_marked_though_it_does_nothing_yet() -> None:
    shown = [line.text for line in truth_lines(picture("09:00:00"), 46, 40, UNICODE)]
    (stale,) = [line for line in shown if "legacy" in line]
    assert stale.startswith("! smars-8")
    assert stale.rstrip().endswith("refuses")


def test_in_little_room_the_fleet_and_the_money_come_before_the_orders() -> None:
    shown = "\n".join(line.text for line in truth_lines(picture(), 40, 19, UNICODE))
    assert "smars-8" in shown
    assert "PMON shows" in shown
    assert "3 of 5 there, not opened" in shown
    assert "POWER PEG PATH" not in shown
