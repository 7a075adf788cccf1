"""Pictures that are kept as long as nothing that they show has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from controlroom.sim.seats import Seat

if TYPE_CHECKING:
    from controlroom.sim.world import World


def kept(world: World, name: str, key: object, make: Callable[[], Any]) -> Any:
    """The picture made last time, as long as nothing that it shows has changed."""
    before = world.pictures.get(name)
    if before is not None and before[0] == key:
        return before[1]
    picture = make()
    if before is not None and before[1] == picture:
        picture = before[1]
    world.pictures[name] = (key, picture)
    return picture


def named(part: str, seat: Seat) -> str:
    """The name under which a picture is kept; seats that see everything share one."""
    return part if seat.sees_all else f"{part} {seat.id}"
