"""How a command becomes work and work becomes done.

A command that cannot be done is answered by a refusal with the reason. One that takes time is work
in progress in stages; the next stage begins when the one before it has ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from controlroom.sim import coach, drill, seats, week
from controlroom.sim.events import Answer, Refused, Said, Tone
from controlroom.sim.start import Counts
from controlroom.sim.work import Order, Work

if TYPE_CHECKING:
    from controlroom.sim.world import World

MOST_WORK: Final = 12
"""Commands in progress at once; a team can do no more (reconstructed)."""


def give(world: World, order: Order) -> None:
    """Begin a command, or refuse it."""
    command, seat = order.command, order.seat
    said = command.text()
    world.record(Said(world.now, said, seat))
    obstacle = seats.refusal(world, seat, command) or drill.dead_end(world, command)
    if obstacle is None and week.begun(world) is not None:
        _give_on_an_evening(world, order)
        return
    obstacle = obstacle or command.obstacle(world)
    if obstacle is None and command.phone:
        obstacle = _on_the_phone(world, seat)
    stages = command.stages(world) if obstacle is None else ()
    if stages and obstacle is None:
        if len(world.work) >= MOST_WORK:
            obstacle = f"{MOST_WORK} things are in progress already; wait for one to end"
        twin = next((work for work in world.work if work.command == command), None)
        if twin is not None:
            obstacle = f"that is in progress already, since {world.scenario.day.text(twin.began)}"
    if obstacle is not None:
        world.record(Refused(world.now, obstacle, seat, said))
        coach.noticed(world, command, Counts.TRIED)
        return
    if world.team.first_command < 0 and command.group in ("act", "people", "positions"):
        world.team.first_command = world.now
    command.begin(world, seat)
    drill.heard(world, seat, command)
    if stages:
        ends, at = [], world.now
        for length in stages:
            at += max(length, 1)
            ends.append(at)
        work = Work(world.next_work, seat, command, world.now, tuple(ends), 0)
        world.next_work += 1
        world.work.append(work)
    coach.noticed(world, command, Counts.GIVEN if stages else Counts.DONE)


def _give_on_an_evening(world: World, order: Order) -> None:
    """Do a command in the week before, or refuse it."""
    command, seat = order.command, order.seat
    if command.evenings:
        obstacle = command.on_an_evening(world, seat)
    else:
        obstacle = f"{command.verb} {week.FOR_THE_DAY}"
    if obstacle is not None:
        world.record(Refused(world.now, obstacle, seat, command.text()))


def finish_due(world: World) -> None:
    """End the stages that are due, in the order in which they end."""
    while world.work:
        due = [work for work in world.work if work.due <= world.now]
        if not due:
            return
        work = min(due, key=lambda item: (item.due, item.id))
        place = world.work.index(work)
        over = work.stage + 1 == len(work.ends)
        if over:
            del world.work[place]
        else:
            world.work[place] = attrs.evolve(work, stage=work.stage + 1)
        work.command.finish(world, work.seat, work.stage)
        if over:
            coach.noticed(world, work.command, Counts.DONE)
        if world.ended:
            return


def _on_the_phone(world: World, seat: str) -> str | None:
    """The refusal where the telephone is busy; in a drill every seat has one of its own."""
    for work in world.work:
        if work.command.phone and (world.drill is None or work.seat == seat):
            until = world.scenario.day.text(work.ends[-1])
            return f"you are on the telephone until {until} ({work.command.text()})"
    return None


def counted(count: int, one: str, many: str = "") -> str:
    """`1 message`, `1,204 messages`; `many` where that is not `one` with an s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def answer(world: World, seat: str, first: str, *more: str, tone: Tone = Tone.PLAIN) -> None:
    """Tell a seat what its command found or did."""
    world.record(Answer(world.now, first, seat, more, tone))
