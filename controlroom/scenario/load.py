"""A folder of text into a `Scenario`."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from controlroom.scenario import consistency, drills
from controlroom.scenario.commands import read_commands
from controlroom.scenario.convert import structure, structure_day
from controlroom.scenario.diagnosis_schema import CuesFile, FactsFile, HintsFile
from controlroom.scenario.drill_schema import DrillFile, InjectsFile
from controlroom.scenario.errors import MOST_PROBLEMS, Problem, ScenarioError
from controlroom.scenario.files import SETUP, parse_toml
from controlroom.scenario.find import home_of
from controlroom.scenario.lesson_schema import LessonsFile, lesson_problems
from controlroom.scenario.message_schema import EventsFile, MailsFile, PeopleFile
from controlroom.scenario.parts import Parts, read_parts
from controlroom.scenario.schema import ScenarioFile
from controlroom.scenario.switches import switch_on
from controlroom.scenario.tables import read_orders, read_stocks
from controlroom.scenario.text import quoted
from controlroom.scenario.week_schema import WeekFile, week_problems
from controlroom.sim.clock import Day
from controlroom.sim.controls import renamed
from controlroom.sim.start import (
    FlaggedOrder,
    Plan,
    Scenario,
    Stock,
    TimedCommand,
    Training,
    WeekPlan,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from controlroom.scenario.homes import Home

T = TypeVar("T")

_ID: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,39}")


def load_scenario(
    name_or_path: str | os.PathLike[str],
    *,
    controls: Iterable[str] = (),
    stressors: Iterable[str] = (),
) -> Scenario:
    """Read a scenario.

    Args:
        name_or_path: the id of one that is found, such as `knight-2012`, or the path of a folder
            or a zip file. Where a name is both, the id goes first; write `./name` for the path.
        controls: ids of safeguards to switch on besides those that the scenario has on. They are
            not part of its checksum.
        stressors: ids of stressors to switch on, likewise.

    Raises:
        ScenarioError: when there is no such scenario, or something is wrong with it.
    """
    problems: list[Problem] = []
    scenario = read_scenario(home_of(name_or_path), problems)
    if scenario is None or problems:
        raise ScenarioError(problems)
    return switch_on(scenario, controls, stressors)


def read_scenario(home: Home, problems: list[Problem]) -> Scenario | None:
    """The scenario that lies there, or None; everything that is wrong goes to `problems`."""
    name = home.id
    problems.extend(name_problems(name))
    read = read_parts(home, problems)
    if read.setup is None:
        return None
    found: list[Problem] = []
    scenario = _scenario(name, read, found)
    problems.extend(attrs.evolve(one, file=read.shown(one.file)) for one in found)
    return None if problems else scenario


def name_problems(name: str) -> tuple[Problem, ...]:
    """What is wrong with the name of a scenario's folder, which is its id."""
    if _ID.fullmatch(name):
        return ()
    expected = "small letters, digits, dots and hyphens, at most 40: the name is the id"
    return (Problem(quoted(name), "", "is no name for a scenario's folder", expected),)


def _scenario(name: str, read: Parts, problems: list[Problem]) -> Scenario | None:
    """The scenario of files that were read; what is wrong goes to `problems`."""
    raw = {SETUP: read.setup}
    for file, text in read.texts.items():
        if file.endswith(".toml") and file != SETUP:
            raw[file] = None if text is None else parse_toml(file, text, problems)
    day = structure_day(read.setup, SETUP, problems)
    if day is None:
        return None
    problems.extend(found := list(consistency.day_problems(day)))
    if found:
        return None
    return _Whole(read, raw, day, problems).scenario(name)


