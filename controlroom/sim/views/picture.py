"""The picture of the world that a seat's instruments give.

The world knows everything, a person at a console does not: `view` shows what the seat has
instruments for, on the console that is asked for. Parts that have not changed are the same objects
as before, so that a screen can tell by identity what it need not draw again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from controlroom.sim import seats
from controlroom.sim.seats import Pane, Seat
from controlroom.sim.start import Console
from controlroom.sim.views import consoles
from controlroom.sim.views.alarms import AlarmView, alarms_of
from controlroom.sim.views.answers import LineView, answers_of
from controlroom.sim.views.coach import CoachView, coach_of
from controlroom.sim.views.feed import AlertsView, alerts_of, ringing_at
from controlroom.sim.views.header import HeaderView, header_of
from controlroom.sim.views.kept import kept, named
from controlroom.sim.views.money import NO_MONEY, AccountView, MoneyView, account_of, money_of
from controlroom.sim.views.room import MessageView, said_to
from controlroom.sim.views.servers import ServerView, servers_of
from controlroom.sim.views.week import WeekView, week_of
from controlroom.sim.views.work import WorkView, suspicions_of, work_of

if TYPE_CHECKING:
    from controlroom.sim.world import World

NOBODY: Final = Seat("nobody", "nobody", frozenset(), frozenset())
"""What somebody sees who has no seat: a clock."""


@attrs.frozen
class View:
    """Everything that a seat's screen shows at one step; empty where it has no instrument.

    Attributes:
        step: of the world.
        header: the line at the top.
        servers: the fleet, in order.
        alerts: the feed.
        money: the P&L panel.
        answers: the last lines, oldest first.
        work: in progress, first to end first.
        ringing: person ids of telephones that ring.
        hints: hints taken so far.
        suspicions: hypotheses written down, newest last.
        panes: the instruments that the seat has; empty when it has all.
        account: the 33 Account against its limit, for the seat that watches it in a drill.
        room: what was said to this seat and by it, oldest first.
        still: why time stands still, or empty.
        coach: what the coach says, where there is one.
        week: the evenings before the day, while they last.
    """

    step: int
    header: HeaderView
    servers: tuple[ServerView, ...]
    alerts: AlertsView
    money: MoneyView
    answers: tuple[LineView, ...]
    work: tuple[WorkView, ...]
    ringing: tuple[str, ...]
    hints: int
    suspicions: tuple[str, ...]
    panes: tuple[str, ...] = ()
    account: AccountView | None = None
    room: tuple[MessageView, ...] = ()
    still: str = ""
    coach: CoachView | None = None
    week: WeekView | None = None


def view(world: World, seat: str, console: Console | None = None) -> View:
    """What `seat` sees at this step; nothing, where there is no such seat.

    Args:
        world: at which step.
        seat: whose instruments.
        console: which picture of them; that of the start where it is None.
    """
    desk = seats.seat_of(world, seat) or NOBODY
    console = console or world.scenario.console
    has = desk.panes
    modern = console is Console.MODERN and Pane.ALARMS in has
    alarms = alarms_of(world, desk) if modern else None
    feed, ringing = _feed_on(world, desk, console, alarms), ringing_at(world, desk)
    return View(
        step=world.now,
        header=header_of(world, seat, feed, ringing, console),
        servers=_servers_on(world, desk, console, alarms or ()) if Pane.SERVERS in has else (),
        alerts=feed,
        money=_money_on(world, desk, console) if Pane.MONEY in has else NO_MONEY,
        answers=answers_of(world, desk),
        work=work_of(world, desk),
        ringing=ringing,
        hints=world.team.hints if desk.sees_all else 0,
        suspicions=suspicions_of(world, desk),
        panes=() if desk.sees_all else tuple(pane for pane in Pane if pane in has),
        account=account_of(world) if world.drill is not None and Pane.LIMIT in has else None,
        room=said_to(world, desk),
        still=world.still,
        coach=coach_of(world, desk),
        week=week_of(world),
    )


def _feed_on(
    world: World, seat: Seat, console: Console, alarms: tuple[AlarmView, ...] | None
) -> AlertsView:
    """The feed on a console."""
    feed = alerts_of(world, seat)
    shown: AlertsView = feed
    if console is Console.AS_WAS:
        name = named("alerts as-was", seat)
        shown = kept(world, name, feed, lambda: consoles.alerts_as_was(feed))
    elif alarms is not None:
        name = named("alerts modern", seat)
        shown = kept(world, name, (feed, alarms), lambda: attrs.evolve(feed, alarms=alarms))
    return shown


def _servers_on(
    world: World, seat: Seat, console: Console, alarms: tuple[AlarmView, ...]
) -> tuple[ServerView, ...]:
    """The fleet on a console."""
    panes = servers_of(world, seat)
    shown: tuple[ServerView, ...] = panes
    if console is Console.AS_WAS:
        name = named("servers as-was", seat)
        shown = kept(world, name, panes, lambda: consoles.servers_as_was(panes))
    elif console is Console.MODERN:
        name = named("servers modern", seat)
        shown = kept(world, name, (panes, alarms), lambda: consoles.servers_modern(panes, alarms))
    return shown


def _money_on(world: World, seat: Seat, console: Console) -> MoneyView:
    """The P&L panel on a console."""
    money = money_of(world, seat)
    if console is Console.AS_WAS:
        return consoles.money_as_was(world, money)
    return consoles.money_modern(world, money) if console is Console.MODERN else money
