"""Typed lines: what is understood, what is not, and what the answer to a slip says."""

from __future__ import annotations

import pytest

from controlroom.sim.commands import (
    COMMANDS,
    Command,
    CommandError,
    Group,
    Kind,
    complete,
    parse,
    usage_of,
    verb_of,
)
from controlroom.sim.commands.grammar import MAX_TEXT
from controlroom.sim.events import Answer, Said
from controlroom.sim.start import Scenario
from tests.sim.play import Shift

EVERY = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.verb)


@pytest.mark.parametrize(
    "typed, canonical",
    [
        ("stop smars-8", "stop smars-8"),
        ("  STOP   Smars-8 ", "stop smars-8"),
        ("stop 8", "stop smars-8"),
        ("stop 8 3 8 smars-3", "stop smars-3 smars-8"),
        ("stop all", "stop all"),
        ("stop 1 2 3 4 5 6 7 8", "stop all"),
        ("stop 3 all", "stop all"),
        ("deploy RLP 8", "deploy rlp smars-8"),
        ("install rlp 8", "deploy rlp smars-8"),
        ("rollback 1", "uninstall smars-1"),
        ("disconnect nyse", "disconnect NYSE"),
        ("disconnect all", "disconnect all"),
        ("phone CIO", "call cio"),
        ("mail", "mail"),
        ("mail #17", "mail 17"),
        ("open 017", "mail 17"),
        ("ack ALL", "ack all"),
        ("shelve 3 15 not now, later", "shelve 3 15 not now, later"),
        ("search  BNET   reject", "search BNET reject"),
        ("search", "search"),
        ('alarm on "BNET reject"', "alarm on BNET reject"),
        ("alarm off “BNET reject”", "alarm off BNET reject"),
        ("limit $5,000,000", "limit 5000000"),
        ("limit 1.5bn", "limit 1500000000"),
        ("limit 20M", "limit 20000000"),
        ("pare 30%", "pare 30"),
        ("pare 30 180", "pare 30 180"),
        ("suspect stale build on 8", "suspect stale build on 8"),
        ("suspect stale build SURE", "suspect stale build sure"),
        ('suspect "are we sure"', 'suspect "are we sure"'),
        ("suspect sure", "suspect sure"),
        ('note "x" ""', "note x"),
        ('note x " ”', "note x"),
        ('note say "when"', 'note say "when'),
        ("suspect sure maybe", "suspect sure maybe"),
        ("sell block", "sell block"),
        ("tape co", "tape CO"),
        ("account 33", "account 33"),
    ],
)
def test_what_is_typed_has_one_canonical_form(
    scenario: Scenario, typed: str, canonical: str
) -> None:
    """Case, spaces, digits for servers, aliases and units are the typist's choice."""
    command = parse(typed, scenario)
    assert command.text() == canonical
    assert parse(canonical, scenario) == command


