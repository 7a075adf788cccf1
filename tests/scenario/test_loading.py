"""Scenarios are found by name and by path, and summed up by what they say."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from controlroom.scenario import ScenarioError, check, find_scenarios, load_scenario
from tests.scenario.conftest import Copy


def test_a_scenario_is_loaded_by_its_name_and_by_its_path(
    bundled: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = load_scenario("small")
    assert named.id == "small"
    assert load_scenario(bundled.path) == named
    assert load_scenario(str(bundled.path) + "/") == named
    monkeypatch.chdir(bundled.path)
    assert load_scenario(".") == named
    assert load_scenario("../small") == named


def test_a_name_goes_before_a_folder_of_that_name(
    bundled: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Copy(tmp_path / "mine" / "small")
    shutil.copytree(bundled.path, other.path)
    other.change("scenario.toml", "seed = 7", "seed = 8")
    monkeypatch.chdir(tmp_path / "mine")
    assert load_scenario("small").seed == 7
    assert load_scenario("./small").seed == 8


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(ScenarioError) as caught:
        load_scenario("knigth-2012")
    assert "knigth-2012 is no scenario; expected 'knight-2012' perhaps" in str(caught.value)


@pytest.mark.parametrize("name", ["", "nowhere/at/all", "\0", "x" * 5000, "\x1b[2J", "a\nb"])
def test_a_name_that_makes_no_sense_is_one_plain_line(name: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(name)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 400


def test_a_file_in_place_of_a_folder_is_said(copy: Copy) -> None:
    with pytest.raises(ScenarioError, match=r"is a file; expected the folder of a scenario"):
        load_scenario(copy.path / "scenario.toml")


def test_an_empty_folder_lacks_what_it_takes_to_play(tmp_path: Path) -> None:
    assert len(check(tmp_path / "none")) == 1
    empty = tmp_path / "empty"
    empty.mkdir()
    assert {problem.file for problem in check(empty)} == {"scenario.toml", "stocks.csv"}


def test_a_folder_name_that_cannot_be_typed_is_refused(copy: Copy) -> None:
    renamed = copy.path.rename(copy.path.parent / "My Knight")
    assert check(renamed)[0].file == '"My Knight"'


def test_the_list_of_scenarios_says_what_the_scenarios_say() -> None:
    found = {each.id: each for each in find_scenarios()}
    whole = load_scenario("knight-2012")
    assert found["knight-2012"].title == whole.title
    assert found["knight-2012"].summary == whole.summary
    assert load_scenario(found["knight-2012"].path) == whole


def test_a_broken_scenario_stays_in_the_list_and_says_so(bundled: Copy) -> None:
    bundled.change("scenario.toml", "title =", "title ==")
    (only,) = find_scenarios()
    assert only.title == "small"
    assert only.summary.startswith("cannot be read")


def test_a_change_of_any_file_changes_the_checksum_and_other_files_do_not(copy: Copy) -> None:
    before = load_scenario(copy.path).checksum
    assert len(before) == 64
    (copy.path / "README.md").write_text("notes")
    (copy.path / "orders.csv~").write_text("a backup")
    assert load_scenario(copy.path).checksum == before
    seen = {before}
    for path in sorted(copy.path.iterdir()):
        if path.suffix in {".toml", ".csv", ".txt"}:
            text = path.read_text(encoding="utf-8")
            path.write_text(text + "\n", encoding="utf-8")
            seen.add(load_scenario(copy.path).checksum)
    assert len(seen) == 12


def test_other_line_ends_are_the_same_scenario(copy: Copy) -> None:
    before = load_scenario(copy.path)
    for path in copy.path.iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_scenario(copy.path) == before


def test_controls_are_switched_on_by_name() -> None:
    plain = load_scenario("knight-2012")
    assert len(plain.controls) == 13
    assert not any(control.on for control in plain.controls)
    guarded = load_scenario("knight-2012", controls=["reject-alerts", "retest", "retest"])
    assert [control.id for control in guarded.controls if control.on] == ["retest", "reject-alerts"]
    assert guarded.checksum == plain.checksum


def test_an_unknown_control_is_answered_with_the_nearest() -> None:
    with pytest.raises(
        ScenarioError, match=r'none called "reject-alarms"; expected \'reject-alerts'
    ):
        load_scenario("knight-2012", controls=["reject-alarms"])


def test_an_error_survives_the_way_to_another_process() -> None:
    with pytest.raises(ScenarioError) as caught:
        load_scenario("nowhere")
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 -- our own bytes
    assert str(again) == str(caught.value)
    assert again.problems == caught.value.problems


def test_a_list_of_scenarios_imports_no_converter() -> None:
    script = (
        "import sys; from controlroom.scenario import find_scenarios; find_scenarios();"
        "print([name for name in ('cattrs', 'numpy') if name in sys.modules])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert done.stdout.strip() == "[]"
