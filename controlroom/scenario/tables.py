"""`stocks.csv` and `orders.csv`: rows into frozen classes, errors with line and column.

Prices are written in dollars, sigma in percent, pace in lots a second, times as `HH:MM:SS`. Rows
are many, so a row is read by plain code in the order of its columns; only a row that fails is
looked at column by column.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NoReturn, TypeVar

from controlroom.scenario.errors import Problem, one_of
from controlroom.scenario.text import quoted, visible
from controlroom.sim.start import PRICE_UNIT, Evidence, FlaggedOrder, Stock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from controlroom.sim.clock import Day

MOST_STOCKS: Final = 5_000
MOST_ORDERS: Final = 100_000
_MOST_PROBLEMS: Final = 20
"""Problems of one table that are worth reading."""

STOCK_COLUMNS: Final = (
    "symbol",
    "status",
    "note",
    "venue",
    "prev_close",
    "open",
    "adv",
    "sigma",
    "spread",
    "pace",
)
ORDER_COLUMNS: Final = ("time", "stock", "side", "shares", "auction")

_SYMBOL: Final = re.compile(r"[A-Z][A-Z0-9./-]{0,11}")
_SIDES: Final = {"buy": 1, "sell": -1}
_AUCTION: Final = {"1": True, "0": False}
_STATUS: Final[Mapping[str, Evidence]] = {member.value: member for member in Evidence}
_MOST_PRICE: Final = 100_000 * PRICE_UNIT
_MOST_NOTE: Final = 200

BOUNDS: Final = {
    "prev_close": (PRICE_UNIT, 1, _MOST_PRICE),
    "open": (PRICE_UNIT, 1, _MOST_PRICE),
    "adv": (1, 100, 10**10),
    "sigma": (100, 1, 10_000),
    "spread": (PRICE_UNIT, 1, _MOST_PRICE),
    "pace": (1000, 1, 1_000_000),
    "shares": (1, 1, 1_000_000),
}
"""Column -> units of the model in one of the table's, and the bounds in those units."""

_WORDS: Final = {
    "symbol": "capital letters, digits, dots, at most 12",
    "status": one_of(_STATUS),
    "note": f"text, at most {_MOST_NOTE} characters",
    "venue": "the name of a venue",
    "time": "a time of the scenario's day, `HH:MM:SS`",
    "stock": "a symbol of stocks.csv",
    "side": one_of(_SIDES),
    "auction": one_of(_AUCTION),
}


def column_says(column: str) -> str:
    """What a column of either table must hold."""
    return _WORDS[column] if column in _WORDS else _span(column)


def _span(column: str) -> str:
    """The numbers that a column may hold."""
    scale, least, most = BOUNDS[column]
    places = len(str(scale)) - 1
    low, high = Decimal(least) / scale, Decimal(most) / scale
    decimals = f" with at most {places} decimals" if places else ", whole"
    return f"a number from {low:f} to {high:,f}{decimals}"


T = TypeVar("T")


class ColumnError(ValueError):
    """A value that does not fit its column.

    Attributes:
        column: name of the column.
        wrong: what it is.
        expected: says what would be right; asked only for what is shown, since the nearest of
            thousands of names takes a while to find.
    """

    def __init__(self, column: str, wrong: str, expected: Callable[[], str]) -> None:
        self.column = column
        self.wrong = wrong
        self.expected = expected
        super().__init__(f"{column} {wrong}")


def read_stocks(
    file: str, text: str, venues: Sequence[str], problems: list[Problem]
) -> tuple[Stock, ...]:
    """The stocks of a table, in its order; rows that do not fit go to `problems`."""
    rows = _rows(file, text, STOCK_COLUMNS, MOST_STOCKS, problems)
    seen: dict[str, int] = {}

    def stock(line: int, row: list[str]) -> Stock:
        made = _stock(row, venues)
        if made.symbol in seen:
            _refuse(
                "symbol", f"is {made.symbol} again, as in line {seen[made.symbol]}", "each once"
            )
        seen[made.symbol] = line
        return made

    return _read(file, rows, stock, problems)


def read_orders(
    file: str, text: str, stocks: Sequence[Stock], day: Day, problems: list[Problem]
) -> tuple[FlaggedOrder, ...]:
    """The flagged orders of a table, by arrival; rows that do not fit go to `problems`."""
    rows = _rows(file, text, ORDER_COLUMNS, MOST_ORDERS, problems)
    index = {stock.symbol: number for number, stock in enumerate(stocks)}
    last = 0

    def order(_: int, row: list[str]) -> FlaggedOrder:
        nonlocal last
        made = _order(row, index, day)
        if made.step < last:
            _refuse("time", f"is {row[0]}, before the row above", "rows in order of time")
        last = made.step
        return made

    return _read(file, rows, order, problems)


