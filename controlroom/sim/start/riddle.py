"""What a scenario leaves to the seed: which fault, and which stressors make it hard to find.

A scenario that lists faults is a riddle: the seed draws one of them, and the server that has it.
Stressors are switches of a start, as safeguards are: they change how soon people call, how much
arrives, what an instrument shows; never what could be found out.
"""

from __future__ import annotations

import enum

import attrs


class FaultKind(enum.StrEnum):
    """What may be wrong; `controlroom.sim.faults` has a file for each."""

    STALE_BUILD = "stale-build"
    FLAG_TABLE = "flag-table"
    COUNT_CHECK = "count-check"
    DUPLICATE_SESSION = "duplicate-session"
    CREDIT_LIMIT = "credit-limit"
    REFERENCE_FILE = "reference-file"
    LOAD_BALANCER = "load-balancer"
    NOTHING = "nothing"


@attrs.frozen
class FaultChoice:
    """A fault that the seed may draw.

    Attributes:
        kind: which.
        weight: how often, beside the weights of the others.
        servers: those that may have it; empty for any.
    """

    kind: FaultKind
    weight: int
    servers: tuple[str, ...]


class Acts(enum.StrEnum):
    """What a stressor does."""

    HURRY = "hurry"
    """What people notice they notice at a third of the usual size, and say so."""
    MESSAGES = "messages"
    """The messages that name this stressor come too."""
    ODDITIES = "oddities"
    """Differences that harm nobody are drawn as well."""
    LIAR = "liar"
    """The monitor of the server that is worth looking at shows a neighbour's figures."""


@attrs.frozen
class Stressor:
    """Something that makes a riddle harder without taking anything away.

    Attributes:
        id: what people type.
        title: one line.
        acts: what it does.
        on: whether this start has it.
    """

    id: str
    title: str
    acts: Acts
    on: bool


@attrs.frozen
class Difficulty:
    """A named set of stressors.

    Attributes:
        id: what people type.
        title: one line.
        stressors: ids of those that are on.
    """

    id: str
    title: str
    stressors: tuple[str, ...]


@attrs.frozen
class Client:
    """A client with a line of its own to one server, which the seed draws.

    Attributes:
        id: how the tools name it.
        title: for people.
        begins: step at which it begins to send.
        ends: step at which it has sent everything.
        rate: orders a minute.
        shares: in each of them.
        credit: dollars that the firm stands for; 0 where nobody asks.
        allocates: step at which it takes what was bought and sold for it, which stands in the 33
            Account until then; None for orders that are the client's at once.
        refused: its orders are never accepted: they are malformed.
    """

    id: str
    title: str
    begins: int
    ends: int
    rate: int
    shares: int
    credit: int = 0
    allocates: int | None = None
    refused: bool = False


@attrs.frozen
class Drawn:
    """What a seed has drawn.

    Attributes:
        kind: which fault.
        server: place of the server that has it; of the busiest one where none has.
        guest: place of the server whose process holds the other's sessions, for that fault; else
            the same as `server`.
        homes: place of the server that each client's line leads to.
        odd: place of a server that differs and harms nobody, or -1.
    """

    kind: FaultKind
    server: int
    guest: int
    homes: tuple[int, ...]
    odd: int
