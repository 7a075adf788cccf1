"""Writing a journal so that a kill, a full disk or a power cut leaves it whole.

A command is on the disk before it takes effect. Digests are handed to the system at once and reach
the disk with the next command or at the end. The step that a run has come to is one short line at
the end of the file which the next line is written over.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import secrets
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from controlroom.runs.errors import JournalError, os_reason
from controlroom.runs.journal import (
    Checked,
    End,
    Given,
    Header,
    Journal,
    Noted,
    Reached,
    line_of,
    read_journal,
)
from controlroom.runs.lock import lock

_FLAGS: Final = getattr(os, "O_CLOEXEC", 0)
_sync = getattr(os, "fdatasync", os.fsync)


class Writer:
    """The one writer of a journal.

    Attributes:
        path: the file.
    """

    def __init__(self, path: Path, file: int, kept: int) -> None:
        self.path = path
        self._file = file
        self._kept = kept
        self._size = kept
        self._owed = b""

    @classmethod
    def create(
        cls, place: Path, header: Header, entries: Iterable[Given | Checked | Noted] = ()
    ) -> Writer:
        """Begin a journal. Its name appears when all of this is on the disk, and not before.

        Args:
            place: a file that does not exist yet, or a folder in which a new file is named after
                the scenario, today's date and a number.
            header: the first line.
            entries: the lines after it, where the run takes over another one's.

        Raises:
            JournalError: when the file exists already or cannot be written.
        """
        draft, file = _draft(place)
        writer = cls(place, file, 0)
        try:
            _lock(place, file)
            writer._write(b"".join(map(line_of, (header, *entries))), sync=True)
            writer.path = _named(place, header.scenario, draft)
        except BaseException:
            writer.release()
            raise
        finally:
            with contextlib.suppress(OSError):
                draft.unlink()
        _sync_folder(writer.path.parent)
        return writer

    @classmethod
    def reopen(cls, path: Path) -> tuple[Writer, Journal]:
        """Go on with a journal. The first line that is written cuts off what was torn.

        Raises:
            JournalError: when another process writes it, or it cannot be read or written.
        """
        try:
            file = os.open(path, os.O_RDWR | _FLAGS)
        except FileNotFoundError:
            raise JournalError(path, "there is no such file") from None
        except (OSError, ValueError) as error:
            reason = os_reason(error) if isinstance(error, OSError) else str(error)
            raise JournalError(path, f"cannot be opened for writing: {reason}") from None
        try:
            _lock(path, file)
            # Read only now: another writer may have been at it until this moment.
            journal = read_journal(path)
        except BaseException:
            os.close(file)
            raise
        writer = cls(path, file, journal.kept)
        writer._size = os.fstat(file).st_size
        return writer, journal

    def command(self, given: Given) -> None:
        """Write a command; it is on the disk when this returns.

        Raises:
            JournalError: when it could not be written. Then nothing of it stands in the file.
        """
        self._write(line_of(given), sync=True)

    def note(self, entry: Checked | End | Noted, *, sync: bool = False) -> None:
        """Write a digest, a note or the end.

        Raises:
            JournalError: when it could not be written. It is written with the next line.
        """
        self._owed += line_of(entry)
        self._write(b"", sync=sync)

    def reached(self, step: int) -> None:
        """Say how far the run has come, over the last such line.

        Raises:
            JournalError: when it could not be written.
        """
        if self._owed:
            self._write(b"", sync=False)
        self._put(line_of(Reached(step)))

    def finish(self) -> None:
        """See that everything is on the disk.

        Raises:
            JournalError: when it could not be written.
        """
        self._write(b"", sync=True)

    def release(self) -> None:
        """Let go of the file; another process may write it now."""
        with contextlib.suppress(OSError):
            os.close(self._file)

    def _write(self, line: bytes, *, sync: bool) -> None:
        """Add what is owed and `line` to what is kept."""
        data = self._owed + line
        self._put(data)
        try:
            if sync:
                _sync(self._file)
        except OSError as error:
            self._cut()
            raise self._failed(error) from None
        self._kept += len(data)
        self._owed = b""

    def _put(self, data: bytes) -> None:
        """Write after what is kept, over anything that stands there."""
        if not data:
            return
        try:
            if self._kept + len(data) < self._size:
                os.ftruncate(self._file, self._kept)
            self._size = max(self._size, self._kept + len(data))
            done = 0
            while done < len(data):
                done += os.pwrite(self._file, data[done:], self._kept + done)
            self._size = self._kept + len(data)
        except OSError as error:
            self._cut()
            raise self._failed(error) from None

    def _cut(self) -> None:
        with contextlib.suppress(OSError):
            os.ftruncate(self._file, self._kept)
            self._size = self._kept

    def _failed(self, error: OSError) -> JournalError:
        return JournalError(self.path, f"cannot be written: {os_reason(error)}")


def _draft(place: Path) -> tuple[Path, int]:
    """A new file beside the one that is to be, open, under a name that no list shows."""
    try:
        if place.is_dir():
            folder = place
        elif os.path.lexists(place):
            raise _exists(place)
        else:
            folder = place.parent
        path = folder / f".{os.getpid()}-{secrets.token_hex(4)}.part"
        return path, os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _FLAGS, 0o666)
    except (OSError, ValueError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else str(error)
        raise JournalError(place, f"cannot be written: {reason}") from None


def _named(place: Path, scenario: str, draft: Path) -> Path:
    """Give a file its name, which nothing had before."""
    try:
        if not place.is_dir():
            _link(draft, place)
            return place
        # The date of the wall is for people who look for a file; nothing in a run knows it.
        stem = f"{scenario}-{time.strftime('%Y-%m-%d')}"
        for number in itertools.count(1):
            path = place / f"{stem}-{number}.jsonl"
            with contextlib.suppress(FileExistsError):
                _link(draft, path)
                return path
    except FileExistsError:
        raise _exists(place) from None
    except (OSError, ValueError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else str(error)
        raise JournalError(place, f"cannot be written: {reason}") from None
    raise AssertionError("there is always a next number")


def _link(draft: Path, path: Path) -> None:
    """Give a file a second name; the first one is taken away later.

    Raises:
        FileExistsError: when something has that name.
        OSError: when it cannot be given.
    """
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without second names: claim the name, then put the file in its place.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, 0o666))
        draft.replace(path)


def _exists(place: Path) -> JournalError:
    return JournalError(place, "exists already; a journal is never written over, name another file")


def _sync_folder(folder: Path) -> None:
    """See that the new name is on the disk too, where the system lets us."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _lock(path: Path, file: int) -> None:
    if not lock(file):
        raise JournalError(path, "is being played in another control room")
