"""What a scenario teaches: safeguards, hints, what people may believe, cues, facts on record."""

from __future__ import annotations

import enum
from typing import Final

import attrs

from controlroom.sim.start.messages import Measure
from controlroom.sim.start.riddle import FaultKind
from controlroom.sim.start.units import Evidence


@attrs.frozen
class Control:
    """A safeguard that the scenario can switch on.

    Attributes:
        id: what people type.
        title: one line.
        source: the paragraph that found it missing.
        on: whether this start has it.
        when: for one of the weeks before, when it would have acted, in words; or empty.
    """

    id: str
    title: str
    source: str
    on: bool
    when: str = ""


@attrs.frozen
class Mended:
    """What a safeguard of the weeks before found, and how the day would have begun without it.

    Attributes:
        control: id of the safeguard.
        text: what was found and done, as the end of a sentence.
        build: name of the build that was wrong, or that stood where another belonged.
        server: name of the server that had it, or empty for every one.
    """

    control: str
    text: str
    build: str
    server: str = ""


@attrs.frozen
class Hint:
    """Advice in three strengths for a stretch of the day.

    Attributes:
        after: first step at which it fits.
        until: last step at which it fits.
        texts: nudge, point, tell.
        faults: where the seed draws the fault: those for which it is given; empty for all.
    """

    after: int
    until: int
    texts: tuple[str, str, str]
    faults: tuple[FaultKind, ...] = ()


class Instrument(enum.StrEnum):
    """Where a cue can be seen."""

    MAIL = "mail"
    CALL = "call"
    SCREEN = "screen"
    ANSWER = "answer"


SAMPLED: Final = ("gross_usd", "loss_usd", "executions", "executions_per_s")
"""Measures that the P&L history keeps, so that a cue can be dated by them after the run."""

REJECT: Final = "reject"
"""Stands for the router's own reject mails where an inject is named."""


@attrs.frozen
class Hypothesis:
    """What somebody may believe is wrong.

    Attributes:
        id: unique in the scenario.
        text: in a sentence.
        right: whether it is so.
        words: phrases; a suspicion that holds all words of one of them means this hypothesis.
        acts: commands that follow from it, as patterns: `stop smars-8`, `uninstall`.
        faults: where the seed draws the fault: those that make it right.
    """

    id: str
    text: str
    right: bool
    words: tuple[str, ...]
    acts: tuple[str, ...]
    faults: tuple[FaultKind, ...] = ()


@attrs.frozen
class Cue:
    """Something that tells right hypotheses from wrong ones, to whoever sees it.

    It becomes available at a time, with a message, or when something is so. A mail, a call and the
    screen then show it by themselves; an answer shows it to those who ask.

    Attributes:
        id: unique in the scenario.
        text: what it tells, in a sentence.
        instrument: where it can be seen.
        inject: id of the message that brings it, `reject` for the router's own, or empty.
        count: how many of those must have come.
        at: step from which it is there, or None.
        when: what must be so, all of it, of `SAMPLED`.
        after: patterns; it is there only once such a command was given.
        opens: patterns of commands by which one looks at it.
        supports: hypotheses.
        contradicts: hypotheses.
        answers: patterns of commands that count as a response.
        within: seconds from being shown in which a response is in time, or None.
        by: step by which a response is in time, or None.
        faults: where the seed draws the fault: those with which it can be seen; empty for all.
    """

    id: str
    text: str
    instrument: Instrument
    inject: str
    count: int
    at: int | None
    when: tuple[Measure, ...]
    after: tuple[str, ...]
    opens: tuple[str, ...]
    supports: tuple[str, ...]
    contradicts: tuple[str, ...]
    answers: tuple[str, ...]
    within: int | None
    by: int | None
    faults: tuple[FaultKind, ...] = ()


@attrs.frozen
class Fact:
    """One statement of the historical record, shown with its tag.

    Attributes:
        id: key, equal to the result's field where there is one.
        text: the statement.
        evidence: documented or reconstructed.
        source: where it is documented, or why it was chosen.
        step: its moment, where it has one.
    """

    id: str
    text: str
    evidence: Evidence
    source: str
    step: int | None
