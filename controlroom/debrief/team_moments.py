"""The moments of a drill to talk about: a few, each with a question.

What is hindsight among them comes from forks of the run, as the debrief has made them; the rest is
read off what was given and what was told.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import attrs

from controlroom.debrief.actions import Verdict, actions_of
from controlroom.debrief.words import span, usd
from controlroom.scenario import visible
from controlroom.sim.clock import seconds
from controlroom.sim.patterns import fits_any
from controlroom.sim.seats import FACILITATOR, ON_CALL, Seat, seat_of, seats_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from controlroom.debrief.cues import Seen
    from controlroom.debrief.played import Played
    from controlroom.debrief.team import Heard
    from controlroom.debrief.whole import Debrief, First
    from controlroom.sim.drill import Drill

SHORT: Final = seconds(60)
"""Steps within which a word is in time: less is no gap (a judgement)."""

_NOTHING_NEW: Final = frozenset({"copy", "ack", "shelve", "card", "reply", "note", "timeout"})
"""Verbs that are given while nothing new is done."""


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


def keys_of(
    found: Debrief, played: Played, first: First, drill: Drill, heard: Sequence[Heard]
) -> tuple[Key, ...]:
    """The six moments in their order, those that never came at the end.

    Args:
        found: the debrief, for what each action was worth.
        played: the folded run.
        first: what it tells.
        drill: of the run.
        heard: every message between participants.
    """
    keys = [
        _first_cue(first),
        _first_action(played),
        _worst_action(found, played),
        _fixation(played, drill),
        _contained(played, first),
        _gap(played, first, heard),
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


def _gap(played: Played, first: First, heard: Sequence[Heard]) -> Key:
    """What one seat saw that took longest to reach a seat that could have acted on it."""
    label = "A gap between you"
    question = "What would have brought it across at once?"
    found = [gap for item in first.cues.seen if (gap := _unsaid(item, played, first)) is not None]
    found = [gap for gap in found if gap[0] >= SHORT]
    if found:
        _, key = max(found, key=lambda pair: pair[0])
        return key
    waits = [one for one in heard if one.missing]
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
