"""Is a journal true? Its world is made again and compared with every digest in it."""

from __future__ import annotations

from pathlib import Path

import attrs

from controlroom.runs.fold import Progress, fold, scenario_of
from controlroom.runs.journal import Checked, read_journal
from controlroom.sim.start import Scenario


@attrs.frozen
class Verified:
    """A journal that is true.

    Attributes:
        path: the file.
        scenario: its id.
        digests: how many were compared and found equal.
        commands: how many were given.
        step: that the run has come to.
        clock: time of day of that step.
        ended: why the run is over, or empty.
        digest: of the world at that step.
        mended: what was left out of the file, in a sentence, or empty.
    """

    path: Path
    scenario: str
    digests: int
    commands: int
    step: int
    clock: str
    ended: str
    digest: str
    mended: str


def verify(
    path: Path, *, scenario: Scenario | None = None, progress: Progress | None = None
) -> Verified:
    """Fold a journal again and compare.

    Args:
        path: the file.
        scenario: what it was played on, where the journal's own word for it leads nowhere.
        progress: told how far it is.

    Raises:
        DifferenceError: when the world is another one; says between which steps it parted.
        JournalError: when the journal cannot be followed at all.
    """
    journal = read_journal(path)
    simulation = fold(journal, scenario_of(journal, scenario), progress)
    digests = sum(isinstance(entry, Checked) for _, entry in journal.entries)
    return Verified(
        path=path,
        scenario=journal.header.scenario,
        digests=digests + (journal.end is not None),
        commands=len(journal.entries) - digests,
        step=simulation.now,
        clock=simulation.clock,
        ended=simulation.ended,
        digest=simulation.digest(),
        mended=journal.mended,
    )
