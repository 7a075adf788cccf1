"""Rows on their way into files: gathered in memory until they are many, then written as they come.

A run in which nobody does anything has some millions of executions; what is held of them at a time
is a hundred thousand rows.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Protocol, Self

import attrs
import numpy as np

from controlroom.runs.errors import RunError
from controlroom.runs.export.schema import TABLES, Column, Kind, Table
from controlroom.sim.arrays import Ints
from controlroom.sim.clock import MS_PER_STEP, Day
from controlroom.sim.start import PRICE_UNIT

if TYPE_CHECKING:
    import pyarrow as pa

Rows = Mapping[str, Sequence[Any] | Ints]
"""Values by column, all of one length. Money is in hundredths of a cent, a time is its step."""

MANY: Final = 100_000
"""Rows after which they are written."""

FORMS: Final = ("parquet", "csv")
"""What can be written; also the endings of the files."""

CENTS: Final = 4
"""Decimals of a dollar that money has: hundredths of a cent."""


class Sheet(Protocol):
    """A file that takes rows of one table."""

    def write(self, rows: Rows) -> None:
        """Write rows."""

    def close(self) -> None:
        """End the file, and see that it is on the disk."""

    def abandon(self) -> None:
        """Write no more, not even an end."""


class Sheets:
    """The files of a run, in one folder.

    Attributes:
        counts: rows so far, by table.
    """

    def __init__(self, folder: Path, form: str, day: Day, about: Mapping[str, str]) -> None:
        """Begin a file for each table.

        Args:
            folder: where they go.
            form: one of `FORMS`.
            day: that steps belong to.
            about: what each file says of the run, where the form has a place for that.

        Raises:
            RunError: when what a form needs is not installed.
            OSError: when a file cannot be written.
        """
        self.counts = dict.fromkeys((table.name for table in TABLES), 0)
        self._waiting: dict[str, list[Rows]] = {table.name: [] for table in TABLES}
        self._gathered = dict(self.counts)
        self._files = ExitStack()
        self._sheets: dict[str, Sheet] = {}
        begin = _parquet if form == "parquet" else _csv
        try:
            for table in TABLES:
                file = self._files.enter_context((folder / f"{table.name}.{form}").open("wb"))
                self._sheets[table.name] = begin(file, table, day, about)
        except BaseException:
            self.__exit__()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for sheet in self._sheets.values():
            sheet.abandon()
        # What had to be on the disk was seen there by `finish`.
        with suppress(OSError):
            self._files.close()

    def add(self, table: str, rows: Rows) -> None:
        """Take rows of a table."""
        count = len(rows["step"] if "step" in rows else next(iter(rows.values())))
        self.counts[table] += count
        self._gathered[table] += count
        self._waiting[table].append(rows)
        if self._gathered[table] >= MANY:
            self._write(table)

    def finish(self) -> None:
        """Write what is left, and end every file.

        Raises:
            OSError: when that is not possible.
        """
        for table, sheet in self._sheets.items():
            self._write(table)
            sheet.close()

    def _write(self, table: str) -> None:
        waiting, self._waiting[table] = self._waiting[table], []
        self._gathered[table] = 0
        if waiting:
            names = waiting[0].keys()
            self._sheets[table].write({name: _joined(waiting, name) for name in names})


def _joined(parts: Sequence[Rows], name: str) -> Sequence[Any] | Ints:
    """A column of several parts, one after the other."""
    first = parts[0][name]
    if len(parts) == 1:
        return first
    if isinstance(first, np.ndarray):
        return np.concatenate([part[name] for part in parts])
    return [value for part in parts for value in part[name]]


# --- CSV ------------------------------------------------------------------------------------------


@attrs.frozen
class _Csv:
    """A file of comma-separated values; what is missing is empty."""

    file: BinaryIO
    columns: tuple[Column, ...]
    day: Day

    def write(self, rows: Rows) -> None:
        """Write rows."""
        shown = [list(_shown(rows[column.name], column, self.day)) for column in self.columns]
        text = _Lines()
        csv.writer(text, lineterminator="\n").writerows(zip(*shown, strict=True))
        self.file.write("".join(text.lines).encode())

    def close(self) -> None:
        """See that it is on the disk."""
        _to_disk(self.file)

    def abandon(self) -> None:
        """It has no end of its own."""


class _Lines:
    """What the writer of the standard library writes to."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.write = self.lines.append


