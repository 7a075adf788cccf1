"""Three pictures of one morning: the trainer's, the firm's own screens, and a modern one."""

from __future__ import annotations

import pytest

from controlroom.scenario import ScenarioError, load_scenario
from controlroom.scenario.switches import switched
from controlroom.sim.start import Console
from controlroom.sim.views import View, view
from controlroom.sim.world import start
from tests.sim.play import Idle


def seen(idle: Idle, console: Console, seat: str = "on-call") -> View:
    """Two minutes into the storm."""
    return view(idle.at("09:32:00").world, seat, console)


def test_the_trainer_is_what_a_start_has_unless_it_says_otherwise(idle: Idle) -> None:
    world = idle.at("09:32:00").world
    assert view(world, "on-call") == seen(idle, Console.TRAINER)


def test_the_firms_screens_gave_states_and_counts_and_neither_rates_nor_ratios(idle: Idle) -> None:
    was, trainer = seen(idle, Console.AS_WAS), seen(idle, Console.TRAINER)
    for before, now in zip(was.servers, trainer.servers, strict=True):
        assert (before.state, before.received, before.full, before.rejects) == (
            now.state,
            now.received,
            now.full,
            now.rejects,
        )
        assert before.sent == now.sent > 0
        assert (before.children, before.history, before.children_per_parent) == (0, (), 0)
        assert now.children > 0


def test_pmon_has_no_limit_and_does_not_say_that_it_is_late(idle: Idle) -> None:
    was, trainer = seen(idle, Console.AS_WAS).money, seen(idle, Console.TRAINER).money
    assert was.pmon == trainer.pmon
    assert trainer.pmon_age > 0
    assert (was.pmon_age, was.limit, was.flat, was.history) == (0, 0, 0, ())
    assert 0 < was.gross < trainer.gross


def test_the_modern_one_shows_the_limit_and_marks_the_server_of_an_alarm(idle: Idle) -> None:
    modern = seen(idle, Console.MODERN)
    assert modern.money.limit == 2_000_000
    assert [server.alarm for server in modern.servers] == [0] * 7 + [1]
    assert modern.alerts.alarms


@pytest.mark.parametrize("console", [Console.TRAINER, Console.AS_WAS])
def test_only_the_modern_one_has_a_list_of_alarms(idle: Idle, console: Console) -> None:
    assert seen(idle, console).alerts.alarms is None


@pytest.mark.parametrize("console", list(Console))
def test_mails_are_the_same_on_each(idle: Idle, console: Console) -> None:
    assert seen(idle, console).alerts.rows == seen(idle, Console.TRAINER).alerts.rows


@pytest.mark.parametrize("console", list(Console))
def test_what_has_not_changed_is_the_same_object(idle: Idle, console: Console) -> None:
    """So that a screen can tell by identity what it need not draw again."""
    world = idle.at("09:32:00").world
    one, other = view(world, "on-call", console), view(world, "on-call", console)
    assert one.servers is other.servers
    assert one.alerts is other.alerts


def test_a_console_that_there_is_not_is_named() -> None:
    with pytest.raises(ScenarioError, match='knows no console "modem"'):
        switched(load_scenario("knight-2012"), [], [], "modem")


@pytest.mark.parametrize("console", list(Console))
def test_a_riddle_is_played_on_the_console_that_was_chosen(console: Console) -> None:
    """Drawing the fault anew, as for another seed, does not put it back."""
    drawn = start(switched(load_scenario("knight-blind"), [], [], console), 4).scenario
    assert drawn.console is console
    again = start(switched(drawn, [], [], Console.MODERN), 5).scenario
    assert again.console is Console.MODERN
