"""Going back within a drill: the same run up to an earlier moment, in a journal of its own."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from controlroom.runs.catalogue import runs_folder
from controlroom.runs.errors import RunError
from controlroom.runs.fork import fork
from controlroom.runs.run import Place, Run
from controlroom.scenario.text import quoted
from controlroom.sim.commands.grammar import CommandError
from controlroom.sim.seats import FACILITATOR

if TYPE_CHECKING:
    from controlroom.runs.fold import Progress

_ENDING: Final = re.compile(r"-back-\d+$")


def moment(run: Run, text: str) -> int:
    """The step of a time of day to which a drill can go back.

    Raises:
        CommandError: when it is none, with the times between which there are some.
    """
    day, drill = run.scenario.day, run.world.drill
    first = (drill.began if drill is not None else 0) + 1
    between = f"between {day.text(first)} and {day.text(run.now)}"
    if not text:
        raise CommandError(f"back to when? Say a time {between}: back HH:MM:SS")
    try:
        step = day.parse(text)
    except ValueError:
        step = -1
    if step >= 0 and day.text(step) == day.text(first):
        step = max(step, first)  # the second in which it began is written alike
    if not first <= step <= run.now:
        raise CommandError(f"one can go back to a time {between}, not to {quoted(text)}")
    return step


def begin_at(run: Run, step: int, progress: Progress | None = None) -> tuple[Run, int]:
    """A run that has come to an earlier step of another one, where time stands still.

    Returns:
        The run, and the place in its log from which on it is no longer as the other one.

    Raises:
        RunError: when it cannot be begun.
    """
    if run.journal is None:
        raise RunError("a drill without a journal cannot go back")
    place = place_beside(run.journal)
    new = fork(run.journal, step, place=place, scenario=run.scenario, progress=progress)
    known = len(new.world.log.items)
    try:
        new.give(f"freeze back at {new.clock}", FACILITATOR)
        new.advance(1)
    except BaseException:
        new.abandon()
        raise
    return new, known


def place_beside(journal: Path) -> Path | Place:
    """Where the journal of the new run goes: where runs lie, or beside one that was named."""
    if journal.parent == runs_folder():
        return Place.USUAL
    stem = _ENDING.sub("", journal.stem)
    names = (journal.with_name(f"{stem}-back-{number}.jsonl") for number in itertools.count(1))
    return next(path for path in names if not path.exists())
