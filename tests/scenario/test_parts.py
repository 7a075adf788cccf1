"""A scenario leaves out what it does not need, and takes parts from one that has them."""

from __future__ import annotations

import shutil
from pathlib import Path

import attrs
import pytest

from controlroom.runs.simulation import Simulation
from controlroom.scenario import check, load_scenario
from controlroom.scenario.kit import load_kit
from tests.scenario.conftest import SMALL, Copy

LEAST = {"scenario.toml", "stocks.csv"}


@pytest.fixture
def least(copy: Copy) -> Copy:
    """The small scenario without everything that it can do without."""
    for path in copy.path.iterdir():
        if path.name not in LEAST:
            path.unlink()
    return copy


def using(copy: Copy, *lines: str) -> Copy:
    """The scenario with such a table in its file."""
    path = copy.path / "scenario.toml"
    path.write_text("\n".join([path.read_text(), "[uses]", *lines]) + "\n")
    return copy


def test_two_files_are_a_scenario_whose_day_can_be_played_to_its_end(least: Copy) -> None:
    assert least.problems() == []
    scenario = load_scenario(least.path)
    assert (scenario.injects, scenario.people, scenario.reference) == ((), (), ())
    simulation = Simulation(scenario)
    simulation.step(scenario.day.end_step)
    assert simulation.ended
    assert simulation.result().loss_usd == 0


def test_people_and_stocks_of_another_scenario_are_those_of_this_one(least: Copy) -> None:
    (least.path / "stocks.csv").unlink()
    using(least, 'people = "knight-2012"', 'stocks = "knight-2012"')
    assert least.problems() == []
    scenario, knight = load_scenario(least.path), load_scenario("knight-2012")
    assert scenario.people == knight.people
    assert scenario.market.stocks == knight.market.stocks


def test_a_table_of_another_scenario_is_taken_whole(least: Copy) -> None:
    text = (least.path / "scenario.toml").read_text()
    before, _, rest = text.partition("[market]")
    (least.path / "scenario.toml").write_text(before + rest[rest.index("[flow]") :])
    using(least, 'market = "knight-2012"')
    market = load_scenario(least.path).market
    knight = load_scenario("knight-2012").market
    assert attrs.evolve(market, stocks=knight.stocks) == knight


def test_the_checksum_covers_what_is_taken(
    least: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A journal of a scenario whose parts have changed elsewhere is another scenario's."""
    home = tmp_path / "bundled"
    shutil.copytree(SMALL, home / "origin")
    monkeypatch.setattr("controlroom.scenario.find.bundled_folder", lambda: home)
    using(least, 'people = "origin"')
    before = load_scenario(least.path).checksum
    origin = Copy(home / "origin")
    origin.change("hints.toml", "Read.", "Read it.")
    assert load_scenario(least.path).checksum == before
    origin.change("people.toml", "answers = 8", "answers = 9")
    assert load_scenario(least.path).checksum != before


def test_what_is_wrong_in_a_part_names_where_the_part_comes_from(least: Copy) -> None:
    """A day that begins later than the mails of another one."""
    least.change("scenario.toml", 'begins = "08:00:00"', 'begins = "09:00:00"')
    least.change("scenario.toml", 'at = "08:00"', 'at = "09:00"')
    using(least, 'mails = "knight-2012"')
    problem = least.problems()[0]
    assert problem.file == "knight-2012/mails.toml"
    assert problem.key == "mail[batch-night-1].at"


def test_the_kit_may_be_taken_too(least: Copy) -> None:
    using(least, 'kit = "knight-2012"')
    scenario = load_scenario(least.path)
    assert load_kit(least.path, scenario.day) == load_kit("knight-2012", scenario.day)


@pytest.mark.parametrize(
    "line, key, wrong, expected",
    [
        ('peeple = "knight-2012"', "uses.peeple", "no part", "'people'"),
        ('people = "knigth-2012"', "uses.people", "knigth", "'knight-2012'"),
        ('people = "/etc"', "uses.people", "/etc", "'knight-2012'"),
        ('people = "../knight-2012"', "uses.people", "..", "'knight-2012'"),
        ("people = 3", "uses.people", "a whole number", "'knight-2012'"),
        ('stocks = "knight-2012"', "uses.stocks", "here as well", "stocks.csv here"),
        ('firm = "knight-2012"', "uses.firm", "here as well", "[firm] here"),
    ],
)
def test_a_part_that_cannot_be_taken_is_named(
    least: Copy, line: str, key: str, wrong: str, expected: str
) -> None:
    problem = using(least, line).problems()[0]
    assert (problem.file, problem.key) == ("scenario.toml", key)
    assert wrong in problem.wrong
    assert expected in problem.expected


def test_a_part_comes_from_who_has_it_and_not_by_way_of_another(
    least: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "bundled"
    shutil.copytree(SMALL, home / "origin")
    shutil.copytree(least.path, home / "between")
    using(Copy(home / "between"), 'people = "origin"')
    monkeypatch.setattr("controlroom.scenario.find.bundled_folder", lambda: home)
    assert check(home / "between") == ()
    problem = using(least, 'people = "between"').only_problem()
    assert (problem.key, problem.expected) == ("uses.people", "'origin'")


def test_a_part_that_the_other_has_not_is_named(
    least: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "bundled"
    shutil.copytree(least.path, home / "bare")
    monkeypatch.setattr("controlroom.scenario.find.bundled_folder", lambda: home)
    problem = using(least, 'events = "bare"').only_problem()
    assert (problem.key, problem.wrong) == ("uses.events", 'is "bare", which has none')
