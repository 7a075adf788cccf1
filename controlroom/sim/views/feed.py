"""The feed: mails, calls and alarms, as far as they have reached a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from controlroom.sim import people, seats
from controlroom.sim.alerts import FLOOD_WINDOW, AlertState
from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.seats import Pane, Seat
from controlroom.sim.start import Channel
from controlroom.sim.views.alarms import AlarmView
from controlroom.sim.views.kept import kept, named

if TYPE_CHECKING:
    from controlroom.sim.world import World

MOST_ROWS: Final = 200
"""Rows of the feed, the newest of them."""

_UNREAD: Final = (AlertState.NEW, AlertState.RINGING)


@attrs.frozen
class AlertView:
    """One row of the feed, or a group of equal ones.

    Attributes:
        id: its number, of the newest one in a group.
        clock: `HH:MM:SS` of the newest.
        channel: mail, call or alarm.
        state: new, seen, acknowledged, shelved or cleared; ringing for a waiting call.
        sender: plain text.
        subject: plain text.
        count: how many equal ones this row stands for.
        unread: how many of them nobody opened.
    """

    id: int
    clock: str
    channel: Channel
    state: str
    sender: str
    subject: str
    count: int
    unread: int


@attrs.frozen
class AlertsView:
    """The feed.

    Attributes:
        rows: newest first.
        total: messages of the day so far.
        unread: not opened.
        shelved: put away for a time.
        grouped: equal ones share a row.
        search: text that the rows are limited to, or empty.
        per_ten_minutes: messages in the last ten minutes.
        alarm_texts: texts that raise an alarm when a mail holds them.
        alarms: the modern console's list, what to act on first; None where there is none.
    """

    rows: tuple[AlertView, ...]
    total: int
    unread: int
    shelved: int
    grouped: bool
    search: str
    per_ten_minutes: int
    alarm_texts: tuple[str, ...]
    alarms: tuple[AlarmView, ...] | None = None


def ringing_at(world: World, seat: Seat) -> tuple[str, ...]:
    """Who rings at this desk."""
    return tuple(
        world.alerts[number].sender
        for number in world.alerts.ringing
        if seats.reaches(world, seat, world.alerts[number])
    )


def alerts_of(world: World, seat: Seat) -> AlertsView:
    """The feed, as far as it has reached this desk."""
    key = (world.alerts.version, world.now // (STEPS_PER_SECOND * 10))
    feed: AlertsView = kept(world, named("alerts", seat), key, lambda: _feed(world, seat))
    return feed


def _feed(world: World, seat: Seat) -> AlertsView:
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
