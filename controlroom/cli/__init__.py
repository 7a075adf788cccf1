"""The command line. Nothing heavy is imported before a command has been chosen."""

from __future__ import annotations

import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """What `controlroom` and `python -m controlroom` do."""
    from controlroom.cli.interrupts import listen

    listen()
    _fill_closed_streams()
    from controlroom.cli.app import run

    sys.exit(run(sys.argv[1:]))


def _fill_closed_streams() -> None:
    """Put nothing where a standard stream was closed: else a journal would take its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            file = os.open(os.devnull, os.O_RDWR)
            if file != number:
                os.dup2(file, number)
                os.close(file)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8"))
