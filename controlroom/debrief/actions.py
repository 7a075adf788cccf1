"""What was done, in the pieces that people talk about, and whether it was right.

Seven commands that take a build off seven servers are one action. An action is right when it is
what a right hypothesis leads to, or stops a server on which unwanted orders ran at some time of
the day; it is wrong when it follows from a wrong hypothesis. That is hindsight, and says nothing
about what could be known.
"""

from __future__ import annotations

import enum
from typing import Final

import attrs

from controlroom.debrief.patterns import fits_any
from controlroom.debrief.played import Deed, Played
from controlroom.sim.clock import seconds
from controlroom.sim.commands import Group

TOGETHER: Final = seconds(300)
"""Steps between two commands of one verb that still belong together."""

_NO_MONEY: Final = frozenset({"notify", "handover"})
"""Verbs that move no money."""


class Verdict(enum.StrEnum):
    """What hindsight says of an action."""

    RIGHT = "right"
    WRONG = "wrong"
    NEITHER = "neither"


@attrs.frozen
class Action:
    """Commands of one verb that were given one after the other.

    Attributes:
        label: for people: `uninstall smars-1 … smars-7 (7 commands)`.
        verb: of all of them.
        deeds: the commands.
        verdict: of the first of them that is right or wrong.
    """

    label: str
    verb: str
    deeds: tuple[Deed, ...]
    verdict: Verdict

    @property
    def begin(self) -> int:
        """When the first was given."""
        return self.deeds[0].step

    @property
    def end(self) -> int:
        """When the last was given."""
        return self.deeds[-1].step

    @property
    def group(self) -> Group:
        """The family of its verb."""
        return self.deeds[0].command.group


def verdict_of(deed: Deed, played: Played) -> Verdict:
    """What hindsight says of a command on servers, sessions or the flow of orders."""
    scenario, command = played.scenario, deed.command
    if command.group is not Group.ACT:
        return Verdict.NEITHER
    right = [belief for belief in scenario.hypotheses if belief.right]
    if any(fits_any(belief.acts, command, scenario) for belief in right):
        return Verdict.RIGHT
    if command.verb in ("stop", "kill", "drain"):
        burned = played.world.fleet.pegged
        named = getattr(command, "servers", ())
        for place, server in enumerate(scenario.servers):
            if burned[place] and (server.name in named or named == ("all",)):
                return Verdict.RIGHT
    wrong = [belief for belief in scenario.hypotheses if not belief.right]
    if any(fits_any(belief.acts, command, scenario) for belief in wrong):
        return Verdict.WRONG
    return Verdict.NEITHER


def actions_of(played: Played) -> tuple[Action, ...]:
    """Everything that was done and not refused, in order."""
    wanted = (Group.ACT, Group.PEOPLE, Group.POSITIONS)
    runs: list[list[Deed]] = []
    for deed in played.deeds:
        if deed.refused or deed.command.group not in wanted or deed.command.verb in _NO_MONEY:
            continue
        last = runs[-1][-1] if runs else None
        joins = (
            last is not None
            and last.command.verb == deed.command.verb
            and deed.command.group is Group.ACT
            and deed.step - last.step <= TOGETHER
        )
        if joins:
            runs[-1].append(deed)
        else:
            runs.append([deed])
    return tuple(_action(tuple(deeds), played) for deeds in runs)


def _action(deeds: tuple[Deed, ...], played: Played) -> Action:
    verdicts = [verdict_of(deed, played) for deed in deeds]
    told = [verdict for verdict in verdicts if verdict is not Verdict.NEITHER]
    return Action(
        label=_label([deed.text for deed in deeds]),
        verb=deeds[0].command.verb,
        deeds=deeds,
        verdict=told[0] if told else Verdict.NEITHER,
    )


def collapsed(commands: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Steps and texts of commands, those of one verb that follow each other closely as one."""
    runs: list[list[tuple[int, str]]] = []
    for step, text in commands:
        last = runs[-1][-1] if runs else None
        verb = text.split(maxsplit=1)[0]
        if last and last[1].split(maxsplit=1)[0] == verb and step - last[0] <= TOGETHER:
            runs[-1].append((step, text))
        else:
            runs.append([(step, text)])
    return [(run[0][0], _label([text for _, text in run])) for run in runs]


def _label(texts: list[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    if len(texts) == 2:
        return f"{texts[0]}, {texts[1]}"
    last = texts[-1].split(maxsplit=1)[-1]
    return f"{texts[0]} … {last} ({len(texts)} commands)"
