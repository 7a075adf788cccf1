"""Plays a demo: starts the app on a clock of its own and does, line by line, what the demo says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from controlroom.recording.demo import KEY_SECONDS, TYPING_SECONDS, Demo, Scene, Step, Verb
from controlroom.recording.errors import DemoError, RecordingError
from controlroom.recording.follow import Due, FollowedRun
from controlroom.recording.keys import sent_by
from controlroom.recording.opening import app_for, begun, played
from controlroom.recording.recording import Picture, Recording
from controlroom.recording.tape import MILLISECONDS, Tape
from controlroom.recording.virtual import run_virtually
from controlroom.sim.commands import CommandError

if TYPE_CHECKING:
    from controlroom.recording.camera import OnFilm
    from controlroom.runs.run import Run
    from controlroom.tui.screens.control_room import ControlRoomScreen

Told = Callable[[int, int], None]
"""Told how far something long has come; what it raises ends the work."""

LAST: Final = "last"
"""Name of the picture that is taken at the end."""

_GLANCE: Final = 0.05
"""Seconds between two looks at the world's clock."""

_NAP: Final = 0.5
"""Seconds at most between two looks at whoever may want to stop."""


def perform(demo: Demo, told: Told | None = None, *, at: Sequence[float] = ()) -> Recording:
    """Make the film of a demo.

    Args:
        demo: what is done.
        told: told how far it is.
        at: seconds of the film at which pictures are taken, besides those that the demo asks for
            and one at the end. They are named after their place here: `0`, `1` ...

    Raises:
        DemoError: when a step cannot be done, with its line.
        MissingError: when a library is not installed.
    """
    if demo.opens.past:
        with TemporaryDirectory() as folder:
            return Director(demo, None, told, at, past=played(demo, Path(folder))).record()
    run = None if demo.opens is Scene.TITLE else begun(demo)
    return Director(demo, run, told, at).record()


