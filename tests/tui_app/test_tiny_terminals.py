"""A window that is dragged to almost nothing while a list of commands or choices lies open."""

from __future__ import annotations

import pytest

from tests.tui_app.shelf import Shelf, app_on, shown, until

SIZES = [(1, 1), (4, 24), (5, 24), (6, 24), (80, 2), (120, 35)]


@pytest.mark.parametrize(
    "keys, there",
    [(["ctrl+p"], "Search for commands"), (["t"], "A theme")],
    ids=["palette", "themes"],
)
async def test_a_list_outlives_a_window_of_a_few_cells(keys: list[str], there: str) -> None:
    async with app_on(Shelf()).run_test(size=(120, 35)) as pilot:
        await until(pilot, "08:00")
        await pilot.press(*keys)
        before = await until(pilot, there)
        for size in SIZES:
            await pilot.resize_terminal(*size)
        await until(pilot, there)
        assert shown(pilot.app).splitlines()[-1] == before.splitlines()[-1]  # type: ignore[arg-type]
