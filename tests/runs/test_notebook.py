"""docs/notebook.md: its tables are those that are written, its queries run and add up."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from controlroom.runs.export import export
from controlroom.runs.export.schema import TABLES, Table
from controlroom.runs.run import Run
from controlroom.sim.result import Result
from controlroom.sim.start import Scenario

duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "notebook.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)


def rendered(table: Table) -> str:
    """A table as the page shows it."""
    lines = [f"### {table.name}", "", f"A row: {table.row}.", ""]
    lines += ["| column | type | unit | what it is |", "|---|---|---|---|"]
    for column in table.columns:
        kind = column.kind.value + (", or nothing" if column.optional else "")
        lines.append(f"| `{column.name}` | {kind} | {column.unit} | {column.source} |")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def played(scenario: Scenario, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """The tables of two minutes of storm, and what the run came to."""
    folder = tmp_path_factory.mktemp("notebook")
    with Run.begin(scenario, start="09:25", journal=folder / "run.jsonl") as run:
        run.advance(scenario.day.parse("09:31:30") - run.simulation.now)
        run.give("kill smars-8")
        run.give("pare 50 1")
        run.advance(600)
        run.give("pmon")
        run.advance(3)
        result = run.result()
    return export(folder / "run.jsonl", folder / "tables", "parquet").folder, result


def asked(query: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    monkeypatch.chdir(folder)
    answer = duckdb.sql(query)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_page_describes_the_table_as_it_is(table: Table) -> None:
    """Every column with its type, unit and source; `rendered` makes it anew."""
    assert rendered(table) in PAGE + "\n"


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: " ".join(query.split())[:40])
def test_a_query_of_the_page_answers(
    query: str, played: tuple[Path, Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asked(query, played[0], monkeypatch)


def test_the_sums_of_the_page_are_the_result(
    played: tuple[Path, Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, result = played
    (sums,) = asked(QUERIES[0], folder, monkeypatch)
    assert sums["executions"] == result.executions
    assert sums["child_orders"] == result.child_orders
    assert sums["shares"] == result.shares
    assert isinstance(sums["dollars"], Decimal)
    figures = {row["name"]: row["value"] for row in asked(QUERIES[1], folder, monkeypatch)}
    assert figures["loss_usd"] == str(result.loss_usd)


def test_the_loss_at_a_command_is_the_last_sample_before_it(
    played: tuple[Path, Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    query = next(query for query in QUERIES if "ASOF" in query)
    rows = asked(query, played[0], monkeypatch)
    assert [row["command"] for row in rows] == ["kill smars-8", "pare 50 1", "pmon"]
    sampled = asked("SELECT clock, -flat_usd AS loss FROM 'pnl.parquet'", played[0], monkeypatch)
    for row in rows:
        before = [each["loss"] for each in sampled if each["clock"] <= row["clock"]]
        assert row["loss_usd"] == before[-1] > 1_000_000


def test_the_storm_by_the_minute_is_the_storm(
    played: tuple[Path, Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    query = next(query for query in QUERIES if "time_bucket" in query)
    rows = asked(query, played[0], monkeypatch)
    assert {row["server"] for row in rows} == {"smars-8"}
    assert sum(row["shares"] for row in rows) == played[1].shares
