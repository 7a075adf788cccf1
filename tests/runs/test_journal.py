"""What a journal is, and what is said about one that is none."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import attrs
import pytest

from controlroom.runs import journal as format_
from controlroom.runs.errors import JournalError
from controlroom.runs.journal import (
    Checked,
    End,
    Given,
    Header,
    Reached,
    line_of,
    read_journal,
)

HEADER = Header(
    product="0.1.0",
    scenario="knight-2012",
    checksum="ab" * 32,
    folder="",
    controls=("kill-switch",),
    seed=7,
    mode="explore",
    start="09:25",
    step=20_400,
    seat="on-call",
    policy="",
    begins="08:00:00",
)

ENTRIES = (
    Checked(20_400, "aa"),
    Given(20_410, "on-call", "look smars-8"),
    Given(20_410, "on-call", 'note "ü" \\ and [bold]'),
    Checked(20_640, "bb"),
)


def written(path: Path, *lines: bytes) -> Path:
    """A file of lines."""
    path.write_bytes(b"".join(lines))
    return path


def whole(path: Path, *more: format_.Entry) -> Path:
    """A journal that is in order, with further lines."""
    return written(path, line_of(HEADER), *map(line_of, (*ENTRIES, *more)))


def refusal(path: Path) -> str:
    """What is said about a journal that is refused, without the path."""
    with pytest.raises(JournalError) as caught:
        read_journal(path)
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix(str(path))


def test_what_is_written_is_read(tmp_path: Path) -> None:
    journal = read_journal(whole(tmp_path / "a.jsonl", Reached(20_700)))
    assert journal.header == HEADER
    assert tuple(entry for _, entry in journal.entries) == ENTRIES
    assert [number for number, _ in journal.entries] == [2, 3, 4, 5]
    assert journal.reached == 20_700
    assert journal.end is None
    assert journal.mended == ""


def test_a_run_that_is_over_says_how(tmp_path: Path) -> None:
    end = End(20_700, "cc", "flat", 460_000_000)
    journal = read_journal(whole(tmp_path / "a.jsonl", end))
    assert journal.end == end
    assert journal.reached == 20_700


def test_two_commands_at_the_same_step_keep_their_order(tmp_path: Path) -> None:
    journal = read_journal(whole(tmp_path / "a.jsonl"))
    given = [entry.command for _, entry in journal.entries if isinstance(entry, Given)]
    assert given == ["look smars-8", 'note "ü" \\ and [bold]']


def test_a_line_is_plain_text_that_no_editor_and_no_terminal_changes() -> None:
    line = line_of(Given(1, "on-call", "note \x1b[31m\u2028ü\ud800"))
    assert line.isascii()
    assert line.count(b"\n") == 1
    assert line.decode().rstrip("\n").isprintable()


@pytest.mark.parametrize("cut", [1, 5, 30])
def test_a_torn_last_line_is_left_out_and_said(tmp_path: Path, cut: int) -> None:
    path = whole(tmp_path / "a.jsonl", Given(20_650, "on-call", "stop smars-8"))
    path.write_bytes(path.read_bytes()[:-cut])
    journal = read_journal(path)
    assert journal.reached == 20_640
    assert journal.torn == len(line_of(Given(20_650, "on-call", "stop smars-8"))) - cut
    assert "torn" in journal.mended
    assert str(journal.torn) in journal.mended


def test_blocks_that_were_never_filled_count_as_torn(tmp_path: Path) -> None:
    """A power cut may leave a file that has grown by zeros."""
    path = whole(tmp_path / "a.jsonl")
    path.write_bytes(path.read_bytes() + b"\0" * 500)
    assert read_journal(path).torn == 500


def test_the_line_of_the_step_that_was_reached_is_shorter_than_all_others() -> None:
    """It is written over, so whatever comes after it covers it."""
    longest = len(line_of(Reached(format_.MOST_STEPS)))
    assert longest < len(line_of(Given(0, "", "")))
    assert longest < len(line_of(Checked(0, "0" * 32)))


EDITED = {
    "not JSON": (2, b'{"step": \n', "line 2: is not a JSON object"),
    "not an object": (2, b"[1]\n", "line 2: is not a JSON object"),
    "an empty line": (3, b"\n", "line 3: is not a JSON object"),
    "deeply nested": (3, b"[" * 5000 + b"\n", "line 3: is not a JSON object"),
    "a number too large to read": (3, b'{"step": 1' + b"0" * 5000 + b"}\n", "line 3: is not a"),
    "not UTF-8": (3, b'{"step": "\xff"}\n', "line 3: is not a JSON object"),
    "a line too long": (3, b'{"step": "' + b"x" * 9000 + b'"}\n', "line 3: has more than 8,192"),
    "no kind": (3, b'{"step": 20410}\n', "line 3: is neither a command nor a digest nor an end"),
    "an unknown key": (
        3,
        b'{"step": 20410, "saet": "a", "command": "pmon"}\n',
        'line 3: has the unknown key "saet"; did you mean seat?',
    ),
    "a key that is missing": (3, b'{"step": 20410, "command": "pmon"}\n', "line 3: has no seat"),
    "a step in words": (
        3,
        b'{"step": "soon", "seat": "a", "command": "pmon"}\n',
        'line 3: step should be a whole number, not "soon"',
    ),
    "a step that is true": (
        3,
        b'{"step": true, "seat": "a", "command": "pmon"}\n',
        "line 3: step should be a whole number, not True",
    ),
    "a command that is none": (
        3,
        b'{"step": 20410, "seat": "a", "command": ["\x1b"]}\n'.replace(b"\x1b", b"\\u001b"),
        "line 3: command should be text, not ['\\x1b']",
    ),
    "a step before the one above": (
        4,
        b'{"step": 20405, "seat": "a", "command": "pmon"}\n',
        "line 4: is at step 20405, but the line above is at step 20410",
    ),
    "a step before the start": (
        2,
        b'{"step": 100, "seat": "a", "command": "pmon"}\n',
        "line 2: is at step 100, but the run begins at step 20400",
    ),
    "a step after any day": (3, b'{"reached": 99999999999}\n', "line 3: is at step 99999999999"),
    "a line after the last": (
        3,
        b'{"reached": 20410}\n',
        "line 4: stands after the line that ends the journal",
    ),
}


@pytest.mark.parametrize("edit", EDITED)
def test_an_edited_line_is_refused_with_its_number(tmp_path: Path, edit: str) -> None:
    number, line, expected = EDITED[edit]
    lines = whole(tmp_path / "a.jsonl").read_bytes().splitlines(keepends=True)
    lines[number - 1] = line
    said = refusal(written(tmp_path / "b.jsonl", *lines))
    assert said.startswith(f", {expected}")


NONE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", ": holds no whole line; the run had not begun"),
    "torn in the first line": (b'{"journal": 1, "pro', ": holds no whole line"),
    "text": (b"hello\nworld\n", ": is no journal of Control Room"),
    "binary": (bytes(range(1, 256)) * 9 + b"\n", ": is no journal of Control Room"),
    "other JSON": (b'{"version": 3}\n', ": is no journal of Control Room"),
    "a later format": (b'{"journal": 2}\n', ": is a journal of format 2; this version reads 1"),
    "a strange format": (b'{"journal": true}\n', ": is a journal of format True"),
    "a bare header": (b'{"journal": 1}\n', ", line 1: has no product"),
}


@pytest.mark.parametrize("kind", NONE)
def test_what_is_no_journal_is_refused(tmp_path: Path, kind: str) -> None:
    content, expected = NONE[kind]
    assert refusal(written(tmp_path / "a.jsonl", content)).startswith(expected)


@pytest.mark.parametrize(
    "change, expected",
    [
        ({"mode": "easy"}, 'the mode "easy" is not known'),
        ({"seat": "on-cal"}, 'the seat "on-cal" is not known'),
        ({"step": -4}, "step -4 is no step of a day"),
        ({"controls": [1]}, "controls should be a list of words, not [1]"),
        ({"seed": 1.5}, "seed should be a whole number, not 1.5"),
    ],
    ids=str,
)
def test_an_edited_header_is_refused(
    tmp_path: Path, change: dict[str, object], expected: str
) -> None:
    fields = json.loads(line_of(HEADER)) | change
    path = written(tmp_path / "a.jsonl", json.dumps(fields).encode() + b"\n")
    assert refusal(path) == f", line 1: {expected}"


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.jsonl") == ": there is no such file"
    assert refusal(tmp_path) == ": is no file"
    assert refusal(tmp_path / ("x" * 300)).startswith(": ")


def test_a_file_of_another_size_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(format_, "MOST_BYTES", 100)
    assert "is larger than" in refusal(whole(tmp_path / "a.jsonl"))


def test_a_name_that_would_act_on_a_terminal_is_shown_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\n.jsonl"
    with pytest.raises(JournalError) as caught:
        read_journal(path)
    assert str(caught.value).isprintable()


def test_an_error_can_cross_to_another_process(tmp_path: Path) -> None:
    error = JournalError(tmp_path, "is no file", 3)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - our own


def test_every_field_of_a_line_is_explained() -> None:
    for kind in (Header, *format_.KINDS):
        assert kind.__doc__
        assert all(field.type in {"int", "str", "tuple[str, ...]"} for field in attrs.fields(kind))
