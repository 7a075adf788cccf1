"""The control room at three sizes: what it shows, and what is where."""

from __future__ import annotations

import attrs
import pytest

from controlroom.sim.events import Coached, Milestone, Tone
from controlroom.sim.start import Channel
from controlroom.sim.views import AlertView, LineView
from controlroom.tui.messages import Bell, RunEnded
from tests.tui.conftest import MIDDLE, SMALL, WIDE, sit_down
from tests.tui.fake_run import FakeRun

SIZES = pytest.mark.parametrize("size", [WIDE, MIDDLE, SMALL], ids=["160x45", "120x35", "80x24"])


@SIZES
async def test_eight_servers_are_seen_at_every_size(size: tuple[int, int]) -> None:
    async with sit_down(size) as player:
        for number in range(1, 9):
            pane = player.text(f"server-{number}")
            assert f"SMARS-{number}" in pane
            assert "build ?" in pane or "rlp" in pane
        assert "HOT" in player.text("server-8")
        assert "09:34:12" in player.text("header")


@SIZES
async def test_every_pane_fills_its_place_exactly(size: tuple[int, int]) -> None:
    from controlroom.tui.lines import width_of
    from controlroom.tui.widgets.line_pane import LinePane

    async with sit_down(size) as player:
        for pane in player.room.query(LinePane):
            if pane.display and pane.size.area and pane.is_on_screen:
                assert len(pane.text_lines) == pane.size.height, pane.id
                assert {width_of(line) for line in pane.text_lines} == {pane.size.width}, pane.id


async def test_nothing_is_hidden_where_there_is_room_for_all() -> None:
    async with sit_down(WIDE) as player:
        assert "BNET" in player.text("alerts")
        assert "×97" in player.text("alerts")
        assert "to get flat" in player.text("money")
        assert "-20M" in player.text("money") or "-10M" in player.text("money")
        assert "EXC" in player.text("money")
        assert "look smars-3" in player.text("answers")
        assert "compare" in player.text("work")
        assert "2:04 left" in player.text("work")
        assert "NYSE operations rings" in player.text("work")


async def test_a_small_screen_shows_one_thing_at_a_time_and_says_what_the_others_hold() -> None:
    async with sit_down(SMALL) as player:
        tabs = player.text("tabs")
        assert "[Servers] 1 hot" in tabs
        assert "Alerts 100" in tabs
        assert "P&L -6.21 M" in tabs
        await player.press("m")
        assert "[Alerts]" in player.text("tabs")
        assert "BNET" in player.text("alerts")
        await player.press("tab")
        assert "to get flat" in player.text("money")
        await player.press("4")
        assert player.focus == "server-4"
        assert "[Servers]" in player.text("tabs")


async def test_the_pane_of_the_stale_server_says_load_and_never_a_diagnosis() -> None:
    run = FakeRun()
    run.servers[5] = {"cpu": 95}
    run.servers[8] = {"cpu": 12}
    async with sit_down(run=run) as player:
        assert "HOT" in player.text("server-5")
        assert "HOT" not in player.text("server-8")
        assert "build ?" in player.text("server-8")
        for pane in ("server-8", "header", "money"):
            assert "stale" not in player.text(pane).casefold()


async def test_states_are_words_and_signs() -> None:
    run = FakeRun(storm=False)
    run.servers = {
        1: {"state": "draining"}, 2: {"state": "stopped"}, 3: {"state": "starting"},
        4: {"venues": ("ARCA",), "venues_down": ("NYSE",)}, 5: {"task": "deploy"},
        6: {"build": "legacy", "build_at": "08:04:30", "fills": 462},
    }  # fmt: skip
    async with sit_down(run=run) as player:
        assert "◐ DRAIN" in player.text("server-1")
        assert "■ STOPPED" in player.text("server-2")
        assert "◌ START" in player.text("server-3")
        assert "✗NYSE" in player.text("server-4")
        assert "deploy" in player.text("server-5")
        assert "build legacy  at 08:04" in player.text("server-6")
        assert "46.2x" in player.text("server-6")
        assert "3 down" in player.text("header")


async def test_plain_signs_are_ascii_from_edge_to_edge() -> None:
    from controlroom.tui.widgets.line_pane import LinePane

    async with sit_down(plain=True) as player:
        for pane in player.room.query(LinePane):
            for line in pane.text_lines:
                assert line.isascii(), (pane.id, line)


