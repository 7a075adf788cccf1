"""What anybody could type: command lines drawn from the slots that each command declares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from controlroom.sim.commands import COMMANDS, Command, Kind, Slot
from controlroom.sim.commands.grammar import options
from controlroom.sim.start import Scenario

UGLY = st.text(
    alphabet=st.one_of(
        st.sampled_from('abc "“”#[]/\\\x1b\x07\x00\t\n\u202e\u200b\u0301😀%{}'),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)
"""Text with markup, escape sequences, control characters and quotation marks."""

WORDS = st.sampled_from(
    ("reject", "the new code", "sure", "sure likely", '"maybe sure"', "[bold red]", "BNET Reject")
)


def lines(
    scenario: Scenario, commands: Sequence[type[Command]] = COMMANDS
) -> st.SearchStrategy[str]:
    """A line that can be read as one of these commands."""
    return st.one_of([line(command, scenario) for command in commands])


def line(command: type[Command], scenario: Scenario) -> st.SearchStrategy[str]:
    """A line that can be read as this command; optional words may be missing from the end."""
    slots = command.slots()
    fewest = sum(not slot.optional for slot in slots)
    verbs = st.sampled_from((command.verb, command.verb.upper(), *command.aliases))
    words = [word(slot, scenario) for slot in slots]
    return st.one_of(
        [st.tuples(verbs, *words[:count]).map(" ".join) for count in range(fewest, len(slots) + 1)]
    )


def word(slot: Slot, scenario: Scenario) -> st.SearchStrategy[str]:
    """Words that may stand in a slot, in any of the ways in which they may be typed."""
    if slot.kind is Kind.TEXT:
        return st.one_of(WORDS, UGLY.filter(lambda text: bool(text.strip('"“” \t\n').split())))
    if slot.kind is Kind.NUMBER:
        return numbers(slot)
    if slot.kind is Kind.ALERT:
        plain = st.integers(0, 260).map(str)
        return st.one_of(plain, plain.map("#{}".format), st.sampled_from(("99999", *slot.choices)))
    named = st.sampled_from(options(slot, scenario))
    either: st.SearchStrategy[Any] = st.one_of(named, named.map(str.upper))
    if slot.kind is Kind.SERVER:
        return st.one_of(either, st.integers(1, len(scenario.servers)).map(str))
    if slot.kind is Kind.SERVERS:
        digits = st.integers(1, len(scenario.servers)).map(str)
        return st.lists(st.one_of(either, digits), min_size=1, max_size=4).map(" ".join)
    return either


def numbers(slot: Slot) -> st.SearchStrategy[str]:
    """Numbers as people write them: with commas, dollars, percent signs, k and m."""
    whole = st.integers(slot.low, min(slot.high, 10**10))
    forms = ["{}", "{:,}", "${}", "{}%"]
    ways = [whole.map(form.format) for form in forms]
    if slot.high >= 10**6:
        ways += [st.integers(1, 900).map(form.format) for form in ("{}k", "{}m", "${}.5m")]
    return st.one_of(ways)
