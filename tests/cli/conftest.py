"""The command line in this process, as one call: what it printed, what it said, how it ended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from controlroom.cli.app import run


@attrs.frozen
class Done:
    """A command that is over.

    Attributes:
        code: exit code.
        out: what it printed.
        err: what it said.
    """

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where journals go that no test has named a place for."""
    path = tmp_path / "runs"
    monkeypatch.setenv("CONTROLROOM_RUNS", str(path))
    return path


@pytest.fixture
def controlroom(capsys: pytest.CaptureFixture[str]) -> Run:
    """`controlroom(*arguments)`."""

    def call(*arguments: str) -> Done:
        capsys.readouterr()
        code = run(arguments)
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    return call
