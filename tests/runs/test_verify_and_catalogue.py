"""Is a journal true, which journals are there, and what does a result say?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from controlroom.runs import catalogue
from controlroom.runs.catalogue import PastRun, folder_of_its_own, past_runs, runs_folder
from controlroom.runs.errors import DifferenceError, JournalError
from controlroom.runs.results import LABELS, result_rows, result_values, shown
from controlroom.runs.run import Run
from controlroom.runs.verify import verify
from controlroom.scenario import load_scenario
from controlroom.scenario.find import home_of
from controlroom.sim.start import Scenario


def some_run(scenario: Scenario, steps: int = 500, **more: str) -> Path:
    """A short run in the usual folder."""
    with Run.begin(scenario, **more) as run:  # type: ignore[arg-type]
        run.give("pmon")
        run.advance(steps)
    assert run.journal is not None
    return run.journal


# --- verify ---------------------------------------------------------------------------------------


def test_a_true_journal_is_true(scenario: Scenario) -> None:
    path = some_run(scenario)
    found = verify(path)
    assert (found.scenario, found.commands, found.digests) == ("knight-2012", 1, 4)
    assert (found.step, found.clock, found.ended) == (500, "08:02:05", "")


def test_one_changed_digit_of_a_digest_is_found(scenario: Scenario) -> None:
    path = some_run(scenario)
    lines = path.read_text().splitlines(keepends=True)
    at = lines[3].index('digest": "') + 10
    digit = "0" if lines[3][at] != "0" else "1"
    lines[3] = lines[3][:at] + digit + lines[3][at + 1 :]
    path.write_text("".join(lines))
    with pytest.raises(DifferenceError, match=r"line 4: the world at 08:01:00 \(step 240\)") as err:
        verify(path)
    assert str(err.value).endswith("they agreed until 08:00:00 (step 0)")


def test_another_seed_differs_at_once_or_as_soon_as_chance_is_drawn(scenario: Scenario) -> None:
    path = some_run(scenario)
    path.write_text(path.read_text().replace('"seed": 7', '"seed": 8'))
    with pytest.raises(DifferenceError, match="is not the journal's"):
        verify(path)


def test_a_run_that_says_it_ended_but_did_not_is_found(scenario: Scenario) -> None:
    path = some_run(scenario)
    lines = path.read_text().splitlines(keepends=True)
    digest = verify(path).digest
    lines[-1] = f'{{"step": 500, "digest": "{digest}", "ended": "flat", "loss_usd": 0}}\n'
    path.write_text("".join(lines))
    with pytest.raises(JournalError, match=r"says that the run ended \(flat\), which it has not"):
        verify(path)


def test_another_loss_in_the_last_line_is_found(scenario: Scenario) -> None:
    """A list of runs shows it without folding, so it must be what the books say."""
    with Run.begin(scenario, start="09:30") as run:
        run.advance(80)
        run.give("kill smars-8")
        run.give("declare")
        run.advance(80)
        run.give("sell block")
        run.advance(4 * 3600)
        assert run.ended == "flat"
        loss = run.result().loss_usd
    assert run.journal is not None
    verify(run.journal)
    text = run.journal.read_text()
    run.journal.write_text(text.replace(f'"loss_usd": {loss}', '"loss_usd": 1'))
    with pytest.raises(JournalError, match=rf"cost 1 USD, and the world's books say {loss:,}"):
        verify(run.journal)


@pytest.mark.parametrize(
    "written, edited, reason",
    [
        ('"begins": "08:00:00"', '"begins": "09:00:00"', "the day begins at 09:00:00"),
        ('"start": ""', '"start": "09:25"', "began at 09:25, which is not its step 0"),
    ],
)
def test_another_beginning_in_the_first_line_is_found(
    scenario: Scenario, written: str, edited: str, reason: str
) -> None:
    path = some_run(scenario)
    path.write_text(path.read_text().replace(written, edited))
    with pytest.raises(JournalError, match=reason):
        verify(path)


def test_a_scenario_of_ones_own_is_found_again(scenario_copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    scenario = load_scenario(scenario_copy)
    assert folder_of_its_own(scenario_copy) == scenario_copy
    with Run.begin(scenario, folder=scenario_copy, journal=path) as run:
        run.advance(300)
    assert verify(path).step == 300
    moved = scenario_copy.rename(tmp_path / "elsewhere")
    with pytest.raises(JournalError, match="its scenario cannot be loaded"):
        verify(path)
    assert verify(path, scenario=load_scenario(moved)).step == 300


def test_a_scenario_that_comes_along_needs_no_folder() -> None:
    assert folder_of_its_own("knight-2012") is None
    assert folder_of_its_own(home_of("knight-2012").path) is None


# --- the list of runs -----------------------------------------------------------------------------


def test_there_are_no_runs_at_first() -> None:
    assert past_runs() == ()


def test_a_run_is_listed_with_what_it_came_to(scenario: Scenario) -> None:
    path = some_run(scenario, mode="coach", start="09:25", policy="mine.txt")
    (row,) = past_runs()
    assert row == PastRun(
        path=path,
        saved=path.stat().st_mtime,
        scenario="knight-2012",
        seed=7,
        mode="coach",
        policy="mine.txt",
        start="09:25",
        step=85 * 240 + 500,
        clock="09:27:05",
        checksum=scenario.checksum,
    )
    assert row.can_resume


def test_the_last_run_comes_first(scenario: Scenario) -> None:
    paths = [some_run(scenario, 10) for _ in range(3)]
    for age, path in enumerate(paths):
        os.utime(path, (1000 - age, 1000 - age))
    assert [row.path for row in past_runs()] == paths
    assert [row.path for row in past_runs(most=1)] == paths[:1]


def test_a_run_that_is_being_played_cannot_be_resumed(scenario: Scenario) -> None:
    with Run.begin(scenario) as run:
        run.advance(300)
        (row,) = past_runs()
        assert row.obstacle == "it is being played in another control room"
        assert row.step == 300
    (row,) = past_runs()
    assert row.can_resume


def test_a_run_that_is_over_says_what_it_cost(finished: Path, scenario: Scenario) -> None:
    (row,) = past_runs(finished.parent)
    assert (row.ended, row.loss_usd, row.obstacle) == ("handed over", 0, "it is over")
    assert verify(finished).ended == "handed over"


def test_why_a_run_cannot_be_resumed_is_said(
    scenario: Scenario, scenario_copy: Path, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    with Run.begin(load_scenario(scenario_copy), folder=scenario_copy) as run:
        run.advance(1)
    (row,) = past_runs()
    assert row.can_resume
    hints = scenario_copy / "hints.toml"
    hints.write_text(hints.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert past_runs()[0].obstacle == "its scenario has changed since"
    scenario_copy.rename(scenario_copy.with_name("away"))
    assert past_runs()[0].obstacle == "its scenario is not there"
    monkeypatch.setattr(catalogue, "__version__", "9.9")
    assert "this is 9.9" in past_runs()[0].obstacle


def test_files_that_are_no_journals_do_not_hide_the_others(
    scenario: Scenario, folder: Path
) -> None:
    some_run(scenario)
    (folder / "empty.jsonl").write_bytes(b"")
    (folder / "noise.jsonl").write_bytes(bytes(range(256)) * 100)
    (folder / "folder.jsonl").mkdir()
    (folder / "gone.jsonl").symlink_to(folder / "nowhere")
    (folder / "edited.jsonl").write_bytes(
        next(folder.glob("knight*")).read_bytes() + b'{"step": "x"}\n'
    )
    (folder / "notes.txt").write_text("not looked at")
    rows = {row.path.name: row for row in past_runs()}
    assert sum(row.can_resume for row in rows.values()) == 1
    assert rows["empty.jsonl"].obstacle
    assert "no journal" in rows["noise.jsonl"].obstacle
    assert rows["folder.jsonl"].obstacle
    assert all(row.obstacle.isprintable() for row in rows.values())


def test_a_torn_journal_is_listed_by_its_last_whole_line(scenario: Scenario) -> None:
    path = some_run(scenario)
    path.write_bytes(path.read_bytes()[:-10])
    (row,) = past_runs()
    assert row.can_resume
    assert row.step == 480


def test_only_the_ends_of_a_long_journal_are_read(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Run.begin(scenario) as run:
        for number in range(400):
            run.give(f"note {number} {'x' * 200}")
            run.advance(1)
    (row,) = past_runs()
    assert row.step == 400


def test_the_usual_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CONTROLROOM_RUNS", str(tmp_path / "mine"))
    assert runs_folder() == tmp_path / "mine"
    assert not (tmp_path / "mine").exists()
    assert runs_folder(make=True).is_dir()
    monkeypatch.delenv("CONTROLROOM_RUNS")
    assert runs_folder().name == "runs"
    assert "controlroom" in str(runs_folder())


# --- results --------------------------------------------------------------------------------------


def test_every_figure_that_people_are_shown_is_one_of_the_result(scenario: Scenario) -> None:
    with Run.begin(scenario, journal=None) as run:
        values = result_values(run.result())
    assert set(LABELS) <= set(values)
    rows = result_rows(run.result(), scenario)
    assert [row.id for row in rows] == list(LABELS)


def test_history_stands_beside_a_figure_with_its_tag(scenario: Scenario) -> None:
    with Run.begin(scenario, journal=None) as run:
        rows = {row.id: row for row in result_rows(run.result(), scenario)}
    assert "212" in rows["power_peg_parents"].history
    assert rows["power_peg_parents"].tag.startswith("documented P")
    assert rows["contained_at"].history.startswith("10:15:00 ")
    assert rows["hints"].history == ""


@pytest.mark.parametrize(
    "name, value, expected",
    [
        ("loss_usd", 457_600_000, "$457,600,000"),
        ("loss_marked_usd", -42, "-$42"),
        ("executions", 4_003_049, "4,003,049"),
        ("contained_at", None, "never"),
        ("contained_at", "10:15:00", "10:15:00"),
    ],
)
def test_a_figure_is_written_as_people_read_it(name: str, value: object, expected: str) -> None:
    assert shown(name, value) == expected
