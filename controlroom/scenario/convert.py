"""Raw TOML into the frozen classes, with cattrs and the rules of `schema`.

Every problem of a file is found in one pass; `explain` says where. The converter is made once for
a day, since nothing else in it changes.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from itertools import islice
from types import GenericAlias
from typing import Any, Final, TypeVar, get_args, get_origin

import attrs
from cattrs import ClassValidationError, Converter, IterableValidationError
from cattrs.gen import make_dict_structure_fn, override

from controlroom.scenario.errors import MOST_PROBLEMS, Problem, WrongError
from controlroom.scenario.explain import Explainer
from controlroom.scenario.rules import Rule, evidence, kind_of
from controlroom.scenario.schema import DAY, DayFile, tables
from controlroom.scenario.table import PLAIN, Table
from controlroom.sim.clock import Day

T = TypeVar("T")

_MOST_ENTRIES: Final = 2000
"""Entries that a list of tables may have."""

_TAGS: Final = {"evidence", "source"}

Hook = Callable[[object, object], Any]
"""Takes a raw value and the wanted type, returns the structured value."""


def structure(kind: type[T], raw: object, file: str, day: Day, problems: list[Problem]) -> T | None:
    """`raw` as a `kind`, or None with everything that is wrong in `problems`."""
    return _structure(_converter(day), tables(day), kind, raw, file, problems)


def structure_day(raw: object, file: str, problems: list[Problem]) -> Day | None:
    """The `[day]` table of the whole file `raw`, whose other keys are left for later."""
    table = raw.get("day") if isinstance(raw, dict) else None
    only = {} if table is None else {"day": table}
    described = {Day: DAY, DayFile: Table({})}
    read = _structure(_made(described), described, DayFile, only, file, problems)
    return read.day if read else None


def _structure(
    converter: Converter,
    described: dict[type, Table],
    kind: type[T],
    raw: object,
    file: str,
    problems: list[Problem],
) -> T | None:
    try:
        return converter.structure(raw, kind)
    except (ClassValidationError, IterableValidationError, WrongError) as error:
        said = Explainer(file, described).explain(error, raw, "")
        problems.extend(dict.fromkeys(islice(said, MOST_PROBLEMS)))
        return None


@functools.cache
def _converter(day: Day) -> Converter:
    return _made(tables(day))


def _made(described: dict[type, Table]) -> Converter:
    """A converter for the classes of `described` and lists of them."""
    converter = Converter(detailed_validation=True)
    converter.register_structure_hook_factory(
        attrs.has, lambda kind: _table_hook(converter, kind, described.get(kind, PLAIN))
    )
    converter.register_structure_hook_factory(
        _is_tuple, lambda kind: _list_hook(converter, get_args(kind)[0])
    )
    return converter


def _is_tuple(kind: object) -> bool:
    origin: object = get_origin(kind)
    return origin is tuple


def _table_hook(converter: Converter, kind: type, table: Table) -> Hook:
    """How a class is made from a TOML table: tags taken off, what was left out filled in."""
    overrides = {
        field.name: override(
            rename=table.key(field.name) if field.name in table.renamed else None,
            struct_hook=_ruled(table.rules[field.name]) if field.name in table.rules else None,
        )
        for field in attrs.fields(kind)
    }
    for later in table.later:
        overrides[later] = override(struct_hook=lambda value, _: value)
    make: Any = make_dict_structure_fn
    inner: Hook = make(kind, converter, _cattrs_forbid_extra_keys=True, **overrides)

    def hook(raw: object, target: object) -> object:
        if not isinstance(raw, dict):
            raise WrongError(f"is {kind_of(raw)}", "a table")
        for later in table.later:
            if later in raw:
                raise WrongError("stands here", "a file of its own", later)
        plain = _untagged(raw) if table.tagged else raw
        return inner({**table.optional, **plain, **table.later}, target)

    return hook


def _list_hook(converter: Converter, entry: type) -> Hook:
    """How a tuple of classes is made from an array of tables."""
    listed = GenericAlias(list, (entry,))
    inner: Hook = converter.get_structure_hook(listed)

    def hook(raw: object, _: object) -> tuple[object, ...]:
        if not isinstance(raw, list):
            raise WrongError(f"is {kind_of(raw)}", "an array of tables, written [[...]]")
        if len(raw) > _MOST_ENTRIES:
            raise WrongError(f"has {len(raw):,} entries", f"at most {_MOST_ENTRIES:,}")
        return tuple(inner(raw, listed))

    return hook


def _ruled(rule: Rule) -> Hook:
    return lambda value, _: rule(value)


def _untagged(raw: dict[str, Any]) -> dict[str, Any]:
    """A table without what it says about the origin of its numbers, which is checked here."""
    evidence(raw)
    plain = {}
    for key, value in raw.items():
        if key in _TAGS:
            continue
        plain[key] = value
        if isinstance(value, dict) and "value" in value:
            try:
                evidence(value)
            except WrongError as error:
                raise WrongError(error.wrong, error.expected, f"{key}.{error.key}") from None
            if extra := value.keys() - _TAGS - {"value"}:
                raise WrongError(
                    "is no key of a tagged number", "value, evidence, source", f"{key}.{min(extra)}"
                )
            plain[key] = value["value"]
    return plain
