"""One shared screen for a room: the big board, and behind a cover the screen of each seat.

Everybody looks at the board. Whoever wants the own screen presses the number of the seat and takes
the keyboard; a cover lies over it until the others have looked away, and one key covers it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual import on
from textual.binding import Binding
from textual.message import Message

from controlroom.drill.board_lines import BoardPicture, board_lines, cover_lines
from controlroom.drill.directing import DirectingScreen
from controlroom.drill.facilitator_screen import FacilitatorScreen
from controlroom.drill.help import BOARD, BOARD_KEYS
from controlroom.drill.host_app import HostApp
from controlroom.drill.seat_screen import SeatScreen
from controlroom.sim.events import Tone
from controlroom.sim.seats import FACILITATOR, seats_of
from controlroom.sim.views.board import board_view
from controlroom.tui.lines import Line, Span, blank, ends, plain
from controlroom.tui.look import Role
from controlroom.tui.widgets.line_pane import LinePane, LineScreen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult
    from textual.screen import Screen
    from textual.widget import Widget

    from controlroom.drill.host import Host
    from controlroom.tui.settings import Settings
    from controlroom.tui.widgets.server import ServerPane

DOWN: Final = "f2"
"""The key that covers a seat's screen, whatever has the focus."""


class SeatWanted(Message):
    """Somebody takes the keyboard.

    Attributes:
        seat: whose screen is wanted.
    """

    def __init__(self, seat: str) -> None:
        super().__init__()
        self.seat = seat


class Board(LinePane[BoardPicture], can_focus=True):
    """What everybody may see."""

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        if self.view is None:
            return tuple(blank(width) for _ in range(height))
        return board_lines(self.view, width, height, self.glyphs)


class BoardScreen(DirectingScreen):
    """The board, with the facilitator's prompt and clock below it."""

    BINDINGS = [Binding("0", "page", "facilitator", id="table.page")]

    about = BOARD
    keys_said = BOARD_KEYS
    groups = ("board", "prompt")
    home = "board"
    always_shown = frozenset({"board", "prompt"})
    AUTO_FOCUS = "#board"

    def __init__(self, host: Host, places: str, cards: str, **choices: Any) -> None:
        """Prepare the screen.

        Args:
            host: of the drill.
            places: how people come in from elsewhere, in one line, or empty.
            cards: how the role cards are printed.
            choices: as for `ControlRoomScreen`.
        """
        super().__init__(host, places, **choices)
        self.add_class("-board")
        self._cards = cards
        self.context_keys = {"board": (("server.1", "a seat"),)}
        self.more_keys = (("clock.faster", "speed"), ("ctrl+p", "palette"), ("ctrl+q", "end"))
        self.always_keys = (
            ("clock.pause", "begin, freeze, go"), ("table.page", "facilitator"),
            ("go.prompt", "command"), ("app.help", "help"),
        )  # fmt: skip

    @property
    def seats(self) -> tuple[str, ...]:
        """In the order of their numbers."""
        return tuple(name for name in seats_of(self.run.world) if name != FACILITATOR)

    def panes_below(self) -> Iterator[Widget]:
        yield Board(id="board")

    def _show_picture(self, fleet: Sequence[ServerPane]) -> None:
        super()._show_picture(())
        view = board_view(self.run.world)
        if view is not None:
            left = self._host.probe_left
            picture = BoardPicture(view, self.held, self.speed, left, self._cards)
            self.query_one(Board).show(picture)

    def action_server(self, number: int) -> None:
        """The digits are the seats here."""
        if number > len(self.seats):
            self.say(f"there are {len(self.seats)} seats; 0 is the facilitator's", Tone.NOTICE)
            return
        self.post_message(SeatWanted(self.seats[number - 1]))

    def action_page(self) -> None:
        self.post_message(SeatWanted(FACILITATOR))


class Sign(LinePane[str]):
    """Whose screen it is: one line at the top that cannot be overlooked."""

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        seat = plain(self.view or "").upper()
        note = f"{DOWN.upper()} covers it "
        left = (
            Span(f"  {' '.join(seat)}  ", Role.BADGE),
            Span("  is alone with this screen", Role.MUTED),
        )
        return (ends(left, (Span(note, Role.NOTICE),), width),)[:height]


def put_up_sign(screen: SeatScreen) -> None:
    """Say above a seat's screen whose it is."""
    sign = Sign(id="sign")
    sign.view = screen.seat
    screen.mount(sign, before=0)


class TableSeatScreen(SeatScreen):
    """The screen of a participant at the table."""

    def on_mount(self) -> None:
        put_up_sign(self)


class TablePageScreen(FacilitatorScreen):
    """The facilitator's at the table."""

    def on_mount(self) -> None:
        put_up_sign(self)


class Curtain(LinePane[tuple[str, str, str]]):
    """What lies over a screen: seat, its title, whose screen it was before."""

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        seat, title, before = self.view or ("", "", "")
        return cover_lines(seat, title, before, width, height, self.glyphs)


class CoverScreen(LineScreen[bool]):
    """Asks everybody but one to look away; ends with whether that one wants the screen."""

    BINDINGS = [
        Binding("enter", "done(True)", "show"),
        Binding("escape,f2", "done(False)", "the board"),
    ]

    def __init__(self, seat: str, title: str, before: str) -> None:
        super().__init__()
        self._said = seat, title, before

    def compose(self) -> ComposeResult:
        curtain = Curtain()
        curtain.view = self._said
        yield curtain

    def action_done(self, shown: bool) -> None:
        self.dismiss(shown)


class TableApp(HostApp):
    """A drill on one screen."""

    BINDINGS = [Binding(DOWN, "board", "cover", show=False, priority=True)]

    def __init__(
        self, host: Host, places: str, seats: Sequence[str], settings: Settings | None = None
    ) -> None:
        """Prepare the app.

        Args:
            host: of the drill.
            places: how people come in from elsewhere, in one line, or empty.
            seats: those of the people at the table.
            settings: in place of those that are kept.
        """
        super().__init__(host, places, settings)
        self._seats = tuple(seats)
        self._before = ""

    def first(self) -> Screen[None]:
        # Installed, a screen stays as it is while another one is looked at.
        for seat in self._seats:
            self.install_screen(TableSeatScreen(self.host.sit(seat), seat), name=seat)
        self.install_screen(TablePageScreen(self.host, self._places), name=FACILITATOR)
        scenario = self.host.run.scenario.id
        cards = f"cards are on paper: controlroom kit {scenario} -o DIR"
        return BoardScreen(self.host, self._places, cards)

    @on(SeatWanted)
    def _wanted(self, event: SeatWanted) -> None:
        known = (*self._seats, FACILITATOR)
        if event.seat not in known or isinstance(self.screen, CoverScreen):
            return
        desk = seats_of(self.host.run.world)[event.seat]

        def show(shown: bool | None) -> None:
            if shown:
                self._before = event.seat
                self.push_screen(event.seat)

        before = self._before if self._before != event.seat else ""
        self.push_screen(CoverScreen(event.seat, desk.title, before), show)

    def action_board(self) -> None:
        """Lay the cover over whatever is shown: the board is for everybody."""
        while len(self.screen_stack) > 1 and not isinstance(self.screen, BoardScreen):
            self.pop_screen()
