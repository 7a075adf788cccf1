"""Each verb can be given by a key, from the palette and at the prompt, and help says so."""

from __future__ import annotations

import pytest
from textual.command import DiscoveryHit, Hit

from controlroom.scenario import load_scenario
from controlroom.sim.commands import COMMANDS, Command
from controlroom.tui.keys import SCREEN_KEYS, display
from controlroom.tui.palette import VerbProvider
from controlroom.tui.screens.help_text import KEYS, chapters
from tests.tui.conftest import SMALL, Player, sit_down
from tests.tui.fake_run import FakeRun

EVERY = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.verb)


@EVERY
def test_a_verb_has_a_key_and_help_shows_it_beside_the_verb(command: type[Command]) -> None:
    assert command.key
    entries = [entry for chapter in chapters("", "") for entry in chapter.entries]
    term = next(term for term, text in entries if text == command.summary)
    assert term.split() == [display(command.key), *command.usage().split()]


def test_help_has_every_key_of_the_screen() -> None:
    said = {id_ for ids, _ in KEYS for id_ in ids}
    assert {str(key.id) for key in SCREEN_KEYS if not str(key.id).startswith("server.")} == said


async def test_help_has_what_only_this_scenario_has() -> None:
    run = FakeRun()
    run.scenario = load_scenario("deploy-week")
    async with sit_down(run=run) as player:
        said = [entry for chapter in player.room.help_of("") for entry in chapter.entries]
        assert any(term.strip() == "bell" for term, _ in said)
    run.scenario = load_scenario("first-shift")
    async with sit_down(run=run) as player:
        said = [entry for chapter in player.room.help_of("") for entry in chapter.entries]
        assert any(term == "skip" for term, _ in said)


async def test_a_verbs_key_gives_it_or_asks_for_the_word_that_is_missing() -> None:
    by_itself = {"mail": "go.feed", "accept": "alarm.accept"}
    async with sit_down(SMALL) as player:
        for command in COMMANDS:
            if command.verb in by_itself:
                continue
            await player.press("8", str(command.key))
            came_to = [*player.given, player.text("prompt")]
            assert any(text.strip(" ❯!").startswith(command.verb) for text in came_to)
            assert command.verb in player.status or "y yes" in player.text("prompt")
            await player.press("escape", "escape")
            assert player.focus == "server-8"


async def test_a_key_that_asks_leads_back_to_the_pane_it_was_pressed_in() -> None:
    async with sit_down() as player:
        await player.press("m", "down", "v", *"10", "space", *"noise", "enter")
        assert player.given == ["shelve 8 10 noise"]
        assert player.focus == "alerts"
        await player.press(":", *"pmon", "enter")
        assert player.focus == "prompt"


async def test_the_key_to_call_answers_whoever_rings() -> None:
    async with sit_down() as player:
        await player.press("C")
        assert player.given == ["call exchange"]
        player.run.storm = False
        player.room.refresh_picture()
        await player.press("C")
        assert "call WHO" in player.text("prompt")
        assert "WHO? tab completes" in player.status


async def test_the_key_for_alarms_begins_with_the_mail_that_is_selected() -> None:
    async with sit_down() as player:
        await player.press("m", "down", "down", "down", "exclamation_mark")
        assert "alarm on BNET reject" in player.text("prompt")
        assert player.given == []
        await player.press("enter")
        assert player.given == ["alarm on BNET reject"]
        assert player.focus == "alerts"


async def found(player: Player, query: str) -> list[str]:
    """What the palette offers, best first."""
    hits = [hit async for hit in VerbProvider(player.room).search(query) if isinstance(hit, Hit)]
    hits.sort(key=lambda hit: -hit.score)
    return [str(hit.match_display) for hit in hits]


async def test_the_palette_has_every_verb_with_its_key() -> None:
    async with sit_down() as player:
        shown = [hit async for hit in VerbProvider(player.room).discover()]
        for command in COMMANDS:
            text = next(hit.help for hit in shown if str(hit.help).endswith(command.summary))
            assert text == f"{display(str(command.key))}   {command.summary}"


@pytest.mark.parametrize(
    "typed, first",
    [
        ("fla", "flag on|off"),
        ("stop", "stop smars-1"),
        ("log", "log smars-1"),
        ("not", "notify WHO"),
    ],
)
async def test_the_palette_puts_the_verb_first_that_begins_so(typed: str, first: str) -> None:
    async with sit_down() as player:
        assert (await found(player, typed))[0] == first


async def test_a_search_from_the_palette_asks_for_its_text_and_a_speed_for_its_figure() -> None:
    async with sit_down() as player:
        entries = {
            str(hit.display): hit.command
            async for hit in VerbProvider(player.room).discover()
            if isinstance(hit, DiscoveryHit)
        }
        entries["search [TEXT]"]()
        await player.pilot.pause()
        assert "search" in player.text("prompt")
        assert player.given == []
        await player.press("escape")
        next(run for title, run in entries.items() if title.startswith("speed"))()
        await player.press(*"10", "enter")
        assert "speed 10x" in player.status


async def test_a_slip_is_answered_with_the_nearest_word_of_the_screen_too() -> None:
    async with sit_down() as player:
        await player.type("paus")
        assert "no command 'paus'; did you mean pause?" in player.status


async def test_zoom_typed_at_the_prompt_is_about_the_pane_that_one_came_from() -> None:
    async with sit_down() as player:
        await player.press("m")
        await player.type("zoom")
        assert player.room.zoomed == "alerts"


async def test_escape_takes_a_search_of_the_feed_back() -> None:
    async with sit_down() as player:
        player.run.search = "BNET"
        player.room.refresh_picture()
        await player.press("m", "escape")
        assert player.given == ["search"]
        player.run.search = ""
        player.room.refresh_picture()
        await player.press("escape")
        assert player.given == ["search"]
        assert player.focus == "server-1"
