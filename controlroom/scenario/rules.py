"""What a single value in a scenario file must be.

A rule is a function of the raw value that returns what the frozen class holds, or raises
`WrongError`. `schema` says which rule each field has.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from controlroom.scenario.errors import WrongError, one_of
from controlroom.scenario.text import quoted, visible
from controlroom.sim.clock import Day, clock_text, parse_clock
from controlroom.sim.seats import PARTICIPANTS
from controlroom.sim.start import MEASURES, PRICE_UNIT, SAMPLED, Evidence, Measure

if TYPE_CHECKING:
    import enum

_KINDS: Final = {
    bool: "a truth value",
    int: "a whole number",
    Decimal: "a number with a decimal point",
    str: "text",
    list: "a list",
    dict: "a table",
}

Rule = Callable[[object], Any]
"""Takes the raw value, returns the checked one or raises `WrongError`."""

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,39}")
_FIELD = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
_VENUE = re.compile(r"[A-Z][A-Z0-9]{0,11}")


def kind_of(value: object) -> str:
    """What sort of thing a raw value is, for people."""
    return _KINDS.get(type(value), "a date or time")


def line(limit: int) -> Rule:
    """One line of text, not empty, of at most `limit` characters."""

    def rule(value: object) -> str:
        if not isinstance(value, str):
            raise WrongError(f"is {kind_of(value)}", "one line of text in quotes")
        if not value.strip():
            raise WrongError("is empty", "one line of text")
        if len(value) > limit:
            raise WrongError(f"has {len(value):,} characters", f"at most {limit:,}")
        return visible(value)

    return rule


def body(limit: int, *, width: int | None = None, lines: int | None = None) -> Rule:
    """Text of several lines; with `width` and `lines` it must fit a screen of that size."""

    def rule(value: object) -> str:
        if not isinstance(value, str):
            raise WrongError(f"is {kind_of(value)}", "text in quotes")
        if len(value) > limit:
            raise WrongError(f"has {len(value):,} characters", f"at most {limit:,}")
        shown = visible(value, lines=True).strip("\n")
        rows = shown.split("\n")
        if not shown.strip():
            raise WrongError("is empty", "text")
        if lines is not None and len(rows) > lines:
            raise WrongError(f"has {len(rows):,} lines", f"at most {lines}, to fit one screen")
        if width is not None and (longest := max(map(len, rows))) > width:
            where = 1 + next(i for i, row in enumerate(rows) if len(row) == longest)
            raise WrongError(
                f"has {longest:,} characters in line {where}", f"at most {width}, to fit one screen"
            )
        return shown

    return rule


def matching(pattern: re.Pattern[str], expected: str) -> Rule:
    """Text of a given form."""

    def rule(value: object) -> str:
        if not isinstance(value, str):
            raise WrongError(f"is {kind_of(value)}", expected)
        if not pattern.fullmatch(value):
            raise WrongError(f"is {quoted(value)}", expected)
        return value

    return rule


name = matching(_NAME, "a name of small letters, digits, dots and hyphens, at most 40")
field = matching(_FIELD, "small letters, digits and underscores, at most 40")
venue = matching(_VENUE, "a name of capital letters and digits, for example NYSE")
hexadecimal = matching(re.compile(r"[0-9a-f]{8,64}"), "8 to 64 hexadecimal digits in small letters")


def name_or_none(value: object) -> str:
    """A name, or empty text where the key was left out."""
    return "" if value == "" else name(value)


def body_or_none(limit: int) -> Rule:
    """Text of several lines, or empty text where the key was left out."""
    rule = body(limit)
    return lambda value: "" if value == "" else rule(value)


def count(least: int, most: int) -> Rule:
    """A whole number from `least` to `most`."""
    expected = f"a whole number from {least:,} to {most:,}"

    def rule(value: object) -> int:
        if type(value) is not int:
            raise WrongError(f"is {kind_of(value)}", expected)
        if not least <= value <= most:
            raise WrongError(f"is {quoted(str(value), bare=True)}", expected)
        return value

    return rule


def dollars(least: Decimal | int, most: Decimal | int) -> Rule:
    """A price in dollars, whole in hundredths of a cent; gives price units."""
    expected = f"dollars from {least} to {most}, with at most four decimals"

    def rule(value: object) -> int:
        if type(value) is not int and not isinstance(value, Decimal):
            raise WrongError(f"is {kind_of(value)}", expected)
        if isinstance(value, Decimal) and not value.is_finite():
            raise WrongError("is no number", expected)
        units = value * PRICE_UNIT if least <= value <= most else Decimal("0.5")
        if units != int(units):
            raise WrongError(f"is {quoted(str(value), bare=True)}", expected)
        return int(units)

    return rule


def yes_or_no(value: object) -> bool:
    """`true` or `false`."""
    if type(value) is not bool:
        raise WrongError(f"is {kind_of(value)}", "true or false")
    return value


def choice(kind: type[enum.StrEnum]) -> Rule:
    """A member of a closed set, by its value."""
    known = [member.value for member in kind]

    def rule(value: object) -> enum.StrEnum:
        if not isinstance(value, str):
            raise WrongError(f"is {kind_of(value)}", one_of(known))
        if value not in known:
            raise WrongError(f"is {quoted(value)}", one_of(known, value))
        return kind(value)

    return rule


def seat(*besides: str) -> Rule:
    """A seat of a drill, or one of the words `besides`."""
    known = (*PARTICIPANTS, *filter(None, besides))

    def rule(value: object) -> str:
        if not isinstance(value, str):
            raise WrongError(f"is {kind_of(value)}", one_of(known))
        if value not in known and value not in besides:
            raise WrongError(f"is {quoted(value)}", one_of(known, value))
        return value

    return rule


def clock(value: object) -> int:
    """A time of day; gives milliseconds since midnight."""
    expected = 'a time of day in quotes, "HH:MM:SS"'
    if not isinstance(value, str):
        raise WrongError(f"is {kind_of(value)}", expected)
    try:
        return parse_clock(value)
    except ValueError:
        raise WrongError(f"is {quoted(value)}", expected) from None


def moment(day: Day) -> Rule:
    """A time of the scenario's day; gives its step."""
    expected = f"a time of the day, from {day.text(0)} to {day.text(day.end_step)}"

    def rule(value: object) -> int:
        at = clock(value)
        if not day.begins <= at <= day.ends:
            raise WrongError(f"is {quoted(str(value))}", expected)
        return day.step_at(at)

    return rule


