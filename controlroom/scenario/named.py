"""Commands that are meant somewhere in a scenario name servers, builds and people that there are.

A pattern such as `stop smars-9` is read whatever it names, and where there is no such server nobody
could ever give a command that fits it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from controlroom.scenario.errors import Problem, one_of
from controlroom.scenario.text import quoted
from controlroom.sim.command import Kind
from controlroom.sim.commands import verb_of
from controlroom.sim.commands.grammar import options

if TYPE_CHECKING:
    from controlroom.sim.start import Scenario

_DRAWN: Final = re.compile(r"\{[a-z_]+\}")
"""What stands for a server that the seed draws, where it draws the fault."""

_FREE: Final = {Kind.TEXT, Kind.NUMBER, Kind.ALERT, Kind.INJECT, Kind.PROBE}
"""Words that may be anything."""


def nameless(scenario: Scenario) -> Iterator[Problem]:
    """Patterns that name what there is not."""
    for file, key, patterns in _places(scenario):
        for pattern in patterns:
            for word, known in _unknown(pattern, scenario):
                wrong = f"has {quoted(pattern)}, which names {word!r}"
                yield Problem(file, key, wrong, one_of(known, word))


def _places(scenario: Scenario) -> Iterator[tuple[str, str, Iterable[str]]]:
    for belief in scenario.hypotheses:
        yield "cues.toml", f"hypothesis[{belief.id}].acts", belief.acts
    for cue in scenario.cues:
        for field in ("after", "opens", "answers"):
            yield "cues.toml", f"cue[{cue.id}].{field}", getattr(cue, field)
    for inject in scenario.injects:
        file, kind = ("mails.toml", "mail") if inject.at is not None else ("events.toml", "event")
        yield file, f"{kind}[{inject.id}].expects", inject.expects
    if scenario.plan:
        for inject in scenario.plan.injects:
            yield "injects.toml", f"inject[{inject.id}].expects", inject.expects
        for objective in scenario.plan.objectives:
            yield "drill.toml", f"objective[{objective.id}].did", objective.did


def _unknown(pattern: str, scenario: Scenario) -> Iterator[tuple[str, list[str]]]:
    """Words of a pattern that no word of its command may be, with those that may."""
    verb, *words = pattern.split()
    command = verb_of(verb)
    slots = command.slots() if command else ()
    if any(slot.kind in _FREE for slot in slots):
        return
    known = [str(name) for slot in slots for name in options(slot, scenario)]
    for word in words:
        drawn = bool(scenario.faults) and _DRAWN.fullmatch(word)
        if word not in known and not drawn:
            yield word, known
