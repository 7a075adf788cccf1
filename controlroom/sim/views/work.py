"""What is in hand: work in progress, and what was written down about the cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.seats import Pane, Seat

if TYPE_CHECKING:
    from controlroom.sim.world import World


@attrs.frozen
class WorkView:
    """Work in progress.

    Attributes:
        id: its number.
        text: the command.
        doing: the current stage in words, or empty.
        left: seconds until it is done.
        done: per mille.
    """

    id: int
    text: str
    doing: str
    left: int
    done: int


def work_of(world: World, seat: Seat) -> tuple[WorkView, ...]:
    """What is in progress: one's own, and everybody's on the board."""
    views = []
    for work in sorted(world.work, key=lambda item: (item.ends[-1], item.id)):
        if work.seat != seat.id and Pane.BOARD not in seat.panes:
            continue
        whole = max(work.ends[-1] - work.began, 1)
        left = max(work.ends[-1] - world.now, 0)
        stages = len(work.ends)
        views.append(
            WorkView(
                id=work.id,
                text=work.command.text(),
                doing=f"part {work.stage + 1} of {stages}" if stages > 1 else "",
                left=-(-left // STEPS_PER_SECOND),
                done=(whole - left) * 1000 // whole,
            )
        )
    return tuple(views)


def suspicions_of(world: World, seat: Seat) -> tuple[str, ...]:
    """What this seat has written down; whoever sees everything reads all of them."""
    if seat.sees_all:
        return tuple(text for _, text in world.team.suspicions)
    written = world.drill.written if world.drill is not None else []
    return tuple(note.text for note in written if note.kind == "suspect" and note.seat == seat.id)
