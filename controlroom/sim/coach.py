"""The coach of a first shift: it notices what was done, and moves on by itself.

It is part of the state and changes like the rest of it, so that play, replay, plain lines and a
journal that is resumed all show the same coach. It says; it never hinders. A world whose scenario
has no lessons has none of this, nor has a drill, which has a facilitator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from controlroom.sim import people
from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.command import Command
from controlroom.sim.events import Taught, Tone
from controlroom.sim.patterns import fits, fits_any
from controlroom.sim.start import Counts, Inject, Lesson

if TYPE_CHECKING:
    from controlroom.sim.world import World

VERB: Final = "lesson"
"""The command that speaks to the coach, and so is no deed."""

AGAIN: Final = 300
"""Seconds after which the nudge of a lesson is said again."""

REFUSED: Final = "That was refused. The answer says why, and what would help."
KNOWN: Final = "You have done that already."
SKIPPED: Final = "Passed over. You can still try it whenever you like."

_RANK: Final = {Counts.TRIED: 0, Counts.GIVEN: 1, Counts.DONE: 2}


@attrs.define
class Coach:
    """How far somebody has come.

    Attributes:
        place: of the current lesson; -1 before the first, the number of lessons after the last.
        began: step at which it began.
        did: pattern of a lesson -> step at which such a command first counted.
        ended: lesson -> `done`, `known` (it was done before its turn) or `skipped`.
        nudged: whether the nudge of the current lesson was said.
        said: what was said last about what was done, or empty.
        tone: how that should be read, by the names of `Tone`.
        slips: how often something was done instead.
    """

    place: int = -1
    began: int = 0
    did: dict[str, int] = attrs.field(factory=dict)
    ended: dict[str, str] = attrs.field(factory=dict)
    nudged: bool = False
    said: str = ""
    tone: str = Tone.PLAIN.value
    slips: int = 0


def current(world: World) -> Lesson | None:
    """The lesson that is being taught, or None."""
    coach, training = world.coach, world.scenario.training
    if coach is None or training is None or not 0 <= coach.place < len(training.lessons):
        return None
    return training.lessons[coach.place]


def watch(world: World) -> None:
    """On the beat: the first lesson begins, a condition may have come true, a nudge is due."""
    coach = world.coach
    if coach is None or world.drill is not None:
        return
    if coach.place < 0:
        _go_on(world)
        return
    lesson = current(world)
    if lesson is None:
        return
    if _is_over(world, lesson):
        _end(world, lesson)
    elif lesson.nudge and _is_time_to_nudge(coach, lesson, world.now):
        _nudge(world, lesson)


def _is_time_to_nudge(coach: Coach, lesson: Lesson, now: int) -> bool:
    """Once soon, then seldom: whoever lets time run on is not taken past the end of the day."""
    passed = (now - coach.began) // STEPS_PER_SECOND
    if not coach.nudged:
        return passed >= lesson.after
    return passed % AGAIN == 0


def noticed(world: World, command: Command, how: Counts) -> None:
    """A command was refused (`TRIED`), has begun (`GIVEN`), or is done (`DONE`)."""
    coach, training = world.coach, world.scenario.training
    if coach is None or training is None or world.drill is not None or command.verb == VERB:
        return
    for lesson in training.lessons:
        if _RANK[how] >= _RANK[lesson.counts]:
            for pattern in lesson.does:
                if pattern not in coach.did and fits(pattern, command, world.scenario):
                    coach.did[pattern] = world.now
    lesson_now = current(world)
    if lesson_now is None:
        return
    if _is_over(world, lesson_now):
        _end(world, lesson_now)
    else:
        _comment(world, lesson_now, command, how)


def _comment(world: World, lesson: Lesson, command: Command, how: Counts) -> None:
    """Say something to a command that is not, or not yet, what the lesson asks for."""
    meant = fits_any(lesson.does, command, world.scenario)
    if how is Counts.TRIED and meant:
        _say(world, REFUSED, Tone.NOTICE)
    elif not meant and (how is Counts.GIVEN or not command.stages(world)):
        slip = next((s for s in lesson.slips if fits_any(s.did, command, world.scenario)), None)
        if slip is not None and world.coach is not None:
            world.coach.slips += 1
            _say(world, slip.says, Tone.NOTICE)


def skip(world: World) -> None:
    """Pass over the current lesson."""
    coach, lesson = world.coach, current(world)
    if coach is not None and lesson is not None:
        coach.ended[lesson.id] = "skipped"
        coach.said, coach.tone = SKIPPED, Tone.PLAIN.value
        _go_on(world)


def repeat(world: World) -> None:
    """Say the current lesson again, with its nudge, and once more what it rings with."""
    lesson = current(world)
    if lesson is None:
        return
    for message in _messages(world, lesson):
        if message.channel == "call" and message.sender not in _ringing(world):
            people.send(world, message)
    world.record(Taught(world.now, spoken(lesson), new=True))
    _nudge(world, lesson)


def spoken(lesson: Lesson) -> str:
    """A lesson in one line, for those who hear instead of see."""
    to_do = f" Do: {'; '.join(lesson.does)}." if lesson.does else ""
    return f"coach, {lesson.title}: {' '.join(lesson.says.split())}{to_do}"


def _ringing(world: World) -> set[str]:
    return {world.alerts[number].sender for number in world.alerts.ringing}


def _is_over(world: World, lesson: Lesson) -> bool:
    coach = world.coach
    if coach is None or any(pattern not in coach.did for pattern in lesson.does):
        return False
    return people.holds(world, lesson.when, {})


def _end(world: World, lesson: Lesson) -> None:
    coach = world.coach
    if coach is not None:
        coach.ended[lesson.id] = "done"
        _say(world, lesson.good, Tone.GOOD)
        _go_on(world)


def _go_on(world: World) -> None:
    """The next lesson that is not known already, or the end of them."""
    coach, training = world.coach, world.scenario.training
    if coach is None or training is None:
        return
    coach.nudged, coach.began = False, world.now
    for place in range(coach.place + 1, len(training.lessons)):
        coach.place = place
        lesson = training.lessons[place]
        if lesson.does and _is_over(world, lesson):
            coach.ended[lesson.id] = "known"
            _say(world, f"{lesson.title}: {KNOWN[0].lower()}{KNOWN[1:]}", Tone.GOOD)
            continue
        for message in _messages(world, lesson):
            people.send(world, message)
        world.record(Taught(world.now, spoken(lesson), new=True))
        return
    coach.place = len(training.lessons)
    if not world.ended:
        world.record(Taught(world.now, f"coach: {' '.join(training.closing.split())}", new=True))


def _messages(world: World, lesson: Lesson) -> list[Inject]:
    training = world.scenario.training
    known = {message.id: message for message in training.messages} if training else {}
    return [known[name] for name in lesson.brings]


def _nudge(world: World, lesson: Lesson) -> None:
    if world.coach is not None:
        world.coach.nudged = True
        if lesson.nudge:
            _say(world, lesson.nudge, Tone.PLAIN, new=True)


def _say(world: World, text: str, tone: Tone, *, new: bool = False) -> None:
    """A remark; it stands until the next one."""
    if world.coach is not None:
        world.coach.said, world.coach.tone = text, tone.value
        world.record(Taught(world.now, f"coach: {text}", new=new))
