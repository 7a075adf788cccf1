"""The times of this one run. No averages over runs, and no ranking of people."""

from __future__ import annotations

import attrs

from controlroom.debrief.cues import Cues
from controlroom.debrief.played import Played
from controlroom.sim.people import person


@attrs.frozen
class Moment:
    """A moment of the run.

    Attributes:
        id: what it is, for programs.
        label: what it is.
        step: when, or None when it never came.
        note: what exactly, or why it never came.
    """

    id: str
    label: str
    step: int | None
    note: str = ""


@attrs.frozen
class Times:
    """The moments of the run.

    Attributes:
        moments: in the order in which an incident usually takes them.
    """

    moments: tuple[Moment, ...]

    def step(self, wanted: str) -> int | None:
        """When the moment with this id was."""
        return next((moment.step for moment in self.moments if moment.id == wanted), None)


def times_of(played: Played, cues: Cues) -> Times:
    """When the first cue was there, shown, opened; when people knew, acted, were told."""
    team = played.world.team
    curve = played.curve
    moments = [
        *_first_cues(cues),
        _acknowledged(played),
        Moment(
            "flow", "unwanted flow begins", curve.begins, "" if curve.points else "it never ran"
        ),
        Moment("declared", "incident declared", _or_none(team.declared), _never(team.declared)),
        _hypothesis(played),
        _first_action(played),
        _contained(played),
        _flat(played),
    ]
    for who, step in sorted(team.notified.items(), key=lambda pair: pair[1]):
        title = person(played.world, who).title
        moments.append(Moment(f"notified-{who}", f"told: {title}", step))
    return Times(tuple(moments))


def _or_none(step: int) -> int | None:
    return step if step >= 0 else None


def _never(step: int) -> str:
    return "" if step >= 0 else "never"


def _first_cues(cues: Cues) -> list[Moment]:
    moments = []
    for name, label in (
        ("available", "first cue available"),
        ("shown", "first cue shown"),
        ("opened", "first cue opened"),
    ):
        steps = [
            (step, item.cue.text) for item in cues.seen if (step := getattr(item, name)) is not None
        ]
        first = min(steps, default=None)
        moment = Moment(f"cue-{name}", label, *(first or (None, "never")))
        moments.append(moment)
    return moments


def _acknowledged(played: Played) -> Moment:
    label = "first message acknowledged"
    for deed in played.deeds:
        if deed.command.verb == "ack" and not deed.refused:
            return Moment("acknowledged", label, deed.step, deed.text)
    return Moment("acknowledged", label, None, "never")


def _hypothesis(played: Played) -> Moment:
    label = "correct hypothesis written down"
    found = played.right_suspicion
    if found:
        return Moment("hypothesis", label, *found)
    wrong = played.world.team.suspicions
    note = f"never; written down was: {wrong[0][1]}" if wrong else "nothing was written down"
    return Moment("hypothesis", label, None, note)


def _first_action(played: Played) -> Moment:
    label = "first action"
    if played.doings:
        first = played.doings[0]
        return Moment("action", label, first.step, first.text)
    return Moment("action", label, None, "none that touched a server, a session or the flow")


def _contained(played: Played) -> Moment:
    label = "flow contained"
    curve = played.curve
    note = "loss rate below a tenth of its peak, and staying there"
    if curve.contained is None:
        note = "never" if curve.points and curve.points[-1].executions else "it never ran"
    return Moment("contained", label, curve.contained, note)


def _flat(played: Played) -> Moment:
    label = "flat"
    points = played.curve.points
    if not points or not points[-1].executions:
        return Moment("flat", label, None, "the firm never held a position")
    if not played.world.ledger.is_flat() or len(played.world.pegs):
        return Moment("flat", label, None, "never: the firm still held positions at the end")
    last = max((point.step for point in points if point.gross), default=played.end)
    after = min((point.step for point in points if point.step > last), default=played.end)
    return Moment("flat", label, min(after, played.end))
