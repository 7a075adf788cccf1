"""A drill as its team should talk about it: a few moments, the objectives, what was said and heard.

Everything is read off the debrief of the run and off what the world keeps of a drill; nothing is
computed that the debrief computes. What a seat wrote down, answered and was told is its own, and is
only in the report that is written for that seat.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import attrs

from controlroom.debrief.actions import Verdict, actions_of
from controlroom.debrief.cues import Seen
from controlroom.debrief.played import Deed, Played
from controlroom.debrief.whole import Debrief, First
from controlroom.debrief.words import span, usd
from controlroom.runs.errors import RunError
from controlroom.scenario import visible
from controlroom.sim.clock import seconds
from controlroom.sim.drill import Carried, Drill, Message, standing
from controlroom.sim.patterns import fits_any
from controlroom.sim.seats import FACILITATOR, OBSERVER, ON_CALL, Seat, seat_of, seats_of

SHORT: Final = seconds(60)
"""Steps within which a word is in time: less is no gap (a judgement)."""

_NOTHING_NEW: Final = frozenset({"copy", "ack", "shelve", "card", "reply", "note", "timeout"})
"""Verbs that are given while nothing new is done."""


class NoDrillError(RunError):
    """A run that is no drill, or a seat that it does not have."""


@attrs.frozen
class Key:
    """A moment to talk about.

    Attributes:
        id: for programs.
        label: what it is.
        step: when, or None where it never came.
        text: what happened.
        question: to ask about it.
    """

    id: str
    label: str
    step: int | None
    text: str
    question: str


@attrs.frozen
class Goal:
    """An objective.

    Attributes:
        id: of it.
        text: in a sentence.
        state: `met`, `missed` or `open`.
        step: when, or None.
    """

    id: str
    text: str
    state: str
    step: int | None


@attrs.frozen
class Heard:
    """A message between seats.

    Attributes:
        message: what was said, when, by whom, to whom.
        missing: seats that were meant and never acknowledged it.
    """

    message: Message
    missing: tuple[str, ...]


@attrs.frozen
class Team:
    """A drill, for its debrief.

    Attributes:
        keys: five or six moments.
        goals: objectives, in the plan's order.
        heard: every message between participants.
        taken: seats in which somebody sat, in order.
        carried: improvements of an earlier drill.
    """

    keys: tuple[Key, ...]
    goals: tuple[Goal, ...]
    heard: tuple[Heard, ...]
    taken: tuple[str, ...]
    carried: tuple[Carried, ...] = ()


@attrs.frozen
class Own:
    """What a seat alone should know.

    Attributes:
        seat: which.
        deeds: what it gave, in order; with why what was refused was.
        told: what it was told, with whether it acknowledged it.
        written: what it wrote down and answered: step, kind, text.
        quiet: its longest stretch without a command: begin and end.
    """

    seat: str
    deeds: tuple[Deed, ...]
    told: tuple[Heard, ...]
    written: tuple[tuple[int, str, str], ...]
    quiet: tuple[int, int] | None


def is_drill(found: Debrief) -> bool:
    """Whether a journal is that of a drill, before it has been folded."""
    return any(
        given.seat == FACILITATOR and given.command.startswith("drill ") for given in found.commands
    )


def team_of(found: Debrief) -> Team:
    """What a team should talk about.

    Raises:
        NoDrillError: when the run is no drill.
    """
    played, first, drill = parts_of(found)
    plan = played.scenario.plan
    goals = []
    for objective in plan.objectives if plan else ():
        state, step = standing(played.world, objective)
        goals.append(Goal(objective.id, objective.text, state, step if step >= 0 else None))
    seats = [name for name in seats_of(played.world) if name in drill.taken]
    return Team(
        keys=_keys(found, played, first, drill),
        goals=tuple(goals),
        heard=tuple(_heard(played, drill)),
        taken=tuple(name for name in seats if name != FACILITATOR),
        carried=tuple(drill.carried),
    )


def parts_of(found: Debrief) -> tuple[Played, First, Drill]:
    """The folded run, what it tells, and its drill.

    Raises:
        NoDrillError: when the run is no drill.
    """
    played, first = found.played, found.first
    if played is None or first is None or played.world.drill is None:
        said = "is no drill: nobody gave the command drill PEOPLE in it"
        raise NoDrillError(f"{visible(found.name)} {said}; controlroom debrief reads such a run")
    return played, first, played.world.drill


def own_of(found: Debrief, seat: str) -> Own:
    """What one seat did, was told and wrote.

    Raises:
        NoDrillError: when the run is no drill, or has no such seat.
    """
    played, _, drill = parts_of(found)
    there = [name for name in seats_of(played.world) if name != FACILITATOR]
    if seat not in there:
        said = f"there is no seat {visible(seat)[:40]!r} in this drill"
        raise NoDrillError(f"{said}; there are {', '.join(there)}")
    deeds = tuple(deed for deed in played.deeds if deed.seat == seat)
    steps = [drill.began, *(deed.step for deed in deeds), played.end]
    gaps = [pair for pair in pairwise(steps) if pair[1] > pair[0]]
    return Own(
        seat=seat,
        deeds=deeds,
        told=tuple(
            one
            for number, one in _numbered(played, drill)
            if seat in _meant(played, one.message) and number
        ),
        written=tuple(
            (note.step, note.kind, note.text) for note in drill.written if note.seat == seat
        ),
        quiet=max(gaps, key=lambda pair: pair[1] - pair[0], default=None),
    )


# --- what was said ------------------------------------------------------------------------------


def _heard(played: Played, drill: Drill) -> list[Heard]:
    return [one for _, one in _numbered(played, drill)]


def _numbered(played: Played, drill: Drill) -> list[tuple[int, Heard]]:
    """Messages between participants with their numbers."""
    found = []
    for number, message in enumerate(drill.messages, 1):
        if FACILITATOR in (message.seat, message.to):
            continue
        copied = drill.copied.get(number, ())
        missing = [
            name
            for name in _meant(played, message)
            if name in drill.taken and name not in copied and name != OBSERVER
        ]
        found.append((number, Heard(message, tuple(missing))))
    return found


def _meant(played: Played, message: Message) -> tuple[str, ...]:
    """The seats that a message reaches."""
    seats = seats_of(played.world).values()
    return tuple(
        seat.id
        for seat in seats
        if seat.id not in (message.seat, FACILITATOR) and seat.is_called(message.to)
    )


# --- the moments ----------------------------------------------------------------------------------


def _keys(found: Debrief, played: Played, first: First, drill: Drill) -> tuple[Key, ...]:
    keys = [
        _first_cue(first),
        _first_action(played),
        _worst_action(found, played),
        _fixation(played, drill),
        _contained(played, first),
        _gap(played, first, drill),
    ]
    return tuple(sorted(keys, key=lambda key: played.end + 1 if key.step is None else key.step))


def _first_cue(first: First) -> Key:
    shown = [(item.shown, item) for item in first.cues.seen if item.shown is not None]
    step, item = min(shown, key=lambda pair: pair[0], default=(None, None))
    text = "No cue was put before anybody."
    if item is not None:
        text = f"By {item.cue.instrument.value}: {item.cue.text}"
    question = "Who could see this, and what did you take it for?"
    return Key("first-cue", "The first cue", step, text, question)


def _first_action(played: Played) -> Key:
    label = "The first action"
    question = "What did you expect of it, and when did you look whether it came?"
    if not played.doings:
        return Key("first-action", label, None, "Nothing was done to the systems.", question)
    deed = played.doings[0]
    return Key("first-action", label, deed.step, f"{deed.seat}: {visible(deed.text)}", question)


def _worst_action(found: Debrief, played: Played) -> Key:
    """The action without which least would have been lost; hindsight, where nothing was forked."""
    label, question = "The dearest action", "What made it look right at that moment?"
    items = found.worths.items if found.worths else ()
    worst = min(items, key=lambda item: item.worth, default=None)
    if worst is not None and worst.worth < 0 and not worst.slight:
        text = f"{visible(worst.action.label)}: it cost {usd(-worst.worth)}, as the model has it."
        return Key("worst-action", label, worst.action.begin, text, question)
    wrong = [one for one in actions_of(played) if one.verdict is Verdict.WRONG]
    if wrong and not items:
        text = f"{visible(wrong[0].label)}: it follows from a hypothesis that was wrong."
        return Key("worst-action", label, wrong[0].begin, text, question)
    asked = "Which step did you decide against, and why?"
    return Key("worst-action", label, None, "No action made it noticeably worse.", asked)


def _fixation(played: Played, drill: Drill) -> Key:
    """The longest stretch of the storm in which nobody did anything that had not been done."""
    label, curve = "The longest time without anything new", played.curve
    question = "What were you waiting for? What would have told you that it would not come?"
    if curve.begins is None:
        return Key("fixation", label, None, "Nothing burned, so nothing was waited out.", question)
    begin, end = max(curve.begins, drill.began), curve.contained or played.end
    steps = [begin, *(step for step in _new(played) if begin < step < end), max(end, begin)]
    gaps = [(curve.at(two) - curve.at(one), one, two) for one, two in pairwise(steps)]
    grown = [gap for gap in gaps if gap[0] > 0]
    if not grown:
        return Key("fixation", label, None, "The loss never grew while you waited.", question)
    lost, one, two = max(grown, key=lambda gap: (gap[2] - gap[1], gap[0]))
    text = f"For {span(two - one)} nobody did anything new, and the loss grew by {usd(lost)}."
    return Key("fixation", label, one, text, question)


def _new(played: Played) -> list[int]:
    """Steps at which a participant did something that this seat had not done before."""
    seen: set[tuple[str, str]] = set()
    steps = []
    for deed in played.deeds:
        same = (deed.seat, deed.text)
        if deed.refused or deed.seat == FACILITATOR or deed.command.verb in _NOTHING_NEW:
            continue
        if same not in seen:
            seen.add(same)
            steps.append(deed.step)
    return steps


def _contained(played: Played, first: First) -> Key:
    label, step = "Contained", first.times.step("contained")
    if step is None:
        text = "It ran until the end." if played.curve.begins is not None else "It never ran."
        return Key("contained", label, None, text, "What would have stopped it?")
    text = f"No more unwanted orders; {usd(played.curve.at(step))} were lost by then."
    return Key("contained", label, step, text, "How did you know that it had stopped?")


def _gap(played: Played, first: First, drill: Drill) -> Key:
    """What one seat saw that took longest to reach a seat that could have acted on it."""
    label = "A gap between you"
    question = "What would have brought it across at once?"
    found = [gap for item in first.cues.seen if (gap := _unsaid(item, played, first)) is not None]
    found = [gap for gap in found if gap[0] >= SHORT]
    if found:
        _, key = max(found, key=lambda pair: pair[0])
        return key
    waits = [one for one in _heard(played, drill) if one.missing]
    if waits:
        message, missing = waits[0].message, waits[0].missing
        text = (
            f"{message.seat} told {message.to}: “{visible(message.text)}”. Nobody knows whether "
            f"{' and '.join(missing)} heard it: it was never acknowledged."
        )
        return Key("gap", label, message.step, text, question)
    text = "What was seen was told, and what was told was acknowledged."
    return Key("gap", label, None, text, "How did you manage that?")


def _unsaid(item: Seen, played: Played, first: First) -> tuple[int, Key] | None:
    """How long it took until whoever saw a cue told somebody who could act on it."""
    if item.opened is None:
        return None
    seer = _seer(item, played)
    if seer is None or _can_act(seer, item):
        return None
    needing = [one for one in seats_of(played.world).values() if _can_act(one, item)]
    needing = [one for one in needing if one.id not in (FACILITATOR, ON_CALL)]
    if not needing:
        return None
    over = first.times.step("contained") or played.end
    said = [
        message.step
        for message in (played.world.drill.messages if played.world.drill else ())
        if message.seat == seer.id
        and message.step >= item.opened
        and any(one.is_called(message.to) for one in needing)
    ]
    until = min(said, default=None)
    if item.opened >= over or (until is not None and until - item.opened <= 0):
        return None
    length = (over if until is None else min(until, over)) - item.opened
    who = " or ".join(one.id for one in needing)
    text = f"{seer.id} had seen it: {item.cue.text} It was {who} who could act on it; "
    text += (
        f"{seer.id} told them nothing before it was over."
        if until is None or until > over
        else f"the next word from {seer.id} came after {span(length)}."
    )
    question = "What would have brought it across at once?"
    return length, Key("gap", "A gap between you", item.opened, text, question)


def _seer(item: Seen, played: Played) -> Seat | None:
    """The seat that opened a cue."""
    for deed in played.deeds:
        if deed.refused or item.opened not in (deed.step, deed.answered):
            continue
        opens = fits_any(item.cue.opens, deed.command, played.scenario)
        if opens or deed.command.verb in ("mail", "call"):
            return seat_of(played.world, deed.seat)
    return None


def _can_act(seat: Seat, item: Seen) -> bool:
    return any(pattern.split()[0] in seat.verbs for pattern in item.cue.answers)
