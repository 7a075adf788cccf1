"""What is on a tape is what the app showed, and other programs can play it."""

from __future__ import annotations

import html
import json
import re
import sys
from pathlib import Path

import pytest

from controlroom.recording.cast import cast
from controlroom.recording.glass import Glass
from controlroom.recording.recording import Picture
from controlroom.recording.tape import Tape
from tests.recording.conftest import storm
from tests.terminal.pty_player import PtyPlayer


def screen_at(moment: int) -> str:
    """What the tape shows just before a moment."""
    tape = storm().tape
    glass = Glass(tape.columns, tape.rows)
    for event in tape.events:
        if event.at < moment:
            glass.show(event)
    return glass.text


def words_of(picture: Picture) -> set[str]:
    """Every word of a picture."""
    body = picture.svg.partition('clip-path="url(#')[2]
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", body)
    return set(" ".join(html.unescape(text).replace("\xa0", " ") for text in texts).split())


@pytest.mark.parametrize("name", ["palette", "stopped", "last"])
def test_the_glass_shows_what_the_app_showed(name: str) -> None:
    """Two ways to the same screen: the app's own export, and the bytes that the terminal got."""
    picture = storm().picture(name)
    shown = screen_at(picture.at)
    missing = {word for word in words_of(picture) if word not in shown}
    assert missing == set()
    assert len(words_of(picture)) > 50


def test_a_caption_stands_until_it_is_taken_away() -> None:
    assert "Seven servers behave. One does not." in screen_at(900)
    assert "Seven servers behave." not in screen_at(storm().tape.length)


@pytest.mark.parametrize("version", [2, 3])
def test_a_cast_is_what_its_format_says(version: int) -> None:
    tape = storm().tape
    header, *lines = cast(tape, version).splitlines()
    head = json.loads(header)
    assert head["version"] == version
    size = (head["width"], head["height"]) if version == 2 else (
        head["term"]["cols"], head["term"]["rows"]
    )  # fmt: skip
    assert size == (120, 38)
    assert "timestamp" not in head
    events = [json.loads(line) for line in lines]
    at = 0.0
    outputs = []
    for time, code, data in events:
        at = time if version == 2 else at + time
        if code == "o":
            outputs.append(data)
    assert at == pytest.approx(tape.length / 1000)
    assert "".join(outputs) == "".join(each.data for each in tape.events if each.code == "o")
    assert [data for _, code, data in events if code == "m"] == ["The open", "The stop"]


def test_asciinema_plays_version_2(tmp_path: Path) -> None:
    """In a terminal of the size of the film, to the end: there stands what the app showed last."""
    file = tmp_path / "storm.cast"
    file.write_text(cast(storm().tape, 2), encoding="utf-8")
    command = [sys.executable, "-m", "asciinema", "play", "--speed", "1000", str(file)]
    with PtyPlayer(command, columns=120, rows=38, env={"HOME": str(tmp_path)}) as terminal:
        assert terminal.wait_exit() == 0, terminal.text
        shown = terminal.text
    last = screen_at(storm().tape.length + 1).splitlines()
    assert "09:31:0" in shown
    assert [line for line in shown.splitlines() if line not in last] == []
    assert [line for line in last if line.strip() and line not in shown] == []


def test_output_of_one_moment_is_one_event() -> None:
    tape = Tape(80, 24)
    tape.output(1.0001, "a")
    tape.output(1.0004, "b")
    tape.output(1.002, "c")
    assert [(event.at, event.data) for event in tape.events] == [(1000, "ab"), (1002, "c")]


def test_a_glass_understands_what_terminals_are_sent() -> None:
    glass = Glass(10, 3)
    glass.write("\x1b[?25l\x1b]0;title\x07\x1b[2;3H\x1b[1;38;2;1;2;3;48;5;4mab\x1b[0m日c\x1b[1Ad")
    sign, look = glass.rows[1][2]
    assert (sign, look.text, look.ground, look.bold) == ("a", (1, 2, 3), 4, True)
    assert glass.rows[1][4] == ("日", glass.rows[1][6][1])
    assert glass.rows[1][5][0] == ""
    assert glass.rows[0][7][0] == "d"
    glass.write("\x1b[2J")
    assert glass.text.strip() == ""
