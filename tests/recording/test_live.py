"""A live session is kept as it is, with a clock that a test moves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from textual.drivers.headless_driver import HeadlessDriver

from controlroom.recording.errors import RecordingError
from controlroom.recording.glass import Glass
from controlroom.recording.live import LiveRecorder
from controlroom.tui.recorder import overheard
from tests.tui_app.shelf import Shelf, app_on, shown, until


class Clock:
    """Moves when it is told to."""

    def __init__(self) -> None:
        self.now = 5_000_000_000

    def __call__(self) -> int:
        return self.now


def events(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_what_is_sent_is_kept_with_its_time(tmp_path: Path) -> None:
    clock = Clock()
    recorder = LiveRecorder(tmp_path / "my.cast", named=True, clock=clock)
    path = recorder.begin(80, 24, "control-room")
    clock.now += 1_500_000_000
    recorder.write("hello")
    clock.now += 250_000_000
    recorder.resized(100, 30)
    recorder.end()
    recorder.end()
    recorder.write("too late")
    header, cleared, *rest = events(path)
    assert header["version"] == 3
    assert header["term"]["cols"] == 80
    assert cleared[1] == "o"
    assert rest == [[1.5, "o", "hello"], [0.25, "r", "100x30"], [0.0, "x", "0"]]
    assert recorder.path is None


def test_what_changes_other_terminals_or_tells_the_clipboard_is_left_out(tmp_path: Path) -> None:
    recorder = LiveRecorder(tmp_path / "my.cast", named=True, clock=Clock())
    path = recorder.begin(80, 24, "control-room")
    recorder.write("\x1b[?1049h\x1b[?1003h\x1b[>1u\x1b[?2026$p\x1b[?2004h")
    recorder.write("\x1b]52;c;c2VjcmV0\x07\x1b[?25l\x1b[3;4Hx")
    recorder.end()
    assert [event[2] for event in events(path)[2:]] == ["\x1b[?25l\x1b[3;4Hx", "0"]


def test_each_session_has_a_file_of_its_own(tmp_path: Path) -> None:
    recorder = LiveRecorder(tmp_path / "kept", clock=Clock(), today=lambda: "2012-08-01")
    names = []
    for _ in range(2):
        names.append(recorder.begin(80, 24, "").name)
        recorder.end()
    assert names == ["2012-08-01-1.cast", "2012-08-01-2.cast"]


def test_who_records_twice_in_one_session_keeps_both(tmp_path: Path) -> None:
    """The key that ends a film begins the next one, which is none over the first."""
    recorder = LiveRecorder(tmp_path / "my.cast", named=True, clock=Clock())
    for _ in range(2):
        recorder.begin(80, 24, "")
        recorder.end()
    assert {path.name for path in tmp_path.iterdir()} == {"my.cast", "my-2.cast"}


def test_with_force_only_what_stood_there_before_is_written_over(tmp_path: Path) -> None:
    file = tmp_path / "my.cast"
    file.write_text("of yesterday", encoding="utf-8")
    recorder = LiveRecorder(file, named=True, force=True, clock=Clock())
    names = []
    for _ in range(2):
        names.append(recorder.begin(80, 24, "").name)
        recorder.end()
    assert names == ["my.cast", "my-2.cast"]
    assert "of yesterday" not in file.read_text(encoding="utf-8")


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    recorder = LiveRecorder(tmp_path / "file" / "below", clock=Clock())
    with pytest.raises(RecordingError, match="cannot be recorded to"):
        recorder.begin(80, 24, "")
    assert recorder.path is None


def test_a_disk_that_is_full_ends_the_recording_with_a_word() -> None:
    recorder = LiveRecorder(Path("/dev/full"), named=True, force=True, clock=Clock())
    with pytest.raises(RecordingError, match="takes no more"):
        recorder.begin(80, 24, "")
    recorder.write("more")
    assert recorder.path is None


async def test_a_key_records_the_session_and_ends_it(tmp_path: Path) -> None:
    """What the file shows, played to its end, is what was on the screen."""

    class Terminal(HeadlessDriver):
        """Takes everything."""

        @property
        def is_headless(self) -> bool:
            return False

    app = app_on(Shelf())
    app.recorder = LiveRecorder(tmp_path / "my.cast", named=True)

    def built(*_: Any, size: tuple[int, int] | None = None, **__: Any) -> Any:
        app._driver = overheard(Terminal, app._sent)(app, size=size)
        return app._driver

    app._build_driver = built  # type: ignore[method-assign]
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, "START AT")
        await pilot.press("ctrl+r")
        await until(pilot, "recording to")
        await pilot.press("down")
        await pilot.pause()
        screen = shown(app)
        await pilot.press("ctrl+r")
        await until(pilot, "recorded:")
    glass = Glass(100, 30)
    kept = events(tmp_path / "my.cast")
    for _, code, data in kept[1:]:
        if code == "o":
            glass.write(data)
    assert kept[-1][1] == "x"
    for word in screen.split():
        assert word in glass.text


async def test_without_a_recorder_the_key_does_nothing() -> None:
    app = app_on(Shelf())
    async with app.run_test() as pilot:
        await until(pilot, "START AT")
        await pilot.press("ctrl+r")
        assert "recording" not in shown(app)
