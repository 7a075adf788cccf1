"""A table of improvements: written after a drill, filled in, and read before the next one.

People fill it in with a spreadsheet, so commas may have become semicolons on the way.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from controlroom.runs.errors import RunError, os_reason
from controlroom.scenario import visible
from controlroom.scenario.msel import rows_in
from controlroom.sim.commands.carried import BETWEEN
from controlroom.sim.commands.grammar import MAX_TEXT
from controlroom.sim.drill import MOST_CARRIED

COLUMNS: Final = ("what", "owner", "date", "evidence")

MOST_BYTES: Final = 256 * 1024


def carried_from(path: Path) -> tuple[str, ...]:
    """The lines of a table that say what is to be better, as the command `carry` takes them.

    Raises:
        RunError: when it cannot be read, is no such table, says nothing, or too much to keep in
            mind.
    """
    shown = visible(str(path))
    rows = _rows(path, shown)
    heads = [cell.strip().casefold() for cell in rows[0]] if rows else []
    if "what" not in heads:
        wanted = ",".join(COLUMNS)
        raise RunError(f"{shown} has no column `what`; its first line should be {wanted}")
    places = [heads.index(name) if name in heads else -1 for name in COLUMNS[:3]]
    found = [[_cell(row, place) for place in places] for row in rows[1:]]
    lines = [f" {BETWEEN} ".join(cells).rstrip(f" {BETWEEN}") for cells in found if cells[0]]
    if not lines:
        raise RunError(f"{shown} says nowhere what is to be better: fill in its first column")
    if len(lines) > MOST_CARRIED:
        raise RunError(
            f"{shown} has {len(lines)} improvements; {MOST_CARRIED} at most can be watched for: "
            "leave the best three"
        )
    long = next((number for number, line in enumerate(lines, 1) if len(line) > MAX_TEXT), 0)
    if long:
        said = f"improvement {long} is longer than {MAX_TEXT} signs; say it shorter"
        raise RunError(f"{shown}: {said}")
    return tuple(lines)


def _rows(path: Path, shown: str) -> list[list[str]]:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise RunError(f"{shown} is larger than {MOST_BYTES // 1024} KB")
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise RunError(f"{shown} cannot be read: {os_reason(error)}") from None
    except UnicodeDecodeError:
        raise RunError(f"{shown} is no UTF-8 text; save it as CSV UTF-8") from None
    first, _, _ = text.partition("\n")
    return rows_in(text, shown, between=";" if ";" in first and "," not in first else ",")


def _cell(row: list[str], place: int) -> str:
    """A cell on one line, without what stands between the parts of a command."""
    cell = row[place] if 0 <= place < len(row) else ""
    return visible(" ".join(cell.replace(BETWEEN, "/").split()))
