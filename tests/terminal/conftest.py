"""A place of its own for every program that these tests start."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminal.pty_player import PtyPlayer

Start = Callable[..., PtyPlayer]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment in which nothing of this machine's person is read or written."""
    return {
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "CONTROLROOM_RUNS": str(tmp_path / "runs"),
        "PYTHONDONTWRITEBYTECODE": "",
    }


@pytest.fixture
def start(home: dict[str, str]) -> Iterator[Start]:
    """Starts `controlroom` with arguments in a pseudo-terminal, as often as wanted."""
    players: list[PtyPlayer] = []

    def started(
        *arguments: str, columns: int = 120, rows: int = 35, env: dict[str, str] | None = None
    ) -> PtyPlayer:
        command = [sys.executable, "-m", "controlroom", *arguments]
        player = PtyPlayer(command, columns=columns, rows=rows, env={**home, **(env or {})})
        players.append(player)
        return player

    yield started
    for player in players:
        player.close()
