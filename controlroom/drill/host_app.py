"""The facilitator's terminal: every instrument, and the clock."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from textual import on
from textual.binding import Binding

from controlroom.drill.drill_app import DrillApp
from controlroom.drill.earlier import moment
from controlroom.drill.page import Page
from controlroom.drill.page_lines import PagePicture
from controlroom.drill.seat_screen import SeatScreen
from controlroom.runs.errors import RunError
from controlroom.scenario import visible
from controlroom.sim.commands import CommandError, parse
from controlroom.sim.events import Tone
from controlroom.sim.overview import facilitator_view
from controlroom.sim.seats import FACILITATOR
from controlroom.tui.messages import Leave, RunEnded
from controlroom.tui.pacing import read_speed
from controlroom.tui.widgets.prompt import Prompt
from controlroom.tui.words import SPEED, WORDS, ScreenWord

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.widget import Widget

    from controlroom.drill.host import Host
    from controlroom.tui.settings import Settings
    from controlroom.tui.widgets.server import ServerPane


_PAGE_KEYS: Final = (
    ("page.choose", "choose"), ("page.fire", "fire now"), ("page.hold", "hold"),
    ("page.release", "release"), ("page.skip", "skip"), ("page.edit", "other words"),
    ("page.probe", "probe"), ("page.coach", "hint"), ("page.voice", "voice"),
    ("page.fault", "malfunction"), ("page.note", "note"), ("page.back", "go back"),
)  # fmt: skip


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
    SPEED,
    ScreenWord(
        "back", "back HH:MM:SS", "go back in the drill and take over from there", ("takeover",)
    ),
    *(word for word in WORDS if word.word in ("zoom", "help", "quit")),
)


class FacilitatorScreen(SeatScreen):
    """The page of a drill and the room behind it, for the seat that has the clock."""

    BINDINGS = [Binding("g", "page", "page or room", id="drill.page")]

    words = _WORDS
    groups = (*SeatScreen.groups[:-1], "page", "prompt")
    always_shown = frozenset({"page", "prompt"})

    def __init__(self, host: Host, places: str, **choices: Any) -> None:
        """Prepare the screen.

        Args:
            host: of the drill.
            places: how people come in, in one line.
            choices: as for `ControlRoomScreen`.
        """
        super().__init__(host.sit(FACILITATOR), FACILITATOR, **choices)
        self._places = places
        self.context_keys = {**self.context_keys, "page": _PAGE_KEYS}
        self.more_keys = (("clock.faster", "speed"), ("ctrl+p", "palette"), ("ctrl+q", "end"))
        self.always_keys = (
            ("clock.pause", "begin, freeze, go"), ("drill.page", "page or room"),
            ("drill.tell", "tell a seat"), ("go.prompt", "command"), ("app.help", "help"),
        )  # fmt: skip

    def greeting(self) -> str:
        return f"{self._places}   space begins"

    def panes_below(self) -> Iterator[Widget]:
        yield Page()

    def on_mount(self) -> None:
        super().on_mount()
        # The page stands above the answers, where the instruments would be.
        self.move_child(self.query_one("#page"), before=self.query_one("#floor"))
        self.action_page()

    # --- the clock --------------------------------------------------------------------------------

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

    # --- going back -------------------------------------------------------------------------------

    def carry_word(self, word: str, rest: str) -> bool:
        if word == "back":
            return self._consider_back(rest)
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

    # --- the page ---------------------------------------------------------------------------------

    def _show_picture(self, fleet: Sequence[ServerPane]) -> None:
        super()._show_picture(fleet)
        page = facilitator_view(self.run.world)
        if page is not None:
            present = tuple(self._host.present.items())
            self.query_one(Page).show(PagePicture(page, present, self._host.probe_left))

    def action_begin(self, verb: str) -> None:
        """Begin a line at the prompt that the person finishes."""
        self._put(f"{verb} ", _BEGUN[verb])

    def action_page(self) -> None:
        """The page in place of the instruments, or the instruments in place of the page."""
        shown = not self.has_class("-page")
        self.set_class(shown, "-page")
        if shown:
            self.query_one(Page).focus()
        else:
            self.go("servers")

    def _place_before_prompt(self) -> str:
        return "page" if self.has_class("-page") else super()._place_before_prompt()

    def go(self, group: str) -> None:
        if group not in {"page", "prompt", "answers", "said"} and self.has_class("-page"):
            self.remove_class("-page")
        super().go(group)

    @on(Page.Wanted)
    def _wanted(self, event: Page.Wanted) -> None:
        if not event.inject:
            self.say("no inject is left to come", Tone.NOTICE)
        elif event.verb == "edit":
            self._put(f"edit {event.inject} ", "edit: with which text should it come?")
        else:
            self.submit(f"{event.verb} {event.inject}")

    def _put(self, text: str, said: str) -> None:
        """Leave a command at the prompt to be finished."""
        prompt = self.query_one(Prompt)
        prompt.focus()
        prompt.put(text, len(text))
        self.say(said)


class HostApp(DrillApp):
    """What runs in the facilitator's terminal while the drill is hosted."""

    def __init__(self, host: Host, places: str, settings: Settings | None = None) -> None:
        """Prepare the app.

        Args:
            host: of the drill; it goes on as long as this app.
            places: how people come in, in one line.
            settings: in place of those that are kept.
        """
        super().__init__(host, settings)
        self._places = places
        self._sure = False

    def on_mount(self) -> None:
        self.push_screen(FacilitatorScreen(self.host, self._places))

    async def action_quit(self) -> None:
        """Leave; the first time it is said what that means."""
        if self._sure or self.host.run.ended:
            self.exit()
            return
        self._sure = True
        self.notify(
            "That ends the drill for everybody; it can be gone on with. ctrl+q again leaves.",
            severity="warning",
            markup=False,
        )
        self.set_timer(5, self._forget)

    def _forget(self) -> None:
        self._sure = False

    @on(Leave)
    async def _leave(self) -> None:
        await self.action_quit()

    @on(RunEnded)
    def _over(self, event: RunEnded) -> None:
        self.notify(f"The drill is over: {event.reason}.", timeout=60, markup=False)
