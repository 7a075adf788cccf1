"""Where scenarios are: by id those that are found, by path any other.

Found are those that come with Control Room, those in the user's folder of scenarios, and those that
installed packages bring, in this order: where two have one id the first is meant, and the other can
be named by its path.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs

from controlroom.scenario.errors import Problem, ScenarioError, WrongError
from controlroom.scenario.files import FILES, SETUP
from controlroom.scenario.homes import Folder, Home, Zipped
from controlroom.scenario.text import quoted, visible

FOLDER_VARIABLE: Final = "CONTROLROOM_SCENARIOS"
"""The environment variable that names another folder of the user's scenarios."""

_MOST_PACKS: Final = 200
_PACKAGE = Path(__file__).resolve().parent.parent


@attrs.frozen
class Found:
    """A scenario as a picker shows it, read without the rest of its files.

    Attributes:
        id: what people type.
        title: one line; the id where the file cannot be read.
        summary: one or two sentences.
        path: the folder, or the zip file and the folder in it.
        origin: where it comes from, empty for one that comes with Control Room.
        hidden: whether another one of this id goes first.
        teaches: whether a coach teaches in it.
    """

    id: str
    title: str
    summary: str
    path: Path
    origin: str = ""
    hidden: bool = False
    teaches: bool = False


def bundled_folder() -> Path:
    """The folder of the scenarios that come along: in the wheel, or of the checkout."""
    installed = _PACKAGE / "_scenarios"
    return installed if installed.is_dir() else _PACKAGE.parent / "scenarios"


def bundled() -> dict[str, Home]:
    """Id -> home of the scenarios that come with Control Room."""
    return {path.name: Folder(path) for path in _folders(bundled_folder())}


def users_folder() -> Path:
    """The folder in which people put scenarios that they want to find by id."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_data_path("controlroom", False) / "scenarios"


def find_scenarios() -> tuple[Found, ...]:
    """The scenarios that can be named by id: those that come along first."""
    return tuple(found for found in every_scenario() if not found.hidden)


def every_scenario() -> tuple[Found, ...]:
    """All that are found, those that are hidden by another of their id too."""
    return (*bundled_scenarios(), *scenarios_elsewhere())


def bundled_scenarios() -> tuple[Found, ...]:
    """Those that come along."""
    return tuple(_found(home) for home in bundled().values())


def scenarios_elsewhere() -> tuple[Found, ...]:
    """Those in the user's folder and in packages, for which everything installed is searched."""
    known = set(bundled())
    every = []
    for home, origin in _elsewhere():
        found = attrs.evolve(_found(home), origin=origin, hidden=home.id in known)
        known.add(home.id)
        every.append(found)
    return tuple(every)


def home_of(name_or_path: str | os.PathLike[str]) -> Home:
    """Where the scenario lies that is meant: an id that is found goes before a path.

    Raises:
        ScenarioError: when there is none; it names the nearest.
    """
    text = os.fspath(name_or_path)
    if text in (own := bundled()):
        return own[text]
    if not isinstance(name_or_path, Path) and "/" not in text and "\\" not in text:
        for home, _ in _homes():
            if home.id == text:
                return home
    shown = quoted(text, 200, bare=True)
    try:
        home_there = _at(Path(text), shown)
    except (OSError, ValueError):
        home_there = None
    if home_there is not None:
        return home_there
    names = list(dict.fromkeys(home.id for home, _ in _homes()))
    near = difflib.get_close_matches(path_name(text), names, n=1, cutoff=0.4)
    known = f"{near[0]!r} perhaps" if near else " or ".join(map(repr, names)) or "none is installed"
    raise ScenarioError(
        [Problem(shown, "", "is no scenario", f"{known}, or the path of a folder with {SETUP}")]
    )


def _at(path: Path, shown: str) -> Home | None:
    """The scenario at a path: a folder, a zip file, or a folder in one."""
    if path.is_dir():
        return Folder(path)
    if path.is_file():
        if path.suffix.lower() != ".zip":
            expected = "the folder of a scenario, or a zip file"
            raise ScenarioError([Problem(shown, "", "is a file", expected)])
        inside = _zipped(path, shown)
        if len(inside) > 1:
            names = " or ".join(str(home.path) for home in inside)
            raise ScenarioError([Problem(shown, "", f"holds {len(inside)} scenarios", names)])
        return inside[0]
    if path.parent.suffix.lower() == ".zip" and path.parent.is_file():
        for home in _zipped(path.parent, shown):
            if home.inside == path.name:
                return home
    return None


def _zipped(path: Path, shown: str) -> list[Zipped]:
    """The scenarios in a zip file."""
    from controlroom.scenario.archive import open_archive

    try:
        archive = open_archive(path)
        return [Zipped(archive, inside) for inside in archive.scenarios]
    except WrongError as error:
        raise ScenarioError([Problem(shown, "", error.wrong, error.expected)]) from None


def path_name(text: str) -> str:
    """The last part of a path, for a comparison with ids."""
    return text.rstrip("/\\").replace("\\", "/").rpartition("/")[2].lower()


def _homes() -> Iterator[tuple[Home, str]]:
    """Every scenario that can be found, with where it comes from, in the order of precedence."""
    for home in bundled().values():
        yield home, ""
    yield from _elsewhere()


def _elsewhere() -> Iterator[tuple[Home, str]]:
    """Those that do not come along."""
    from controlroom.scenario.packages import package_folders

    mine = users_folder()
    for home in _packs(mine):
        yield home, visible(str(home.path))
    for package, folder in package_folders():
        inside = folder.resolve()
        for home in _packs(folder):
            if home.path.resolve().is_relative_to(inside):
                yield home, f"the package {package}"


def _packs(folder: Path) -> Iterator[Home]:
    """Scenarios in a folder: the folder itself, folders and zip files in it; by name.

    A zip file that cannot be used is passed over: named by its path, it says why.
    """
    try:
        if (folder / SETUP).is_file():
            yield Folder(folder)
            return
        paths = sorted(folder.iterdir())[:_MOST_PACKS] if folder.is_dir() else []
    except OSError:
        return
    for path in paths:
        try:
            if (path / SETUP).is_file():
                yield Folder(path)
            elif path.suffix.lower() == ".zip" and path.is_file():
                yield from _zipped(path, path.name)
        except (OSError, ScenarioError):
            continue


def _folders(home: Path) -> list[Path]:
    if not home.is_dir():
        return []
    return sorted(path for path in home.iterdir() if (path / SETUP).is_file())


def _found(home: Home) -> Found:
    """Title and summary, which stand before the first table of the file."""
    name = visible(home.id)
    try:
        text = home.content(SETUP, FILES[SETUP]).decode("utf-8-sig")
        try:
            raw = tomllib.loads(text.partition("\n[")[0])
        except tomllib.TOMLDecodeError:
            raw = tomllib.loads(text)
        title, summary = str(raw["title"]), str(raw["summary"])
    except (OSError, ValueError, KeyError, RecursionError) as error:
        return Found(home.id, name, visible(f"cannot be read: {error}"), home.path)
    teaches = home.has("lessons.toml")
    return Found(home.id, visible(title), visible(summary), home.path, teaches=teaches)
