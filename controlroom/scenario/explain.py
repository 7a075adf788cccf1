"""cattrs' groups of errors into problems with file and key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
from cattrs import ClassValidationError, IterableValidationError
from cattrs.errors import ForbiddenExtraKeysError

from controlroom.scenario.errors import Problem, WrongError, one_of
from controlroom.scenario.table import PLAIN, Table, keys
from controlroom.scenario.text import quoted


@attrs.frozen
class Explainer:
    """Knows how the classes of one file are written.

    Attributes:
        file: its name.
        described: how each class is written.
    """

    file: str
    described: Mapping[type, Table]

    def explain(self, error: BaseException, raw: Any, path: str) -> Iterator[Problem]:
        """Every problem below `error`, which came from the raw value at `path`."""
        match error:
            case WrongError():
                key = _joined(path, error.key)
                yield Problem(self.file, key, error.wrong, error.expected)
            case ForbiddenExtraKeysError():
                yield from self._extra(error, path)
            case ClassValidationError():
                yield from self._table(error, raw, path)
            case IterableValidationError():
                yield from self._list(error, raw, path)
            case _:
                yield Problem(self.file, path, f"cannot be read: {error}", "something else")

    def _extra(self, error: ForbiddenExtraKeysError, path: str) -> Iterator[Problem]:
        known = keys(error.cl, self.described.get(error.cl, PLAIN))
        for extra in sorted(error.extra_fields):
            yield Problem(self.file, _joined(path, extra), "is no key here", one_of(known, extra))

    def _table(self, error: ClassValidationError, raw: Any, path: str) -> Iterator[Problem]:
        table = self.described.get(error.cl, PLAIN)
        fields, others = error.group_exceptions()
        for cause, note in fields:
            key = table.key(note.name)
            place = _joined(path, key)
            if isinstance(cause, KeyError):
                yield Problem(self.file, place, "is missing", "the key to be there")
            else:
                yield from self.explain(cause, raw.get(key), place)
        for cause in others:
            yield from self.explain(cause, raw, path)

    def _list(self, error: IterableValidationError, raw: Any, path: str) -> Iterator[Problem]:
        entries, others = error.group_exceptions()
        for cause, note in entries:
            entry = raw[note.index]
            place = f"{path}[{_label(entry, int(note.index))}]"
            yield from self.explain(cause, entry, place)
        for cause in others:
            yield from self.explain(cause, raw, path)


def _joined(path: str, key: str) -> str:
    shown = quoted(key, 80, bare=True)
    return f"{path}.{shown}" if path and key else path or shown


def _label(entry: object, index: int) -> str:
    """What an entry of a list is called: its id or name, or its number counted from one."""
    if isinstance(entry, dict):
        for key in ("id", "name", "at"):
            if isinstance(entry.get(key), str):
                return quoted(entry[key], bare=True)
    return str(index + 1)
