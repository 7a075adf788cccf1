"""The clock of the control room: pause, speed, and running to the next thing that needs you."""

from __future__ import annotations

from textual import events, on

from controlroom.sim.events import Answer, Event, Tone
from controlroom.sim.start import Mode
from controlroom.tui.pacing import read_speed, speed_text
from controlroom.tui.screens.room_base import RoomBase


class RoomClock(RoomBase):
    """Lets time pass, stand still and run ahead."""

    _was_running = False

    @property
    def held(self) -> str:
        """Why the clock stands still, or empty."""
        return "PAUSED" if self.pacing.paused else ""

    def hold(self, *, still: bool) -> None:
        """Stop the clock, or let it go on, where that is allowed."""
        if still and self.run.mode is Mode.ASSESS:
            self.say("an assessment has no pause", Tone.NOTICE)
            return
        if self.run.ended:
            self.say(f"the run is over: {self.run.ended}", Tone.NOTICE)
            return
        self.seeking = False
        self.pacing.pause(still)
        self.say("the clock stands still" if still else f"the clock goes, {self._speed()}")
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

    def _speed(self) -> str:
        return speed_text(self.pacing.speed)

    def _say_speed(self) -> None:
        still = "; the clock stands still" if self.pacing.paused else ""
        self.say(f"speed {self._speed()}{still}")
        self.refresh_picture()

    def found(self, event: Event | None) -> None:
        """The next thing is here: stand still, where that is allowed."""
        self.seeking = False
        if self.run.mode is not Mode.ASSESS:
            self.pacing.pause(True)
        if event is not None:
            text = f"answered: {event.text}" if isinstance(event, Answer) else event.text
            self.say(text, Tone.NOTICE if event.tone is Tone.PLAIN else event.tone)

    def action_pause(self) -> None:
        self.hold(still=self.seeking or not self.pacing.paused)

    def action_faster(self) -> None:
        if self.pacing.faster():
            self._say_speed()
        else:
            self.say(f"{self._speed()} is as fast as it goes")

    def action_slower(self) -> None:
        if self.pacing.slower():
            self._say_speed()
        else:
            self.say(f"{self._speed()} is as slow as it goes")

    def action_next(self) -> None:
        if self.run.ended:
            self.say(f"the run is over: {self.run.ended}", Tone.NOTICE)
            return
        self.seeking = True
        self.say("running to the next thing that needs you; space stops")
        self.refresh_picture()

    @on(events.ScreenSuspend)
    def _covered(self) -> None:
        """Help, the palette or a question lies over the room. Only an assessment goes on."""
        if self.run.mode is not Mode.ASSESS:
            self._was_running = not self.pacing.paused
            self.pacing.pause()

    @on(events.ScreenResume)
    def _uncovered(self) -> None:
        if self._was_running:
            self.pacing.pause(False)
        self._was_running = False
        if self.is_mounted:
            self.refresh_picture()
