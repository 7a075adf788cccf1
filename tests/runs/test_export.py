"""A run as tables: every sum is the run's, to the share and to the hundredth of a cent."""

from __future__ import annotations

import csv
import json
import resource
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from controlroom.runs.errors import RunError
from controlroom.runs.export import Exported, ExportError, export
from controlroom.runs.export.schema import TABLES
from controlroom.runs.journal import read_journal
from controlroom.runs.replay import Replay
from controlroom.runs.run import Run
from controlroom.sim.events import Refused
from controlroom.sim.result import result
from controlroom.sim.start import Scenario
from controlroom.sim.state import copied
from controlroom.sim.trading import settle
from controlroom.sim.world import World
from tests.sim.books import parents

SAY = (
    ("09:29:00", ("pmon", "deploy legacy smars-1")),
    ("09:30:07.75", ("kill smars-2", "look smars-8")),
    ("09:31:00", ("flag off", "disconnect NYSE", "stop smars-4", "stop smars-4")),
    ("09:32:00.25", ("declare", "pare 20 2", "flag on", "connect NYSE")),
    ("09:33:10", ("hedge 50", "start smars-2", "shelve 3 1 later")),
    ("09:35:00.50", ("kill all", "cancellations")),
    ("09:36:00.25", ("pare 40 60", "sell block")),
)
"""Servers come and go, positions are pared, hedged and sold; some of it at odd steps."""

UNITS = Decimal("0.0001")
"""What the model counts money in, in dollars."""


