"""The modern console's alarms over the day of 1 August 2012: few, early, and each with its deed."""

from __future__ import annotations

import functools

import pytest

from controlroom.runs.policy import follow, load_policy
from controlroom.runs.run import Run
from controlroom.scenario import load_scenario
from controlroom.scenario.switches import switched
from controlroom.sim import annunciator
from controlroom.sim.alarm_rules import RULE, RULES, Priority
from controlroom.sim.annunciator import EVERY, Annunciator, Standing
from controlroom.sim.clock import STEPS_PER_MINUTE
from controlroom.sim.events import Sounded
from controlroom.sim.start import Scenario
from controlroom.sim.state import digest, restore, snapshot
from controlroom.sim.world import World, advance, start
from tests.sim.play import Idle, Shift

MOST_IN_TEN_MINUTES = 10
"""After a major upset (EEMUA 191 as HSE quotes it), and what ISA-18.2 calls the end of a flood."""


@functools.cache
def modern() -> Scenario:
    """The scenario on the modern console."""
    return switched(load_scenario("knight-2012"), [], [], "modern")


@functools.cache
def reference_day() -> World:
    """The reference run, on the trainer's console."""
    scenario = load_scenario("knight-2012")
    run = Run.begin(scenario, journal=None)
    follow(run, load_policy("reference", scenario), scenario.day.end_step, lambda *_: None)
    return run.world


def on_modern(clock: str) -> Shift:
    """The idle day on the modern console."""
    return Shift.begin(modern()).until(clock)


def kept_by(world: World) -> Annunciator:
    """What keeps the alarms of a world that has them."""
    assert world.annunciator is not None
    return world.annunciator


def raised(world: World) -> list[tuple[str, str, str]]:
    """Clock, rule and server of every alarm."""
    day, servers = world.scenario.day, world.scenario.servers
    return [
        (day.text(one.raised), one.rule, servers[one.server].name if one.server >= 0 else "")
        for one in kept_by(world).every()
    ]


# --- over a day -----------------------------------------------------------------------------------


def test_the_stale_server_is_named_before_the_open_and_ten_seconds_after_it() -> None:
    alarms = raised(reference_day())
    assert alarms[0] == ("08:02:50", "rejects", "smars-8")
    assert ("09:30:10", "orders-out", "smars-8") in alarms
    assert ("09:30:05", "account-limit", "") in alarms


def test_a_whole_day_of_ruin_raises_few_alarms_and_never_a_flood() -> None:
    """EEMUA 191 and ISA-18.2: at most ten in any ten minutes, also after the upset."""
    alarms = kept_by(reference_day()).every()
    assert len(alarms) <= 15
    steps = [alarm.raised for alarm in alarms]
    for begin in steps:
        window = [step for step in steps if begin <= step < begin + 10 * STEPS_PER_MINUTE]
        assert len(window) <= MOST_IN_TEN_MINUTES
    assert {RULE[alarm.rule].priority for alarm in alarms} == set(Priority)


def test_no_alarm_comes_twice() -> None:
    """Deadband and delay: what is raised stays until it is over."""
    world = reference_day()
    assert kept_by(world).count == len(kept_by(world).every())


def test_the_rollback_raises_an_alarm_on_servers_that_were_sound() -> None:
    day = reference_day().scenario.day
    after = [
        server
        for clock, rule, server in raised(reference_day())
        if rule == "orders-out" and clock > day.text(day.parse("09:49"))
    ]
    assert len(after) >= 5
    assert "smars-8" not in after


def test_a_quiet_morning_raises_none() -> None:
    quiet = load_scenario("knight-2012", controls=["two-person-review"])
    shift = Shift.begin(quiet, alarms=True)
    shift.until("12:00:00")
    assert raised(shift.world) == []


def test_every_alarm_says_cause_consequence_and_response() -> None:
    for rule in RULES:
        assert rule.returned < rule.raised, "a deadband"
        for text in (rule.cause, rule.consequence, rule.response):
            assert text.endswith(".")


# --- raised, accepted, over -----------------------------------------------------------------------


def measured(monkeypatch: pytest.MonkeyPatch, *values: int) -> list[tuple[int, Standing | None]]:
    """The value that is shown and the alarm, while it goes through these, look by look."""
    world = start(load_scenario("knight-2012"), 7, alarms=True)
    own, rule = kept_by(world), RULE["orders-wait"]
    seen = []
    for number, value in enumerate(values):
        world.now = number * EVERY
        monkeypatch.setattr(annunciator, "_measured", lambda *_, value=value: {rule.id: [value]})
        annunciator.watch(world)
        key = rule.id, -1
        seen.append((own.values.get(key, 0), own.standing.get(key)))
    return seen


