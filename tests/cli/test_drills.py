"""The commands around a drill: rehearse, msel, anonymise."""

from __future__ import annotations

import builtins
import csv
import io
import json
import tomllib
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from controlroom.cli.write import write_bytes
from controlroom.runs.fold import fold, scenario_of
from controlroom.runs.journal import read_journal
from controlroom.runs.run import Run as Played
from controlroom.scenario import load_scenario
from controlroom.scenario.msel import COLUMNS, csv_of, injects_in, rows_in, rows_of, toml_of
from tests.cli.conftest import Run

SMALL = Path(__file__).parents[1] / "scenario" / "small"


# --- rehearse -------------------------------------------------------------------------------------


def test_a_rehearsal_says_what_each_player_reached(controlroom: Run) -> None:
    """A team that gives every response meets everything, one that gives none misses it."""
    done = controlroom("rehearse", "knight-2012", "--player", "team", "--player", "idle", "--json")
    assert done.code == 0
    said = json.loads(done.out)
    team, idle = said["players"]
    assert (team["missed"], team["open"], team["lapsed"]) == ([], [], [])
    assert len(team["met"]) == 7
    assert idle["met"] == []
    assert len(idle["missed"]) == 7
    assert len(idle["came"]) > len(team["came"])
    assert said["never_met"] == []
    assert idle["loss"] > 5 * team["loss"]


def test_a_rehearsal_prints_dead_time_floods_and_objectives(controlroom: Run) -> None:
    done = controlroom("rehearse", "knight-2012", "--player", "panic-stop")
    assert done.code == 0
    assert "longest dead time" in done.out
    assert "in ten minutes" in done.out
    assert "panic-stop: missed" in done.out
    assert "Injects that came to nobody: " in done.out
    assert "Objectives that nobody met: " in done.out


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("knight-2012", "--player", "nobody"), "no policy"),
        ((str(SMALL),), "has no plan for a drill"),
        (("nowhere",), "nowhere"),
    ],
)
def test_what_cannot_be_rehearsed_is_said_in_one_line(
    controlroom: Run, arguments: tuple[str, ...], said: str
) -> None:
    done = controlroom("rehearse", *arguments)
    assert done.code == 2
    assert said in done.err
    assert done.err.count("\n") == 1


# --- msel -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_list_goes_out_and_comes_back_as_the_same_injects(
    controlroom: Run, tmp_path: Path, form: str
) -> None:
    """Whatever the texts hold; sorted by a planner or not."""
    table, back = tmp_path / f"list.{form}", tmp_path / "injects.toml"
    assert controlroom("msel", "export", "knight-2012", "-o", str(table)).code == 0
    done = controlroom("msel", "import", str(table), "knight-2012", "-o", str(back))
    assert (done.code, done.out) == (0, "")
    scenario = load_scenario("knight-2012")
    assert scenario.plan is not None
    text = back.read_text(encoding="utf-8")
    assert len(tomllib.loads(text)["inject"]) == len(scenario.plan.injects)
    again = injects_in(rows_of(scenario), "x", scenario)
    assert text == toml_of(again, scenario)
    assert {one.id: one for one in again} == {one.id: one for one in scenario.plan.injects}


def test_text_is_text_to_a_spreadsheet(controlroom: Run, tmp_path: Path) -> None:
    """What looks like a formula is marked on the way out and unmarked on the way back."""
    cells = [["=1+2", "@x", "-5", "'quoted", "plain\nlines"]]
    written = csv_of(cells)
    assert next(csv.reader(io.StringIO(written)))[:3] == ["'=1+2", "'@x", "'-5"]
    assert rows_in(written, "x") == cells
    table = tmp_path / "list.xlsx"
    controlroom("msel", "export", "knight-2012", "-o", str(table))
    sheet = openpyxl.load_workbook(table)["MSEL"]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "inlineStr", "n"}  # n: empty


def test_a_list_without_a_file_is_printed(controlroom: Run) -> None:
    done = controlroom("msel", "export", "knight-2012")
    assert next(csv.reader(io.StringIO(done.out))) == list(COLUMNS)


