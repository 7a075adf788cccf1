"""The control room: one clock, one picture of the world a frame, and every key answered.

The screen is the only one that knows the run. Twenty times a second it asks the pacing how many
steps are due, takes them, and hands each pane its part of one new view; a pane repaints the lines
that differ. While the terminal has not taken the last frame nothing is painted, and the world
keeps its pace all the same.
"""

from __future__ import annotations

import time
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.widget import Widget

from controlroom.sim.events import Coached, Event, Tone
from controlroom.tui.counters import Counters
from controlroom.tui.keys import SCREEN_KEYS, VERB_KEYS, Chosen
from controlroom.tui.messages import Bell, RunEnded
from controlroom.tui.pacing import Pacing, read_speed, speed_text
from controlroom.tui.palette import VerbProvider
from controlroom.tui.screens.room_desk import RoomDesk
from controlroom.tui.screens.room_pictures import State, pictures
from controlroom.tui.widgets.alerts import AlertFeed
from controlroom.tui.widgets.answers import AnswersPane
from controlroom.tui.widgets.bars import KeyBar, Status, StatusBar, TabBar
from controlroom.tui.widgets.header import HeaderBar
from controlroom.tui.widgets.money import MoneyPane
from controlroom.tui.widgets.prompt import Prompt
from controlroom.tui.widgets.server import ServerPane
from controlroom.tui.widgets.work import WorkPane
from controlroom.tui.words import completions, usage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from controlroom.runs.run import Run
    from controlroom.sim.views import View

FRAMES: Final = 20
"""Frames in a second."""

MOST_STEPS: Final = 240
"""Steps in one frame; what is due beyond them stays owed. At 60x a frame has 12."""

READABLE: Final = 10
"""Up to this speed every pane is drawn in every frame."""

SEEK_TIME: Final = 25_000_000
"""Nanoseconds of a frame that running to the next thing may take."""

SEEK_STEPS: Final = 40
"""Steps between two looks at the clock while doing so."""


class Box(Widget):
    """Puts panes side by side. It shows nothing itself, and so costs nothing."""

    BLANK = True