def _csv(file: BinaryIO, table: Table, day: Day, about: Mapping[str, str]) -> Sheet:  # noqa: ARG001 - the other form's
    file.write(",".join(column.name for column in table.columns).encode() + b"\n")
    return _Csv(file, table.columns, day)


def _shown(values: Sequence[Any] | Ints, column: Column, day: Day) -> Iterator[object]:
    """A column as text where its values are not what they look like."""
    plain = values.tolist() if isinstance(values, np.ndarray) else values
    write = _AS_TEXT.get(column.kind)
    if write is None:
        return iter(plain)
    if column.kind is Kind.TIME:
        return (_clock(day.clock_at(step)) for step in plain)
    return map(write, plain)


def _clock(clock: int) -> str:
    """`09:30:00.250` of milliseconds since midnight."""
    whole, ms = divmod(clock, 1000)
    minutes, seconds = divmod(whole, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}.{ms:03d}"


def _dollars(value: int) -> str:
    """Dollars with all four decimals of hundredths of a cent."""
    whole, rest = divmod(abs(value), PRICE_UNIT)
    return f"{'-' if value < 0 else ''}{whole}.{rest:0{CENTS}d}"


_AS_TEXT: Final[dict[Kind, Callable[[Any], str]]] = {
    Kind.MONEY: _dollars,
    Kind.TIME: _clock,
    Kind.TRUTH: lambda value: "true" if value else "false",
}


# --- Parquet --------------------------------------------------------------------------------------


@attrs.frozen
class _Parquet:
    """A Parquet file, a row group for each time that rows are written."""

    file: BinaryIO
    writer: Any
    schema: Any
    columns: tuple[Column, ...]
    day: Day

    def write(self, rows: Rows) -> None:
        """Write rows."""
        import pyarrow as pa

        arrays = [_array(rows[column.name], column, self.day) for column in self.columns]
        self.writer.write_table(pa.Table.from_arrays(arrays, schema=self.schema))

    def close(self) -> None:
        """Write the end of the file, and see that it is on the disk."""
        self.writer.close()
        _to_disk(self.file)

    def abandon(self) -> None:
        """Keep the writer from trying again when it is collected."""
        if self.writer.is_open:
            with suppress(OSError, ValueError):
                self.writer.close()
            self.writer.is_open = False


def _parquet(file: BinaryIO, table: Table, day: Day, about: Mapping[str, str]) -> Sheet:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise RunError(
            "Parquet needs pyarrow: pip install 'controlroom[export]'; --to csv needs nothing"
        ) from None
    fields = [
        pa.field(column.name, _type(column), column.optional, {"unit": column.unit or "none"})
        for column in table.columns
    ]
    schema = pa.schema(fields, {"row": table.row, **about})
    writer = parquet.ParquetWriter(file, schema, compression="zstd")
    return _Parquet(file, writer, schema, table.columns, day)


def _type(column: Column) -> pa.DataType:
    import pyarrow as pa

    return {
        Kind.WHOLE: pa.int64(),
        Kind.MONEY: pa.decimal128(18, CENTS),
        Kind.TIME: pa.time32("ms"),
        Kind.TEXT: pa.string(),
        Kind.TRUTH: pa.bool_(),
    }[column.kind]


def _array(values: Sequence[Any] | Ints, column: Column, day: Day) -> pa.Array:
    """A column as Arrow holds it."""
    import pyarrow as pa

    if column.kind is Kind.MONEY:
        return _decimals(np.asarray(values, np.int64))
    if column.kind is Kind.TIME:
        clock = np.asarray(values, np.int64) * MS_PER_STEP + day.begins
        return pa.array(clock.astype(np.int32), pa.time32("ms"))
    return pa.array(values, _type(column))


def _decimals(units: Ints) -> pa.Array:
    """Whole hundredths of a cent as decimals: 128 bits each, the lower half first."""
    import pyarrow as pa

    halves = np.empty((len(units), 2), "<i8")
    halves[:, 0], halves[:, 1] = units, units >> 63
    buffer = pa.py_buffer(halves.tobytes())
    return pa.Array.from_buffers(pa.decimal128(18, CENTS), len(units), [None, buffer])


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