def rows(**changes: str) -> list[list[str]]:
    """A list of one inject with some cells otherwise, and of those that other files name."""
    cells = {
        "ID": "one",
        "Time": "09:31:00",
        "Method": "Visit",
        "From": "Somebody",
        "To": "risk",
        "Subject": "x",
        "Inject": "y",
        "Expected action": "tell commander; account 33",
        "Due after (s)": "60",
        "Objective": "number-told",
    }
    cells |= {name.replace("_", " "): value for name, value in changes.items()}
    named = ("exchange-again", "ask-for-the-number", "clients-ask")
    others = [{"ID": name, "From": "Somebody", "Subject": "x", "Inject": "y"} for name in named]
    return [
        list(cells),
        list(cells.values()),
        *([other.get(name, "") for name in cells] for other in others),
    ]


def test_a_list_may_be_written_by_hand(controlroom: Run, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text(csv_of(rows(Time="", Condition="gross_usd >= 1,000,000")), encoding="utf-8")
    done = controlroom("msel", "import", str(table), "knight-2012")
    assert done.code == 0
    inject, other, *_ = tomllib.loads(done.out)["inject"]
    assert set(other) == {"id", "channel", "from", "subject", "body"}
    assert inject["when"] == {"gross_usd": 1_000_000}
    assert inject["expects"] == ["tell commander", "account 33"]
    assert (inject["within"], inject["channel"]) == (60, "visit")


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"Time": "9 o'clock"}, "row 2, column Time is"),
        ({"To": "boss"}, "row 2, column To is"),
        ({"Objective": "fame"}, "row 2, column Objective is"),
        ({"Method": "pigeon"}, "row 2, column Method is"),
        ({"Contingency": "two"}, "row 2, column Contingency is"),
        ({"Due after (s)": "soon"}, "row 2, column Due after (s) is"),
        ({"Condition": "if it burns", "Time": ""}, "row 2, column Condition is"),
        ({"Expected action": "shout"}, "row 2, column Expected action begins"),
        ({"Colour": "red"}, "column 11 is"),
        ({"Urgent": "rather"}, "row 2, column Urgent is"),
    ],
)
def test_what_does_not_fit_is_named_with_row_and_column_and_nothing_is_written(
    controlroom: Run, tmp_path: Path, changes: dict[str, str], said: str
) -> None:
    table, back = tmp_path / "list.csv", tmp_path / "injects.toml"
    table.write_text(csv_of(rows(**changes)), encoding="utf-8")
    done = controlroom("msel", "import", str(table), "knight-2012", "-o", str(back))
    assert done.code == 2
    assert "list.csv" in done.err
    assert said in done.err
    assert done.err.count("\n") == 1
    assert not back.exists()


