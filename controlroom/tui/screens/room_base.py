"""What the parts of a room share: the source, the clock, and what is selected and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controlroom.sim.events import Tone
from controlroom.tui.widgets.line_pane import LineScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from controlroom.sim.views import View
    from controlroom.tui.keys import Chosen
    from controlroom.tui.pacing import Pacing
    from controlroom.tui.source import Source


class RoomBase(LineScreen[None]):
    """The state that keys, clicks and frames act on.

    Three parts build on it: `RoomClock` lets time pass, `RoomFloor` moves about, `RoomDesk` answers
    keys and words. `RoomScreen` is all three and shows what comes of it; on it stand the control
    room, in which a run is played, and the replay.
    """

    source: Source
    """What is shown."""
    seat: str
    """Whose instruments these are."""
    pacing: Pacing
    """The clock on the wall as steps."""
    latest: View | None
    """The picture that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.selected = 1
        """Number of the server that the verb keys mean."""
        self.zoomed = ""
        """What has the room: `server`, `alerts`, `money`, `answers`, or nothing."""
        self.tab = "servers"
        """The tab shown on a small terminal."""
        self.seeking = False
        """Running to the next thing that needs somebody."""
        self.waiting = 0
        """Commands given that no step has taken up yet."""

    @property
    def in_week(self) -> bool:
        """Whether the evenings before the day are shown, where a scenario has them."""
        return self.latest is not None and self.latest.week is not None

    @property
    def chosen(self) -> Chosen:
        """What keys and the palette act on."""
        raise NotImplementedError

    def say(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        """Answer a key or a word."""
        raise NotImplementedError

    def ask(self, question: str, then: Callable[[], object], otherwise: str) -> None:
        """Ask once, and do `then` where the answer is yes; else say `otherwise`."""
        raise NotImplementedError

    def frame(self) -> None:
        """Let time pass and show what has come of it."""
        raise NotImplementedError

    def refresh_picture(self) -> None:
        """Show the world as it is."""
        raise NotImplementedError

    def show_keys(self) -> None:
        """Show the keys of the state that the screen is in."""
        raise NotImplementedError
