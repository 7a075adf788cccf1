"""Mails, alarms and telephone calls as they reach a seat, and what has become of each.

Alarms follow ISA-18.2's states as far as a mailbox can: new, seen, acknowledged, shelved, cleared.
"""

from __future__ import annotations

import enum
from typing import Final

import attrs

from controlroom.sim.start import Channel
from controlroom.sim.state import Chain

FLOOD_WINDOW: Final = 2400
"""Steps over which the rate of messages is counted: ten minutes, as EEMUA 191 does."""


class AlertState(enum.StrEnum):
    """What has become of a message."""

    NEW = "new"
    RINGING = "ringing"
    SEEN = "seen"
    ACKNOWLEDGED = "acknowledged"
    SHELVED = "shelved"
    CLEARED = "cleared"


@attrs.frozen
class Alert:
    """A message as it arrived.

    Attributes:
        step: when.
        channel: mail, call or alarm.
        sender: plain text; for a call, a person's id.
        subject: one line of plain text.
        body: plain text.
        inject: id of the scenario's inject, or empty.
    """

    step: int
    channel: Channel
    sender: str
    subject: str
    body: str
    inject: str


@attrs.define
class Alerts:
    """The feed.

    Attributes:
        feed: every message, by number from 0.
        states: each message's state.
        changed: step at which each state was last changed.
        ringing: numbers of the calls that ring.
        shelved_until: message number -> step at which it comes back.
        grouped: equal ones share a row.
        search: text that the feed is limited to, or empty.
        alarm_texts: texts that raise an alarm when a mail holds them.
        version: grows with every change, so that pictures of the feed can be kept.
    """

    feed: Chain = attrs.field(factory=Chain)
    states: list[AlertState] = attrs.field(factory=list)
    changed: list[int] = attrs.field(factory=list)
    ringing: tuple[int, ...] = ()
    shelved_until: dict[int, int] = attrs.field(factory=dict)
    grouped: bool = False
    search: str = ""
    alarm_texts: tuple[str, ...] = ()
    version: int = 0

    def add(self, alert: Alert) -> int:
        """Let a message arrive; returns its number."""
        self.feed.append(alert)
        number = len(self.states)
        rings = alert.channel is Channel.CALL
        self.states.append(AlertState.RINGING if rings else AlertState.NEW)
        self.changed.append(alert.step)
        if rings:
            self.ringing = (*self.ringing, number)
        self.version += 1
        return number

    def set(self, number: int, state: AlertState, step: int) -> None:
        """Change what has become of a message."""
        if self.states[number] is AlertState.RINGING:
            self.ringing = tuple(other for other in self.ringing if other != number)
        self.states[number] = state
        self.changed[number] = step
        self.version += 1

    def __getitem__(self, number: int) -> Alert:
        """The message with this number."""
        alert: Alert = self.feed.items[number]
        return alert

    def __len__(self) -> int:
        """Messages so far."""
        return len(self.states)

    def equal_ones(self, number: int) -> tuple[int, ...]:
        """Messages with the same channel, sender and subject, this one among them."""
        model = self[number]
        key = (model.channel, model.sender, model.subject)
        return tuple(
            index
            for index, other in enumerate(self.feed.items)
            if (other.channel, other.sender, other.subject) == key
        )

    def recent(self, now: int) -> int:
        """Messages of the last ten minutes."""
        count = 0
        for alert in reversed(self.feed.items):
            if alert.step <= now - FLOOD_WINDOW:
                break
            count += 1
        return count
