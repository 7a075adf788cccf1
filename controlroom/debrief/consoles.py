"""The same events on two consoles: what a modern one said when, and what the firm's screens gave.

The alarms are those that the world keeps whichever console was shown. Their limits are this
program's own, so the moments are reconstructed; that the firm's screens raised no alert and showed
no limit is documented (SEC paragraphs 19 and 25). Beside each alarm stands what was done about it.
"""

from __future__ import annotations

from typing import Final

import attrs

from controlroom.debrief.played import Deed, Played
from controlroom.sim import annunciator
from controlroom.sim.alarm_rules import RULE
from controlroom.sim.annunciator import Standing
from controlroom.sim.commands import Group
from controlroom.sim.start import REJECT

_ACTS: Final = (Group.ACT, Group.POSITIONS, Group.PEOPLE)


@attrs.frozen
class Beside:
    """An alarm of the modern console, and what stood in its place.

    Attributes:
        step: when it was raised.
        priority: 1 is high, 3 low.
        text: what it said then.
        response: what it said to do.
        as_was: what the firm's own screens gave at that moment.
        looked: step of the first look at what it is about, before or after, or None.
        acted: step of the first act on it after it was raised, or None.
        act: that command, or empty.
    """

    step: int
    priority: int
    text: str
    response: str
    as_was: str
    looked: int | None
    acted: int | None
    act: str


@attrs.frozen
class Consoles:
    """Two consoles beside each other.

    Attributes:
        played: the console that the run was played on.
        items: the modern console's alarms, in order.
    """

    played: str
    items: tuple[Beside, ...]


def consoles_of(played: Played) -> Consoles | None:
    """Lay the modern console's alarms beside the firm's screens and what was done.

    None where the run was played by nobody who could have looked, and no alarms were kept.
    """
    if played.world.annunciator is None:
        return None
    items = tuple(_beside(played, alarm) for alarm in played.world.annunciator.every())
    return Consoles(played.scenario.console.value, items)


def _beside(played: Played, alarm: Standing) -> Beside:
    world = played.world
    deeds = [deed for deed in played.deeds if not deed.refused and _is_about(played, alarm, deed)]
    looks = [deed for deed in deeds if deed.command.group is Group.LOOK]
    acts = [deed for deed in deeds if deed.command.group in _ACTS and deed.step >= alarm.raised]
    return Beside(
        step=alarm.raised,
        priority=int(RULE[alarm.rule].priority),
        text=annunciator.text_of(world, alarm, alarm.first),
        response=annunciator.response_of(world, alarm),
        as_was=_as_was(played, alarm),
        looked=looks[0].step if looks else None,
        acted=acts[0].step if acts else None,
        act=acts[0].text if acts else "",
    )


def _is_about(played: Played, alarm: Standing, deed: Deed) -> bool:
    """Whether a command looks at or acts on what an alarm is about."""
    if alarm.server < 0:
        return deed.command.verb in _ABOUT[alarm.rule]
    name = played.scenario.servers[alarm.server].name
    words = deed.text.split()
    return name in words or (deed.command.verb in _FLEET and (len(words) == 1 or "all" in words))


_FLEET: Final = frozenset({"compare", "stop", "kill", "drain", "uninstall", "flag", "refuse"})
"""Verbs that mean every server where none is named, or `all` is."""

_STOPPING: Final = frozenset(
    {"stop", "kill", "drain", "cancel", "disconnect", "refuse", "flag", "pare", "sell", "hedge"}
)
_ABOUT: Final = {
    "account-limit": _STOPPING | {"account", "positions", "pmon"},
    "capital": _STOPPING | {"account", "positions", "pmon", "escalate"},
    "orders-wait": frozenset({"start", "reroute", "refuse"}),
    "pmon-late": frozenset({"positions", "account"}),
}
"""Alarm of the firm -> verbs that look into it or answer it."""


def _as_was(played: Played, alarm: Standing) -> str:
    """What the firm's own screens gave at the moment of an alarm."""
    if alarm.rule == "rejects":
        before = [one for one in played.alerts if one.step <= alarm.raised]
        own = sum(one.inject == REJECT for one in before)
        return f"{own} such mails among {len(before)} messages, none of them an alert"
    return _SCREENS[alarm.rule].format(
        name=played.scenario.servers[alarm.server].name if alarm.server >= 0 else "",
        monitor=played.scenario.names.monitor,
        account=played.scenario.names.account,
    )


_SCREENS: Final = {
    "orders-out": "{name} RUN, and counts that grow: whoever wants the ratio divides",
    "account-limit": "{monitor}: a position, late, and no limit beside it",
    "capital": "{monitor}: a position, late, and no capital beside it",
    "share": "{name} RUN, and a count of orders beside those of the others",
    "orders-wait": "a count of orders that wait, a server",
    "pmon-late": "nothing: {monitor} does not say that it is late",
}
"""Alarm -> what stood on the screens in its place."""
