"""The servers: installed build, process state, sessions to venues, load, counters, recent log.

Arrays have one entry a server, in the scenario's order. Left out: hardware faults, memory, network.
"""

from __future__ import annotations

import enum
from typing import Final

import attrs
import numpy as np

from controlroom.sim.arrays import Ints, zeros
from controlroom.sim.start import Build, Scenario
from controlroom.sim.state import cache

HISTORY: Final = 60
"""Seconds of child-order rates that a pane can draw."""

LOG_LINES: Final = 200
"""Lines that a server's log keeps."""

FULL_LOAD: Final = 1_950
"""Child orders a second at which a server's processors are busy (reconstructed)."""


class ProcessState(enum.StrEnum):
    """What the router process on a server is doing."""

    RUNNING = "running"
    DRAINING = "draining"
    STOPPED = "stopped"
    STARTING = "starting"


@attrs.frozen
class LogLine:
    """A line that a server wrote for the record; executions are not logged one by one.

    Attributes:
        step: when.
        text: what.
    """

    step: int
    text: str


@attrs.define
class Fleet:
    """The servers and the flag's home.

    Attributes:
        builds: name of each server's installed build.
        states: each server's process state.
        received: parents dealt to each server.
        full: parents that reached their target, as the server counts.
        children: child orders sent.
        splits: child orders that were filled in two parts.
        shares: shares executed.
        rejects: flagged orders refused.
        pegged: parents that took the Power Peg path.
        turned: child orders sent by the end of the last second.
        history: child orders of the last seconds, a ring of `HISTORY` rows.
        connected: names of the venues that are connected.
        logs: each server's recent lines, oldest first.
        takers: servers that take new parents, once looked up.
        reach: per mille of the liquidity by the venues that are connected, once looked up.
        held: flagged parents that wait for the open, per server: (number, slot, shares, flagged).
    """

    builds: list[str]
    states: list[ProcessState]
    received: Ints
    full: Ints
    children: Ints
    splits: Ints
    shares: Ints
    rejects: Ints
    pegged: Ints
    turned: Ints
    history: Ints
    connected: list[str]
    logs: dict[int, tuple[LogLine, ...]]
    held: dict[int, tuple[tuple[int, int, int, bool], ...]]
    takers: list[tuple[int, ...]] = cache(list)
    reach: dict[tuple[str, ...], int] = cache(dict)

    @property
    def executions(self) -> Ints:
        """Executions received, a server: a child order has one, or two where it was split."""
        return self.children + self.splits

    def taking(self) -> tuple[int, ...]:
        """Servers that take new parents."""
        if not self.takers:
            self.takers.append(
                tuple(
                    index
                    for index, state in enumerate(self.states)
                    if state is ProcessState.RUNNING
                )
            )
        return self.takers[0]

    def set_state(self, server: int, state: ProcessState) -> None:
        """Change a server's process state."""
        self.states[server] = state
        self.takers.clear()

    def working(self) -> tuple[int, ...]:
        """Servers whose process sends child orders."""
        return tuple(
            index
            for index, state in enumerate(self.states)
            if state in (ProcessState.RUNNING, ProcessState.DRAINING)
        )

    def write(self, server: int, step: int, text: str) -> None:
        """Add a line to a server's log."""
        lines = (*self.logs[server], LogLine(step, text))
        self.logs[server] = lines[-LOG_LINES:]

    def turn_second(self, second: int) -> None:
        """Close a second of counting."""
        np.subtract(self.children, self.turned, out=self.history[second % HISTORY])
        self.turned[:] = self.children

    def recent(self, second: int) -> Ints:
        """Child orders a second, one row a second, oldest first, up to the second before."""
        at = second % HISTORY
        ring: Ints = np.concatenate((self.history[at:], self.history[:at]))
        return ring

    def load(self, server: int, second: int) -> int:
        """Processor load in percent, from the child orders of the last second."""
        if self.states[server] is ProcessState.STOPPED:
            return 0
        rate = int(self.history[(second - 1) % HISTORY, server])
        return min(6 + rate * 93 // FULL_LOAD, 99)


def line_up(scenario: Scenario) -> Fleet:
    """The fleet as the day begins: everything runs and is connected."""
    count = len(scenario.servers)
    return Fleet(
        builds=[server.build for server in scenario.servers],
        states=[ProcessState.RUNNING] * count,
        received=zeros(count),
        full=zeros(count),
        children=zeros(count),
        splits=zeros(count),
        shares=zeros(count),
        rejects=zeros(count),
        pegged=zeros(count),
        turned=zeros(count),
        history=zeros(HISTORY, count),
        connected=[venue.name for venue in scenario.venues],
        logs=dict.fromkeys(range(count), ()),
        held=dict.fromkeys(range(count), ()),
    )


def build_of(scenario: Scenario, fleet: Fleet, server: int) -> Build:
    """The build that is installed on a server."""
    name = fleet.builds[server]
    return next(build for build in scenario.builds if build.name == name)


def connected_share(scenario: Scenario, fleet: Fleet) -> int:
    """Per mille of the venues' liquidity that the fleet can reach."""
    connected = tuple(fleet.connected)
    if connected not in fleet.reach:
        shares = (venue.share for venue in scenario.venues if venue.name in connected)
        fleet.reach[connected] = sum(shares)
    return fleet.reach[connected]
