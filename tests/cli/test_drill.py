"""`controlroom drill` says what is wrong before anything is begun."""

from __future__ import annotations

from pathlib import Path

import pytest

from controlroom.cli.app import run


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