@pytest.fixture(scope="module")
def journal(scenario: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that is over: the storm, and everything that is done about it."""
    path = tmp_path_factory.mktemp("played") / "busy.jsonl"
    with Run.begin(scenario, start="09:25", journal=path) as run:
        for clock, lines in SAY:
            run.advance(scenario.day.parse(clock) - run.simulation.now)
            for line in lines:
                run.give(line)
        run.advance(scenario.day.parse("11:00") - run.simulation.now)
        assert run.ended == "flat"
    return path


@pytest.fixture(scope="module")
def world(journal: Path) -> World:
    """What the run came to, booked to the moment."""
    replay = Replay.open(journal)
    replay.seek(replay.last)
    booked = copied(replay.world)
    settle(booked)
    return booked


Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def exported(journal: Path, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return export(journal, tmp_path_factory.mktemp("tables") / "run", "csv")


@pytest.fixture(scope="module")
def tables(exported: Exported) -> dict[str, Rows]:
    return {table.name: read(exported.folder, table.name) for table in TABLES}


def read(folder: Path, table: str) -> Rows:
    """A CSV table with its numbers as numbers."""
    with (folder / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        rows: Rows = list(csv.DictReader(file))
    for row in rows:
        for name, value in row.items():
            if name.endswith("_usd"):
                row[name] = Decimal(value)
            elif value.lstrip("-").isdecimal() and name not in ("value", "subject", "about"):
                row[name] = int(value)
    return rows


def money(values: Any) -> list[Decimal]:
    """Hundredths of a cent as dollars."""
    return [int(value) * UNITS for value in values]


def signed(row: dict[str, Any], name: str) -> Any:
    return row[name] if row["side"] == "buy" else -row[name]


# --- conservation ---------------------------------------------------------------------------------


def test_executions_are_those_of_the_result(
    tables: dict[str, Rows], exported: Exported, world: World
) -> None:
    """Executions, child orders and shares: the sums are the figures that are printed."""
    figures = {row["name"]: json.loads(row["value"]) for row in tables["run"]}
    rows = tables["executions"]
    assert exported.counts["executions"] == len(rows) > 10_000
    for name in ("executions", "child_orders", "shares"):
        assert sum(row[name] for row in rows) == figures[name] > 100_000
    assert figures["executions"] == world.ledger.executions


def test_a_parent_has_one_row_a_second_and_its_rows_are_what_it_executed(
    tables: dict[str, Rows], world: World
) -> None:
    rows = tables["executions"]
    assert max(Counter((row["step"], row["parent"]) for row in rows).values()) == 1
    assert all(row["step"] % 4 == 0 and row["cost_usd"] > 0 for row in rows)
    shares: Counter[int] = Counter()
    cash: dict[int, Decimal] = defaultdict(Decimal)
    for row in rows:
        shares[row["parent"]] += row["shares"]
        cash[row["parent"]] += row["cost_usd"]
    kept = parents(world)
    told = {row["parent"]: row for row in tables["parents"]}
    assert sorted(told) == sorted(kept["number"].tolist())
    for number, filled, paid in zip(
        kept["number"].tolist(), kept["filled"].tolist(), money(kept["cash"]), strict=True
    ):
        assert shares[number] == filled == told[number]["shares"]
        assert cash[number] == paid == told[number]["cost_usd"]


def test_shares_and_cash_of_every_stock_and_side_are_the_ledgers(
    tables: dict[str, Rows], world: World
) -> None:
    shares: Counter[tuple[str, str]] = Counter()
    cost: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    wanted: Counter[tuple[str, str]] = Counter()
    for row in tables["executions"]:
        slot = (row["stock"], row["side"])
        shares[slot] += row["shares"]
        cost[slot] += row["cost_usd"]
        wanted[slot] += row["client_shares"]
    stocks = [stock.symbol for stock in world.scenario.market.stocks]
    slots = [(stock, side) for side in ("buy", "sell") for stock in stocks]
    ledger = world.ledger
    assert [shares[slot] for slot in slots] == ledger.shares.tolist()
    assert [wanted[slot] for slot in slots] == ledger.client_shares.tolist()
    assert [cost[slot] for slot in slots] == money(ledger.cost)


def test_executions_belong_to_the_servers_that_had_them(
    tables: dict[str, Rows], world: World
) -> None:
    """Second parts too, which the model knows by server only."""
    count = Counter({row["server"]: 0 for row in tables["servers"]})
    for row in tables["executions"]:
        count[row["server"]] += row["executions"] - row["child_orders"]
    fleet = world.fleet
    names = [server.name for server in world.scenario.servers]
    assert [count[name] for name in names] == (fleet.executions - fleet.children).tolist()
    assert sum(count.values()) > 1_000


def test_at_every_minute_positions_are_what_was_executed_and_disposed_of_before(
    tables: dict[str, Rows], world: World
) -> None:
    """To the share; what was paid, to the hundredth of a cent where clients had no part in it."""
    flows: list[tuple[int, str, int, Decimal]] = [
        (row["step"], row["stock"], signed(row, "shares"), signed(row, "cost_usd"))
        for row in tables["executions"]
    ]
    flows += [
        (row["step"], row["stock"], row["shares"], row["cost_usd"])
        for row in tables["disposals"]
        if row["way"] != "hedge"
    ]
    flows.sort(key=lambda flow: flow[0])
    position: Counter[str] = Counter()
    paid: dict[str, Decimal] = defaultdict(Decimal)
    place, minutes = 0, set()
    for row in sorted(tables["positions"], key=lambda row: row["step"]):
        while place < len(flows) and flows[place][0] < row["step"]:
            _, stock, shares, cost = flows[place]
            position[stock] += shares
            paid[stock] += cost
            place += 1
        stock = row["stock"]
        assert row["position"] == position[stock] - row["client_shares"], (row["clock"], stock)
        assert row["paid_usd"] == paid[stock] - row["client_usd"], (row["clock"], stock)
        minutes.add(row["step"])
    assert place == len(flows)
    assert len(minutes) >= (world.now - world.scenario.day.open_step) // 240 + 1


def test_what_was_paid_is_the_loss_once_the_firm_is_flat(
    tables: dict[str, Rows], world: World
) -> None:
    figures = {row["name"]: json.loads(row["value"]) for row in tables["run"]}
    last = [row for row in tables["positions"] if row["step"] == world.now]
    assert not any(row["position"] for row in last)
    hedge = sum(row["cost_usd"] for row in tables["disposals"] if row["way"] == "hedge")
    paid = sum(row["paid_usd"] for row in last) + hedge
    assert paid == -world.ledger.cash() * UNITS
    assert abs(paid - figures["loss_usd"]) < 1


def test_every_way_out_is_told_apart(tables: dict[str, Rows], world: World) -> None:
    """What was pared, sold as a block, taken back by the exchange, hedged."""
    rows = tables["disposals"]
    keys = Counter((row["step"], row["way"], row["stock"]) for row in rows)
    assert {row["way"] for row in rows} >= {"pare", "block", "hedge"}
    assert max(keys.values()) == 1
    block = [row for row in rows if row["way"] == "block"]
    assert {row["step"] for row in block} == {max(row["step"] for row in rows)}
    worked = sum(row["cost_usd"] for row in rows if row["way"] in ("pare", "block"))
    assert worked == int(world.ledger.worked_cost.sum()) * UNITS
    units = sum(row["shares"] for row in rows if row["way"] == "hedge")
    assert units == world.ledger.hedge == 0


# --- the rest -------------------------------------------------------------------------------------


def test_commands_alerts_and_events_are_the_logs(
    tables: dict[str, Rows], journal: Path, world: World
) -> None:
    given = read_journal(journal).commands
    assert [(row["step"], row["command"]) for row in tables["commands"]] == [
        (each.step, each.command) for each in given
    ]
    refused = [event.text for event in world.log.items if isinstance(event, Refused)]
    assert [row["refused"] for row in tables["commands"] if row["refused"]] == refused
    twice = [row["refused"] for row in tables["commands"] if row["command"] == "stop smars-4"]
    assert twice[0] == ""
    assert twice[1] != ""
    assert [row["text"] for row in tables["events"]] == [event.text for event in world.log.items]
    feed = world.alerts.feed.items
    assert [row["body"] for row in tables["alerts"]] == [alert.body for alert in feed]
    assert [row["state"] for row in tables["alerts"]] == [str(s) for s in world.alerts.states]


def test_profit_and_servers_are_the_worlds(tables: dict[str, Rows], world: World) -> None:
    samples = world.ledger.samples.items
    assert [row["flat_usd"] for row in tables["pnl"]] == [each.profit.flat for each in samples]
    last = tables["servers"][-len(world.fleet.states) :]
    assert [row["shares"] for row in last] == world.fleet.shares.tolist()
    assert [row["build"] for row in last] == world.fleet.builds
    assert {row["step"] for row in tables["servers"]} >= set(range(0, world.now, 240))
    assert tables["servers"][0]["clock"] == "08:00:00.000"


def test_parquet_and_csv_hold_the_same(
    journal: Path, tables: dict[str, Rows], tmp_path: Path
) -> None:
    """Every value of every table, with its type: numbers, exact money, times, text, nothing."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra export is not installed")
    found = export(journal, tmp_path / "run", "parquet")
    assert sorted(file.name for file in found.folder.iterdir()) == sorted(
        f"{table.name}.parquet" for table in TABLES
    )
    for table in TABLES:
        read = parquet.read_table(found.folder / f"{table.name}.parquet")
        assert read.column_names == [column.name for column in table.columns]
        assert read.schema.metadata[b"seed"] == b"7"
        for column in table.columns:
            mine = [row[column.name] for row in tables[table.name]]
            other = read[column.name].to_pylist()
            if column.name == "clock":
                other = [value.isoformat("milliseconds") for value in other]
            elif column.name == "worked":
                other = [str(value).lower() for value in other]
            elif column.optional or column.name in ("sender", "subject", "text"):
                mine, other = [str(m) for m in mine], ["" if o is None else o for o in other]
            assert mine == other, (table.name, column.name)


