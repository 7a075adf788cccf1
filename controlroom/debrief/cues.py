"""Which cues there were, which were shown, opened and used, and what nobody could have known.

Each cue falls into one of five classes. Recall asks how many of the cues that there were have been
used in time, precision how much of what was looked at held a cue. What could not have been known
comes first, or everything that follows looks plainer than it was.
"""

from __future__ import annotations

import enum

import attrs

from controlroom.debrief.actions import Verdict, verdict_of
from controlroom.debrief.patterns import fits_any
from controlroom.debrief.played import Deed, Played
from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.commands import Group
from controlroom.sim.ledger import SAMPLE
from controlroom.sim.start import Cue, Instrument, Measure


class Use(enum.StrEnum):
    """What became of a cue."""

    NEVER_SHOWN = "never shown"
    NOT_OPENED = "shown but not opened"
    NOT_USED = "opened but not used"
    LATE = "used late"
    USED = "used"


@attrs.frozen
class Seen:
    """A cue and what became of it.

    Attributes:
        cue: which.
        available: step from which it was there, or None when it never was.
        shown: step at which it was put before the seat.
        opened: step at which the seat looked at it.
        used: step of the first command that answers it.
        answer: that command.
        deadline: last step at which a response was in time, or None when it was never shown.
        use: its class, or None where it was never there, or only when it was over.
    """

    cue: Cue
    available: int | None
    shown: int | None
    opened: int | None
    used: int | None
    answer: str
    deadline: int | None
    use: Use | None


@attrs.frozen
class Cues:
    """All cues of a run.

    Attributes:
        unknowable: what nobody could have known, from the scenario.
        absent: cues that never were there in this run, or only when it was over.
        seen: the others, in the order in which they became available.
        looks: looks, readings and calls of the run until it was over: the flow had stopped, or
            what would have let it run had been put right.
        fruitful: those of them that held a cue.
    """

    unknowable: tuple[str, ...]
    absent: tuple[Seen, ...]
    seen: tuple[Seen, ...]
    looks: int
    fruitful: int

    @property
    def used(self) -> int:
        """How many were used in time."""
        return sum(item.use is Use.USED for item in self.seen)

    @property
    def recall(self) -> float | None:
        """Share of the cues that there were which were used in time."""
        return self.used / len(self.seen) if self.seen else None

    @property
    def precision(self) -> float | None:
        """Share of the looks that held a cue."""
        return self.fruitful / self.looks if self.looks else None


def cues_of(played: Played) -> Cues:
    """What became of each cue of the scenario."""
    over = _over(played)
    every = [_seen(cue, played, over) for cue in played.scenario.cues]
    there = [item for item in every if item.use is not None]
    there.sort(key=lambda item: (item.available or 0, item.cue.id))
    looks = [deed for deed in played.deeds if _is_a_look(deed) and deed.step <= over]
    return Cues(
        unknowable=played.scenario.unknowable,
        absent=tuple(item for item in every if item.use is None),
        seen=tuple(there),
        looks=len(looks),
        fruitful=sum(_held_a_cue(deed, there, played) for deed in looks),
    )


def _over(played: Played) -> int:
    """The step from which a cue is of no use: the flow has stopped, or never will begin."""
    if played.curve.contained is not None:
        return played.curve.contained
    if played.curve.begins is None:
        judged = (deed for deed in played.doings if verdict_of(deed, played) is Verdict.RIGHT)
        return next((deed.step for deed in judged), played.end)
    return played.end


def _seen(cue: Cue, played: Played, over: int) -> Seen:
    available = _available(cue, played)
    if available is None or available > over:
        return Seen(cue, available, None, None, None, "", None, None)
    shown = _shown(cue, available, played)
    opened = _opened(cue, available, shown, played)
    deadline = _deadline(cue, shown)
    # A player who acts before having looked has not used this cue, however right the act was.
    response = None if opened is None else _response(cue, opened, played)
    if shown is None:
        use = Use.NEVER_SHOWN
    elif opened is None:
        use = Use.NOT_OPENED
    elif response is None:
        use = Use.NOT_USED
    else:
        use = Use.LATE if deadline is not None and response.step > deadline else Use.USED
    return Seen(
        cue=cue,
        available=available,
        shown=shown,
        opened=opened,
        used=response.step if response else None,
        answer=response.text if response else "",
        deadline=deadline,
        use=use,
    )


def _available(cue: Cue, played: Played) -> int | None:
    """The step from which the cue was there: it came, or somebody was told on the phone."""
    came, told = _came(cue, played), _told_before(cue, played)
    return min((step for step in (came, told) if step is not None), default=None)


