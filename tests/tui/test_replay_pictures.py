"""Pictures of the replay, compared with ones that somebody has looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.canned_replay import CannedReplayScreen, at
from tests.tui.conftest import MIDDLE, SMALL, WIDE, svg_of
from tests.tui.watching import watching

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

SIZES = pytest.mark.parametrize("size", [WIDE, MIDDLE, SMALL], ids=["160x45", "120x35", "80x24"])


@SIZES
async def test_the_storm_again(size: tuple[int, int], picture: SnapshotAssertion) -> None:
    async with watching(CannedReplayScreen(), size=size) as watcher:
        assert svg_of(watcher.app) == picture


@SIZES
async def test_the_truth_beside_it(size: tuple[int, int], picture: SnapshotAssertion) -> None:
    async with watching(CannedReplayScreen(), size=size) as watcher:
        await watcher.press("t")
        assert svg_of(watcher.app) == picture


async def test_thirty_minutes_played_backwards(picture: SnapshotAssertion) -> None:
    async with watching(CannedReplayScreen("09:52:00"), size=MIDDLE) as watcher:
        await watcher.press("w", "w", "r", "plus", "plus", "space")
        assert svg_of(watcher.app) == picture


async def test_a_journal_that_is_being_read(picture: SnapshotAssertion) -> None:
    room = CannedReplayScreen("08:40:00", known=at("09:10"))
    async with watching(room, size=MIDDLE) as watcher:
        assert svg_of(watcher.app) == picture


@pytest.mark.parametrize("theme", ["light", "ansi"])
async def test_the_themes(theme: str, picture: SnapshotAssertion) -> None:
    room = CannedReplayScreen()
    async with watching(room, size=MIDDLE, theme=f"control-room-{theme}") as watcher:
        await watcher.press("t")
        assert svg_of(watcher.app) == picture


async def test_plain_signs(picture: SnapshotAssertion) -> None:
    async with watching(CannedReplayScreen(), size=MIDDLE, plain=True) as watcher:
        await watcher.press("t")
        assert svg_of(watcher.app) == picture
