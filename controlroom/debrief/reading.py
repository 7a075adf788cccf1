"""A run as the debrief gets it: from a journal as far as that is sound, or as it was just played.

A journal that was cut off, edited, written by another version or on another scenario is not thrown
away. What is wrong with it is said exactly, and what its digests still vouch for is read.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from controlroom.debrief.trunk import Trunk, follow
from controlroom.runs.errors import JournalError
from controlroom.runs.fold import Progress, fold
from controlroom.runs.journal import Given, Header, Journal, Noted
from controlroom.runs.opened import Opened, open_journal, vouched, what_is_wrong
from controlroom.runs.simulation import Simulation
from controlroom.sim.events import Said
from controlroom.sim.start import Scenario

__all__ = ["Opened", "Reading", "fold_opened", "open_journal", "reading_of", "with_trunk"]


@attrs.frozen(eq=False)
class Reading:
    """A run, folded.

    Attributes:
        name: of the file, or what else the run is called.
        header: what it was started from.
        scenario: what it was played on.
        simulation: at the last step that is sound.
        commands: as they were given, in order.
        trunk: snapshots to fork from, or None where the run was not folded for it.
        notes: what is wrong with the journal, a sentence each.
        sound: whether all that the journal says is true.
        noted: how it was played, from the journal.
    """

    name: str
    header: Header
    scenario: Scenario
    simulation: Simulation
    commands: tuple[Given, ...]
    trunk: Trunk | None
    notes: tuple[str, ...] = ()
    sound: bool = True
    noted: tuple[Noted, ...] = ()


def reading_of(
    simulation: Simulation,
    header: Header,
    name: str = "this run",
    noted: Sequence[Noted] = (),
) -> Reading:
    """A run that has just been played, without folding it again."""
    said = (event for event in simulation.events if isinstance(event, Said))
    commands = tuple(Given(event.step, event.seat, event.text) for event in said)
    scenario = simulation.scenario
    return Reading(name, header, scenario, simulation, commands, None, noted=tuple(noted))


def with_trunk(reading: Reading) -> Reading:
    """The same with snapshots to fork from; folds the run again where it has none."""
    if reading.trunk is not None:
        return reading
    trunk, before = Trunk(), reading.simulation
    again = Simulation(reading.scenario, before.seed, before.mode)
    follow(again, reading.commands, before.now, trunk.watch)
    return attrs.evolve(reading, trunk=trunk)


def fold_opened(opened: Opened, progress: Progress | None = None) -> Reading:
    """Fold a journal as far as it is sound.

    Raises:
        JournalError: when not even its first moment is.
    """
    journal, scenario, notes = opened.journal, opened.scenario, list(opened.notes)
    doubts, sound, trunk = list(opened.doubts), opened.sound, Trunk()
    try:
        simulation = fold(journal, scenario, progress, trunk.watch)
    except JournalError as error:
        journal, simulation, trunk = _sound_part(journal, scenario, error, doubts)
        notes.append(what_is_wrong(error, scenario, simulation.now))
        sound = False
    else:
        doubts = [f"{doubt} Every digest agrees all the same." for doubt in doubts]
    return Reading(
        name=journal.path.name,
        header=journal.header,
        # As the seed has it, where something was left to the seed.
        scenario=simulation.scenario,
        simulation=simulation,
        commands=tuple(entry for _, entry in journal.entries if isinstance(entry, Given)),
        trunk=trunk,
        notes=(*doubts, *notes),
        sound=sound,
        noted=tuple(note for _, note in journal.noted),
    )


def _sound_part(
    journal: Journal, scenario: Scenario, error: JournalError, doubts: list[str]
) -> tuple[Journal, Simulation, Trunk]:
    """The journal up to where it is sound, folded."""
    cut = vouched(journal, error, doubts)
    trunk = Trunk()
    return cut, fold(cut, scenario, None, trunk.watch), trunk
