"""A run as tables for a notebook: all of them, or none.

    found = export(Path("my-run.jsonl"), Path("my-run"), "parquet")
    found.counts["executions"]

The journal is folded again, and what a row says is read from the world on the way. The files are
made beside their place, under names of their own, and get theirs when every one is whole and on
the disk.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import attrs

from controlroom import __version__
from controlroom.runs.errors import JournalError, NotDoneError, os_reason
from controlroom.runs.export.reader import Reader
from controlroom.runs.export.schema import TABLES
from controlroom.runs.export.sheets import Sheets
from controlroom.runs.fold import Folding, Progress
from controlroom.runs.journal import Journal
from controlroom.runs.opened import Opened, open_journal, vouched, what_is_wrong
from controlroom.scenario import visible
from controlroom.sim.start import Scenario

_UNFINISHED: Final = ".unfinished-"


class ExportError(NotDoneError):
    """Tables that cannot be written; the message says where and why."""


@attrs.frozen
class Exported:
    """What has been written.

    Attributes:
        folder: where the files are.
        counts: rows by table.
        clock: time of day at which the tables end.
        notes: what is wrong with the journal, a sentence each.
        sound: whether all that the journal says is true.
    """

    folder: Path
    counts: Mapping[str, int]
    clock: str
    notes: tuple[str, ...]
    sound: bool


def export(
    path: Path,
    folder: Path,
    form: str,
    *,
    force: bool = False,
    scenario: Scenario | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write the tables of a journal's run into a folder.

    Args:
        path: the journal. One that is not sound is read as far as it is.
        folder: made where there is none. Files of others in it stay as they are.
        form: `parquet` or `csv`.
        force: write over tables that are there.
        scenario: what the run was played on, where the journal's own word for it leads nowhere.
        progress: told how far it is; what it raises ends the export, and nothing is written.

    Raises:
        JournalError: when nothing of the journal can be read.
        ExportError: when the files cannot be written; then there is none of them.
        RunError: when what a form needs is not installed.
    """
    opened = open_journal(path, scenario)
    check_place(folder, form, force=force)
    with _failing(folder), _unfinished(folder) as made:
        exported = _written(opened, folder, made, form, progress)
        _put_in_place(made, folder, force=force)
    return exported


def check_place(folder: Path, form: str, *, force: bool) -> None:
    """See that the tables can be written there, before they are made.

    Raises:
        ExportError: when they cannot, or some are there already.
    """
    shown = visible(str(folder))
    try:
        if folder.exists() and not folder.is_dir():
            raise ExportError(f"{shown} is no folder; the tables are several files")
        if not folder.absolute().parent.is_dir():
            raise ExportError(f"{shown} cannot be made: there is no folder {folder.parent}")
        there = [name for name in _names(form) if os.path.lexists(folder / name)]
    except (OSError, ValueError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else str(error)
        raise ExportError(f"{shown} cannot be written: {reason}") from None
    if there and not force:
        raise ExportError(f"{shown} holds {there[0]} already; --force writes over it")


def _names(form: str) -> list[str]:
    return [f"{table.name}.{form}" for table in TABLES]


def _written(
    opened: Opened, folder: Path, made: Path, form: str, progress: Progress | None
) -> Exported:
    """Fold the journal and write its tables into the folder `made`."""
    journal, notes, sound = opened.journal, opened.notes, opened.sound
    doubts = opened.doubts
    try:
        counts, clock = _folded(journal, opened.scenario, made, form, progress)
    except JournalError as error:
        journal = vouched(journal, error, doubts)
        notes = (*notes, what_is_wrong(error, opened.scenario, journal.reached))
        sound = False
        counts, clock = _folded(journal, opened.scenario, made, form, progress)
    else:
        doubts = tuple(f"{doubt} Every digest agrees all the same." for doubt in doubts)
    return Exported(folder, counts, clock, (*doubts, *notes), sound)


def _folded(
    journal: Journal, scenario: Scenario, made: Path, form: str, progress: Progress | None
) -> tuple[Mapping[str, int], str]:
    about = {
        "controlroom": __version__,
        "scenario": scenario.id,
        "checksum": scenario.checksum,
        "seed": str(journal.header.seed),
    }
    with Sheets(made, form, scenario.day, about) as sheets:
        reader = Reader(sheets, scenario)
        folding = Folding(journal, scenario, progress, reader.look, reader.stride)
        reader.look(folding.simulation, None)
        for _ in folding.stretches():
            pass
        reader.finish(folding.simulation, journal)
        sheets.finish()
        return sheets.counts, folding.simulation.clock


# --- all or nothing -------------------------------------------------------------------------------


@contextlib.contextmanager
def _failing(folder: Path) -> Iterator[None]:
    """What the system refuses, in one line."""
    try:
        yield
    except OSError as error:
        shown = visible(str(folder))
        raise ExportError(f"{shown} cannot be written: {os_reason(error)}") from None


@contextlib.contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """A folder to make the files in, on the disk on which they will lie; gone in the end."""
    inside = folder.is_dir()
    place = folder if inside else folder.absolute().parent
    made = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=place))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _put_in_place(made: Path, folder: Path, *, force: bool) -> None:
    """Give the files their names.

    A new folder comes into being with all of them. In one that is there they are put one after the
    other, each whole.
    """
    if not folder.is_dir():
        made.chmod(0o777 & ~_mask())
        made.rename(folder)
        return
    for file in sorted(made.iterdir()):
        if not force and os.path.lexists(folder / file.name):
            raise ExportError(f"{visible(str(folder))}: {file.name} has appeared meanwhile")
        file.replace(folder / file.name)


def _mask() -> int:
    """What the user takes away from new folders."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
