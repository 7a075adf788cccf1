"""Ways to go on typing: verbs, and the words that may stand next, with what they mean."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from controlroom.sim.command import Command, Kind, Slot
from controlroom.sim.commands.grammar import options
from controlroom.sim.start import Scenario


@attrs.frozen
class Completion:
    """A way to go on typing.

    Attributes:
        text: the whole line after completing.
        label: the word that would be added.
        summary: what it means, or empty.
    """

    text: str
    label: str
    summary: str


def verbs_that_begin(typed: str, commands: Sequence[type[Command]]) -> tuple[Completion, ...]:
    """The verbs of `commands` that begin with what is typed; where none does, their other names."""
    low = typed.casefold()
    verbs = [(item.verb, item) for item in commands if item.verb.startswith(low)]
    others = [(name, item) for item in commands for name in item.aliases if name.startswith(low)]
    return tuple(
        Completion(name + (" " if item.slots() else ""), name, item.summary)
        for name, item in verbs or others
    )


def words_that_go_on(
    command: type[Command], words: Sequence[str], typed: str, scenario: Scenario
) -> tuple[Completion, ...]:
    """The words that may stand next in a command.

    Args:
        command: of the verb.
        words: the verb and what is complete behind it.
        typed: the beginning of the next word, or empty.
        scenario: whose names they are.
    """
    slots = command.slots()
    place = min(len(words) - 1, len(slots) - 1)
    if place < 0 or (len(words) > len(slots) and slots[-1].kind is not Kind.SERVERS):
        return ()
    slot, head = slots[place], " ".join(words)
    taken = {word.casefold() for word in words[1:]}
    return tuple(
        Completion(f"{head} {option}", option, _meaning(slot, option, scenario))
        for option in options(slot, scenario)
        if option.casefold().startswith(typed.casefold()) and option.casefold() not in taken
    )


def _meaning(slot: Slot, option: str, scenario: Scenario) -> str:
    """What a word stands for, where it does not say so itself."""
    if slot.kind is Kind.PERSON:
        return next(f"{who.title}: {who.about}" for who in scenario.people if who.id == option)
    return ""
