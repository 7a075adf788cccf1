"""What a world has besides when several people play under a facilitator: a drill.

It is part of the state and changes like the rest of it, by commands and on the beat; `staging` is
where the latter happens. A world without a drill has none of this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from controlroom.sim.clock import seconds
from controlroom.sim.command import Command
from controlroom.sim.events import Told
from controlroom.sim.seats import COMMANDER, EVERYBODY, FACILITATOR, ON_CALL, seats_for
from controlroom.sim.start import PRICE_UNIT, Inject, Objective

if TYPE_CHECKING:
    from controlroom.sim.world import World

PMON: Final = "pmon"
"""The risk screen, where an instrument is named that can break."""

DEAD, CALM, HANGS = "dead", "calm", "hangs"
FAULTS: Final = (DEAD, CALM, HANGS)
"""A server does not answer; its pane shows a calm neighbour's figures; PMON shows nothing new."""

WITHIN: Final = 180
"""Seconds in which a response is expected where the scenario does not say."""


MOST_CARRIED: Final = 9
"""Improvements of earlier drills that one may bring in; three is what a team can keep in mind."""


@attrs.frozen
class Message:
    """Something that a seat told another.

    Attributes:
        step: when.
        seat: by whom.
        to: to whom, a seat or `all`.
        text: plain text.
    """

    step: int
    seat: str
    to: str
    text: str


@attrs.frozen
class Deed:
    """A command that a participant gave and that was not refused.

    Attributes:
        step: when.
        seat: by whom.
        command: what.
    """

    step: int
    seat: str
    command: Command


@attrs.frozen
class Written:
    """A note or a suspicion, or an answer to a probe's question.

    Attributes:
        step: when.
        seat: by whom.
        kind: `note`, `suspect`, or the probe's id and the question's number.
        text: plain text.
    """

    step: int
    seat: str
    kind: str
    text: str


@attrs.frozen
class Later:
    """Something that the firm's people do in a while, at a desk that nobody took.

    Attributes:
        due: step.
        seat: at whose desk.
        to: who asked for it, or who is told.
        command: what they do, or None where they only say something.
        text: what they say.
    """

    due: int
    seat: str
    to: str
    command: Command | None
    text: str


@attrs.frozen
class Carried:
    """Something that the team decided to improve after an earlier drill.

    Attributes:
        what: is to be better.
        owner: whose it is, or empty.
        date: by when, as it was written, or empty.
        showed: `yes` or `no` where the facilitator has said whether it showed, or empty.
        step: of that, or -1.
    """

    what: str
    owner: str
    date: str
    showed: str = ""
    step: int = -1


@attrs.define
class Drill:
    """A drill.

    Attributes:
        people: who take part, beside the facilitator.
        began: step.
        taken: seat -> the names of those who sit in it; a name may be empty.
        spoke: seat -> step of its last command.
        messages: what seats told each other, by number from 1.
        copied: number of a message -> seats that acknowledged it.
        frozen: why time stands still, or empty.
        stood: step at which it last stood still, or -1.
        fired: inject -> step at which it came, or at which its own time would have come.
        held: injects that wait until they are released.
        waiting: those of them whose time has come.
        skipped: injects that do not come.
        edits: inject -> the text that it comes with instead of its own.
        awaited: inject -> last step at which its expected response is in time.
        answered: inject -> step of the expected response.
        lapsed: inject -> step at which it had not come.
        met: objective -> step.
        missed: objective -> step.
        there: cue -> step from which it was there.
        opened: cue -> step at which somebody looked at it.
        faults: server or monitor -> what is wrong with it.
        stuck: what PMON showed when it began to hang: P&L, gross position, stocks, queue.
        probe: id of the one that is being asked, or empty.
        written: notes, suspicions and answers to probes, in order.
        later: what the firm's people are about to do.
        asked: seat that nobody took -> who wants to know what it finds.
        relayed: events of the log that the firm's people have read.
        deeds: what participants did, in order.
        judged: deeds that have been held against what is expected.
        carried: improvements of an earlier drill, in order.
    """

    people: int
    began: int
    relayed: int
    taken: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    spoke: dict[str, int] = attrs.field(factory=dict)
    messages: list[Message] = attrs.field(factory=list)
    copied: dict[int, tuple[str, ...]] = attrs.field(factory=dict)
    frozen: str = ""
    stood: int = -1
    fired: dict[str, int] = attrs.field(factory=dict)
    held: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    edits: dict[str, str] = attrs.field(factory=dict)
    awaited: dict[str, int] = attrs.field(factory=dict)
    answered: dict[str, int] = attrs.field(factory=dict)
    lapsed: dict[str, int] = attrs.field(factory=dict)
    met: dict[str, int] = attrs.field(factory=dict)
    missed: dict[str, int] = attrs.field(factory=dict)
    there: dict[str, int] = attrs.field(factory=dict)
    opened: dict[str, int] = attrs.field(factory=dict)
    faults: dict[str, str] = attrs.field(factory=dict)
    stuck: tuple[int, int, int, int] = (0, 0, 0, 0)
    probe: str = ""
    written: list[Written] = attrs.field(factory=list)
    later: list[Later] = attrs.field(factory=list)
    asked: dict[str, str] = attrs.field(factory=dict)
    deeds: list[Deed] = attrs.field(factory=list)
    judged: int = 0
    carried: list[Carried] = attrs.field(factory=list)

    def is_empty(self, seat: str) -> bool:
        """Whether the seat is one of the drill's and nobody took it."""
        return seat in seats_for(self.people) and seat not in self.taken


