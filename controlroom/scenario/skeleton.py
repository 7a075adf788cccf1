"""A small scenario with a comment for every key, as the beginning of one's own.

What it says stands in `skeleton_files/`, a scenario like any other; the comments come from what
reads the files. A key that may be left out stands in a comment of its own where the skeleton has
none.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from controlroom.scenario.examples import example_of
from controlroom.scenario.files import FILES, KIT, parse_toml, read_file
from controlroom.scenario.homes import Folder, Home
from controlroom.scenario.keys import Key, Section, files
from controlroom.scenario.toml import key_text, value_text

HOME: Final = Folder(Path(__file__).parent / "skeleton_files")

_WIDTH: Final = 96
_LONG_LIST: Final = 72


def skeleton() -> dict[str, str]:
    """File -> text of a scenario that passes `check` and can be played."""
    return {
        file: _commented(file, text) if file.endswith(".toml") else text
        for file in FILES
        if (text := read_file(HOME, file, []))
    }


def copied(home: Home) -> dict[str, str]:
    """File -> text of a scenario that is there, as the beginning of another."""
    return {file: text for file in (*FILES, KIT) if (text := read_file(home, file, []))}


def _commented(file: str, text: str) -> str:
    section = files()[file]
    raw = parse_toml(file, text, []) or {}
    head = [*_comment(f"{file}: {section.meaning}")]
    if file == "scenario.toml":
        head += [
            "#",
            "# While you write:  controlroom check FOLDER --watch",
            "# To try it:        controlroom play FOLDER",
        ]
    lines = "\n".join([*head, "", *_table(section, raw, first=True)])
    return re.sub(r"\n{3,}", "\n\n", lines).rstrip() + "\n"


def _table(section: Section, raw: Mapping[str, Any], *, first: bool) -> Iterator[str]:
    """The lines of a table and of those below it; the first of its kind explains its keys."""
    for key in section.keys:
        if first:
            yield from _explained(section, key, raw)
        elif key.name in raw:
            yield _line(key.name, raw[key.name])
    for tag in ("evidence", "source"):
        if section.tagged and tag in raw:
            yield _line(tag, raw[tag])
    for inner in section.sections:
        if inner.name == "uses":
            yield from _uses(inner)
        elif inner.name in raw:
            yield from _entries(inner, raw[inner.name], first=first)
        elif first:
            yield from ["", *_comment(f"{inner.head} {inner.meaning}"), f"# {inner.head}"]


def _explained(section: Section, key: Key, raw: Mapping[str, Any]) -> Iterator[str]:
    """A key under what it means; in a comment itself where the table does not have it."""
    yield from _comment(f"{key.meaning} ({key.says})")
    if key.name in raw:
        yield _line(key.name, raw[key.name])
    else:
        yield f"# {key_text(key.name)} = {_one_line(section, key)}"
    yield ""


def _line(name: str, value: object) -> str:
    return f"{key_text(name)} = {_value(value)}"


def _entries(section: Section, raw: Any, *, first: bool) -> Iterator[str]:
    """A table, or each of a list of them, under its head."""
    if first:
        yield from ["", *_comment(section.meaning)]
    for number, entry in enumerate(raw if section.listed else [raw]):
        yield from ["", section.head] if number or not first else [section.head]
        yield from _table(section, entry, first=first and not number)


def _uses(section: Section) -> Iterator[str]:
    yield from _comment(section.meaning)
    yield "# [uses]"
    yield '# people = "knight-2012"'
    yield ""


def _comment(text: str) -> Iterator[str]:
    for line in textwrap.wrap(text, _WIDTH, break_on_hyphens=False):
        yield f"# {line}"


def _value(value: object) -> str:
    """A value; text of several lines and long lists keep their lines."""
    if isinstance(value, str) and "\n" in value:
        return f'"""\n{value}"""'
    flat = value_text(value)
    if isinstance(value, list) and len(flat) > _LONG_LIST:
        inner = "".join(f"  {value_text(entry)},\n" for entry in value)
        return f"[\n{inner}]"
    return flat


def _one_line(section: Section, key: Key) -> str:
    return key.default or example_of(section, key).replace("\n", "\\n")
