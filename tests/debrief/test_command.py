"""`controlroom debrief` as people type it, and what bad input gets."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from controlroom.cli.app import run
from controlroom.debrief import whole as whole_module
from controlroom.debrief.whole import Debrief
from controlroom.sim.start import Scenario
from tests.debrief.conftest import play


@pytest.fixture
def journal(badly: Path) -> Path:
    return badly


@pytest.fixture
def _at_once(whole: Debrief, monkeypatch: pytest.MonkeyPatch) -> None:
    """The debrief that has been computed already: these tests are about what is written."""
    monkeypatch.setattr(whole_module, "debrief", lambda *_args, **_how: iter([whole]))


def said(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    captured = capsys.readouterr()
    return captured.out, captured.err


@pytest.mark.usefixtures("_at_once")
def test_it_prints_markdown_unless_told_otherwise(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["debrief", str(journal)]) == 0
    out, err = said(capsys)
    assert out.startswith("# Debrief: Knight Capital")
    assert err == ""
    assert run(["debrief", str(journal), "--format", "json"]) == 0
    assert json.loads(said(capsys)[0])["complete"]


@pytest.mark.usefixtures("_at_once")
def test_the_ending_of_a_file_says_the_format(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, begins in (("a.html", "<!doctype"), ("a.json", "{"), ("a.md", "#"), ("a.txt", "#")):
        assert run(["debrief", str(journal), "-o", str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
        out, err = said(capsys)
        assert out == ""
        assert name in err
    target = tmp_path / "b.html"
    assert run(["debrief", str(journal), "-o", str(target), "--format", "md"]) == 0
    assert target.read_text(encoding="utf-8").startswith("# Debrief")


@pytest.mark.usefixtures("_at_once")
def test_a_file_is_not_written_over_unless_that_is_said(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "kept.md"
    target.write_text("mine")
    assert run(["debrief", str(journal), "-o", str(target)]) == 1
    assert "exists already; --force writes over it" in said(capsys)[1]
    assert target.read_text() == "mine"
    assert run(["debrief", str(journal), "-o", str(target), "--force"]) == 0
    assert target.read_text(encoding="utf-8").startswith("# Debrief")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.usefixtures("_at_once")
@pytest.mark.parametrize("name", ["", "no/such/folder/a.md", "x" * 400 + ".md"])
def test_a_place_that_cannot_be_written_is_one_line(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert run(["debrief", str(journal), "-o", str(tmp_path / name)]) == 1
    err = said(capsys)[1]
    assert err.startswith("controlroom: ")
    assert err.count("\n") == 1


@pytest.mark.usefixtures("_at_once")
def test_a_full_disk_leaves_no_half_written_file(
    journal: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    folder = tmp_path / "disk"
    folder.mkdir()
    (folder / "old.md").write_text("mine")
    assert run(["debrief", str(journal), "-o", str(folder / "new.md")]) == 1
    assert "no space left on device" in said(capsys)[1]
    assert run(["debrief", str(journal), "-o", str(folder / "old.md"), "--force"]) == 1
    assert [path.name for path in folder.iterdir()] == ["old.md"]
    assert (folder / "old.md").read_text() == "mine"


@pytest.mark.parametrize("content", [None, b"", b"hello\n", b'{"journal": 2}\n'])
def test_what_is_no_journal_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    path = tmp_path / "none.jsonl"
    if content is not None:
        path.write_bytes(content)
    assert run(["debrief", str(path), "--workers", "0"]) == 1
    out, err = said(capsys)
    assert out == ""
    assert err.count("\n") == 1
    assert "none.jsonl" in err


def test_an_edited_journal_is_told_as_far_as_it_is_sound(
    scenario: Scenario,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("controlroom.debrief.par.MORNING", ("panic-stop",))
    monkeypatch.setattr("controlroom.debrief.par.REFERENCE", "panic-stop")
    path = play(scenario, tmp_path / "a.jsonl", "08:01:10 note one\n08:02:10 note two\n",
                until="08:04:00")  # fmt: skip
    path.write_bytes(path.read_bytes().replace(b"note two", b"note too"))
    assert run(["debrief", str(path), "--workers", "0"]) == 1
    out, err = said(capsys)
    assert "the world at 08:03:00" in err
    assert "Take care" in out
    assert "ends at 08:02:00" in out


@pytest.mark.usefixtures("_at_once")
def test_an_unknown_format_is_answered_with_the_nearest(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["debrief", str(journal), "--format", "htlm"]) == 2
    assert "did you mean html?" in said(capsys)[1]