def contact(world: World) -> str:
    """Whom people tell what nobody in particular has asked for: the commander, or everybody."""
    taken = world.drill.taken if world.drill is not None else {}
    return COMMANDER if COMMANDER in taken else EVERYBODY


def passes(world: World, inject: Inject) -> Inject | None:
    """The inject as it comes now, or None where the facilitator holds or has skipped it.

    From now on its expected response is waited for.
    """
    drill = world.drill
    if drill is None:
        return inject
    if inject.id in drill.fired or inject.id in drill.skipped:
        return None
    if inject.id in drill.held:
        if inject.id not in drill.waiting:
            drill.waiting = (*drill.waiting, inject.id)
        return None
    drill.fired[inject.id] = world.now
    if inject.expects:
        drill.awaited[inject.id] = world.now + seconds(inject.within or WITHIN)
    if inject.id in drill.edits:
        return attrs.evolve(inject, body=drill.edits[inject.id])
    return inject


def heard(world: World, seat: str, command: Command) -> None:
    """Take down that a seat did something that was not refused."""
    drill = world.drill
    if drill is None or seat == FACILITATOR:
        return
    if seat in seats_for(drill.people) or seat == ON_CALL:
        drill.spoke[seat] = world.now
        drill.deeds.append(Deed(world.now, seat, command))


def say(world: World, seat: str, to: str, text: str) -> None:
    """Let somebody who plays no seat, or a seat that nobody took, say something."""
    world.record(Told(world.now, text, seat, to))


def standing(world: World, objective: Objective) -> tuple[str, int]:
    """`open`, `met` or `missed`, with its step or -1; once all is over, what was kept is met."""
    drill = world.drill
    if drill is None:
        return "open", -1
    if objective.id in drill.missed:
        return "missed", drill.missed[objective.id]
    if objective.id in drill.met:
        return "met", drill.met[objective.id]
    return ("met", world.now) if world.ended and objective.keeps else ("open", -1)


def pmon(world: World) -> tuple[int, int, int, int]:
    """What PMON shows: P&L and gross position in dollars, stocks held, executions not booked."""
    drill = world.drill
    if drill is not None and PMON in drill.faults:
        return drill.stuck
    ledger = world.ledger
    gross = int(np.abs(ledger.pmon_position * world.market.mid).sum()) // PRICE_UNIT
    count = int((ledger.pmon_position != 0).sum())
    return ledger.pmon_shown, gross, count, ledger.pmon_behind


def dead_end(world: World, command: Command) -> str | None:
    """Why a server that does not answer hinders a command, or None."""
    drill = world.drill
    if drill is None or not drill.faults:
        return None
    every = [server.name for server in world.scenario.servers]
    named = getattr(command, "servers", None) or (getattr(command, "server", None),)
    if named == ("all",) or command.verb == "compare":
        named = tuple(every)
    gone = [name for name in every if name in named and drill.faults.get(name) == DEAD]
    if not gone:
        return None
    return f"{' '.join(gone)}: no answer, the console times out; the others can be named without it"
