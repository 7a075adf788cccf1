"""Scenarios that installed packages bring, found without importing any of them.

A package says so by an entry point of the group `controlroom.scenarios`, whose value is the name of
a package: that package's folder holds scenarios. Entry points are read as text from what was
installed, and the folder is looked up as a file; loading an entry point would run its code.
"""

from __future__ import annotations

import importlib.util
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Final

GROUP: Final = "controlroom.scenarios"

_MOST: Final = 50


def package_folders() -> list[tuple[str, Path]]:
    """Name of the distribution and folder, for each entry point; by name."""
    found = {}
    for point in list(entry_points(group=GROUP))[:_MOST]:
        folder = _folder(point)
        if folder is not None:
            name = point.dist.name if point.dist else point.name
            found[folder] = name
    return sorted((name, folder) for folder, name in found.items())


def _folder(point: EntryPoint) -> Path | None:
    """The folder of the package that an entry point names, or None where there is none."""
    first, *rest = point.value.strip().split(".")
    if not all(part.isidentifier() for part in (first, *rest)):
        return None
    try:
        # Of a name without dots only the place is looked up; one with dots would be imported.
        spec = importlib.util.find_spec(first)
    except (ImportError, ValueError):
        return None
    for place in spec.submodule_search_locations or () if spec else ():
        home = Path(place).resolve()
        folder = home.joinpath(*rest).resolve()
        if folder.is_dir() and folder.is_relative_to(home):
            return folder
    return None
