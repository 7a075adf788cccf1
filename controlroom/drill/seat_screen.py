"""The room as one seat of a drill has it: its own instruments, and a clock that is the host's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from textual.binding import Binding

from controlroom.drill.help import SEAT, SEAT_KEYS, drill_chapters
from controlroom.drill.said import SaidPane, SaidPicture
from controlroom.sim.commands import commands_of
from controlroom.sim.events import Event, Tone
from controlroom.sim.seats import Pane, not_yours, seat_of
from controlroom.tui import words
from controlroom.tui.keys import CONTEXTS, MORE
from controlroom.tui.pacing import speed_text
from controlroom.tui.screens.control_room import ControlRoomScreen
from controlroom.tui.screens.room import RoomScreen
from controlroom.tui.screens.room_floor import GROUPS
from controlroom.tui.widgets.bars import Tab, TabBar, Tabs
from controlroom.tui.widgets.prompt import Prompt
from controlroom.tui.words import WORDS, screen_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.widget import Widget

    from controlroom.drill.host import SeatSource
    from controlroom.sim.commands import Command, Completion
    from controlroom.tui.screens.help_text import Chapter
    from controlroom.tui.widgets.server import ServerPane

_NOT_YOURS: Final = "the clock of a drill is the facilitator's"

_FORKS: Final = ("takeover", "original")

_ALWAYS: Final = (
    ("drill.tell", "tell a seat"), ("drill.said", "what was said"), ("go.feed", "messages"),
    ("go.prompt", "command"), ("app.help", "help"),
)  # fmt: skip
"""Keys that every seat's last line has."""