def _read(
    file: str,
    rows: Iterator[tuple[int, list[str]]],
    make: Callable[[int, list[str]], T],
    problems: list[Problem],
) -> tuple[T, ...]:
    """Every row that can be made; the first problems of those that cannot."""
    made: list[T] = []
    found = 0
    for line, row in rows:
        try:
            made.append(make(line, row))
        except ColumnError as error:
            found += 1
            if found <= _MOST_PROBLEMS:
                key = f"line {line:,}, column {error.column}"
                problems.append(Problem(file, key, error.wrong, error.expected()))
    if found > _MOST_PROBLEMS:
        more = f"has {found - _MOST_PROBLEMS:,} more rows that do not fit"
        problems.append(Problem(file, "", more, "none"))
    return tuple(made)


def _rows(
    file: str, text: str, columns: Sequence[str], most: int, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """Line number and fields of each row that has the right number of fields."""
    reader = csv.reader(text.split("\n"), strict=True)
    wanted = ",".join(columns)
    count = uneven = 0
    try:
        header = next(reader, [])
        if header != list(columns):
            problems.append(Problem(file, "line 1", f"is {quoted(','.join(header), 80)}", wanted))
            return
        for row in reader:
            if not row:
                continue
            count += 1
            if count > most:
                problems.append(Problem(file, "", f"has more than {most:,} rows", "fewer"))
                return
            if len(row) != len(columns):
                uneven += 1
                if uneven <= _MOST_PROBLEMS:
                    key = f"line {reader.line_num:,}"
                    problems.append(Problem(file, key, f"has {len(row)} columns", wanted))
                continue
            yield reader.line_num, row
    except csv.Error as error:
        problems.append(Problem(file, f"line {reader.line_num:,}", f"is no CSV: {error}", wanted))
    if not count:
        problems.append(Problem(file, "", "has no rows", "at least one below the header"))


def _stock(row: list[str], venues: Sequence[str]) -> Stock:
    symbol, status, note, venue, prev_close, opening, adv, sigma, spread, pace = row
    if not _SYMBOL.fullmatch(symbol):
        _refuse("symbol", f"is {quoted(symbol)}", "capital letters, digits, dots, at most 12")
    if status not in _STATUS:
        _refuse("status", f"is {quoted(status)}", one_of(_STATUS, status))
    if len(note) > _MOST_NOTE:
        _refuse("note", f"has {len(note):,} characters", f"at most {_MOST_NOTE}")
    if venue not in venues:
        _refuse("venue", f"is {quoted(venue)}", lambda: one_of(venues, venue))
    return Stock(
        symbol=symbol,
        status=_STATUS[status],
        note=visible(note),
        venue=venue,
        prev_close=_number("prev_close", prev_close),
        open=_number("open", opening),
        adv=_number("adv", adv),
        sigma=_number("sigma", sigma),
        spread=_number("spread", spread),
        pace=_number("pace", pace),
    )


def _number(column: str, text: str) -> int:
    """A decimal number in the model's units, within the bounds of its column."""
    scale, least, most = BOUNDS[column]
    whole, dot, fraction = text.partition(".")
    places = len(str(scale)) - 1
    fits = whole.isascii() and whole.isdigit() and len(whole) < 16 and len(fraction) <= places
    if dot:
        fits = fits and fraction.isascii() and fraction.isdigit()
    value = int(whole + fraction.ljust(places, "0")) if fits else -1
    if not least <= value <= most:
        _refuse(column, f"is {quoted(text)}", _span(column))
    return value


def _order(row: list[str], index: Mapping[str, int], day: Day) -> FlaggedOrder:
    time, symbol, side, shares, auction = row
    stock = index.get(symbol)
    if stock is None:
        _refuse("stock", f"is {quoted(symbol)}", lambda: one_of(index, symbol))
    if side not in _SIDES:
        _refuse("side", f"is {quoted(side)}", "'buy' or 'sell'")
    if auction not in _AUCTION:
        _refuse("auction", f"is {quoted(auction)}", "'0' or '1'")
    step = _step(time, day)
    if auction == "1" and step >= day.open_step:
        _refuse(
            "auction", f"is '1' at {time}", f"'0' from the open at {day.text(day.open_step)} on"
        )
    return FlaggedOrder(
        step=step,
        stock=stock,
        side=_SIDES[side],
        shares=_number("shares", shares),
        auction=_AUCTION[auction],
    )


def _step(time: str, day: Day) -> int:
    try:
        return day.parse(time)
    except ValueError:
        span = f"{day.text(0)} to {day.text(day.end_step)}"
        _refuse("time", f"is {quoted(time)}", f"HH:MM:SS from {span}")


def _refuse(column: str, wrong: str, expected: str | Callable[[], str]) -> NoReturn:
    raise ColumnError(column, wrong, expected if callable(expected) else lambda: expected)
