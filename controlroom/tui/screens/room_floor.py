"""Moving about in a room: which pane has the focus, and which one the room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import events, on

from controlroom.sim.events import Tone
from controlroom.tui.screens.room_base import RoomBase
from controlroom.tui.widgets.bars import TabBar
from controlroom.tui.widgets.prompt import Prompt
from controlroom.tui.widgets.server import ServerPane

if TYPE_CHECKING:
    from textual.widget import Widget

GROUPS: Final[tuple[str, ...]] = ("servers", "alerts", "money", "answers", "work", "prompt")
"""What the tab key goes through in every room."""

_TAB_OF: Final = {"work": "answers"}
_ZOOM_OF: Final = {"servers": "server", "work": "answers"}
MOST_KEYED: Final = 9
"""Servers that a digit selects; the others are reached with the arrows."""


def columns(servers: int) -> int:
    """How many panes of a fleet stand beside each other, so that its rows are full or nearly so."""
    if servers <= 4:
        return max(servers, 1)
    return 3 if servers in (5, 6, 9) else 4


class RoomFloor(RoomBase):
    """Selects, moves the focus, gives a pane the room."""

    home = "servers"
    """Where escape leads when there is nothing to take back."""
    groups = GROUPS
    """What the tab key goes through, in order."""
    always_shown: frozenset[str] = frozenset({"prompt"})
    """Groups that no tab and no zoom hides."""
    _place = ""
    """The group that had the focus last, the prompt aside."""
    reading = False
    """A message was opened on a small screen, where it covers the feed it was opened from."""

    @property
    def tabbed(self) -> bool:
        """Whether the terminal is so small that one thing is shown at a time."""
        return any(self.has_class(name) for name in ("-narrow", "-low", "-tiny"))

    @property
    def zoomed_server(self) -> int:
        """Number of the server that has the room, or 0."""
        return self.selected if self.zoomed == "server" else 0

    def group_of(self, widget: Widget | None) -> str:
        """The group that a widget belongs to."""
        if isinstance(widget, ServerPane):
            return "servers"
        return widget.id if widget is not None and widget.id in self.groups else ""

    @property
    def topic(self) -> str:
        """What help and the last line should be about."""
        group = self.group_of(self.focused)
        return {"servers": "server"}.get(group, group or "server")

    def go(self, group: str) -> None:
        """Move the focus to a group, and show it where it is hidden."""
        self.reading = False
        if group not in self.always_shown:
            if self.zoomed and self.zoomed != _ZOOM_OF.get(group, group):
                self.set_zoom("")
            self.set_tab(_TAB_OF.get(group, group))
        if group == "servers":
            self.pane_of_servers().focus()
        else:
            self.query_one(f"#{group}").focus()

    def pane_of_servers(self) -> Widget:
        """The pane that has the focus when the servers have it."""
        return self.query_one(f"#server-{self.selected}", ServerPane)

    def tab_groups(self) -> tuple[str, ...]:
        """The groups that the tab key goes through now."""
        return self.groups

    def set_tab(self, tab: str) -> None:
        """Show a tab; on a terminal that has room for everything that changes nothing."""
        if tab == self.tab:
            return
        self.remove_class(f"-tab-{self.tab}")
        self.tab = tab
        self.add_class(f"-tab-{tab}")
        self.refresh_picture()

    def set_zoom(self, zoom: str) -> None:
        """Give a pane the room, or take it back from whatever has it."""
        for pane in self.query(ServerPane):
            pane.set_class(zoom == "server" and pane.number == self.selected, "-zoomed")
        if self.zoomed:
            self.remove_class(f"-zoom-{self.zoomed}")
        self.zoomed = zoom
        if zoom:
            self.add_class(f"-zoom-{zoom}")
        self.refresh_picture()

    # --- what happens to panes --------------------------------------------------------------------

    @on(ServerPane.Picked)
    def _picked(self, event: ServerPane.Picked) -> None:
        if self.selected != event.number:
            self.selected = event.number
            self.refresh_picture()

    @on(TabBar.Chosen)
    def _tab_chosen(self, event: TabBar.Chosen) -> None:
        if event.tab in self.groups:
            self.go(event.tab)
        else:
            self.set_tab(event.tab)

    @on(events.DescendantFocus)
    def _focused(self) -> None:
        if not isinstance(self.focused, Prompt):
            self._place = self.group_of(self.focused)
        self.show_keys()

    # --- keys -------------------------------------------------------------------------------------

    def action_server(self, number: int) -> None:
        count = len(self.source.scenario.servers)
        if number > count:
            self.say(f"there are {count} servers")
            return
        again = self.selected == number and isinstance(self.focused, ServerPane)
        self.selected = number
        if again:
            self.set_zoom("" if self.zoomed == "server" else "server")
        elif self.zoomed == "server":
            self.set_zoom("server")
        self.go("servers")
        self.refresh_picture()
        name = self.source.scenario.servers[number - 1].name
        self.say(name if self.zoomed else f"{name}; {number} again gives it the room")

    def action_zoom(self) -> None:
        group = self.group_of(self.focused)
        if isinstance(self.focused, Prompt):
            group = self._place_before_prompt()
        if self.zoomed:
            self.set_zoom("")
            self.say("all panes")
        elif group and group not in self.always_shown:
            self.go(group)
            self.set_zoom(_ZOOM_OF.get(group, group))
            self.say("z or esc takes the room back")
        else:
            self.say("move to a pane first; z gives it the room", Tone.NOTICE)

    def action_back(self) -> None:
        if isinstance(self.focused, Prompt):
            self.go(self._place_before_prompt())
            self.say("")
        elif self.selections:
            self.clear_selection()
        elif self.reading:
            self.go("alerts")
            self.say("")
        elif self.zoomed:
            self.set_zoom("")
            self.say("all panes")
        elif self.take_back():
            return
        else:
            self.go(self.home)
            self.say("")

    def take_back(self) -> bool:
        """Undo what a pane shows only a part of, if it does."""
        return False

    def _place_before_prompt(self) -> str:
        if self.zoomed:
            return "servers" if self.zoomed == "server" else self.zoomed
        place = self._place or self.home
        covered = place not in self.always_shown and _TAB_OF.get(place, place) != self.tab
        return self.tab if self.tabbed and covered else place

    def action_feed(self) -> None:
        self.go("alerts")
        self.say("arrows choose, enter opens, a acknowledges")

    def action_answers(self) -> None:
        self.go("answers")
        self.say("arrows and page keys scroll, z gives the answers the room")

    def action_prompt(self) -> None:
        self.go("prompt")
        self.say("")

    def action_focus_group(self, by: int) -> None:
        groups = self.tab_groups()
        group = self.group_of(self.focused) or groups[0]
        self.go(groups[(groups.index(group) + by) % len(groups)])
        self.say("")

    def move(self, key: str) -> None:
        """An arrow on a server's pane: to its neighbour, or out of the fleet."""
        count = len(self.source.scenario.servers)
        wide = columns(count)
        by = {"left": -1, "right": 1, "up": -wide, "down": wide}[key]
        if self.zoomed == "server":
            by = 1 if by > 0 else -1
        number = self.selected + by
        if 1 <= number <= count:
            self.selected = number
            if self.zoomed == "server":
                self.set_zoom("server")
            self.go("servers")
            self.refresh_picture()
        elif key in {"right", "down"}:
            self.go("alerts" if key == "right" else "money")
        else:
            self.say("nothing further there")
