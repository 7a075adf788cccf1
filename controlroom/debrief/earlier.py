"""Minutes earlier: the decisive action moved forward, everything else as it was.

It is never moved before the moment at which a cue that justifies it had been shown to this seat:
who acts before that acts on nothing. If it needs leave, what gave the leave moves forward as far as
it must to come before. Each point is a run of the model.
"""

from __future__ import annotations

from typing import Final

import attrs

from controlroom.debrief.actions import Action, actions_of
from controlroom.debrief.bench import Bench, Job
from controlroom.debrief.cues import Cues
from controlroom.debrief.forks import Fork, Outcome, past
from controlroom.debrief.patterns import fits_any
from controlroom.debrief.played import Played
from controlroom.debrief.study import Study, outcome_of
from controlroom.debrief.worth import Worth, Worths, gives_leave
from controlroom.runs.journal import Given
from controlroom.sim.clock import STEPS_PER_MINUTE, STEPS_PER_SECOND

MINUTES: Final = (1, 2, 3, 5, 8, 12, 20, 30, 45, 60, 90)
"""Minutes by which it is moved, as far as the cue allows."""

POINTS: Final = 7
"""Points that are played at most; with more to choose from, they are taken evenly."""


@attrs.frozen
class Shift:
    """The decisive action by so much earlier.

    Attributes:
        steps: by how much.
        loss: to get flat at the horizon.
        refused: whether it would not have been done then, for want of leave above all.
    """

    steps: int
    loss: int
    refused: bool = False


@attrs.frozen
class Earlier:
    """What acting earlier would have been worth.

    Attributes:
        action: label of the decisive action, or empty where there is none.
        together: what had to move with it, because it gave the leave that it needs; or empty.
        taken: when it was taken.
        cue: the cue that justified it, in its words.
        shown: when that was first shown, or None.
        horizon: step at which the runs are compared.
        shifts: by how much earlier, at what loss; the first is the run as it was.
        note: why there is no curve, or empty.
    """

    action: str
    together: str
    taken: int
    cue: str
    shown: int | None
    horizon: int
    shifts: tuple[Shift, ...]
    note: str = ""

    @property
    def done(self) -> tuple[Shift, ...]:
        """Those in which the action was done; the first is the run as it was."""
        return tuple(shift for shift in self.shifts if not shift.refused)


def earlier_of(played: Played, cues: Cues, worths: Worths, bench: Bench) -> Study[Earlier]:
    """Play the run again with its decisive action moved forward."""
    decisive = worths.decisive
    if decisive is None:
        return Earlier(
            "", "", 0, "", None, played.horizon, (), "No action saved anything by itself."
        )
    action = decisive.action
    text, shown = _justified(decisive, cues, played)
    leave = _leave(decisive, played)
    together = leave.label if leave else ""
    none = Earlier(action.label, together, action.begin, text, shown, worths.horizon, ())
    if played.curve.at(worths.horizon) <= 0:
        return attrs.evolve(none, note="Nothing was lost, so there is nothing to be gained.")
    if shown is None:
        note = "No cue that justifies it had been shown before, so it cannot be moved."
        return attrs.evolve(none, note=note)
    jobs = {
        steps: _moved(steps, action, leave, played, bench)
        for steps in _choices(action.begin - max(shown, played.begin))
    }
    if not jobs:
        note = "It was taken within a minute of the cue: there was nothing to be gained."
        return attrs.evolve(none, note=note)
    yield tuple(jobs.values())
    shifts = [_shift(steps, action, outcome_of(job)) for steps, job in jobs.items()]
    own = Shift(0, played.curve.at(worths.horizon))
    return attrs.evolve(none, shifts=(own, *shifts))


def _shift(steps: int, action: Action, outcome: Outcome) -> Shift:
    given = {(each.step, each.command) for each in outcome.given}
    done = any((deed.step - steps, deed.text) in given for deed in action.deeds)
    return Shift(steps, outcome.loss, refused=not done)


def _justified(decisive: Worth, cues: Cues, played: Played) -> tuple[str, int | None]:
    """The cue shown first of those that the action answers."""
    shown = [
        (item.shown, item.cue.text)
        for item in cues.seen
        if item.shown is not None
        and item.shown <= decisive.action.begin
        and any(
            fits_any(item.cue.answers, deed.command, played.scenario)
            for deed in decisive.action.deeds
        )
    ]
    if not shown:
        return "", None
    step, text = min(shown)
    return text, step


def _choices(most: int) -> list[int]:
    """Steps by which the action is moved: round minutes, and as far as it may be."""
    steps = [minutes * STEPS_PER_MINUTE for minutes in MINUTES]
    steps = [step for step in steps if step < most]
    if most >= STEPS_PER_MINUTE:
        steps.append(most)
    if len(steps) <= POINTS:
        return steps
    return [steps[place * (len(steps) - 1) // (POINTS - 1)] for place in range(POINTS)]


def _leave(decisive: Worth, played: Played) -> Action | None:
    """What gave the leave that the decisive action needs, if it needs any."""
    trunk = played.reading.trunk
    deeds = decisive.action.deeds
    if trunk is None or not any((deed.step, deed.text) in trunk.leave for deed in deeds):
        return None
    before = [
        action
        for action in actions_of(played)
        if gives_leave(action) and action.begin < decisive.action.begin
    ]
    # A declaration gives leave whenever it is made; a person only when he sees why.
    before.sort(key=lambda action: action.verb != "declare")
    return before[0] if before else None


def _moved(steps: int, action: Action, leave: Action | None, played: Played, bench: Bench) -> Job:
    places = {(deed.step, deed.text): deed.step - steps for deed in action.deeds}
    if leave is not None:
        first = leave.deeds[0]
        length = (first.answered or first.step) - first.step
        in_time = action.begin - steps - length - STEPS_PER_SECOND
        places[first.step, first.text] = max(min(first.step, in_time), played.begin)
    commands = [
        Given(places.get((given.step, given.command), given.step), given.seat, given.command)
        for given in played.reading.commands
    ]
    commands.sort(key=lambda given: given.step)
    simulation, trunk = played.reading.simulation, played.reading.trunk
    begin = min(places.values())
    return bench.submit(
        Fork(
            name=f"{steps} steps earlier",
            seed=simulation.seed,
            mode=simulation.mode,
            commands=tuple(commands),
            until=past(played.horizon),
            saved=trunk.before(begin) if trunk else None,
        )
    )
