"""Installing builds: one server after the other, copied, then restarted.

Durations are reconstructed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from controlroom.sim import trading, week
from controlroom.sim.clock import seconds
from controlroom.sim.command import Command, Group, Kind, Slot, words
from controlroom.sim.commands.leave import needs_leave, would_stop_everything
from controlroom.sim.commands.servers import SERVERS, change, named
from controlroom.sim.fleet import ProcessState
from controlroom.sim.tasks import answer

if TYPE_CHECKING:
    from controlroom.sim.world import World

COPY = 30
RESTART = 10


@attrs.frozen
class Install(Command):
    """What `deploy` and `uninstall` share: one server after the other, copied, then restarted."""

    group: ClassVar[Group] = Group.ACT
    asks: ClassVar[bool] = True

    def targets(self, world: World) -> list[int]:
        """Places of the servers, in order."""
        raise AssertionError

    def build_for(self, world: World, server: int) -> str:
        """The build that the server will run."""
        raise AssertionError

    def nothing_to_do(self, world: World, server: int) -> str:
        """Why a server is left as it is, restart and all; empty where it is not."""
        return ""

    def obstacle(self, world: World) -> str | None:
        """Authority where the restart leaves the firm without a server."""
        if would_stop_everything(world, frozenset(), frozenset(self.targets(world))):
            return needs_leave(world, f"{self.text()} restarts the last running server, which")
        return None

    def restarting(self, world: World, stage: int) -> frozenset[int]:
        """Those whose turn is not over."""
        return frozenset(self.targets(world)[stage // 2 :])

    def stages(self, world: World) -> tuple[int, ...]:
        """Thirty seconds of copying and ten of restarting, a server."""
        return (seconds(COPY), seconds(RESTART)) * len(self.targets(world))

    def finish(self, world: World, seat: str, stage: int) -> None:
        """After the copy the process restarts; after the restart it takes orders again."""
        turn, restarted = divmod(stage, 2)
        servers = self.targets(world)
        at = servers[turn]
        name = world.scenario.servers[at].name
        idle = "" if restarted else self.nothing_to_do(world, at)
        if idle:
            answer(world, seat, f"{name}: {idle}")
        elif not restarted:
            was_up = world.fleet.states[at] is not ProcessState.STOPPED
            build = self.build_for(world, at)
            if was_up:
                trading.release(world, at, f"restart for build {build}")
                change(world, at, ProcessState.STARTING, "starting", build)
            world.fleet.builds[at] = build
            world.team.looked.pop(at, None)
        elif world.fleet.states[at] is ProcessState.STARTING:
            change(world, at, ProcessState.RUNNING, "running", world.fleet.builds[at])
        if stage == 2 * len(servers) - 1:
            answer(world, seat, f"{self.text()}: done")


@attrs.frozen
class Deploy(Install):
    """Install a build on servers."""

    verb: ClassVar[str] = "deploy"
    summary: ClassVar[str] = "install a build, one server after the other, with restart (40 s each)"
    key: ClassVar[str | None] = "i"
    aliases: ClassVar[tuple[str, ...]] = ("install",)
    evenings: ClassVar[bool] = True

    build: str = words(Slot(Kind.BUILD, "BUILD"))
    servers: tuple[str, ...] = words(SERVERS)

    def targets(self, world: World) -> list[int]:
        """The named servers."""
        return named(world, self.servers)

    def build_for(self, world: World, server: int) -> str:
        """The named build."""
        return self.build

    def on_an_evening(self, world: World, seat: str) -> str | None:
        """By the technician, in minutes of the evening."""
        return week.install(world, seat, self.build, self.targets(world))


@attrs.frozen
class Uninstall(Install):
    """Take the new build off servers: what was there before runs again."""

    verb: ClassVar[str] = "uninstall"
    summary: ClassVar[str] = "take the newest build off; the one before runs again (40 s each)"
    key: ClassVar[str | None] = "u"
    aliases: ClassVar[tuple[str, ...]] = ("rollback",)

    servers: tuple[str, ...] = words(SERVERS)

    def targets(self, world: World) -> list[int]:
        """The named servers."""
        return named(world, self.servers)

    def obstacle(self, world: World) -> str | None:
        """Nothing to take off; authority as for any installation."""
        if all(self.nothing_to_do(world, at) for at in self.targets(world)):
            newest = world.scenario.builds[0].name
            return f"nothing to uninstall: {newest} is not installed on {' '.join(self.servers)}"
        return super().obstacle(world)

    def nothing_to_do(self, world: World, server: int) -> str:
        """Where the newest build is not installed there is nothing to take off."""
        newest = world.scenario.builds[0].name
        if world.fleet.builds[server] == newest:
            return ""
        return f"nothing to uninstall, {newest} is not installed here"

    def build_for(self, world: World, server: int) -> str:
        """The build listed after the newest one."""
        return world.scenario.builds[1].name
