"""The evenings before: who installs what where, by which procedure, and what is believed of it.

The day's clock stands at its first step meanwhile, and what is done takes time of the evenings
instead. Nothing of the outcome is written down beforehand. One technician copies a build to one
server after the other, and now and then leaves one out, without noticing: the ticket is closed, the
server runs what it ran. How often depends on how many he has done that evening and on whether a
procedure makes him compare; whether a second one sees it, on that too. Every draw is a hash of the
seed, the server and how often it was tried.

Left out: that a copy can be half done, and that a procedure can be written badly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from controlroom.sim.clock import Phase, clock_text
from controlroom.sim.events import Answer, StoodStill, Tone
from controlroom.sim.randomness import Stream, draw
from controlroom.sim.router import path_of, sees_its_fills
from controlroom.sim.start import Build, WeekPlan

if TYPE_CHECKING:
    from controlroom.sim.world import World

WAITS: Final = "the evenings before"
"""Why the day's clock stands still."""

OVER: Final = "the evenings are over; the day has begun"
"""Why nothing can be done in them any more."""

FOR_THE_DAY: Final = (
    "is for the day; in these evenings there are deploy, look, compare, review, procedure, test, "
    "remove, tomorrow, and bell"
)
"""Said of a verb that means nothing in them."""

NO_TIME: Final = "there is no time left for that before the day; bell lets it begin"
"""Why something cannot be done in them."""

_OF: Final = 10_000


@attrs.frozen
class Entry:
    """Something that was done.

    Attributes:
        evening: place of the evening.
        minute: of the evening, at which it began.
        minutes: how long it took.
        text: what.
    """

    evening: int
    minute: int
    minutes: int
    text: str


@attrs.define
class Week:
    """Where the week stands.

    Attributes:
        evening: place of the current evening.
        minute: minutes of it that are used.
        tonight: copies made in it.
        copies: server -> how often somebody set out to install something there.
        reviews: server -> how often it was reviewed.
        tickets: server -> what the tickets say is installed; absent where nothing was done.
        reviewed: servers that were reviewed since they were last touched.
        seen: server -> the build that somebody saw there since it was last touched, and when.
        procedure: whether there is a written one.
        removed: whether the dead code is out of the release.
        tested: builds that were tested.
        entries: what was done, in order.
        over: whether the day has begun.
    """

    evening: int = 0
    minute: int = 0
    tonight: int = 0
    copies: dict[int, int] = attrs.field(factory=dict)
    reviews: dict[int, int] = attrs.field(factory=dict)
    tickets: dict[int, str] = attrs.field(factory=dict)
    seen: dict[int, tuple[str, str]] = attrs.field(factory=dict)
    reviewed: tuple[int, ...] = ()
    procedure: bool = False
    removed: bool = False
    tested: tuple[str, ...] = ()
    entries: list[Entry] = attrs.field(factory=list)
    over: bool = False


def begun(world: World) -> tuple[Week, WeekPlan] | None:
    """The week and its plan, while it lasts."""
    week, plan = world.week, world.scenario.week
    return None if week is None or plan is None or week.over else (week, plan)


def own_flag(world: World) -> bool:
    """Whether clients' orders carry a flag of the release's own, which old code does not know.

    The flag of a function goes with it: where the dead code is removed and the release was tested
    without it, the release needs a flag of its own.
    """
    week, plan = world.week, world.scenario.week
    return week is not None and plan is not None and plan.clean in week.tested


def knows_flag(world: World, build: Build) -> bool:
    """Whether a build knows the flag that clients' orders carry."""
    return build.own_flag is own_flag(world)


def time_of(plan: WeekPlan, evening: int, minute: int) -> str:
    """For example `Friday 27 July, 17:15`."""
    if evening >= len(plan.evenings):
        return "over"
    return f"{plan.evenings[evening]}, {clock_text(plan.begins + minute * 60_000)[:5]}"


def left(world: World) -> int:
    """Minutes that are left in all evenings."""
    found = begun(world)
    if found is None:
        return 0
    week, plan = found
    return (len(plan.evenings) - week.evening) * plan.minutes - week.minute


def fits_in(week: Week, plan: WeekPlan, minutes: int) -> bool:
    """Whether so many minutes in a row are left, this evening or on a later one."""
    later = week.evening + 1 < len(plan.evenings) and minutes <= plan.minutes
    return week.minute + minutes <= plan.minutes or later


def spend(world: World, minutes: int, text: str) -> str:
    """Take so long for something, on the next evening where this one is too short; when it ends."""
    found = begun(world)
    if found is None:
        raise AssertionError("the week is over")
    week, plan = found
    if week.minute + minutes > plan.minutes:
        next_evening(week)
    week.entries.append(Entry(week.evening, week.minute, minutes, text))
    week.minute += minutes
    return time_of(plan, week.evening, week.minute)


def next_evening(week: Week) -> None:
    """Go home; the technician sleeps."""
    week.evening, week.minute, week.tonight = week.evening + 1, 0, 0


# --- what is done ---------------------------------------------------------------------------------


