"""A scenario of another firm, written from docs/scenarios.md alone: five gateways in London."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from controlroom.runs.policies import PLAYERS
from controlroom.runs.policies.player import Bare, drive
from controlroom.runs.rehearsal import never_came, never_met, rehearse
from controlroom.runs.results import result_rows
from controlroom.runs.simulation import Simulation
from controlroom.scenario import check, load_scenario
from controlroom.scenario.lint import lint
from controlroom.sim.start import Scenario

DESK: Final = Path(__file__).parents[1] / "scenarios" / "etf-desk"

ELSEWHERE: Final = re.compile(
    r"SMARS|Knight|Power Peg|33 Account|PMON|NYSE|\bRLP\b|\b154\b|\bSEC\b|[Ee]ight servers"
)
"""What belongs to another morning."""


@pytest.fixture(scope="module")
def desk() -> Scenario:
    return load_scenario(DESK)


def played(desk: Scenario, name: str, until: str) -> Simulation:
    """The day as somebody plays it."""
    simulation = Simulation(desk)
    drive(Bare(simulation), simulation, PLAYERS[name](), desk.day.parse(until))
    return simulation


def test_nothing_is_wrong_with_it_and_its_drill_is_a_good_one(desk: Scenario) -> None:
    assert check(DESK) == ()
    assert list(lint(desk)) == []


def test_reading_the_mail_wins_it_and_doing_nothing_loses_it(desk: Scenario) -> None:
    idle = Simulation(desk)
    idle.step(desk.day.parse("08:20"))
    assert idle.result().loss_usd > desk.firm.capital
    assert played(desk, "mail-reader", "08:20").result().loss_usd == 0
    assert played(desk, "panic-stop", "08:20").result().loss_usd < desk.firm.capital // 10


def test_a_team_meets_every_objective_and_every_inject_comes_to_somebody(desk: Scenario) -> None:
    rehearsed = tuple(rehearse(desk, ("team", "idle")))
    assert never_met(desk, rehearsed) == ()
    assert never_came(desk, rehearsed) == ()
    assert rehearsed[0].lapsed == ()


def test_no_word_of_another_firm_is_said(desk: Scenario) -> None:
    simulation = Simulation(desk)
    simulation.step(desk.day.parse("08:01"))
    given = ["pmon", "account 33", "look gate-c", "log gate-c", "flag off", "limit 1000000",
             "positions", "call lse", "hint", "compare", "kill gate-c"]  # fmt: skip
    for command in given:
        simulation.submit(command)
        simulation.step(400)
    view = simulation.view()
    said = [line.text for line in view.answers]
    said += [f"{row.label} {row.history}" for row in result_rows(simulation.result(), desk)]
    said += [view.money.monitor, view.header.title, view.header.zone]
    assert len(said) > 40
    assert [text for text in said if ELSEWHERE.search(text)] == []
    assert any("Risk Board" in text for text in said)
    assert any("Suspense Account" in text for text in said)