def test_a_run_in_which_nothing_happens_has_tables_too(finished: Path, tmp_path: Path) -> None:
    """Empty ones have their columns."""
    found = export(finished, tmp_path / "quiet", "csv")
    assert found.counts["executions"] == found.counts["pnl"] == 0
    head = (tmp_path / "quiet" / "executions.csv").read_text()
    assert head == ",".join(column.name for column in TABLES[0].columns) + "\n"
    assert np.unique([row["position"] for row in read(tmp_path / "quiet", "positions")]) == [0]


def test_a_drill_has_every_seats_commands_and_what_was_said_while_time_stood_still(
    scenario: Scenario, tmp_path: Path
) -> None:
    with Run.begin(scenario, start="09:30", journal=tmp_path / "drill.jsonl") as run:
        for seat, line in (
            ("facilitator", "drill 5"),
            ("facilitator", "join commander Ann Other"),
            ("facilitator", "join engineer"),
            ("commander", "tell engineer look at number eight"),
        ):
            run.give(line, seat)
        run.advance(239)
        run.give("freeze take stock", "facilitator")
        run.advance(40)
        run.give("note no idea", "engineer")
        run.give("go", "facilitator")
        run.advance(80)
        executions = run.result().executions
    found = export(tmp_path / "drill.jsonl", tmp_path / "drill", "csv")
    assert found.sound
    assert sum(row["executions"] for row in read(found.folder, "executions")) == executions > 0
    commands = [(row["seat"], row["command"]) for row in read(found.folder, "commands")]
    assert commands[-2:] == [("engineer", "note no idea"), ("facilitator", "go")]
    told = [row for row in read(found.folder, "events") if row["kind"] == "told"]
    assert ("commander", "engineer") in {(row["seat"], row["about"]) for row in told}


