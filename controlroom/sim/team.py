"""What the people in the room have done, what they have found out, and what they may do."""

from __future__ import annotations

import attrs


@attrs.frozen
class Looked:
    """What somebody found out about a server.

    Attributes:
        step: when.
        build: installed build then.
        fills: executed shares against targets of its live parents, tenths, or None without any.
    """

    step: int
    build: str
    fills: int | None


@attrs.define
class Team:
    """What the people in the room have done and know.

    Attributes:
        looked: server -> what was last found out.
        declared: step at which an incident was declared, or -1.
        authority: step from which stopping everything is allowed, or -1.
        granted_by: who gave it.
        called: person id -> step of the last call that was finished.
        notified: person id -> step.
        first_command: step of the first command that was not a look, or -1.
        hints: how many were taken.
        hint_strength: place of a hint -> how many of its strengths were taken.
        suspicions: hypotheses with their step, in order.
        notes: notes with their step, in order.
        pmon_level: digits of the largest excess that PMON raised an alarm about.
        limit: gross limit asked for, dollars, or 0.
        asked_cancellations: step of the request, or -1.
        busted: stocks in which trades were cancelled, or -1 before the answer.
    """

    looked: dict[int, Looked] = attrs.field(factory=dict)
    declared: int = -1
    authority: int = -1
    granted_by: str = ""
    called: dict[str, int] = attrs.field(factory=dict)
    notified: dict[str, int] = attrs.field(factory=dict)
    first_command: int = -1
    hints: int = 0
    hint_strength: dict[int, int] = attrs.field(factory=dict)
    suspicions: list[tuple[int, str]] = attrs.field(factory=list)
    notes: list[tuple[int, str]] = attrs.field(factory=list)
    pmon_level: int = 0
    limit: int = 0
    asked_cancellations: int = -1
    busted: int = -1
