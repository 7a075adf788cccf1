"""The facilitator and the plan: injects that come now, later, otherwise, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from controlroom.sim import people
from controlroom.sim.command import Kind, Slot, words
from controlroom.sim.commands.direct import Directed
from controlroom.sim.drill import Drill
from controlroom.sim.tasks import answer

if TYPE_CHECKING:
    from controlroom.sim.world import World

_INJECT: Final = Slot(Kind.INJECT, "INJECT")


@attrs.frozen
class _OnInject(Directed):
    """A verb on an inject that has not come."""

    inject: str = words(_INJECT)

    def hindered(self, world: World, drill: Drill) -> str | None:
        """It has come already."""
        came = drill.fired.get(self.inject)
        if came is None:
            return None
        return f"{self.inject} has come already, at {world.scenario.day.text(came)}"


@attrs.frozen
class Fire(_OnInject):
    """Let an inject come now."""

    verb: ClassVar[str] = "fire"
    summary: ClassVar[str] = "let an inject come now"

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """Whatever was decided about it before."""
        drill.held = _without(drill.held, self.inject)
        drill.skipped = _without(drill.skipped, self.inject)
        drill.waiting = _without(drill.waiting, self.inject)
        people.send(world, world.scenario.drill_injects[self.inject])
        answer(world, seat, f"{self.inject} has come")


@attrs.frozen
class Hold(_OnInject):
    """Keep an inject back."""

    verb: ClassVar[str] = "hold"
    summary: ClassVar[str] = "keep an inject back until it is released"

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """It waits."""
        drill.skipped = _without(drill.skipped, self.inject)
        drill.held = (*_without(drill.held, self.inject), self.inject)
        answer(world, seat, f"{self.inject} is held; it comes with: release {self.inject}")


@attrs.frozen
class Release(Directed):
    """Let an inject that is held come at its time, or now where that is over."""

    verb: ClassVar[str] = "release"
    summary: ClassVar[str] = "let an inject come that was held: at its time, or now if that is over"

    inject: str = words(_INJECT)

    def hindered(self, world: World, drill: Drill) -> str | None:
        """It is not held."""
        if self.inject in drill.held:
            return None
        listed = ", ".join(drill.held) or "none is"
        return f"{self.inject} is not held; held: {listed}"

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """It comes."""
        drill.held = _without(drill.held, self.inject)
        if self.inject not in drill.waiting:
            answer(world, seat, f"{self.inject} comes at its time")
            return
        drill.waiting = _without(drill.waiting, self.inject)
        people.send(world, world.scenario.drill_injects[self.inject])
        answer(world, seat, f"{self.inject} has come")


@attrs.frozen
class Skip(_OnInject):
    """Leave an inject out."""

    verb: ClassVar[str] = "skip"
    summary: ClassVar[str] = "leave an inject out"

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """It does not come, unless it is fired."""
        drill.held = _without(drill.held, self.inject)
        drill.waiting = _without(drill.waiting, self.inject)
        drill.skipped = (*_without(drill.skipped, self.inject), self.inject)
        answer(world, seat, f"{self.inject} is left out")


@attrs.frozen
class Edit(_OnInject):
    """Give an inject another text."""

    verb: ClassVar[str] = "edit"
    summary: ClassVar[str] = "let an inject come with another text"

    said: str = words(Slot(Kind.TEXT, "TEXT"))

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """It comes with this text."""
        drill.edits[self.inject] = self.said
        answer(world, seat, f"{self.inject} comes with the new text")


def _without(names: tuple[str, ...], gone: str) -> tuple[str, ...]:
    return tuple(name for name in names if name != gone)
