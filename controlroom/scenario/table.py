"""How one class is written in a file: the rule of each field, what may be left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

from controlroom.scenario.rules import Rule


@attrs.frozen
class Table:
    """How one class is written in a file.

    Attributes:
        rules: the rule of each field; a field without one is a table or a list of tables.
        optional: raw values of keys that may be left out.
        renamed: field to key, where they differ.
        later: fields that come from elsewhere, with what stands there until then.
        besides: keys that something else reads.
        tagged: whether the numbers claim to be history; the table, and any single number in it,
            then says its `evidence`.
    """

    rules: Mapping[str, Rule]
    optional: Mapping[str, Any] = {}
    renamed: Mapping[str, str] = {}
    later: Mapping[str, Any] = {}
    besides: tuple[str, ...] = ()
    tagged: bool = False

    def key(self, field: str) -> str:
        """The key under which a field is written."""
        return self.renamed.get(field, field)


PLAIN: Final = Table({})
"""A class without rules of its own: all its fields are tables or lists of tables."""


def keys(kind: type, table: Table) -> list[str]:
    """Every key that the table of a `kind` may have."""
    fields = [field.name for field in attrs.fields(kind) if field.name not in table.later]
    return list(dict.fromkeys([*map(table.key, fields), *table.besides]))
