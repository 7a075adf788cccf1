"""What was typed at the prompt, kept from one run to the next: a plain text file of lines.

It lies in the person's state folder, newest line last. A file that cannot be read counts as empty,
one that cannot be written is not worth a word: the history then ends with the program.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Final

from platformdirs import user_state_path

from controlroom.sim.commands.grammar import MAX_TEXT
from controlroom.tui.editor import History

MOST_BYTES: Final = 64 * 1024
"""Of the file; when it has grown beyond that, the older half is dropped."""

_FILE: Final = "typed.txt"


def typed_path() -> Path:
    """Where the file lies."""
    return user_state_path("controlroom", appauthor=False) / _FILE


def remembered(path: Path | None = None) -> History:
    """A history that begins with the kept lines and keeps those that are added."""
    path = path or typed_path()
    return History(load_lines(path), keep=lambda line: keep_line(line, path))


def load_lines(path: Path) -> list[str]:
    """The kept lines, oldest first; what is no line of a prompt is left out."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - MOST_BYTES))
            content = file.read(MOST_BYTES)
    except OSError:
        return []
    if size > MOST_BYTES:
        content = content[content.find(b"\n") + 1 :]
    lines = content.decode("utf-8", "replace").split("\n")
    return [line for line in lines if line.strip() and line.isprintable() and len(line) <= MAX_TEXT]


def keep_line(line: str, path: Path) -> None:
    """Add a line to the file."""
    if not line.isprintable():
        return
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        # Others at this machine need not read what was typed.
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(file, f"{line}\n".encode())
            grown = os.fstat(file).st_size > MOST_BYTES
        finally:
            os.close(file)
        if grown:
            _drop_older_half(path)


def _drop_older_half(path: Path) -> None:
    lines = load_lines(path)
    new = path.with_suffix(".new")
    new.write_text("".join(f"{line}\n" for line in lines[len(lines) // 2 :]), encoding="utf-8")
    new.chmod(0o600)
    new.replace(path)