@pytest.mark.parametrize(
    "typed, names, offers",
    [
        ("stpo smars-8", "'stpo'", "did you mean stop?"),
        ("stop smarts-8", "no server 'smarts-8'", "did you mean smars-8?"),
        ("stop smars-8 samrs-3", "'samrs-3'", "did you mean smars-3?"),
        ("stop 9", "no server '9'", "smars-1, smars-2"),
        ("deploy rpl smars-8", "no build 'rpl'", "did you mean rlp?"),
        ("deploy smars-8 rlp", "no build 'smars-8'", "rlp, legacy"),
        ("call coi", "no person 'coi'", "did you mean cio?"),
        ("tape ZZZZZ", "no stock 'ZZZZZ'", "there are"),
        ("disconnect NYES", "no venue 'NYES'", "did you mean NYSE?"),
        ("flag of", "flag takes on or off, not 'of'", "did you mean off?"),
        ("sell all", "sell takes block, not 'all'", "block"),
        ("config flgs 8", "'flgs'", "did you mean flags?"),
        ("call NYSE", "no person 'NYSE'", "did you mean exchange?"),
        ("flag", "flag needs on|off", "flag on|off"),
        ("stop", "stop needs SERVER", "stop SERVER…|all"),
        ("sell", "sell needs block", "sell block"),
        ("log smars-8 smars-7", "'smars-7' is one word too many", "log SERVER"),
        ("declare now", "'now' is one word too many", "declare"),
        ("mail seventeen", "'seventeen'", "number of a message"),
        ("mail -1", "'-1'", "number of a message"),
        ("pare lots", "'lots'", "should be a number"),
        ("pare 101", "101", "from 1 to 100"),
        ("pare 0", "0", "from 1 to 100"),
        ("shelve 3 9999 x", "9,999", "from 1 to 480"),
        ("shelve 3 5", "shelve needs REASON", "shelve N MINUTES REASON"),
        ('note "“”"', "note needs TEXT", "note TEXT"),
        ("xyzzy", "'xyzzy'", "help lists the commands"),
        ("", "nothing typed", "help lists the commands"),
        ("   \t", "nothing typed", "help lists the commands"),
    ],
)
def test_a_slip_is_answered_by_one_line_with_the_word_and_the_nearest_valid(
    scenario: Scenario, typed: str, names: str, offers: str
) -> None:
    """It names what is wrong and offers what would be right."""
    with pytest.raises(CommandError) as caught:
        parse(typed, scenario)
    said = str(caught.value)
    assert names in said
    assert offers in said
    assert "\n" not in said


@pytest.mark.parametrize(
    "typed",
    [
        "x" * 10_000,
        "stop " + "x" * 10_000,
        "stop " + "smars-9 " * 2_000,
        "note " + "x" * (MAX_TEXT + 1),
        "note " + "word " * MAX_TEXT,
        "limit " + "9" * 300,
        "pare " + "9" * 18 + "bn",
        "stop " + "9" * 390,
        "\x1b[31m",
        "stop \x1b[31msmars-8",
        "stop \x00",
        "call [bold]cio[/bold]",
        "tape \u202eOC",
    ],
)
def test_very_long_and_ugly_text_gets_a_short_and_harmless_answer(
    scenario: Scenario, typed: str
) -> None:
    """What was typed is quoted, cut short, with its control characters spelt out."""
    with pytest.raises(CommandError) as caught:
        parse(typed, scenario)
    said = str(caught.value)
    assert len(said) < 200
    assert said.isprintable()


def test_a_text_may_be_as_long_as_the_limit_by_any_verb(scenario: Scenario) -> None:
    """The canonical verb may be longer than the alias that was typed."""
    typed = "find " + "x" * MAX_TEXT
    command = parse(typed, scenario)
    assert len(command.text()) > MAX_TEXT
    assert parse(command.text(), scenario) == command


@pytest.mark.parametrize("text", ["[bold red]x[/]", "\x1b[2J", "a\x07b", "\u202eabc", "{0} %s"])
def test_markup_and_control_characters_stay_what_they_are(storm: Shift, text: str) -> None:
    """The world keeps text as data; a screen makes it visible."""
    events = storm.say(f"note {text}", f"suspect {text} sure", f"search {text}")
    said = [event.text for event in events if isinstance(event, Said)]
    assert said == [f"note {text}", f"suspect {text} sure", f"search {text}"]
    assert storm.world.team.notes == [(storm.world.now - 1, text)]
    assert storm.view.suspicions == (f"{text} (sure)",)
    assert storm.view.alerts.search == text
    answers = [event.text for event in events if isinstance(event, Answer)]
    assert len(answers) == 3


@EVERY
def test_every_command_explains_itself(command: type[Command]) -> None:
    """Verb, usage, one line of summary, a family: what help, palette and prompt show."""
    assert command.verb == command.verb.casefold()
    assert command.usage().split()[0] == command.verb
    assert command.summary
    assert "\n" not in command.summary
    assert len(command.summary) <= 80
    assert command.summary[0].islower() or command.summary.startswith("PMON")
    assert not command.summary.endswith(".")
    assert isinstance(command.group, Group)
    assert command.__doc__
    shown = usage_of(f"{command.verb} whatever")
    assert shown == f"{command.usage()}   {command.summary}"
    for alias in command.aliases:
        assert verb_of(f"{alias} x") is command


