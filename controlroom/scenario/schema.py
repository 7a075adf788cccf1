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
from controlroom.scenario.drill_schema import DrillFile, InjectsFile, drill_tables
from controlroom.scenario.kit_schema import KitFile, kit_tables
from controlroom.scenario.lesson_schema import LessonsFile, lesson_tables
from controlroom.scenario.rules import Rule
from controlroom.scenario.table import Table
from controlroom.scenario.week_schema import WeekFile, week_tables
from controlroom.sim.clock import Day
from controlroom.sim.seats import EVERYBODY
from controlroom.sim.start import (
    Acts,
    Build,
    Channel,
    Client,
    Control,
    Cue,
    Difficulty,
    Evidence,
    Fact,
    FaultChoice,
    FaultKind,
    Firm,
    Held,
    Hint,
    Hypothesis,
    Inject,
    Instrument,
    Line,
    Mark,
    MarketSetup,
    Names,
    OrderFlow,
    PegCount,
    Person,
    RejectMail,
    ServerSetup,
    Stressor,
    Venue,
)

REJECT_FIELDS: Final = ("server", "time", "stock", "side", "shares")
"""What the text of a reject mail may have filled in; its subject only the first."""


REFUSED: Final = {
    "from": "Order router",
    "subject": "Order refused by {server}",
    "body": "{time}: {server} did not accept {side} {shares} {stock}",
}
"""The mail of a refusal where the scenario has none of its own."""


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


@attrs.frozen
class MailsFile:
    """`mails.toml`.

    Attributes:
        reject_mail: what a refusal sends.
        mail: mails by time.
    """

    reject_mail: RejectMail
    mail: tuple[Inject, ...]


@attrs.frozen
class EventsFile:
    """`events.toml`.

    Attributes:
        event: mails, calls and alarms that a condition brings, or a time.
    """

    event: tuple[Inject, ...]


@attrs.frozen
class PeopleFile:
    """`people.toml`.

    Attributes:
        person: who can be called.
    """

    person: tuple[Person, ...]


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


DAY: Final = Table(
    {
        **dict.fromkeys(("begins", "opens", "closes", "ends", "pauses_from"), rules.clock),
        "zone": rules.line(5),
    },
    optional={"zone": "ET"},
    tagged=True,
)


def setup_tables() -> tuple[str, ...]:
    """The names of the tables of `scenario.toml`, each a part that others may use."""
    keys = [field.name for field in attrs.fields(ScenarioFile)]
    return ("day", *(key for key in keys if key not in _whole_files()[ScenarioFile].rules))


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
        **_whole_files(),
        **_firm_and_market(),
        **_messages(moment),
        **_advice(moment),
        **_diagnosis(moment),
        **_riddle(moment),
        **drill_tables(moment),
        **kit_tables(moment),
        **lesson_tables(),
        **week_tables(),
    }


def _whole_files() -> dict[type, Table]:
    return {
        ScenarioFile: Table(
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
        ),
        MailsFile: Table({}, optional={"reject_mail": REFUSED, "mail": []}),
        EventsFile: Table({}, optional={"event": []}),
        PeopleFile: Table({}, optional={"person": []}),
        HintsFile: Table({}, optional={"hint": []}),
        FactsFile: Table(
            {"sources": rules.items(rules.line(300), 0, 100)},
            optional={"sources": [], "fact": []},
        ),
    }


def _firm_and_market() -> dict[type, Table]:
    count = rules.count
    share = count(0, 1000)
    # Ten times the busiest minute of Knight: more would only be a machine that runs out of memory.
    rate = count(0, 20_000)
    return {
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


def _messages(moment: Rule) -> dict[type, Table]:
    return {
        RejectMail: Table(
            {
                "sender": rules.line(60),
                "subject": rules.template(160, REJECT_FIELDS[:1], lines=False),
                "body": rules.template(1000, REJECT_FIELDS, lines=True),
            },
            renamed={"sender": "from"},
        ),
        Inject: Table(
            {
                "id": rules.name,
                "channel": rules.choice(Channel),
                "sender": rules.line(60),
                "subject": rules.line(120),
                "body": rules.body(2000),
                "at": rules.unless_left_out(moment, None),
                "when": rules.conditions,
                "needs_you": rules.yes_or_no,
                "to": rules.seat("", EVERYBODY),
                "expects": rules.items(rules.pattern, 0, 24),
                "within": rules.unless_left_out(rules.count(1, 86_400), None),
                "otherwise": rules.name_or_none,
                "objective": rules.name_or_none,
                "stressor": rules.name_or_none,
            },
            optional={
                "channel": "mail",
                "at": None,
                "when": {},
                "needs_you": False,
                "to": "",
                "expects": [],
                "within": None,
                "otherwise": "",
                "objective": "",
                "stressor": "",
            },
            renamed={"sender": "from"},
        ),
        Line: Table(
            {
                "text": rules.body(600),
                "when": rules.conditions,
                "after": rules.unless_left_out(moment, 0),
                "grants": rules.yes_or_no,
            },
            optional={"when": {}, "after": None, "grants": False},
        ),
        Person: Table(
            {
                "id": rules.name,
                "title": rules.line(60),
                "about": rules.line(120),
                "answers": rules.count(0, 600),
                "talks": rules.count(0, 600),
            },
            renamed={"lines": "line"},
        ),
    }


def _riddle(moment: Rule) -> dict[type, Table]:
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


def _advice(moment: Rule) -> dict[type, Table]:
    return {
        Mark: Table(
            {"id": rules.minute, "step": moment, "title": rules.line(60)},
            renamed={"id": "at", "step": "at"},
        ),
        Hint: Table(
            {
                "after": moment,
                "until": moment,
                "texts": rules.items(rules.body(400), 3, 3),
                "faults": rules.items(rules.choice(FaultKind), 0, len(FaultKind)),
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
    }


def _diagnosis(moment: Rule) -> dict[type, Table]:
    patterns = rules.items(rules.pattern, 0, 24)
    beliefs = rules.items(rules.name, 0, 12)
    return {
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
                "faults": rules.items(rules.choice(FaultKind), 0, len(FaultKind)),
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
                "faults": rules.items(rules.choice(FaultKind), 0, len(FaultKind)),
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
