"""What a replay can jump to: the moments of a run, found in its log."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import attrs

from controlroom.runs.journal import Given
from controlroom.sim.events import Arrived, Milestone
from controlroom.sim.start import Channel
from controlroom.sim.world import World


class Kind(enum.StrEnum):
    """What sort of moment it is."""

    MAIL = "mail"
    CALL = "call"
    ALARM = "alarm"
    COMMAND = "command"
    MILESTONE = "milestone"
    PAUSE = "pause"


_OF_CHANNEL: Final = {
    Channel.MAIL: Kind.MAIL,
    Channel.CALL: Kind.CALL,
    Channel.ALARM: Kind.ALARM,
}


@attrs.frozen
class Moment:
    """A moment of a run.

    Attributes:
        step: at which to stop for it: a message is there then, and a command is about to be given.
        kind: of moment.
        text: one line.
    """

    step: int
    kind: Kind
    text: str


def moments_of(
    world: World, commands: Sequence[Given], others: Iterable[Moment] = ()
) -> tuple[Moment, ...]:
    """Every moment of a run up to where its world stands, by step.

    Args:
        world: at the end of what is known.
        commands: what was given until then.
        others: moments that are not in the world's log.
    """
    given = (Moment(each.step, Kind.COMMAND, each.command) for each in commands)
    return tuple(sorted((*others, *given, *_told(world)), key=lambda moment: moment.step))


def _told(world: World) -> Iterator[Moment]:
    """What happened by itself. An event of a step is seen when that step has been taken."""
    for event in world.log.items:
        match event:
            case Arrived():
                kind = _OF_CHANNEL[world.alerts[event.alert].channel]
                yield Moment(event.step + 1, kind, event.text)
            case Milestone(id="pause" | "resume"):
                yield Moment(event.step + 1, Kind.PAUSE, event.text)
            case Milestone():
                seen = min(event.step + 1, world.now)
                yield Moment(seen, Kind.MILESTONE, event.text)
            case _:
                pass