async def test_text_from_outside_cannot_act_on_the_terminal() -> None:
    run = FakeRun(storm=False)
    evil = "\x1b[2J\x07[bold red]x[/] \u202e"
    run.lines.append(LineView("09:00:00", "", evil, Tone.PLAIN))
    run.extra_alerts.append(AlertView(77, "09:00:00", Channel.MAIL, "new", evil, evil * 40, 1, 1))
    run.servers[1] = {"build": evil, "build_at": "09:00:00", "task": evil}
    async with sit_down(run=run) as player:
        for pane in ("answers", "alerts", "server-1"):
            text = player.text(pane)
            assert "␛" in text
            assert not set(text) & {"\x1b", "\x07", "\u202e"}
        assert "[bold red]x[/]" in player.text("answers")


async def test_a_screen_of_one_cell_survives_and_comes_back() -> None:
    async with sit_down(WIDE) as player:
        for width, height in [(1, 1), (2, 3), (20, 5), (40, 12), (79, 23), (300, 90), (160, 45)]:
            await player.pilot.resize_terminal(width, height)
            await player.wait(0.5)
        assert "SMARS-8" in player.text("server-8")
        assert "EXC" in player.text("money")


# --- the clock ------------------------------------------------------------------------------------


async def test_the_world_keeps_its_pace_and_frames_may_be_few() -> None:
    async with sit_down() as player:
        before = player.run.world.now
        await player.wait(4, frames=2)
        assert player.run.world.now - before == 16


async def test_a_pause_is_seen_and_stops_the_world() -> None:
    async with sit_down() as player:
        await player.press("space")
        assert "PAUSED" in player.text("header")
        before = player.run.world.now
        await player.wait(3, frames=5)
        assert player.run.world.now == before
        await player.press("space")
        await player.wait(1)
        assert player.run.world.now == before + 4


async def test_speeds_by_key_and_by_word() -> None:
    async with sit_down() as player:
        await player.press("plus", "plus")
        assert "5x" in player.text("header")
        await player.press("minus")
        assert "2x" in player.text("header")
        await player.type("speed 60")
        await player.wait(1)
        assert player.run.world.now % 1 == 0
        assert player.room.counters.steps == 240


async def test_an_assessment_has_no_pause() -> None:
    async with sit_down(run=FakeRun(mode="assess")) as player:
        await player.press("space")
        assert "no pause" in player.status
        before = player.run.world.now
        await player.wait(1)
        assert player.run.world.now == before + 4


async def test_run_to_the_next_thing_stops_there_and_says_what_it_is() -> None:
    run = FakeRun(storm=False)
    run.ring(after=5_000)
    begin = run.world.now
    async with sit_down(run=run) as player:
        await player.press("n")
        await player.wait(0.05)
        assert run.world.now == begin + 5_000
        assert "is this you?" in player.status
        assert "PAUSED" in player.text("header")
        assert [type(message) for message in player.app.told] == [Bell]


async def test_a_key_stops_the_running() -> None:
    run = FakeRun(storm=False)
    async with sit_down(run=run) as player:
        await player.press("n")
        assert "to the next thing" in player.text("header")
        await player.press("space")
        before = run.world.now
        await player.wait(1)
        assert run.world.now == before


async def test_the_end_of_the_run_is_told_once() -> None:
    run = FakeRun()
    async with sit_down(run=run) as player:
        run.ended = "flat"
        run.happens[run.world.now + 1] = Milestone(run.world.now + 1, "flat", "flat")
        await player.wait(1, frames=4)
        ended = [message for message in player.app.told if isinstance(message, RunEnded)]
        assert [message.reason for message in ended] == ["flat"]
        await player.press("space")
        assert "over" in player.status


async def test_the_coach_stops_the_clock_and_says_why() -> None:
    run = FakeRun()
    async with sit_down(run=run) as player:
        run.happens[run.world.now + 1] = Coached(run.world.now + 1, "coach: look at the mail")
        await player.wait(1, frames=4)
        assert "coach: look at the mail" in player.status
        before = run.world.now
        await player.wait(1)
        assert run.world.now == before
        await player.press("space")
        await player.wait(1)
        assert run.world.now > before


async def test_a_machine_that_slept_does_not_lose_the_game_to_the_clock() -> None:
    async with sit_down() as player:
        before = player.run.world.now
        await player.wait(7_200)
        assert player.run.world.now == before
        assert "stood still" in player.status


async def test_suspending_stops_the_clock_however_soon_one_is_back() -> None:
    async with sit_down(speed=60) as player:
        before = player.run.world.now
        player.app.app_suspend_signal.publish(player.app)
        await player.wait(4)
        player.app.app_resume_signal.publish(player.app)
        assert player.run.world.now == before
        assert "stood still" in player.status
        await player.wait(1)
        assert player.run.world.now > before