def _told_before(cue: Cue, played: Played) -> int | None:
    """The step at which a call that the seat made told what the message of the cue says.

    Whoever sends the message says the same when called, as soon as it is noticed: the line that
    holds under the conditions of the message, or one that takes more.
    """
    inject = next((item for item in played.scenario.injects if item.id == cue.inject), None)
    if inject is None or not inject.when:
        return None
    known = {measure.name: measure.at_least for measure in inject.when}
    who = next((item for item in played.scenario.people if item.id == inject.sender), None)
    lines = who.lines if who else ()
    telling = next(
        (
            place
            for place, line in enumerate(lines)
            if line.when and all(known.get(item.name, -1) >= item.at_least for item in line.when)
        ),
        -1,
    )
    said = {line.text for line in lines[: telling + 1]}
    for deed in played.deeds:
        if deed.refused or deed.answered is None:
            continue
        if fits_any(cue.opens, deed.command, played.scenario) and any(
            text in line for text in said for line in deed.lines
        ):
            return deed.answered
    return None


def _came(cue: Cue, played: Played) -> int | None:
    """The step at which it came by itself."""
    begins = _begins(cue, played)
    if begins is None or begins > played.end:
        return None
    if not cue.after:
        return max(begins, played.begin) if cue.at is not None else begins
    scenario = played.scenario
    given = [
        deed
        for deed in played.deeds
        if not deed.refused and deed.answered and fits_any(cue.after, deed.command, scenario)
    ]
    if not given or given[0].answered is None:
        return None
    return max(begins, given[0].answered)


def _begins(cue: Cue, played: Played) -> int | None:
    if cue.inject:
        came = [alert.step for alert in played.alerts if alert.inject == cue.inject]
        return came[cue.count - 1] if len(came) >= cue.count else None
    if cue.at is not None:
        return cue.at
    return _first_time(cue.when, played)


def _first_time(conditions: tuple[Measure, ...], played: Played) -> int | None:
    """The first point of the P&L history at which all conditions hold."""
    executions = 0
    for point in played.curve.points:
        rate = (point.executions - executions) * STEPS_PER_SECOND // SAMPLE
        executions = point.executions
        values = {
            "gross_usd": point.gross,
            "loss_usd": point.loss,
            "executions": point.executions,
            "executions_per_s": rate,
        }
        if all(values[measure.name] >= measure.at_least for measure in conditions):
            return point.step
    return None


def _shown(cue: Cue, available: int, played: Played) -> int | None:
    """The step at which the cue was put before the seat."""
    if cue.instrument is not Instrument.ANSWER:
        return max(available, played.begin)
    for deed in played.deeds:
        if deed.refused or deed.answered is None or deed.answered < available:
            continue
        if fits_any(cue.opens, deed.command, played.scenario):
            return deed.answered
    return None


def _opened(cue: Cue, available: int, shown: int | None, played: Played) -> int | None:
    """The step at which the seat looked at it."""
    if shown is None or cue.instrument is Instrument.ANSWER:
        return shown
    opened = []
    if cue.inject:
        # Any of the messages that bring it will do, also one that came before there were enough.
        opened = [
            max(step, shown)
            for number, step in played.opened.items()
            if played.alerts[number].inject == cue.inject and step >= available
        ]
    # `mail` without its number opens nothing, and with it is counted above.
    others = [pattern for pattern in cue.opens if pattern != "mail"]
    opened += [
        step
        for deed in played.deeds
        if not deed.refused
        and (step := _looked(deed)) is not None
        and step >= shown
        and fits_any(others, deed.command, played.scenario)
    ]
    if cue.instrument is Instrument.SCREEN:
        # Whoever answers what the screen shows has looked at it.
        opened += [
            deed.step
            for deed in played.deeds
            if deed.step >= shown
            and not deed.refused
            and fits_any(cue.answers, deed.command, played.scenario)
        ]
    return min(opened, default=None)


def _looked(deed: Deed) -> int | None:
    """When a command has shown something: a call when it was answered, all else at once."""
    return deed.answered if deed.command.verb == "call" else deed.step


def _deadline(cue: Cue, shown: int | None) -> int | None:
    if shown is None:
        return None
    limits = [cue.by] if cue.by is not None else []
    if cue.within is not None:
        limits.append(shown + cue.within * STEPS_PER_SECOND)
    return min(limits)


def _response(cue: Cue, opened: int, played: Played) -> Deed | None:
    for deed in played.deeds:
        if deed.step < opened or deed.refused:
            continue
        if fits_any(cue.answers, deed.command, played.scenario):
            return deed
    return None


def _is_a_look(deed: Deed) -> bool:
    if deed.refused:
        return False
    if deed.command.verb == "mail":
        return deed.text != "mail"
    return deed.command.group is Group.LOOK or deed.command.verb == "call"


def _held_a_cue(deed: Deed, there: list[Seen], played: Played) -> bool:
    """Whether a look showed a cue that was there by then."""
    when = deed.step if deed.answered is None else deed.answered
    for item in there:
        if item.available is None or item.available > when:
            continue
        if deed.command.verb == "mail":
            number = int(deed.text.split()[1])
            if item.cue.inject and played.alerts[number].inject == item.cue.inject:
                return True
        elif fits_any(item.cue.opens, deed.command, played.scenario):
            return True
    return False
