"""The control room: a room in which a run is played.

Its clock turns elapsed time into whole steps and takes them, and what is typed goes to the run. The
run may be this screen's own or one that it shares (`controlroom.tui.source`).
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Final

from controlroom.runs.errors import RunError
from controlroom.sim.commands import COACH_COMMANDS, COMMANDS, WEEK_COMMANDS, CommandError
from controlroom.sim.events import Answer, Coached, Event, Taught, Tone
from controlroom.sim.start import Console, Mode
from controlroom.sim.week import begun
from controlroom.tui import words
from controlroom.tui.keys import COACH_KEYS, SCREEN_KEYS, VERB_KEYS
from controlroom.tui.messages import Bell, OriginalWanted, RunEnded, TakeOverWanted
from controlroom.tui.palette import VerbProvider
from controlroom.tui.pauses import Pauses
from controlroom.tui.screens.room import MOST_STEPS, RoomScreen
from controlroom.tui.source import Noting
from controlroom.tui.widgets.answers import AnswersPane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from controlroom.sim.commands import Command, Completion
    from controlroom.tui.editor import History
    from controlroom.tui.screens.help_text import Chapter
    from controlroom.tui.screens.room_pictures import State
    from controlroom.tui.source import Playable

_NO_CLOCK: Final = "the week has no clock; bell lets the day begin"

SEEK_TIME: Final = 25_000_000
"""Nanoseconds of a frame that running to the next thing may take."""

SEEK_STEPS: Final = 40
"""Steps between two looks at the clock while doing so."""


class ControlRoomScreen(RoomScreen):
    """The room that a run is played in."""

    COMMANDS: ClassVar[set[Any]] = {VerbProvider}
    BINDINGS = [*SCREEN_KEYS, *VERB_KEYS, *COACH_KEYS]

    def __init__(
        self,
        run: Playable,
        *,
        speed: float | Fraction = 1,
        paused: bool = False,
        seat: str = "on-call",
        typed: History | None = None,
        clock: Callable[[], int] = time.monotonic_ns,
        ticking: bool = True,
    ) -> None:
        """Prepare the room; see `RoomScreen`.

        Args:
            run: what is played.
            speed: to begin with; the nearest there is.
            paused: begin with the clock standing still.
            seat: whose instruments these are.
            typed: what was typed at the prompt before.
            clock: nanoseconds that never go back.
            ticking: whether frames come by themselves; a test asks for each.
        """
        super().__init__(run, speed=speed, paused=paused, seat=seat, clock=clock, ticking=ticking)
        self.run = run
        self.typed = typed
        self.forked = ""
        """Time of day at which the run was taken over from another one, or empty."""
        if run.scenario.training:
            self.words = (*self.words, *words.COACH_WORDS)
        self._over = False
        self._pauses = Pauses(clock)

    @property
    def commands(self) -> Sequence[type[Command]]:
        """What can be given here, for the palette."""
        scenario = self.run.scenario
        return (
            *COMMANDS,
            *(COACH_COMMANDS if scenario.training else ()),
            *(WEEK_COMMANDS if scenario.week else ()),
        )

    def help_of(self, topic: str) -> tuple[Chapter, ...]:
        """What help says over this screen.

        Args:
            topic: a verb or a pane, explained first.
        """
        from controlroom.tui.screens.help_text import chapters

        return chapters(topic, "", self.commands, self.words)

    def completions(self, text: str) -> tuple[Completion, ...]:
        return words.completions(text, self.run.scenario, self.commands, self.words)

    def usage(self, text: str) -> str:
        return words.usage(text, self.words)

    def greeting(self) -> str:
        if begun(self.run.world) is not None:
            return ": takes a command: deploy, review, procedure, test, remove, tomorrow, bell"
        if self.forked:
            return (
                f"a new run, taken over at {self.forked}; the one before stays as it is, and "
                "`original` goes back to it"
            )
        if self.run.scenario.console is Console.MODERN:
            return "A accepts the first alarm, `alarms` says what to do about each, ? helps"
        return "m reads mail, o looks into the selected server, : takes a command, ? helps"

    # --- time -------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        self._note_in_journal("clock")

    def frame(self) -> None:
        length = self._pauses.look(paused=self.pacing.paused and not self.seeking)
        if length:
            self._note_in_journal("pause", length)
        super().frame()
        if self.run.ended and not self._over:
            self._over = True
            self.refresh_picture()
            self.post_message(RunEnded(self.run.ended))

    def pass_time(self) -> None:
        happened = self._seek() if self.seeking else self._advance(self.pacing.due(MOST_STEPS))
        for event in happened:
            self._note(event)

    def _advance(self, steps: int) -> tuple[Event, ...]:
        if not steps or self.run.ended:
            return ()
        self.counters.steps += steps
        self.waiting = 0
        return self.run.advance(steps)

    def _seek(self) -> tuple[Event, ...]:
        """Go on, as fast as it goes, until something needs somebody."""
        self.pacing.due()
        happened: list[Event] = []
        until = self._wall() + SEEK_TIME
        while self.seeking and not self.run.ended:
            before = self.run.now
            happened += self.run.advance_to_next(SEEK_STEPS)
            self.counters.steps += self.run.now - before
            self.waiting = 0
            found = next((event for event in reversed(happened) if event.needs_you), None)
            if found is not None or self.run.ended:
                self.found(found)
            if self._wall() >= until:
                break
        self._stale = True
        return tuple(happened)

    def _note_in_journal(self, what: str, wall_ms: int = 0) -> None:
        """Keep how the run is played; what cannot be written now is written with the next line."""
        if isinstance(self.run, Noting):
            with suppress(RunError):
                self.run.note(what, wall_ms)

    def _note(self, event: Event) -> None:
        if event.needs_you and event.tone is not Tone.PLAIN:
            self.post_message(Bell(event.text))
        if isinstance(event, Coached):
            self.found(event)

    def found(self, event: Event | None) -> None:
        """The next thing is here: stand still, where that is allowed."""
        self.seeking = False
        if self.run.mode is not Mode.ASSESS:
            self.pacing.pause(True)
        if event is not None:
            text = f"answered: {event.text}" if isinstance(event, Answer) else event.text
            if isinstance(event, Taught):
                text = "the coach has something for you; the clock stands still, space goes on"
            self.say(text, Tone.NOTICE if event.tone is Tone.PLAIN else event.tone)

    def unmoved(self, *, still: bool) -> str:
        if still and self.run.mode is Mode.ASSESS:
            return "an assessment has no pause"
        if begun(self.run.world) is not None:
            return _NO_CLOCK
        return f"the run is over: {self.run.ended}" if self.run.ended else ""

    @property
    def goes_on_covered(self) -> bool:
        """Only the clock of an assessment does."""
        return self.run.mode is Mode.ASSESS

    def action_next(self) -> None:
        if self.run.ended:
            self.say(f"the run is over: {self.run.ended}", Tone.NOTICE)
            return
        if begun(self.run.world) is not None:
            self.say(_NO_CLOCK)
            return
        self.seeking = True
        self.say("running to the next thing that needs you; space stops")
        self.refresh_picture()

    # --- commands ---------------------------------------------------------------------------------

    def consider(self, command: Command) -> bool:
        """Give a command, or ask first where it is dangerous."""
        world = self.run.world
        text = command.text()
        if not self.run.ended and command.dangerous(world) and command.obstacle(world) is None:
            question = f"{text}? {command.summary}"
            self.ask(question, lambda: self.give(command), f"{text}: not given")
            return True
        return self.give(command)

    def give(self, command: Command) -> bool:
        """Give a command to the run."""
        try:
            self.run.give(command, self.seat)
        except (CommandError, RunError) as error:
            self.say(str(error), Tone.NOTICE)
            return False
        self.waiting += 1
        self.query_one(AnswersPane).follow()
        self.say(f"{command.text()}: {self.given()}")
        self.refresh_picture()
        return True

    def given(self) -> str:
        """What is said of a command that was given, and when it takes effect."""
        if self.pacing.paused and not self.seeking and not self.in_week:
            return "given; the clock stands still, n runs to the answer"
        return "given"

    def take_back(self) -> bool:
        """Leave a search of the feed: everybody at the desk sees all of it again."""
        searched = bool(self.chosen.alerts.search) and self.group_of(self.focused) == "alerts"
        return searched and self.submit("search")

    def carry_word(self, word: str, rest: str) -> bool:
        if word == "next":
            self.action_next()
        elif word == "takeover":
            return self._consider_fork(rest)
        elif word == "original":
            self._consider_original()
        elif word in {"skip", "again"}:
            self.action_lesson(word)
        else:
            return super().carry_word(word, rest)
        return True

    def action_lesson(self, what: str) -> None:
        """Pass over what the coach teaches, or hear it again."""
        self.submit(f"lesson {what}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "lesson" or self.run.scenario.training is not None

    # --- another run ------------------------------------------------------------------------------

    @property
    def no_fork(self) -> str:
        """Why no other run can be begun from this one, or empty."""
        if self.run.mode is Mode.EXPLORE:
            return ""
        return f"a run in mode {self.run.mode} is played once; in explore one can take over"

    def action_take_over(self) -> None:
        self._consider_fork("")

    def _consider_fork(self, time: str) -> bool:
        """Ask whether a new run should begin now or at an earlier moment; False for no moment."""
        if self.no_fork:
            self.say(self.no_fork, Tone.NOTICE)
            return True
        day, step = self.run.scenario.day, self.run.now
        try:
            step = day.parse(time) if time else step
        except ValueError as error:
            self.say(str(error), Tone.NOTICE)
            return False
        if step > self.run.now:
            self.say(f"{day.text(step)} has not been yet; it is {day.text(self.run.now)}")
            return False
        self.ask(
            f"Begin a new run at {day.text(step)}? This one is kept and can be resumed.",
            lambda: self.post_message(TakeOverWanted(step)),
            "not taken over",
        )
        return True

    def _consider_original(self) -> None:
        if not self.forked:
            self.say("this run was begun anew; there is none that it was taken over from")
            return
        self.ask(
            "Back to the run that this one was taken over from? This one is kept.",
            lambda: self.post_message(OriginalWanted()),
            "you are still in the new run",
        )

    def say_progress(self, done: int, whole: int) -> None:
        """The way to an earlier moment takes some seconds."""
        self.say(f"going back there: {100 * done // max(1, whole)} %")

    def state(self) -> State:
        import attrs

        return attrs.evolve(super().state(), forked=self.forked)
