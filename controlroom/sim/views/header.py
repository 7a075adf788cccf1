"""The line at the top of every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from controlroom.sim import week as weeks
from controlroom.sim.clock import Phase, clock_text
from controlroom.sim.fleet import ProcessState
from controlroom.sim.start import Console, Mode
from controlroom.sim.views.feed import AlertsView

if TYPE_CHECKING:
    from controlroom.sim.world import World


@attrs.frozen
class HeaderView:
    """The line at the top.

    Attributes:
        clock: `HH:MM:SS`.
        hundredths: of the second, two digits.
        phase: of the day.
        from_open: seconds since the open; negative before it.
        title: of the scenario.
        firm: the firm's name.
        seat: whose screen this is.
        seed: of the run.
        mode: of the run.
        servers_running: how many.
        servers_down: stopped, draining or starting.
        unread: messages not opened.
        calls_waiting: telephones ringing.
        flood: messages in the last ten minutes.
        declared: an incident is declared.
        authority: the seat may stop everything.
        ended: why the run is over, or empty.
        zone: what the clock is called.
        console: which picture of the events this is.
        switched: safeguards and stressors that are on, by id.
    """

    clock: str
    hundredths: str
    phase: Phase
    from_open: int
    title: str
    firm: str
    seat: str
    seed: int
    mode: Mode
    servers_running: int
    servers_down: int
    unread: int
    calls_waiting: int
    flood: int
    declared: bool
    authority: bool
    ended: str
    zone: str = "ET"
    console: Console = Console.TRAINER
    switched: tuple[str, ...] = ()


def header_of(
    world: World, seat: str, alerts: AlertsView, ringing: tuple[str, ...], console: Console
) -> HeaderView:
    """The header of a seat; in the evenings before a day, with the clock of the evening."""
    day = world.scenario.day
    clock = day.text(world.now, fraction=True)
    title, phase, from_open = world.scenario.title, day.phase(world.now), world.seconds_open
    found = weeks.begun(world)
    if found is not None:
        # The evening's own clock, after the close of its day.
        week, plan = found
        at = plan.begins + week.minute * 60_000
        clock, phase = clock_text(at, fraction=True), Phase.EVENING
        title, from_open = plan.evenings[week.evening], (at - day.opens) // 1000
    running = sum(state is ProcessState.RUNNING for state in world.fleet.states)
    return HeaderView(
        clock=clock[:8],
        hundredths=clock[9:],
        phase=phase,
        from_open=from_open,
        title=title,
        firm=world.scenario.firm.name,
        seat=seat,
        seed=world.seed,
        mode=world.mode,
        servers_running=running,
        servers_down=len(world.fleet.states) - running,
        unread=alerts.unread,
        calls_waiting=len(ringing),
        flood=alerts.per_ten_minutes,
        declared=world.team.declared >= 0,
        authority=world.team.authority >= 0,
        ended=world.ended,
        zone=day.zone,
        console=console,
        switched=world.scenario.switched,
    )
