"""Who imports whom, asked of fresh interpreters and of the source of the world.

The contracts in pyproject.toml read the static graph. They cannot tell an import at the top of a
file from one put off until it is needed, and they can only forbid what somebody thought of. Here
each part is really imported, and what it pulled in is compared with what it is allowed.
"""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "controlroom"

PARTS = ("sim", "scenario", "runs", "debrief", "kit", "tui", "drill", "recording", "cli")
"""The parts from the bottom to the top, in the order of the layers contract."""

SIM = {"attr", "attrs", "numpy"}
SCENARIO = SIM | {"cattrs", "typing_extensions"}
RUNS = SCENARIO | {"platformdirs"}

HEADLESS = {"sim": SIM, "scenario": SCENARIO, "runs": RUNS, "debrief": RUNS, "kit": RUNS}
"""The packages from elsewhere that a part may have loaded once it is imported. (cattrs brings
typing_extensions.) All else that is not the standard library is one too many."""

HEAVY = {"asyncio", "cattrs", "numpy", "rich", "textual"}
"""What takes tens of milliseconds to import, and no help text needs."""

FRESH = """
import sys
before = set(sys.modules)
try:
    exec({code!r}, {{"__name__": "fresh"}})
except SystemExit as end:
    assert not end.code, f"exit {{end.code}}"
import json
print()
print(json.dumps(sorted(set(sys.modules) - before)))
"""
"""A program that runs code and then prints, on the last line, every module which that loaded."""


