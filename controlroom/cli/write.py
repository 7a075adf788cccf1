"""Files that a command was asked to write: whole or not at all, and said in a line if not."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from controlroom.runs import files

_HOW: Final = "--force writes over it"


class WriteError(click.ClickException):
    """A file that cannot be written; the message says why."""


def check_free(path: Path, *, force: bool) -> None:
    """See that a file can be written there, before it is made.

    Raises:
        WriteError: when it exists already, or its folder does not.
    """
    try:
        files.check_free(path, force=force, how=_HOW)
    except files.FileError as error:
        raise WriteError(str(error)) from None


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
    try:
        files.write_whole(path, content, force=force, how=_HOW)
    except files.FileError as error:
        raise WriteError(str(error)) from None
