"""A journal that need not be whole: read as far as it can be, with what is wrong said exactly.

A journal that was cut off, edited, written by another version or on another scenario is not thrown
away. What cannot be read is named with its line; what its digests still vouch for can be folded. A
replay and a debrief begin here; resuming and verifying take nothing but the whole truth.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import attrs

from controlroom import __version__
from controlroom.runs.errors import DifferenceError, JournalError
from controlroom.runs.journal import (
    Checked,
    End,
    Entry,
    Given,
    Journal,
    Noted,
    Reached,
    read_entry,
    read_header,
    read_journal,
)
from controlroom.scenario import ScenarioError, load_scenario, visible
from controlroom.scenario.switches import switched
from controlroom.sim.start import Console, Scenario


@attrs.frozen(eq=False)
class Opened:
    """A journal that has been read but not folded: what can be told in a moment.

    Attributes:
        journal: up to its first line that cannot be read.
        scenario: what it was played on.
        notes: what is wrong with its lines, a sentence each.
        doubts: why its world may be another one now.
        sound: whether every line could be read.
    """

    journal: Journal
    scenario: Scenario
    notes: tuple[str, ...]
    doubts: tuple[str, ...]
    sound: bool

    @property
    def commands(self) -> tuple[Given, ...]:
        """The commands, in order."""
        return tuple(entry for _, entry in self.journal.entries if isinstance(entry, Given))


def open_journal(path: Path, scenario: Scenario | None = None) -> Opened:
    """Read a journal and its scenario; nothing is folded yet.

    Args:
        path: the file.
        scenario: what it was played on, where the journal's own word for it leads nowhere.

    Raises:
        JournalError: when nothing of it can be read; says why.
    """
    journal, notes = _lines(path)
    sound = not notes
    if journal.mended:
        notes.append(journal.mended)
    elif sound and _breaks_off(journal):
        notes.append("The journal breaks off after a command; what it led to was never written.")
    played_on, doubts = _scenario(journal, scenario)
    return Opened(journal, played_on, tuple(notes), tuple(doubts), sound)


def _lines(path: Path) -> tuple[Journal, list[str]]:
    """The journal up to its first line that cannot be read, and what is wrong with that one."""
    try:
        return read_journal(path), []
    except JournalError as error:
        if error.line < 2:
            raise
        broken = error
    lines = path.read_bytes().splitlines(keepends=True)[: broken.line - 1]
    header = read_header(path, lines[0])
    entries: list[tuple[int, Given | Checked]] = []
    noted: list[tuple[int, Noted]] = []
    last: Entry | None = None
    for number, line in enumerate(lines[1:], 2):
        last = read_entry(path, number, line)
        if isinstance(last, Given | Checked):
            entries.append((number, last))
        elif isinstance(last, Noted):
            noted.append((number, last))
    reached = entries[-1][1].step if entries else header.step
    if isinstance(last, Reached):
        reached = last.reached
    end = last if isinstance(last, End) else None
    kept = sum(map(len, lines))
    reached = end.step if end else reached
    journal = Journal(path, header, tuple(entries), end, reached, 0, kept, tuple(noted))
    return journal, [
        f"Line {broken.line:,} of the journal {broken.reason}. It is read up to the line above."
    ]


def _breaks_off(journal: Journal) -> bool:
    """Whether the last line is a command: what it led to was never written."""
    if journal.end or not journal.entries:
        return False
    last = journal.entries[-1][1]
    return isinstance(last, Given) and journal.reached == last.step


def _scenario(journal: Journal, given: Scenario | None) -> tuple[Scenario, list[str]]:
    """What a journal was played on, and why its world may be another one now."""
    path, header = journal.path, journal.header
    try:
        if given is None:
            given = load_scenario(header.folder or header.scenario)
        console = header.console or Console.TRAINER
        scenario = switched(given, header.controls, header.stressors, console)
    except ScenarioError as error:
        raise JournalError(path, f"its scenario cannot be loaded: {error}") from None
    doubts = []
    if header.product != __version__:
        doubts.append(
            f"The journal was written by Control Room {visible(header.product)}, this is "
            f"{__version__}."
        )
    if scenario.id != header.scenario:
        doubts.append(
            f"The journal is of the scenario {visible(header.scenario)}, this is {scenario.id}."
        )
    elif scenario.checksum != header.checksum:
        doubts.append(
            f"The scenario {visible(header.scenario)} has changed since the run: its checksum was "
            f"{visible(header.checksum)[:12]} and is now {scenario.checksum[:12]}."
        )
    return scenario, doubts


def vouched(journal: Journal, error: JournalError, doubts: Sequence[str] = ()) -> Journal:
    """The journal up to where it is sound, after folding it has failed.

    A digest that differs takes everything after the last one that agreed with it; a line that
    cannot be followed takes itself and what comes after it.

    Args:
        journal: that was folded.
        error: with which folding it has failed.
        doubts: why its world may be another one now; said where nothing of it is sound.

    Raises:
        JournalError: when not even its first moment is.
    """
    entries = [pair for pair in journal.entries if pair[0] < error.line]
    if isinstance(error, DifferenceError):
        while entries and not isinstance(entries[-1][1], Checked):
            entries.pop()
        if not entries:
            why = " ".join(doubts)
            raise JournalError(journal.path, f"{error.reason}. {why}".rstrip(), error.line)
    reached = entries[-1][1].step if entries else journal.header.step
    noted = tuple(pair for pair in journal.noted if pair[0] < error.line)
    return attrs.evolve(journal, entries=tuple(entries), noted=noted, end=None, reached=reached)


def what_is_wrong(error: JournalError, scenario: Scenario, until: int) -> str:
    """A sentence on why folding has failed, and up to which step the journal is sound."""
    moment = f"{scenario.day.text(until)} (step {until:,})"
    reason = error.reason if error.reason.endswith("?") else f"{error.reason}."
    return (
        f"Line {error.line:,} of the journal: {reason} Everything below ends at {moment}, the last "
        "moment that the journal vouches for."
    )
