"""The modern console's alarms: what each means, and that somebody has seen it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from controlroom.sim import annunciator
from controlroom.sim.alarm_rules import RULE
from controlroom.sim.annunciator import Standing
from controlroom.sim.command import Command, Group, Kind, Slot, words
from controlroom.sim.events import Tone
from controlroom.sim.start import Console
from controlroom.sim.tasks import answer, counted

if TYPE_CHECKING:
    from controlroom.sim.world import World

_ALL = "all"


def _no_list(world: World) -> str | None:
    """Why there is no list to act on."""
    if world.scenario.console is Console.MODERN:
        return None
    return f"the {world.scenario.console} console has no list of alarms; the modern one has"


def _word(alarm: Standing) -> str:
    """What has become of an alarm."""
    if alarm.returned >= 0:
        return "over, not accepted"
    return "accepted" if alarm.accepted >= 0 else "NEW"


@attrs.frozen
class Alarms(Command):
    """What stands in the list of alarms, with cause, consequence and response."""

    verb: ClassVar[str] = "alarms"
    summary: ClassVar[str] = "the modern console's alarms: cause, consequence, response"
    group: ClassVar[Group] = Group.ALERTS
    key: ClassVar[str | None] = "M"

    def obstacle(self, world: World) -> str | None:
        """Another console has none."""
        return _no_list(world)

    def begin(self, world: World, seat: str) -> None:
        """They are on the screen already; this is every word of them."""
        standing = annunciator.in_order(world)
        if not standing:
            answer(world, seat, "no alarm stands", tone=Tone.GOOD)
            return
        lines = []
        for alarm in standing:
            rule, clock = RULE[alarm.rule], world.scenario.day.text(alarm.raised)
            head = f"{alarm.number} {rule.priority.name} {clock} {_word(alarm)}"
            lines += [
                f"{head}: {annunciator.text_of(world, alarm)}",
                f"   cause: {rule.cause}",
                f"   consequence: {rule.consequence}",
                f"   response: {annunciator.response_of(world, alarm)}",
            ]
        open_ = sum(alarm.accepted < 0 for alarm in standing)
        answer(world, seat, f"alarms: {len(standing)}, not accepted: {open_}", *lines)


@attrs.frozen
class Accept(Command):
    """Accept an alarm: it has been seen, and stays until it is over."""

    verb: ClassVar[str] = "accept"
    summary: ClassVar[str] = "accept alarm N of the modern console, or all"
    group: ClassVar[Group] = Group.ALERTS
    key: ClassVar[str | None] = "A"

    number: str = words(Slot(Kind.ALERT, "N", (_ALL,)))

    def obstacle(self, world: World) -> str | None:
        """Another console has none; a number that does not stand."""
        missing = _no_list(world)
        standing = [str(alarm.number) for alarm in annunciator.in_order(world)]
        if missing is not None or self.number == _ALL or self.number in standing:
            return missing
        listed = f"there are {', '.join(standing)}" if standing else "none stands"
        return f"no alarm {self.number}; {listed}"

    def begin(self, world: World, seat: str) -> None:
        """Those that are over leave the list with it."""
        count = 0
        for alarm in annunciator.in_order(world):
            if alarm.accepted < 0 and self.number in (_ALL, str(alarm.number)):
                annunciator.accept(world, alarm)
                count += 1
        answer(world, seat, f"{counted(count, 'alarm')} accepted")
