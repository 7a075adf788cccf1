"""The evenings before a day, in which a room is one page: what keys mean there.

There are no instruments yet, no mail and no clock. The page takes the place of the fleet: digits,
arrows and clicks choose a server on it, and the verb keys mean that one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on

from controlroom.tui.screens.room_floor import RoomFloor
from controlroom.tui.widgets.prompt import Prompt
from controlroom.tui.widgets.week import WeekPane, WeekPicture

if TYPE_CHECKING:
    from textual.widget import Widget

    from controlroom.sim.views import WeekView

WEEK_GROUPS: Final = ("servers", "answers", "prompt")
"""What the tab key goes through."""

OF_THE_DAY: Final = frozenset(
    {"clock.pause", "clock.next", "clock.faster", "go.feed", "go.zoom", "run.takeover"}
)
"""Keys that mean nothing before the bell, so the last line leaves them out."""


class RoomWeek(RoomFloor):
    """Moves about on the page, and off it when the bell rings."""

    def show_week(self, week: WeekView | None) -> None:
        """Show the page, or put it away; what had the focus of one has that of the other."""
        pane = self.query_one(WeekPane)
        pane.show(WeekPicture(week, self.selected))
        if self.has_class("-week") == (week is not None):
            return
        self.set_class(week is not None, "-week")
        if not isinstance(self.focused, Prompt):
            self.call_after_refresh(self._change_floor)

    def _change_floor(self) -> None:
        self.go(self.home)
        self.show_keys()

    # --- moving about -----------------------------------------------------------------------------

    @property
    def topic(self) -> str:
        topic = super().topic
        return "week" if topic == "server" and self.in_week else topic

    def group_of(self, widget: Widget | None) -> str:
        return "servers" if isinstance(widget, WeekPane) else super().group_of(widget)

    def tab_groups(self) -> tuple[str, ...]:
        if not self.in_week:
            return super().tab_groups()
        return tuple(name for name in self.groups if name in {*WEEK_GROUPS, *self.always_shown})

    def pane_of_servers(self) -> Widget:
        return self.query_one(WeekPane) if self.in_week else super().pane_of_servers()

    def move(self, key: str) -> None:
        if not self.in_week:
            super().move(key)
            return
        number = self.selected + {"up": -1, "down": 1}.get(key, 0)
        if number != self.selected and 1 <= number <= len(self.source.scenario.servers):
            self.selected = number
            self.refresh_picture()
        else:
            self.say("nothing further there")

    @on(WeekPane.Picked)
    def _site_picked(self, event: WeekPane.Picked) -> None:
        self.selected = event.number
        self.refresh_picture()

    # --- keys that wait for the day ---------------------------------------------------------------

    def action_server(self, number: int) -> None:
        super().action_server(number)
        if self.in_week and self.selected == number:
            name = self.source.scenario.servers[number - 1].name
            self.say(f"{name}; o looks into it, i installs there")

    def action_zoom(self) -> None:
        if self.in_week:
            self.say("the week is one page; there is nothing to zoom")
        else:
            super().action_zoom()

    def action_feed(self) -> None:
        if self.in_week:
            self.say("mail comes with the day; bell lets it begin")
        else:
            super().action_feed()
