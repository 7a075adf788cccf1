"""The files of a scenario: which there are, how large they may be, how they are read and summed.

Only these names are read; another text or data file in the folder is taken for a misspelt one. A
file that is left out says nothing, and may be taken from another scenario instead (`parts`).
"""

from __future__ import annotations

import difflib
import hashlib
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from controlroom.scenario.errors import Problem, WrongError
from controlroom.scenario.homes import Home
from controlroom.scenario.text import quoted

TOML_LIMIT: Final = 256 * 1024
CSV_LIMIT: Final = 2 * 1024 * 1024
TEXT_LIMIT: Final = 256 * 1024

FILES: Final = {
    "scenario.toml": TOML_LIMIT,
    "mails.toml": TOML_LIMIT,
    "events.toml": TOML_LIMIT,
    "people.toml": TOML_LIMIT,
    "hints.toml": TOML_LIMIT,
    "cues.toml": TOML_LIMIT,
    "facts.toml": TOML_LIMIT,
    "stocks.csv": CSV_LIMIT,
    "orders.csv": CSV_LIMIT,
    "reference.txt": TEXT_LIMIT,
    "drill.toml": TOML_LIMIT,
    "injects.toml": TOML_LIMIT,
    "lessons.toml": TOML_LIMIT,
    "week.toml": TOML_LIMIT,
}
"""Every file that a run reads, with the bytes that it may have. The checksum covers them."""

SETUP: Final = "scenario.toml"
NEEDED: Final = (SETUP, "stocks.csv")
"""Files without which there is nothing to play."""

KIT: Final = "kit.toml"
"""What the paper kit of a drill says. No run reads it, and no checksum covers it."""


_MOST_DOTS: Final = 256
"""Dots in a line. A key of a hundred thousand parts would keep the parser busy for minutes."""


def read_home(home: Home, problems: list[Problem]) -> dict[str, str | None]:
    """Name to text of every file that a scenario has; line ends are made those of Unix.

    A file that is there and cannot be read has None, and `problems` says why.
    """
    texts = {
        name: _read(home, name, limit, problems) for name, limit in FILES.items() if home.has(name)
    }
    problems.extend(_misspelt(home))
    return texts


def read_file(home: Home, name: str, problems: list[Problem]) -> str | None:
    """The text of one file, or None where there is none, or it cannot be read."""
    if not home.has(name):
        return None
    return _read(home, name, FILES.get(name, TOML_LIMIT), problems)


def checksum(texts: Mapping[str, str]) -> str:
    """SHA-256 over sorted file names and contents, hex; lengths keep the borders apart."""
    digest = hashlib.sha256()
    for name in sorted(texts):
        content = texts[name].encode()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def parse_toml(name: str, text: str, problems: list[Problem]) -> dict[str, Any] | None:
    """The tables of a TOML text, decimal numbers exact; None where it is no TOML."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _MOST_DOTS:
            where = f"line {number:,}"
            problems.append(Problem(name, where, "has too many dots", f"at most {_MOST_DOTS}"))
            return None
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except ValueError as error:
        problems.append(Problem(name, "", f"is not TOML: {error}", "TOML 1.0"))
    except RecursionError:
        problems.append(Problem(name, "", "is nested too deeply", "at most a few levels"))
    return None


def _read(home: Home, name: str, limit: int, problems: list[Problem]) -> str | None:
    """The text of one file, or None with the reason in `problems`."""
    try:
        content = home.content(name, limit)
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problems.append(Problem(name, "", f"is not UTF-8 in line {line:,}", "UTF-8 text"))
    except WrongError as error:
        problems.append(Problem(name, "", error.wrong, error.expected))
    except (OSError, RuntimeError) as error:
        problems.append(Problem(name, "", f"cannot be read: {error}", "a readable file"))
    return None


def _misspelt(home: Home) -> list[Problem]:
    """Files that look like parts of a scenario and are none."""
    problems, known = [], (*FILES, KIT)
    try:
        names = home.names()
    except OSError as error:
        wrong = f"cannot be listed: {error.strerror}"
        return [Problem(quoted(home.path.name, bare=True), "", wrong, "a readable folder")]
    for name in names:
        if not name.endswith((".toml", ".csv", ".txt")) or name in known:
            continue
        near = difflib.get_close_matches(name, known, n=1)
        expected = f"{near[0]!r} perhaps" if near else "one of " + ", ".join(known)
        problems.append(Problem(quoted(name, bare=True), "", "is no scenario file", expected))
    return problems
