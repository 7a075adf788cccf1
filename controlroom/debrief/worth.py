"""What each action was worth: the run again without it.

Leave one out, keep everything else, and see what it would cost to get flat at the moment at which
the real run is looked at. Two actions that do the same thing each look worthless alone, so the
worth of all of them together stands beside. All of it is the model's estimate.
"""

from __future__ import annotations

from typing import Final

import attrs

from controlroom.debrief.actions import Action, Verdict, actions_of
from controlroom.debrief.bench import Bench, Job
from controlroom.debrief.forks import Fork, past
from controlroom.debrief.played import Played
from controlroom.debrief.study import Study, outcome_of
from controlroom.runs.journal import Given
from controlroom.sim.commands import Group

SLIGHT: Final = 50
"""A worth of less than the loss divided by this is hardly any difference: so much comes from which
orders happen to meet."""

MOST: Final = 12
"""Actions that are left out one by one; with more, those that come last are not looked at."""


@attrs.frozen
class Worth:
    """What an action was worth.

    Attributes:
        action: which.
        horizon: step at which the two runs are compared.
        with_it: loss of the real run then.
        without: loss of the run without it then.
        more: unwanted executions by then with it, less those without it.
        note: why there was nothing to play, or empty.
    """

    action: Action
    horizon: int
    with_it: int
    without: int
    note: str = ""
    more: int = 0

    @property
    def worth(self) -> int:
        """What it saved; negative when it made things worse."""
        return self.without - self.with_it

    @property
    def by_chance(self) -> bool:
        """Whether it saved money though more ran away: what was bought and sold evened out."""
        return self.worth > 0 and self.more > 0 and not self.slight

    @property
    def slight(self) -> bool:
        """Whether it made hardly any difference."""
        return abs(self.worth) * SLIGHT < max(abs(self.with_it), abs(self.without))


@attrs.frozen
class Worths:
    """What the actions of a run were worth.

    Attributes:
        horizon: step at which runs are compared, ten minutes after the flow had stopped.
        items: by time.
        everything: worth of all that was done before the flow had stopped, together; None where
            nothing was done.
        left: actions that were not looked at, because there were too many.
    """

    horizon: int
    items: tuple[Worth, ...]
    everything: Worth | None
    left: int

    @property
    def decisive(self) -> Worth | None:
        """The action before the flow had stopped that saved most, if one did, and not by chance."""
        acts = [
            item
            for item in self.items
            if item.action.group is Group.ACT and item.worth > 0 and not item.by_chance
        ]
        return max(acts, key=lambda item: item.worth, default=None)


def worths_of(played: Played, bench: Bench) -> Study[Worths]:
    """Play the run again without each of its actions."""
    asked, told = [], []
    actions = [action for action in actions_of(played) if _matters(action, played)]
    for action in actions[:MOST]:
        why = _needless(action, played)
        horizon = _horizon(action, played)
        if why:
            loss = played.curve.at(horizon)
            told.append(Worth(action, horizon, loss, loss, why))
        else:
            asked.append((action, horizon, _without(action, horizon, played, bench)))
    before = [action for action in actions if action.begin < played.horizon and _acts(action)]
    whole = _without_all(before, played, bench) if len(before) > 1 else None
    yield [job for _, _, job in asked] + ([whole] if whole else [])
    for action, horizon, job in asked:
        other = outcome_of(job)
        more = played.curve.executed(horizon) - other.curve.executed(horizon)
        told.append(Worth(action, horizon, played.curve.at(horizon), other.loss, more=more))
    told.sort(key=lambda item: item.action.begin)
    together = None
    if whole:
        every = Action("everything that was done", "", tuple(before[0].deeds), Verdict.NEITHER)
        horizon = played.horizon
        together = Worth(every, horizon, played.curve.at(horizon), outcome_of(whole).loss)
    return Worths(played.horizon, tuple(told), together, max(len(actions) - MOST, 0))


def _acts(action: Action) -> bool:
    return action.group is Group.ACT


def _matters(action: Action, played: Played) -> bool:
    """Whether it can move money: talk that gives no leave does not, nor what comes too late."""
    if action.group is Group.POSITIONS:
        return True
    stopped = played.curve.contained
    if action.begin > (played.horizon if stopped is None else stopped):
        return False
    return _acts(action) or gives_leave(action)


def gives_leave(action: Action) -> bool:
    """Whether leave to stop everything came with it."""
    if action.verb == "declare":
        return True
    return any("authority" in line for deed in action.deeds for line in deed.lines)


def _needless(action: Action, played: Played) -> str:
    """Why leaving it out would change nothing, where that can be told without playing it."""
    if action.verb == "sell":
        return "the loss to get flat is counted as if the block were sold, so selling it adds none"
    if not gives_leave(action) or played.reading.trunk is None:
        return ""
    needs = [step for step, _ in played.reading.trunk.leave if step <= played.horizon]
    if not needs:
        return "nothing that was done needed the leave that it gave"
    others = [
        other.deeds[0].answered
        for other in actions_of(played)
        if other is not action and gives_leave(other) and other.begin != action.begin
    ]
    if any(step is not None and step <= min(needs) for step in others):
        return "leave was there from elsewhere before it was needed"
    return ""


def _horizon(action: Action, played: Played) -> int:
    """Positions are compared at the end of the run, everything else soon after the flow stopped."""
    return played.end if action.group is Group.POSITIONS else played.horizon


def _without(action: Action, horizon: int, played: Played, bench: Bench) -> Job:
    gone = {(deed.step, deed.text) for deed in action.deeds}
    commands = tuple(
        given for given in played.reading.commands if (given.step, given.command) not in gone
    )
    return _fork(f"without {action.label}", commands, action.begin, horizon, played, bench)


def _without_all(actions: list[Action], played: Played, bench: Bench) -> Job:
    gone = {(deed.step, deed.text) for action in actions for deed in action.deeds}
    commands = tuple(
        given for given in played.reading.commands if (given.step, given.command) not in gone
    )
    first = actions[0].begin
    return _fork("nothing done", commands, first, played.horizon, played, bench)


def _fork(
    name: str,
    commands: tuple[Given, ...],
    begin: int,
    horizon: int,
    played: Played,
    bench: Bench,
) -> Job:
    simulation, trunk = played.reading.simulation, played.reading.trunk
    return bench.submit(
        Fork(
            name=name,
            seed=simulation.seed,
            mode=simulation.mode,
            commands=commands,
            until=past(horizon),
            saved=trunk.before(begin) if trunk else None,
        )
    )
