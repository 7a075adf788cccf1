"""A session that was kept as a cast becomes every other kind of film."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest

from controlroom.cli.app import run
from controlroom.recording.cast import cast
from controlroom.recording.errors import RecordingError
from controlroom.recording.film import pictures_of
from controlroom.recording.glass import Glass
from controlroom.recording.live import LiveRecorder
from controlroom.recording.outputs import film_as
from controlroom.recording.picture import png
from controlroom.recording.session import film_of_session, read_cast
from controlroom.recording.tape import Tape
from tests.recording.conftest import storm
from tests.recording.test_tape import words_of


def glass_of(tape: Tape) -> Glass:
    """What a film shows at its end."""
    glass = Glass(tape.columns, tape.rows)
    for event in tape.events:
        glass.show(event)
    return glass


@pytest.mark.parametrize("version", [2, 3])
def test_a_cast_read_back_is_the_tape_that_it_was_written_from(
    version: int, tmp_path: Path
) -> None:
    file = tmp_path / "storm.cast"
    file.write_text(cast(storm().tape, version), encoding="utf-8")
    assert read_cast(file) == storm().tape


def test_its_pictures_show_what_the_app_showed(tmp_path: Path) -> None:
    """Drawn from the cells alone: the same words, and the same pixels where they stand."""
    file = tmp_path / "storm.cast"
    file.write_text(cast(storm().tape), encoding="utf-8")
    exported = storm().picture("stopped")
    recording = film_of_session(file, at=[exported.at / 1000])
    assert words_of(recording.picture("0")) == words_of(exported)
    assert words_of(recording.picture("last")) == words_of(storm().picture("last"))
    assert png(recording.picture("0").svg)[:4] == b"\x89PNG"


def test_a_session_can_be_made_faster(tmp_path: Path) -> None:
    file = tmp_path / "storm.cast"
    file.write_text(cast(storm().tape), encoding="utf-8")
    tape = read_cast(file, speed=2)
    assert tape.length == round(storm().tape.length / 2)
    assert [title for _, title in tape.chapters] == ["The open", "The stop"]
    assert glass_of(tape).rows == glass_of(storm().tape).rows


def test_a_terminal_that_grew_is_as_large_as_it_was_at_most(tmp_path: Path) -> None:
    recorder = LiveRecorder(tmp_path / "my.cast", named=True)
    recorder.begin(80, 24, "control-room-light")
    recorder.write("\x1b[24;70Hsmall")
    recorder.resized(100, 30)
    recorder.write("\x1b[30;90Hlarge")
    recorder.end()
    tape = read_cast(tmp_path / "my.cast")
    assert (tape.columns, tape.rows, tape.theme) == (100, 30, "control-room-light")
    lines = glass_of(tape).text.splitlines()
    assert lines[29].endswith("large")
    assert "small" not in "".join(lines)
    assert len(pictures_of(tape)) == 1


def test_a_session_that_was_cut_off_is_played_up_to_there(tmp_path: Path) -> None:
    file = tmp_path / "cut.cast"
    text = cast(storm().tape)
    file.write_text(text[: len(text) // 2], encoding="utf-8")
    tape = read_cast(file)
    assert 0 < tape.length < storm().tape.length
    assert tape.events == storm().tape.events[: len(tape.events)]


HEAD = '{"version": 3, "term": {"cols": 80, "rows": 24}, "command": "controlroom"}\n'

OLD = '{"version": 2, "width": 80, "height": 24, "command": "controlroom"}\n'

BAD = [
    ("", "bad.cast is no cast: its first line says no version"),
    ("[]\n", "bad.cast is no cast: its first line says no version"),
    (HEAD.replace("controlroom", "bash"), "bad.cast was not kept by Control Room; only its own"),
    (HEAD.replace("3", "7"), "bad.cast was not kept by Control Room"),
    (HEAD.replace("80", "0"), "bad.cast: line 1: no terminal has the size 0x24"),
    (HEAD.replace('"cols": 80, ', ""), "bad.cast: line 1: no terminal has the size ?x24"),
    (HEAD + '[1, "o"]\n', 'line 2 is no event; one is [seconds, "o", "what was shown"]'),
    (HEAD + '[-1, "o", "x"]\n', "line 2 is no event"),
    (HEAD + '[NaN, "o", "x"]\n', "line 2 is no event"),
    (HEAD + '[1, "o", "x"]\n[0, "r", "9999x9999"]\n', "line 3: no terminal has the size 9999x9999"),
    (OLD + '[2, "o", "x"]\n[1, "o", "y"]\n', "line 3: time goes back"),
]


@pytest.mark.parametrize("text, said", BAD, ids=range(len(BAD)))
def test_what_is_no_session_of_ours_is_said_with_its_line(
    text: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.cast").write_text(text, encoding="utf-8")
    with pytest.raises(RecordingError) as caught:
        film_of_session(Path("bad.cast"))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["gone.cast", "-o", "x.webp"], "gone.cast cannot be read: no such file"),
        (["my.cast", "-o", "x.webp", "--from", "09:30"], "--from is for journals; a cast is as it"),
        (["my.cast", "-o", "x.png", "--at", "99"], "there is no picture at 99 s"),
        (["my.cast", "-o", "my.cast"], "my.cast exists already; --force writes over it"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_made_of_a_session_is_one_line(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my.cast").write_text(cast(storm().tape), encoding="utf-8")
    assert run(["record", *arguments]) > 0
    error = capsys.readouterr().err.lower()
    assert said.lower() in error
    assert error.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["my.cast"]


def test_hours_are_no_film_of_pictures() -> None:
    tape = attrs.evolve(storm().tape, length=3_600_000)
    hour = attrs.evolve(storm(), tape=tape)
    with pytest.raises(RecordingError, match=r"60 minutes long, and 15 are the most for a \.webp"):
        film_as("webp", hour)
    assert json.loads(film_as("cast", hour).splitlines()[-1])[1] == "x"