async def test_a_clock_that_stood_still_before_a_suspension_stands_still_after_it() -> None:
    async with sit_down() as player:
        await player.press("space")
        before = player.run.world.now
        player.app.app_suspend_signal.publish(player.app)
        player.app.app_resume_signal.publish(player.app)
        await player.wait(1)
        assert player.run.world.now == before


async def test_nothing_is_painted_while_the_link_is_busy_and_the_world_goes_on() -> None:
    async with sit_down() as player:
        player.room._link_is_busy = lambda: True  # type: ignore[method-assign]
        before, views = player.run.world.now, player.room.counters.views
        await player.wait(2, frames=10)
        assert player.run.world.now == before + 8
        assert player.room.counters.views == views
        assert player.room.counters.skipped > 0


# --- lists that do not jump -----------------------------------------------------------------------


def _mail(id_: int) -> AlertView:
    return AlertView(id_, "09:40:00", Channel.MAIL, "new", "Sender", f"subject {id_}", 1, 1)


async def test_the_message_under_the_cursor_stays_there_while_others_arrive() -> None:
    run = FakeRun()
    async with sit_down(run=run) as player:
        await player.press("m", "down", "down", "down")
        from controlroom.tui.widgets.alerts import AlertFeed

        feed = player.room.query_one(AlertFeed)
        chosen = feed.selected
        row = (
            player.text("alerts")
            .splitlines()
            .index(next(line for line in player.text("alerts").splitlines() if "❯" in line))
        )
        run.extra_alerts += [_mail(100), _mail(101)]
        await player.wait(0.25)
        assert feed.selected == chosen
        assert "❯" in player.text("alerts").splitlines()[row]


async def test_the_feed_shows_the_newest_while_nobody_reads() -> None:
    run = FakeRun()
    async with sit_down(run=run) as player:
        run.extra_alerts.append(_mail(100))
        await player.wait(0.25)
        assert "subject 100" in player.text("alerts").splitlines()[2]


async def test_answers_keep_their_place_for_somebody_who_reads() -> None:
    run = FakeRun()
    run.lines += [LineView("09:34:09", "", f"line {n}", Tone.PLAIN) for n in range(50)]
    async with sit_down(run=run) as player:
        assert "line 49" in player.text("answers")
        player.room.go("answers")
        await player.pilot.pause()
        await player.press("pageup", "pageup")
        before = player.text("answers").splitlines()[1:-1]
        run.lines.append(LineView("09:34:13", "", "something new", Tone.PLAIN))
        await player.wait(0.25)
        assert player.text("answers").splitlines()[1:-1] == before
        assert "1 new" in player.text("answers")
        await player.press("end")
        assert "something new" in player.text("answers")


async def test_a_long_answer_is_shown_from_its_first_line() -> None:
    run = FakeRun()
    async with sit_down(run=run) as player:
        run.lines.append(LineView("09:34:13", "", "a long answer", Tone.PLAIN))
        run.lines += [LineView("", "", f"line {n}", Tone.PLAIN) for n in range(30)]
        await player.wait(0.25)
        assert "a long answer" in player.text("answers").splitlines()[1]
        run.lines.append(LineView("09:34:15", "", "short", Tone.PLAIN))
        await player.wait(0.25)
        assert "short" in player.text("answers").splitlines()[-2]


async def test_a_stock_keeps_its_place_on_the_tape() -> None:
    run = FakeRun()
    async with sit_down(run=run) as player:
        line = player.text("money").splitlines()[-2]
        place = line.index("NOK")
        view = run.view

        def turned(seat: str = "on-call") -> object:
            shown = view(seat)
            tape = tuple(reversed(shown.money.tape[:6]))
            return attrs.evolve(shown, money=attrs.evolve(shown.money, tape=tape))

        run.view = turned  # type: ignore[assignment,method-assign]
        await player.wait(0.25)
        assert player.text("money").splitlines()[-2].index("NOK") == place


async def test_on_a_small_screen_an_opened_message_can_be_read_and_left_again() -> None:
    async with sit_down(SMALL) as player:
        await player.press("m", "down", "enter")
        assert "[Answers]" in player.text("tabs")
        await player.press("escape")
        assert player.focus == "alerts"


async def test_a_small_screen_says_that_an_answer_goes_on() -> None:
    run = FakeRun()
    async with sit_down(SMALL, run) as player:
        run.lines.append(LineView("09:34:13", "", "a long answer", Tone.PLAIN))
        run.lines += [LineView("", "", f"line {n}", Tone.PLAIN) for n in range(9)]
        await player.wait(0.25)
        assert "r ↓8 more" in player.text("answers")
        await player.press("r")
        assert "line 8" in player.text("answers")
