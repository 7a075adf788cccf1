"""The command line. Nothing heavy is imported before a command has been chosen."""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """What `controlroom` and `python -m controlroom` do."""
    from controlroom.cli.app import run

    sys.exit(run(sys.argv[1:]))
