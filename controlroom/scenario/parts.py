"""What a scenario is made of: its own files, and parts that it takes from another one.

`[uses]` of `scenario.toml` names parts and where each comes from: a file by its name without the
ending (`people = "knight-2012"`), or a table of `scenario.toml` (`market = "knight-2012"`). A part
stands here or comes from there, never both, and whole or not at all. It comes from a scenario of
Control Room's own that has it itself: there are no chains, and nothing outside is read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import attrs

from controlroom.scenario.errors import Problem, one_of
from controlroom.scenario.files import (
    FILES,
    KIT,
    NEEDED,
    SETUP,
    checksum,
    parse_toml,
    read_file,
    read_home,
)
from controlroom.scenario.find import bundled
from controlroom.scenario.homes import Home
from controlroom.scenario.rules import kind_of
from controlroom.scenario.schema import setup_tables
from controlroom.scenario.text import quoted

USES: Final = "uses"
"""The table of `scenario.toml` that names them."""


@attrs.frozen
class Parts:
    """A scenario as it was read, its own parts and those of others put together.

    Attributes:
        home: where.
        texts: name to text of each file; None for one that is there and cannot be read.
        setup: the tables of `scenario.toml`; None where that is not to be had.
        origins: part -> the scenario that it was taken from.
        checksum: SHA-256 over names and texts, hex; a checkout with other line ends is the same
            scenario, and one whose parts have changed is another.
    """

    home: Home
    texts: Mapping[str, str | None]
    setup: dict[str, Any] | None
    origins: Mapping[str, str]
    checksum: str

    def shown(self, file: str) -> str:
        """The name of a file for people, with the scenario that it was taken from."""
        origin = self.origins.get(stem(file))
        return f"{origin}/{file}" if origin else file


def file_parts() -> dict[str, str]:
    """Part -> file, for every part that is a file."""
    return {stem(file): file for file in (*FILES, KIT) if file != SETUP}


def stem(file: str) -> str:
    """The name of a file without its ending, which is the name of the part."""
    return file.rpartition(".")[0]


def read_parts(home: Home, problems: list[Problem]) -> Parts:
    """Read the scenario that lies there and what it uses; what is wrong goes to `problems`."""
    texts = read_home(home, problems)
    setup_text = texts.get(SETUP)
    setup = None if setup_text is None else parse_toml(SETUP, setup_text, problems)
    summed = {name: text for name, text in texts.items() if text is not None}
    origins: dict[str, str] = {}
    if setup is not None:
        for part, origin in _wanted(setup, problems).items():
            taken = _taken(part, origin, home, setup, problems)
            if taken is None:
                continue
            origins[part] = origin
            if isinstance(taken, str):
                file = file_parts()[part]
                if file != KIT:  # which no run reads
                    texts[file] = summed[file] = taken
            else:
                setup[part] = taken[0]
                summed[f"{SETUP}#{part}"] = json.dumps(taken[0], sort_keys=True, default=str)
    for name in NEEDED:
        if name not in texts:
            where = f"a file of that name in {quoted(home.id)}"
            wish = where if name == SETUP else f'{where}, or {stem(name)} = "..." in [{USES}]'
            problems.append(Problem(name, "", "is missing", wish))
    return Parts(home, texts, setup, origins, checksum(summed))


def read_kit(home: Home, problems: list[Problem]) -> str | None:
    """The text of the scenario's `kit.toml`, or None; what is wrong goes to `problems`."""
    if home.has(KIT):
        return read_file(home, KIT, problems)
    ignored: list[Problem] = []
    text = read_file(home, SETUP, ignored)
    setup = None if text is None else parse_toml(SETUP, text, ignored)
    origin = (setup or {}).get(USES, {}).get(stem(KIT))
    lender = bundled().get(origin) if isinstance(origin, str) else None
    return read_file(lender, KIT, problems) if lender else None


def _wanted(setup: dict[str, Any], problems: list[Problem]) -> dict[str, str]:
    """Part -> scenario, as `[uses]` says, which is taken out of the setup."""
    uses = setup.pop(USES, {})
    if not isinstance(uses, dict):
        expected = 'a table such as [uses] with people = "knight-2012"'
        problems.append(Problem(SETUP, USES, f"is {kind_of(uses)}", expected))
        return {}
    known = (*setup_tables(), *file_parts())
    wanted: dict[str, str] = {}
    for part, origin in uses.items():
        key = f"{USES}.{quoted(part, bare=True)}"
        if part not in known:
            problems.append(Problem(SETUP, key, "is no part", one_of(known, part)))
        elif not isinstance(origin, str):
            wrong = f"is {kind_of(origin)}"
            problems.append(Problem(SETUP, key, wrong, one_of(bundled())))
        elif origin not in bundled():
            wrong = f"is {quoted(origin)}"
            problems.append(Problem(SETUP, key, wrong, one_of(bundled(), origin)))
        else:
            wanted[part] = origin
    return wanted


def _taken(
    part: str, origin: str, home: Home, setup: dict[str, Any], problems: list[Problem]
) -> str | tuple[Any] | None:
    """The text of a file, or a table in a tuple; None where it cannot be taken."""
    key, lender = f"{USES}.{part}", bundled()[origin]
    file = file_parts().get(part)
    here = home.has(file) if file else part in setup
    if here:
        wrong = f"takes from {origin} what stands here as well"
        problems.append(Problem(SETUP, key, wrong, f"either that, or {file or f'[{part}]'} here"))
        return None
    if lender.path.resolve() == home.path.resolve():
        problems.append(Problem(SETUP, key, "is this scenario itself", "another one"))
        return None
    text = read_file(lender, SETUP, problems)
    theirs = (None if text is None else parse_toml(SETUP, text, problems)) or {}
    further = theirs.get(USES, {}).get(part)
    if further is not None:
        wrong = f"is {quoted(origin)}, which takes it from another"
        problems.append(Problem(SETUP, key, wrong, repr(further)))
        return None
    taken = read_file(lender, file, problems) if file else theirs.get(part)
    if taken is None:
        wrong = f"is {quoted(origin)}, which has none"
        problems.append(Problem(SETUP, key, wrong, "a scenario that has it"))
        return None
    return taken if file else (taken,)
