"""The evenings before a day: what was done in them, and what is believed of each server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from controlroom.sim import week as weeks
from controlroom.sim.clock import clock_text

if TYPE_CHECKING:
    from controlroom.sim.world import World


@attrs.frozen
class EveningView:
    """An evening before the day.

    Attributes:
        name: for example `Friday 27 July`.
        used: minutes of it that are used.
        minutes: its length.
        entries: what was done in it: `HH:MM` and what.
        now: whether it is this one.
    """

    name: str
    used: int
    minutes: int
    entries: tuple[tuple[str, str], ...]
    now: bool


@attrs.frozen
class SiteView:
    """A server in the evenings before.

    Attributes:
        name: of the server.
        ticket: the build that its ticket says, or empty.
        seen: the build that somebody saw there since it was last touched, or empty.
        seen_at: when that was, or empty.
        reviewed: whether a second technician reviewed it since.
    """

    name: str
    ticket: str
    seen: str
    seen_at: str
    reviewed: bool


@attrs.frozen
class WeekView:
    """The evenings before the day, while they last.

    Attributes:
        now: evening and time.
        left: minutes that are left in all.
        evenings: in order.
        sites: the servers.
        procedure: whether there is a written one.
        removed: whether the dead code is out of the release.
        tested: builds that were tested.
    """

    now: str
    left: int
    evenings: tuple[EveningView, ...]
    sites: tuple[SiteView, ...]
    procedure: bool
    removed: bool
    tested: tuple[str, ...]


def week_of(world: World) -> WeekView | None:
    """The evenings before the day, while they last."""
    found = weeks.begun(world)
    if found is None:
        return None
    week, plan = found
    names = [server.name for server in world.scenario.servers]

    def site(at: int) -> SiteView:
        seen, when = week.seen.get(at, ("", ""))
        reviewed = at in week.reviewed
        return SiteView(names[at], week.tickets.get(at, ""), seen, when, reviewed)

    def evening(at: int) -> EveningView:
        mine = [entry for entry in week.entries if entry.evening == at]
        used = week.minute if at == week.evening else sum(entry.minutes for entry in mine)
        entries = tuple(
            (clock_text(plan.begins + entry.minute * 60_000)[:5], entry.text) for entry in mine
        )
        return EveningView(plan.evenings[at], used, plan.minutes, entries, at == week.evening)

    return WeekView(
        now=weeks.time_of(plan, week.evening, week.minute),
        left=weeks.left(world),
        evenings=tuple(map(evening, range(len(plan.evenings)))),
        sites=tuple(map(site, range(len(names)))),
        procedure=week.procedure,
        removed=week.removed,
        tested=week.tested,
    )