def test_a_value_that_crosses_for_one_look_raises_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = measured(monkeypatch, 0, 500, 500, 0, 500, 500, 0)
    assert all(alarm is None for _, alarm in seen)


def test_a_value_that_swings_within_the_deadband_raises_one_alarm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = measured(monkeypatch, *[101] * 3, *[99, 101, 21, 150] * 5)
    standing = [alarm for _, alarm in seen if alarm is not None]
    assert {alarm.raised for alarm in standing} == {2 * EVERY}
    assert all(alarm.returned < 0 for alarm in standing)
    assert seen[-1][0] == 150
    assert standing[-1].first == 101


def test_an_alarm_that_comes_again_before_it_was_accepted_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = measured(monkeypatch, *[500] * 3, *[0] * 3, *[500] * 3)
    over = seen[5][1]
    again = seen[-1][1]
    assert over is not None
    assert again is not None
    assert over.returned == 5 * EVERY
    assert (again.number, again.returned, again.raised) == (over.number, -1, 8 * EVERY)


def test_an_accepted_alarm_stays_until_it_is_over_and_then_leaves() -> None:
    shift = on_modern("09:30:30")
    assert shift.do("accept all", 1).text == "3 alarms accepted"
    assert {alarm.state for alarm in shift.view.alerts.alarms or ()} == {"accepted"}
    shift.do("kill smars-8", 5)
    shift.until("09:33:00")
    rules = {alarm.rule for alarm in kept_by(shift.world).standing.values()}
    assert "orders-out" not in rules
    assert "account-limit" in rules


def test_an_alarm_that_is_over_waits_for_somebody_to_have_seen_it() -> None:
    shift = on_modern("09:30:30")
    shift.do("kill smars-8", 5)
    shift.until("09:33:00")
    states = {alarm.server: alarm.state for alarm in shift.view.alerts.alarms or ()}
    assert states["smars-8"] == "over"
    number = next(a.number for a in shift.view.alerts.alarms or () if a.state == "over")
    shift.do(f"accept {number}", 1)
    assert number not in {alarm.number for alarm in shift.view.alerts.alarms or ()}


def test_the_list_says_what_to_do_first_about_what_is_worst() -> None:
    shift = on_modern("09:31:00")
    answer = shift.do("alarms", 1)
    assert "smars-8 sends" in answer.lines[0]
    assert answer.lines[3].strip().startswith("response: compare the builds")
    priorities = [alarm.priority for alarm in shift.view.alerts.alarms or ()]
    assert priorities == sorted(priorities)


@pytest.mark.parametrize("line", ["alarms", "accept all"])
def test_another_console_says_that_it_has_none(idle: Idle, line: str) -> None:
    shift = idle.at("09:31:00")
    assert "console has no list of alarms" in shift.refusal(line)


def test_accepting_what_does_not_stand_names_what_does() -> None:
    assert on_modern("09:31:00").refusal("accept 99") == "no alarm 99; there are 3, 2, 1, 4"


# --- and the world --------------------------------------------------------------------------------


def test_the_world_is_the_same_behind_every_console(idle: Idle) -> None:
    """Only the alarms' own lines in the log differ."""
    one, other = idle.at("09:32:00").world, on_modern("09:32:00").world
    assert digest(Shift.begin(idle.scenario, idle.seed).until("09:32:00").world) == digest(one)
    said = [event for event in other.log.items if not isinstance(event, Sounded)]
    assert said == one.log.items
    assert kept_by(one).every() == kept_by(other).every()
    other.log = one.log
    assert digest(one) == digest(other)


def test_alarms_need_somebody_and_are_told_in_the_log() -> None:
    told = [e for e in on_modern("09:31:00").world.log.items if isinstance(e, Sounded)]
    assert all(event.needs_you for event in told)
    assert [event.alarm for event in told] == [1, 2, 3, 4]
    assert [event.high for event in told] == [False, True, True, False]


def test_a_restored_world_remembers_its_alarms() -> None:
    world = on_modern("09:30:07").world
    twin = restore(snapshot(world))
    for one in (world, twin):
        advance(one, 200)
    assert kept_by(twin) == kept_by(world)
    assert kept_by(twin).looks is not kept_by(world).looks
