"""Every key and every word is answered: it acts, it asks, or it says why not."""

from __future__ import annotations

import pytest

from controlroom.sim.commands import COMMANDS
from controlroom.tui.keys import SCREEN_KEYS, VERB_KEYS
from controlroom.tui.messages import HelpWanted, Leave
from controlroom.tui.words import WORDS
from tests.tui.conftest import MIDDLE, SMALL, WIDE, sit_down
from tests.tui.fake_run import FakeRun

SIZES = pytest.mark.parametrize("size", [WIDE, MIDDLE, SMALL], ids=["160x45", "120x35", "80x24"])


def test_no_key_means_two_things() -> None:
    keys = [key for binding in (*SCREEN_KEYS, *VERB_KEYS) for key in binding.key.split(",")]
    assert len(keys) == len(set(keys))


def test_no_key_is_one_that_terminals_cannot_tell_from_another() -> None:
    keys = {key for binding in (*SCREEN_KEYS, *VERB_KEYS) for key in binding.key.split(",")}
    assert not keys & {"ctrl+m", "ctrl+i", "ctrl+h"}


def test_every_key_can_be_remapped_by_its_id() -> None:
    ids = [binding.id for binding in (*SCREEN_KEYS, *VERB_KEYS)]
    assert all(ids)
    assert len(ids) == len(set(ids))


def test_no_word_of_the_screen_hides_a_command() -> None:
    verbs = {name for command in COMMANDS for name in (command.verb, *command.aliases)}
    assert not verbs & {name for word in WORDS for name in (word.word, *word.aliases)}


@SIZES
async def test_a_digit_selects_a_server_and_again_gives_it_the_room(size: tuple[int, int]) -> None:
    async with sit_down(size) as player:
        await player.press("8")
        assert player.focus == "server-8"
        before = player.room.query_one("#server-8").size
        await player.press("8")
        assert player.room.query_one("#server-8").size.area > 4 * before.area
        assert "now" in player.text("server-8")
        await player.press("escape")
        assert player.room.query_one("#server-8").size == before


@SIZES
async def test_a_verb_key_acts_on_the_selected_server(size: tuple[int, int]) -> None:
    async with sit_down(size) as player:
        await player.press("3", "o", "l")
        assert player.given == ["look smars-3", "log smars-3"]
        assert "given" in player.status


async def test_the_selected_server_stays_selected_while_something_else_has_the_focus() -> None:
    async with sit_down() as player:
        await player.press("5", "m", "o")
        assert player.given == ["look smars-5"]


@SIZES
async def test_something_dangerous_is_asked_about_once(size: tuple[int, int]) -> None:
    async with sit_down(size) as player:
        await player.press("8", "k")
        assert "kill smars-8" in player.text("prompt")
        assert "y yes" in player.text("prompt")
        assert player.given == []
        await player.press("n")
        assert player.given == []
        assert "not given" in player.status
        assert player.focus == "server-8"
        await player.press("k", "y")
        assert player.given == ["kill smars-8"]
        assert player.focus == "server-8"


async def test_enter_alone_is_no_yes() -> None:
    async with sit_down() as player:
        await player.type("kill smars-8")
        await player.press("enter")
        assert player.given == []


async def test_stopping_one_server_is_not_asked_about_and_stopping_all_is() -> None:
    run = FakeRun()
    run.world.team.authority = 0
    async with sit_down(run=run) as player:
        await player.press("8", "s")
        assert player.given == ["stop smars-8"]
        await player.type("stop all")
        assert "stop all" in player.text("prompt")
        await player.press("y")
        assert player.given == ["stop smars-8", "stop all"]


async def test_a_command_that_needs_another_word_is_left_at_the_prompt() -> None:
    async with sit_down() as player:
        await player.press("8", "i")
        assert player.focus == "prompt"
        assert "deploy" in player.text("prompt")
        await player.press("r", "l", "p", "enter")
        assert "deploy rlp smars-8" in player.text("prompt")
        await player.press("y")
        assert player.given == ["deploy rlp smars-8"]


async def test_letters_are_text_while_the_prompt_has_the_focus() -> None:
    async with sit_down() as player:
        await player.press(":", *"kndsxa", "space", "8", "plus")
        assert "kndsxa 8+" in player.text("prompt")
        assert player.given == []
        assert "PAUSED" not in player.text("header")
        await player.press("escape", "space")
        assert "PAUSED" in player.text("header")


async def test_a_letter_without_a_meaning_begins_a_command() -> None:
    async with sit_down() as player:
        await player.press("e")
        assert player.focus == "prompt"
        assert "❯ e" in player.text("prompt")


async def test_a_key_without_a_meaning_is_answered() -> None:
    async with sit_down() as player:
        await player.press("f7")
        assert "f7 does nothing here" in player.status


async def test_typing_completes_and_shows_how_to_go_on() -> None:
    async with sit_down() as player:
        await player.press(":", *"unin")
        assert "uninstall" in player.text("answers")
        await player.press("tab")
        assert "uninstall SERVER" in player.text("prompt")
        await player.press(*"smars-", "tab", "tab")
        assert "uninstall smars-" in player.text("prompt")
        await player.press("escape")
        assert "look smars-3" in player.text("answers")


async def test_the_right_arrow_takes_what_is_offered() -> None:
    async with sit_down() as player:
        await player.press(":", *"comp", "right", "enter")
        assert player.given == ["compare"]


