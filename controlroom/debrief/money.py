"""The money: what each phase cost, where it stood at each moment, what a minute cost.

A phase is what people were doing about it. The phases' losses sum to the loss of the run.
"""

from __future__ import annotations

import enum

import attrs

from controlroom.debrief.actions import Action, Verdict, actions_of
from controlroom.debrief.played import Played
from controlroom.debrief.times import Times


class Phase(enum.StrEnum):
    """What was being done about it."""

    NOBODY_KNEW = "nobody knew"
    KNOWN = "known, nothing done"
    WRONG = "wrong action under way"
    RIGHT = "right action under way"
    DISPOSAL = "disposal"


@attrs.frozen
class Stretch:
    """A stretch of the run in one phase.

    Attributes:
        phase: which.
        begin: first step.
        end: first step after it.
        loss: what it cost.
    """

    phase: Phase
    begin: int
    end: int
    loss: int


@attrs.frozen
class Standing:
    """Where the money stood at a moment.

    Attributes:
        step: when.
        label: what happened.
        loss: to get flat, then.
        minute: what the next minute cost.
    """

    step: int
    label: str
    loss: int
    minute: int


@attrs.frozen
class Money:
    """What a run cost.

    Attributes:
        loss: in all; to get flat, where the firm still held positions.
        flat: whether it held none.
        stretches: phases as they followed each other.
        phases: what each phase cost in all, in the order of `Phase`.
        milestones: where the money stood at the moments of the run.
        decisions: the same for each action, where a minute's price is what counts.
        capital: the firm's cash, to compare with.
        lost_orders: client orders that went elsewhere.
        commission: what the firm would have earned on them.
    """

    loss: int
    flat: bool
    stretches: tuple[Stretch, ...]
    phases: tuple[tuple[Phase, int], ...]
    milestones: tuple[Standing, ...]
    decisions: tuple[Standing, ...]
    capital: int
    lost_orders: int
    commission: int


def money_of(played: Played, times: Times) -> Money:
    """What a run cost, by phase, at each moment, at each decision."""
    actions = actions_of(played)
    stretches = _stretches(played, times, actions)
    by_phase = dict.fromkeys(Phase, 0)
    for stretch in stretches:
        by_phase[stretch.phase] += stretch.loss
    upstream = played.world.upstream
    commission = played.scenario.flow.commission * upstream.lost_shares // 10_000
    moments = [(moment.step, moment.label) for moment in times.moments if moment.step is not None]
    return Money(
        loss=played.curve.final,
        flat=played.world.ledger.is_flat() and not len(played.world.pegs),
        stretches=stretches,
        phases=tuple(by_phase.items()),
        milestones=tuple(_standing(played, *moment) for moment in sorted(moments)),
        decisions=tuple(
            _standing(played, action.begin, action.label)
            for action in actions
            if played.curve.begins is not None and action.begin >= played.curve.begins
        ),
        capital=played.scenario.firm.capital,
        lost_orders=upstream.lost,
        commission=commission,
    )


def _standing(played: Played, step: int, label: str) -> Standing:
    return Standing(step, label, played.curve.at(step), played.curve.next_minute(step))


def _stretches(played: Played, times: Times, actions: tuple[Action, ...]) -> tuple[Stretch, ...]:
    """Phases from the first unwanted execution to the end of the run."""
    begin = played.curve.begins
    if begin is None:
        return ()
    marks = [(begin, Phase.NOBODY_KNEW)]
    judged = [action for action in actions if action.verdict is not Verdict.NEITHER]
    known = [step for name in ("cue-opened", "declared") if (step := times.step(name)) is not None]
    known += [step for step, _ in played.world.team.suspicions[:1]]
    known += [action.begin for action in judged[:1]]
    if known:
        marks.append((min(known), Phase.KNOWN))
    marks += [
        (action.begin, Phase.RIGHT if action.verdict is Verdict.RIGHT else Phase.WRONG)
        for action in judged
    ]
    stopped = played.curve.contained
    if stopped is not None:
        marks = [mark for mark in marks if mark[0] < stopped]
        marks.append((stopped, Phase.DISPOSAL))
    return _joined(marks, begin, played)


def _joined(marks: list[tuple[int, Phase]], begin: int, played: Played) -> tuple[Stretch, ...]:
    """Stretches between marks; what was known before the flow began holds from its beginning."""
    marks = sorted(((max(step, begin), phase) for step, phase in marks), key=lambda mark: mark[0])
    stretches: list[Stretch] = []
    for place, (step, phase) in enumerate(marks):
        end = marks[place + 1][0] if place + 1 < len(marks) else played.end
        if end <= step:
            continue
        loss = played.curve.at(end) - played.curve.at(step)
        if stretches and stretches[-1].phase is phase:
            before = stretches.pop()
            stretches.append(Stretch(phase, before.begin, end, before.loss + loss))
        else:
            stretches.append(Stretch(phase, step, end, loss))
    return tuple(stretches)
