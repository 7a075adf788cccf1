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
