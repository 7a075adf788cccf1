"""The facilitator's screen: the page of the drill, and the room behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual import on
from textual.binding import Binding

from controlroom.drill.directing import DirectingScreen
from controlroom.drill.page import Page
from controlroom.drill.page_lines import PagePicture
from controlroom.sim.events import Tone
from controlroom.sim.views.facilitator import facilitator_view

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.widget import Widget

    from controlroom.drill.host import Host
    from controlroom.tui.widgets.server import ServerPane

_PAGE_KEYS: Final = (
    ("page.choose", "choose"), ("page.fire", "fire"), ("page.hold", "hold"),
    ("page.skip", "skip"), ("page.probe", "probe"), ("page.coach", "hint"),
    ("page.fault", "break"), ("page.back", "go back"), ("page.voice", "voice"),
    ("page.note", "note"), ("page.edit", "other words"), ("page.release", "release"),
)  # fmt: skip


class FacilitatorScreen(DirectingScreen):
    """The page of a drill and the room behind it, for the seat that has the clock."""

    BINDINGS = [Binding("g", "page", "page or room", id="drill.page")]

    groups = (*DirectingScreen.groups[:-1], "page", "prompt")
    always_shown = frozenset({"page", "prompt"})

    def __init__(self, host: Host, places: str, **choices: Any) -> None:
        """Prepare the screen.

        Args:
            host: of the drill.
            places: how people come in, in one line.
            choices: as for `ControlRoomScreen`.
        """
        super().__init__(host, places, **choices)
        self.context_keys = {**self.context_keys, "page": _PAGE_KEYS}
        self.more_keys = (("clock.faster", "speed"), ("ctrl+p", "palette"), ("ctrl+q", "end"))
        self.always_keys = (
            ("clock.pause", "begin, freeze, go"), ("drill.page", "page or room"),
            ("drill.tell", "tell a seat"), ("go.prompt", "command"), ("app.help", "help"),
        )  # fmt: skip

    @property
    def home(self) -> str:  # type: ignore[override]
        """Where escape leads: to the page as long as it is shown."""
        return "page" if self.has_class("-page") else "servers"

    def panes_below(self) -> Iterator[Widget]:
        yield Page()

    def on_mount(self) -> None:
        # The page stands above the answers, where the instruments would be.
        self.move_child(self.query_one("#page"), before=self.query_one("#floor"))
        self.action_page()

    # --- the page ---------------------------------------------------------------------------------

    def _show_picture(self, fleet: Sequence[ServerPane]) -> None:
        super()._show_picture(fleet)
        page = facilitator_view(self.run.world)
        if page is not None:
            present = tuple(self._host.present.items())
            self.query_one(Page).show(PagePicture(page, present, self._host.probe_left))

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
