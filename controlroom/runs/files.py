"""Writing a file so that nothing half-written ever stands under its name."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from controlroom.runs.errors import RunError, os_reason
from controlroom.scenario.text import visible


class FileError(RunError):
    """A file that cannot be written; the message says why."""


def check_free(path: Path, *, force: bool = False, how: str = "") -> None:
    """See that a file can be written there, before it is made.

    Args:
        path: where.
        force: whether it may be written over what stands there.
        how: what would do that, for the message.

    Raises:
        FileError: when it exists already, or its folder does not.
    """
    shown = visible(str(path))
    try:
        if path.is_dir():
            raise FileError(f"{shown} is a folder; name a file")
        if path.exists() and not force:
            raise _exists(shown, how)
        if path.exists() and not path.is_file():
            raise FileError(f"{shown} is no file that could be replaced")
        if not path.parent.is_dir():
            raise FileError(f"{shown} cannot be written: there is no folder {path.parent}")
    except (OSError, ValueError) as error:
        raise FileError(f"{shown} cannot be written: {_reason(error)}") from None


def write_whole(path: Path, content: str | bytes, *, force: bool = False, how: str = "") -> None:
    """Write a file all at once: it has all of the content, or is as it was before.

    Args:
        path: where.
        content: what.
        force: whether it may be written over what stands there.
        how: what would do that, for the message.

    Raises:
        FileError: when it could not be written, or came into being meanwhile.
    """
    shown = visible(str(path))
    made: str | None = None
    try:
        descriptor, made = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        Path(made).chmod(0o666 & ~_mask())
        if force:
            Path(made).replace(path)
        else:
            _name(Path(made), path)
    except FileExistsError:
        raise _exists(shown, how) from None
    except (OSError, ValueError) as error:
        raise FileError(f"{shown} cannot be written: {_reason(error)}") from None
    finally:
        if made is not None:
            with contextlib.suppress(OSError):
                Path(made).unlink()


def _exists(shown: str, how: str) -> FileError:
    return FileError(f"{shown} exists already; {how or 'name another file'}")


def _name(made: Path, path: Path) -> None:
    """Give a file its name, unless something has come into being there meanwhile."""
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without second names: claim the name, then put the file in its place.
        path.touch(exist_ok=False)
        made.replace(path)


def _mask() -> int:
    """What the user takes away from new files."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(error: OSError | ValueError) -> str:
    return os_reason(error) if isinstance(error, OSError) else str(error)