async def test_history_by_arrows() -> None:
    async with sit_down() as player:
        await player.type("look smars-3")
        await player.press(*"log smars-8".replace(" ", "|").replace("|", " "))
        await player.press("enter", "up", "up")
        assert "look smars-3" in player.text("prompt")
        await player.press("down", "down")
        assert "look" not in player.text("prompt")


async def test_a_line_that_cannot_be_read_stays_to_be_mended() -> None:
    async with sit_down() as player:
        await player.type("kil smars-8")
        assert "did you mean kill" in player.status
        assert "kil smars-8" in player.text("prompt")
        assert player.given == []


async def test_a_paste_of_many_lines_gives_nothing_by_itself() -> None:
    from textual import events

    async with sit_down() as player:
        await player.press(":")
        player.room.focused.post_message(  # type: ignore[union-attr]
            events.Paste("kill all\ny\n\x1b[31mstop all")
        )
        await player.pilot.pause()
        assert "kill all" in player.text("prompt")
        assert player.given == []


async def test_a_command_given_in_a_pause_says_that_it_waits() -> None:
    async with sit_down() as player:
        await player.press("space", "3", "o")
        assert "clock stands still" in player.status
        assert "waiting for the clock" in player.text("work")
        await player.press("n")
        await player.wait(0.05)
        assert "look smars-3: done" in player.text("answers")
        assert "waiting for the clock" not in player.text("work")


async def test_the_feed_by_keys() -> None:
    async with sit_down() as player:
        await player.press("m")
        assert player.focus == "alerts"
        await player.press("down", "enter", "a", "g")
        assert player.given == ["mail 8", "ack 8", "group off"]


async def test_a_telephone_that_rings_is_answered_by_opening_it() -> None:
    async with sit_down() as player:
        await player.press("m", "enter")
        assert player.given == ["call exchange"]


async def test_a_click_on_a_message_opens_it_and_on_a_pane_selects_it() -> None:
    async with sit_down() as player:
        await player.pilot.click("#alerts", offset=(12, 3))
        await player.pilot.pause()
        assert player.given == ["mail 8"]
        await player.pilot.click("#server-6", offset=(5, 3))
        await player.pilot.pause()
        assert player.room.selected == 6


async def test_tab_goes_through_all_panes_and_back() -> None:
    async with sit_down() as player:
        seen = []
        for _ in range(6):
            seen.append(player.focus)
            await player.press("tab")
        assert seen == ["server-1", "alerts", "money", "answers", "work", "prompt"]
        assert player.focus == "server-1"
        await player.press("shift+tab")
        assert player.focus == "prompt"


async def test_arrows_move_over_the_fleet() -> None:
    async with sit_down() as player:
        await player.press("right", "down")
        assert player.focus == "server-6"
        await player.press("right", "right", "right")
        assert player.focus == "alerts"


async def test_the_footer_changes_with_the_state() -> None:
    async with sit_down() as player:
        assert "drain" in player.text("keys")
        await player.press("m")
        assert "ack" in player.text("keys")
        await player.press(":")
        assert "complete" in player.text("keys")
        await player.press("escape", "8", "k")
        assert "yes, do it" in player.text("keys")


@SIZES
async def test_the_keys_that_always_work_are_always_seen(size: tuple[int, int]) -> None:
    async with sit_down(size) as player:
        for word in ("pause", "next", "mail", "command", "help"):
            assert word in player.text("keys")


async def test_help_and_leaving_are_the_business_of_the_app() -> None:
    async with sit_down() as player:
        await player.press("m", "question_mark")
        await player.type("quit")
        await player.press("escape")
        await player.type("help kill")
        told = player.app.told
        assert [type(message) for message in told] == [HelpWanted, Leave, HelpWanted]
        assert [m.topic for m in told if isinstance(m, HelpWanted)] == ["alerts", "kill"]


async def test_copying_what_the_mouse_selected_or_the_pane(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with sit_down() as player:
        copied: list[str] = []
        monkeypatch.setattr(player.app, "copy_to_clipboard", copied.append)
        await player.press("8", "y")
        assert copied[0].splitlines()[0].startswith("8 SMARS-8 ▲ HOT")
        assert "per parent" in copied[0]
        await player.pilot.mouse_down("#answers", offset=(11, 1))
        await player.pilot.hover("#answers", offset=(40, 2))
        await player.pilot.mouse_up("#answers", offset=(40, 2))
        await player.pilot.pause()
        await player.press("ctrl+c")
        assert "opening bell" in copied[1]
        assert "│" not in copied[1]


async def test_the_palette_finds_verbs_and_gives_them() -> None:
    async with sit_down() as player:
        await player.press("4", "ctrl+p")
        await player.pilot.pause()
        await player.press(*"look into")
        for _ in range(20):
            await player.pilot.pause(0.05)
        await player.press("enter")
        for _ in range(10):
            await player.pilot.pause(0.05)
        assert player.given == ["look smars-4"]


async def test_the_room_waits_while_something_covers_it() -> None:
    async with sit_down() as player:
        await player.press("ctrl+p")
        await player.pilot.pause()
        before = player.run.world.now
        await player.wait(2, frames=4)
        assert player.run.world.now == before
        await player.press("escape")
        await player.pilot.pause()
        await player.wait(1, frames=2)
        assert player.run.world.now == before + 4


async def test_zoom_gives_each_pane_the_room() -> None:
    async with sit_down() as player:
        for pane in ("alerts", "money", "answers"):
            player.room.go(pane)
            await player.pilot.pause()
            before = player.room.query_one(f"#{pane}").size
            await player.press("z")
            assert player.room.query_one(f"#{pane}").size.area > before.area
            await player.press("escape")
            assert player.room.query_one(f"#{pane}").size == before