def loaded_by(code: str, *, cwd: Path = ROOT) -> set[str]:
    """Every module that a fresh interpreter loads to run the code.

    What it had loaded to start at all is left out. The code may end in SystemExit with a status of
    0, as a command line does.
    """
    done = subprocess.run(
        [sys.executable, "-c", FRESH.format(code=code)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def packages(modules: set[str]) -> set[str]:
    """The top-level packages of modules that are neither ours nor of the standard library.

    Compiled helpers that a package hides at the top level (`_cyutility` and the like) do not count.
    """
    top = {module.partition(".")[0] for module in modules}
    return {
        name
        for name in top - set(sys.stdlib_module_names) - {"controlroom"}
        if not name.startswith("_")
    }


@cache
def loaded_with(part: str) -> set[str]:
    """What is loaded once every module of a part has been imported.

    The part itself would not do: what its `__init__.py` says is put off until it is asked for.
    """
    modules = loaded_by(
        "import importlib, pkgutil\n"
        f"part = importlib.import_module('controlroom.{part}')\n"
        "for found in pkgutil.walk_packages(part.__path__, f'{part.__name__}.'):\n"
        "    importlib.import_module(found.name)\n"
    )
    files = {".".join(file.relative_to(ROOT).with_suffix("").parts) for file in python_of(part)}
    assert {name.removesuffix(".__init__") for name in files} <= modules
    return modules


def python_of(part: str) -> Iterator[Path]:
    """Every Python file of a part."""
    return (PACKAGE / part).rglob("*.py")


def command(*arguments: str) -> str:
    """Code that does what `controlroom ARGUMENTS...` does."""
    return (
        "import sys\n"
        f"sys.argv = {['controlroom', *arguments]!r}\n"
        "from controlroom.cli import main\n"
        "main()\n"
    )


def test_every_part_is_in_the_order() -> None:
    """A new part takes its place here, or none of these tests would look at it."""
    found = {file.parent.name for file in PACKAGE.glob("*/__init__.py")}
    assert found - {"_demos", "_scenarios"} == set(PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_loads_no_part_above_it(part: str) -> None:
    """Importing a part loads it and parts below it: `sim` alone, `runs` never `tui`."""
    above = PARTS[PARTS.index(part) + 1 :]
    modules = loaded_with(part)
    assert [name for name in above if f"controlroom.{name}" in modules] == []


@pytest.mark.parametrize("part", HEADLESS)
def test_a_headless_part_loads_only_the_libraries_it_may(part: str) -> None:
    """The world needs attrs and numpy, scenarios add cattrs, runs add platformdirs: no more."""
    assert packages(loaded_with(part)) <= HEADLESS[part]


@pytest.mark.parametrize("part", HEADLESS)
def test_a_headless_part_loads_no_event_loop(part: str) -> None:
    """A world that is stepped, loaded or replayed waits for nothing, so it needs no asyncio."""
    assert "asyncio" not in loaded_with(part)


def test_the_package_itself_loads_nothing_until_it_is_asked() -> None:
    """`import controlroom` is cheap: the public names behind it are loaded at their first use."""
    modules = loaded_by("import controlroom")
    assert packages(modules) == set()
    assert {name for name in modules if name.startswith("controlroom.")} == set()


def test_the_public_names_load_no_screen() -> None:
    """A program that simulates in a notebook or a pipeline does not pay for a terminal."""
    modules = loaded_by("from controlroom import Simulation, load_scenario")
    assert packages(modules) <= RUNS


def test_the_command_line_loads_little() -> None:
    """`import controlroom.cli` brings click; what a command needs comes when the command runs."""
    assert HEAVY & loaded_by("import controlroom.cli") == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["play", "--help"],
        ["simulate", "--help"],
        ["record", "--help"],
        ["debrief", "--help"],
        ["verify", "--help"],
        ["scenarios", "--help"],
        ["check", "--help"],
        ["runs", "--help"],
    ],
    ids=" ".join,
)
def test_help_loads_neither_the_world_nor_the_screen(arguments: list[str]) -> None:
    """Help answers faster than numpy or Textual can be imported, so it imports neither."""
    assert HEAVY & loaded_by(command(*arguments)) == set()


def test_simulating_loads_no_screen(tmp_path: Path) -> None:
    """`controlroom simulate` into a pipe runs without Textual and without an event loop."""
    journal = str(tmp_path / "run.jsonl")
    modules = loaded_by(
        command(
            *("simulate", "knight-2012", "--policy", "idle", "--until", "08:00:05"),
            *("--json", "--journal", journal),
        ),
        cwd=tmp_path,
    )
    assert "numpy" in modules
    assert {"asyncio", "textual"} & modules == set()


def test_the_architecture_page_names_every_file_of_the_world() -> None:
    """A new file of `sim` gets its line there, and one that has gone loses it."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.split("### `sim`, by what it models")[1].split("###")[0]
    rows = (line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))
    named = {name.removesuffix("/") for row in rows for name in re.findall(r"`([a-z_/]+)`", row)}
    here = {item.stem for item in (PACKAGE / "sim").iterdir() if not item.stem.startswith("__")}
    assert named == here


# The source of the world. -------------------------------------------------------------------------

ALLOWED_IN_SIM = {
    "__future__",
    "abc",
    "attrs",
    "bisect",
    "collections",
    "copy",
    "difflib",
    "enum",
    "functools",
    "hashlib",
    "heapq",
    "itertools",
    "math",
    "numpy",
    "operator",
    "re",
    "shlex",
    "struct",
    "types",
    "typing",
    "zlib",
}
"""What gives the same answer on every machine, at any time, wherever it is asked."""

FORBIDDEN_CALLS = {
    "__import__": "imports what no contract can see",
    "breakpoint": "waits for a person",
    "eval": "runs text",
    "exec": "runs text",
    "hash": "differs between processes for text; use hashlib",
    "id": "differs between processes",
    "input": "waits for a person",
    "open": "reads a file",
    "print": "writes to the screen",
}
"""Builtins that reach out of the world, or whose answer is not the same twice."""

LIBM = {
    *("exp", "exp2", "expm1", "log", "log10", "log1p", "log2", "pow", "cbrt"),
    *("sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh"),
    *("gamma", "lgamma", "erf", "erfc", "hypot"),
}
"""Functions whose last bit depends on the C library, the release of numpy or the processor."""


def sim_sources() -> list[Path]:
    """The files of the world."""
    return sorted((PACKAGE / "sim").rglob("*.py"))


def parsed_sim() -> Iterator[tuple[str, ast.AST]]:
    """Every node of every file of the world, with the place it stands at."""
    for file in sim_sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), filename=str(file))):
            yield f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}", node


def imported_names(node: ast.AST) -> list[str]:
    """The full names of the modules that a statement imports; empty for other nodes."""
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), level=0):
            return [module]
        case ast.ImportFrom(level=level):
            return ["." * level]
        case _:
            return []


def called_attribute(node: ast.AST) -> tuple[str, str]:
    """Module and function of a call like `math.exp(x)`; two empty names for anything else."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=module), attr=function)):
            return module, function
        case _:
            return "", ""


def is_of_the_world(module: str) -> bool:
    """Whether a module is part of `sim` or among what it may import."""
    inside = module == "controlroom.sim" or module.startswith("controlroom.sim.")
    return inside or module.partition(".")[0] in ALLOWED_IN_SIM


def test_the_world_has_files_to_look_at() -> None:
    """The checks below would pass on an empty folder."""
    assert sim_sources()


def test_the_world_imports_only_what_is_the_same_everywhere() -> None:
    """No clock, no file, no chance, no network, no other part; nor inside a function."""
    strangers = [
        f"{place} imports {name}"
        for place, node in parsed_sim()
        for name in imported_names(node)
        if not is_of_the_world(name)
    ]
    assert strangers == []


def test_the_world_calls_no_builtin_that_reaches_out_of_it() -> None:
    """What needs no import is forbidden by name: files, the screen, hashes that change each run."""
    calls = [
        f"{place} calls {node.func.id}, which {FORBIDDEN_CALLS[node.func.id]}"
        for place, node in parsed_sim()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in FORBIDDEN_CALLS
    ]
    assert calls == []


def test_the_world_uses_no_function_whose_last_bit_depends_on_the_machine() -> None:
    """The only float operation of a step is the square root, which IEEE 754 rounds exactly."""
    calls = [
        f"{place} calls {'.'.join(called_attribute(node))}"
        for place, node in parsed_sim()
        if called_attribute(node)[0] in {"math", "np", "numpy"}
        and called_attribute(node)[1] in LIBM
    ]
    assert calls == []
