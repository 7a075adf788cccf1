"""`controlroom compare`: up to four runs laid over each other."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from controlroom.cli.types import OneOf

if TYPE_CHECKING:
    from controlroom.runs.comparison import Comparison, Point

WHAT: Final = {"loss": "loss", "gross": "gross position", "rate": "loss a minute"}
"""What can be drawn, and in which words."""

ROWS: Final = (
    "loss_usd",
    "contained_at",
    "gross_peak_usd",
    "executions",
    "stocks",
    "first_command_at",
    "declared_at",
    "lost_orders",
)
"""Figures of a result that are shown side by side."""

_MINUTES: Final = (1, 2, 5, 10, 15, 30, 60)
_MOST_ROWS: Final = 24
_WIDEST: Final = 120


@click.command(
    epilog="""
    \b
    Examples:
      controlroom compare my-run.jsonl panic.jsonl
      controlroom compare a.jsonl b.jsonl c.jsonl d.jsonl --plot gross
      controlroom compare my-run.jsonl panic.jsonl --json > both.json
    """
)
@click.argument("journals", nargs=-1, required=True, metavar="JOURNAL...", type=Path)
@click.option("--table", "as_table", is_flag=True, help="Only the tables, no plot.")
@click.option(
    "--plot",
    type=OneOf("curve", tuple(WHAT)),
    default="loss",
    help="What is drawn: loss, gross position, or the rate at which money goes.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
def compare(*, journals: tuple[Path, ...], as_table: bool, plot: str, as_json: bool) -> None:
    """Lay up to four runs over each other: loss, gross position, rate and commands.

    Each JOURNAL is folded again. They may differ in everything but the scenario.
    """
    from controlroom.cli.progress import Progress
    from controlroom.runs.comparison import compare as fold
    from controlroom.runs.comparison import comparison_values

    with Progress("folding the runs") as progress:
        comparison = fold(journals, progress)
    if as_json:
        click.echo(json.dumps(comparison_values(comparison)))
        return
    for block in _blocks(comparison, None if as_table else plot):
        for line in block:
            click.echo(line)


def _blocks(comparison: Comparison, plot: str | None) -> Iterator[Iterator[str]]:
    """Everything that is printed, with an empty line between two parts."""
    yield _runs(comparison)
    yield _results(comparison)
    if plot:
        yield _plot(comparison, plot)
    yield _minutes(comparison)
    yield _commands(comparison)


def _runs(comparison: Comparison) -> Iterator[str]:
    """Which letter is which run."""
    from controlroom.cli.listing import columns
    from controlroom.scenario import visible

    day = comparison.scenario.day
    rows = []
    for run in comparison.runs:
        header = run.header
        state = f"{run.clock} {run.result.ended or 'not over'}"
        origin = ""
        if header.forked_from:
            origin = f"forked from {visible(header.forked_from)} at {day.text(header.forked_at)}"
        controls = f"with {', '.join(header.controls)}" if header.controls else ""
        more = "; ".join(filter(None, (origin, controls)))
        who = (f"seed {header.seed}", header.mode, run.who, state)
        rows.append((run.letter, visible(str(run.path)), *who, more))
    yield f"{comparison.scenario.title}"
    yield from columns(rows)


def _results(comparison: Comparison) -> Iterator[str]:
    """What each run came to."""
    from controlroom.cli.listing import columns
    from controlroom.runs.results import LABELS, shown

    rows = [("", *(run.letter for run in comparison.runs))]
    for name in ROWS:
        values = (shown(name, getattr(run.result, name)) for run in comparison.runs)
        rows.append((LABELS[name], *values))
    rows.append(("commands", *(str(len(run.commands)) for run in comparison.runs)))
    yield ""
    yield from columns(rows, right=1)


def _plot(comparison: Comparison, what: str) -> Iterator[str]:
    """One of the curves of every run."""
    from controlroom.cli.chart import chart

    curves = {
        run.letter: [(point.step, _value(point, what)) for point in run.points]
        for run in comparison.runs
    }
    day = comparison.scenario.day
    encoding = (sys.stdout.encoding or "").casefold()
    yield ""
    yield f"{WHAT[what]}, dollars"
    yield from chart(
        curves,
        comparison.storm,
        width=min(shutil.get_terminal_size().columns, _WIDEST),
        rows=16,
        value_text=dollars,
        step_text=lambda step: day.text(step)[:5],
        plain="utf" not in encoding,
        coloured=sys.stdout.isatty(),
    )


def _minutes(comparison: Comparison) -> Iterator[str]:
    """Loss, gross position and rate at some full minutes."""
    from controlroom.cli.listing import columns
    from controlroom.sim.clock import STEPS_PER_MINUTE

    begin, end = comparison.storm
    length = (end - begin) // STEPS_PER_MINUTE
    every = next((each for each in _MINUTES if length // each <= _MOST_ROWS), _MINUTES[-1])
    day, runs = comparison.scenario.day, comparison.runs
    titles = [f"{word} {run.letter}" for word in ("loss", "gross", "a minute") for run in runs]
    rows = [("", *titles)]
    for step in range(begin, end + 1, every * STEPS_PER_MINUTE):
        points = [run.at(step) for run in runs]
        cells = [dollars(_value(point, what)) if point else "" for what in WHAT for point in points]
        rows.append((day.text(step), *cells))
    yield ""
    yield from columns(rows, right=1)


def _commands(comparison: Comparison) -> Iterator[str]:
    """Every command, with the letters of the runs that gave it."""
    from controlroom.scenario import visible

    day, many = comparison.scenario.day, len(comparison.runs)
    yield ""
    for act in comparison.acts:
        who = "".join(run.letter if run.letter in act.letters else " " for run in comparison.runs)
        yield f"{day.text(act.step)}  {who:<{many}}  {visible(act.text)}"


def _value(point: Point, what: str) -> int:
    """One of the figures of a point."""
    return {"loss": point.loss, "gross": point.gross, "rate": point.rate}[what]


def dollars(value: int) -> str:
    """Dollars in at most seven cells: `412 M`, `-1.93 M`, `3.50 bn`, `640 k`."""
    size, lead = abs(value), "-" if value < 0 else ""
    for unit, name in ((10**9, "bn"), (10**6, "M"), (10**3, "k")):
        if size * 2 >= unit * 2 - unit // 1000:
            scaled = size / unit
            digits = 2 if scaled < 9.995 else 1 if scaled < 99.95 else 0
            return f"{lead}{scaled:.{digits}f} {name}"
    return f"{lead}{size}"
