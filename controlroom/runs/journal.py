"""What a journal is, and how one is read.

A journal is a text file of JSON lines. The first says what was started: scenario, seed, mode and
the step at which the first seat took over. Then come, in order of steps, the commands as they were
given and, every simulated minute, the digest of the world, and between them notes on how it was
played, such as pauses, which are no part of the world. A run that is over ends with a line
that says so; one that is not ends with the step that it has reached. That line alone is written
over as the run goes on, so that a killed run continues at the very step, and no other is ever
changed.

A last line without its end was being written when the power went: it is left out, and `torn` says
so. Anything else that is not as written here has been edited, and is refused with its line.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from controlroom.runs.errors import JournalError, os_reason
from controlroom.scenario.text import quoted
from controlroom.sim.commands.grammar import nearest
from controlroom.sim.seats import SEATS
from controlroom.sim.start import Console, Mode

FORMAT: Final = 1
"""The version of this format; another is refused."""

MOST_BYTES: Final = 32 * 1024 * 1024
"""Of a whole journal. A day of play has some 100 KB."""

LONGEST_LINE: Final = 8 * 1024
"""Bytes of one line. A command has at most 400 characters, a path rarely more than 4,000."""

MOST_STEPS: Final = 10_000_000
"""More than any day has; keeps an edited number from being taken for a step."""


@attrs.frozen
class Header:
    """The first line: what the run was started from.

    Attributes:
        product: version of Control Room that wrote it.
        scenario: its id.
        checksum: of the scenario's files.
        folder: where the scenario lies, empty for one that comes with Control Room.
        controls: safeguards that were on.
        seed: of the run.
        mode: explore, coach or assess.
        start: id of the mark, empty for the beginning of the day.
        step: at which the first seat took over.
        seat: who plays.
        policy: who gives the commands instead, empty for a person.
        begins: time of day of step 0, so that a list need not read the scenario.
        forked_from: file name of the journal that this run was forked from, or empty.
        forked_at: the step of that; what was given before it is the other run's.
        stressors: that were on.
        console: which picture the screens gave; empty for the trainer's.
    """

    product: str
    scenario: str
    checksum: str
    folder: str
    controls: tuple[str, ...]
    seed: int
    mode: str
    start: str
    step: int
    seat: str
    policy: str
    begins: str
    forked_from: str = ""
    forked_at: int = 0
    stressors: tuple[str, ...] = ()
    console: str = ""


@attrs.frozen
class Given:
    """A command as it was given; it takes effect at the start of `step`."""

    step: int
    seat: str
    command: str


@attrs.frozen
class Checked:
    """The digest of the world before `step`."""

    step: int
    digest: str


@attrs.frozen
class End:
    """The last line of a run that is over.

    Attributes:
        step: the first that was not taken.
        digest: of the world as it ended.
        ended: why, in the world's word.
        loss_usd: what it cost.
    """

    step: int
    digest: str
    ended: str
    loss_usd: int


@attrs.frozen
class Reached:
    """The step that an unfinished run has come to."""

    reached: int


@attrs.frozen
class Noted:
    """Something about how a run was played that is no part of its world.

    Folding passes over it: a journal with such lines and one without them lead to the same world.

    Attributes:
        step: at which it was noted.
        note: `clock`: a room was opened on the run, and notes every pause from here on; `pause`:
            the clock stood still before this step.
        wall_ms: how long it stood still on the wall, milliseconds.
    """

    step: int
    note: str
    wall_ms: int = 0


Entry = Given | Checked | End | Reached | Noted

KINDS: Final[tuple[type[Entry], ...]] = (Reached, End, Given, Checked, Noted)
"""In the order in which a line's keys are tried: the first whose own key the line has."""

_OWN_KEY: Final = {
    Reached: "reached",
    End: "ended",
    Given: "command",
    Checked: "digest",
    Noted: "note",
}


@attrs.frozen
class Journal:
    """A journal as it was read.

    Attributes:
        path: the file.
        header: what was started.
        entries: commands and digests with the number of their line, in order.
        end: the last line of a run that is over.
        reached: the last step that is known of.
        torn: bytes of a last line that was never finished; they count for nothing.
        kept: bytes up to where the next line goes.
        noted: how it was played, with the number of the line, in order.
    """

    path: Path
    header: Header
    entries: tuple[tuple[int, Given | Checked], ...]
    end: End | None
    reached: int
    torn: int
    kept: int
    noted: tuple[tuple[int, Noted], ...] = ()

    @property
    def last_line(self) -> int:
        """The number of the line after the last entry, which says where the run stood."""
        return len(self.entries) + len(self.noted) + 2

    @property
    def commands(self) -> tuple[Given, ...]:
        """What was given, in order."""
        return tuple(entry for _, entry in self.entries if isinstance(entry, Given))

    @property
    def mended(self) -> str:
        """What was left out, in a sentence; empty when the file is whole."""
        if not self.torn:
            return ""
        return f"The last line of the journal was torn: its {self.torn} bytes have been cut off."


def line_of(entry: Header | Entry) -> bytes:
    """An entry as a line of the file."""
    fields = attrs.asdict(entry)
    if isinstance(entry, Header):
        fields = {"journal": FORMAT, **fields}
        if not entry.forked_from:
            del fields["forked_from"], fields["forked_at"]
        if not entry.stressors:
            del fields["stressors"]
        if not entry.console:
            del fields["console"]
    return json.dumps(fields).encode("ascii") + b"\n"


