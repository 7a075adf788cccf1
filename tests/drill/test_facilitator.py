"""The facilitator's page, and the rooms of the seats: who sees what, at which size."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from controlroom.drill.facilitator_screen import FacilitatorScreen
from controlroom.drill.host import Host
from controlroom.drill.host_app import HostApp
from controlroom.drill.hosting import begin
from controlroom.drill.page import Page
from controlroom.drill.page_lines import PagePicture, page_lines
from controlroom.drill.said import SaidPane
from controlroom.drill.seat_app import SeatApp
from controlroom.drill.seat_screen import SeatScreen
from controlroom.drill.table import TableApp
from controlroom.sim.views.facilitator import facilitator_view
from controlroom.tui.look import UNICODE
from controlroom.tui.screens.section import Section
from controlroom.tui.settings import Settings
from controlroom.tui.widgets.line_pane import LinePane
from controlroom.tui.widgets.prompt import Prompt
from tests.drill.conftest import HandClock

if TYPE_CHECKING:
    from textual.pilot import Pilot

SIZES = [(160, 45), (120, 35), (80, 24)]


@pytest.fixture
def drill(host: Host) -> Host:
    """A drill for five that is a second old."""
    begin(host.run, 5)
    host.run.advance(3)
    host.began = host.run.now
    return host


def page_text(host: Host, width: int = 150, height: int = 40) -> str:
    view = facilitator_view(host.run.world)
    assert view is not None
    picture = PagePicture(view, tuple(host.present.items()), host.probe_left)
    lines = page_lines(picture, 0, width, height, UNICODE)
    assert all(len(line.text) == width for line in lines)
    return "\n".join(line.text for line in lines)


def test_the_page_says_who_is_there_and_who_is_quiet(drill: Host) -> None:
    drill.sit("engineer")
    drill.run.advance(1)
    assert "engineer   1 of 1" in page_text(drill)
    assert "risk       the firm's people" in page_text(drill)
    drill.stand_up("engineer")
    assert "no screen" in page_text(drill)
    drill.run.advance(4 * 200)
    assert "! engineer" in page_text(drill)
    drill.run.give("note here", "engineer")
    drill.run.advance(4)
    assert "✓ engineer" in page_text(drill)


def test_the_page_says_what_stands_still_and_what_is_broken(drill: Host) -> None:
    drill.run.give("fault smars-3 dead", "facilitator")
    drill.run.advance(1)
    drill.run.give("freeze a word about [bold]roles", "facilitator")
    drill.run.advance(1)
    text = page_text(drill)
    assert "TIME STANDS STILL: a word about [bold]roles" in text
    assert "smars-3: dead" in text


@pytest.mark.parametrize("width, height", [(150, 40), (112, 30), (76, 14), (40, 8), (8, 3)])
def test_the_page_fits_whatever_size_there_is(drill: Host, width: int, height: int) -> None:
    assert len(page_text(drill, width, height).splitlines()) <= height


async def hosted(host: Host, pilot: Pilot[None]) -> FacilitatorScreen:
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, FacilitatorScreen)
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_the_facilitator_begins_freezes_and_lets_go_with_one_key(
    drill: Host, clock: HandClock, size: tuple[int, int]
) -> None:
    drill.pacing.pause()
    app = HostApp(drill, "code abcd", Settings())
    async with app.run_test(size=size) as pilot:
        screen = await hosted(drill, pilot)
        assert "NOT BEGUN" in screen.query_one("#header").text_lines[1]  # type: ignore[attr-defined]
        await pilot.press("space")
        begun = drill.run.now
        clock.pass_(2)
        drill.beat()
        assert drill.run.now == begun + 8
        await pilot.press("space")
        await pilot.press(*"coffee", "enter")
        drill.run.advance(1)
        assert drill.run.world.still == "coffee"
        screen.frame()
        await pilot.press("escape", "space")
        assert not drill.run.world.still


async def test_the_join_code_can_be_read_again_by_whoever_hosts(drill: Host) -> None:
    """Somebody comes late, or a connection breaks, when the greeting is long gone."""
    app = HostApp(drill, "code abcd", Settings())
    async with app.run_test(size=(160, 45)) as pilot:
        screen = await hosted(drill, pilot)
        status = screen.query_one("#status", LinePane)
        assert "code abcd" in status.text_lines[0]
        await pilot.press("enter")
        screen.frame()
        assert "code abcd" not in status.text_lines[0]
        await pilot.press("colon", *"code", "enter")
        screen.frame()
        assert "code abcd" in status.text_lines[0]


async def test_an_inject_is_held_and_fired_with_a_key(drill: Host) -> None:
    app = HostApp(drill, "code abcd", Settings())
    async with app.run_test(size=(160, 45)) as pilot:
        screen = await hosted(drill, pilot)
        page = screen.query_one(Page)
        assert page.view is not None
        second = page.view.view.coming[1].id
        await pilot.press("down", "h")
        drill.run.advance(1)
        screen.refresh_picture()
        assert next(one for one in page.view.view.coming if one.id == second).state == "held"
        await pilot.press("f")
        drill.run.advance(1)
        screen.refresh_picture()
        assert second not in [one.id for one in page.view.view.coming]


async def test_participants_never_see_the_page(drill: Host) -> None:
    for seat in ("commander", "engineer", "risk", "liaison", "comms"):
        view = drill.run.view(seat)
        assert "objective" not in repr(view).casefold()


class Nowhere:
    """A terminal that nobody looks at."""

    behind = False

    def send(self, text: str) -> None:
        pass


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "seat, shows, hides",
    [
        ("engineer", ["server-1", "said"], ["money"]),
        ("risk", ["money", "said"], ["fleet", "alerts"]),
        ("liaison", ["alerts", "said"], ["fleet", "money"]),
        ("commander", ["answers", "said"], ["fleet", "alerts", "money"]),
    ],
)
async def test_a_seat_has_its_own_instruments_and_the_talk(
    drill: Host, seat: str, shows: list[str], hides: list[str], size: tuple[int, int]
) -> None:
    drill.run.give("tell all [red]first[/red] \x1b[31mwords", "comms")
    drill.run.advance(1)
    app = SeatApp(drill, seat, Nowhere())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen = app.screen
        for name in hides:
            assert not screen.query_one(f"#{name}").region.area, name
        if size[0] >= 110:
            for name in shows:
                assert screen.query_one(f"#{name}").region.area, name
        said = screen.query_one("#said", SaidPane)
        assert said.view is not None
        assert next(message.text for message in said.view.messages).startswith("[red]first")
        await pilot.press("b")
        await pilot.pause()
        assert "[red]first[/red]" in "\n".join(said.text_lines)
        assert app.error is None


async def test_a_seat_cannot_move_the_clock(drill: Host) -> None:
    app = SeatApp(drill, "engineer", Nowhere())
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.pause()
        for key in ("space", "n", "plus", "minus"):
            await pilot.press(key)
            assert "facilitator" in app.screen.query_one("#status").text_lines[0]  # type: ignore[attr-defined]
        assert not drill.pacing.paused


async def test_a_probe_ends_by_the_clock_on_the_wall(drill: Host, clock: HandClock) -> None:
    drill.run.give("probe in-the-storm", "facilitator")
    drill.run.advance(1)
    at = drill.run.now
    drill.beat()
    clock.pass_(44.9)
    drill.beat()
    assert "1 s left" in page_text(drill)
    assert drill.run.world.still
    clock.pass_(0.2)
    drill.beat()
    assert not drill.run.world.still
    assert drill.run.now == at
    assert drill.probe_left == -1


async def test_a_probe_within_a_freeze_ends_without_ending_it(
    drill: Host, clock: HandClock
) -> None:
    drill.run.give("freeze what do we know", "facilitator")
    drill.run.advance(1)
    drill.run.give("probe in-the-storm", "facilitator")
    drill.beat()
    clock.pass_(46)
    drill.beat()
    assert drill.run.world.drill is not None
    assert not drill.run.world.drill.probe
    assert drill.run.world.still == "what do we know"


async def test_a_key_for_what_another_seat_does_says_whose_it_is(drill: Host) -> None:
    app = HostApp(drill, "code abcd", Settings())
    async with app.run_test(size=(160, 45)) as pilot:
        screen = await hosted(drill, pilot)
        before = len(drill.run.world.log.items)
        await pilot.press("x")
        assert "engineer may do it" in screen.query_one("#status").text_lines[0]  # type: ignore[attr-defined]
        drill.run.advance(1)
        assert not [
            event for event in drill.run.world.log.items[before:] if event.seat == "facilitator"
        ]


@pytest.mark.parametrize("key, begins", [("p", "probe "), ("m", "fault "), ("v", "voice ")])
async def test_a_key_on_the_page_begins_a_verb(drill: Host, key: str, begins: str) -> None:
    app = HostApp(drill, "code abcd", Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await hosted(drill, pilot)
        await pilot.press(key)
        assert screen.query_one(Prompt).editor.text == begins


async def test_what_is_given_while_time_stands_still_is_not_said_to_wait(drill: Host) -> None:
    drill.pacing.pause(False)
    app = HostApp(drill, "code abcd", Settings())
    async with app.run_test(size=(160, 45)) as pilot:
        screen = await hosted(drill, pilot)
        drill.run.give("freeze coffee", "facilitator")
        drill.run.advance(1)
        for text in ("tell engineer look up", "note nothing", "fire nobody-is-this", "go"):
            screen.submit(text)
            screen.frame()
            assert screen.waiting == 0, text


async def test_improvements_of_the_drill_before_stand_on_the_page(host: Host) -> None:
    begin(host.run, 5, ["say who may stop all | Ann | 1 March", "read fills first"])
    assert "1 say who may stop all" in page_text(host)
    host.run.give("kept 1 yes", "facilitator")
    host.run.advance(1)
    assert "✓ 1 say who may stop all" in page_text(host)
    said = [event.text for event in host.sit("engineer").host.run.world.log.items]
    assert "from the drill before: say who may stop all (Ann)" in said


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_help_is_about_the_drill_and_about_this_seat(drill: Host, key: str) -> None:
    app = SeatApp(drill, "risk", Nowhere())
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        section = app.screen.query_one("#text", Section)
        assert section.region.area
        text = str(section.render())
        assert "stands still while you read" not in str(app.screen.query_one("#title").render())
    assert "tell SEAT" in text
    assert "account" in text
    assert "deploy" not in text


async def test_words_that_move_a_clock_of_ones_own_are_no_words_of_a_seat(drill: Host) -> None:
    app = SeatApp(drill, "engineer", Nowhere())
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SeatScreen)
        offered = {one.text.split()[0] for one in screen.completions("")}
        assert not offered & {"pause", "go", "next", "speed", "takeover", "original"}
        for word in ("pause", "go", "speed 5"):
            screen.submit(word)
            said = screen.query_one("#status").text_lines[0]  # type: ignore[attr-defined]
            assert "facilitator" in said, word


@pytest.mark.parametrize("size", [(160, 45), (120, 35), (110, 32), (149, 60), (80, 24)])
async def test_the_engineer_can_read_every_server_at_any_size(
    drill: Host, size: tuple[int, int]
) -> None:
    app = SeatApp(drill, "engineer", Nowhere())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for number in range(1, 9):
            pane = app.screen.query_one(f"#server-{number}")
            text = "\n".join(pane.text_lines)  # type: ignore[attr-defined]
            assert re.search(r"cpu +\d+%", text), text
            assert re.search(r"(f/t|filled) +\?", text), text


@pytest.mark.parametrize("table", [False, True])
async def test_help_over_the_page_and_the_board_begins_with_them(drill: Host, table: bool) -> None:
    app = TableApp(drill, "", (), Settings()) if table else HostApp(drill, "code abcd", Settings())
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.pause()
        await pilot.press("question_mark")
        await pilot.pause()
        section = app.screen.query_one("#text", Section)
        assert section.region.area
        text = str(section.render())
    assert text.startswith("THIS SCREEN")
    assert "back HH:MM:SS" in text
    assert "probe PROBE" in text
    assert "deploy" not in text
