"""What must hold between the parts of a scenario: names that refer to others, order, sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controlroom.scenario.errors import Problem, one_of
from controlroom.scenario.text import quoted
from controlroom.sim.clock import Day, clock_text
from controlroom.sim.controls import KNOWN, renamed
from controlroom.sim.start import (
    REJECT,
    Channel,
    Cue,
    Held,
    Hypothesis,
    Inject,
    Instrument,
    Person,
    Stock,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from controlroom.scenario.diagnosis_schema import CuesFile, FactsFile, HintsFile
    from controlroom.scenario.message_schema import EventsFile, MailsFile, PeopleFile
    from controlroom.scenario.schema import ScenarioFile

_PER_MILLE = 1000
MOST_RATE = 20_000
"""Orders a minute of all clients with lines of their own: more would fill the memory."""

MOST_SERVERS = 16
"""Servers whose panes fit a terminal of 80 x 24."""

FEWEST = 4
"""Servers of a fleet of which the seed draws one, and others that only look like it."""

_SETUP = "scenario.toml"


def day_problems(day: Day) -> Iterator[Problem]:
    """The moments of the day come one after another; a shift may begin after the open."""
    for earlier, later in (("opens", "closes"), ("begins", "closes"), ("closes", "ends")):
        first, second = getattr(day, earlier), getattr(day, later)
        if first >= second:
            after = f"a time after day.{earlier}, {clock_text(first)}"
            yield Problem(_SETUP, f"day.{later}", f"is {clock_text(second)}", after)
    if not day.opens <= day.pauses_from <= day.closes:
        shown = clock_text(day.pauses_from)
        yield Problem(_SETUP, "day.pauses_from", f"is {shown}", "a time from opens to closes")


def setup_problems(setup: ScenarioFile) -> Iterator[Problem]:
    """Fleet, venues, marks and controls of `scenario.toml`."""
    yield from _twice(_SETUP, "build", (build.name for build in setup.build))
    yield from _twice(_SETUP, "server", (server.name for server in setup.server))
    yield from _twice(_SETUP, "venue", (venue.name for venue in setup.venue))
    yield from _twice(_SETUP, "mark", (mark.id for mark in setup.mark))
    yield from _twice(_SETUP, "control", (renamed(control.id) for control in setup.control))
    for control in setup.control:
        if renamed(control.id) not in KNOWN:
            key, known = f"control[{control.id}].id", sorted(KNOWN)
            yield Problem(_SETUP, key, f"is {quoted(control.id)}", one_of(known, control.id))
    yield from _none(_SETUP, "build", setup.build)
    yield from _none(_SETUP, "server", setup.server)
    if len(setup.server) > MOST_SERVERS:
        wrong = f"has {len(setup.server)} servers"
        yield Problem(_SETUP, "server", wrong, f"at most {MOST_SERVERS}, to fit one screen")
    yield from _none(_SETUP, "mark", setup.mark)
    yield from _riddle_problems(setup)
    builds = [build.name for build in setup.build]
    for server in setup.server:
        if server.build not in builds:
            key = f"server[{server.name}].build"
            yield Problem(_SETUP, key, f"is {quoted(server.build)}", one_of(builds, server.build))
    total = sum(venue.share for venue in setup.venue)
    if total != _PER_MILLE:
        yield Problem(_SETUP, "venue", f"shares sum to {total:,}", f"shares of {_PER_MILLE:,}")
    yield from _in_order(_SETUP, "mark", ((mark.id, mark.step) for mark in setup.mark))


def _riddle_problems(setup: ScenarioFile) -> Iterator[Problem]:
    """What is left to the seed: faults on servers that are there, stressors that sets name."""
    yield from _twice(_SETUP, "fault", (choice.kind for choice in setup.fault))
    yield from _twice(_SETUP, "stressor", (stressor.id for stressor in setup.stressor))
    yield from _twice(_SETUP, "difficulty", (level.id for level in setup.difficulty))
    servers = [server.name for server in setup.server]
    for choice in setup.fault:
        yield from _unknown(f"fault[{choice.kind}].servers", choice.servers, servers)
    rate = sum(client.rate for client in setup.client)
    if rate > MOST_RATE:
        wrong = f"send {rate:,} orders a minute together"
        yield Problem(_SETUP, "client", wrong, f"at most {MOST_RATE:,}")
    stressors = [stressor.id for stressor in setup.stressor]
    for level in setup.difficulty:
        yield from _unknown(f"difficulty[{level.id}].stressors", level.stressors, stressors)
    if setup.fault and len(setup.server) < FEWEST:
        wrong = f"has {len(setup.server)} servers to draw from"
        yield Problem(_SETUP, "fault", wrong, f"at least {FEWEST}: others must look suspicious")


def _unknown(key: str, names: Iterable[str], known: list[str]) -> Iterator[Problem]:
    """Names in a list of the setup that stand for nothing."""
    for name in names:
        if name not in known:
            yield Problem(_SETUP, key, f"has {quoted(name)}", one_of(known, name))


def position_problems(held: Iterable[Held], stocks: Sequence[Stock]) -> Iterator[Problem]:
    """What the firm holds as the day begins is in stocks that there are, each once."""
    symbols = [stock.symbol for stock in stocks]
    held = tuple(held)
    yield from _twice(_SETUP, "position", (one.stock for one in held))
    for one in held:
        if one.stock not in symbols:
            key = f"position[{one.stock}].stock"
            yield Problem(_SETUP, key, f"is {quoted(one.stock)}", one_of(symbols, one.stock))


def message_problems(
    mails: MailsFile | None, events: EventsFile | None, people: PeopleFile | None
) -> Iterator[Problem]:
    """Injects and those who send them."""
    timed = mails.mail if mails else ()
    others = events.event if events else ()
    persons = people.person if people else ()
    for file, key, injects in (("mails.toml", "mail", timed), ("events.toml", "event", others)):
        for inject in injects:
            yield from _inject(file, f"{key}[{inject.id}]", inject, persons if people else None)
    for inject in timed:
        if inject.at is None:
            expected = "at, a time; what a condition brings stands in events.toml"
            yield Problem("mails.toml", f"mail[{inject.id}].at", "is missing", expected)
    ids = [inject.id for inject in timed]
    yield from _twice("mails.toml", "mail", ids)
    yield from _twice("events.toml", "event", (inject.id for inject in others), before=ids)
    steps = ((mail.id, mail.at) for mail in timed if mail.at is not None)
    yield from _in_order("mails.toml", "mail", steps)
    yield from _twice("people.toml", "person", (person.id for person in persons))
    for person in persons:
        key = f"person[{person.id}].line"
        if not person.lines:
            yield Problem("people.toml", key, "is empty", "at least one line")
        elif person.lines[-1].when or person.lines[-1].after:
            expected = "the last line without condition, so that there is always one to say"
            yield Problem("people.toml", key, "ends with a condition", expected)


def hint_problems(hints: HintsFile) -> Iterator[Problem]:
    """Stretches of the day begin before they end, in order."""
    for number, hint in enumerate(hints.hint, 1):
        if hint.until <= hint.after:
            yield Problem(
                "hints.toml", f"hint[{number}].until", "is not after after", "a later time"
            )
    steps = ((str(number), hint.after) for number, hint in enumerate(hints.hint, 1))
    yield from _in_order("hints.toml", "hint", steps)


def _inject(
    file: str, key: str, inject: Inject, people: Sequence[Person] | None
) -> Iterator[Problem]:
    if (inject.at is None) == (not inject.when):
        both = "has both at and when" if inject.when else "has neither at nor when"
        yield Problem(file, key, both, "one of them")
    known = [person.id for person in people or ()]
    if inject.channel is Channel.CALL and people is not None and inject.sender not in known:
        shown = f"is {quoted(inject.sender)}"
        yield Problem(file, f"{key}.from", shown, f"{one_of(known, inject.sender)}, who can call")


def _twice(
    file: str, kind: str, names: Iterable[str], before: Iterable[str] = ()
) -> Iterator[Problem]:
    seen = set(before)
    for name in names:
        if name in seen:
            yield Problem(file, f"{kind}[{name}]", "is there twice", "each name once")
        seen.add(name)


def _none(file: str, kind: str, entries: Sequence[object]) -> Iterator[Problem]:
    if not entries:
        yield Problem(file, kind, "is empty", "at least one")


def _in_order(file: str, kind: str, steps: Iterable[tuple[str, int]]) -> Iterator[Problem]:
    last = -1
    for name, step in steps:
        if step < last:
            yield Problem(file, f"{kind}[{name}]", "comes before the one above", "order of time")
        last = step


def fact_problems(facts: FactsFile) -> Iterator[Problem]:
    """Each statement has an id of its own."""
    yield from _twice("facts.toml", "fact", (fact.id for fact in facts.fact))


_CUES = "cues.toml"


def cue_problems(
    cues: CuesFile, mails: MailsFile | None, events: EventsFile | None
) -> Iterator[Problem]:
    """Cues name messages and hypotheses that there are, and one of the hypotheses is right."""
    yield from _twice(_CUES, "hypothesis", (belief.id for belief in cues.hypothesis))
    yield from _twice(_CUES, "cue", (cue.id for cue in cues.cue))
    if cues.hypothesis and not any(belief.right or belief.faults for belief in cues.hypothesis):
        yield Problem(_CUES, "hypothesis", "has no right one", "right = true for at least one")
    injects = (*(mails.mail if mails else ()), *(events.event if events else ()))
    known = {REJECT: Channel.MAIL, **{inject.id: inject.channel for inject in injects}}
    for cue in cues.cue:
        yield from _cue(f"cue[{cue.id}]", cue, cues.hypothesis)
        if mails and events:
            yield from _brought(f"cue[{cue.id}]", cue, known)


def _cue(key: str, cue: Cue, beliefs: Sequence[Hypothesis]) -> Iterator[Problem]:
    """What must hold within a cue, and between it and the hypotheses."""
    begins = [bool(cue.inject), cue.at is not None, bool(cue.when)]
    if sum(begins) != 1:
        wrong = "says in several ways when it begins" if any(begins) else "does not say when"
        yield Problem(_CUES, key, wrong, "one of inject, at and when")
    if (cue.instrument in (Instrument.MAIL, Instrument.CALL)) and not cue.inject:
        yield Problem(_CUES, f"{key}.inject", "is missing", f"the {cue.instrument} that brings it")
    if cue.instrument is Instrument.ANSWER and not cue.opens:
        yield Problem(_CUES, f"{key}.opens", "is empty", "the commands whose answer shows it")
    if cue.within is None and cue.by is None:
        yield Problem(_CUES, key, "has neither within nor by", "when a response is in time")
    if not (cue.supports or cue.contradicts):
        yield Problem(_CUES, key, "says nothing", "supports or contradicts")
    names = [belief.id for belief in beliefs]
    for side in ("supports", "contradicts"):
        for name in getattr(cue, side):
            if name not in names:
                yield Problem(_CUES, f"{key}.{side}", f"has {quoted(name)}", one_of(names, name))


def _brought(key: str, cue: Cue, known: Mapping[str, Channel]) -> Iterator[Problem]:
    """The message that brings a cue is there, and reaches people as the cue says."""
    if not cue.inject:
        return
    if cue.inject not in known:
        yield Problem(_CUES, f"{key}.inject", f"is {quoted(cue.inject)}", one_of(known, cue.inject))
        return
    rings = known[cue.inject] is Channel.CALL
    if cue.instrument in (Instrument.MAIL, Instrument.CALL) and rings != (
        cue.instrument is Instrument.CALL
    ):
        channel = known[cue.inject].value
        wanted = "call" if rings else "mail"
        yield Problem(
            _CUES, f"{key}.instrument", f"is {cue.instrument}, but a {channel} brings it", wanted
        )