def test_a_list_that_lacks_what_the_days_messages_name_is_refused(
    controlroom: Run, tmp_path: Path
) -> None:
    table = tmp_path / "list.csv"
    table.write_text(csv_of(rows()[:2]), encoding="utf-8")
    done = controlroom("msel", "import", str(table), "knight-2012")
    assert done.code == 2
    assert "events.toml: message[exchange-calls].otherwise" in done.err


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("a.txt", b"x", "should end in .csv or .xlsx"),
        ("a.csv", b"\xff\xfe", "is not UTF-8 at byte 0"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b'"x', "is not CSV"),
        ("a.csv", b"x" * (2 * 1024 * 1024 + 1), "is larger than 2 MB"),
        ("a.xlsx", b"no zip", "cannot be read as a workbook"),
        ("gone.csv", None, "there is no file"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_one_line(
    controlroom: Run, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = controlroom("msel", "import", str(tmp_path / name), "knight-2012")
    assert done.code in (1, 2)
    assert said in done.err
    assert done.err.count("\n") == 1


def test_without_the_extra_a_workbook_says_what_to_install(
    controlroom: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def no_openpyxl(name: str, *rest: Any, **more: Any) -> Any:
        if name == "openpyxl":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", no_openpyxl)
    done = controlroom("msel", "export", "knight-2012", "-o", str(tmp_path / "list.xlsx"))
    assert done.code == 1
    assert "controlroom[xlsx]" in done.err


def test_a_list_is_not_written_over_without_force(controlroom: Run, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    write_bytes(table, b"mine", force=False)
    assert "--force" in controlroom("msel", "export", "knight-2012", "-o", str(table)).err
    assert table.read_bytes() == b"mine"
    assert controlroom("msel", "export", "knight-2012", "-o", str(table), "--force").code == 0


# --- anonymise ------------------------------------------------------------------------------------

SAID = (
    ("facilitator", "drill 5"),
    ("facilitator", "join commander Ann Other"),
    ("facilitator", "join engineer Bob"),
    ("facilitator", "join engineer Eve"),
    ("commander", "tell engineer bob, what do you see"),
    ("engineer", "tell commander nothing yet, Ann"),
    ("facilitator", "leave engineer Eve"),
    ("facilitator", "note Ann Other hesitates, and so does Dee"),
)


@pytest.fixture
def drilled(tmp_path: Path) -> Path:
    """A journal of a drill with names."""
    path = tmp_path / "drill.jsonl"
    with Played.begin(load_scenario("knight-2012"), start="09:30", journal=path) as run:
        for seat, line in SAID:
            run.give(line, seat)
        run.advance(500)
        run.note("pause", 2_000)
        run.give("freeze what now, Bob", "facilitator")
        run.advance(1)
        run.give("note Eve left", "engineer")
        run.give("go", "facilitator")
        run.advance(50)
    return path


def test_a_journal_loses_its_names_and_stays_the_same_run(
    controlroom: Run, drilled: Path, tmp_path: Path
) -> None:
    place = tmp_path / "without.jsonl"
    before = drilled.read_bytes()
    done = controlroom("anonymise", str(drilled), "-o", str(place), "--name", "Dee")
    assert done.code == 0
    assert "4 names taken out" in done.err
    text = place.read_text(encoding="ascii").casefold()
    for name in ("ann", "other", "bob", "eve", "dee"):
        assert f'"{name}' not in text
        assert f" {name}" not in text
    assert "join engineer P2" in place.read_text(encoding="ascii")
    assert "note P1 hesitates, and so does P4" in place.read_text(encoding="ascii")
    assert drilled.read_bytes() == before
    assert controlroom("verify", str(place)).code == 0
    one, other = (read_journal(path) for path in (drilled, place))
    assert [entry.step for _, entry in one.entries] == [entry.step for _, entry in other.entries]
    assert one.noted == other.noted != ()
    first, second = (fold(journal, scenario_of(journal)) for journal in (one, other))
    assert first.result().loss_usd == second.result().loss_usd
    assert first.now == second.now
    assert first.world.drill is not None
    assert second.world.drill is not None
    assert list(second.world.drill.taken.values()) == [("P1",), ("P2",)]


def test_an_ended_drill_keeps_its_end(controlroom: Run, tmp_path: Path) -> None:
    path, place = tmp_path / "drill.jsonl", tmp_path / "without.jsonl"
    with Played.begin(load_scenario("knight-2012"), start="09:30", journal=path) as run:
        for line in ("drill 5", "join commander Ann", "end thank you Ann"):
            run.give(line, "facilitator")
        run.advance(4)
        ended = run.ended
    assert controlroom("anonymise", str(path), "-o", str(place)).code == 0
    journal = read_journal(place)
    assert journal.end is not None
    assert journal.end.ended == ended
    assert "end thank you P1" in place.read_text(encoding="ascii")
    assert controlroom("verify", str(place)).code == 0


def test_a_journal_that_is_not_sound_is_not_made_into_one(
    controlroom: Run, drilled: Path, tmp_path: Path
) -> None:
    place = tmp_path / "without.jsonl"
    drilled.write_text(drilled.read_text().replace("what do you see", "what do you say"))
    done = controlroom("anonymise", str(drilled), "-o", str(place))
    assert done.code == 1
    assert done.err.count("\n") == 1
    assert not place.exists()


def test_no_file_is_written_over(controlroom: Run, drilled: Path) -> None:
    done = controlroom("anonymise", str(drilled), "-o", str(drilled))
    assert done.code == 1
    assert "exists already" in done.err
