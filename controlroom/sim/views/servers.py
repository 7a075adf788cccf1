"""The servers' panes: what their instruments measure, and what a monitor that lies shows instead.

A server's build is shown only as somebody last looked it up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from controlroom.sim.drill import CALM
from controlroom.sim.excess import at_work
from controlroom.sim.seats import FACILITATOR, Seat
from controlroom.sim.start import Acts, Console
from controlroom.sim.views.kept import kept

if TYPE_CHECKING:
    from controlroom.sim.world import World


@attrs.frozen
class ServerView:
    """One server's pane: what its instruments measure.

    Attributes:
        name: for example `smars-8`.
        number: place in the fleet, from 1; the digit that selects it.
        state: running, draining, stopped or starting.
        children: child orders a second, over the last second.
        history: child orders a second over the last 60 seconds, oldest first.
        cpu: load, percent.
        parents: parent orders being worked.
        received: parent orders since the day began.
        full: parent orders completed since the day began.
        children_per_parent: children sent per parent received since the day began, in tenths.
        rejects: flagged orders refused since the day began.
        waiting: client orders that wait because the server is down.
        build: installed build as last looked up, or empty.
        build_at: clock time of that look, or empty.
        fills: executed shares against targets as last looked up, tenths, or None.
        venues: names of connected venues.
        venues_down: names of disconnected venues.
        task: work in progress on this server, or empty.
        sent: child orders since the day began.
        alarm: the highest priority of the alarms that stand on it, 1 to 3, or 0.
        console: which picture this is; `as-was` knows no rates, no ratios and no load.
    """

    name: str
    number: int
    state: str
    children: int
    history: tuple[int, ...]
    cpu: int
    parents: int
    received: int
    full: int
    children_per_parent: int
    rejects: int
    waiting: int
    build: str
    build_at: str
    fills: int | None
    venues: tuple[str, ...]
    venues_down: tuple[str, ...]
    task: str
    sent: int = 0
    alarm: int = 0
    console: Console = Console.TRAINER


def servers_of(world: World, seat: Seat) -> tuple[ServerView, ...]:
    """The fleet as it is; to the participants of a drill, with the monitors' faults."""
    key = (
        world.seconds_closed,
        len(world.log.items),
        tuple(world.fleet.connected),
        len(world.work),
    )
    panes: tuple[ServerView, ...] = kept(world, "servers", key, lambda: _servers(world))
    faults = monitors(world)
    if not faults or seat.id == FACILITATOR:
        return panes
    shown: tuple[ServerView, ...] = kept(
        world,
        "servers with faults",
        (*key, *faults.items()),
        lambda: tuple(_as_calm(pane, panes, faults) for pane in panes),
    )
    return shown


def monitors(world: World) -> dict[str, str]:
    """What is wrong with the servers' monitors: by a facilitator, or by a stressor."""
    faults = dict(world.drill.faults) if world.drill is not None else {}
    scenario = world.scenario
    if scenario.drawn is not None and scenario.stressed(Acts.LIAR):
        faults.setdefault(scenario.servers[scenario.drawn.server].name, CALM)
    return faults


def _as_calm(pane: ServerView, panes: tuple[ServerView, ...], faults: dict[str, str]) -> ServerView:
    """A pane as a monitor that lies shows it: with the figures of its calmest neighbour."""
    if faults.get(pane.name) != CALM:
        return pane
    sound = [other for other in panes if other.name not in faults and other.children]
    calm = min(sound or panes, key=lambda other: (other.children, other.number))
    return attrs.evolve(
        pane,
        children=calm.children,
        history=calm.history,
        cpu=calm.cpu,
        parents=calm.parents,
        received=calm.received,
        full=calm.full,
        children_per_parent=calm.children_per_parent,
    )


def _servers(world: World) -> tuple[ServerView, ...]:
    fleet = world.fleet
    second = world.seconds_closed
    rates = fleet.recent(second).T.tolist()
    live = at_work(world)
    every = [venue.name for venue in world.scenario.venues]
    connected = tuple(name for name in every if name in fleet.connected)
    down = tuple(name for name in every if name not in fleet.connected)
    tasks = _tasks(world)
    waiting: dict[int, int] = {}
    for batch in world.upstream.waiting:
        waiting[batch.origin] = waiting.get(batch.origin, 0) + len(batch.slot)
    panes = []
    for at, server in enumerate(world.scenario.servers):
        looked = world.team.looked.get(at)
        received = int(fleet.received[at])
        panes.append(
            ServerView(
                name=server.name,
                number=at + 1,
                state=fleet.states[at].value,
                children=rates[at][-1],
                history=tuple(rates[at]),
                cpu=fleet.load(at, second),
                parents=int(live[at]) + len(fleet.held[at]),
                received=received,
                full=int(fleet.full[at]),
                children_per_parent=int(fleet.children[at]) * 10 // max(received, 1),
                rejects=int(fleet.rejects[at]),
                waiting=waiting.get(at, 0),
                build=looked.build if looked else "",
                build_at=world.scenario.day.text(looked.step) if looked else "",
                fills=looked.fills if looked else None,
                venues=connected,
                venues_down=down,
                task=tasks.get(server.name, ""),
                sent=int(fleet.children[at]),
            )
        )
    return tuple(panes)


def _tasks(world: World) -> dict[str, str]:
    """What is being done to each server."""
    tasks: dict[str, str] = {}
    names = [server.name for server in world.scenario.servers]
    for work in world.work:
        named = getattr(work.command, "servers", None) or (getattr(work.command, "server", None),)
        for name in names if named == ("all",) else named:
            if name:
                tasks[name] = work.command.verb
    return tasks
