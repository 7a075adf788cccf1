"""The tables of an exported run: what a row is, and each column with its unit and its source.

`docs/notebook.md` prints this; a test compares the two. Money is exact: whole hundredths of a cent,
written as dollars with four decimals. Times are of the day, beside the step that they stand for.
"""

from __future__ import annotations

import enum
from typing import Final

import attrs


class Kind(enum.Enum):
    """What the values of a column are."""

    WHOLE = "whole number"
    MONEY = "decimal(18, 4)"
    TIME = "time of day"
    TEXT = "text"
    TRUTH = "true or false"


@attrs.frozen
class Column:
    """A column.

    Attributes:
        name: as queries write it.
        kind: what its values are. `MONEY` comes as hundredths of a cent, `TIME` as a step.
        unit: of the values, or empty.
        source: where in the model it comes from, in words.
        optional: whether a value may be missing.
    """

    name: str
    kind: Kind
    unit: str
    source: str
    optional: bool = False


@attrs.frozen
class Table:
    """A table, which becomes one file.

    Attributes:
        name: of the file, without its ending.
        row: what a row is.
        columns: in order.
    """

    name: str
    row: str
    columns: tuple[Column, ...]


def _whole(name: str, unit: str, source: str) -> Column:
    return Column(name, Kind.WHOLE, unit, source)


def _money(name: str, source: str) -> Column:
    return Column(name, Kind.MONEY, "dollars", source)


def _text(name: str, source: str, *, optional: bool = False) -> Column:
    return Column(name, Kind.TEXT, "", source, optional)


def _when(source: str) -> tuple[Column, Column]:
    return (
        _whole("step", "250 ms", source),
        Column("clock", Kind.TIME, "exchange time", "the same as a time of day"),
    )


_STOCK: Final = _text("stock", "ticker in `stocks.csv`")
_SIDE: Final = _text("side", "`buy` or `sell`")

EXECUTIONS: Final = Table(
    "executions",
    "what Power Peg executed for one parent order in one second",
    (
        *_when("first step of the second"),
        _whole("parent", "", "number of the parent order"),
        _text("server", "that works it"),
        _STOCK,
        _SIDE,
        _whole("child_orders", "orders", "lots of at most 100 shares that were filled"),
        _whole(
            "executions",
            "executions",
            "child orders, those filled in two parts counted twice. How many were is modelled for "
            "a second and a server: they are counted with its parent that had most child orders",
        ),
        _whole("shares", "shares", "executed"),
        _whole("client_shares", "shares", "of these, what the client had wanted"),
        _money("cost_usd", "what they came to, at the second's average price of the stock's side"),
    ),
)

POSITIONS: Final = Table(
    "positions",
    "one stock at a full minute from the open on, and at the last step of the run",
    (
        *_when("state before this step, booked to the moment"),
        _STOCK,
        _whole("position", "shares", "in the 33 Account, negative when short"),
        _money("paid_usd", "for it, less what was received; negative when more was received"),
        Column("mid_usd", Kind.MONEY, "dollars a share", "price between bid and offer"),
        Column("fair_usd", Kind.MONEY, "dollars a share", "undisturbed price"),
        _whole("bought_shares", "shares", "by Power Peg so far"),
        _money("bought_usd", "paid for them"),
        _whole("sold_shares", "shares", "by Power Peg so far"),
        _money("sold_usd", "received for them"),
        _whole("client_shares", "shares", "of both, what clients had wanted; sales negative"),
        _money("client_usd", "paid for these"),
        _whole("worked_shares", "shares", "pared or sold as a block so far; sales negative"),
        _money("worked_usd", "paid for these"),
        _whole("cancelled_shares", "shares", "that the exchange took back; sales negative"),
        _money("cancelled_usd", "paid for these"),
    ),
)

DISPOSALS: Final = Table(
    "disposals",
    "how one stock's position was brought down in one minute, or the index hedge was changed",
    (
        *_when("first step of the minute"),
        _text("way", "`pare`, `block`, `cancelled` or `hedge`"),
        _text("stock", "ticker; `INDEX` for the hedge"),
        _whole(
            "shares", "shares", "bought, negative when sold; of the hedge, its value at the open"
        ),
        _money("cost_usd", "paid for these, negative when received"),
    ),
)