class ControlRoomScreen(RoomDesk):
    """The room that a run is played in."""

    BLANK = True

    CSS_PATH = "control_room.tcss"
    AUTO_FOCUS = "#server-1"
    COMMANDS: ClassVar[set[Any]] = {VerbProvider}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-middle"), (150, "-wide")]
    VERTICAL_BREAKPOINTS = [
        (0, "-tiny"), (12, "-low"), (32, "-medium"), (42, "-full"), (56, "-tall"),
    ]  # fmt: skip
    BINDINGS = [*SCREEN_KEYS, *VERB_KEYS]

    def __init__(
        self,
        run: Run,
        *,
        speed: float | Fraction = 1,
        paused: bool = False,
        seat: str = "on-call",
        clock: Callable[[], int] = time.monotonic_ns,
        ticking: bool = True,
    ) -> None:
        """Prepare the room; the clock begins with the first frame.

        Args:
            run: what is played.
            speed: to begin with; the nearest there is.
            paused: begin with the clock standing still.
            seat: whose instruments these are.
            clock: nanoseconds that never go back.
            ticking: whether frames come by themselves; a test asks for each.
        """
        super().__init__()
        self.run = run
        self.seat = seat
        self.counters = Counters()
        self.pacing = Pacing(clock, speed=read_speed(str(speed)) or Fraction(1), paused=paused)
        self.latest: View | None = None
        self._fleet = [ServerPane(number + 1) for number in range(len(run.scenario.servers))]
        self._wall = clock
        self._ticking = ticking
        self._stale = True
        self._over = False

    # --- what it consists of ----------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        scenario = self.run.scenario
        yield HeaderBar()
        yield TabBar()
        with Box(id="room"):
            with Box(id="fleet"):
                yield from self._fleet
            yield AlertFeed()
        yield MoneyPane()
        with Box(id="talk"):
            yield AnswersPane()
            yield WorkPane()
        yield Prompt(lambda text: completions(text, scenario), usage)
        yield StatusBar()
        yield KeyBar()

    def on_mount(self) -> None:
        self.pacing.forget()
        self.refresh_picture()
        self.show_keys()
        self.say("m reads the mail, o looks into the selected server, : takes a command, ? helps")
        if self._ticking:
            self.set_interval(1 / FRAMES, self.frame)

    # --- the frame --------------------------------------------------------------------------------

    def frame(self) -> None:
        """Take the steps that are due and show what has come of them."""
        self.counters.frames += 1
        gaps = self.pacing.gaps
        happened = self._seek() if self.seeking else self._advance(self.pacing.due(MOST_STEPS))
        if self.pacing.gaps != gaps:
            self.say("the clock stood still while the program was stopped")
        for event in happened:
            self._note(event)
        if self._stale and self.is_current:
            if self._link_is_busy():
                self.counters.skipped += 1
            else:
                self._show_frame()
        if self.run.ended and not self._over:
            self._over = True
            self.refresh_picture()
            self.post_message(RunEnded(self.run.ended))

    def _advance(self, steps: int) -> tuple[Event, ...]:
        if not steps or self.run.ended:
            return ()
        self.counters.steps += steps
        self.waiting = 0
        self._stale = True
        return self.run.advance(steps)

    def _seek(self) -> tuple[Event, ...]:
        """Go on, as fast as it goes, until something needs somebody."""
        self.pacing.due()
        happened: list[Event] = []
        until = self._wall() + SEEK_TIME
        while self.seeking and not self.run.ended:
            before = self.run.world.now
            happened += self.run.advance_to_next(SEEK_STEPS)
            self.counters.steps += self.run.world.now - before
            self.waiting = 0
            found = next((event for event in reversed(happened) if event.needs_you), None)
            if found is not None or self.run.ended:
                self.found(found)
            if self._wall() >= until:
                break
        self._stale = True
        return tuple(happened)

    def _note(self, event: Event) -> None:
        if event.needs_you and event.tone is not Tone.PLAIN:
            self.post_message(Bell(event.text))
        if isinstance(event, Coached):
            self.found(event)

    def _link_is_busy(self) -> bool:
        """Whether the terminal has yet to take the last frame.

        Textual's driver has no public word for it; without the attribute the answer is no.
        """
        writer = getattr(self.app._driver, "_writer_thread", None)  # noqa: SLF001
        queue = getattr(writer, "_queue", None)
        return queue is not None and queue.qsize() > 0

    def refresh_picture(self) -> None:
        """Take a picture of the world and hand each pane its part."""
        self._show_picture(self._fleet)

    def _show_frame(self) -> None:
        """The picture of a frame. Faster than anyone reads, half of the fleet is drawn in each."""
        racing = self.pacing.speed > READABLE and not self.pacing.paused
        turn = self.counters.frames % 2
        self._show_picture(self._fleet[turn::2] if racing else self._fleet)

    def _show_picture(self, fleet: Sequence[ServerPane]) -> None:
        self._stale = False
        self.counters.views += 1
        self.latest = view = self.run.view(self.seat)
        state = State(
            speed=speed_text(self.pacing.speed),
            held=self.held,
            seeking=self.seeking,
            waiting=self.waiting,
            selected=self.selected,
            zoomed=self.zoomed_server,
            tab=self.tab,
        )
        shown = pictures(view, self.run.scenario, state)
        self.query_one(HeaderBar).show(shown.header)
        for pane in fleet:
            pane.show(shown.servers[pane.number - 1])
        self.query_one(AlertFeed).show(view.alerts)
        self.query_one(MoneyPane).show(shown.money)
        self.query_one(AnswersPane).show(view.answers)
        self.query_one(WorkPane).show(shown.work)
        self.query_one(TabBar).show(shown.tabs)

    # --- what the actions ask ---------------------------------------------------------------------

    @property
    def chosen(self) -> Chosen:
        """What keys and the palette act on."""
        servers = self.run.scenario.servers
        name = servers[self.selected - 1].name if 1 <= self.selected <= len(servers) else ""
        feed = self.query_one(AlertFeed)
        view = self.latest or self.run.view(self.seat)
        return Chosen(name, feed.selected, view.alerts)

    def say(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        """Answer a key or a word."""
        self.query_one(StatusBar).show(Status(text, tone))

    # --- what it costs ----------------------------------------------------------------------------

    def _compositor_refresh(self) -> None:
        self.counters.paints += 1
        super()._compositor_refresh()

    def _refresh_layout(self, *args: Any, **kwargs: Any) -> None:
        self.counters.layouts += 1
        super()._refresh_layout(*args, **kwargs)
