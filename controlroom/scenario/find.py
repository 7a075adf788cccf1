"""Where scenarios are: those that come with Control Room by id, any other by path."""

from __future__ import annotations

import difflib
import os
import tomllib
from pathlib import Path

import attrs

from controlroom.scenario.errors import Problem, ScenarioError
from controlroom.scenario.files import FILES
from controlroom.scenario.text import quoted, visible

_SETUP = "scenario.toml"
_PACKAGE = Path(__file__).resolve().parent.parent


@attrs.frozen
class Found:
    """A scenario as a picker shows it, read without the rest of its folder.

    Attributes:
        id: folder name, what people type.
        title: one line; the id where the file cannot be read.
        summary: one or two sentences.
        path: the folder.
    """

    id: str
    title: str
    summary: str
    path: Path


def bundled_folder() -> Path:
    """The folder of the scenarios that come along: in the wheel, or of the checkout."""
    installed = _PACKAGE / "_scenarios"
    return installed if installed.is_dir() else _PACKAGE.parent / "scenarios"


def find_scenarios() -> tuple[Found, ...]:
    """The scenarios that come with Control Room, by id."""
    return tuple(_found(path) for path in _folders(bundled_folder()))


def bundled() -> dict[str, Path]:
    """Id -> folder of the scenarios that come with Control Room."""
    return {path.name: path for path in _folders(bundled_folder())}


def folder_of(name_or_path: str | os.PathLike[str]) -> Path:
    """The folder that is meant: an id of those that come along goes before a path.

    Raises:
        ScenarioError: when there is none; it names the nearest.
    """
    text = os.fspath(name_or_path)
    folders = bundled()
    if text in folders:
        return folders[text]
    shown = quoted(text, 200, bare=True)
    try:
        path = Path(text)
        if path.is_dir():
            return path
        if path.is_file():
            raise ScenarioError([Problem(shown, "", "is a file", "the folder of a scenario")])
    except (OSError, ValueError):
        pass
    near = difflib.get_close_matches(path_name(text), folders, n=1, cutoff=0.4)
    known = (
        f"{near[0]!r} perhaps" if near else " or ".join(map(repr, folders)) or "none is installed"
    )
    raise ScenarioError(
        [Problem(shown, "", "is no scenario", f"{known}, or the path of a folder with {_SETUP}")]
    )


def path_name(text: str) -> str:
    """The last part of a path, for a comparison with ids."""
    return text.rstrip("/\\").replace("\\", "/").rpartition("/")[2].lower()


def _folders(home: Path) -> list[Path]:
    if not home.is_dir():
        return []
    return sorted(path for path in home.iterdir() if (path / _SETUP).is_file())


def _found(path: Path) -> Found:
    """Title and summary, which stand before the first table of the file."""
    try:
        with (path / _SETUP).open("rb") as file:
            text = file.read(FILES[_SETUP]).decode("utf-8-sig")
        try:
            raw = tomllib.loads(text.partition("\n[")[0])
        except tomllib.TOMLDecodeError:
            raw = tomllib.loads(text)
        title, summary = str(raw["title"]), str(raw["summary"])
    except (OSError, ValueError, KeyError, RecursionError) as error:
        return Found(path.name, path.name, visible(f"cannot be read: {error}"), path)
    return Found(path.name, visible(title), visible(summary), path)