def test_verbs_and_aliases_are_all_different() -> None:
    """None hides another, nor do two commands share a key."""
    words = [word for command in COMMANDS for word in (command.verb, *command.aliases)]
    assert len(words) == len(set(words))
    keys = [command.key for command in COMMANDS if command.key]
    assert len(keys) == len(set(keys))


def test_nothing_typed_or_a_slip_has_no_usage() -> None:
    """The usage line is empty until a verb is known."""
    assert usage_of("") == usage_of("  ") == usage_of("stpo smars-8") == ""


def test_completing_a_verb_offers_those_that_begin_so(scenario: Scenario) -> None:
    """With what they do, and with a space where more has to be typed."""
    offered = complete("st", scenario)
    assert [item.label for item in offered] == ["stop", "start"]
    assert [item.text for item in offered] == ["stop ", "start "]
    assert all(item.summary for item in offered)
    assert [item.text for item in complete("decl", scenario)] == ["declare"]
    assert len(complete("", scenario)) == len(COMMANDS)
    assert [item.text for item in complete("ins", scenario)] == ["inspect ", "install "]


@pytest.mark.parametrize(
    "typed, first, count",
    [
        ("stop ", "stop smars-1", 9),
        ("stop s", "stop smars-1", 8),
        ("stop smars-8 ", "stop smars-8 smars-1", 8),
        ("deploy ", "deploy rlp", 2),
        ("deploy rlp ", "deploy rlp smars-1", 9),
        ("deploy rlp smars-7 smars-8", "deploy rlp smars-7 smars-8", 1),
        ("deploy rlp smars-7 A", "deploy rlp smars-7 all", 1),
        ("flag ", "flag on", 2),
        ("FLAG o", "FLAG on", 2),
        ("tape CLG", "tape CLGX", 1),
        ("disconnect n", "disconnect NYSE", 2),
        ("declare ", "", 0),
        ("log smars-1 ", "", 0),
        ("nonsense ", "", 0),
        ("alarm ", "alarm on", 2),
        ("ack ", "ack all", 1),
    ],
)
def test_completing_a_word_offers_what_the_scenario_knows(
    scenario: Scenario, typed: str, first: str, count: int
) -> None:
    """Servers, builds, venues, people and stocks by name; nothing twice, nothing after the end."""
    offered = complete(typed, scenario)
    assert len(offered) == count
    assert not count or offered[0].text == first


def test_a_person_is_offered_with_what_the_person_can_do(scenario: Scenario) -> None:
    """`cio` says little to somebody who has just come into the room."""
    offered = {item.label: item.summary for item in complete("call ", scenario)}
    assert offered["cio"] == "Chief information officer: Can give leave to stop everything"
    assert all(offered.values())


def test_a_slip_may_be_nearest_to_a_word_of_the_screen(scenario: Scenario) -> None:
    """Whoever reads a line knows words of its own besides."""
    with pytest.raises(CommandError, match="no command 'nxt'; did you mean next"):
        parse("nxt", scenario, ("next", "quit"))


@EVERY
def test_what_completion_offers_can_be_read(command: type[Command], scenario: Scenario) -> None:
    """Completing word after word leads to a command, as far as words can be offered."""
    typed = f"{command.verb} "
    slots = command.slots()
    for slot in slots:
        offered = complete(typed, scenario)
        if slot.kind in (Kind.TEXT, Kind.NUMBER) or not offered:
            typed += {Kind.TEXT: "words ", Kind.NUMBER: "5 ", Kind.ALERT: "3 "}[slot.kind]
            continue
        assert all(item.text.startswith(typed) for item in offered)
        typed = offered[0].text + " "
    assert type(parse(typed, scenario)) is command
