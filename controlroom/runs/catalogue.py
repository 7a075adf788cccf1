"""Where journals lie, and a list of them that is cheap: only the first and last lines are read."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import attrs
import platformdirs

from controlroom import __version__
from controlroom.runs.errors import JournalError, os_reason
from controlroom.runs.journal import (
    LONGEST_LINE,
    End,
    Entry,
    Header,
    Reached,
    read_entry,
    read_header,
)
from controlroom.runs.lock import is_locked
from controlroom.scenario.errors import Problem, ScenarioError
from controlroom.scenario.find import bundled, home_of
from controlroom.scenario.homes import Home
from controlroom.scenario.parts import read_parts
from controlroom.scenario.text import visible
from controlroom.sim.clock import MS_PER_STEP, clock_text, parse_clock

FOLDER_VARIABLE: Final = "CONTROLROOM_RUNS"
"""The environment variable that names another folder for journals."""

_TAIL: Final = 2 * LONGEST_LINE


PLAYED: Final = "it is being played in another control room"
"""Why a run cannot be resumed that somebody is at."""


@attrs.frozen
class PastRun:
    """A journal as a list shows it.

    Attributes:
        path: the file.
        saved: when it was last written, seconds since 1970.
        scenario: its id; empty when the file cannot be read.
        seed: of the run.
        mode: of the run.
        policy: who gave the commands, empty for a person.
        start: the mark that it was started from, empty for the beginning of the day.
        step: that it has come to.
        clock: time of day of that step.
        ended: why it is over, or empty.
        loss_usd: what it cost, when it is over.
        obstacle: why it cannot be resumed, or empty when it can.
        checksum: of the scenario's files.
        forked_from: file name of the journal that it was forked from, or empty.
        forked_at: time of day of that, or empty.
    """

    path: Path
    saved: float
    scenario: str = ""
    seed: int = 0
    mode: str = ""
    policy: str = ""
    start: str = ""
    step: int = 0
    clock: str = ""
    ended: str = ""
    loss_usd: int | None = None
    obstacle: str = ""
    checksum: str = ""
    forked_from: str = ""
    forked_at: str = ""

    @property
    def can_resume(self) -> bool:
        """Whether the run can go on."""
        return not self.obstacle


def runs_folder(*, make: bool = False) -> Path:
    """The folder in which journals are kept unless somebody asks for another place.

    Args:
        make: whether to make it where it is missing.

    Raises:
        JournalError: when it cannot be made.
    """
    named = os.environ.get(FOLDER_VARIABLE)
    path = Path(named) if named else platformdirs.user_data_path("controlroom", False) / "runs"
    if make:
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise JournalError(path, f"cannot be made: {os_reason(error)}") from None
    return path


def folder_of_its_own(name_or_path: str | os.PathLike[str]) -> Path | None:
    """The folder that a journal has to name, or None for a scenario that comes along.

    Raises:
        ScenarioError: when there is none.
    """
    folder = home_of(name_or_path).path.resolve()
    return None if any(home.path.resolve() == folder for home in bundled().values()) else folder


def past_runs(folder: Path | None = None, *, most: int = 200) -> tuple[PastRun, ...]:
    """The journals of a folder, the last written first.

    Args:
        folder: where to look; the usual folder when it is None.
        most: how many to look into.
    """
    place = folder or runs_folder()
    dated: list[tuple[float, Path]] = []
    for path in place.glob("*.jsonl"):
        with contextlib.suppress(OSError):  # it went away meanwhile
            dated.append((path.stat().st_mtime, path))
    dated.sort(key=lambda pair: (-pair[0], str(pair[1])))
    checksums = _Checksums()
    return tuple(_listed(path, saved, checksums) for saved, path in dated[:most])


@attrs.frozen
class Branch:
    """A run in the tree of runs and their forks.

    Attributes:
        run: the run.
        depth: 0 for one that was begun anew, or whose origin is not in the list; 1 for its forks.
    """

    run: PastRun
    depth: int


def tree(runs: Iterable[PastRun]) -> tuple[Branch, ...]:
    """Runs with their forks after them, otherwise in the order in which they come.

    A fork belongs to the journal that it names if that one has the same start; a new journal may
    have been given the name of one that was thrown away.
    """
    listed = tuple(runs)
    named = {run.path.name: run for run in listed if run.scenario}
    forks: dict[Path, list[PastRun]] = {}
    roots: list[PastRun] = []
    for run in listed:
        origin = named.get(run.forked_from) if run.forked_from else None
        if origin and origin is not run and _start(origin) == _start(run):
            forks.setdefault(origin.path, []).append(run)
        else:
            roots.append(run)
    branches: dict[Path, Branch] = {}

    def grow(run: PastRun, depth: int) -> None:
        waiting = [(run, depth)]
        while waiting:
            next_run, deep = waiting.pop()
            if next_run.path in branches:
                continue
            branches[next_run.path] = Branch(next_run, deep)
            own = forks.get(next_run.path, [])
            own = sorted(own, key=lambda fork: fork.forked_at, reverse=True)
            waiting.extend((fork, deep + 1) for fork in own)

    for run in roots:
        grow(run, 0)
    for run in listed:  # two that name each other have no root
        grow(run, 0)
    return tuple(branches.values())


def _start(run: PastRun) -> tuple[str, str, int, str, str]:
    """What a run and its forks share."""
    return run.scenario, run.checksum, run.seed, run.mode, run.start


def _listed(path: Path, saved: float, checksums: _Checksums) -> PastRun:
    """One row of the list."""
    try:
        with path.open("rb") as file:
            busy = is_locked(file.fileno())
            header = read_header(path, file.readline(LONGEST_LINE + 1))
            last = _last_entry(path, file.fileno())
        begins = parse_clock(header.begins)
    except JournalError as error:
        return PastRun(path, saved, obstacle=error.reason)
    except (OSError, ValueError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else str(error)
        return PastRun(path, saved, obstacle=f"cannot be read: {visible(reason)}")
    step = header.step
    if last is not None:
        step = last.reached if isinstance(last, Reached) else last.step
    end = last if isinstance(last, End) else None
    return PastRun(
        path=path,
        saved=saved,
        scenario=visible(header.scenario),
        seed=header.seed,
        mode=header.mode,
        policy=visible(header.policy),
        start=visible(header.start),
        step=step,
        clock=clock_text(begins + step * MS_PER_STEP),
        ended=visible(end.ended) if end else "",
        loss_usd=end.loss_usd if end else None,
        obstacle=_obstacle(header, end, busy=busy, checksums=checksums),
        checksum=header.checksum,
        forked_from=visible(header.forked_from),
        forked_at=clock_text(begins + header.forked_at * MS_PER_STEP) if header.forked_from else "",
    )


def _obstacle(header: Header, end: End | None, *, busy: bool, checksums: _Checksums) -> str:
    """Why a run cannot be resumed, as far as can be told without its world."""
    if end:
        return "it is over"
    if busy:
        return PLAYED
    if header.product != __version__:
        return f"it was written by Control Room {visible(header.product)}, this is {__version__}"
    found = checksums.of(header)
    if found is None:
        return "its scenario is not there"
    if found != header.checksum:
        return "its scenario has changed since"
    return ""


class _Checksums:
    """Checksums of scenarios as they are now, each read once."""

    def __init__(self) -> None:
        self._known: dict[str, str | None] = {}
        self._bundled: Mapping[str, Home] = bundled()

    def of(self, header: Header) -> str | None:
        """The checksum of a journal's scenario, or None where that is not there."""
        key = header.folder or header.scenario
        if key not in self._known:
            self._known[key] = self._read(header)
        return self._known[key]

    def _read(self, header: Header) -> str | None:
        problems: list[Problem] = []
        try:
            named = Path(header.folder) if header.folder else None
            home = home_of(named) if named else self._bundled.get(header.scenario)
            return read_parts(home, problems).checksum if home else None
        except (OSError, ValueError, ScenarioError):
            return None


def _last_entry(path: Path, file: int) -> Entry | None:
    """The last whole line, or None when there is only the header."""
    size = os.fstat(file).st_size
    tail = os.pread(file, _TAIL, max(size - _TAIL, 0)).rstrip(b"\0")
    lines = tail[: tail.rfind(b"\n") + 1].splitlines()
    if size <= _TAIL:
        lines = lines[1:]
    return read_entry(path, 0, lines[-1]) if lines else None
