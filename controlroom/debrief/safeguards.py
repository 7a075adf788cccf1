"""With that control: the run's own commands again with each safeguard of the scenario switched on.

The answer to the SEC's list. Some safeguards act by themselves and their worth can be played. The
others put something before people or give them leave; the same commands make the same use of it,
none, so what they would have shown is told instead of a sum.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import attrs

from controlroom.debrief.bench import Bench, Job
from controlroom.debrief.forks import FROM_THE_OPEN, Fork, past
from controlroom.debrief.played import Played
from controlroom.debrief.study import Study, outcome_of
from controlroom.debrief.words import usd
from controlroom.sim.start import REJECT, Control

INFORM: Final = frozenset(
    {"reject-alerts", "separate-accounts", "pmon-alerts", "incident-procedure"}
)
"""Safeguards that only inform, or give leave."""

LEAVE: Final = "needs authority"
"""What a refusal says for want of leave."""


@attrs.frozen
class Safeguard:
    """A safeguard and what it would have been worth.

    Attributes:
        id: as in the scenario.
        title: of the scenario.
        source: the paragraph that found it missing.
        loss: with it, to get flat at the horizon; None where it only informs, or was on.
        note: what it would have shown; where it was on, what it was worth.
    """

    id: str
    title: str
    source: str
    loss: int | None
    note: str = ""


@attrs.frozen
class Safeguards:
    """Every safeguard of the scenario.

    Attributes:
        horizon: step at which the runs are compared.
        loss: of this run then.
        items: the cheapest run first; those that only inform come last.
    """

    horizon: int
    loss: int
    items: tuple[Safeguard, ...]


def safeguards_of(played: Played, bench: Bench) -> Study[Safeguards]:
    """Play the run again with each safeguard that acts."""
    jobs: dict[str, Job] = {}
    for control in played.scenario.controls:
        if not _only_informs(control, played):
            jobs[control.id] = bench.submit(_fork(control, played))
    yield tuple(jobs.values())
    own = played.curve.at(played.horizon)
    items = [
        _item(control, played, own, outcome_of(jobs[control.id]).loss if control.id in jobs else 0)
        for control in played.scenario.controls
    ]
    items.sort(key=lambda item: (item.loss is None, item.loss or 0))
    return Safeguards(played.horizon, own, tuple(items))


def _item(control: Control, played: Played, own: int, loss: int) -> Safeguard:
    """A safeguard with what the run comes to with it, or where it was on, without it."""
    note, compared = "", None
    if _only_informs(control, played):
        note = "It was on in this run." if control.on else _SHOWN[control.id](played)
    elif control.on:
        note = f"It was on in this run; without it the same commands come to {usd(loss)}"
        note += f": worth {usd(loss - own)}." if loss != own else ", the same."
    else:
        compared = loss
    return Safeguard(control.id, control.title, control.source, compared, note)


def _only_informs(control: Control, played: Played) -> bool:
    """Whether the run's own commands cannot have come to anything else with it."""
    if control.id not in INFORM:
        return False
    return control.id != "incident-procedure" or not _refused_for_leave(played)


def _fork(control: Control, played: Played) -> Fork:
    """The run with a safeguard more, or without one that it had."""
    simulation, trunk = played.reading.simulation, played.reading.trunk
    late = control.id in FROM_THE_OPEN and not control.on
    saved = trunk.before(played.day.open_step) if trunk and late else None
    return Fork(
        name=control.id,
        seed=simulation.seed,
        mode=simulation.mode,
        commands=played.reading.commands,
        until=past(played.horizon),
        controls=() if control.on else (control.id,),
        without=(control.id,) if control.on else (),
        saved=saved,
    )


def _refused_for_leave(played: Played) -> int:
    return sum(LEAVE in deed.refused for deed in played.deeds)


def _rejects(played: Played) -> str:
    first = next((alert.step for alert in played.alerts if alert.inject == REJECT), None)
    if first is None:
        return "No order was refused, so it would have said nothing."
    return f"It would have raised an alarm at {played.day.text(first)}, the first reject."


def _limits(played: Played) -> str:
    limit, name = played.scenario.firm.account_limit, played.scenario.names.account
    over = next((item.step for item in played.curve.points if item.gross > limit), None)
    if over is None:
        return f"The {name} never exceeded its limit, so it would have said nothing."
    clock = played.day.text(over)
    return f"It would have raised an alarm by {clock}, with the {name} over its limit."


def _accounts(played: Played) -> str:
    asked = next((deed for deed in played.deeds if deed.text.startswith("account")), None)
    name = played.scenario.names.account
    if asked is None:
        return f"Whoever had asked for the {name} would have read the server's name there."
    clock = played.day.text(asked.step)
    return f"The account that was asked for at {clock} would have named the server."


def _procedure(played: Played) -> str:
    del played  # what it would have changed has been looked at before: nothing
    return "It would have given leave to stop everything from the start; none was missed here."


_SHOWN: Final[dict[str, Callable[[Played], str]]] = {
    "reject-alerts": _rejects,
    "pmon-alerts": _limits,
    "separate-accounts": _accounts,
    "incident-procedure": _procedure,
}
"""What each of `INFORM` would have shown."""
