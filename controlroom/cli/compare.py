"""`controlroom compare`: up to four runs laid over each other."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from controlroom.cli.types import JournalFile, OneOf

if TYPE_CHECKING:
    from controlroom.runs.comparison import Comparison, Point

WHAT: Final = {"loss": "loss", "gross": "gross position", "rate": "loss a minute"}
"""What can be drawn, and in which words."""

_SHORT: Final = {"loss": "loss", "gross": "gross", "rate": "a minute"}

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

UNSOLD: Final = "loss when flat, or if all were sold"
"""What the loss is called where not every run is flat."""

EXIT_UNSOUND: Final = 1

_MINUTES: Final = (1, 2, 5, 10, 15, 30, 60)
_MOST_ROWS: Final = 24
_WIDEST: Final = 120


@click.command(
    epilog="""
    \b
    Examples:
      controlroom compare my-run.jsonl panic.jsonl
      controlroom compare a.jsonl b.jsonl c.jsonl d.jsonl --plot gross
      controlroom compare my-run.jsonl panic.jsonl --from 09:30 --until 09:50
      controlroom compare my-run.jsonl panic.jsonl --json > both.json

    A journal that was cut off or edited, or is of another version, is compared as far as it is
    sound; what is wrong with it is said, and the exit code is 1.
    """
)
@click.argument("journals", nargs=-1, required=True, metavar="JOURNAL...", type=JournalFile())
@click.option("--table", "as_table", is_flag=True, help="Only the tables, no plot.")
@click.option(
    "--plot",
    type=OneOf("curve", tuple(WHAT)),
    default="loss",
    help="What is drawn: loss, gross position, or the rate at which money goes.",
)
@click.option(
    "--from",
    "begin",
    metavar="HH:MM",
    help="Where the plot, the minutes and the commands begin; else at the open.",
)
@click.option(
    "--until", "end", metavar="HH:MM", help="Where they end; else some time after the storm."
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
@click.pass_context
def compare(
    context: click.Context,
    *,
    journals: tuple[Path, ...],
    as_table: bool,
    plot: str,
    begin: str | None,
    end: str | None,
    as_json: bool,
) -> None:
    """Lay up to four runs over each other.

    Loss, gross position, rate of the loss, and commands. Each JOURNAL is folded again. They may
    differ in everything but the scenario.
    """
    from controlroom.cli.progress import Progress
    from controlroom.runs.comparison import compare as fold
    from controlroom.runs.comparison import comparison_values
    from controlroom.scenario import visible

    with Progress("folding the runs") as progress:
        comparison = fold(journals, progress)
    if as_json:
        click.echo(json.dumps(comparison_values(comparison)))
    else:
        window = _window(comparison, begin, end)
        for block in _blocks(comparison, None if as_table else plot, window):
            for line in block:
                click.echo(line)
    for run in comparison.runs:
        for note in run.notes:
            click.echo(f"{run.letter}  {visible(str(run.path))}: {note}", err=True)
    if not all(run.sound for run in comparison.runs):
        context.exit(EXIT_UNSOUND)


class Window(NamedTuple):
    """The part of the day that is shown.

    Attributes:
        begin: step of a full minute.
        end: another one, after it.
        chosen: whether somebody asked for it; then the commands are those of it alone.
    """

    begin: int
    end: int
    chosen: bool


def _window(comparison: Comparison, begin: str | None, end: str | None) -> Window:
    """The part that was asked for, or what is worth showing.

    Raises:
        UsageError: when it is none.
    """
    from controlroom.sim.clock import STEPS_PER_MINUTE

    day, (first, last) = comparison.scenario.day, comparison.storm
    for option, said in (("--from", begin), ("--until", end)):
        if said is None:
            continue
        try:
            step = day.parse(said)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint=f"'{option}'") from None
        if option == "--from":
            first = step - step % STEPS_PER_MINUTE
        else:
            last = step + -step % STEPS_PER_MINUTE
    if first >= last:
        raise click.UsageError(f"from {day.text(first)} until {day.text(last)} there is nothing")
    return Window(first, last, chosen=begin is not None or end is not None)


def _blocks(comparison: Comparison, plot: str | None, window: Window) -> Iterator[Iterator[str]]:
    """Everything that is printed, with an empty line between two parts."""
    yield _runs(comparison)
    yield _results(comparison)
    if plot:
        yield _plot(comparison, plot, window)
    yield _minutes(comparison, window)
    yield _commands(comparison, window)


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
        stressors = f"under {', '.join(header.stressors)}" if header.stressors else ""
        console = f"on the {header.console} console" if header.console else ""
        more = "; ".join(filter(None, (origin, controls, stressors, console)))
        who = (f"seed {header.seed}", header.mode, run.who, state)
        rows.append((run.letter, visible(str(run.path)), *who, more))
    yield f"{comparison.scenario.title}"
    yield from columns(rows)


def _results(comparison: Comparison) -> Iterator[str]:
    """What each run came to."""
    from controlroom.cli.listing import columns
    from controlroom.runs.results import LABELS, shown

    rows = [("", *(run.letter for run in comparison.runs))]
    unsold = any(not run.result.flat for run in comparison.runs)
    labels = {**LABELS, "loss_usd": UNSOLD} if unsold else LABELS
    for name in ROWS:
        values = (shown(name, getattr(run.result, name)) for run in comparison.runs)
        rows.append((labels[name], *values))
    rows.append(("commands", *(str(len(run.commands)) for run in comparison.runs)))
    yield ""
    yield from columns(rows, right=1)


def _plot(comparison: Comparison, what: str, window: Window) -> Iterator[str]:
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
        (window.begin, window.end),
        width=_width(),
        rows=16,
        value_text=dollars,
        step_text=lambda step: day.text(step)[:5],
        plain="utf" not in encoding,
        coloured=sys.stdout.isatty(),
    )


def _minutes(comparison: Comparison, window: Window) -> Iterator[str]:
    """Loss, gross position and rate at some full minutes, beside each other where there is room."""
    from controlroom.cli.listing import columns
    from controlroom.sim.clock import STEPS_PER_MINUTE

    length = (window.end - window.begin) // STEPS_PER_MINUTE
    every = next((each for each in _MINUTES if length // each <= _MOST_ROWS), _MINUTES[-1])
    steps = range(window.begin, window.end + 1, every * STEPS_PER_MINUTE)

    def table(figures: tuple[str, ...]) -> list[str]:
        day, runs = comparison.scenario.day, comparison.runs
        rows = [("", *(f"{_SHORT[what]} {run.letter}" for what in figures for run in runs))]
        for step in steps:
            points = [run.at(step) for run in runs]
            cells = (
                dollars(_value(point, what)) if point else ""
                for what in figures
                for point in points
            )
            rows.append((day.text(step), *cells))
        return columns(rows, right=1)

    whole = table(tuple(WHAT))
    if max(map(len, whole)) <= _width():
        yield from ("", *whole)
        return
    for what in WHAT:
        yield from ("", *table((what,)))


def _width() -> int:
    """Columns that there are, as far as they are of use."""
    return min(shutil.get_terminal_size().columns, _WIDEST)


def _commands(comparison: Comparison, window: Window) -> Iterator[str]:
    """The commands, with the letters of the runs that gave them."""
    from controlroom.scenario import visible

    day, many = comparison.scenario.day, len(comparison.runs)
    yield ""
    for act in comparison.acts:
        if window.chosen and not window.begin <= act.step <= window.end:
            continue
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
