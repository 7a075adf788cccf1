"""Rules that know what is played: times of the day, conditions, commands, seats, templates."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from typing import Final

from controlroom.scenario.errors import WrongError, one_of
from controlroom.scenario.rules.plain import body, choice, count, line
from controlroom.scenario.rules.rule import Rule, kind_of
from controlroom.scenario.text import quoted
from controlroom.sim.clock import Day, clock_text, parse_clock
from controlroom.sim.seats import PARTICIPANTS
from controlroom.sim.start import MEASURES, SAMPLED, Evidence, Measure

_CLOCK: Final = {
    "type": "string",
    "pattern": r"^\s*([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?\s*$",
}


def seat(*besides: str) -> Rule:
    """A seat of a drill, or one of the words `besides`."""
    known = (*PARTICIPANTS, *filter(None, besides))

    def check(value: object) -> str:
        if not isinstance(value, str):
            raise WrongError(f"is {kind_of(value)}", one_of(known))
        if value not in known and value not in besides:
            raise WrongError(f"is {quoted(value)}", one_of(known, value))
        return value

    return Rule(check, one_of(known), {"enum": [*PARTICIPANTS, *besides]}, '"engineer"')


def _clock(value: object) -> int:
    expected = 'a time of day in quotes, "HH:MM:SS"'
    if not isinstance(value, str):
        raise WrongError(f"is {kind_of(value)}", expected)
    try:
        return parse_clock(value)
    except ValueError:
        raise WrongError(f"is {quoted(value)}", expected) from None


clock = Rule(_clock, "a time of day in quotes, `HH:MM:SS`", _CLOCK, '"09:30:00"')
"""A time of day; gives milliseconds since midnight."""


def moment(day: Day) -> Rule:
    """A time of the scenario's day; gives its step."""
    expected = f"a time of the day, from {day.text(0)} to {day.text(day.end_step)}"

    def check(value: object) -> int:
        at = _clock(value)
        if not day.begins <= at <= day.ends:
            raise WrongError(f"is {quoted(str(value))}", expected)
        return day.step_at(at)

    return Rule(check, "a time of the scenario's day, `HH:MM:SS`", _CLOCK, '"09:30:00"')


minute = Rule(
    lambda value: clock_text(_clock(value))[:5],
    "a time of the scenario's day, `HH:MM`",
    _CLOCK,
    '"09:30"',
)
"""A time of day; gives its `HH:MM`, which is how a place to start is called."""


def _measured(names: Iterable[str]) -> Rule:
    known, most = tuple(names), 10**12
    at_least = count(0, most)

    def check(value: object) -> tuple[Measure, ...]:
        if not isinstance(value, dict):
            raise WrongError(f"is {kind_of(value)}", "a table such as { executions = 200 }")
        measures = []
        for key, least in value.items():
            if key not in known:
                raise WrongError(f"asks for {quoted(key)}", one_of(known, key))
            _part(at_least, least, key)
            measures.append(Measure(key, least))
        return tuple(measures)

    return Rule(
        check,
        f"a table of measures ({', '.join(known)}) with the least value of each",
        {
            "type": "object",
            "properties": dict.fromkeys(known, at_least.schema),
            "additionalProperties": False,
        },
        "{ executions = 200 }",
    )


conditions = _measured(MEASURES)
"""A table of measures with the least value of each, `{ volume_ratio = 200 }`."""

sampled = _measured(SAMPLED)
"""Conditions that can still be looked up after a run."""


def _pattern(value: object) -> str:
    from controlroom.sim.commands import EVERY_COMMAND, verb_of

    text: str = line(80)(value)
    found, verb = verb_of(text), text.split(maxsplit=1)[0]
    if found is None or found.verb != verb:
        verbs = [command.verb for command in EVERY_COMMAND]
        expected = repr(found.verb) if found else one_of(verbs, verb)
        raise WrongError(f"begins with {quoted(verb)}", expected)
    return text


COMMAND: Final = {"$ref": "#/definitions/command"}
"""Stands for the verbs, which only a whole schema spells out: asking for them loads the world."""

pattern = Rule(_pattern, "a command, or its verb and some of its words", COMMAND, '"stop router-1"')
"""A verb and some of the words that may follow it, such as `stop smars-8`."""


def template(limit: int, known: Iterable[str], *, lines: bool) -> Rule:
    """Text that may hold `{placeholders}` of the names `known`, in the form of `str.format`."""
    names = tuple(known)
    plain = body(limit) if lines else line(limit)
    placeholders = " or ".join(f"{{{name}}}" for name in names)
    expected = f"only {placeholders} in braces"

    def check(value: object) -> str:
        shown: str = plain(value)
        try:
            parts = list(string.Formatter().parse(shown))
        except ValueError:
            raise WrongError("has a brace without its partner", expected) from None
        for _, place, spec, conversion in parts:
            if place is not None and (place not in names or spec or conversion):
                raise WrongError(f"holds {quoted(f'{{{place}}}')}", expected)
        return shown

    example = f'"Refused: {{{names[0]}}}"'
    return Rule(check, f"{plain.says}; it may hold {placeholders}", plain.schema, example)


def evidence(table: Mapping[str, object]) -> None:
    """Check that a table, or a tagged number, says where its numbers come from."""
    tag = table.get("evidence")
    if tag is None:
        known = one_of(member.value for member in Evidence)
        raise WrongError("is missing", known, "evidence")
    _part(choice(Evidence), tag, "evidence")
    if "source" in table:
        _part(line(200), table["source"], "source")
    elif tag == Evidence.DOCUMENTED:
        raise WrongError("is missing", "where that is documented", "source")


def _part(rule: Rule, value: object, key: str) -> None:
    """Check a value that stands below a key of its own."""
    try:
        rule(value)
    except WrongError as error:
        raise WrongError(error.wrong, error.expected, error.key or key) from None
