"""An example for every key: the shortest that a scenario of Control Room's own has for it."""

from __future__ import annotations

import functools
from typing import Any, Final

from controlroom.scenario.files import parse_toml, read_file
from controlroom.scenario.find import bundled
from controlroom.scenario.keys import Key, Section, files
from controlroom.scenario.toml import value_text

MOST: Final = 64
"""Characters of an example; a longer one shows nothing more."""


def example_of(section: Section, key: Key) -> str:
    """A value for the key, as TOML or as a cell: from a real scenario if one has it."""
    found = _found().get((section.file, *section.path, key.name))
    return found if found is not None else key.example


@functools.cache
def _found() -> dict[tuple[str, ...], str]:
    """(file, keys that lead there) -> the shortest value."""
    found: dict[tuple[str, ...], str] = {}
    for home in bundled().values():
        for file, section in files().items():
            text = read_file(home, file, [])
            if text is None:
                continue
            if file.endswith(".toml"):
                _collect(section, parse_toml(file, text, []), found)
            elif section.keys:
                _cells(section, text, found)
    return found


def _collect(section: Section, raw: Any, found: dict[tuple[str, ...], str]) -> None:
    """Values of a table, or of each of a list of tables, and of those below."""
    for table in raw if isinstance(raw, list) else [raw]:
        if not isinstance(table, dict):
            continue
        for key in section.keys:
            if key.name in table:
                value = table[key.name]
                if isinstance(value, dict) and "value" in value:
                    value = value["value"]
                _keep((section.file, *section.path, key.name), value_text(value), found)
        for inner in section.sections:
            _collect(inner, table.get(inner.name), found)


def _cells(section: Section, text: str, found: dict[tuple[str, ...], str]) -> None:
    for row in text.split("\n")[1:3]:
        for key, cell in zip(section.keys, row.split(","), strict=False):
            if cell:
                found.setdefault((section.file, key.name), cell)


def _keep(place: tuple[str, ...], text: str, found: dict[tuple[str, ...], str]) -> None:
    known = found.get(place)
    if known is None or len(text) < len(known):
        found[place] = text