# --- what goes wrong ------------------------------------------------------------------------------


def test_tables_that_are_there_are_not_written_over_unasked(finished: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    (folder / "run.csv").write_text("mine")
    with pytest.raises(ExportError, match=r"mine holds run\.csv already; --force writes over it"):
        export(finished, folder, "csv")
    assert (folder / "run.csv").read_text() == "mine"
    export(finished, folder, "csv", force=True)
    assert (folder / "run.csv").read_text().startswith("name,value\n")
    assert (folder / "thesis.txt").read_text() == "mine"
    assert len(list(folder.iterdir())) == len(TABLES) + 1


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("there", [False, True])
def test_a_disk_that_is_full_is_one_line_and_leaves_nothing(
    journal: Path, tmp_path: Path, form: str, there: bool, recwarn: pytest.WarningsRecorder
) -> None:
    """Half-written tables stand under no name, neither in a new folder nor in one that is there."""
    folder = tmp_path / "run"
    if there:
        folder.mkdir()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, before[1]))
    try:
        with pytest.raises(ExportError) as found:
            export(journal, folder, form)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert str(found.value) == f"{folder} cannot be written: file too large"
    assert list(tmp_path.rglob("*")) == ([folder] if there else [])


def test_stopping_leaves_nothing(journal: Path, tmp_path: Path) -> None:
    def stop(step: int, whole: int) -> None:
        if step * 2 > whole:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(journal, tmp_path / "run", "csv", progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_without_pyarrow_there_is_csv_and_a_word_about_it(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(RunError, match=r"pip install 'controlroom\[export\]'; --to csv needs"):
        export(finished, tmp_path / "run", "parquet")
    assert list(tmp_path.iterdir()) == []
    assert export(finished, tmp_path / "run", "csv").sound


def test_a_journal_that_was_edited_is_exported_as_far_as_it_is_sound(
    journal: Path, tmp_path: Path
) -> None:
    lines = journal.read_bytes().splitlines(keepends=True)
    at = next(at for at, line in enumerate(lines) if b"kill smars-2" in line)
    lines[at] = lines[at].replace(b"smars-2", b"smars-3")
    edited = tmp_path / "edited.jsonl"
    edited.write_bytes(b"".join(lines))
    found = export(edited, tmp_path / "run", "csv")
    assert not found.sound
    assert found.clock == "09:30:00"
    assert "they agreed until 09:30:00" in found.notes[0]
    assert max(row["step"] for row in read(found.folder, "servers")) == 21_600
    assert found.counts["executions"] == 0
    assert [row["command"] for row in read(found.folder, "commands")] == [
        "pmon",
        "deploy legacy smars-1",
    ]


def test_a_torn_journal_is_exported_up_to_the_tear_in_the_middle_of_a_second(
    journal: Path, tmp_path: Path
) -> None:
    lines = journal.read_bytes().splitlines(keepends=True)
    at = next(at for at, line in enumerate(lines) if b"declare" in line)
    torn = tmp_path / "torn.jsonl"
    torn.write_bytes(b"".join(lines[:at]) + lines[at][:20])
    found = export(torn, tmp_path / "run", "csv")
    assert "The last line of the journal was torn" in found.notes[0]
    replay = Replay.open(torn)
    replay.seek(replay.last)
    rows = read(found.folder, "executions")
    assert sum(row["executions"] for row in rows) == result(replay.world).executions > 10_000
