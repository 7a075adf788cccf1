"""Par: the same morning as history had it and as each scripted player has it.

The players begin where this run began, with the same seed. They know what their screen shows. The
best of them is the best policy known, not the best possible.
"""

from __future__ import annotations

from typing import Final

import attrs

from controlroom.debrief.actions import TOGETHER, collapsed
from controlroom.debrief.bench import Bench, Job
from controlroom.debrief.curve import Curve
from controlroom.debrief.forks import THIN, Fork, Outcome, outcome_from
from controlroom.debrief.played import WITHOUT_FLOW, Played
from controlroom.debrief.study import Study, outcome_of
from controlroom.debrief.times import Times
from controlroom.runs.journal import Header
from controlroom.runs.policies import MORNING, RIDDLERS
from controlroom.runs.policy import REFERENCE
from controlroom.sim.commands import Group, parse
from controlroom.sim.start import Evidence, Mode, Scenario

YOU: Final = "this run"
HISTORY: Final = "history"
NOBODY: Final = "nobody acts"
"""Stands first where a scenario has no reference run: no morning of it is history."""

_STANDS_FOR: Final = {
    Evidence.DOCUMENTED: "the moment is on record; the command stands for what was done",
    Evidence.INFERRED: "the moment is inferred",
    Evidence.RECONSTRUCTED: "the command and its moment are a choice",
}
"""What a command of the reference run is."""

MOST_LOOKS: Final = 4
"""Looks in a row that a ladder names."""


@attrs.frozen
class Player:
    """How somebody else would have come off.

    Attributes:
        name: `history`, `nobody acts`, or the name of a policy.
        loss: in all.
        flat: whether the firm held nothing in the end.
        contained: when the flow was, or None.
        first_action: when, or None.
        lost_orders: client orders that went elsewhere.
        commission: what the firm would have earned on them.
        curve: the losses, thinned.
    """

    name: str
    loss: int
    flat: bool
    contained: int | None
    first_action: int | None
    lost_orders: int
    commission: int
    curve: Curve


@attrs.frozen
class Rung:
    """A line of the ladder.

    Attributes:
        step: when.
        whose: `this run`, `history` or the name of a policy.
        text: what happened.
        evidence: for history, whether the moment is documented; None for what was played here.
        source: for history, where it is documented, or why it was chosen.
    """

    step: int
    whose: str
    text: str
    evidence: Evidence | None = None
    source: str = ""


@attrs.frozen
class Par:
    """This run beside others.

    Attributes:
        own: the losses of this run, thinned.
        players: history or nobody, then the policies, the cheapest first: by the loss and what
            clients who went elsewhere would have brought.
        best: name of the cheapest policy.
        ladder: what happened when, to whom, in order of time.
    """

    own: Curve
    players: tuple[Player, ...]
    best: str
    ladder: tuple[Rung, ...]

    @property
    def record(self) -> str:
        """Who stands first: history, or nobody where there is none."""
        return self.players[0].name

    def player(self, name: str) -> Player:
        """The player of that name."""
        return next(player for player in self.players if player.name == name)


def ask(header: Header, scenario: Scenario, bench: Bench, known: str = "") -> dict[str, Job]:
    """Hand in a fork for history and one for each policy.

    Args:
        header: of the run that they stand beside.
        scenario: of all of them.
        bench: plays them.
        known: a policy that need not be played, because the run itself is what it plays.
    """
    return {
        name: bench.submit(
            Fork(
                name=name,
                seed=header.seed,
                mode=Mode(header.mode),
                commands=(),
                until=_until(scenario),
                policy=name,
                begin=header.step,
            )
        )
        for name in (REFERENCE, *beside(scenario))
        if name != known
    }


def beside(scenario: Scenario) -> tuple[str, ...]:
    """The scripted players of a scenario: others for a riddle than for the morning as it was."""
    return RIDDLERS if scenario.faults else MORNING


def _until(scenario: Scenario) -> int:
    """To the end, or where no reference run says what that is, to an hour after the bell."""
    day = scenario.day
    return day.end_step if scenario.reference else min(day.end_step, day.open_step + WITHOUT_FLOW)


