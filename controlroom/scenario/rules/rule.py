"""What a rule is: it checks a raw value, and it says beforehand what it will accept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

import attrs

_KINDS: Final = {
    bool: "a truth value",
    int: "a whole number",
    Decimal: "a number with a decimal point",
    str: "text",
    list: "a list",
    dict: "a table",
}

Check = Callable[[object], Any]
"""Takes the raw value, returns the checked one or raises `WrongError`."""


@attrs.frozen
class Rule:
    """What a single value must be.

    Attributes:
        check: takes the raw value, returns what the frozen class holds, or raises `WrongError`.
        says: what would be right, for people: `a whole number from 1 to 600`.
        schema: the same as JSON Schema, as far as that can say it.
        example: such a value as TOML.
    """

    check: Check
    says: str
    schema: Mapping[str, Any]
    example: str

    def __call__(self, value: object) -> Any:
        """Check a raw value."""
        return self.check(value)


def kind_of(value: object) -> str:
    """What sort of thing a raw value is, for people."""
    return _KINDS.get(type(value), "a date or time")
