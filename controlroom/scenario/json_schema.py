"""A JSON Schema for each TOML file, made from what reads it, for editors that know such schemas.

What a single key must be is all said. What must hold between keys and files (names that refer to
others, order of time, sums) only `controlroom check` can say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from controlroom.scenario.examples import example_of
from controlroom.scenario.keys import Key, Section, files
from controlroom.sim.start import Evidence

DIALECT: Final = "http://json-schema.org/draft-07/schema#"
"""The one that every editor's TOML support knows."""

_SOURCE: Final = {"type": "string", "pattern": r"\S", "maxLength": 200}
_TAG: Final = {
    "evidence": {
        "enum": [member.value for member in Evidence],
        "description": "Whether the numbers are on record.",
    },
    "source": {**_SOURCE, "description": "Where they are documented, or why they were chosen."},
}
_DOCUMENTED: Final = {
    "if": {"properties": {"evidence": {"const": Evidence.DOCUMENTED.value}}},
    "then": {"required": ["source"]},
}


def json_schemas() -> dict[str, dict[str, Any]]:
    """File -> its schema."""
    return {file: _whole(section) for file, section in files().items() if file.endswith(".toml")}


def schema_name(file: str) -> str:
    """The name of the file that holds the schema of `file`."""
    return f"{file.rpartition('.')[0]}.schema.json"


def _whole(section: Section) -> dict[str, Any]:
    """The schema of a file."""
    return {
        "$schema": DIALECT,
        "title": f"{section.file} of a Control Room scenario",
        **_table(section),
        "definitions": {"command": _command()},
    }


def _table(section: Section) -> dict[str, Any]:
    properties: dict[str, Any] = {key.name: _value(section, key) for key in section.keys}
    needed = [key.name for key in section.keys if key.default is None]
    lent: list[dict[str, Any]] = []
    for inner in section.sections:
        properties[inner.name] = _entries(inner)
        if inner.needed and section.file == "scenario.toml" and not section.path:
            lent.append(_here_or_used(inner.name))
        elif inner.needed:
            needed.append(inner.name)
    if section.tagged:
        properties |= _TAG
        needed.append("evidence")
    table: dict[str, Any] = {
        "type": "object",
        "description": section.meaning,
        "properties": properties,
        "required": needed,
        "additionalProperties": False,
    }
    if lent:
        table["allOf"] = lent
    return table | (_DOCUMENTED if section.tagged else {})


def _entries(section: Section) -> dict[str, Any]:
    """A table, or a list of them."""
    if not section.listed:
        return _table(section)
    least = 1 if section.needed else 0
    return {
        "type": "array",
        "description": section.meaning,
        "items": _table(section),
        "minItems": least,
        "maxItems": 2000,
    }


def _here_or_used(part: str) -> dict[str, Any]:
    """A table stands in this file, or is taken from another scenario."""
    used = {"type": "object", "required": [part]}
    return {
        "anyOf": [
            {"required": [part]},
            {"required": ["uses"], "properties": {"uses": used}},
        ]
    }


def _value(section: Section, key: Key) -> dict[str, Any]:
    about = {"description": f"{key.meaning} {key.says}. Example: {example_of(section, key)}"}
    if not key.tagged:
        return about | dict(key.schema)
    number = {
        "type": "object",
        "properties": {"value": key.schema, **_TAG},
        "required": ["value", "evidence"],
        "additionalProperties": False,
        **_DOCUMENTED,
    }
    return about | {"anyOf": [key.schema, number]}


def _command() -> Mapping[str, Any]:
    from controlroom.sim.commands import EVERY_COMMAND

    verbs = "|".join(sorted(command.verb for command in EVERY_COMMAND))
    return {"type": "string", "maxLength": 80, "pattern": rf"^\s*({verbs})(\s|$)"}