PNL: Final = Table(
    "pnl",
    "the firm's profit and loss, every ten seconds from the first unwanted execution on",
    (
        *_when("of the sample"),
        _whole("flat_usd", "dollars", "if everything were sold now: the headline"),
        _whole("fair_usd", "dollars", "at the undisturbed prices"),
        _whole("marked_usd", "dollars", "at the last mids, which the firm's own orders hold up"),
        _whole("gross_usd", "dollars", "positions at the last mids, without their signs"),
        _whole("long_usd", "dollars", "of these, long"),
        _whole("short_usd", "dollars", "of these, short; positive"),
        _whole("executions", "executions", "unwanted, so far"),
    ),
)

SERVERS: Final = Table(
    "servers",
    "one server at a full minute, and at the last step of the run; counts run since 08:00",
    (
        *_when("state before this step, booked to the moment"),
        _text("server", "its name"),
        _text("build", "that is installed, whether anybody knew it or not"),
        _text("state", "`running`, `draining`, `stopped` or `starting`"),
        _whole("received", "orders", "parent orders dealt to it"),
        _whole("complete", "orders", "parents that reached their target"),
        _whole("rejects", "orders", "flagged orders refused before the open, a mail each"),
        _whole("power_peg_parents", "orders", "parents that took the Power Peg path"),
        _whole("child_orders", "orders", "sent on every path"),
        _whole("executions", "executions", "on every path"),
        _whole("shares", "shares", "executed on every path"),
    ),
)

PARENTS: Final = Table(
    "parents",
    "one parent order that took the Power Peg path, at the last step of the run",
    (
        _whole("parent", "", "number of the order"),
        _text("server", "that worked it"),
        _STOCK,
        _SIDE,
        _whole("wanted_shares", "shares", "by the client"),
        _whole("shares", "shares", "executed"),
        _whole("child_orders", "orders", "that were filled"),
        _money("cost_usd", "what they came to"),
        Column("worked", Kind.TRUTH, "", "whether it is worked still"),
    ),
)

ALERTS: Final = Table(
    "alerts",
    "one mail, alarm or call",
    (
        _whole("number", "", "in the feed, from 0"),
        *_when("of its arrival"),
        _text("channel", "`mail`, `alarm` or `call`"),
        _text("sender", "for a call, the id of a person"),
        _text("subject", "one line"),
        _text("body", "the text"),
        _text("inject", "id in the scenario, or `reject`", optional=True),
        _text("state", "what has become of it by the last step"),
        _whole("changed_step", "250 ms", "of the last change of that state"),
    ),
)

COMMANDS: Final = Table(
    "commands",
    "one command of the journal",
    (
        *_when("at which it takes effect"),
        _text("seat", "that gave it"),
        _text("command", "in its written form"),
        _text("refused", "why it was not done", optional=True),
    ),
)

EVENTS: Final = Table(
    "events",
    "one event: everything that a step reported, milestones among them",
    (
        *_when("at which it happened"),
        _text(
            "kind",
            "`said`, `answer`, `refused`, `arrived`, `told`, `milestone` ...",
        ),
        _text("text", "one line"),
        _text("more", "further lines of an answer", optional=True),
        _text("seat", "whose it is, or who speaks", optional=True),
        _text(
            "about",
            "server, stock, number of an alert, milestone's id, refused command, or who is told",
            optional=True,
        ),
    ),
)

RUN: Final = Table(
    "run",
    "the run: a name and a value, as text",
    (
        _text("name", "of the header or of the result, as `simulate --json` has it"),
        _text("value", "JSON"),
    ),
)

TABLES: Final = (
    EXECUTIONS, POSITIONS, DISPOSALS, PNL, SERVERS, PARENTS, ALERTS, COMMANDS, EVENTS, RUN,
)  # fmt: skip
"""In the order in which people meet them."""
