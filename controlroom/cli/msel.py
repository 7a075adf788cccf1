"""`controlroom msel`: the list of injects out of a scenario, and back."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from controlroom.cli.groups import Commands
from controlroom.cli.types import ScenarioName

if TYPE_CHECKING:
    from types import ModuleType

MOST_BYTES: Final = 2 * 1024 * 1024
"""Of a list that is read; one of 2,000 injects has less."""

MOST_UNPACKED: Final = 32 * 1024 * 1024
"""Of what a workbook holds when it is unpacked."""

SHEET: Final = "MSEL"


@click.group(
    cls=Commands,
    invoke_without_command=True,
    epilog="""
    \b
    Examples:
      controlroom msel export knight-2012 -o injects.csv
      controlroom msel import injects.csv my-incident -o my-incident/injects.toml --force
    """,
)
@click.pass_context
def msel(context: click.Context) -> None:
    """Take a drill's injects into a spreadsheet, and back."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@msel.command(
    epilog="""
    \b
    Examples:
      controlroom msel export knight-2012 -o injects.csv
      controlroom msel export knight-2012 -o injects.xlsx
    """
)
@click.argument("scenario", type=ScenarioName())
@click.option("-o", "--output", type=Path, metavar="FILE", help="A .csv or .xlsx; else printed.")
@click.option("--force", is_flag=True, help="Write over FILE.")
def export(*, scenario: str, output: Path | None, force: bool) -> None:
    """Write the injects of a scenario's drill as a table.

    A row for each inject, with the columns that planners of exercises use. Without FILE, CSV goes
    to standard output. A workbook needs the extra `xlsx`.
    """
    from controlroom.cli.write import check_free, write_bytes
    from controlroom.runs.rehearsal import plan_of
    from controlroom.scenario import load_scenario
    from controlroom.scenario.msel import csv_of, rows_of

    loaded = load_scenario(scenario)
    plan_of(loaded)
    rows = rows_of(loaded)
    if output is None:
        click.echo(csv_of(rows), nl=False)
        return
    wants_workbook = _is_workbook(output)
    check_free(output, force=force)
    # Spreadsheets take a CSV without a mark for one in the system's own encoding.
    content = _workbook(rows) if wants_workbook else csv_of(rows).encode("utf-8-sig")
    write_bytes(output, content, force=force)
    click.echo(f"{len(rows) - 1} injects in {output}", err=True)


@msel.command(
    name="import",
    epilog="""
    \b
    Example:
      controlroom msel import injects.xlsx my-incident -o my-incident/injects.toml --force
    """,
)
@click.argument("table", type=Path, metavar="FILE")
@click.argument("scenario", type=ScenarioName())
@click.option("-o", "--output", type=Path, metavar="FILE", help="The injects.toml; else printed.")
@click.option("--force", is_flag=True, help="Write over it.")
def import_(*, table: Path, scenario: str, output: Path | None, force: bool) -> None:
    """Write a table of injects as a scenario's injects.toml.

    FILE is a .csv or .xlsx with the columns of `export`, in any order. It is checked against
    SCENARIO; what does not fit is named with its row and column, and nothing is written.
    """
    from controlroom.cli.write import check_free, write_whole
    from controlroom.runs.rehearsal import plan_of
    from controlroom.scenario import load_scenario
    from controlroom.scenario.msel import injects_in, rows_in, toml_of

    loaded = load_scenario(scenario)
    plan_of(loaded)
    content, name = _content(table), table.name
    if _is_workbook(table):
        rows = _rows_of_workbook(content, table)
    else:
        try:
            rows = rows_in(content.decode("utf-8-sig"), name)
        except UnicodeDecodeError as error:
            raise click.ClickException(f"{table} is not UTF-8 at byte {error.start:,}") from None
    injects = injects_in(rows, name, loaded)
    text = toml_of(injects, loaded)
    if output is None:
        click.echo(text, nl=False)
        return
    check_free(output, force=force)
    write_whole(output, text, force=force)
    click.echo(f"{len(injects)} injects in {output}", err=True)


def _is_workbook(path: Path) -> bool:
    """Whether the name says that it is one.

    Raises:
        BadParameter: when it says neither.
    """
    if path.suffix.casefold() not in (".csv", ".xlsx"):
        raise click.BadParameter(f"{path.name[:60]!r} should end in .csv or .xlsx")
    return path.suffix.casefold() == ".xlsx"


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise click.ClickException(f"there is no file {path}")
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise click.ClickException(f"{path} is larger than {MOST_BYTES // 1024 // 1024} MB")
    return content


def _openpyxl() -> ModuleType:
    try:
        import openpyxl
    except ImportError:
        said = "workbooks need openpyxl: pip install 'controlroom[xlsx]'; or use a .csv"
        raise click.ClickException(said) from None
    module: ModuleType = openpyxl
    return module


def _workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows as a workbook of one sheet; every cell is text, whatever it begins with."""
    book = _openpyxl().Workbook()
    sheet = book.active
    sheet.title = SHEET
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            cell = sheet.cell(number, place)
            cell.value = text
            cell.data_type = "s"
    sheet.freeze_panes = "C2"
    for place, width in enumerate((7, 24, 10, 28, 8, 24, 12, 32, 70, 40, 12, 24, 20, 8)):
        sheet.column_dimensions[chr(ord("A") + place)].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows_of_workbook(content: bytes, path: Path) -> list[list[str]]:
    """The rows of its first sheet, or of the one that is called MSEL."""
    library = _openpyxl()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(item.file_size for item in packed.infolist()) > MOST_UNPACKED:
                raise click.ClickException(f"{path} holds too much to be a list of injects")
        book = library.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        rows = [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        book.close()
    except click.ClickException:
        raise
    except Exception as error:  # noqa: BLE001 - the library raises anything on a broken file
        said = f"{path} cannot be read as a workbook: {type(error).__name__}"
        raise click.ClickException(said) from None
    return rows


def _cell(value: Any) -> str:
    """A cell as the text that it shows: times as HH:MM:SS, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.time):
        return value.strftime("%H:%M:%S")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
