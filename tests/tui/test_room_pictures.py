"""Pictures of the control room, compared with ones that somebody has looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import MIDDLE, SMALL, WIDE, sit_down, svg_of
from tests.tui.fake_run import FakeRun

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion


@pytest.mark.parametrize("size", [WIDE, MIDDLE, SMALL], ids=["160x45", "120x35", "80x24"])
async def test_the_storm(size: tuple[int, int], picture: SnapshotAssertion) -> None:
    async with sit_down(size) as player:
        assert svg_of(player.app) == picture


async def test_a_quiet_morning(picture: SnapshotAssertion) -> None:
    async with sit_down(WIDE, FakeRun("08:20:00", storm=False)) as player:
        assert svg_of(player.app) == picture


async def test_the_question_before_a_kill(picture: SnapshotAssertion) -> None:
    async with sit_down(MIDDLE) as player:
        await player.press("8", "k")
        assert svg_of(player.app) == picture


async def test_typing(picture: SnapshotAssertion) -> None:
    async with sit_down(MIDDLE) as player:
        await player.press(":", *"de")
        assert svg_of(player.app) == picture


async def test_one_server_with_the_whole_room(picture: SnapshotAssertion) -> None:
    async with sit_down(WIDE) as player:
        await player.press("8", "8")
        assert svg_of(player.app) == picture


@pytest.mark.parametrize("theme", ["light", "high-contrast", "colour-blind", "ansi"])
async def test_the_themes(theme: str, picture: SnapshotAssertion) -> None:
    async with sit_down(MIDDLE, theme=f"control-room-{theme}") as player:
        await player.press("m", "down")
        assert svg_of(player.app) == picture


async def test_plain_signs(picture: SnapshotAssertion) -> None:
    async with sit_down(MIDDLE, plain=True) as player:
        assert svg_of(player.app) == picture
