"""What the consoles make of the same instruments: less in the as-was one, alarms in the modern one.

The trainer's picture is the whole of what is measured. The firm's own screens showed process states
and counts, mails among mails, and PMON: after the fact, late under load, without alerts and without
the limits (SEC paragraphs 19 and 25). That they gave no rates and no ratios is reconstructed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from controlroom.sim import drill as drills
from controlroom.sim.start import Console
from controlroom.sim.views.alarms import AlarmView
from controlroom.sim.views.feed import AlertsView
from controlroom.sim.views.money import MoneyView
from controlroom.sim.views.servers import ServerView

if TYPE_CHECKING:
    from controlroom.sim.world import World


def servers_as_was(panes: tuple[ServerView, ...]) -> tuple[ServerView, ...]:
    """States and counts; whoever wants a rate looks twice and divides."""
    return tuple(
        attrs.evolve(
            pane, children=0, history=(), cpu=0, children_per_parent=0, console=Console.AS_WAS
        )
        for pane in panes
    )


def servers_modern(
    panes: tuple[ServerView, ...], alarms: tuple[AlarmView, ...]
) -> tuple[ServerView, ...]:
    """The trainer's panes, with the alarms that stand on each."""
    worst: dict[str, int] = {}
    for alarm in alarms:
        if alarm.state != "over":
            worst[alarm.server] = min(alarm.priority, worst.get(alarm.server, alarm.priority))
    return tuple(
        attrs.evolve(pane, alarm=worst.get(pane.name, 0), console=Console.MODERN) for pane in panes
    )


def money_as_was(world: World, money: MoneyView) -> MoneyView:
    """What PMON shows, and the tape: no limit, no loss to get flat, and no word of being late."""
    shown, gross, stocks, _ = drills.pmon(world)
    return attrs.evolve(
        money,
        flat=0,
        per_minute=0,
        fair=0,
        marked=0,
        pmon=shown,
        pmon_age=0,
        gross=gross,
        long=0,
        short=0,
        stocks=stocks,
        executions=0,
        history=(),
        console=Console.AS_WAS,
    )


def money_modern(world: World, money: MoneyView) -> MoneyView:
    """The trainer's panel with the limit of the 33 Account."""
    limit = world.scenario.firm.account_limit
    account = world.scenario.names.account
    return attrs.evolve(money, console=Console.MODERN, limit=limit, account=account)


def alerts_as_was(alerts: AlertsView) -> AlertsView:
    """Mails among mails; nobody counts how many come."""
    return attrs.evolve(alerts, per_ten_minutes=0)
