"""Every key wrong in turn: said with file and key, never a traceback, never a start.

What is wrong is made from the model, so a key that is new is tried without anybody writing a test.
"""

from __future__ import annotations

import csv
import io
import shutil
import tomllib
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from controlroom.scenario import ScenarioError, check, find_scenarios, load_scenario
from controlroom.scenario.json_schema import json_schemas
from controlroom.scenario.keys import files
from controlroom.scenario.toml import value_text
from tests.scenario.conftest import SMALL
from tests.scenario.wrong import (
    UNKNOWN,
    Place,
    changed,
    places,
    table_of,
    tables,
    toml_files,
    whole_scenario,
    write,
    wrong_values,
)

WHOLE = whole_scenario()
SCHEMAS = {file: jsonschema.Draft7Validator(schema) for file, schema in json_schemas().items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scenario that has every table; a test changes one file and puts it back."""
    path = tmp_path_factory.mktemp("every") / "small"
    shutil.copytree(SMALL, path)
    for file, table in WHOLE.items():
        write(path, file, table)
    return path


def problems_with(folder: Path, file: str, table: dict[str, Any]) -> Sequence[Any]:
    """What check says when that file holds that."""
    write(folder, file, table)
    try:
        return check(folder)
    finally:
        write(folder, file, WHOLE[file])


def named(found: Sequence[Any], file: str, key: str) -> bool:
    """Whether a problem names file and key, and says what would be right."""
    return any(
        problem.file == file
        and key in problem.key
        and problem.expected
        and "\n" not in str(problem)
        for problem in found
    )


def id_of(place: Place) -> str:
    return place.name


def test_nothing_is_wrong_before_something_is_made_wrong(folder: Path) -> None:
    assert check(folder) == ()


@pytest.mark.parametrize("place", places(), ids=id_of)
def test_a_wrong_value_is_named_and_a_schema_refuses_it_too(folder: Path, place: Place) -> None:
    assert place.key
    file = place.section.file
    for value in wrong_values(place.key):
        raw = changed(WHOLE, place, value)
        shown = f"{place.name} = {value_text(value)[:60]}"
        assert named(problems_with(folder, file, raw[file]), file, place.key.name), shown
        if not _only_check_knows(place, value):
            assert not SCHEMAS[file].is_valid(raw[file]), shown


def _only_check_knows(place: Place, value: object) -> bool:
    """A text has lines of a width only for check; a schema counts its characters."""
    return value == "x" * 5_000 and "maxLength" not in str(place.key and place.key.schema)


@pytest.mark.parametrize("file", [file for file in toml_files() if file != "kit.toml"])
def test_nothing_starts_with_a_key_that_is_wrong(folder: Path, file: str) -> None:
    write(folder, file, {**WHOLE[file], UNKNOWN: 1})
    with pytest.raises(ScenarioError, match=UNKNOWN):
        load_scenario(folder)
    write(folder, file, WHOLE[file])


@pytest.mark.parametrize("place", tables(), ids=id_of)
def test_an_unknown_key_is_named(folder: Path, place: Place) -> None:
    file = place.section.file
    if place.section.name == "uses":
        raw = {**WHOLE[file], "uses": {UNKNOWN: "knight-2012"}}
    else:
        raw = changed(WHOLE, place, 1)[file]
    assert named(problems_with(folder, file, raw), file, UNKNOWN)
    assert not SCHEMAS[file].is_valid(raw)


@pytest.mark.parametrize(
    "place", [each for each in places() if each.key and each.key.default is None], ids=id_of
)
def test_a_missing_key_is_named(folder: Path, place: Place) -> None:
    assert place.key
    file = place.section.file
    raw = changed(WHOLE, place, None)
    del table_of(raw, place.section)[place.key.name]
    assert named(problems_with(folder, file, raw[file]), file, place.key.name)
    assert not SCHEMAS[file].is_valid(raw[file])


@pytest.mark.parametrize(
    "place", [each for each in tables() if each.section.path and each.section.needed], ids=id_of
)
def test_a_missing_table_is_named(folder: Path, place: Place) -> None:
    section = place.section
    above = Place(files()[section.file], None).section
    for word in section.path[:-1]:
        above = next(each for each in above.sections if each.name == word)
    raw = changed(WHOLE, Place(above, None), 1)
    table = table_of(raw, above)
    del table[UNKNOWN], table[section.name]
    assert named(problems_with(folder, section.file, raw[section.file]), section.file, section.name)
    assert not SCHEMAS[section.file].is_valid(raw[section.file])


@pytest.mark.parametrize("file", ["stocks.csv", "orders.csv"])
def test_a_wrong_cell_is_named_with_its_column(folder: Path, file: str) -> None:
    good = (folder / file).read_text(encoding="utf-8")
    head, first, *rest = csv.reader(io.StringIO(good))
    try:
        for number, column in enumerate(files()[file].keys):
            for cell in ("\x07", "-1", "x" * 500, "1e9", "½"):
                if column.name == "note" and len(cell) < 200:
                    continue
                cells = [*first[:number], cell, *first[number + 1 :]]
                with (folder / file).open("w", encoding="utf-8", newline="") as out:
                    csv.writer(out).writerows([head, cells, *rest])
                assert named(check(folder), file, f"column {column.name}"), (column.name, cell)
    finally:
        (folder / file).write_text(good, encoding="utf-8")


VALUES = st.recursive(
    st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-9999, max_value=9999)
    | st.text(st.characters(codec="utf-8"), max_size=40)
    | st.sampled_from(["09:30:00", "stop", "mail", "engineer", "24:00:00", "documented"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["value", "executions", "evidence", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(place=st.sampled_from(places()), value=VALUES)
def test_any_value_is_taken_or_named_and_what_a_schema_refuses_is_never_taken(
    folder: Path, place: Place, value: object
) -> None:
    assert place.key
    file = place.section.file
    raw = changed(WHOLE, place, value)
    found = problems_with(folder, file, raw[file])
    if not SCHEMAS[file].is_valid(raw[file]):
        assert named(found, file, place.key.name) or named(found, file, place.section.name)


@pytest.mark.parametrize("scenario", [found.id for found in find_scenarios()])
def test_every_scenario_that_comes_along_is_valid_under_the_schemas(scenario: str) -> None:
    home = next(found.path for found in find_scenarios() if found.id == scenario)
    for file in toml_files():
        if (home / file).exists():
            text = (home / file).read_text(encoding="utf-8")
            SCHEMAS[file].validate(tomllib.loads(text, parse_float=Decimal))
