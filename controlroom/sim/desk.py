"""What lies on a desk: messages, answers, what was said, what is being done.

The second half of `view`: what reaches a seat, where the first is what its instruments measure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from controlroom.sim import coach as coaching
from controlroom.sim import people, seats
from controlroom.sim import week as weeks
from controlroom.sim.alerts import FLOOD_WINDOW, AlertState
from controlroom.sim.clock import STEPS_PER_SECOND, clock_text
from controlroom.sim.events import (
    Answer,
    Arrived,
    Event,
    Refused,
    Said,
    StoodStill,
    Taught,
    Told,
    Tone,
)
from controlroom.sim.seats import EVERYBODY, ON_CALL, Pane, Seat
from controlroom.sim.start import Channel
from controlroom.sim.views import (
    AlertsView,
    AlertView,
    CoachView,
    EveningView,
    LineView,
    MessageView,
    SiteView,
    WeekView,
    WorkView,
)

if TYPE_CHECKING:
    from controlroom.sim.world import World

MOST_ROWS: Final = 200
MOST_LINES: Final = 200
NO_CLOCK: Final = "--:--:--"
"""Stands for the time of what was said before the day, whose clock had not begun to go."""

_UNREAD: Final = (AlertState.NEW, AlertState.RINGING)


def kept(world: World, name: str, key: object, make: Callable[[], Any]) -> Any:
    """The picture made last time, as long as nothing that it shows has changed."""
    before = world.pictures.get(name)
    if before is not None and before[0] == key:
        return before[1]
    picture = make()
    if before is not None and before[1] == picture:
        picture = before[1]
    world.pictures[name] = (key, picture)
    return picture


def named(part: str, seat: Seat) -> str:
    """The name under which a picture is kept; seats that see everything share one."""
    return part if seat.sees_all else f"{part} {seat.id}"


def ringing_at(world: World, seat: Seat) -> tuple[str, ...]:
    """Who rings at this desk."""
    return tuple(
        world.alerts[number].sender
        for number in world.alerts.ringing
        if seats.reaches(world, seat, world.alerts[number])
    )


def alerts_of(world: World, seat: Seat) -> AlertsView:
    """The feed, as far as it has reached this desk."""
    alerts = world.alerts
    sorts = seat.sees_all or Pane.MAIL in seat.panes
    rows = kept(world, named("rows", seat), alerts.version, lambda: _rows(world, seat))
    if seat.sees_all:
        total, unread = len(alerts), sum(state in _UNREAD for state in alerts.states)
        shelved, recent = len(alerts.shelved_until), alerts.recent(world.now)
    else:
        mine = _mine(world, seat)
        total = len(mine)
        unread = sum(alerts.states[number] in _UNREAD for number in mine)
        shelved = sum(number in alerts.shelved_until for number in mine)
        recent = sum(alerts[number].step > world.now - FLOOD_WINDOW for number in mine)
    return AlertsView(
        rows=rows,
        total=total,
        unread=unread,
        shelved=shelved,
        grouped=alerts.grouped and sorts,
        search=alerts.search if sorts else "",
        per_ten_minutes=recent,
        alarm_texts=alerts.alarm_texts if sorts else (),
    )


def _mine(world: World, seat: Seat) -> list[int]:
    """Numbers of the messages that have reached this desk."""
    feed = world.alerts.feed.items
    return [number for number, alert in enumerate(feed) if seats.reaches(world, seat, alert)]


def _rows(world: World, seat: Seat) -> tuple[AlertView, ...]:
    """The feed's rows, newest first; equal ones share a row while they are grouped.

    Grouping and searching are for the desk that has the mail.
    """
    alerts, day = world.alerts, world.scenario.day
    sorts = seat.sees_all or Pane.MAIL in seat.panes
    wanted = alerts.search.casefold() if sorts else ""
    groups: dict[object, list[int]] = {}
    mine = range(len(alerts)) if seat.sees_all else _mine(world, seat)
    for number in reversed(mine):
        alert, state = alerts[number], alerts.states[number]
        if state is AlertState.SHELVED:
            continue
        if wanted and wanted not in f"{alert.sender}\n{alert.subject}\n{alert.body}".casefold():
            continue
        grouping = alerts.grouped and sorts and alert.channel is not Channel.CALL
        key: object = (alert.channel, alert.sender, alert.subject) if grouping else number
        groups.setdefault(key, []).append(number)
    rows = []
    for members in list(groups.values())[:MOST_ROWS]:
        newest = members[0]
        alert = alerts[newest]
        unread = sum(alerts.states[number] in _UNREAD for number in members)
        open_ = [number for number in members if alerts.states[number] in _UNREAD]
        rows.append(
            AlertView(
                id=newest,
                clock=day.text(alert.step),
                channel=alert.channel,
                state=alerts.states[open_[0] if open_ else newest].value,
                sender=people.name_of(world, alert),
                subject=alert.subject,
                count=len(members),
                unread=unread,
            )
        )
    return tuple(rows)


def answers_of(world: World, seat: Seat) -> tuple[LineView, ...]:
    """The last lines that this seat was told, oldest first."""
    lines: list[LineView] = []
    day = world.scenario.day
    in_the_week = weeks.begun(world) is not None
    for event in reversed(world.log.items):
        if not seats.hears(world, seat, event):
            continue
        if isinstance(event, StoodStill) and world.week is not None:
            in_the_week = True
        clock = NO_CLOCK if in_the_week else day.text(event.step)
        lines.extend(reversed(_lines(event, seat.id, clock)))
        if len(lines) >= MOST_LINES:
            break
    return tuple(reversed(lines[:MOST_LINES]))


def _lines(event: Event, seat: str, clock: str) -> list[LineView]:
    # Mail lies in the feed, and the coach has a place of its own.
    if isinstance(event, Taught) or (isinstance(event, Arrived) and not event.urgent):
        return []
    if isinstance(event, Said):
        who = "you" if event.seat == seat else event.seat
        return [LineView(clock, who, event.text, Tone.PLAIN)]
    if isinstance(event, Told):
        to = "all" if event.to == EVERYBODY else "you" if event.to == seat else event.to
        number = f" ({event.number})" if event.number else ""
        said, *more = event.text.split("\n")
        first = LineView(clock, event.seat, f"to {to}{number}: {said}", event.tone)
        return [first, *(LineView("", "", line, event.tone) for line in more)]
    if isinstance(event, Refused):
        return [LineView(clock, "", f"not done: {event.text}", event.tone)]
    first = LineView(clock, "", event.text, event.tone)
    if isinstance(event, Answer):
        return [first, *(LineView("", "", line, event.tone) for line in event.lines)]
    return [first]


def said_to(world: World, seat: Seat) -> tuple[MessageView, ...]:
    """What was said to this seat and by it."""
    drill, day = world.drill, world.scenario.day
    if drill is None:
        return ()
    return tuple(
        MessageView(
            number=number,
            clock=day.text(message.step),
            seat=message.seat,
            to=message.to,
            text=message.text,
            copied=drill.copied.get(number, ()),
        )
        for number, message in enumerate(drill.messages, 1)
        if seat.sees_all or message.seat == seat.id or seat.is_called(message.to)
    )[-MOST_ROWS:]


def coach_of(world: World, seat: Seat) -> CoachView | None:
    """What the coach says to somebody who plays alone, or None where there is none."""
    coach, training = world.coach, world.scenario.training
    if coach is None or training is None or world.drill is not None or seat.id != ON_CALL:
        return None
    lesson = coaching.current(world)
    return CoachView(
        number=coach.place + 1,
        count=len(training.lessons),
        title=lesson.title if lesson else "",
        says=tuple((lesson.says if lesson else training.closing).splitlines()),
        does=tuple((pattern, pattern in coach.did) for pattern in lesson.does) if lesson else (),
        said=coach.said,
        tone=Tone(coach.tone),
    )


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


def suspicions_of(world: World, seat: Seat) -> tuple[str, ...]:
    """What this seat has written down; whoever sees everything reads all of them."""
    if seat.sees_all:
        return tuple(text for _, text in world.team.suspicions)
    written = world.drill.written if world.drill is not None else []
    return tuple(note.text for note in written if note.kind == "suspect" and note.seat == seat.id)


def work_of(world: World, seat: Seat) -> tuple[WorkView, ...]:
    """What is in progress: one's own, and everybody's on the board."""
    views = []
    for work in sorted(world.work, key=lambda item: (item.ends[-1], item.id)):
        if work.seat != seat.id and Pane.BOARD not in seat.panes:
            continue
        whole = max(work.ends[-1] - work.began, 1)
        left = max(work.ends[-1] - world.now, 0)
        stages = len(work.ends)
        views.append(
            WorkView(
                id=work.id,
                text=work.command.text(),
                doing=f"part {work.stage + 1} of {stages}" if stages > 1 else "",
                left=-(-left // STEPS_PER_SECOND),
                done=(whole - left) * 1000 // whole,
            )
        )
    return tuple(views)