def minute(value: object) -> str:
    """A time of day; gives its `HH:MM`, which is how a place to start is called."""
    return clock_text(clock(value))[:5]


def unless_left_out(rule: Rule, otherwise: int | None) -> Rule:
    """What `rule` says of a value, or `otherwise` where the key was left out."""
    return lambda value: otherwise if value is None else rule(value)


def items(rule: Rule, least: int, most: int) -> Rule:
    """A list whose entries all follow `rule`; gives a tuple."""
    expected = f"a list of {least:,} to {most:,} entries"

    def listed(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise WrongError(f"is {kind_of(value)}", expected)
        if not least <= len(value) <= most:
            raise WrongError(f"has {len(value):,} entries", expected)
        return tuple(rule(entry) for entry in value)

    return listed


def conditions(value: object) -> tuple[Measure, ...]:
    """A table of measures with the least value of each, `{ volume_ratio = 200 }`."""
    if not isinstance(value, dict):
        raise WrongError(f"is {kind_of(value)}", "a table such as { volume_ratio = 200 }")
    at_least = count(0, 10**12)
    measures = []
    for key, least in value.items():
        if key not in MEASURES:
            raise WrongError(f"asks for {quoted(key)}", one_of(MEASURES, key))
        _part(at_least, least, key)
        measures.append(Measure(key, least))
    return tuple(measures)


def sampled(value: object) -> tuple[Measure, ...]:
    """Conditions that can still be looked up after a run."""
    measures: tuple[Measure, ...] = conditions(value)
    for measure in measures:
        if measure.name not in SAMPLED:
            raise WrongError(f"asks for {quoted(measure.name)}", one_of(SAMPLED, measure.name))
    return measures


def pattern(value: object) -> str:
    """A verb and some of the words that may follow it, such as `stop smars-8`."""
    from controlroom.sim.commands import EVERY_COMMAND, verb_of

    text: str = line(80)(value)
    found, verb = verb_of(text), text.split(maxsplit=1)[0]
    if found is None or found.verb != verb:
        verbs = [command.verb for command in EVERY_COMMAND]
        expected = repr(found.verb) if found else one_of(verbs, verb)
        raise WrongError(f"begins with {quoted(verb)}", expected)
    return text


def template(limit: int, known: Iterable[str], *, lines: bool) -> Rule:
    """Text that may hold `{placeholders}` of the names `known`, in the form of `str.format`."""
    names = tuple(known)
    plain = body(limit) if lines else line(limit)
    expected = "only " + " or ".join(f"{{{name}}}" for name in names) + " in braces"

    def rule(value: object) -> str:
        shown: str = plain(value)
        try:
            parts = list(string.Formatter().parse(shown))
        except ValueError:
            raise WrongError("has a brace without its partner", expected) from None
        for _, place, spec, conversion in parts:
            if place is not None and (place not in names or spec or conversion):
                raise WrongError(f"holds {quoted(f'{{{place}}}')}", expected)
        return shown

    return rule


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
