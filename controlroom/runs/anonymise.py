"""A journal without names: the same run, told by people who are called P1, P2 and so on.

Names are in the state that digests are taken of, so the run is folded twice: once as it was
written, which must be sound, and once with other names, from which the new digests come. What it
came to is the same, since nobody's name decides anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import attrs

from controlroom.runs.errors import JournalError
from controlroom.runs.fold import Progress, fold, scenario_of
from controlroom.runs.journal import Checked, End, Given, Header, Journal, Noted
from controlroom.runs.simulation import Simulation
from controlroom.runs.writer import Writer
from controlroom.sim.commands import Command, Kind, parse
from controlroom.sim.commands.direct import Join, Leave
from controlroom.sim.result import Result
from controlroom.sim.start import Scenario

SHORTEST: Final = 3
"""Letters of a part of a name that is taken out of texts by itself."""


@attrs.frozen
class Anonymised:
    """A journal that has become another one.

    Attributes:
        path: the new one.
        names: how many names were replaced.
        changed: how many commands read differently.
    """

    path: Path
    names: int
    changed: int


def anonymise(
    journal: Journal,
    place: Path,
    *,
    others: Iterable[str] = (),
    scenario: Scenario | None = None,
    progress: Progress | None = None,
) -> Anonymised:
    """Write a journal without names.

    Args:
        journal: the one with names; it is not changed.
        place: a file that does not exist yet.
        others: further names to take out of texts, of people who took no seat.
        scenario: what was played, where the journal's own word for it leads nowhere.
        progress: told how far it is, twice over.

    Raises:
        JournalError: when the journal is not sound, or the new one cannot be written.
    """
    played_on = scenario_of(journal, scenario)
    before = _came_to(fold(journal, played_on, progress))
    given = [(entry, parse(entry.command, played_on)) for entry in journal.commands]
    aliases = _aliases([command for _, command in given], others)
    instead = {id(entry): _without_names(command, aliases).text() for entry, command in given}
    folder = Path(journal.header.folder).name
    header = attrs.evolve(journal.header, folder=folder)
    simulation, entries = _played_again(journal, played_on, instead, progress)
    if _came_to(simulation) != before:
        raise JournalError(journal.path, "comes to something else without its names")
    _write(place, header, journal, simulation, entries)
    changed = sum(entry.command != instead[id(entry)] for entry, _ in given)
    return Anonymised(place, len(aliases), changed)


def _came_to(simulation: Simulation) -> Result:
    """The figures of a run, but for its digest, which names are part of."""
    return attrs.evolve(simulation.result(), digest="")


def _aliases(commands: Iterable[Command], others: Iterable[str]) -> dict[str, str]:
    """Name -> what it is replaced by, in the order in which they appear."""
    names = [
        command.name for command in commands if isinstance(command, Join | Leave) and command.name
    ]
    every = dict.fromkeys((*names, *filter(None, others)))
    return {name: f"P{number}" for number, name in enumerate(every, 1)}


def _without_names(command: Command, aliases: dict[str, str]) -> Command:
    """The command with other names wherever it holds free text."""
    changes: dict[str, str] = {}
    for field in attrs.fields(type(command)):
        slot, value = field.metadata.get("slot"), getattr(command, field.name)
        if slot is None or slot.kind is not Kind.TEXT or not isinstance(value, str):
            continue
        is_name = isinstance(command, Join | Leave)
        changes[field.name] = aliases.get(value, value) if is_name else _cleaned(value, aliases)
    return attrs.evolve(command, **changes) if changes else command


def _cleaned(text: str, aliases: dict[str, str]) -> str:
    """Whole names first, then their parts; rather a word too many than a name too few."""
    for name, alias in sorted(aliases.items(), key=lambda item: -len(item[0])):
        parts = [part for part in re.split(r"\W+", name) if len(part) >= SHORTEST]
        for word in (name, *parts):
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", alias, text, flags=re.IGNORECASE)
    return text


def _played_again(
    journal: Journal,
    scenario: Scenario,
    instead: dict[int, str],
    progress: Progress | None,
) -> tuple[Simulation, list[Given | Checked | Noted]]:
    """The run with the other commands, and its lines."""
    header = journal.header
    simulation = Simulation(scenario, header.seed, header.mode)
    entries: list[Given | Checked | Noted] = []
    lines = sorted((*journal.entries, *journal.noted), key=lambda line: line[0])
    for _, entry in lines:
        if isinstance(entry, Noted):
            entries.append(entry)
            continue
        simulation.step(entry.step - simulation.now)
        if progress:
            progress(simulation.now, journal.reached)
        if isinstance(entry, Given):
            text = simulation.submit(instead[id(entry)], entry.seat)
            entries.append(attrs.evolve(entry, command=text))
        else:
            entries.append(Checked(entry.step, simulation.digest()))
    simulation.step(journal.reached - simulation.now)
    return simulation, entries


def _write(
    place: Path,
    header: Header,
    journal: Journal,
    simulation: Simulation,
    entries: list[Given | Checked | Noted],
) -> None:
    writer = Writer.create(place, header, entries)
    try:
        if journal.end:
            end = attrs.evolve(journal.end, digest=simulation.digest())
            writer.note(End(end.step, end.digest, end.ended, end.loss_usd), sync=True)
        else:
            writer.reached(journal.reached)
        writer.finish()
    finally:
        writer.release()
