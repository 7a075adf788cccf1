"""One screen for a room: the board that everybody sees, and each seat's own behind a cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from controlroom.drill.board_lines import BoardPicture, board_lines
from controlroom.drill.host import Host
from controlroom.drill.hosting import begin, seats_in
from controlroom.drill.table import Board, BoardScreen, CoverScreen, TableApp
from controlroom.sim.seats import FACILITATOR
from controlroom.sim.views.board import board_view
from controlroom.tui.look import ASCII, UNICODE
from controlroom.tui.settings import Settings
from tests.drill.conftest import HandClock, until

if TYPE_CHECKING:
    from textual.pilot import Pilot

SIZES = [(160, 45), (120, 35), (80, 24)]


@pytest.fixture
def drill(host: Host) -> Host:
    """A drill for five around a table that is a second old."""
    begin(host.run, 5, (), seats_in(host.run, 5))
    host.run.advance(3)
    return host


def table(host: Host) -> TableApp:
    return TableApp(host, "", seats_in(host.run, 5), Settings())


def board(host: Host, width: int = 160, height: int = 40) -> str:
    view = board_view(host.run.world)
    assert view is not None
    picture = BoardPicture(view, "", "1x", host.probe_left, "cards are on paper")
    for glyphs in (ASCII, UNICODE):
        lines = board_lines(picture, width, height, glyphs)
        assert len(lines) == height
        assert all(len(line.text) == width for line in lines)
    return "\n".join(line.text for line in lines)


async def shown(pilot: Pilot[None], kind: type) -> None:
    await until(lambda: isinstance(pilot.app.screen, kind), lambda: repr(pilot.app.screen))
    await pilot.pause()


@pytest.mark.parametrize("width, height", [(160, 40), (112, 30), (76, 20), (40, 8), (8, 3), (1, 1)])
def test_the_board_fits_whatever_size_there_is(drill: Host, width: int, height: int) -> None:
    board(drill, width, height)


def test_the_board_has_what_was_said_to_all_and_what_is_being_done(drill: Host) -> None:
    drill.run.give("tell all [red]smars-8[/red] is the one", "engineer")
    drill.run.give("tell risk how much is it", "commander")
    drill.run.give("look smars-8", "engineer")
    drill.run.advance(2)
    text = board(drill)
    assert "[red]smars-8[/red] is the one" in text
    assert "how much is it" not in text
    assert "look smars-8" in text
    assert "1 unheard" in text


def test_the_board_shows_nothing_that_one_seat_alone_can_see(drill: Host) -> None:
    drill.run.advance(95 * 60 * 4)  # into the storm
    assert drill.run.result().loss_usd > 1_000_000
    view = board_view(drill.run.world)
    assert view is not None
    # The commander's header, which has no figure of the P&L, and no text of a mail or a call.
    assert "$" not in board(drill)
    assert not [line for line in view.said if line.who not in ("facilitator", "the shift before")]


@pytest.mark.parametrize("size", SIZES)
async def test_a_seat_is_behind_a_cover_and_a_key_covers_it_again(
    drill: Host, size: tuple[int, int]
) -> None:
    async with table(drill).run_test(size=size) as pilot:
        await shown(pilot, BoardScreen)
        assert not pilot.app.screen.query_one("#header").region.area
        assert not pilot.app.screen.query_one("#tabs").region.area
        assert not pilot.app.screen.query_one("#floor").region.area
        await pilot.press("2")
        await shown(pilot, CoverScreen)
        await pilot.press("enter")
        await until(lambda: getattr(pilot.app.screen, "seat", "") == "engineer", "the engineer's")
        await pilot.pause()
        sign = pilot.app.screen.query_one("#sign")
        assert sign.region.y == 0
        assert "E N G I N E E R" in sign.text_lines[0]  # type: ignore[attr-defined]
        await pilot.press("colon", *"look smars-3")
        await pilot.press("f2")  # in the middle of a word
        await shown(pilot, BoardScreen)
        await pilot.press("2", "enter")
        await until(lambda: getattr(pilot.app.screen, "seat", "") == "engineer", "again")
        await pilot.press("enter")
        drill.run.advance(1)
        await pilot.press("f2")
        await shown(pilot, BoardScreen)
        pilot.app.screen.refresh_picture()  # type: ignore[attr-defined]
        assert "look smars-3" in "\n".join(pilot.app.screen.query_one(Board).text_lines)
        assert [item.command.text() for item in drill.run.world.work] == ["look smars-3"]


async def test_whoever_says_no_at_the_cover_sees_nothing(drill: Host) -> None:
    async with table(drill).run_test(size=(120, 35)) as pilot:
        await shown(pilot, BoardScreen)
        await pilot.press("3", "escape")
        await shown(pilot, BoardScreen)
        await pilot.press("9")
        assert "5 seats" in pilot.app.screen.query_one("#status").text_lines[0]  # type: ignore[attr-defined]


async def test_the_facilitator_directs_from_the_board_and_from_the_page(
    drill: Host, clock: HandClock
) -> None:
    drill.pacing.pause()
    async with table(drill).run_test(size=(160, 45)) as pilot:
        await shown(pilot, BoardScreen)
        await pilot.press("space")
        assert not drill.pacing.paused
        await pilot.press("space", *"coffee", "enter")
        drill.run.advance(1)
        assert drill.run.world.still == "coffee"
        await pilot.press("escape", "0", "enter")
        await until(lambda: getattr(pilot.app.screen, "seat", "") == FACILITATOR, "the page")
        await until(lambda: not isinstance(pilot.app.screen, BoardScreen), "the page")
        await pilot.pause()
        assert pilot.app.screen.query_one("#page").region.area
        await pilot.press("space")
        assert not drill.run.world.still
        drill.run.give("probe in-the-storm", "facilitator")
        drill.run.advance(1)
        drill.beat()
        clock.pass_(46)
        drill.beat()
        assert not drill.run.world.still


async def test_the_board_goes_back_and_every_seat_with_it(drill: Host) -> None:
    drill.run.advance(60 * 4)
    drill.run.give("tell all later", "risk")
    drill.run.advance(60 * 4)
    async with table(drill).run_test(size=(120, 35)) as pilot:
        await shown(pilot, BoardScreen)
        await pilot.press("colon", *"back 08:00:30", "enter", "y")
        await until(lambda: drill.left, "went back")
        await pilot.pause()
        pilot.app.screen.refresh_picture()  # type: ignore[attr-defined]
        text = "\n".join(pilot.app.screen.query_one(Board).text_lines)
        assert "STANDS STILL" in text
        assert "later" not in text
    drill.run.close()