def install(world: World, seat: str, build: str, servers: list[int]) -> str | None:
    """Let the technician install a build, or say why not.

    One server after the other, as far as there is time.
    """
    found = begun(world)
    if found is None:
        return OVER
    week, plan = found
    minutes = plan.copy + (plan.check if week.procedure else 0)
    obstacle = _no_release(week, plan, build)
    if obstacle is None and not fits_in(week, plan, minutes):
        obstacle = NO_TIME
    if obstacle is not None:
        return obstacle
    names = [server.name for server in world.scenario.servers]
    done, when = [], ""
    for at in servers:
        if not fits_in(week, plan, minutes):
            break
        when = spend(world, minutes, f"{build} to {names[at]}")
        if not _left_out(world, week, plan, at):
            world.fleet.builds[at] = build
        week.copies[at] = week.copies.get(at, 0) + 1
        week.tonight += 1
        week.tickets[at] = build
        week.seen.pop(at, None)
        week.reviewed = tuple(other for other in week.reviewed if other != at)
        done.append(names[at])
    said = f"{build} installed on {', '.join(done)}; tickets closed" if done else "nothing done"
    more: tuple[str, ...] = (
        ("by the procedure: copied, compared with the checksum, noted",)
        if week.procedure
        else ("by hand, as ever; nothing asks to compare what was copied",)
    )
    missing = [names[at] for at in servers if names[at] not in done]
    if missing:
        more = (*more, f"no time left for {', '.join(missing)}")
    tell(world, seat, f"{when}: {said}", *more, tone=Tone.NOTICE if missing else Tone.GOOD)
    return None


def _left_out(world: World, week: Week, plan: WeekPlan, at: int) -> bool:
    """Whether the technician leaves this server out, without noticing."""
    tired = plan.tired[min(week.tonight, len(plan.tired) - 1)]
    chance = (plan.slip_checked if week.procedure else plan.slip) * tired
    return draw(world.seed, Stream.SLIP, week.copies.get(at, 0), at, _OF) < chance


def review(world: World, seat: str, servers: list[int]) -> None:
    """Let a second technician hold servers against their tickets, as far as there is time."""
    found = begun(world)
    if found is None:
        return
    week, plan = found
    names = [server.name for server in world.scenario.servers]
    lines, when, wrong = [], "", 0
    for at in servers:
        if at not in week.tickets:
            lines.append(f"{names[at]}: no ticket, so nothing to review")
            continue
        if not fits_in(week, plan, plan.review):
            lines.append(f"{names[at]}: no time left")
            continue
        when = spend(world, plan.review, f"review of {names[at]}")
        ticket, there = week.tickets[at], world.fleet.builds[at]
        count = week.reviews.get(at, 0)
        week.reviews[at] = count + 1
        week.reviewed = (*week.reviewed, at)
        miss = plan.miss_checked if week.procedure else plan.miss
        if ticket != there and draw(world.seed, Stream.MISS, count, at, _OF) >= miss:
            week.tickets[at], week.seen[at] = there, (there, when)
            lines.append(f"{names[at]}: the ticket says {ticket}, installed is {there}")
            wrong += 1
        else:
            lines.append(f"{names[at]}: agrees with its ticket")
    said = f"{wrong} of {len(servers)} not as the ticket says" if wrong else "nothing found"
    tone = Tone.NOTICE if wrong else Tone.GOOD
    tell(world, seat, f"{when or 'review'}: {said}", *lines, tone=tone)


def look(world: World, seat: str, servers: list[int]) -> str | None:
    """See what is installed, with one's own eyes, or say why not."""
    found = begun(world)
    if found is None:
        return OVER
    week, plan = found
    names = [server.name for server in world.scenario.servers]
    minutes = plan.look * len(servers)
    if not fits_in(week, plan, minutes):
        return NO_TIME
    seen = f"look at {names[servers[0]]}" if len(servers) == 1 else "compare all servers"
    when = spend(world, minutes, seen)
    lines, wrong = [], 0
    for at in servers:
        there = world.fleet.builds[at]
        ticket = week.tickets.get(at, "")
        week.seen[at] = (there, when)
        wrong += bool(ticket) and ticket != there
        if ticket:
            week.tickets[at] = there
        said = f"   the ticket said {ticket}" if ticket and ticket != there else ""
        lines.append(f"{names[at]}  {there}{said}")
    tone = Tone.NOTICE if wrong else Tone.GOOD
    first = f"{wrong} not as the ticket says" if wrong else "as the tickets say"
    tell(world, seat, f"{when}: {first}", *lines, tone=tone)
    return None


def tell(world: World, seat: str, first: str, *more: str, tone: Tone = Tone.PLAIN) -> None:
    """Say what came of something."""
    world.record(Answer(world.now, first, seat, more, tone))


def begin_day(world: World) -> None:
    """The bell rings on what was left behind."""
    if world.week is not None:
        world.week.over = True
        world.record(StoodStill(world.now, "the week is over; the day begins"))


# --- what is released, and what a test of it finds ----------------------------------------------


def _no_release(week: Week, plan: WeekPlan, build: str) -> str | None:
    """Why a build cannot be installed yet, or None."""
    if build != plan.clean:
        return None
    if not week.removed:
        return f"there is no {build} yet; remove takes the dead code out, and test tests it"
    if build not in week.tested:
        return f"{build} was never tested; nobody releases that. test {build} first"
    return None


def laboratory(world: World, name: str) -> tuple[bool, tuple[str, ...]]:
    """What a build does with a flagged order at the open, found out where it harms nobody.

    Returns:
        Whether that is bad, and what the report says.
    """
    build = next(item for item in world.scenario.builds if item.name == name)
    names = world.scenario.names
    if build.has_rlp:
        return False, (f"{name}: flagged orders take the {names.program} path, fill, and are over",)
    path = path_of(build, flagged=True, phase=Phase.OPEN)
    if sees_its_fills(build, path):
        return False, (f"{name}: flagged orders take {names.old_path}, fill, and are over",)
    return True, (
        f"{name}: a flagged order wakes {names.old_path}, which sends child orders without end",
        "its check never sees what it has executed; the count was moved away from it, untested",
        "a server that keeps this build must not get a flagged order",
    )
