"""Writing a scenario: it begins as one that plays, and every error says what would be right."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from controlroom.cli import check as checking
from controlroom.scenario.keys import files
from tests.cli.conftest import Run


@pytest.fixture
def incident(controlroom: Run, tmp_path: Path) -> Path:
    """A scenario as `controlroom new` writes it."""
    path = tmp_path / "my-incident"
    assert controlroom("new", str(path)).out == f"{path}\n"
    return path


def test_a_new_scenario_has_nothing_wrong_with_it_and_plays_at_once(
    controlroom: Run, incident: Path
) -> None:
    done = controlroom("check", str(incident))
    assert (done.code, done.out) == (0, f"{incident}: nothing is wrong\n")
    played = controlroom("simulate", str(incident), "--json", "--no-journal")
    result = json.loads(played.out)
    assert result["ended"] == "flat"
    assert result["loss_usd"] > 1_000_000


def test_its_comments_explain_every_key_of_every_file_in_it(incident: Path) -> None:
    for path in incident.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        for section in files()[path.name].every():
            if section.name != "uses" and section.head in text.replace(f"# {section.head}", ""):
                for key in section.keys:
                    assert re.search(rf"^(# )?{key.name} = ", text, re.MULTILINE), key.name
                    assert key.meaning.split(" (")[0][:40] in text, key.meaning


def test_a_new_scenario_may_begin_as_a_copy_of_another(controlroom: Run, tmp_path: Path) -> None:
    path = tmp_path / "our-morning"
    assert controlroom("new", str(path), "--from", "knight-2012").code == 0
    assert (path / "drill.toml").exists()
    assert controlroom("check", str(path)).code == 0


def test_a_folder_that_is_there_is_left_alone(controlroom: Run, incident: Path) -> None:
    before = {path: path.read_bytes() for path in incident.iterdir()}
    done = controlroom("new", str(incident), "--from", "knight-2012")
    assert done.code == 2
    assert "exists already" in done.err
    assert {path: path.read_bytes() for path in incident.iterdir()} == before


@pytest.mark.parametrize("name", ["My Incident", "-x-", "a" * 41])
def test_a_name_that_is_no_id_is_refused_before_anything_is_made(
    controlroom: Run, tmp_path: Path, name: str
) -> None:
    done = controlroom("new", "--", str(tmp_path / name))
    assert done.code == 2
    assert "the name is the id" in done.err
    assert not (tmp_path / name).exists()


def test_each_problem_is_explained_with_what_the_key_means_and_an_example(
    controlroom: Run, incident: Path
) -> None:
    people = incident / "people.toml"
    people.write_text(people.read_text().replace("answers = 8", "answers = 8000"))
    done = controlroom("check", str(incident))
    assert done.code == 1
    said = "person[exchange].answers is 8000; expected a whole number from 0 to 600"
    assert done.out.splitlines() == [
        f"{incident}: people.toml: {said}",
        "    answers: Seconds of ringing.",
        "    for example: answers = 8",
    ]
    assert len(controlroom("check", "--short", str(incident)).out.splitlines()) == 1


def test_a_missing_table_a_missing_file_and_a_bad_cell_are_explained_too(
    controlroom: Run, incident: Path
) -> None:
    setup = incident / "scenario.toml"
    setup.write_text(setup.read_text().replace("[firm]", "[form]"))
    out = controlroom("check", str(incident)).out
    assert "[firm]: The firm's money and limits." in out
    assert "    for example: capital = " in out
    setup.write_text(setup.read_text().replace("[form]", "[firm]"))
    stocks = incident / "stocks.csv"
    stocks.write_text(stocks.read_text().replace(",2.80,", ",much,"))
    assert "sigma: Daily volatility, percent." in controlroom("check", str(incident)).out
    stocks.unlink()
    assert "symbol,status,note,venue" in controlroom("check", str(incident)).out


def test_a_watch_checks_again_when_a_file_changes_and_not_otherwise(
    incident: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[None] = []

    def sleep(_: float) -> None:
        looks.append(None)
        if len(looks) % 3 == 0:
            with (incident / "hints.toml").open("a") as out:
                out.write("# more\n")

    monkeypatch.setattr(time, "sleep", sleep)
    changes = checking._changes([str(incident)])
    next(changes)
    assert not looks
    next(changes)
    assert len(looks) == 3
    next(changes)
    assert len(looks) == 6


def test_ctrl_c_ends_a_watch_with_what_was_found_last(
    controlroom: Run, incident: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", interrupted)
    done = controlroom("check", "--watch", str(incident))
    assert done.code == 0
    assert "nothing is wrong" in done.out
    assert "Ctrl-C ends it" in done.err
    (incident / "stocks.csv").unlink()
    assert controlroom("check", "--watch", str(incident)).code == 1


def test_a_schema_is_written_for_each_file(controlroom: Run, tmp_path: Path) -> None:
    done = controlroom("schema", "-o", str(tmp_path / "schemas"))
    assert done.code == 0
    written = {path.name: json.loads(path.read_text()) for path in (tmp_path / "schemas").iterdir()}
    printed = json.loads(controlroom("schema").out)
    assert {f"{file[:-5]}.schema.json": schema for file, schema in printed.items()} == written
    assert controlroom("schema", "-o", str(tmp_path / "schemas")).code != 0
    assert controlroom("schema", "-o", str(tmp_path / "schemas"), "--force").code == 0
