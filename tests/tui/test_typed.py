"""What was typed outlives the run and the program, in a small plain file."""

from __future__ import annotations

from pathlib import Path

import pytest

from controlroom.sim.commands.grammar import MAX_TEXT
from controlroom.tui.editor import History
from controlroom.tui.typed import MOST_BYTES, keep_line, load_lines, remembered
from tests.tui.conftest import sit_down


def older(history: History) -> list[str]:
    lines = []
    while (line := history.older("")) is not None:
        lines.append(line)
    return lines


def test_another_program_begins_with_what_was_typed_in_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "state" / "typed.txt"
    first = remembered(path)
    for line in ("look smars-3", "kill smars-8", "kill smars-8"):
        first.add(line)
    assert path.read_text() == "look smars-3\nkill smars-8\n"
    assert older(remembered(path)) == ["kill smars-8", "look smars-3"]


def test_the_file_stays_small_and_keeps_what_is_new(tmp_path: Path) -> None:
    path = tmp_path / "typed.txt"
    history = remembered(path)
    for number in range(9_000):
        history.add(f"note number {number}")
    assert path.stat().st_size <= MOST_BYTES
    assert older(remembered(path))[:2] == ["note number 8999", "note number 8998"]
    assert [file.name for file in tmp_path.iterdir()] == ["typed.txt"]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a" * (MAX_TEXT + 1), b"\x1b[2Jlook\n", b""])
def test_what_is_no_line_of_a_prompt_is_left_out(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "typed.txt"
    path.write_bytes(content + b"\npmon\n")
    assert load_lines(path)[-1] == "pmon"
    assert all(line.isprintable() for line in load_lines(path))


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    history = remembered(tmp_path / "file" / "typed.txt")
    history.add("pmon")
    assert older(history) == ["pmon"]
    keep_line("note a\nb", tmp_path / "typed.txt")
    assert not (tmp_path / "typed.txt").exists()


async def test_the_arrows_reach_the_lines_of_the_run_before(tmp_path: Path) -> None:
    path = tmp_path / "typed.txt"
    async with sit_down(typed=remembered(path)) as player:
        await player.type("look smars-3")
        assert player.given == ["look smars-3"]
    async with sit_down(typed=remembered(path)) as player:
        await player.press(":", "up", "enter")
        assert player.given == ["look smars-3"]
