"""What a single value in a scenario file must be.

A rule checks a raw value and gives what the frozen class holds, or raises `WrongError`. `schema`
says which rule each field has; errors, the JSON Schema and docs/scenarios.md all say what the rule
itself says.
"""

from controlroom.scenario.rules.plain import (
    body,
    body_or_none,
    choice,
    count,
    dollars,
    field,
    hexadecimal,
    items,
    line,
    line_or_none,
    matching,
    name,
    name_or_none,
    signed,
    symbol,
    unless_left_out,
    venue,
    yes_or_no,
)
from controlroom.scenario.rules.play import (
    clock,
    conditions,
    evidence,
    minute,
    moment,
    pattern,
    sampled,
    seat,
    template,
)
from controlroom.scenario.rules.rule import Rule, kind_of

__all__ = [
    "Rule",
    "body",
    "body_or_none",
    "choice",
    "clock",
    "conditions",
    "count",
    "dollars",
    "evidence",
    "field",
    "hexadecimal",
    "items",
    "kind_of",
    "line",
    "line_or_none",
    "matching",
    "minute",
    "moment",
    "name",
    "name_or_none",
    "pattern",
    "sampled",
    "seat",
    "signed",
    "symbol",
    "template",
    "unless_left_out",
    "venue",
    "yes_or_no",
]
