"""What the switched-on safeguards have done, so that a quiet morning can say why it was quiet.

A safeguard of the weeks before acts before anybody sits down. What it was worth shows only when an
order comes that would have run away without it: that moment is told, and such orders are counted.
Safeguards that act in the day have said so themselves, with an alarm. Left out: what a server would
have done on which people installed another build meanwhile; from then on it is theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from controlroom.sim.clock import Phase
from controlroom.sim.events import Safeguarded
from controlroom.sim.router import Path, path_of, sees_its_fills
from controlroom.sim.start import REJECT, Build, Channel, Control, Mended, PegCount, Scenario

if TYPE_CHECKING:
    from controlroom.sim.world import World


@attrs.define
class Spared:
    """Orders that would have run away on the day as it would have begun.

    Attributes:
        orders: id of the safeguard that put it right -> how many.
        first: id of the safeguard -> step of the first.
    """

    orders: dict[str, int] = attrs.field(factory=dict)
    first: dict[str, int] = attrs.field(factory=dict)


@attrs.frozen
class Deed:
    """Something that a safeguard did.

    Attributes:
        control: its id.
        title: its title.
        step: when in the day it was seen to act, or None for one of the weeks before, as long as no
            order has come that shows it.
        text: what it did, in a sentence without its full stop.
        stopped: whether it prevented or ended unwanted orders; otherwise it told somebody.
    """

    control: str
    title: str
    step: int | None
    text: str
    stopped: bool


def runs_away(build: Build, *, flagged: bool, phase: Phase) -> bool:
    """Whether a build works such an order without ever knowing that it is filled."""
    path = path_of(build, flagged=flagged, phase=phase)
    return path is Path.POWER_PEG and not sees_its_fills(build, path)


def watch(world: World, server: int, number: int, build: Build, *, flagged: bool) -> None:
    """A server takes an order: would it have run away if the day had begun as it would have?"""
    scenario, spared = world.scenario, world.spared
    if spared is None:
        return
    phase = scenario.day.phase(world.now)
    if runs_away(build, flagged=flagged, phase=phase):
        return
    name = scenario.servers[server].name
    for mended in scenario.mended:
        was = _as_it_was(scenario, mended, name, build)
        if was is None or not runs_away(was, flagged=flagged, phase=phase):
            continue
        count = spared.orders.get(mended.control, 0)
        spared.orders[mended.control] = count + 1
        if not count:
            spared.first[mended.control] = world.now
            told = f"{_told(scenario, mended)}; or P{number:05d} on {name} would have run away now"
            world.record(Safeguarded(world.now, told, "safeguard", control=mended.control))
        return


def _as_it_was(scenario: Scenario, mended: Mended, server: str, build: Build) -> Build | None:
    """The build that a server would have had, or None where this was not the difference."""
    if mended.server:
        if mended.server != server or build != scenario.builds[0]:
            return None
        build = next(other for other in scenario.builds if other.name == mended.build)
    elif mended.build != build.name:
        return None
    retested = any(not item.server and item.build == build.name for item in scenario.mended)
    return attrs.evolve(build, peg_count=PegCount.ELSEWHERE) if retested else build


def _told(scenario: Scenario, mended: Mended) -> str:
    when = next((item.when for item in scenario.controls if item.id == mended.control), "")
    return f"safeguard {mended.control}: {f'{when}, ' if when else ''}{mended.text}"


def deeds(world: World) -> tuple[Deed, ...]:
    """What each switched-on safeguard did, in the order in which it showed."""
    on = {control.id: control for control in world.scenario.controls if control.on}
    found = [
        *(_before(world, on[item.control], item) for item in world.scenario.mended),
        *(
            Deed(
                event.control,
                on[event.control].title,
                event.step,
                event.text.removeprefix(f"safeguard {event.control}: "),
                stopped=True,
            )
            for event in world.log.items
            if isinstance(event, Safeguarded) and event.id == "hold"
        ),
        *_alarmed(world, on),
    ]
    return tuple(sorted(found, key=lambda deed: -1 if deed.step is None else deed.step))


def _before(world: World, control: Control, mended: Mended) -> Deed:
    spared = world.spared or Spared()
    orders = spared.orders.get(mended.control, 0)
    saved = f"; {orders:,} orders so far would have run away without it" if orders else ""
    if world.ended:
        saved = saved.replace(" so far", "")
    text = f"{f'{control.when}, ' if control.when else ''}{mended.text}{saved}"
    return Deed(control.id, control.title, spared.first.get(mended.control), text, stopped=True)


def _alarmed(world: World, on: dict[str, Control]) -> list[Deed]:
    """What safeguards have said with alarms of their own, the first of those that only tell."""
    found: list[Deed] = []
    for alert in world.alerts.feed.items:
        control = "reject-alerts" if alert.inject == REJECT else alert.inject
        if alert.channel is not Channel.ALARM or control not in on:
            continue
        tells = control in TELL
        if not tells or control not in {deed.control for deed in found}:
            text = f"raised an alarm: {alert.subject}" if tells else alert.subject
            found.append(Deed(control, on[control].title, alert.step, text, stopped=not tells))
    return found


TELL = frozenset({"pmon-alerts", "reject-alerts"})
"""Safeguards whose alarms tell somebody and stop nothing."""