@attrs.frozen
class _Whole:
    """The files of a scenario, on the way to one.

    Attributes:
        read: their texts.
        raw: the TOML ones parsed, None where they are not TOML; those that are left out are not
            in it.
        day: what all times belong to.
        problems: what was found wrong so far.
    """

    read: Parts
    raw: dict[str, dict[str, Any] | None]
    day: Day
    problems: list[Problem]

    def scenario(self, name: str) -> Scenario | None:
        """Put the parts together; None when one of them is missing or does not fit."""
        setup = self.file(ScenarioFile, SETUP)
        mails = self.file(MailsFile, "mails.toml")
        events = self.file(EventsFile, "events.toml")
        people = self.file(PeopleFile, "people.toml")
        hints = self.file(HintsFile, "hints.toml")
        facts = self.file(FactsFile, "facts.toml")
        cues = self.file(CuesFile, "cues.toml")
        reference = self.reference()
        if setup:
            self.problems.extend(islice(consistency.setup_problems(setup), MOST_PROBLEMS))
        self.problems.extend(
            islice(consistency.message_problems(mails, events, people), MOST_PROBLEMS)
        )
        if hints:
            self.problems.extend(islice(consistency.hint_problems(hints), MOST_PROBLEMS))
        if facts:
            self.problems.extend(islice(consistency.fact_problems(facts), MOST_PROBLEMS))
        if cues:
            self.problems.extend(
                islice(consistency.cue_problems(cues, mails, events), MOST_PROBLEMS)
            )
        plan = self.plan(mails, events, people)
        training = self.training(mails, events, people)
        whole = self.with_tables(setup)
        if whole is None:
            return None
        if self.problems or not (mails and events and people and hints and facts and cues):
            return None
        return Scenario(
            id=name,
            title=whole.title,
            summary=whole.summary,
            briefing=whole.briefing,
            goals=whole.goals,
            checksum=self.read.checksum,
            seed=whole.seed,
            day=self.day,
            marks=whole.mark,
            firm=whole.firm,
            builds=whole.build,
            servers=whole.server,
            venues=whole.venue,
            market=whole.market,
            flow=whole.flow,
            reject_mail=mails.reject_mail,
            injects=(*mails.mail, *events.event),
            people=people.person,
            controls=tuple(
                attrs.evolve(control, id=renamed(control.id)) for control in whole.control
            ),
            hints=hints.hint,
            facts=facts.fact,
            reference=reference,
            sources=facts.sources,
            hypotheses=cues.hypothesis,
            cues=cues.cue,
            unknowable=cues.unknowable,
            plan=plan,
            clients=whole.client,
            faults=whole.fault,
            stressors=whole.stressor,
            difficulties=whole.difficulty,
            positions=whole.position,
            training=training,
            names=whole.names,
            week=self.week(whole),
        )

    def plan(
        self, mails: MailsFile | None, events: EventsFile | None, people: PeopleFile | None
    ) -> Plan | None:
        """What there is for a drill, or None."""
        drill = self.file(DrillFile, "drill.toml") if "drill.toml" in self.raw else None
        injects = self.file(InjectsFile, "injects.toml") if "injects.toml" in self.raw else None
        if mails and events and people:
            has = "drill.toml" in self.read.texts
            if not has and "injects.toml" in self.read.texts:
                expected = "drill.toml beside it, with roles and objectives"
                self.problems.append(Problem("injects.toml", "", "is there alone", expected))
            if drill or not has:
                day = (*mails.mail, *events.event)
                found = drills.problems(self.day, day, people.person, drill, injects)
                self.problems.extend(islice(found, MOST_PROBLEMS))
        if not drill:
            return None
        return Plan(
            starts=drill.drill.starts,
            minutes=drill.drill.minutes,
            welcome=drill.drill.welcome,
            roles=drill.role,
            objectives=drill.objective,
            standing=drill.standing,
            injects=injects.inject if injects else (),
            probes=drill.probe,
        )

    def training(
        self, mails: MailsFile | None, events: EventsFile | None, people: PeopleFile | None
    ) -> Training | None:
        """The lessons of a coach, or None."""
        if "lessons.toml" not in self.raw:
            return None
        lessons = self.file(LessonsFile, "lessons.toml")
        if lessons is None:
            return None
        if mails and events and people:
            persons = [person.id for person in people.person]
            others = [inject.id for inject in (*mails.mail, *events.event)]
            self.problems.extend(islice(lesson_problems(lessons, persons, others), MOST_PROBLEMS))
        return lessons.training()

    def week(self, setup: ScenarioFile) -> WeekPlan | None:
        """The evenings before, or None."""
        found = self.file(WeekFile, "week.toml") if "week.toml" in self.raw else None
        if found is None:
            return None
        builds = [build.name for build in setup.build]
        self.problems.extend(week_problems(found.week, builds))
        return found.week

    def file(self, kind: type[T], file: str) -> T | None:
        """One TOML file as its class; one that is left out says nothing."""
        raw = self.raw.get(file, {})
        if raw is None:
            return None
        if kind is ScenarioFile:
            raw = {key: value for key, value in raw.items() if key != "day"}
        return structure(kind, raw, file, self.day, self.problems)

    def reference(self) -> tuple[TimedCommand, ...]:
        """The reference run."""
        file = "reference.txt"
        text = self.read.texts.get(file)
        if text is None:
            return ()
        return read_commands(file, text, self.day, self.problems, tagged=True)

    def with_tables(self, setup: ScenarioFile | None) -> ScenarioFile | None:
        """The setup with its stocks and flagged orders, which are looked at in any case."""
        stocks = self.stocks()
        orders = self.orders(stocks)
        if setup is None or not stocks:
            return None
        held = consistency.position_problems(setup.position, stocks)
        self.problems.extend(islice(held, MOST_PROBLEMS))
        return attrs.evolve(
            setup,
            market=attrs.evolve(setup.market, stocks=stocks),
            flow=attrs.evolve(setup.flow, flagged=orders),
        )

    def stocks(self) -> tuple[Stock, ...]:
        """The rows of `stocks.csv`, at the venues that the setup names, sound or not."""
        text = self.read.texts.get("stocks.csv")
        if text is None:
            return ()
        listed = (self.raw[SETUP] or {}).get("venue")
        entries = listed if isinstance(listed, list) else []
        venues = [str(entry.get("name")) for entry in entries if isinstance(entry, dict)]
        return read_stocks("stocks.csv", text, venues, self.problems) if venues else ()

    def orders(self, stocks: tuple[Stock, ...]) -> tuple[FlaggedOrder, ...]:
        """The rows of `orders.csv`, in stocks that there are."""
        text = self.read.texts.get("orders.csv")
        if text is None or not stocks:
            return ()
        return read_orders("orders.csv", text, stocks, self.day, self.problems)
