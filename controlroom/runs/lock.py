"""One writer for a journal, as long as the system knows locks on files."""

from __future__ import annotations

import errno
import time
from typing import Any, Final

_BUSY: Final = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK}
_TRIES: Final = 5


def _locks() -> Any:
    """The system's file locks, or None where it has none: then two writers are not kept apart."""
    try:
        import fcntl
    except ImportError:
        return None
    return fcntl


_fcntl: Final = _locks()


def lock(file: int) -> bool:
    """Keep other writers away for as long as the file is open; False when there is one."""
    for _ in range(_TRIES):
        if not _held(file, alone=True):
            return True
        time.sleep(0.02)  # whoever lists the runs holds it for a moment
    return False


def is_locked(file: int) -> bool:
    """Whether another process is writing the open file."""
    if _held(file, alone=False):
        return True
    if _fcntl is not None:
        _fcntl.flock(file, _fcntl.LOCK_UN)
    return False


def _held(file: int, *, alone: bool) -> bool:
    """Try to take the lock; whether somebody else has it."""
    if _fcntl is None:
        return False
    kind = _fcntl.LOCK_EX if alone else _fcntl.LOCK_SH
    try:
        _fcntl.flock(file, kind | _fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in _BUSY  # anything else is a file system without locks
    return False
