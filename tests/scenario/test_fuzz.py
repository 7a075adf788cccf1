"""No folder, however damaged, brings anything but problems with a place."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from controlroom.scenario import check, visible
from controlroom.scenario.errors import ScenarioError
from controlroom.scenario.files import FILES
from controlroom.scenario.load import load_scenario
from controlroom.scenario.msel import COLUMNS, csv_of, injects_in, rows_in
from controlroom.sim.start import Inject
from tests.scenario.conftest import DRILL, INJECTS, SMALL, WEEK


def harmless(text: str) -> bool:
    """Nothing in it acts on a terminal; wide and narrow spaces may stay."""
    return visible(text) == text


PIECES = st.sampled_from(
    [b"", b'"', b"\n", b"\x1b", b"\0", b"\xff", b"=", b"[[", b"{}", b",", b"1e999", b"-1", b"[]",
     b"nan", b"'''", b"\\", b"{server", b"#", b"9" * 5000, b"1979-05-27", b"true"]
)  # fmt: skip


def with_plan(folder: Path) -> None:
    """The small scenario, and a plan for a drill beside it."""
    shutil.copytree(SMALL, folder)
    (folder / "drill.toml").write_text(DRILL, encoding="utf-8")
    (folder / "injects.toml").write_text(INJECTS, encoding="utf-8")
    (folder / "week.toml").write_text(WEEK, encoding="utf-8")


@settings(max_examples=60, deadline=None)
@given(
    file=st.sampled_from(sorted(FILES)),
    place=st.floats(0, 1),
    cut=st.integers(0, 200),
    piece=PIECES | st.binary(max_size=20),
)
def test_a_damaged_file_brings_printable_problems(
    file: str, place: float, cut: int, piece: bytes
) -> None:
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "damaged"
        with_plan(folder)
        content = (folder / file).read_bytes()
        at = int(place * len(content))
        (folder / file).write_bytes(content[:at] + piece + content[at + cut :])
        for problem in check(folder):
            assert problem.file
            assert problem.expected
            assert harmless(str(problem))


@settings(max_examples=60, deadline=None)
@given(
    file=st.sampled_from([name for name in FILES if name.endswith(".toml")]),
    key=st.text(max_size=12),
    value=st.sampled_from(["1", "-1", "1.5", '""', "[]", "{}", "[{}]", "true", "nan", "09:00:00"]),
)
def test_a_strange_key_is_named(file: str, key: str, value: str) -> None:
    quoted = "".join(f"\\U{ord(char):08x}" for char in key if not 0xD800 <= ord(char) < 0xE000)
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "strange"
        with_plan(folder)
        content = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_text(f'"{quoted}" = {value}\n{content}', encoding="utf-8")
        problems = check(folder)
        assert problems
        assert problems[0].file == file


CELLS = st.sampled_from(
    ["", "ask", "09:31", "noon", "visit", "VISIT", "-1", "60", "60.0", "stop; kill", ";", "risk",
     "executions >= 5", "executions 5 and", "yes", "perhaps", "\x1b[31m", "=1+1", "stopped"]
) | st.text(max_size=20)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    heads=st.permutations(list(COLUMNS))
    | st.lists(st.sampled_from([*COLUMNS, "Colour", ""]), max_size=14),
    cells=st.lists(st.lists(CELLS, max_size=15), max_size=4),
)
def test_any_table_is_a_list_of_injects_or_brings_printable_problems(
    heads: list[str], cells: list[list[str]]
) -> None:
    with tempfile.TemporaryDirectory() as home:
        with_plan(Path(home) / "small")
        scenario = load_scenario(Path(home) / "small")
    try:
        found = injects_in(rows_in(csv_of([heads, *cells]), "list.csv"), "list.csv", scenario)
    except ScenarioError as error:
        for problem in error.problems:
            assert problem.expected
            assert harmless(str(problem))
    else:
        assert all(isinstance(one, Inject) for one in found)
