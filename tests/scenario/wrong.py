"""A scenario with every key, and what would be wrong for each: taken from the model itself."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import attrs

from controlroom.scenario.examples import example_of
from controlroom.scenario.keys import Key, Section, files
from controlroom.scenario.toml import key_text, value_text
from tests.scenario.conftest import DRILL, INJECTS, SMALL, WEEK

UNKNOWN: Final = "no-such-key"
TOO_LONG: Final = 5_000


@attrs.frozen
class Place:
    """A key of a table, or a table (then `key` is None)."""

    section: Section
    key: Key | None

    @property
    def name(self) -> str:
        """What pytest calls it, and what a failure shows."""
        key = self.key.name if self.key else "*"
        return ".".join([self.section.file, *self.section.path, key])


def toml_files() -> dict[str, Section]:
    """Every TOML file of the model."""
    return {name: section for name, section in files().items() if name.endswith(".toml")}


def places() -> list[Place]:
    """Every key of every table of every TOML file."""
    return [
        Place(section, key)
        for whole in toml_files().values()
        for section in whole.every()
        for key in section.keys
        if section.name != "uses"
    ]


def tables() -> list[Place]:
    """Every table of every TOML file."""
    return [Place(section, None) for whole in toml_files().values() for section in whole.every()]


def whole_scenario() -> dict[str, Any]:
    """File -> its tables: the small scenario, and an example of each table that it lacks."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in SMALL.glob("*.toml")}
    texts |= {"drill.toml": DRILL, "injects.toml": INJECTS, "week.toml": WEEK}
    raw = {name: tomllib.loads(text, parse_float=Decimal) for name, text in texts.items()}
    more = [{"name": f"smars-{number}", "build": "rlp"} for number in (3, 4)]
    raw["scenario.toml"]["server"] += more  # a riddle needs others that look suspicious
    # What names something else in the scenario has to name what is there.
    raw["scenario.toml"]["position"] = [{"stock": "CO", "shares": 100}]
    raw["scenario.toml"]["position"] = [{"stock": "CO", "shares": 100}]
    for name, section in toml_files().items():
        _complete(section, raw.setdefault(name, {}))
    return raw


def changed(raw: dict[str, Any], place: Place, value: object) -> dict[str, Any]:
    """The tables with another value for the key of a place, in the first table of its kind."""
    again = copy.deepcopy(raw)
    table = table_of(again, place.section)
    table[place.key.name if place.key else UNKNOWN] = value
    return again


def table_of(raw: dict[str, Any], section: Section) -> dict[str, Any]:
    """The first table of a section."""
    table: Any = raw[section.file]
    for word in section.path:
        table = table[word]
        table = table[0] if isinstance(table, list) else table
    assert isinstance(table, dict)
    return table


def write(folder: Path, file: str, table: dict[str, Any]) -> None:
    """Write one file."""
    lines = [f"{key_text(key)} = {value_text(value)}" for key, value in table.items()]
    (folder / file).write_text("\n".join(lines) + "\n", encoding="utf-8")


def wrong_values(key: Key) -> Iterator[object]:
    """What the key must not be: another type, out of range, empty, too long."""
    schema = key.schema.get("anyOf", (key.schema,))[-1]  # the text, where it may be empty too
    kind = "enum" if "enum" in schema else schema.get("type", "string")
    yield from _OTHER_TYPES[kind]
    if kind in ("string", "enum"):
        yield "x" * TOO_LONG
        if key.default is None:
            yield from ("", "  ")
    elif kind in ("integer", "number"):
        yield from (schema["minimum"] - 1, schema["maximum"] + 1)
    elif kind == "array":
        yield [example(key)] * (schema["maxItems"] + 1)
        if schema["minItems"]:
            yield []


_TEXTLESS: Final = (3, True, ["x"], {"a": 1}, Decimal("1.5"))
_OTHER_TYPES: Final[dict[str, tuple[object, ...]]] = {
    "string": _TEXTLESS,
    "enum": (*_TEXTLESS, "no-such-word"),
    "integer": ("ten", True, [1], Decimal("1.5")),
    "number": ("ten", True, [1]),
    "boolean": ("true", 1, []),
    "array": ("x", 3, {"a": 1}, [{"a": 1}]),
    "object": ("x", 3, [], {"no-such-measure": 1}, {"executions": -1}, {"executions": "x"}),
}


def example(key: Key) -> Any:
    """One entry of a list that is right."""
    return tomllib.loads(f"x = {key.example}", parse_float=Decimal)["x"][0]


def _complete(section: Section, table: dict[str, Any]) -> None:
    """Give a table an example of each table that it may have below it."""
    for inner in section.sections:
        if inner.name == "uses":
            continue
        if inner.name not in table:
            made = {
                key.name: tomllib.loads(f"x = {example_of(inner, key)}", parse_float=Decimal)["x"]
                for key in inner.keys
                if key.default is None
            }
            if inner.tagged:
                made["evidence"] = "reconstructed"
            table[inner.name] = [made] if inner.listed else made
        below = table[inner.name]
        for each in below if inner.listed else [below]:
            _complete(inner, each)
