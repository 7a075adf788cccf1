"""How what can be known is written: `hints.toml`, `cues.toml`, `facts.toml`."""

from __future__ import annotations

import attrs

from controlroom.scenario import rules
from controlroom.scenario.rules import Rule
from controlroom.scenario.table import Table
from controlroom.sim.start import Cue, Evidence, Fact, FaultKind, Hint, Hypothesis, Instrument


@attrs.frozen
class HintsFile:
    """`hints.toml`.

    Attributes:
        hint: advice for stretches of the day.
    """

    hint: tuple[Hint, ...]


@attrs.frozen
class CuesFile:
    """`cues.toml`.

    Attributes:
        unknowable: what nobody could have known.
        hypothesis: what people may believe.
        cue: what tells the right from the wrong.
    """

    unknowable: tuple[str, ...]
    hypothesis: tuple[Hypothesis, ...]
    cue: tuple[Cue, ...]


@attrs.frozen
class FactsFile:
    """`facts.toml`.

    Attributes:
        sources: where the facts come from.
        fact: statements of the record.
    """

    sources: tuple[str, ...]
    fact: tuple[Fact, ...]


def diagnosis_tables(moment: Rule) -> dict[type, Table]:
    """How each class is written; times by the rule of a day."""
    patterns = rules.items(rules.pattern, 0, 24)
    beliefs = rules.items(rules.name, 0, 12)
    faults = rules.items(rules.choice(FaultKind), 0, len(FaultKind))
    return {
        HintsFile: Table({}, optional={"hint": []}),
        FactsFile: Table(
            {"sources": rules.items(rules.line(300), 0, 100)},
            optional={"sources": [], "fact": []},
        ),
        Hint: Table(
            {
                "after": moment,
                "until": moment,
                "texts": rules.items(rules.body(400), 3, 3),
                "faults": faults,
            },
            optional={"faults": []},
        ),
        Fact: Table(
            {
                "id": rules.field,
                "text": rules.line(300),
                "evidence": rules.choice(Evidence),
                "source": rules.line(160),
                "step": rules.unless_left_out(moment, None),
            },
            optional={"at": None},
            renamed={"step": "at"},
        ),
        CuesFile: Table(
            {"unknowable": rules.items(rules.line(400), 0, 12)},
            optional={"unknowable": [], "hypothesis": [], "cue": []},
        ),
        Hypothesis: Table(
            {
                "id": rules.name,
                "text": rules.line(200),
                "right": rules.yes_or_no,
                "words": rules.items(rules.line(80), 1, 24),
                "acts": patterns,
                "faults": faults,
            },
            optional={"right": False, "acts": [], "faults": []},
        ),
        Cue: Table(
            {
                "id": rules.name,
                "text": rules.line(300),
                "instrument": rules.choice(Instrument),
                "inject": rules.name_or_none,
                "count": rules.count(1, 10_000),
                "at": rules.unless_left_out(moment, None),
                "when": rules.sampled,
                "after": patterns,
                "opens": patterns,
                "supports": beliefs,
                "contradicts": beliefs,
                "answers": rules.items(rules.pattern, 1, 24),
                "within": rules.unless_left_out(rules.count(1, 86_400), None),
                "by": rules.unless_left_out(moment, None),
                "faults": faults,
            },
            optional={
                "inject": "",
                "count": 1,
                "at": None,
                "when": {},
                "after": [],
                "opens": [],
                "supports": [],
                "contradicts": [],
                "within": None,
                "by": None,
                "faults": [],
            },
        ),
    }
