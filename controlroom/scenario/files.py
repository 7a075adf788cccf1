"""The files of a scenario: which there are, how large they may be, how they are read and summed.

Only these names are read; another text or data file in the folder is taken for a misspelt one. A
file that is left out says nothing, and may be taken from another scenario instead (`parts`).
"""

from __future__ import annotations

import difflib
import hashlib
import itertools
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from controlroom.scenario.errors import Problem, WrongError
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
}
"""Every file that a run reads, with the bytes that it may have. The checksum covers them."""

SETUP: Final = "scenario.toml"
NEEDED: Final = (SETUP, "stocks.csv")
"""Files without which there is nothing to play."""

KIT: Final = "kit.toml"
"""What the paper kit of a drill says. No run reads it, and no checksum covers it."""


_MOST_DOTS: Final = 256
"""Dots in a line. A key of a hundred thousand parts would keep the parser busy for minutes."""

_MOST_FILES: Final = 1000
"""Files of a folder that are looked at for misspelt names."""


def read_folder(folder: Path, problems: list[Problem]) -> dict[str, str | None]:
    """Name to text of every file that is in `folder`; line ends are made those of Unix.

    A file that is there and cannot be read has None, and `problems` says why.
    """
    home = folder.resolve()
    texts = {
        name: _read(folder / name, home, limit, problems)
        for name, limit in FILES.items()
        if is_there(folder, name)
    }
    problems.extend(_misspelt(folder))
    return texts


def read_file(folder: Path, name: str, problems: list[Problem]) -> str | None:
    """The text of one file, or None where there is none, or it cannot be read."""
    limit = FILES.get(name, TOML_LIMIT)
    if not is_there(folder, name):
        return None
    return _read(folder / name, folder.resolve(), limit, problems)


def is_there(folder: Path, name: str) -> bool:
    """Whether the folder has such a file, be it a link into nowhere."""
    return (folder / name).exists() or (folder / name).is_symlink()


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


def _read(path: Path, home: Path, limit: int, problems: list[Problem]) -> str | None:
    """The text of one file, or None with the reason in `problems`."""
    try:
        return _text(path, home, limit)
    except WrongError as error:
        problems.append(Problem(path.name, "", error.wrong, error.expected))
    except (OSError, RuntimeError) as error:
        problems.append(Problem(path.name, "", f"cannot be read: {error}", "a readable file"))
    return None


def _text(path: Path, home: Path, limit: int) -> str:
    if not path.resolve().is_relative_to(home):
        raise WrongError("is a link that leaves the folder", "a file in the folder")
    if not path.exists():
        raise WrongError("is a link to nothing", f"a file of that name in {quoted(home.name)}")
    if not path.is_file():
        raise WrongError("is no regular file", "a file")
    with path.open("rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise WrongError("is too large", f"at most {limit // 1024:,} KB")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise WrongError(f"is not UTF-8 in line {line:,}", "UTF-8 text") from None


def _misspelt(folder: Path) -> list[Problem]:
    """Files that look like parts of a scenario and are none."""
    problems, known = [], (*FILES, KIT)
    try:
        paths = sorted(itertools.islice(folder.iterdir(), _MOST_FILES))
    except OSError as error:
        wrong = f"cannot be listed: {error.strerror}"
        return [Problem(quoted(folder.name, bare=True), "", wrong, "a readable folder")]
    for path in paths:
        if path.suffix not in {".toml", ".csv", ".txt"} or path.name in known:
            continue
        near = difflib.get_close_matches(path.name, known, n=1)
        expected = f"{near[0]!r} perhaps" if near else "one of " + ", ".join(known)
        problems.append(Problem(quoted(path.name, bare=True), "", "is no scenario file", expected))
    return problems
