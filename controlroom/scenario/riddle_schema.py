"""How what is left to the seed is written: clients with lines of their own, faults, stressors."""

from __future__ import annotations

from controlroom.scenario import rules
from controlroom.scenario.rules import Rule
from controlroom.scenario.table import Table
from controlroom.sim.start import Acts, Client, Difficulty, FaultChoice, FaultKind, Stressor


def riddle_tables(moment: Rule) -> dict[type, Table]:
    """How each class is written; times by the rule of a day."""
    return {
        Client: Table(
            {
                "id": rules.name,
                "title": rules.line(60),
                "begins": moment,
                "ends": moment,
                "rate": rules.count(1, 10_000),
                "shares": rules.count(1, 1_000_000),
                "credit": rules.count(0, 10**13),
                "allocates": rules.unless_left_out(moment, None),
                "refused": rules.yes_or_no,
            },
            optional={"credit": 0, "allocates": None, "refused": False},
            renamed={"begins": "at", "ends": "until"},
            tagged=True,
        ),
        FaultChoice: Table(
            {
                "kind": rules.choice(FaultKind),
                "weight": rules.count(1, 1000),
                "servers": rules.items(rules.name, 0, 100),
            },
            optional={"weight": 1, "servers": []},
        ),
        Stressor: Table(
            {
                "id": rules.name,
                "title": rules.line(80),
                "acts": rules.choice(Acts),
                "on": rules.yes_or_no,
            },
            optional={"on": False},
        ),
        Difficulty: Table(
            {
                "id": rules.name,
                "title": rules.line(80),
                "stressors": rules.items(rules.name, 0, 24),
            }
        ),
    }