class SeatScreen(ControlRoomScreen):
    """A room that lets no time pass by itself."""

    CSS_PATH = [*RoomScreen.CSS_PATH, Path(__file__).with_name("seat.tcss")]
    BINDINGS = [
        Binding("b", "said", "what was said", id="drill.said"),
        Binding("at", "tell", "tell a seat", id="drill.tell", key_display="@"),
    ]

    groups = (*GROUPS[:-1], "said", "prompt")
    words = tuple(word for word in WORDS if word.word in ("zoom", "help", "quit"))
    about = SEAT
    """What the screen is for, as help says it."""
    keys_said = SEAT_KEYS
    """Its keys, as help lists them."""

    def __init__(self, source: SeatSource, seat: str, **choices: Any) -> None:
        """Prepare the room.

        Args:
            source: the seat's part in the run.
            seat: its id.
            choices: as for `ControlRoomScreen`.
        """
        super().__init__(source, seat=seat, **choices)
        self._host = source.host
        self._world = source.world
        self._known = source.now
        mine = {topic: self.mine(keys) for topic, keys in CONTEXTS.items()}
        self.context_keys = {**mine, "said": ()}
        self.more_keys = tuple(
            (key, what) for key, what in MORE if not key.startswith(("clock.", "run."))
        )
        self.always_keys = _ALWAYS

    def mine(self, keys: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        """Those of the keys whose verbs this seat may use."""
        desk = seat_of(self.run.world, self.seat)
        if desk is None:
            return keys
        none = () if Pane.SERVERS in desk.panes else ("server.1",)
        return tuple(
            key
            for key in keys
            if key[0] not in none
            and (not key[0].startswith("verb.") or key[0].removeprefix("verb.") in desk.verbs)
        )

    def greeting(self) -> str:
        return f"you are {self.seat}; @ tells another seat something, : takes a command, ? helps"

    def panes_beside(self) -> Iterator[Widget]:
        yield SaidPane(id="said")

    @property
    def commands(self) -> Sequence[type[Command]]:
        seat = seat_of(self.run.world, self.seat)
        return commands_of(seat) if seat else ()

    def completions(self, text: str) -> tuple[Completion, ...]:
        """What this seat may do, the other desk's that it has as well among it."""
        return words.completions(text, self.run.scenario, self.commands, self.words)

    def usage(self, text: str) -> str:
        return words.usage(text, self.words)

    # --- the clock is the host's ------------------------------------------------------------------

    @property
    def held(self) -> str:
        if self._host.pacing.paused:
            return "NOT BEGUN" if self._known == self._host.began else "PAUSED"
        return "STANDS STILL" if self.run.world.still else ""

    @property
    def speed(self) -> str:
        return speed_text(self._host.pacing.speed)

    @property
    def goes_on_covered(self) -> bool:
        """Nobody stops a drill by reading the help."""
        return True

    @property
    def no_fork(self) -> str:
        """A drill is everybody's; what it left behind can be taken over by anybody."""
        return "a drill is played once; its recording can be taken over afterwards"

    def unmoved(self, *, still: bool) -> str:
        return _NOT_YOURS

    def set_speed(self, text: str) -> bool:
        self.say(_NOT_YOURS, Tone.NOTICE)
        return False

    def action_faster(self) -> None:
        self.say(_NOT_YOURS, Tone.NOTICE)

    def action_slower(self) -> None:
        self.say(_NOT_YOURS, Tone.NOTICE)

    def action_next(self) -> None:
        self.say(_NOT_YOURS, Tone.NOTICE)

    def submit(self, text: str) -> bool:
        """A word that moves the clock of somebody who plays alone says whose it is here."""
        alone = screen_word(text, WORDS)
        if alone is None or screen_word(text, self.words) is not None:
            return super().submit(text)
        self.say(self.no_fork if alone[0].word in _FORKS else _NOT_YOURS, Tone.NOTICE)
        return True

    def given(self) -> str:
        if self._host.pacing.paused and not self.run.world.still:
            return "given; it takes effect once the facilitator lets time pass"
        return "given"

    def found(self, event: Event | None) -> None:
        """The host's clock goes on whatever is here."""
        if event is not None:
            self.say(event.text, event.tone)

    def pass_time(self) -> None:
        news = self.run.advance(0)
        if self._world is not self.run.world:
            self._begin_anew()
        for event in news:
            self._note(event)
        if self.source.now != self._known:
            self._known = self.source.now
            self.waiting = 0
        elif news or (self.waiting and self.run.world.still):
            # While time stands still what is given takes effect, and is heard, all the same.
            self.waiting = 0
            self.refresh_picture()

    def _begin_anew(self) -> None:
        """The facilitator has gone back: this is another run, up to an earlier moment."""
        self._world = self.run.world
        self._over = False
        self._stale = True
        self.waiting = 0
        clock = self.run.scenario.day.text(self.source.now)
        self.say(f"back at {clock}: what came after it has not been", Tone.NOTICE)

    # --- the picture ------------------------------------------------------------------------------

    def _show_picture(self, fleet: Sequence[ServerPane]) -> None:
        super()._show_picture(fleet)
        view = self.latest
        if view is None:
            return
        self.query_one("#said", SaidPane).show(
            SaidPicture(self.seat, view.room, view.account, view.still)
        )
        bar = self.query_one(TabBar)
        if bar.view is not None:
            bar.show(self._tabs_of(bar.view, len(view.room)))

    def _tabs_of(self, tabs: Tabs, said: int) -> Tabs:
        """The tabs of this seat's instruments, and one for the talk."""
        own = tuple(
            tab
            for tab in tabs.tabs
            if not self.has_class(f"-without-{tab.id}") and tab.id != "said"
        )
        return Tabs((*own, Tab("said", "Said", str(said) if said else "")), self.tab)

    # --- keys -------------------------------------------------------------------------------------

    def action_verb(self, verb: str) -> None:
        """A key for what another seat does says so; what is typed is a refusal in the journal."""
        desk = seat_of(self.run.world, self.seat)
        if desk is not None and verb not in desk.verbs:
            self.say(not_yours(self.run.world, desk, verb), Tone.NOTICE)
            return
        super().action_verb(verb)

    def action_said(self) -> None:
        self.go("said")
        self.say("what the seats told each other; @ tells one something")

    def help_of(self, topic: str) -> tuple[Chapter, ...]:
        """What help says over this screen.

        Args:
            topic: a verb or a pane, explained first.
        """
        desk = seat_of(self.run.world, self.seat)
        return drill_chapters(topic, self.about, self.keys_said, desk, self.words)

    def action_tell(self) -> None:
        prompt = self.query_one(Prompt)
        prompt.focus()
        prompt.put("tell ", len("tell "))
        self.say("tell: whom, and what? tab completes the seat, all means everybody")
