"""Stressors: what each does, that nothing is taken away, that journals keep them. Dates."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import attrs
import pytest

from controlroom.debrief.par import beside
from controlroom.runs.daily import seed_of
from controlroom.runs.fork import fork
from controlroom.runs.journal import read_journal
from controlroom.runs.policies import RIDDLERS
from controlroom.runs.run import Run
from controlroom.runs.simulation import Simulation
from controlroom.runs.verify import verify
from controlroom.scenario import ScenarioError, load_scenario
from controlroom.scenario.switches import switch_on
from controlroom.sim.start import Channel, FaultKind, Scenario
from tests.sim.riddle import blind, drawn_of, seeds_of

BURNS = seeds_of(FaultKind.STALE_BUILD)[0]
ALL = tuple(stressor.id for stressor in blind().stressors)


def under(*stressors: str) -> Scenario:
    return switch_on(blind(), (), stressors)


def at(clock: str, *stressors: str, seed: int = BURNS) -> Simulation:
    simulation = Simulation(under(*stressors), seed)
    simulation.run_until(clock)
    return simulation


def test_a_stressor_that_a_scenario_has_not_is_named() -> None:
    with pytest.raises(ScenarioError, match="noisy"):
        load_scenario("knight-blind", stressors=["noisy"])


def test_each_difficulty_names_stressors_and_the_first_names_none() -> None:
    first, *others = blind().difficulties
    assert first.stressors == ()
    assert all(level.stressors for level in others)
    assert set(others[-1].stressors) == set(ALL)


@pytest.mark.parametrize("stressor", ALL)
def test_a_stressor_changes_neither_what_is_wrong_nor_where(stressor: str) -> None:
    for kind in FaultKind:
        for seed in seeds_of(kind, 2):
            calm, stressed = Simulation(blind(), seed), Simulation(under(stressor), seed)
            drawn = attrs.evolve(drawn_of(stressed.scenario), odd=-1)
            assert drawn == drawn_of(calm.scenario)


def test_hurry_lets_people_notice_sooner() -> None:
    def came(simulation: Simulation) -> dict[str, int]:
        feed = simulation.world.alerts.feed.items
        return {alert.inject: alert.step for alert in feed if alert.inject != "reject"}

    calm, hurried = came(at("09:36:00")), came(at("09:36:00", "time"))
    both = calm.keys() & hurried.keys()
    assert set(calm) <= set(hurried)
    assert all(hurried[name] <= calm[name] for name in both)
    assert sum(hurried[name] < calm[name] for name in both) >= 4


@pytest.mark.parametrize("stressor, channel", [("noise", Channel.MAIL), ("calls", Channel.CALL)])
def test_more_arrives_and_all_of_it_on_top(stressor: str, channel: Channel) -> None:
    calm, stressed = at("09:35:00"), at("09:35:00", stressor)
    before = [alert.inject for alert in calm.world.alerts.feed.items]
    after = list(stressed.world.alerts.feed.items)
    more = [alert for alert in after if alert.inject.startswith(stressor)]
    assert len(more) >= 4
    assert {alert.channel for alert in more} == {channel}
    assert sorted(before) == sorted(
        alert.inject for alert in after if not alert.inject.startswith(stressor)
    )


def test_oddities_differ_and_harm_nobody() -> None:
    odd, plain = at("09:40:00", "ambiguity"), at("09:40:00")
    drawn = drawn_of(odd.scenario)
    assert drawn.odd not in (drawn.server, drawn.guest)
    name = odd.scenario.servers[drawn.odd].name
    assert odd.world.fleet.builds[drawn.odd] == "rlp-p1"
    assert odd.result().loss_usd == plain.result().loss_usd
    odd.submit(f"config reference {name}")
    told = [event.text for event in odd.step(90)]
    assert any("2012-08-01b, master file of 2012-08-01" in text for text in told)


def test_a_monitor_lies_and_a_look_does_not() -> None:
    lying = at("09:32:00", "liar")
    place = drawn_of(lying.scenario).server
    name = lying.scenario.servers[place].name
    truth = int(lying.world.fleet.recent(lying.world.seconds_closed)[-1, place])
    assert truth > 1_000
    assert lying.view().servers[place].children < truth / 5
    lying.submit(f"log {name}")
    assert any(f"{name}  log, 1," in event.text for event in lying.step(60))
    assert lying.view("facilitator").servers[place].children > 1_000


def test_a_journal_keeps_its_stressors_and_folds_to_the_same_world(tmp_path: Path) -> None:
    path = tmp_path / "hard.jsonl"
    with Run.begin(under("time", "liar"), seed=BURNS, journal=path) as run:
        run.give("call clients")
        run.advance(4 * 60 * 12)
    journal = read_journal(path)
    assert journal.header.stressors == ("time", "liar")
    assert verify(path).commands == 1
    forked = fork(path, "09:25:00", place=tmp_path / "other.jsonl")
    try:
        assert forked.scenario.drawn == drawn_of(under_seed(BURNS))
        assert [one.id for one in forked.scenario.stressors if one.on] == ["time", "liar"]
    finally:
        forked.close()


def under_seed(seed: int) -> Scenario:
    return Simulation(blind(), seed).scenario


def test_a_journal_without_stressors_says_nothing_of_them(tmp_path: Path) -> None:
    path = tmp_path / "calm.jsonl"
    Run.begin(blind(), seed=BURNS, journal=path).close()
    assert b"stressors" not in path.read_bytes().splitlines()[0]


def test_the_seed_of_a_date_is_the_dates_and_others_have_others() -> None:
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(400)]
    seeds = [seed_of(day) for day in days]
    assert seed_of(dt.date(2026, 11, 26)) == 853207
    assert len(set(seeds)) > 395
    assert all(abs(one - other) > 1 for one, other in pairwise(seeds))


def test_nobody_stands_in_for_history_beside_a_riddle() -> None:
    assert beside(blind()) == RIDDLERS
    assert blind().reference == ()
