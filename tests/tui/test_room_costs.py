"""What drawing costs, in counts: paints, layouts and bytes. Milliseconds are for benchmarks."""

from __future__ import annotations

from typing import Any

import pyte
import pytest

from tests.tui.conftest import MIDDLE, SMALL, WIDE, CountingDriver, sit_down
from tests.tui.fake_run import FakeRun

SIZES = pytest.mark.parametrize("size", [WIDE, MIDDLE, SMALL], ids=["160x45", "120x35", "80x24"])


@SIZES
async def test_play_lays_nothing_out_and_paints_once_a_frame(size: tuple[int, int]) -> None:
    async with sit_down(size) as player:
        player.room.pacing.speed *= 60
        before = player.room.counters.paints, player.room.counters.layouts
        await player.wait(2, frames=40)
        paints = player.room.counters.paints - before[0]
        assert player.room.counters.layouts == before[1]
        assert paints <= 52


async def test_a_storm_at_sixty_fits_through_a_thin_line() -> None:
    async with sit_down(WIDE, counting=True) as player:
        player.room.pacing.speed *= 60
        await player.wait(1, frames=20)
        begin = CountingDriver.written
        await player.wait(2, frames=40)
        assert 0 < CountingDriver.written - begin < 40 * 4_500


async def test_a_second_in_real_time_sends_little() -> None:
    async with sit_down(WIDE, counting=True) as player:
        await player.wait(1, frames=20)
        begin = CountingDriver.written
        await player.wait(2, frames=40)
        assert 0 < CountingDriver.written - begin < 2 * 20_000


async def test_a_pause_sends_nothing() -> None:
    async with sit_down(WIDE, counting=True) as player:
        await player.press("space")
        await player.wait(1, frames=20)
        begin, views = CountingDriver.written, player.room.counters.views
        await player.wait(5, frames=100)
        assert CountingDriver.written == begin
        assert player.room.counters.views == views


async def test_typing_repaints_one_line_and_lays_nothing_out() -> None:
    run = FakeRun()
    async with sit_down(WIDE, run, counting=True) as player:
        await player.press("space", ":", "x")
        begin, layouts = CountingDriver.written, player.room.counters.layouts
        await player.press("q", "q", "q", "q")
        assert player.room.counters.layouts == layouts
        assert CountingDriver.written - begin < 4 * 600


async def test_only_lines_that_differ_are_dirty() -> None:
    async with sit_down(WIDE) as player:
        panes = [player.room.query_one(f"#server-{number}") for number in range(1, 9)]
        before = [pane.dirtied for pane in panes]  # type: ignore[attr-defined]
        await player.wait(0.25)
        after = [pane.dirtied for pane in panes]  # type: ignore[attr-defined]
        assert sum(after) - sum(before) <= 8 * 9
        # Steps within the same second change no server's figures.
        await player.wait(0.25)
        assert [pane.dirtied for pane in panes] == after  # type: ignore[attr-defined]


@SIZES
async def test_what_is_sent_adds_up_to_what_is_shown(size: tuple[int, int]) -> None:
    """A terminal that got every change shows what one shows that is drawn anew."""
    terminal = pyte.Screen(*size)
    stream = pyte.Stream(terminal)
    async with sit_down(size, counting=True) as player:
        CountingDriver.reader = stream.feed
        player.room.refresh()
        await player.pilot.pause()
        player.room.pacing.speed *= 30
        for keys in ("8", "m", "down", ":", "x", "left", "escape", "space", "space", "4"):
            await player.press(keys)
            await player.wait(0.5, frames=8)
        cells = [[(cell.data, cell.fg, cell.bg, cell.bold) for cell in row.values()]
                 for row in _rows(terminal)]  # fmt: skip
        terminal.reset()
        player.room.refresh()
        await player.pilot.pause()
        anew = [[(cell.data, cell.fg, cell.bg, cell.bold) for cell in row.values()]
                for row in _rows(terminal)]  # fmt: skip
        CountingDriver.reader = None
        for y, (sent, drawn) in enumerate(zip(cells, anew, strict=True)):
            assert sent == drawn, y


def _rows(terminal: pyte.Screen) -> list[dict[int, Any]]:
    return [
        {x: terminal.buffer[y][x] for x in range(terminal.columns)} for y in range(terminal.lines)
    ]


async def test_at_sixty_half_of_the_fleet_is_drawn_in_a_frame_and_all_of_it_at_rest() -> None:
    async with sit_down(WIDE) as player:
        player.room.pacing.speed *= 60
        panes = [player.room.query_one(f"#server-{number}") for number in range(1, 9)]
        await player.wait(0.5, frames=10)
        before = [pane.dirtied for pane in panes]  # type: ignore[attr-defined]
        await player.wait(0.05)
        after = [pane.dirtied for pane in panes]  # type: ignore[attr-defined]
        assert sum(a > b for a, b in zip(after, before, strict=True)) == 4
        await player.press("space")
        shown = [pane.view.server for pane in panes]  # type: ignore[attr-defined]
        assert tuple(shown) == player.run.view().servers
