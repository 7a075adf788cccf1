"""A room: the panes, and one picture of the world a frame for all of them.

What is behind the panes is the source's affair (`controlroom.tui.source`). Twenty times a second
the screen lets time pass, and hands each pane its part of one new view; a pane repaints the lines
that differ. While the terminal has not taken the last frame nothing is painted, and the world keeps
its pace all the same.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from textual.widget import Widget

from controlroom.sim.events import Tone
from controlroom.tui.counters import Counters
from controlroom.tui.keys import Chosen
from controlroom.tui.pacing import Pacing, read_speed
from controlroom.tui.screens.room_desk import RoomDesk
from controlroom.tui.screens.room_floor import columns
from controlroom.tui.screens.room_pictures import State, pictures
from controlroom.tui.widgets.alerts import AlertFeed
from controlroom.tui.widgets.answers import AnswersPane
from controlroom.tui.widgets.bars import KeyBar, Status, StatusBar, TabBar
from controlroom.tui.widgets.coach import CoachPane
from controlroom.tui.widgets.header import HeaderBar
from controlroom.tui.widgets.money import MoneyPane
from controlroom.tui.widgets.prompt import Prompt
from controlroom.tui.widgets.server import ServerPane
from controlroom.tui.widgets.week import WeekPane
from controlroom.tui.widgets.work import WorkPane

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.app import ComposeResult

    from controlroom.sim.commands import Completion
    from controlroom.sim.views import View
    from controlroom.tui.editor import History
    from controlroom.tui.source import Source

FRAMES: Final = 20
"""Frames in a second."""

MOST_STEPS: Final = 240
"""Steps in one frame; what is due beyond them stays owed. At 60x a frame has 12."""

READABLE: Final = 10
"""Up to this speed every pane is drawn in every frame."""

_INSTRUMENTS: Final = {
    "servers": frozenset({"servers"}),
    "alerts": frozenset({"mail", "telephone", "alarms"}),
    "money": frozenset({"money"}),
}
"""Which instruments of a seat each pane shows; one of them is enough."""


class Box(Widget):
    """Puts panes side by side. It shows nothing itself, and so costs nothing."""

    BLANK = True


class RoomScreen(RoomDesk):
    """The panes of a room, drawn once a frame."""

    BLANK = True

    # In full: Textual looks beside the class that it runs, which may be in another folder.
    CSS_PATH = [Path(__file__).with_name("room.tcss")]
    AUTO_FOCUS = "#server-1"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-middle"), (150, "-wide")]
    VERTICAL_BREAKPOINTS = [
        (0, "-tiny"), (12, "-low"), (32, "-medium"), (42, "-full"), (56, "-tall"),
    ]  # fmt: skip

    def __init__(
        self,
        source: Source,
        *,
        speed: float | Fraction,
        paused: bool,
        seat: str,
        clock: Callable[[], int],
        ticking: bool,
    ) -> None:
        """Prepare the room; the clock begins with the first frame.

        Args:
            source: what is shown.
            speed: to begin with; the nearest there is.
            paused: begin with the clock standing still.
            seat: whose instruments these are.
            clock: nanoseconds that never go back.
            ticking: whether frames come by themselves; a test asks for each.
        """
        super().__init__()
        self.source = source
        self.seat = seat
        self.typed: History | None = None
        """What was typed at the prompt before; nothing where it is None."""
        self.counters = Counters()
        self.pacing = Pacing(clock, speed=read_speed(str(speed)) or Fraction(1), paused=paused)
        self.latest: View | None = None
        self._fleet = [ServerPane(number + 1) for number in range(len(source.scenario.servers))]
        self._coach = CoachPane() if source.scenario.training else None
        self._week = WeekPane() if source.scenario.week else None
        self._wall = clock
        self._ticking = ticking
        self._stale = True
        self._shown = -1
        self._instruments: tuple[str, ...] = ()

    # --- what it consists of ----------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield HeaderBar()
        yield TabBar()
        with Box(id="floor"):
            with Box(id="desk"):
                with Box(id="room"):
                    wide = columns(len(self._fleet))
                    with Box(id="fleet", classes=f"-columns-{wide}"):
                        yield from self._fleet
                    yield AlertFeed()
                if self._week is not None:
                    yield self._week
                yield MoneyPane()
                with Box(id="talk"):
                    yield AnswersPane()
                    yield WorkPane()
            yield from self.panes_beside()
        if self._coach is not None:
            yield self._coach
        yield from self.panes_below()
        yield Prompt(self.completions, self.usage, self.typed, self.invitation)
        yield StatusBar()
        yield KeyBar()

    invitation = "and type a command"
    """What the prompt says after its key while nothing is typed."""

    def panes_beside(self) -> Iterator[Widget]:
        """What a kind of room has beside the seat's panes."""
        yield from ()

    def panes_below(self) -> Iterator[Widget]:
        """What a kind of room has between the seat's panes and the prompt."""
        yield from ()

    def completions(self, text: str) -> tuple[Completion, ...]:
        """Ways to go on typing."""
        raise NotImplementedError

    def usage(self, text: str) -> str:
        """Usage and summary of the word that is being typed, or empty."""
        raise NotImplementedError

    def greeting(self) -> str:
        """The first line that the room says."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self.pacing.forget()
        self.refresh_picture()
        self.show_keys()
        self.say(self.greeting())
        if self._ticking:
            self.set_interval(1 / FRAMES, self.frame)

    # --- the frame --------------------------------------------------------------------------------

    def frame(self) -> None:
        """Let time pass and show what has come of it."""
        self.counters.frames += 1
        gaps = self.pacing.gaps
        self.pass_time()
        if self.pacing.gaps != gaps:
            self.say("the clock stood still while the program was stopped")
        if (self._stale or self.source.now != self._shown) and self.is_current:
            if self._link_is_busy():
                self.counters.skipped += 1
            else:
                self._show_frame()

    def pass_time(self) -> None:
        """Take the steps of this frame, or whatever else its time is used for."""
        raise NotImplementedError

    def _link_is_busy(self) -> bool:
        """Whether the terminal has yet to take the last frame.

        A driver of ours says so itself. Textual's has no public word for it; without the attribute
        the answer is no.
        """
        driver = self.app._driver  # noqa: SLF001
        behind = getattr(driver, "behind", None)
        if behind is not None:
            return bool(behind)
        writer = getattr(driver, "_writer_thread", None)
        queue = getattr(writer, "_queue", None)
        return queue is not None and queue.qsize() > 0

    def look(self) -> View:
        """What the seat's instruments show now."""
        return self.source.view(self.seat)

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
        self._shown = self.source.now
        self.counters.views += 1
        self.latest = view = self.look()
        if view.panes != self._instruments:
            self._furnish(view.panes)
        shown = pictures(view, self.source.scenario, self.state())
        self.query_one(HeaderBar).show(shown.header)
        for pane in fleet[: len(shown.servers)]:
            pane.show(shown.servers[pane.number - 1])
        self.query_one(AlertFeed).show(view.alerts)
        self.query_one(MoneyPane).show(shown.money)
        self.query_one(AnswersPane).show(view.answers)
        self.query_one(WorkPane).show(shown.work)
        self.query_one(TabBar).show(shown.tabs)
        if self._coach is not None:
            self._coach.show(view.coach)
        if self._week is not None:
            self.show_week(view.week)

    def _furnish(self, instruments: tuple[str, ...]) -> None:
        """Put away the panes whose instrument the seat has not; an empty list names all of them."""
        self._instruments = instruments
        for pane, names in _INSTRUMENTS.items():
            has = not instruments or not names.isdisjoint(instruments)
            self.set_class(not has, f"-without-{pane}")

    def state(self) -> State:
        """What a picture needs besides the view: the state of the screen itself."""
        return State(
            speed=self.speed,
            held=self.held,
            seeking=self.seeking,
            waiting=self.waiting,
            selected=self.selected,
            zoomed=self.zoomed_server,
            tab=self.tab,
        )

    # --- what the actions ask ---------------------------------------------------------------------

    @property
    def chosen(self) -> Chosen:
        """What keys and the palette act on."""
        servers = self.source.scenario.servers
        name = servers[self.selected - 1].name if 1 <= self.selected <= len(servers) else ""
        feed = self.query_one(AlertFeed)
        view = self.latest or self.look()
        return Chosen(name, feed.selected, view.alerts, next(iter(view.ringing), ""))

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
