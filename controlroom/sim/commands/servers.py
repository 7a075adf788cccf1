"""What commands on servers share: the slot for their names, their places, a change of process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from controlroom.sim.command import Kind, Slot
from controlroom.sim.commands.look import place_of
from controlroom.sim.events import ServerChanged
from controlroom.sim.fleet import ProcessState

if TYPE_CHECKING:
    from controlroom.sim.world import World

SERVERS: Final = Slot(Kind.SERVERS, "SERVER")


def named(world: World, servers: tuple[str, ...]) -> list[int]:
    """Places of the named servers, `all` spelled out."""
    if servers == ("all",):
        return list(range(len(world.scenario.servers)))
    return [place_of(world, server) for server in servers]


def change(world: World, server: int, state: ProcessState, said: str, build: str = "") -> None:
    """Change a server's process; the build is for its log, which somebody must read to know it."""
    world.fleet.set_state(server, state)
    world.fleet.write(server, world.now, f"{said} build {build}" if build else said)
    name = world.scenario.servers[server].name
    world.record(ServerChanged(world.now, f"{name} {said}", name))
