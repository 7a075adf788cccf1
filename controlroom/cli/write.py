"""Writing a file so that nothing half-written ever stands under its name."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

import click

from controlroom.runs.errors import os_reason
from controlroom.scenario.text import visible


class WriteError(click.ClickException):
    """A file that cannot be written; the message says why."""


def check_free(path: Path, *, force: bool) -> None:
    """See that a file can be written there, before it is made.

    Raises:
        WriteError: when it exists already, or its folder does not.
    """
    shown = visible(str(path))
    try:
        if path.is_dir():
            raise WriteError(f"{shown} is a folder; name a file")
        if path.exists() and not force:
            raise WriteError(f"{shown} exists already; --force writes over it")
        if path.exists() and not path.is_file():
            raise WriteError(f"{shown} is no file that could be replaced")
        if not path.parent.is_dir():
            raise WriteError(f"{shown} cannot be written: there is no folder {path.parent}")
    except (OSError, ValueError) as error:
        raise WriteError(f"{shown} cannot be written: {_reason(error)}") from None


def write_whole(path: Path, text: str, *, force: bool) -> None:
    """Write a file all at once: it has all of the text, or is as it was before.

    Raises:
        WriteError: when it could not be written, or came into being meanwhile.
    """
    write_bytes(path, text.encode(), force=force)


def write_bytes(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file of bytes all at once, as `write_whole` does.

    Raises:
        WriteError: when it could not be written, or came into being meanwhile.
    """
    shown = visible(str(path))
    made: str | None = None
    try:
        descriptor, made = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(made).chmod(0o666 & ~_mask())
        if force:
            Path(made).replace(path)
        else:
            _name(Path(made), path)
    except FileExistsError:
        raise WriteError(f"{shown} exists already; --force writes over it") from None
    except (OSError, ValueError) as error:
        raise WriteError(f"{shown} cannot be written: {_reason(error)}") from None
    finally:
        if made is not None:
            with contextlib.suppress(OSError):
                Path(made).unlink()


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
