"""The line under every figure says what it is a figure of."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from controlroom.debrief.fairness import fairness_of, hints_in, pauses_of
from controlroom.debrief.pages import write
from controlroom.debrief.played import Played
from controlroom.debrief.whole import debrief
from controlroom.runs.journal import Given, Noted
from controlroom.runs.run import Run
from controlroom.sim.start import Scenario


@pytest.mark.parametrize(
    "notes, said",
    [
        ((), "pauses not recorded"),
        ((Noted(1, "clock"),), "no pauses"),
        ((Noted(1, "clock"), Noted(5, "pause", 95_000)), "1 pause of 1 min 35 s"),
        (
            (Noted(1, "clock"), Noted(5, "pause", 60_000), Noted(9, "pause", 45_000)),
            "2 pauses of 1 min 45 s in all",
        ),
        (
            (Noted(1, "clock"), Noted(5, "clock"), Noted(9, "clock")),
            "no pauses, left and resumed 2 times",
        ),
    ],
)
def test_pauses_are_counted_and_summed(bad: Played, notes: tuple[Noted, ...], said: str) -> None:
    assert pauses_of(bad.header, notes).replace("\N{NO-BREAK SPACE}", " ") == said


def test_nobody_pauses_a_policy_or_an_assessment(bad: Played) -> None:
    assert pauses_of(attrs.evolve(bad.header, policy="idle"), ()) == "no pauses"
    assert pauses_of(attrs.evolve(bad.header, mode="assess"), ()) == "no pauses allowed"


def test_the_line_names_scenario_mode_seed_player_hints_and_runs(
    bad: Played, scenario: Scenario
) -> None:
    line = fairness_of(bad.header, scenario, (), 2).line(7)
    for words in (
        f"knight-2012 {scenario.checksum[:12]}",
        "from 09:30",
        "mode explore",
        "seed 7",
        "played by a person",
        "2 hints",
        "7 runs compared",
    ):
        assert words in line


def test_the_journal_alone_knows_how_many_hints_were_asked_for() -> None:
    commands = [Given(1, "on-call", "hint"), Given(2, "on-call", "hint x"), Given(3, "s", "hints")]
    assert hints_in(commands) == 2


def test_a_pause_stands_on_the_first_page_and_on_the_last(
    scenario: Scenario, tmp_path: Path
) -> None:
    path = tmp_path / "run.jsonl"
    with Run.begin(scenario, journal=path, start="09:30") as run:
        run.note("clock")
        run.advance(240)
        run.note("pause", 30_000)
        run.give("kill smars-8")
        run.advance(240)
    for found in debrief(path, workers=0):
        assert "1 pause of 30" in write(found, "md")
        if found.first:
            break