def read_journal(path: Path) -> Journal:
    """Read a journal.

    Raises:
        JournalError: when it is not one, or not as it was written; names the line.
    """
    content = _content(path)
    # A file that grew before the power went may end in blocks that were never filled.
    sound = content.rstrip(b"\0")
    sound = sound[: sound.rfind(b"\n") + 1]
    lines = sound.splitlines(keepends=True)
    if not lines:
        raise JournalError(path, "holds no whole line; the run had not begun")
    header = read_header(path, lines[0])
    entries: list[tuple[int, Given | Checked]] = []
    noted: list[tuple[int, Noted]] = []
    end, reached, kept = None, header.step, len(lines[0])
    closed = False
    for number, line in enumerate(lines[1:], 2):
        entry = read_entry(path, number, line)
        step = entry.reached if isinstance(entry, Reached) else entry.step
        if closed:
            raise JournalError(path, "stands after the line that ends the journal", number)
        if not reached <= step <= MOST_STEPS:
            above = "the line above is at" if number > 2 else "the run begins at"
            raise JournalError(path, f"is at step {step}, but {above} step {reached}", number)
        reached, closed = step, isinstance(entry, End | Reached)
        if isinstance(entry, Given | Checked):
            entries.append((number, entry))
        elif isinstance(entry, Noted):
            noted.append((number, entry))
        elif isinstance(entry, End):
            end = entry
        if not isinstance(entry, Reached):
            kept += len(line)
    torn = len(content) - len(sound)
    return Journal(path, header, tuple(entries), end, reached, torn, kept, tuple(noted))


def read_header(path: Path, line: bytes) -> Header:
    """The first line.

    Raises:
        JournalError: when it is none, or of a format that is not known.
    """
    fields = _object(path, 1, line)
    version = fields.pop("journal", None)
    if version is None:
        raise JournalError(path, "is no journal of Control Room: its first line is no header")
    if version != FORMAT or isinstance(version, bool):
        raise JournalError(
            path, f"is a journal of format {_shown(version)}; this version reads {FORMAT}"
        )
    header = Header(**_typed(path, 1, fields, Header))
    if header.mode not in {mode.value for mode in Mode}:
        raise JournalError(path, f"the mode {quoted(header.mode)} is not known", 1)
    if header.seat not in SEATS:
        raise JournalError(path, f"the seat {quoted(header.seat)} is not known", 1)
    if header.console and header.console not in {console.value for console in Console}:
        raise JournalError(path, f"the console {quoted(header.console)} is not known", 1)
    for step in (header.step, header.forked_at):
        if not 0 <= step <= MOST_STEPS:
            raise JournalError(path, f"step {step} is no step of a day", 1)
    return header


def read_entry(path: Path, number: int, line: bytes) -> Entry:
    """One of the further lines.

    Raises:
        JournalError: when it is none.
    """
    fields = _object(path, number, line)
    for kind in KINDS:
        if _OWN_KEY[kind] in fields:
            return kind(**_typed(path, number, fields, kind))
    raise JournalError(path, "is neither a command nor a digest nor an end", number)


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise JournalError(path, "is no file" if path.exists() else "there is no such file")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else str(error)
        raise JournalError(path, f"cannot be read: {reason}") from None
    if len(content) > MOST_BYTES:
        raise JournalError(path, f"is larger than {MOST_BYTES // 1024 // 1024} MB: no journal")
    return content


def _object(path: Path, number: int, line: bytes) -> dict[str, object]:
    """A line as a JSON object."""
    if len(line) > LONGEST_LINE:
        raise JournalError(path, f"has more than {LONGEST_LINE:,} bytes", number)
    try:
        fields = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        if number == 1:
            raise JournalError(path, "is no journal of Control Room: its first line is no header")
        raise JournalError(path, "is not a JSON object", number)
    return fields


def _typed(
    path: Path, number: int, fields: Mapping[str, object], kind: type[attrs.AttrsInstance]
) -> dict[str, Any]:
    """The fields of a line as its class wants them, checked."""
    known = attrs.fields_dict(kind)
    for key in fields:
        if key not in known:
            close = nearest(key, known)
            hint = f"; did you mean {close}?" if close else ""
            raise JournalError(path, f"has the unknown key {quoted(key)}{hint}", number)
    values: dict[str, Any] = {}
    for key, field in known.items():
        if key not in fields:
            if field.default is not attrs.NOTHING:
                continue
            raise JournalError(path, f"has no {key}", number)
        value, wanted = fields[key], str(field.type)
        if wanted.startswith("tuple") and isinstance(value, list):
            if all(isinstance(word, str) for word in value):
                values[key] = tuple(value)
                continue
        elif (wanted == "int" and type(value) is int) or (wanted == "str" and type(value) is str):
            values[key] = value
            continue
        what = {"int": "a whole number", "str": "text"}.get(wanted, "a list of words")
        raise JournalError(path, f"{key} should be {what}, not {_shown(value)}", number)
    return values


def _shown(value: object) -> str:
    """Any value as a message shows it: visible, and cut off where it is long."""
    return quoted(value) if isinstance(value, str) else quoted(repr(value), bare=True)
