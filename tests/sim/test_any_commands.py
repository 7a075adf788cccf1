"""Whatever is typed, whenever: nothing breaks, the books balance, and the text plays it again."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from controlroom.sim.commands import EVERY_COMMAND, Command, parse
from controlroom.sim.events import Answer, Refused, Said
from controlroom.sim.state import digest, first_difference, restore, snapshot
from controlroom.sim.views import View, view
from controlroom.sim.work import Order
from controlroom.sim.world import World, advance, step
from tests.sim.books import check
from tests.sim.play import SEAT, Idle
from tests.sim.room import inject, with_plan
from tests.sim.typed import line, lines

MARKS = ("09:25:00", "09:29:50", "09:30:00", "09:32:00", "09:35:00")

Moments = list[tuple[int, list[str]]]

unhurried = settings(
    deadline=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def moments(idle: Idle) -> st.SearchStrategy[Moments]:
    """Steps to wait, then lines to give at one step; again and again."""
    wait = st.one_of(st.integers(0, 9), st.integers(0, 500))
    few = st.lists(lines(idle.scenario), min_size=1, max_size=3)
    return st.lists(st.tuples(wait, few), min_size=1, max_size=10)


def give(world: World, commands: list[Command]) -> None:
    """Give commands at one step; each is heard, and refused with a reason where it is refused."""
    ended = world.ended
    events = step(world, [Order(SEAT, command) for command in commands])
    said = [event.text for event in events if isinstance(event, Said)]
    assert said == ([] if ended else [command.text() for command in commands])
    for event in events:
        assert event.text
        if isinstance(event, Refused):
            assert len(event.text) < 300
            assert event.command in said
        if isinstance(event, Answer):
            assert all(isinstance(text, str) for text in event.lines)


@given(data=st.data(), mark=st.sampled_from(MARKS))
@unhurried
def test_any_commands_at_any_time_keep_the_world_whole(
    idle: Idle, moments: st.SearchStrategy[Moments], data: st.DataObject, mark: str
) -> None:
    """Fold in leaps, and fold again step by step from the canonical text: one digest."""
    world, again = idle.at(mark).world, idle.at(mark).world
    for wait, typed in data.draw(moments):
        commands = [parse(text, idle.scenario) for text in typed]
        advance(world, wait)
        give(world, commands)
        check(world)
        assert isinstance(view(world, SEAT), View)

        for _ in range(wait):
            step(again)
        give(again, [parse(command.text(), idle.scenario) for command in commands])
        assert first_difference(world, again) is None
    assert digest(world) == digest(again)


@given(data=st.data(), mark=st.sampled_from(MARKS))
@unhurried
def test_a_restored_snapshot_goes_on_the_same_under_any_commands(
    idle: Idle, moments: st.SearchStrategy[Moments], data: st.DataObject, mark: str
) -> None:
    """The one world is never restored, the other before every moment and once in between."""
    world, restored = idle.at(mark).world, idle.at(mark).world
    for wait, typed in data.draw(moments):
        commands = [parse(text, idle.scenario) for text in typed]
        advance(world, wait)
        give(world, commands)
        advance(restored, wait // 2)
        restored = restore(snapshot(restored))
        advance(restored, wait - wait // 2)
        restored = restore(snapshot(restored))
        give(restored, commands)
        assert first_difference(world, restored) is None
    assert digest(world) == digest(restored)


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=lambda command: command.verb)
@given(data=st.data())
@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_command_is_read_again_from_its_own_text(
    idle: Idle, command: type[Command], data: st.DataObject
) -> None:
    """The journal keeps the canonical text; what it says must be what was meant."""
    scenario = with_plan(idle.scenario, inject("later")).scenario
    typed = data.draw(line(command, scenario))
    read = parse(typed, scenario)
    assert type(read) is command
    assert parse(read.text(), scenario) == read
    assert parse(read.text(), scenario).text() == read.text()
