"""The scenarios that follow history can be won and lost, and nothing in them is there for nobody.

What the seed draws is in `test_riddle`, what a coach teaches in `test_first_shift`.
"""

from __future__ import annotations

import functools

import pytest

from controlroom.debrief.cues import cues_of
from controlroom.runs.policy import IDLE, REFERENCE, follow, load_policy
from controlroom.runs.run import Run
from controlroom.runs.simulation import Simulation
from controlroom.scenario import load_scenario
from controlroom.sim.start import Scenario
from tests.runs.facts import facts_of

WINS = "mail-reader"


LATE = "11:20:00"
"""So long nobody acting is followed, until the last has called; the others end their day."""

PLAYED = (IDLE, REFERENCE, WINS, "panic-stop")

HISTORIES = pytest.mark.parametrize("name", ["knight-2012", "deploy-week"])


@functools.cache
def scenario_of(name: str) -> Scenario:
    return load_scenario(name)


@functools.cache
def played(name: str, policy: str) -> Simulation:
    scenario = scenario_of(name)
    until = scenario.day.parse(LATE) if policy == IDLE else scenario.day.end_step
    with Run.begin(scenario, journal=None) as run:
        follow(run, load_policy(policy, scenario), until)
    return run.simulation


@HISTORIES
def test_who_reads_the_mail_wins(name: str) -> None:
    result = played(name, WINS).result()
    assert result.ended == "handed over"
    assert result.loss_usd <= 0
    assert result.lost_orders == 0


@HISTORIES
def test_who_does_nothing_loses_the_firm(name: str) -> None:
    result = played(name, IDLE).result()
    assert result.contained_at is None
    assert result.loss_usd > scenario_of(name).firm.capital


@HISTORIES
def test_every_message_and_every_cue_reaches_somebody(name: str) -> None:
    scenario = scenario_of(name)
    runs = [played(name, policy) for policy in PLAYED]
    came = {alert.inject for run in runs for alert in run.world.alerts.feed.items}
    assert {inject.id for inject in scenario.injects} - came == set()
    shown = {item.cue.id for run in runs for item in cues_of(facts_of(run)).seen}
    assert {cue.id for cue in scenario.cues} - shown == set()
