"""The results of a sweep as JSON lines, which an interrupted sweep goes on with.

The first line says what is played; then comes a line for each seed, in order. While seeds are
missing the file is called `NAME.part`, so what is there under its own name is whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Self

import attrs

from controlroom import __version__
from controlroom.runs.errors import NotDoneError, os_reason
from controlroom.runs.lock import lock
from controlroom.runs.sweep import Plan, Values
from controlroom.scenario import visible

FORMAT: Final = 1

_WORDS: Final = {
    "product": "version of Control Room",
    "scenario": "scenario",
    "checksum": "scenario's files",
    "policy": "policy",
    "commands": "policy's commands",
    "controls": "safeguards",
    "stressors": "stressors",
    "seeds": "seeds",
}


class SweepError(NotDoneError):
    """A file of results that cannot be written or continued; the message says why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{visible(str(path))}: {reason}")


@attrs.frozen
class Parameters:
    """What is played, as the first line says it.

    Attributes:
        product: version of Control Room.
        scenario: its id.
        checksum: of the scenario's files.
        policy: who plays.
        commands: a hash of the policy's commands.
        controls: safeguards that are on.
        stressors: what makes it harder.
        seeds: as they were asked for.
    """

    product: str
    scenario: str
    checksum: str
    policy: str
    commands: str
    controls: tuple[str, ...]
    stressors: tuple[str, ...]
    seeds: str

    @classmethod
    def of(cls, plan: Plan, seeds: Sequence[int]) -> Parameters:
        """The parameters of a plan."""
        scenario = plan.scenario
        commands = "\n".join(f"{each.step} {each.text}" for each in plan.policy.commands)
        return cls(
            product=__version__,
            scenario=scenario.id,
            checksum=scenario.checksum,
            policy=plan.policy.name,
            commands=hashlib.blake2b(commands.encode(), digest_size=16).hexdigest(),
            controls=tuple(control.id for control in scenario.controls if control.on),
            stressors=tuple(item.id for item in scenario.stressors if item.on),
            seeds=seeds_text(seeds),
        )


def seeds_text(seeds: Sequence[int]) -> str:
    """Ascending seeds as people write them: `0-99,200`."""
    parts: list[list[int]] = []
    for seed in seeds:
        if parts and seed == parts[-1][1] + 1:
            parts[-1][1] = seed
        else:
            parts.append([seed, seed])
    return ",".join(f"{a}" if a == b else f"{a}-{b}" for a, b in parts)


class SweepFile:
    """The file of a sweep, open for the results that are missing.

    Attributes:
        path: its name once it is whole.
        done: results that are in it.
        mended: what was cut off, in a sentence, or empty.
    """

    def __init__(self, path: Path, parameters: Parameters, seeds: Sequence[int]) -> None:
        """Open a file, or begin one.

        Raises:
            SweepError: when it cannot be written, or holds something else.
        """
        self.path = path
        self.mended = ""
        self.done: list[Values] = []
        self._seeds = seeds
        self._file = -1
        if os.path.lexists(path):
            self._read(path, _content(path), parameters)
            if len(self.done) < len(seeds):
                raise SweepError(path, "exists already and lacks seeds; name another file")
            return
        self._part = path.with_name(f"{path.name}.part")
        try:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
            self._file = os.open(self._part, flags, 0o666)
        except (OSError, ValueError) as error:
            raise self._failed(error) from None
        try:
            if not lock(self._file):
                raise SweepError(self._part, "is being written by another sweep")
            self._size = self._read(self._part, _content(self._part), parameters)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def missing(self) -> Sequence[int]:
        """The seeds that have no result."""
        return self._seeds[len(self.done) :]

    def add(self, values: Values) -> None:
        """Write the result of the next seed.

        Raises:
            SweepError: when it cannot be written; what was written before stays.
        """
        self._write(_line(values))
        self.done.append(values)

    def finish(self) -> None:
        """Give a file that is whole its name.

        Raises:
            SweepError: when that is not possible.
        """
        if self._file < 0:
            return
        try:
            os.fsync(self._file)
            if os.path.lexists(self.path):
                raise SweepError(self.path, f"has appeared meanwhile; all is in {self._part.name}")
            self._part.replace(self.path)
        except OSError as error:
            raise self._failed(error) from None
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        file, self._file = self._file, -1
        if file >= 0:
            with contextlib.suppress(OSError):
                os.close(file)

    def _read(self, path: Path, content: bytes, parameters: Parameters) -> int:
        """Take what is there, and say how many bytes of it are sound."""
        sound = content[: content.rfind(b"\n") + 1]
        if not sound and self._file >= 0:
            self._size = 0
            self._write(_line({"sweep": FORMAT, **attrs.asdict(parameters)}))
            return self._size
        first, *lines = sound.splitlines(keepends=True) or [b""]
        self._compare(path, first, parameters)
        for number, line in enumerate(lines, 2):
            values = _object(line)
            place = number - 2
            if place >= len(self._seeds) or values.get("seed") != self._seeds[place]:
                raise SweepError(path, f"line {number:,} is not the result of the next seed")
            self.done.append(values)
        torn = len(content) - len(sound)
        if torn:
            self.mended = f"The last line of the results was torn: its {torn} bytes are cut off."
        return len(sound)

    def _compare(self, path: Path, line: bytes, parameters: Parameters) -> None:
        """Was this file begun for the same sweep?"""
        found, wanted = _object(line), attrs.asdict(parameters)
        if found.get("sweep") != FORMAT:
            raise SweepError(path, "exists already and holds no results of a sweep")
        for key, word in _WORDS.items():
            mine = list(wanted[key]) if isinstance(wanted[key], tuple) else wanted[key]
            if found.get(key) != mine:
                there = visible(_said(found.get(key)))
                raise SweepError(
                    path, f"is of another sweep: its {word} {there}, here {visible(_said(mine))}"
                )

    def _write(self, line: bytes) -> None:
        try:
            os.ftruncate(self._file, self._size)
            written = 0
            while written < len(line):
                written += os.pwrite(self._file, line[written:], self._size + written)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.ftruncate(self._file, self._size)
            raise self._failed(error) from None
        self._size += len(line)

    def _failed(self, error: OSError | ValueError) -> SweepError:
        reason = os_reason(error) if isinstance(error, OSError) else str(error)
        return SweepError(self.path, f"cannot be written: {reason}")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SweepError(path, f"cannot be read: {os_reason(error)}") from None


def _line(values: dict[str, Any]) -> bytes:
    return json.dumps(values).encode("ascii") + b"\n"


def _object(line: bytes) -> Values:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        values = None
    return values if isinstance(values, dict) else {}


def _said(value: object) -> str:
    """A parameter in a message."""
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)[:80]
