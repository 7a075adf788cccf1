"""Messages: acknowledge, shelve, group, search, and turn a mail into an alarm."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from controlroom.sim import seats
from controlroom.sim.alerts import AlertState
from controlroom.sim.clock import seconds
from controlroom.sim.command import Command, Group, Kind, Slot, words
from controlroom.sim.commands.mail import no_such_message
from controlroom.sim.tasks import answer, counted

if TYPE_CHECKING:
    from controlroom.sim.world import World

_ON_OFF = Slot(Kind.CHOICE, "on or off", ("on", "off"))


def _meant(world: World, seat: str, number: str) -> tuple[int, ...]:
    """The message, and its equals on the same desk while they are grouped."""
    alerts = world.alerts
    if not alerts.grouped:
        return (int(number),)
    return tuple(filter(seats.on_desk(world, seat), alerts.equal_ones(int(number))))


@attrs.frozen
class Ack(Command):
    """Acknowledge messages."""

    verb: ClassVar[str] = "ack"
    summary: ClassVar[str] = "acknowledge message N (and its equals while grouped), or all"
    group: ClassVar[Group] = Group.ALERTS
    key: ClassVar[str | None] = "a"
    aliases: ClassVar[tuple[str, ...]] = ("acknowledge",)

    number: str = words(Slot(Kind.ALERT, "N", ("all",)))

    def obstacle(self, world: World) -> str | None:
        """A number that is not there; a telephone wants to be answered."""
        missing = no_such_message(world, self.number)
        if missing is not None or self.number == "all":
            return missing
        if world.alerts.states[int(self.number)] is AlertState.RINGING:
            caller = world.alerts[int(self.number)].sender
            return f"a telephone is answered, with: call {caller}"
        return None

    def begin(self, world: World, seat: str) -> None:
        """Everything that is open among them."""
        alerts = world.alerts
        if self.number == "all":
            meant = tuple(filter(seats.on_desk(world, seat), range(len(alerts))))
        else:
            meant = _meant(world, seat, self.number)
        settled = (AlertState.ACKNOWLEDGED, AlertState.RINGING)
        count = 0
        for index in meant:
            if alerts.states[index] not in settled:
                alerts.set(index, AlertState.ACKNOWLEDGED, world.now)
                alerts.shelved_until.pop(index, None)
                count += 1
        answer(world, seat, f"{counted(count, 'message')} acknowledged")


@attrs.frozen
class Shelve(Command):
    """Put messages away for a time."""

    verb: ClassVar[str] = "shelve"
    summary: ClassVar[str] = "put message N away for some minutes, with a reason"
    group: ClassVar[Group] = Group.ALERTS
    key: ClassVar[str | None] = "v"

    number: str = words(Slot(Kind.ALERT, "N"))
    minutes: int = words(Slot(Kind.NUMBER, "MINUTES", low=1, high=480))
    reason: str = words(Slot(Kind.TEXT, "REASON"))

    def obstacle(self, world: World) -> str | None:
        """A number that is not there; a telephone cannot be put away."""
        missing = no_such_message(world, self.number)
        if missing is None and world.alerts.states[int(self.number)] is AlertState.RINGING:
            return "a telephone that rings cannot be shelved"
        return missing

    def begin(self, world: World, seat: str) -> None:
        """They come back as new."""
        until = world.now + seconds(60 * self.minutes)
        meant = _meant(world, seat, self.number)
        for index in meant:
            world.alerts.set(index, AlertState.SHELVED, world.now)
            world.alerts.shelved_until[index] = until
        back = world.scenario.day.text(until)
        answer(world, seat, f"{counted(len(meant), 'message')} shelved until {back}: {self.reason}")


@attrs.frozen
class GroupEqual(Command):
    """Show equal messages as one row."""

    verb: ClassVar[str] = "group"
    summary: ClassVar[str] = "show equal messages as one row with a count, or each by itself"
    group: ClassVar[Group] = Group.ALERTS
    key: ClassVar[str | None] = "g"

    state: str = words(_ON_OFF)

    def begin(self, world: World, seat: str) -> None:
        """It is how the feed is shown, and decides what opening and acknowledging mean."""
        world.alerts.grouped = self.state == "on"
        world.alerts.version += 1
        answer(world, seat, f"grouping of equal messages is {self.state}")


@attrs.frozen
class Search(Command):
    """Limit the feed to messages that hold a text."""

    verb: ClassVar[str] = "search"
    summary: ClassVar[str] = "limit the feed to messages that hold TEXT; without TEXT, show all"
    group: ClassVar[Group] = Group.ALERTS
    key: ClassVar[str | None] = "slash"
    aliases: ClassVar[tuple[str, ...]] = ("find",)

    wanted: str | None = words(Slot(Kind.TEXT, "TEXT", optional=True))

    def begin(self, world: World, seat: str) -> None:
        """Sender, subject and body are searched, without regard to case."""
        alerts = world.alerts
        alerts.search = self.wanted or ""
        alerts.version += 1
        mine = seats.on_desk(world, seat)
        total = sum(map(mine, range(len(alerts))))
        if not self.wanted:
            answer(world, seat, f"the whole feed is shown: {counted(total, 'message')}")
            return
        low = self.wanted.casefold()
        found = [
            index
            for index, alert in enumerate(alerts.feed.items)
            if mine(index) and low in f"{alert.sender}\n{alert.subject}\n{alert.body}".casefold()
        ]
        said = f"{len(found)} of {counted(total, 'message')} hold {self.wanted!r}"
        if not found:
            said += "; search without a text shows all again"
        else:
            day = world.scenario.day
            first, last = alerts[found[0]].step, alerts[found[-1]].step
            said += f", from {day.text(first)} to {day.text(last)}"
        answer(world, seat, said)


@attrs.frozen
class Alarm(Command):
    """Turn mails that hold a text into alarms."""

    verb: ClassVar[str] = "alarm"
    summary: ClassVar[str] = "raise an alarm whenever a mail holds TEXT, or no longer"
    group: ClassVar[Group] = Group.ALERTS
    key: ClassVar[str | None] = "exclamation_mark"

    state: str = words(_ON_OFF)
    wanted: str = words(Slot(Kind.TEXT, "TEXT"))

    def obstacle(self, world: World) -> str | None:
        """It is so already."""
        listed = self.wanted.casefold() in map(str.casefold, world.alerts.alarm_texts)
        if listed == (self.state == "on"):
            there = "is an alarm already" if listed else "is no alarm"
            return f"there {there} on {self.wanted!r}"
        return None

    def begin(self, world: World, seat: str) -> None:
        """It holds for mails from now on."""
        alerts = world.alerts
        wanted = self.wanted.casefold()
        kept = tuple(text for text in alerts.alarm_texts if text.casefold() != wanted)
        alerts.alarm_texts = (*kept, self.wanted) if self.state == "on" else kept
        alerts.version += 1
        answer(world, seat, f"alarm {self.state} for mails that hold {self.wanted!r}")
