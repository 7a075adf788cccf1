"""What a screen has that directs a drill: its clock, going back, and the start of every verb."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from controlroom.drill.earlier import moment
from controlroom.drill.help import FACILITATOR as FOR_FACILITATOR
from controlroom.drill.help import PAGE_KEYS
from controlroom.drill.seat_screen import SeatScreen
from controlroom.runs.errors import RunError
from controlroom.scenario import visible
from controlroom.sim.commands import CommandError, parse
from controlroom.sim.events import Tone
from controlroom.sim.seats import FACILITATOR
from controlroom.tui.pacing import read_speed
from controlroom.tui.widgets.prompt import Prompt
from controlroom.tui.words import SPEED, WORDS, ScreenWord

if TYPE_CHECKING:
    from collections.abc import Callable

    from controlroom.drill.host import Host

_BEGUN: Final = {
    "probe": "probe: which? tab completes",
    "coach": "coach: whom, and how much: nudge, point or tell?",
    "voice": "voice: who speaks to whom, and says what?",
    "fault": "fault: which server or monitor, and what is wrong with it? tab completes",
    "note": "note: what? Only the report has it",
    "back": "back: to when? HH:MM:SS; the run until now is kept",
}
"""What is asked when a key begins a verb."""

_WORDS: Final = (
    ScreenWord("pause", "pause", "stop time for everybody; asks for the reason"),
    ScreenWord("go", "go", "begin, or let time go on", ("resume", "unpause")),
    SPEED,
    ScreenWord("code", "code", "how people come in: the join code, and where"),
    ScreenWord(
        "back", "back HH:MM:SS", "go back in the drill and take over from there", ("takeover",)
    ),
    *(word for word in WORDS if word.word in ("zoom", "help", "quit")),
)


class DirectingScreen(SeatScreen):
    """A screen of the seat that has the clock."""

    words = _WORDS
    about = FOR_FACILITATOR
    keys_said = PAGE_KEYS

    def __init__(self, host: Host, places: str, **choices: Any) -> None:
        """Prepare the screen.

        Args:
            host: of the drill.
            places: how people come in from elsewhere, in one line, or empty.
            choices: as for `ControlRoomScreen`.
        """
        super().__init__(host.sit(FACILITATOR), FACILITATOR, **choices)
        self._places = places
        self._beside: object = None

    # --- the clock --------------------------------------------------------------------------------

    def pass_time(self) -> None:
        super().pass_time()
        # What changes while time stands still: how long a probe may take, and who has come.
        beside = self._host.probe_left, tuple(self._host.present.items())
        if beside != self._beside:
            self._beside, self._stale = beside, True

    def unmoved(self, *, still: bool) -> str:
        if self.run.ended:
            return f"the run is over: {self.run.ended}; r goes on from an earlier moment"
        stands = self.run.world.still
        if still and stands:
            return f"time stands still already: {stands}; space lets it go on"
        if still and self._host.pacing.paused:
            return "time does not pass yet; space begins"
        return ""

    def hold(self, *, still: bool) -> None:
        """Stop time for everybody with a reason, or let it go on."""
        why = self.unmoved(still=still)
        if why:
            self.say(why, Tone.NOTICE)
        elif still:
            self._put("freeze ", "freeze: why? Everybody reads it")
        elif self._host.pacing.paused:
            self._host.pacing.pause(False)
            stands = self.run.world.still
            said = "time passes; space stops it for everybody, with a reason"
            self.say(f"it stands still: {stands}; space lets it go on" if stands else said)
        elif self.run.world.still:
            self.give(parse("go", self.run.scenario))
        else:
            self.say("time passes")
        self.refresh_picture()

    def action_pause(self) -> None:
        stands = self._host.pacing.paused or bool(self.run.world.still)
        self.hold(still=not (stands or self.run.ended))

    def set_speed(self, text: str) -> bool:
        speed = read_speed(text)
        if speed is None:
            self.say(f"speed: one of 1/4, 1/2, 1, 2, 5, 10, 30, 60, not {text!r}", Tone.NOTICE)
            return False
        self._host.pacing.speed = speed
        self._say_speed()
        return True

    def action_faster(self) -> None:
        self._shift(self._host.pacing.faster())

    def action_slower(self) -> None:
        self._shift(self._host.pacing.slower())

    def _shift(self, moved: bool) -> None:
        if moved:
            self._say_speed()
        else:
            self.say(f"{self.speed} is as far as it goes")

    # --- who comes in -----------------------------------------------------------------------------

    def greeting(self) -> str:
        return f"{self._places}   space begins" if self._places else "space begins"

    def _say_places(self) -> bool:
        """How people come in, again: the greeting is gone with the first key."""
        self.say(self._places or "nobody can come in from elsewhere; --listen and --web let them")
        return True

    # --- going back -------------------------------------------------------------------------------

    def carry_word(self, word: str, rest: str) -> bool:
        if word == "back":
            return self._consider_back(rest)
        if word == "code":
            return self._say_places()
        return super().carry_word(word, rest)

    def action_take_over(self) -> None:
        self.action_begin("back")

    def _consider_back(self, text: str) -> bool:
        """Ask whether the drill should go on from an earlier moment; False for no moment."""
        try:
            step = moment(self._host.run, text)
        except CommandError as error:
            self.say(str(error), Tone.NOTICE)
            return False
        clock = self.run.scenario.day.text(step)
        self.ask(
            f"Go back to {clock} for everybody? The run until now is kept, but is over.",
            lambda: self.run_worker(self._go_back(step), exclusive=True, group="back"),
            "not gone back",
        )
        return True

    async def _go_back(self, step: int) -> None:
        loop = asyncio.get_running_loop()

        def told(done: int, whole: int) -> None:
            loop.call_soon_threadsafe(self.say_progress, done, whole)

        try:
            await self._host.go_back(step, told)
        except RunError as error:
            self.say(f"not gone back: {error}", Tone.NOTICE)
            return
        self.pass_time()
        journal = self._host.run.journal
        name = visible(journal.name) if journal else ""
        self.say(f"back at {self.run.scenario.day.text(step)}, in {name}; space lets time go on")
        self.refresh_picture()

    # --- one key after the other ------------------------------------------------------------------

    def after_word(self) -> None:
        """Back to where keys are verbs; whoever directs types a line at a time."""
        if self._asked is None:
            self.go(self._place_before_prompt())

    def ask(self, question: str, then: Callable[[], object], otherwise: str) -> None:
        super().ask(question, then, otherwise)
        if self._came_from is None:
            self._came_from = self.query_one(f"#{self.home}") if self.home != "servers" else None

    # --- verbs that need more words ---------------------------------------------------------------

    def action_begin(self, verb: str) -> None:
        """Begin a line at the prompt that the person finishes."""
        self._put(f"{verb} ", _BEGUN[verb])

    def _put(self, text: str, said: str) -> None:
        """Leave a command at the prompt to be finished."""
        prompt = self.query_one(Prompt)
        prompt.focus()
        prompt.put(text, len(text))
        self.say(said)