class Director:
    """Who says what happens next."""

    def __init__(
        self,
        demo: Demo,
        run: Run | None,
        told: Told | None = None,
        at: Sequence[float] = (),
        *,
        past: Path | None = None,
    ) -> None:
        """Prepare the film of a demo.

        Args:
            demo: what is done.
            run: what is played.
            told: told how far it is.
            at: seconds at which pictures are taken.
            past: the journal of a run that has been, for a replay or a debrief.
        """
        self.demo = demo
        self.run = run
        self.past = past
        self.tape = Tape(demo.columns, demo.rows, demo.title, demo.theme)
        self._told = told or (lambda _done, _whole: None)
        self._at = sorted((seconds, str(place)) for place, seconds in enumerate(at))
        self._pictures: list[Picture] = []
        self._done = 0
        self.app: OnFilm

    def record(self) -> Recording:
        """Make the film."""
        run_virtually(self._main)
        if self._at:
            raise RecordingError(
                f"the film is {self.tape.length / MILLISECONDS:.1f} s long; there is no picture at "
                f"{self._at[0][0]:g} s"
            )
        return Recording(self.tape, tuple(self._pictures))

    async def _main(self) -> None:
        demo = self.demo
        # Made in here, where Textual knows neither the machine's clock nor its environment.
        self.app = app_for(demo, self.tape, self.run, self.past)
        if isinstance(self.run, FollowedRun):
            self.run.told = self._seen
        playing = asyncio.create_task(self.app.run_async(size=(demo.columns, demo.rows)))
        try:
            await self._play(playing)
        finally:
            self.app.exit()
            await asyncio.gather(playing, return_exceptions=True)

    async def _play(self, playing: asyncio.Task[None]) -> None:
        await asyncio.sleep(_GLANCE)
        for number, step in enumerate(self.demo.steps):
            self._done = number
            if playing.done() or self.app.error:
                break
            await self._do(step)
        if self.app.error is not None:
            raise RecordingError(
                f"the app stopped while {self.demo.name} was recorded: "
                f"{type(self.app.error).__name__}, {self.app.error}"
            )
        # What the last step set off is still to be drawn.
        await self._sleep(_GLANCE)
        self._take(LAST, "")
        self.app.terminal.running = False
        self.tape.end(self._now)

    @property
    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    # --- what a demo can ask for ------------------------------------------------------------------

    async def _do(self, step: Step) -> None:
        app = self.app
        match step.verb:
            case Verb.CAPTION:
                app.caption(step.text)
            case Verb.CHAPTER:
                self.tape.chapter(self._now, step.text)
            case Verb.JUMP:
                self._jump(step)
            case Verb.SPEED:
                app.set_speed(self._room(step), step.text)
            case Verb.AS:
                self._give_as(step)
            case _:
                await self._do_in_time(step)

    async def _do_in_time(self, step: Step) -> None:
        """What takes time of the film."""
        match step.verb:
            case Verb.PRESS:
                for key in step.text.split():
                    await self._key(key, KEY_SECONDS, step)
            case Verb.TYPE:
                await self._type(step.text, step)
            case Verb.GIVE:
                await self._give(step)
            case Verb.UNTIL:
                await self._until(step)
            case Verb.PICTURE:
                await self._sleep(_GLANCE * 3, step)
                name, _, caption = step.text.partition(" ")
                self._take(name, caption.strip())
            case _:
                await self._sleep(step.seconds, step)

    async def _key(self, key: str, seconds: float, step: Step) -> None:
        self.app.terminal.feed(sent_by(key) or "")
        await self._sleep(seconds, step)

    async def _type(self, text: str, step: Step) -> None:
        for letter in text:
            await self._key(letter, TYPING_SECONDS, step)

    async def _give(self, step: Step) -> None:
        """Type a command at the prompt."""
        from controlroom.tui.widgets.prompt import Prompt

        self._room(step)
        if not isinstance(self.app.focused, Prompt):
            await self._key(":", TYPING_SECONDS, step)
        await self._type(step.text, step)
        await self._sleep(KEY_SECONDS, step)
        await self._key("enter", KEY_SECONDS, step)

    def _give_as(self, step: Step) -> None:
        """Let somebody at another seat give a command."""
        room = self._room(step)
        try:
            room.run.give(step.text, step.seat)
        except CommandError as error:
            raise self._failed(step, str(error)) from None

    async def _until(self, step: Step) -> None:
        """Wait until the world's clock has come so far."""
        if not step.line and self._is_over():
            return
        room = self._room(step)
        pacing = self.app.pacing_of(room)
        while room.run.world.now < step.step:
            if not step.line:
                # Of a journal: what stops the clock for a player does not stop the film.
                pacing.pause(False)
                if self._is_over():
                    return
            if room.run.ended:
                raise self._failed(step, f"the run is over before that: {room.run.ended}")
            if (pacing.paused or (room.run.world.still and step.line)) and not room.seeking:
                raise self._failed(
                    step, f"the world's clock stands still at {_clock(room)}, so this never comes"
                )
            await self._sleep(_GLANCE, step)

    def _is_over(self) -> bool:
        return self.run is not None and bool(self.run.ended)

    def _jump(self, step: Step) -> None:
        """Let the world go on without showing it."""
        room = self._room(step)
        now = room.run.world.now
        if step.step < now:
            raise self._failed(step, f"it is {_clock(room)} already; nothing goes back")
        self.app.go_on(room, step.step - now)
        room.refresh_picture()

    def _seen(self, given: Due) -> None:
        """A command was given by the run itself: its own seat's screen shows where it goes."""
        room = self.app.room
        if room is None or given.seat != room.seat:
            return
        for word in given.text.split():
            names = [server.name for server in room.run.scenario.servers]
            if word in names:
                room.selected = names.index(word) + 1
        room.say(f"{given.text}: given")

    # --- time and pictures ------------------------------------------------------------------------

    async def _sleep(self, seconds: float, step: Step | None = None) -> None:
        """Let time of the film pass, and take the pictures that fall into it."""
        until = self._now + seconds
        while self._now < until - 1e-6:
            if self._at and self._at[0][0] <= self._now + 1e-6:
                self._take(self._at.pop(0)[1], "")
                continue
            goals = [until, self._now + _NAP, *(moment for moment, _ in self._at[:1])]
            await asyncio.sleep(min(goals) - self._now)
            self._told(self._done, len(self.demo.steps))
            if step is not None and self._now > self.demo.limit:
                raise self._failed(
                    step, f"the film is longer than {self.demo.limit:g} s here; is it without end?"
                )

    def _take(self, name: str, caption: str) -> None:
        at = round(self._now * MILLISECONDS)
        self._pictures.append(Picture(name, caption, self.app.picture(), at))

    def _room(self, step: Step) -> ControlRoomScreen:
        room = self.app.room
        if room is None:
            what = type(self.app.screen).__name__
            raise self._failed(step, f"{step.verb} needs the control room, and {what} is shown")
        return room

    def _failed(self, step: Step, reason: str) -> DemoError:
        return DemoError(f"{self.demo.place(step)}: {reason}")


def _clock(room: ControlRoomScreen) -> str:
    return room.run.scenario.day.text(room.run.world.now)
