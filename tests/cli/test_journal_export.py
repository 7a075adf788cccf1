"""`journal export`, as somebody types it."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from controlroom.cli.progress import Progress
from controlroom.runs.run import Run as Played
from controlroom.scenario import load_scenario
from tests.cli.conftest import Run


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten seconds of storm."""
    path = tmp_path_factory.mktemp("played") / "mine.jsonl"
    scenario = load_scenario("knight-2012")
    with Played.begin(scenario, start="09:30", journal=path) as run:
        run.give("pmon")
        run.advance(40)
    return path


def test_the_tables_lie_in_a_folder_called_after_the_journal(
    controlroom: Run, journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = controlroom("journal", "export", str(journal), "--to", "csv")
    assert (done.code, done.out) == (0, "mine-tables\n")
    assert done.err.startswith("10 tables up to 09:30:10; ")
    assert len(list((tmp_path / "mine-tables").glob("*.csv"))) == 10
    again = controlroom("journal", "export", str(journal), "--to", "csv")
    assert again.code == 1
    assert again.err.endswith("mine-tables holds executions.csv already; --force writes over it\n")
    assert controlroom("journal", "export", str(journal), "--to", "csv", "--force").code == 0


def test_ctrl_c_leaves_nothing_behind(
    controlroom: Run, journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(self: Progress, done: int, whole: int) -> None:
        if done > whole // 2:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Progress, "__call__", pressed)
    done = controlroom("journal", "export", str(journal), "--to", "csv", "-o", str(tmp_path / "t"))
    assert (done.code, done.out) == (130, "")
    assert done.err == "stopped; nothing has been written\n"
    assert list(tmp_path.iterdir()) == []


def test_a_journal_that_is_not_sound_is_exported_and_said(
    controlroom: Run, journal: Path, tmp_path: Path
) -> None:
    torn = tmp_path / "torn.jsonl"
    torn.write_bytes(journal.read_bytes().replace(b'"pmon"', b'"pmno"'))
    done = controlroom("journal", "export", str(torn), "--to", "csv", "-o", str(tmp_path / "t"))
    assert (done.code, done.out) == (1, f"{tmp_path / 't'}\n")
    assert done.err.startswith(
        "Line 3 of the journal: no command 'pmno'; did you mean pmon? Everything below ends at "
    )
    assert "ends at 09:30:00 (step 21,600), the last moment" in done.err
    assert (tmp_path / "t" / "executions.csv").exists()


LINES = {
    ("none.jsonl",): "none.jsonl: there is no such file",
    ("J", "--to", "xls"): "Invalid value for '--to': no format 'xls'; there are parquet, csv",
    ("J", "-o", "J"): "J is no folder; the tables are several files",
    ("J", "-o", "no/where"): "no/where cannot be made: there is no folder no",
}


@pytest.mark.parametrize("arguments", LINES, ids=" ".join)
def test_one_line_names_what_is_wrong(
    controlroom: Run,
    arguments: tuple[str, ...],
    journal: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("J").write_bytes(journal.read_bytes())
    done = controlroom("journal", "export", *arguments)
    assert done.code in (1, 2)
    assert (done.out, done.err) == ("", f"controlroom: {LINES[arguments]}\n")
    assert [path.name for path in tmp_path.iterdir()] == ["J"]


def test_the_group_says_what_there_is(controlroom: Run) -> None:
    assert "export" in controlroom("journal").out
    assert controlroom("journal", "exprot").err.endswith("did you mean export?\n")
