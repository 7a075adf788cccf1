"""A journal folded as far as it is sound, with what is wrong said beside it."""

from __future__ import annotations

import attrs

from controlroom.runs.errors import JournalError
from controlroom.runs.fold import Progress, fold
from controlroom.runs.journal import Journal
from controlroom.runs.opened import Opened, vouched, what_is_wrong
from controlroom.runs.simulation import Simulation


@attrs.frozen(eq=False)
class Sound:
    """The part of a journal that its digests vouch for.

    Attributes:
        journal: up to there.
        simulation: at its last step.
        notes: what is wrong with the whole, a sentence each.
        whole: whether all that the journal says is true.
    """

    journal: Journal
    simulation: Simulation
    notes: tuple[str, ...]
    whole: bool


def fold_sound(opened: Opened, progress: Progress | None = None) -> Sound:
    """Fold a journal that has been opened, and once more up to where it is sound, if it is not.

    Raises:
        JournalError: when not even its first moment is.
    """
    journal, scenario = opened.journal, opened.scenario
    try:
        simulation = fold(journal, scenario, progress)
    except JournalError as error:
        journal = vouched(journal, error, opened.doubts)
        simulation = fold(journal, scenario, progress)
        wrong = what_is_wrong(error, scenario, journal.reached)
        return Sound(journal, simulation, (*opened.doubts, *opened.notes, wrong), whole=False)
    doubts = (f"{doubt} Every digest agrees all the same." for doubt in opened.doubts)
    return Sound(journal, simulation, (*doubts, *opened.notes), whole=opened.sound)
