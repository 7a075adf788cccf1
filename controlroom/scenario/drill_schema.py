"""How the files of a drill are written: `drill.toml` and `injects.toml`.

What an inject may say stands with the other messages in `schema`.
"""

from __future__ import annotations

import attrs

from controlroom.scenario import rules
from controlroom.scenario.rules import Rule
from controlroom.scenario.table import Table
from controlroom.sim.start import LONGEST_PROBE, Inject, Objective, Probe, Role


@attrs.frozen
class Brief:
    """The `[drill]` of `drill.toml`; attributes are those of `Plan` with the same names."""

    starts: int
    minutes: int
    welcome: str


@attrs.frozen
class DrillFile:
    """`drill.toml`; attributes are those of `Plan`, in the singular as the tables are called."""

    drill: Brief
    role: tuple[Role, ...]
    objective: tuple[Objective, ...]
    standing: tuple[Inject, ...]
    probe: tuple[Probe, ...]


@attrs.frozen
class InjectsFile:
    """`injects.toml`.

    Attributes:
        inject: what comes in a drill only.
    """

    inject: tuple[Inject, ...]


def drill_tables(moment: Rule) -> dict[type, Table]:
    """How each class is written; `moment` is the rule of a time of the day."""
    sentences = rules.items(rules.line(160), 1, 12)
    return {
        DrillFile: Table({}, optional={"standing": [], "probe": []}),
        Brief: Table(
            {
                "starts": moment,
                "minutes": rules.count(1, 24 * 60),
                "welcome": rules.body(600),
            }
        ),
        Role: Table(
            {
                "seat": rules.seat(),
                "title": rules.line(60),
                "sees": sentences,
                "may": sentences,
                "phrases": sentences,
                "handover": rules.body_or_none(400),
            },
            optional={"handover": ""},
        ),
        Objective: Table(
            {
                "id": rules.name,
                "text": rules.line(200),
                "did": rules.items(rules.pattern, 0, 24),
                "seat": rules.seat(""),
                "after": rules.name_or_none,
                "within": rules.unless_left_out(rules.count(1, 86_400), None),
                "by": rules.unless_left_out(moment, None),
                "reaches": rules.conditions,
                "keeps": rules.conditions,
            },
            optional={
                "did": [],
                "seat": "",
                "after": "",
                "within": None,
                "by": None,
                "reaches": {},
                "keeps": {},
            },
        ),
        Probe: Table(
            {
                "id": rules.name,
                "at": rules.unless_left_out(moment, None),
                "hold": rules.count(10, LONGEST_PROBE),
                "questions": rules.items(rules.line(160), 3, 3),
                "good": rules.items(rules.line(200), 3, 3),
            },
            optional={"at": None, "hold": LONGEST_PROBE},
        ),
    }
