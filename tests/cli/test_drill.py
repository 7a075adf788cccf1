"""`controlroom drill` says what is wrong before anything is begun."""

from __future__ import annotations

from pathlib import Path

import pytest

from controlroom.cli.app import run
from controlroom.runs.improvements import carried_from


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["knight-2012", "--listen", "2222"], '"2222" is no address and port'),
        (["knight-2012", "--web", "127.0.0.1:99999"], "is no address and port"),
        (["knight-2012", "--listen", "0.0.0.0:2222"], "--beyond-this-machine"),
        (["knight-2012", "--people", "3"], "4<=x<=8"),
        ([], "Name a SCENARIO"),
        (["knight-2012", "--resume", "x.jsonl"], "either SCENARIO or --resume"),
        (["knight-2012"], "draws on a terminal"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(
    arguments: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CONTROLROOM_RUNS", str(tmp_path))
    assert run(["drill", *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    "content, said",
    [
        ("who,when\nAnn,now\n", "no column `what`"),
        ("what,owner,date,evidence\n,,,09:31 something\n", "fill in its first column"),
        ("what\n" + "do better\n" * 10, "10 improvements; 9 at most"),
        ("what\n" + "x" * 401 + "\n", "improvement 1 is longer than 400"),
        ('what\n"not closed', "is not CSV"),
        (b"what\n\xff\xfe\n", "no UTF-8"),
        (b"", "no column `what`"),
    ],
)
def test_a_table_that_carries_nothing_over_is_named(
    content: str | bytes,
    said: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runs = tmp_path / "runs"
    monkeypatch.setenv("CONTROLROOM_RUNS", str(runs))
    table = tmp_path / "improvements.csv"
    table.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert run(["drill", "knight-2012", "--carry", str(table)]) != 0
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error
    assert not runs.exists()


def test_a_table_that_a_spreadsheet_has_saved_is_carried_over(tmp_path: Path) -> None:
    table = tmp_path / "improvements.csv"
    table.write_text(
        "\ufeffWhat;Owner;Date;Evidence\r\n"
        "say who may | stop all;Ann;1 March;x\r\n;;;y\r\n"
        '"read fills,\nfirst";;;z\r\n',
        encoding="utf-8",
    )
    assert carried_from(table) == ("say who may / stop all | Ann | 1 March", "read fills, first")
