"""The words of the kit: one file of texts, in English or as somebody has translated it."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from controlroom.runs.errors import RunError, os_reason
from controlroom.scenario import visible

ENGLISH: Final = Path(__file__).with_name("english.toml")

MOST_BYTES: Final = 256 * 1024


class WordsError(RunError):
    """A file of words that cannot be used; the message says where and why."""


@attrs.frozen
class Words:
    """Every text of the kit by its key.

    Attributes:
        texts: tables of texts, and lists of them.
    """

    texts: Mapping[str, Any]

    def __call__(self, key: str, **values: object) -> str:
        """A text, such as `guide.short`, with what is in braces filled in."""
        text = self._at(key)
        return str(text).format(**values) if values else str(text)

    def many(self, key: str, **values: object) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(str(text).format(**values) if values else text for text in self._at(key))

    def rows(self, key: str) -> tuple[tuple[str, ...], ...]:
        """A list of lists of texts."""
        return tuple(tuple(row) for row in self._at(key))

    def tables(self, key: str) -> tuple[Mapping[str, Any], ...]:
        """A list of tables."""
        return tuple(self._at(key))

    def _at(self, key: str) -> Any:
        found: Any = self.texts
        for part in key.split("."):
            found = found[part]
        return found


def load_words(path: Path | None = None) -> Words:
    """The English words, or those of a translation.

    Raises:
        WordsError: when the file cannot be read, or does not hold what the English one holds.
    """
    english = tomllib.loads(ENGLISH.read_text(encoding="utf-8"))
    if path is None:
        return Words(english)
    shown = visible(str(path))
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise WordsError(f"{shown} is larger than {MOST_BYTES // 1024} KB")
        other = tomllib.loads(content.decode("utf-8-sig"))
    except OSError as error:
        raise WordsError(f"{shown} cannot be read: {os_reason(error)}") from None
    except (ValueError, RecursionError) as error:
        raise WordsError(f"{shown} is no TOML text: {visible(str(error))}") from None
    _check(other, english, "", shown)
    return Words(other)


def _check(other: Any, english: Any, key: str, file: str) -> None:
    """See that one part of a translation has the form of the English one."""
    if type(other) is not type(english):
        raise WordsError(f"{file}: {key or 'it'} should be {_KINDS[type(english)]}")
    if isinstance(english, dict):
        _check_keys(other, english, key, file)
    elif isinstance(english, list):
        if len(other) != len(english):
            raise WordsError(f"{file}: {key} has {len(other)} entries; {len(english)} are needed")
        for number, (its, ours) in enumerate(zip(other, english, strict=True), 1):
            _check(its, ours, f"{key}[{number}]", file)
    elif isinstance(english, str):
        _check_braces(other, english, key, file)
    elif other != english:
        raise WordsError(f"{file}: {key} is {other}; it is {english} in every language")


_KINDS: Final = {dict: "a table", list: "a list", str: "text", int: "a whole number"}


def _check_keys(other: Mapping[str, Any], english: Mapping[str, Any], key: str, file: str) -> None:
    for name in (*english, *other):
        place = f"{key}.{name}" if key else name
        if name not in other:
            raise WordsError(f"{file}: {place} is missing; english.toml has it")
        if name not in english:
            raise WordsError(f"{file}: {visible(place)} is no key of english.toml")
        _check(other[name], english[name], place, file)


def _check_braces(other: str, english: str, key: str, file: str) -> None:
    known = _places(english)
    listed = ", ".join(f"{{{name}}}" for name in sorted(known)) or "nothing"
    try:
        found = _places(other)
    except ValueError:
        raise WordsError(f"{file}: {key} has a brace without its partner") from None
    if not found <= known:
        raise WordsError(f"{file}: {key} may have only {listed} in braces")


def _places(text: str) -> set[str]:
    parts = string.Formatter().parse(text)
    return {f"{name}{spec}{turn or ''}" for _, name, spec, turn in parts if name is not None}
