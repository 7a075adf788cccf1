"""`controlroom kit`: all of it or nothing, and what cannot be made is said in a line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from controlroom.scenario.find import home_of
from tests.cli.conftest import Run


@pytest.fixture
def incident(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scenario with a drill of five minutes, and nobody who plays it for comparison."""
    path = tmp_path / "my-incident"
    shutil.copytree(home_of("knight-2012").path, path)
    drill = path / "drill.toml"
    text = re.sub(r"(?m)^minutes = \d+", "minutes = 5", drill.read_text(encoding="utf-8"))
    drill.write_text(text, encoding="utf-8")
    monkeypatch.setattr("controlroom.kit.losses.NAMES", ())
    monkeypatch.setattr("controlroom.kit.pdf.BROWSERS", ())
    return path


def left(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in tmp_path.iterdir())


def test_a_kit_without_a_printer_says_so_and_is_pages(
    controlroom: Run, incident: Path, tmp_path: Path
) -> None:
    place = tmp_path / "kit"
    done = controlroom("kit", str(incident), "-o", str(place), "--people", "4")
    assert done.code == 0
    assert done.out.strip() == str(place)
    assert "install Chromium or WeasyPrint" in done.err
    names = {path.name for path in place.iterdir()}
    assert len(names) == 9
    assert {path.suffix for path in place.iterdir()} == {".html"}
    assert left(tmp_path) == ["kit", "my-incident"]


def test_a_folder_that_is_there_is_left_alone_without_force(
    controlroom: Run, incident: Path, tmp_path: Path
) -> None:
    place = tmp_path / "kit"
    place.mkdir()
    (place / "mine.txt").write_text("mine")
    (place / "guide.html").write_text("old")
    done = controlroom("kit", str(incident), "-o", str(place))
    assert done.code == 2
    assert "exists already; --force writes over the kit in it" in done.err
    assert done.err.count("\n") == 1
    assert left(place) == ["guide.html", "mine.txt"]
    assert controlroom("kit", str(incident), "-o", str(place), "--force").code == 0
    assert (place / "mine.txt").read_text() == "mine"
    assert "Facilitator" in (place / "guide.html").read_text(encoding="utf-8")
    assert not [name for name in left(place) if name.startswith(".")]


def test_a_kit_that_is_stopped_leaves_nothing(
    controlroom: Run, incident: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("controlroom.kit.whole.write_into", stopped)
    assert controlroom("kit", str(incident), "-o", str(tmp_path / "kit")).code == 130
    assert left(tmp_path) == ["my-incident"]


def test_a_printer_that_fails_costs_the_pdf_only(
    controlroom: Run, incident: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("controlroom.kit.pdf.BROWSERS", ("false",))
    done = controlroom("kit", str(incident), "-o", str(tmp_path / "kit"))
    assert done.code == 0
    assert "did not print" in done.err
    assert {path.suffix for path in (tmp_path / "kit").iterdir()} == {".html"}


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("knigt-2012", "-o", "kit"), "knigt-2012 is no scenario; expected 'knight-2012' perhaps"),
        (("knight-2012",), "Missing option '-o' / '--output'."),
        (("knight-2012", "-o", "kit", "--people", "3"), "3 is not in the range 4<=x<=8."),
        (("knight-2012", "-o", "kit", "--paper", "a5"), "no paper 'a5'; did you mean a4?"),
        (("knight-2012", "-o", "kit", "--words", "gone.toml"), "gone.toml cannot be read"),
        (("knight-2012", "-o", "gone/kit"), "gone/kit cannot be made: there is no folder gone"),
        (("knight-2012", "-o", "file"), "file is a file; name a folder"),
    ],
)
def test_what_cannot_be_made_is_said_in_a_line(
    controlroom: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("x")
    done = controlroom("kit", *arguments)
    assert done.code == 2
    assert said in done.err
    assert done.err.count("\n") == 1
    assert left(tmp_path) == ["file"]


def test_a_scenario_without_a_plan_has_no_kit(
    controlroom: Run, incident: Path, tmp_path: Path
) -> None:
    (incident / "drill.toml").unlink()
    (incident / "injects.toml").unlink()
    events = incident / "events.toml"
    kept = [
        line
        for line in events.read_text(encoding="utf-8").splitlines()
        if not line.startswith(("expects", "within", "otherwise", "objective"))
    ]
    events.write_text("\n".join(kept), encoding="utf-8")
    done = controlroom("kit", str(incident), "-o", str(tmp_path / "kit"))
    assert done.code == 2
    assert "my-incident has no plan for a drill; its folder lacks drill.toml" in done.err
    assert left(tmp_path) == ["my-incident"]


@pytest.mark.parametrize(
    "old, new, said",
    [
        ('from = "09:25:00"', 'from = "07:00:00"', "kit.toml: phase[1].from is"),
        ('until = "09:30:00"', 'until = "09:25:00"', "kit.toml: phase[Before the bell] is out of"),
        ('origin = "documented"', 'origin = "sure"', 'kit.toml: page[1].origin is "sure"'),
        ("questions = [", "questoins = [", "kit.toml: questoins"),
    ],
)
def test_what_is_wrong_with_the_kits_own_file_is_named(
    controlroom: Run, incident: Path, tmp_path: Path, old: str, new: str, said: str
) -> None:
    path = incident / "kit.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    for arguments in (
        ("kit", str(incident), "-o", str(tmp_path / "kit")),
        ("check", str(incident)),
    ):
        done = controlroom(*arguments)
        assert done.code
        assert said in done.out + done.err
    assert left(tmp_path) == ["my-incident"]


def test_a_kits_own_file_may_be_missing_and_is_no_part_of_the_checksum(
    controlroom: Run, incident: Path, tmp_path: Path
) -> None:
    from controlroom.scenario import load_scenario

    before = load_scenario(incident).checksum
    (incident / "kit.toml").unlink()
    assert load_scenario(incident).checksum == before
    assert controlroom("kit", str(incident), "-o", str(tmp_path / "kit")).code == 0
