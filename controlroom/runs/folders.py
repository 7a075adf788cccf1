"""Writing a folder of files so that nothing half-made ever stands under its name."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from controlroom.runs.errors import os_reason
from controlroom.runs.files import FileError
from controlroom.scenario.text import visible


def check_folder(folder: Path, *, force: bool, how: str) -> None:
    """See that a folder can be made there, before its files are.

    Args:
        folder: where.
        force: whether files of the same names that stand there may be written over.
        how: what would do that, for the message.

    Raises:
        FileError: when it exists already, or cannot be made.
    """
    shown = visible(str(folder))
    try:
        if folder.exists() and not folder.is_dir():
            raise FileError(f"{shown} is a file; name a folder")
        if folder.is_dir() and not force:
            raise FileError(f"{shown} exists already; {how}")
        if not folder.absolute().parent.is_dir():
            raise FileError(f"{shown} cannot be made: there is no folder {folder.parent}")
    except (OSError, ValueError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else str(error)
        raise FileError(f"{shown} cannot be made: {reason}") from None


@contextlib.contextmanager
def whole_folder(folder: Path, *, force: bool, how: str) -> Iterator[Path]:
    """A folder to make files in; they get their place when the block has ended without an error.

    A new folder comes into being with all of them. In one that is there, with `force`, each takes
    the place of its namesake, whole; what else lies there stays as it is.

    Raises:
        FileError: when they cannot be written, or something has come into being there meanwhile.
    """
    check_folder(folder, force=force, how=how)
    shown = visible(str(folder))
    place = folder if folder.is_dir() else folder.absolute().parent
    made: Path | None = None
    try:
        made = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=place))
        yield made
        if folder.is_dir():
            check_folder(folder, force=force, how=how)
            for file in sorted(made.iterdir()):
                file.replace(folder / file.name)
        else:
            made.chmod(0o777 & ~_mask())
            made.rename(folder)
    except OSError as error:
        raise FileError(f"{shown} cannot be written: {os_reason(error)}") from None
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)


def _mask() -> int:
    """What the user takes away from new folders."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