def par_of(played: Played, times: Times, jobs: dict[str, Job]) -> Study[Par]:
    """This run beside those that have been handed in."""
    yield tuple(jobs.values())
    outcomes = {name: outcome_of(job) for name, job in jobs.items()}
    own = played.header.policy
    if own in (REFERENCE, *beside(played.scenario)):
        outcomes.setdefault(own, outcome_from(own, played.reading.simulation))
    return par_from(played, times, outcomes)


def par_from(played: Played, times: Times, outcomes: dict[str, Outcome]) -> Par:
    """This run beside what came of the others."""
    record = HISTORY if played.scenario.reference else NOBODY
    history = _player(record, outcomes[REFERENCE], played)
    others = [_player(name, outcomes[name], played) for name in beside(played.scenario)]
    others.sort(key=lambda player: player.loss + player.commission)
    best = others[0].name
    rungs = [
        *_own_rungs(played, times),
        *_history_rungs(played),
        *(Rung(step, best, text) for step, text in _told(_given(outcomes[best]), played)),
    ]
    contained = others[0].contained
    if contained is not None:
        rungs.append(Rung(contained, best, "flow contained"))
    rungs.sort(key=lambda rung: rung.step)
    return Par(played.curve.thinned(THIN), (history, *others), best, tuple(rungs))


def _player(name: str, outcome: Outcome, played: Played) -> Player:
    acts = _acts(outcome, played)
    return Player(
        name=name,
        loss=outcome.loss,
        flat=outcome.flat,
        contained=outcome.contained,
        first_action=min(acts, default=None),
        lost_orders=outcome.lost_orders,
        commission=outcome.commission,
        curve=outcome.curve,
    )


def _acts(outcome: Outcome, played: Played) -> list[int]:
    return [
        given.step
        for given in outcome.given
        if parse(given.command, played.scenario).group is Group.ACT
    ]


def _told(commands: list[tuple[int, str]], played: Played) -> list[tuple[int, str]]:
    """Commands as a ladder tells them: looks and readings in a row are one line."""
    told: list[tuple[int, str]] = []
    looks: list[tuple[int, str]] = []
    doings: list[tuple[int, str]] = []
    for command in commands:
        a_look = parse(command[1], played.scenario).group in (Group.LOOK, Group.ALERTS)
        if a_look and doings:
            told += collapsed(doings)
            doings = []
        elif looks and (not a_look or command[0] - looks[-1][0] > TOGETHER):
            told.append(_looked(looks))
            looks = []
        (looks if a_look else doings).append(command)
    return told + collapsed(doings) + ([_looked(looks)] if looks else [])


def _looked(looks: list[tuple[int, str]]) -> tuple[int, str]:
    """Looks in a row as one line: `mail 10, mail 15, look smars-8 and 3 more`."""
    shown = ", ".join(text for _, text in looks[:MOST_LOOKS])
    more = len(looks) - MOST_LOOKS
    return looks[0][0], f"{shown} and {more} more" if more > 0 else shown


def _given(outcome: Outcome) -> list[tuple[int, str]]:
    return [(given.step, given.command) for given in outcome.given]


def _own_rungs(played: Played, times: Times) -> list[Rung]:
    done = [(deed.step, deed.text) for deed in played.deeds if not deed.refused]
    rungs = [Rung(step, YOU, text) for step, text in _told(done, played)]
    for name in ("cue-shown", "flow", "contained", "flat"):
        moment = next((item for item in times.moments if item.id == name), None)
        if moment is not None and moment.step is not None:
            rungs.append(Rung(moment.step, YOU, moment.label))
    return rungs


def _history_rungs(played: Played) -> list[Rung]:
    """What is on record with a moment, and the reference run's commands with theirs."""
    rungs = [
        Rung(fact.step, HISTORY, fact.text, fact.evidence, fact.source)
        for fact in played.scenario.facts
        if fact.step is not None
    ]
    if played.header.policy == REFERENCE:
        # The run is the reference run: its commands stand there already.
        return rungs
    for evidence in Evidence:
        timed = [
            (item.step, item.text)
            for item in played.scenario.reference
            if item.evidence is evidence
        ]
        source = _STANDS_FOR[evidence]
        rungs += [
            Rung(step, HISTORY, text, evidence, source) for step, text in _told(timed, played)
        ]
    return rungs
