"""From the view of a seat to what each pane shows: nothing but sorting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.start import Console
from controlroom.tui.lines import plain
from controlroom.tui.look import Role
from controlroom.tui.numbers import short_money
from controlroom.tui.widgets.bars import Tab, Tabs
from controlroom.tui.widgets.header import HeaderPicture
from controlroom.tui.widgets.money import MoneyPicture, loss_role
from controlroom.tui.widgets.server_lines import ServerPicture, is_hot
from controlroom.tui.widgets.work import WorkPicture

if TYPE_CHECKING:
    from controlroom.sim.start import Scenario
    from controlroom.sim.views import View


@attrs.frozen
class Pictures:
    """One frame, pane by pane.

    Attributes:
        header: the lines at the top.
        servers: the fleet, in order.
        money: the P&L panel.
        work: in progress.
        tabs: for small terminals.
    """

    header: HeaderPicture
    servers: tuple[ServerPicture, ...]
    money: MoneyPicture
    work: WorkPicture
    tabs: Tabs


@attrs.frozen
class State:
    """What a picture needs besides the world: the state of the screen itself.

    Attributes:
        speed: as the header writes it.
        held: why the clock stands still, or empty.
        seeking: running to the next thing.
        waiting: commands that no step has taken up yet.
        selected: number of the selected server.
        zoomed: number of the server that has the room, or 0.
        tab: the tab shown on a small terminal.
        recorded: whether a replay is shown.
        backwards: whether it is played backwards.
        forked: time of day at which the run was taken over from another one, or empty.
        truth: whether the truth can be shown beside the seat's panes.
    """

    speed: str
    held: str
    seeking: bool
    waiting: int
    selected: int
    zoomed: int
    tab: str
    recorded: bool = False
    backwards: bool = False
    forked: str = ""
    truth: bool = False


def pictures(view: View, scenario: Scenario, state: State) -> Pictures:
    """What each pane shows of a view.

    Args:
        view: of the seat.
        scenario: for the titles of people and the moment of the open.
        state: of the screen.
    """
    # The second that the newest entry of the histories belongs to.
    second = max(0, view.step // STEPS_PER_SECOND - 1)
    servers = tuple(
        ServerPicture(
            server,
            second,
            selected=server.number == state.selected,
            zoomed=server.number == state.zoomed,
        )
        for server in view.servers
    )
    hot = sum(is_hot(server) for server in view.servers)
    titles = {person.id: person.title for person in scenario.people}
    return Pictures(
        header=HeaderPicture(
            view.header,
            state.speed,
            state.held,
            state.seeking,
            hot,
            recorded=state.recorded,
            backwards=state.backwards,
            forked=state.forked,
        ),
        servers=servers,
        money=MoneyPicture(view.money, scenario.day.opens // 1000),
        work=WorkPicture(
            work=view.work,
            ringing=tuple(titles.get(who, who) for who in view.ringing),
            declared=view.header.declared,
            authority=view.header.authority,
            waiting=state.waiting,
            suspicions=view.suspicions,
        ),
        tabs=_tabs(view, hot, state),
    )


def _tabs(view: View, hot: int, state: State) -> Tabs:
    servers = f"{hot} hot" if hot else ""
    as_was = view.header.console is Console.AS_WAS
    shown = view.money.pmon if as_was else view.money.flat
    loss = short_money(shown, sign=True) if shown else ""
    new = sum(alarm.state == "new" for alarm in view.alerts.alarms or ())
    unread = str(view.alerts.unread) if view.alerts.unread else ""
    if new:
        unread = f"{new} NEW"
    work = str(len(view.work)) if view.work else ""
    truth = (Tab("truth", "TRUTH"),) if state.truth else ()
    return Tabs(
        (
            Tab("servers", "Servers", servers, Role.BAD),
            Tab("alerts", "Alerts", unread, Role.BAD if new else Role.NOTICE),
            Tab(
                "money", plain(view.money.monitor) if as_was else "P&L", loss, loss_role(view.money)
            ),
            Tab("answers", "Answers", work, Role.INFO),
            *truth,
        ),
        state.tab,
    )
