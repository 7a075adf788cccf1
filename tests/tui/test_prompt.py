"""The command line: what is no part of a command, what is laid aside, and the ways out of it."""

from __future__ import annotations

import pytest
from textual import events

from controlroom.sim.commands.grammar import MAX_TEXT
from controlroom.tui.lines import ending, width_of, wrapped
from controlroom.tui.widgets.prompt import Prompt
from tests.tui.conftest import SMALL, Player, sit_down


async def paste(player: Player, text: str) -> None:
    player.room.query_one(Prompt).post_message(events.Paste(text))
    await player.pilot.pause()
    await player.pilot.pause()


async def test_the_key_that_leads_to_the_prompt_is_no_part_of_a_command() -> None:
    async with sit_down() as player:
        await player.press(":", "space", ":", *"pmon", "home", ":", "enter")
        assert player.given == ["pmon"]
        await paste(player, " : compare")
        await player.press("enter")
        assert player.given == ["pmon", "compare"]
        await player.press("up", "enter")
        assert player.given == ["pmon", "compare", "compare"]


async def test_a_refused_line_can_be_mended_and_a_colon_begins_another() -> None:
    async with sit_down() as player:
        await player.type("stop smars-x")
        await player.press("backspace", "3", "enter")
        assert player.given == ["stop smars-3"]
        await player.type("lock smars-3")
        await player.press(":", *"pmon", "enter")
        assert player.given == ["stop smars-3", "pmon"]
        await player.press("up", "up")
        assert "lock smars-3" in player.text("prompt")


async def test_escape_lays_a_line_aside_and_the_up_key_has_it() -> None:
    async with sit_down() as player:
        await player.press("m", ":", *"note half a th", "escape")
        assert player.focus == "alerts"
        assert "press :" in player.text("prompt")
        await player.type("pmon")
        assert player.given == ["pmon"]
        await player.press("up", "up")
        assert "note half a th" in player.text("prompt")


async def test_what_a_key_put_into_the_prompt_is_not_worth_laying_aside() -> None:
    async with sit_down() as player:
        await player.press("8", "i", "escape", ":", "up")
        assert "deploy" not in player.text("prompt")


async def test_ctrl_c_clears_the_line_then_leaves_the_prompt_and_never_copies_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with sit_down() as player:
        copied: list[str] = []
        monkeypatch.setattr(player.app, "copy_to_clipboard", copied.append)
        await player.press(":", *"stop smars-3", "ctrl+c")
        assert player.focus == "prompt"
        assert "stop" not in player.text("prompt")
        await player.press("ctrl+c")
        assert player.focus == "server-1"
        await player.press("ctrl+c")
        assert "ctrl+q leaves" in player.status
        assert copied == []


async def test_a_question_is_answered_by_yes_alone_and_every_key_says_so() -> None:
    async with sit_down() as player:
        await player.press("8", "k", "x")
        assert "y does it" in player.status
        assert "kill smars-8?" in player.text("prompt")
        await player.press("ctrl+c")
        assert "not given" in player.status
        await player.press("k")
        await player.pilot.click("#server-3")
        await player.pilot.pause()
        assert "not given" in player.status
        assert player.focus == "server-3"
        await player.press("k", "y")
        assert player.given == ["kill smars-3"]


async def test_a_shortcut_with_a_letter_types_no_letter() -> None:
    async with sit_down() as player:
        room = player.room
        room.post_message(events.Key("alt+x", "x"))
        await player.pilot.pause()
        assert player.focus == "server-1"
        await player.press(":")
        room.query_one(Prompt).post_message(events.Key("alt+x", "x"))
        await player.pilot.pause()
        assert room.query_one(Prompt).value == ""


async def test_of_a_paste_the_first_line_is_taken_and_the_rest_is_said() -> None:
    async with sit_down() as player:
        await player.press(":")
        await paste(player, "\n\nkill all\ny\nstop all\n")
        assert "kill all" in player.text("prompt")
        assert "of 3 pasted lines the first" in player.status
        await player.press("ctrl+u")
        await paste(player, "note " + "x" * 2 * MAX_TEXT)
        assert f"at most {MAX_TEXT} characters" in player.status
        await player.press("enter")
        assert len(player.given[0]) == MAX_TEXT


async def test_a_word_that_a_key_left_open_is_completed_where_it_is_missing() -> None:
    async with sit_down(SMALL) as player:
        await player.press("8", "i")
        assert "rlp" in player.text("answers")
        assert "legacy" in player.text("answers")
        await player.press("l", "tab")
        assert "deploy legacy smars-8" in player.text("prompt")
        await player.press("ctrl+w", "tab", "tab", "enter", "y")
        assert player.given == ["deploy legacy smars-8"]


async def test_nothing_is_offered_in_the_middle_of_a_word() -> None:
    async with sit_down() as player:
        await player.press(":", *"stop smars-3", "left", "left", "left", "tab")
        assert player.room.query_one(Prompt).value == "stop smars-3"
        await player.press("home", *["right"] * 5, *"smars-7 ", "tab")
        assert player.room.query_one(Prompt).value.startswith("stop smars-7 ")


async def test_a_paste_over_a_pane_goes_to_the_prompt_and_gives_nothing() -> None:
    async with sit_down() as player:
        await player.press("8")
        assert player.room.focused is not None
        player.room.focused.post_message(events.Paste("stop smars-8\n"))
        await player.pilot.pause()
        await player.pilot.pause()
        assert player.focus == "prompt"
        assert "stop smars-8" in player.text("prompt")
        assert player.given == []


@pytest.mark.parametrize("text", ["x" * 300, "漢字" * 100, "a\u0301" * 150, "\x1b[31m" * 60])
async def test_the_cursor_is_seen_however_long_and_wide_the_line_is(text: str) -> None:
    async with sit_down(SMALL) as player:
        await player.press(":")
        await paste(player, f"note {text}")
        await player.press("Z")
        assert width_of(player.text("prompt")) <= SMALL[0]
        assert "Z" in player.text("prompt")


async def test_enter_in_an_empty_prompt_is_answered() -> None:
    async with sit_down() as player:
        await player.press(":", "enter")
        assert "nothing is typed" in player.status


def test_the_end_of_a_text_that_fits() -> None:
    assert ending("abcdef", 6) == "abcdef"
    assert ending("abcdef", 4) == "…def"
    assert ending("漢字漢字", 6) == "…漢字"
    assert ending("abc", 1) == "…"


def test_what_is_set_in_stays_so_when_it_is_broken() -> None:
    assert wrapped("  12  a mail that is long", 14) == ("  12  a mail", "  that is long")
