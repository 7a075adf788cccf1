"""How each table of a scenario is written: the rule of each field, what may be left out.

The frozen classes of the simulation say what there is; here stands what a file may say: times as
`HH:MM:SS`, conditions as tables, prices in dollars. Beside them stand the classes of whole files.
`convert` applies this.
"""

from __future__ import annotations

import functools
from typing import Final

import attrs

from controlroom.scenario import rules
from controlroom.scenario.diagnosis_schema import (
    CuesFile,
    FactsFile,
    HintsFile,
    diagnosis_tables,
)
from controlroom.scenario.drill_schema import DrillFile, InjectsFile, drill_tables
from controlroom.scenario.kit_schema import KitFile, kit_tables
from controlroom.scenario.lesson_schema import LessonsFile, lesson_tables
from controlroom.scenario.message_schema import (
    EventsFile,
    MailsFile,
    PeopleFile,
    message_tables,
)
from controlroom.scenario.riddle_schema import riddle_tables
from controlroom.scenario.rules import Rule
from controlroom.scenario.table import Table
from controlroom.scenario.week_schema import WeekFile, week_tables
from controlroom.sim.clock import Day
from controlroom.sim.start import (
    Build,
    Client,
    Control,
    Difficulty,
    FaultChoice,
    Firm,
    Held,
    Mark,
    MarketSetup,
    Names,
    OrderFlow,
    PegCount,
    ServerSetup,
    Stressor,
    Venue,
)


@attrs.frozen
class DayFile:
    """The `[day]` of `scenario.toml`, read first because all times depend on it.

    Attributes:
        day: the fixed moments.
    """

    day: Day


@attrs.frozen
class ScenarioFile:
    """`scenario.toml` without its day.

    Attributes are those of `Scenario` with the same names; the market still lacks its stocks and
    the flow its flagged orders, which come from tables of their own.
    """

    title: str
    summary: str
    briefing: str
    goals: tuple[str, ...]
    seed: int
    mark: tuple[Mark, ...]
    firm: Firm
    names: Names
    build: tuple[Build, ...]
    server: tuple[ServerSetup, ...]
    venue: tuple[Venue, ...]
    market: MarketSetup
    flow: OrderFlow
    control: tuple[Control, ...]
    client: tuple[Client, ...]
    fault: tuple[FaultChoice, ...]
    stressor: tuple[Stressor, ...]
    difficulty: tuple[Difficulty, ...]
    position: tuple[Held, ...]


DAY: Final = Table(
    {
        **dict.fromkeys(("begins", "opens", "closes", "ends", "pauses_from"), rules.clock),
        "zone": rules.line(5),
    },
    optional={"zone": "ET"},
    tagged=True,
)


_SETUP: Final = Table(
    {
        "title": rules.line(60),
        "summary": rules.line(300),
        "briefing": rules.body(2000, width=76, lines=20),
        "goals": rules.items(rules.line(200), 1, 12),
        "seed": rules.count(0, 2**63 - 1),
    },
    optional={
        "names": {},
        "control": [],
        "client": [],
        "fault": [],
        "stressor": [],
        "difficulty": [],
        "position": [],
    },
    besides=("day", "uses"),
)
"""`scenario.toml` but for its tables."""


def setup_tables() -> tuple[str, ...]:
    """The names of the tables of `scenario.toml`, each a part that others may use."""
    keys = [field.name for field in attrs.fields(ScenarioFile)]
    return ("day", *(key for key in keys if key not in _SETUP.rules))


FILE_KINDS: Final[dict[str, type]] = {
    "scenario.toml": ScenarioFile,
    "mails.toml": MailsFile,
    "events.toml": EventsFile,
    "people.toml": PeopleFile,
    "hints.toml": HintsFile,
    "cues.toml": CuesFile,
    "facts.toml": FactsFile,
    "drill.toml": DrillFile,
    "injects.toml": InjectsFile,
    "lessons.toml": LessonsFile,
    "week.toml": WeekFile,
    "kit.toml": KitFile,
}
"""What each TOML file is read as."""


@functools.cache
def tables(day: Day) -> dict[type, Table]:
    """How each class is written in a scenario with this day."""
    moment = rules.moment(day)
    return {
        ScenarioFile: _SETUP,
        **_firm_and_market(moment),
        **message_tables(moment),
        **diagnosis_tables(moment),
        **riddle_tables(moment),
        **drill_tables(moment),
        **kit_tables(moment),
        **lesson_tables(),
        **week_tables(),
    }


def _firm_and_market(moment: Rule) -> dict[type, Table]:
    count = rules.count
    share = count(0, 1000)
    # Ten times the busiest minute of Knight: more would only be a machine that runs out of memory.
    rate = count(0, 20_000)
    return {
        Mark: Table(
            {"id": rules.minute, "step": moment, "title": rules.line(60)},
            renamed={"id": "at", "step": "at"},
        ),
        Firm: Table(
            {
                "name": rules.line(40),
                "capital": count(1, 10**13),
                "account_limit": count(0, 10**13),
                "pmon_capacity": count(1, 10**6),
                "flag_on": rules.yes_or_no,
            },
            tagged=True,
        ),
        Names: Table(
            dict.fromkeys(("router", "account", "monitor", "program", "old_path"), rules.line(16)),
            optional=attrs.asdict(Names()),
        ),
        Build: Table(
            {
                "name": rules.name,
                "version": rules.line(40),
                "checksum": rules.hexadecimal,
                "has_rlp": rules.yes_or_no,
                "peg_count": rules.choice(PegCount),
                "own_flag": rules.yes_or_no,
            },
            optional={"own_flag": False},
        ),
        Held: Table({"stock": rules.symbol, "shares": rules.signed(1_000_000)}),
        ServerSetup: Table({"name": rules.name, "build": rules.name}),
        Venue: Table({"name": rules.venue, "share": share}, tagged=True),
        MarketSetup: Table(
            {
                "impact": count(0, 2000),
                "patience": share,
                "half_life": count(1, 100_000),
                "drawn_in": count(0, 5000),
                "open_share": count(1, 1000),
                "open_seconds": count(1, 86_400),
                "wander": count(0, 10_000),
                "block_base": count(0, 5000),
                "block_impact": count(0, 2000),
                "pause_move": count(1, 100),
                "pause_window": count(1, 3600),
                "pause_length": count(1, 3600),
                "bust_move": count(1, 100),
            },
            later={"stocks": ()},
            tagged=True,
        ),
        OrderFlow: Table(
            {
                "pre_market_rate": rate,
                "day_rate": rate,
                "open_rate": rate,
                "sizes": rules.items(count(1, 50_000), 1, 64),
                "commission": rules.dollars(0, 1),
            },
            later={"flagged": ()},
            tagged=True,
        ),
        Control: Table(
            {
                "id": rules.name,
                "title": rules.line(80),
                "source": rules.line(120),
                "on": rules.yes_or_no,
                "when": rules.line_or_none(60),
            },
            optional={"on": False, "when": ""},
        ),
    }
