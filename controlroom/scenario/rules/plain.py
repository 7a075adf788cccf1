"""Rules that know nothing of what is played: text, numbers, choices, lists."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from controlroom.scenario.errors import WrongError, one_of
from controlroom.scenario.rules.rule import Rule, kind_of
from controlroom.scenario.text import quoted, visible
from controlroom.sim.start import PRICE_UNIT

if TYPE_CHECKING:
    import enum

_NOT_BLANK: Final = r"\S"


def line(limit: int) -> Rule:
    """One line of text, not empty, of at most `limit` characters."""

    def check(value: object) -> str:
        if not isinstance(value, str):
            raise WrongError(f"is {kind_of(value)}", "one line of text in quotes")
        if not value.strip():
            raise WrongError("is empty", "one line of text")
        if len(value) > limit:
            raise WrongError(f"has {len(value):,} characters", f"at most {limit:,}")
        return visible(value)

    schema = {"type": "string", "pattern": _NOT_BLANK, "maxLength": limit}
    says = f"one line of text, at most {limit:,} characters"
    return Rule(check, says, schema, '"One line of text"')


def line_or_none(limit: int) -> Rule:
    """One line of text, or empty text where the key was left out."""
    return _or_empty(line(limit))


def body(limit: int, *, width: int | None = None, lines: int | None = None) -> Rule:
    """Text of several lines; with `width` and `lines` it must fit a screen of that size."""

    def check(value: object) -> str:
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

    schema = {"type": "string", "pattern": _NOT_BLANK, "maxLength": limit}
    says = f"text of several lines, at most {limit:,} characters"
    if lines is not None:
        says = f"text of at most {lines} lines of {width} characters"
    return Rule(check, says, schema, '"""\nText, of several\nlines.\n"""')


def body_or_none(limit: int) -> Rule:
    """Text of several lines, or empty text where the key was left out."""
    return _or_empty(body(limit))


def matching(pattern: re.Pattern[str], expected: str, example: str) -> Rule:
    """Text of a given form."""

    def check(value: object) -> str:
        if not isinstance(value, str):
            raise WrongError(f"is {kind_of(value)}", expected)
        if not pattern.fullmatch(value):
            raise WrongError(f"is {quoted(value)}", expected)
        return value

    schema = {"type": "string", "pattern": f"^({pattern.pattern})$"}
    return Rule(check, expected, schema, f'"{example}"')


name = matching(
    re.compile(r"[a-z0-9][a-z0-9.-]{0,39}"),
    "a name of small letters, digits, dots and hyphens, at most 40",
    "router-1",
)
field = matching(
    re.compile(r"[a-z0-9][a-z0-9_]{0,39}"),
    "small letters, digits and underscores, at most 40",
    "child_orders",
)
venue = matching(
    re.compile(r"[A-Z][A-Z0-9]{0,11}"),
    "a name of capital letters and digits, for example NYSE",
    "NYSE",
)
symbol = matching(
    re.compile(r"[A-Z][A-Z0-9./-]{0,11}"), "the symbol of a stock, for example GT", "GT"
)
hexadecimal = matching(
    re.compile(r"[0-9a-f]{8,64}"), "8 to 64 hexadecimal digits in small letters", "9c41f07be2a8"
)


def _or_empty(rule: Rule) -> Rule:
    """What `rule` says, or empty text."""
    schema = {"anyOf": [{"const": ""}, rule.schema]}
    return Rule(lambda value: "" if value == "" else rule(value), rule.says, schema, rule.example)


name_or_none = _or_empty(name)
"""A name, or empty text where the key was left out."""


def count(least: int, most: int) -> Rule:
    """A whole number from `least` to `most`."""
    expected = f"a whole number from {least:,} to {most:,}"

    def check(value: object) -> int:
        if type(value) is not int:
            raise WrongError(f"is {kind_of(value)}", expected)
        if not least <= value <= most:
            raise WrongError(f"is {quoted(str(value), bare=True)}", expected)
        return value

    schema = {"type": "integer", "minimum": least, "maximum": most}
    return Rule(check, expected, schema, str(min(max(least, 10), most)))


def signed(most: int) -> Rule:
    """A whole number of either sign, not 0."""
    within = count(-most, most)
    expected = f"a whole number from {-most:,} to {most:,}, not 0"

    def check(value: object) -> int:
        number: int = within(value)
        if not number:
            raise WrongError("is 0", expected)
        return number

    return Rule(check, expected, {**within.schema, "not": {"const": 0}}, "300")


def dollars(least: Decimal | int, most: Decimal | int) -> Rule:
    """A price in dollars, whole in hundredths of a cent; gives price units."""
    expected = f"dollars from {least} to {most}, with at most four decimals"

    def check(value: object) -> int:
        if type(value) is not int and not isinstance(value, Decimal):
            raise WrongError(f"is {kind_of(value)}", expected)
        if isinstance(value, Decimal) and not value.is_finite():
            raise WrongError("is no number", expected)
        units = value * PRICE_UNIT if least <= value <= most else Decimal("0.5")
        if units != int(units):
            raise WrongError(f"is {quoted(str(value), bare=True)}", expected)
        return int(units)

    schema = {"type": "number", "minimum": float(least), "maximum": float(most)}
    return Rule(check, expected, schema, "0.01")


def _truth(value: object) -> bool:
    if type(value) is not bool:
        raise WrongError(f"is {kind_of(value)}", "true or false")
    return value


yes_or_no = Rule(_truth, "true or false", {"type": "boolean"}, "true")


def choice(kind: type[enum.StrEnum]) -> Rule:
    """A member of a closed set, by its value."""
    known = [member.value for member in kind]

    def check(value: object) -> enum.StrEnum:
        if not isinstance(value, str):
            raise WrongError(f"is {kind_of(value)}", one_of(known))
        if value not in known:
            raise WrongError(f"is {quoted(value)}", one_of(known, value))
        return kind(value)

    return Rule(check, one_of(known), {"enum": known}, f'"{known[0]}"')


def unless_left_out(rule: Rule, otherwise: int | None) -> Rule:
    """What `rule` says of a value, or `otherwise` where the key was left out."""
    return Rule(
        lambda value: otherwise if value is None else rule(value),
        rule.says,
        rule.schema,
        rule.example,
    )


def items(rule: Rule, least: int, most: int) -> Rule:
    """A list whose entries all follow `rule`; gives a tuple."""
    expected = f"a list of {least:,} to {most:,} entries"

    def check(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise WrongError(f"is {kind_of(value)}", expected)
        if not least <= len(value) <= most:
            raise WrongError(f"has {len(value):,} entries", expected)
        return tuple(rule(entry) for entry in value)

    schema = {"type": "array", "minItems": least, "maxItems": most, "items": rule.schema}
    example = f"[{', '.join([rule.example] * max(1, least))}]"
    return Rule(check, f"{expected}, each {rule.says}", schema, example)
