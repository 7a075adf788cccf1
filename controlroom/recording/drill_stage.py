"""The screens of a drill as a film has them: the facilitator's, or that of a seat.

A host has the run, as in any drill, and lets its time pass on the clock of the film. What other
seats do comes from the run, so nobody sits down here: a seat is taken by a command, or it is not.
"""

from __future__ import annotations

import asyncio
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from controlroom.drill.drill_app import DrillApp
from controlroom.drill.host import Host, SeatSource
from controlroom.drill.host_app import HostApp
from controlroom.drill.seat_screen import SeatScreen
from controlroom.recording.camera import OnFilm
from controlroom.sim.seats import FACILITATOR
from controlroom.tui.pacing import read_speed

if TYPE_CHECKING:
    from controlroom.recording.camera import Camera
    from controlroom.runs.run import Run
    from controlroom.tui.pacing import Pacing
    from controlroom.tui.screens.control_room import ControlRoomScreen

PLACES: Final = "code 012-345"
"""What the facilitator's screen says of how people come in; nobody comes into a film."""


class DrillOnFilm(OnFilm, DrillApp):
    """What both have: the host, and its clock."""

    def on_mount(self) -> None:
        self.run_worker(self.host.keep_time())

    def _frame(self) -> None:
        drill = self.host.run.world.drill
        if drill is not None:
            # Whoever has taken a seat looks at a screen.
            self.host.present = {seat: 1 for seat, names in drill.taken.items() if names}
        super()._frame()

    def pacing_of(self, room: ControlRoomScreen) -> Pacing:  # noqa: ARG002
        return self.host.pacing

    def go_on(self, room: ControlRoomScreen, steps: int) -> None:
        self.host.run.advance(steps)
        room.pass_time()

    def set_speed(self, room: ControlRoomScreen, text: str) -> None:  # noqa: ARG002
        speed = read_speed(text)
        if speed is not None:
            self.host.pacing.speed = speed


class FacilitatorFilm(DrillOnFilm, HostApp):
    """The facilitator's terminal before a camera."""

    def __init__(self, camera: Camera, host: Host) -> None:
        """Prepare the app.

        Args:
            camera: how it is filmed.
            host: of the drill.
        """
        self.camera = camera
        HostApp.__init__(self, host, PLACES, camera.settings)

    def set_speed(self, room: ControlRoomScreen, text: str) -> None:
        room.set_speed(text)


class SeatFilm(DrillOnFilm):
    """A seat's screen before a camera."""

    def __init__(self, camera: Camera, host: Host, seat: str) -> None:
        """Prepare the app.

        Args:
            camera: how it is filmed.
            host: of the drill.
            seat: whose screen it is.
        """
        self.camera = camera
        self._seat = seat
        super().__init__(host, camera.settings)

    def on_mount(self) -> None:
        source = SeatSource(self.host, self._seat)
        self.push_screen(SeatScreen(source, self._seat, **self.clockwork()))


def drill_film(
    camera: Camera, run: Run, *, seat: str, speed: float, paused: bool
) -> FacilitatorFilm | SeatFilm:
    """The app that shows a drill; made on the loop whose clock is the film's.

    Args:
        camera: how it is filmed.
        run: the drill, begun already.
        seat: whose screen it is.
        speed: to begin with; the nearest there is.
        paused: whether somebody has yet to let time pass.
    """
    loop = asyncio.get_running_loop()
    host = Host(
        run,
        speed=read_speed(str(speed)) or Fraction(1),
        paused=paused,
        clock=lambda: round(loop.time() * 1_000_000_000),
    )
    return FacilitatorFilm(camera, host) if seat == FACILITATOR else SeatFilm(camera, host, seat)
