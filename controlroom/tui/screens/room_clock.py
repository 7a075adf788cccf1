"""The clock of a room: pause, and speed."""

from __future__ import annotations

from textual import events, on

from controlroom.sim.events import Tone
from controlroom.tui.pacing import read_speed, speed_text
from controlroom.tui.screens.room_base import RoomBase


class RoomClock(RoomBase):
    """Lets time pass and stand still."""

    _was_running = False
    _ran_before_stop = False

    @property
    def held(self) -> str:
        """Why the clock stands still, or empty."""
        if self.in_week:
            return "NO CLOCK"
        return "PAUSED" if self.pacing.paused else ""

    def unmoved(self, *, still: bool) -> str:
        """Why the clock cannot be stopped, or let go on, just now; empty when it can."""
        return ""

    @property
    def goes_on_covered(self) -> bool:
        """Whether the clock goes on while something lies over the room."""
        return False

    def hold(self, *, still: bool) -> None:
        """Stop the clock, or let it go on, where that is allowed."""
        why = self.unmoved(still=still)
        if why:
            self.say(why, Tone.NOTICE)
            return
        self.seeking = False
        self.pacing.pause(still)
        self.say("the clock stands still" if still else f"the clock goes, {self.speed}")
        self.refresh_picture()

    def set_speed(self, text: str) -> bool:
        """Take a written speed; False when it is none."""
        speed = read_speed(text)
        if speed is None:
            self.say(f"speed: one of 1/4, 1/2, 1, 2, 5, 10, 30, 60, not {text!r}", Tone.NOTICE)
            return False
        self.pacing.speed = speed
        self._say_speed()
        return True

    @property
    def speed(self) -> str:
        """As it is written: `10x`."""
        return speed_text(self.pacing.speed)

    def _say_speed(self) -> None:
        still = "; the clock stands still" if self.pacing.paused else ""
        self.say(f"speed {self.speed}{still}")
        self.refresh_picture()

    def action_pause(self) -> None:
        self.hold(still=self.seeking or not self.pacing.paused)

    def action_faster(self) -> None:
        if self.pacing.faster():
            self._say_speed()
        else:
            self.say(f"{self.speed} is as fast as it goes")

    def action_slower(self) -> None:
        if self.pacing.slower():
            self._say_speed()
        else:
            self.say(f"{self.speed} is as slow as it goes")

    @on(events.ScreenSuspend)
    def _covered(self) -> None:
        """Help, the palette or a question lies over the room."""
        if not self.goes_on_covered:
            self._was_running = not self.pacing.paused
            self.pacing.pause()

    @on(events.ScreenResume)
    def _uncovered(self) -> None:
        if self._was_running:
            self.pacing.pause(False)
        self._was_running = False
        if self.is_mounted:
            self.refresh_picture()

    # --- the program itself is stopped, as by ctrl+z ----------------------------------------------

    def on_mount(self) -> None:
        # At once: by the next message the program stands.
        self.app.app_suspend_signal.subscribe(self, lambda _: self.stopped(), immediate=True)
        self.app.app_resume_signal.subscribe(self, lambda _: self.went_on(), immediate=True)

    def stopped(self) -> None:
        """The program is about to be stopped; at 60x two seconds of that were two minutes."""
        self._ran_before_stop = not self.pacing.paused
        self.pacing.pause()
        self.frame()

    def went_on(self) -> None:
        """The program goes on, and so does the clock."""
        if self._ran_before_stop:
            self.pacing.pause(False)
            self.say("the clock stood still while the program was stopped")
        self._ran_before_stop = False
