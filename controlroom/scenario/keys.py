"""Every file, table and key of a scenario, as one tree that can be read out.

It is made from what reads the files: the classes, their `Table`s and rules. What explains an error,
writes a skeleton, a JSON Schema or the reference in docs/scenarios.md walks over this tree, so none
of them can say anything else than what is checked.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args, get_type_hints

import attrs

from controlroom.scenario import meanings
from controlroom.scenario.parts import file_parts
from controlroom.scenario.rules import Rule
from controlroom.scenario.schema import DAY, FILE_KINDS, setup_tables, tables
from controlroom.scenario.table import PLAIN, Table
from controlroom.scenario.tables import ORDER_COLUMNS, STOCK_COLUMNS, column_says
from controlroom.scenario.toml import value_text
from controlroom.sim.clock import Day

_ANY_DAY: Final = Day(0, 1, 2, 86_400_000 - 1, 1)
"""A rule of a time says the same whatever the day is."""


@attrs.frozen
class Key:
    """A key of a table, or a column.

    Attributes:
        name: as it is written.
        meaning: in a sentence.
        says: what it must be.
        default: what it is where it is left out, as TOML; None where it must be there.
        example: such a value, as TOML.
        schema: what it must be, as JSON Schema.
        tagged: whether it may say where its number comes from.
    """

    name: str
    meaning: str
    says: str
    default: str | None
    example: str
    schema: Mapping[str, Any]
    tagged: bool = False


@attrs.frozen
class Section:
    """A table of a file, or the file itself.

    Attributes:
        file: its name.
        path: keys that lead to it; none for the file itself.
        meaning: what it holds.
        keys: what it may hold, apart from tables.
        sections: the tables below it.
        listed: whether there may be several, written `[[...]]`.
        needed: whether it must be there.
        tagged: whether it says where its numbers come from.
    """

    file: str
    path: tuple[str, ...]
    meaning: str
    keys: tuple[Key, ...]
    sections: tuple[Section, ...] = ()
    listed: bool = False
    needed: bool = True
    tagged: bool = False

    @property
    def name(self) -> str:
        """The last of its keys, empty for a file."""
        return self.path[-1] if self.path else ""

    @property
    def head(self) -> str:
        """How its line is written, `[[person.line]]`; the file's name for a file."""
        dotted = ".".join(self.path)
        if not dotted:
            return self.file
        return f"[[{dotted}]]" if self.listed else f"[{dotted}]"

    def every(self) -> Iterator[Section]:
        """This one and all below it."""
        yield self
        for section in self.sections:
            yield from section.every()


@functools.cache
def files() -> dict[str, Section]:
    """Every file of a scenario, in the order in which one writes them."""
    described = {**tables(_ANY_DAY), Day: DAY}
    made = {
        file: _section(kind, file, (), described, meanings.FILES[file])
        for file, kind in FILE_KINDS.items()
    }
    setup = made["scenario.toml"]
    day = _section(Day, setup.file, ("day",), described, "The fixed moments of the day.")
    made["scenario.toml"] = attrs.evolve(setup, sections=(_uses(), day, *setup.sections))
    made["stocks.csv"] = _columns("stocks.csv", STOCK_COLUMNS)
    made["orders.csv"] = _columns("orders.csv", ORDER_COLUMNS)
    made["reference.txt"] = Section("reference.txt", (), meanings.FILES["reference.txt"], ())
    return {file: made[file] for file in meanings.FILES}


def find(file: str, place: str) -> Section | Key | None:
    """The key or the table that a problem speaks of; None where it is no place in the model.

    Args:
        file: name of the file.
        place: as in `Problem.key`: `person[exchange].line[2].text`, `line 3, column sigma`.
    """
    section = files().get(file)
    if section is None or not place:
        return section
    _, _, column = place.partition(", column ")
    words = [column] if column else re.sub(r"\[[^\]]*\]", "", place).split(".")
    found: Section | Key = section
    for word in words:
        if isinstance(found, Key):  # a measure, or a tag of a number
            break
        below: tuple[Section | Key, ...] = (*found.sections, *found.keys)
        inside = [each for each in below if each.name == word]
        if not inside:
            break
        found = inside[0]
    return found


def _section(
    kind: type,
    file: str,
    path: tuple[str, ...],
    described: Mapping[type, Table],
    meaning: str,
    *,
    listed: bool = False,
    needed: bool = True,
) -> Section:
    table = described.get(kind, PLAIN)
    hints = get_type_hints(kind)
    keys: dict[str, Key] = {}
    sections: list[Section] = []
    for field in attrs.fields(kind):
        name = table.key(field.name)
        if field.name in table.later:
            continue
        means = meanings.meaning(kind, field.name)
        rule = table.rules.get(field.name)
        if rule is not None:
            keys.setdefault(name, _key(name, means, rule, table))
            continue
        many = get_args(hints[field.name])
        inner = many[0] if many else hints[field.name]
        sections.append(
            _section(
                inner,
                file,
                (*path, name),
                described,
                means,
                listed=bool(many),
                needed=name not in table.optional,
            )
        )
    return Section(
        file, path, meaning, tuple(keys.values()), tuple(sections), listed, needed, table.tagged
    )


def _key(name: str, means: str, rule: Rule, table: Table) -> Key:
    default = None
    if name in table.optional:
        raw = table.optional[name]
        default = "" if raw is None or raw in ("", [], {}) else value_text(raw)
    tagged = table.tagged and rule.schema.get("type") in ("integer", "number")
    return Key(name, means, rule.says, default, rule.example, rule.schema, tagged)


def _columns(file: str, columns: tuple[str, ...]) -> Section:
    keys = tuple(
        Key(column, meanings.column_meaning(file, column), column_says(column), None, "", {})
        for column in columns
    )
    return Section(file, (), meanings.FILES[file], keys, needed=file == "stocks.csv")


def _uses() -> Section:
    """`[uses]`, whose keys are the parts themselves."""
    schema = {"type": "string"}
    says = "the id of a scenario that comes with Control Room"
    named = {f"{part}": f"Its `[{part}]`, whole." for part in setup_tables()}
    named |= {part: f"Its `{file}`, whole." for part, file in file_parts().items()}
    keys = tuple(
        Key(part, means, says, "", '"knight-2012"', schema) for part, means in named.items()
    )
    meaning = (
        "Parts that are taken from another scenario instead of standing here. It must have them "
        "itself."
    )
    return Section("scenario.toml", ("uses",), meaning, keys, needed=False)
