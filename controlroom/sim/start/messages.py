"""Who writes and calls, when, and what they say."""

from __future__ import annotations

import enum
from typing import Final

import attrs


class Channel(enum.StrEnum):
    """How a message reaches the seat; a visit, somebody at the desk, only in a drill."""

    MAIL = "mail"
    CALL = "call"
    ALARM = "alarm"
    VISIT = "visit"


@attrs.frozen
class Measure:
    """A condition on what people could notice, for an inject or a person's line.

    Attributes:
        name: one of `MEASURES`.
        at_least: the smallest value that fulfils it.
    """

    name: str
    at_least: int


MEASURES: Final = {
    "gross_usd": "gross position of the 33 Account, dollars",
    "loss_usd": "loss to get flat, dollars",
    "executions": "executions of the day that no client ordered",
    "executions_per_s": "such executions in the last second",
    "volume_ratio": "volume in the affected stocks since the open, percent of normal",
    "delayed_orders": "client orders that waited for a stopped server",
    "lost_orders": "client orders that went elsewhere or were refused",
    "rejects": "flagged orders that a server refused",
    "contained_s": "seconds since the unwanted executions stopped",
    "servers_running": "servers that run",
    "feed_whole": "1 while no search limits the feed, else 0",
    "servers_newest": "servers on which the newest build is installed",
}
"""What a condition may look at, with its meaning."""


@attrs.frozen
class Inject:
    """A message that reaches the seat at a time or when something becomes noticeable.

    Attributes:
        id: unique in the scenario.
        channel: mail, call or alarm.
        sender: who it is from; for a call, a person's id.
        subject: one line.
        body: plain text.
        at: step, or None when a condition decides.
        when: conditions, all of which must hold; empty when `at` decides.
        needs_you: whether `next` stops here.
        to: in a drill, the seat that it is for; empty for who has the channel's instrument.
        expects: in a drill, patterns of the commands that are the expected response.
        within: seconds in which that is expected, or None.
        otherwise: id of the inject that comes when it has not come by then, or empty.
        objective: id of the objective that it serves, or empty.
        stressor: id of the stressor without which it does not come, or empty.
    """

    id: str
    channel: Channel
    sender: str
    subject: str
    body: str
    at: int | None
    when: tuple[Measure, ...]
    needs_you: bool
    to: str = ""
    expects: tuple[str, ...] = ()
    within: int | None = None
    otherwise: str = ""
    objective: str = ""
    stressor: str = ""


@attrs.frozen
class Line:
    """What a person says when called; the first line whose conditions hold is said.

    Attributes:
        text: plain text.
        when: conditions, all of which must hold.
        after: not before this step.
        grants: whether the call gives authority to stop everything.
    """

    text: str
    when: tuple[Measure, ...]
    after: int
    grants: bool


@attrs.frozen
class Person:
    """A role that can be called; never a real person's name.

    Attributes:
        id: what people type, for example `exchange`.
        title: shown on the screen.
        about: one line about what this person can do for you.
        answers: seconds of ringing.
        talks: seconds of talking.
        lines: what is said, in order of precedence.
    """

    id: str
    title: str
    about: str
    answers: int
    talks: int
    lines: tuple[Line, ...]


@attrs.frozen
class RejectMail:
    """The mail that a server's refusal of a flagged order sends.

    Attributes:
        sender: sending system.
        subject: may hold `{server}`.
        body: may hold `{server}`, `{time}`, `{stock}`, `{side}`, `{shares}`.
    """

    sender: str
    subject: str
    body: str
