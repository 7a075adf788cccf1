"""How `kit.toml` is written: what the paper kit of a drill says about this incident, for people.

No run reads it, so it is not part of a scenario's checksum and may be put better at any time.
"""

from __future__ import annotations

import attrs

from controlroom.scenario import rules
from controlroom.scenario.rules import Rule
from controlroom.scenario.table import Table
from controlroom.sim.start import Evidence


@attrs.frozen
class Phase:
    """A stretch of the drill, as the facilitator should know it.

    Attributes:
        title: of it.
        begins: step.
        until: step at which it is over.
        good: what good looks like, a sentence each.
        traps: what teams fall for.
        ask: what to ask about it afterwards.
    """

    title: str
    begins: int
    until: int
    good: tuple[str, ...]
    traps: tuple[str, ...]
    ask: tuple[str, ...]


@attrs.frozen
class RunbookPage:
    """A page of the runbook that the players get.

    Attributes:
        title: of it.
        origin: whether that there was this, and no more, is on record.
        source: where.
        lines: what it says; none where the firm had nothing.
        note: what the record says of it; for the facilitator, since players would know too much.
    """

    title: str
    origin: Evidence
    source: str
    lines: tuple[str, ...]
    note: str


@attrs.frozen
class KitFile:
    """`kit.toml`.

    Attributes:
        questions: for the debrief.
        invented: what only the drill needs, a sentence each.
        phase: by time.
        page: of the runbook.
    """

    questions: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()
    phase: tuple[Phase, ...] = ()
    page: tuple[RunbookPage, ...] = ()


def kit_tables(moment: Rule) -> dict[type, Table]:
    """How each class is written; `moment` is the rule of a time of the day."""
    sentences = rules.items(rules.line(300), 0, 24)
    note = rules.line_or_none(300)

    return {
        KitFile: Table(
            {"questions": sentences, "invented": sentences},
            optional={"questions": [], "invented": [], "phase": [], "page": []},
        ),
        Phase: Table(
            {
                "title": rules.line(60),
                "begins": moment,
                "until": moment,
                "good": sentences,
                "traps": sentences,
                "ask": sentences,
            },
            optional={"good": [], "traps": [], "ask": []},
            renamed={"begins": "from"},
        ),
        RunbookPage: Table(
            {
                "title": rules.line(80),
                "origin": rules.choice(Evidence),
                "source": note,
                "lines": sentences,
                "note": note,
            },
            optional={"source": "", "lines": [], "note": ""},
        ),
    }
