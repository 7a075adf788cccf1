"""What plain play says: the help, the instruments as sentences, and how long a wait is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from controlroom.scenario import visible
from controlroom.sim.clock import Day, seconds
from controlroom.sim.command import Group, Kind
from controlroom.sim.commands import COACH_COMMANDS, COMMANDS, WEEK_COMMANDS, usage_of, verb_of
from controlroom.sim.commands.grammar import options
from controlroom.sim.start import Console, Scenario
from controlroom.sim.views import CoachView, MoneyView, ServerView, View, WeekView

VERBS: Final = (
    ("wait", "wait 30s|5m|09:31", "let time pass"),
    ("next", "next", "let time pass until something needs you"),
    ("status", "status", "what the instruments show now"),
    ("pause", "pause", "stop the clock (from a terminal)"),
    ("go", "go", "let the clock run again"),
    ("speed", "speed FACTOR", "simulated seconds in a second, from 1/4 to 60"),
    ("briefing", "briefing", "what you were told at the beginning"),
    ("result", "result", "what the run has come to so far"),
    ("help", "help [VERB]", "this list, or one command"),
    ("quit", "quit", "leave; the run can be resumed"),
)
"""The words of plain play itself: verb, usage, meaning."""

_USAGE: Final = 34
"""Signs of a usage beside which its meaning stands; a longer one has a line to itself."""

_NAMED: Final = frozenset({Kind.SERVER, Kind.SERVERS, Kind.BUILD, Kind.VENUE})
"""Words that are few enough to be listed."""

_SPAN: Final = re.compile(r"(\d{1,6})\s*(s|sec|seconds?|m|min|minutes?|h|hours?)?")
_UNIT: Final = {"s": 1, "m": 60, "h": 3600}


def step_after(text: str, now: int, day: Day) -> int:
    """The step that `wait` waits for.

    Raises:
        ValueError: when it is neither a span of time nor a time of day that is still to come.
    """
    span = _SPAN.fullmatch(text.casefold())
    if span:
        return now + seconds(int(span[1]) * _UNIT[(span[2] or "s")[0]])
    if not text:
        raise ValueError("wait how long? For example wait 30s, wait 5m or wait 09:31")
    try:
        step = day.parse(text)
    except ValueError as error:
        raise ValueError(f"{error}; or wait for a while, such as 30s") from None
    if step < now:
        raise ValueError(f"{text} is over; it is {day.text(now)}")
    return step


def usage_of_own(verb: str) -> str:
    """Usage and meaning of one of these words, or empty."""
    known = {word: f"{usage}   {text}" for word, usage, text in VERBS}
    return known.get(verb.casefold(), "")


def usage_lines(verb: str, scenario: Scenario) -> list[str]:
    """Usage and meaning of a command, and the names that may stand in it; empty for no command."""
    command = verb_of(verb)
    if command is None:
        return []
    lines = [usage_of(verb)]
    for slot in command.slots():
        if slot.kind in _NAMED:
            lines.append(f"  {slot.label}: {', '.join(options(slot, scenario))}")
        elif slot.kind is Kind.PERSON:
            lines += [f"  {who.id}: {who.title}. {who.about}" for who in scenario.people]
    return lines


def help_lines(scenario: Scenario) -> Iterator[str]:
    """Every verb with its usage and its meaning, by group."""
    yield from _group("this mode", [(usage, text) for _, usage, text in VERBS])
    for group in Group:
        verbs = [(verb.usage(), verb.summary) for verb in COMMANDS if verb.group is group]
        if verbs:
            yield from _group(group.value, verbs)
    besides = (
        ("the week before", WEEK_COMMANDS if scenario.week else ()),
        ("the coach", COACH_COMMANDS if scenario.training else ()),
    )
    for title, commands in besides:
        if commands:
            yield from _group(title, [(verb.usage(), verb.summary) for verb in commands])


def _group(title: str, verbs: list[tuple[str, str]]) -> Iterator[str]:
    yield f"{title}:"
    for usage, text in verbs:
        if len(usage) <= _USAGE:
            yield f"  {usage:<{_USAGE}} {text}"
        else:
            yield f"  {usage}"
            yield f"  {'':<{_USAGE}} {text}"


def status_lines(view: View) -> Iterator[str]:
    """The instruments, from the top of the screen to its end."""
    header, alerts = view.header, view.alerts
    if view.week is not None:
        yield from _week(view.week)
        return
    yield f"{header.clock}  {header.phase.value}, {_from_open(header.from_open)}"
    if view.header.console is not Console.TRAINER:
        yield f"{view.header.console.value} console"
    yield from _money(view.money)
    for alarm in view.alerts.alarms or ():
        yield (
            f"alarm {alarm.number}, priority {alarm.priority}, {alarm.state}, {alarm.clock}: "
            f"{visible(alarm.text)}. Do: {visible(alarm.response)}"
        )
    waiting = f"; calling: {', '.join(view.ringing)}" if view.ringing else ""
    yield f"messages {alerts.total}, not opened {alerts.unread}{waiting}"
    if header.declared or header.authority:
        authority = "you may stop everything" if header.authority else "no authority yet"
        yield f"incident {'declared' if header.declared else 'not declared'}, {authority}"
    for server in view.servers:
        yield _server(server)
    if view.coach is not None:
        yield from _coach(view.coach)
    for work in view.work:
        doing = f" ({visible(work.doing)})" if work.doing else ""
        yield f"in progress: {visible(work.text)}{doing}, {work.left} s left"


def begun_lines(before: View, after: View) -> Iterator[str]:
    """What takes a while and was not yet in progress before."""
    known = {work.id for work in before.work}
    for work in after.work:
        if work.id not in known:
            yield f"{visible(work.text)}: under way, {work.left} s left"


def _from_open(passed: int) -> str:
    minutes, secs = divmod(abs(passed), 60)
    return f"{minutes} min {secs} s {'before' if passed < 0 else 'after'} the open"


def _money(money: MoneyView) -> Iterator[str]:
    if money.console is Console.AS_WAS:
        held = f"gross {_usd(money.gross)} in {money.stocks} stocks"
        yield f"{visible(money.monitor)} {_usd(money.pmon)}, {held}"
        return
    yield (
        f"to get flat {_usd(money.flat)}, {_usd(money.per_minute)} in the last minute; "
        f"fair {_usd(money.fair)}, marked {_usd(money.marked)}"
    )
    yield (
        f"gross {_usd(money.gross)} in {money.stocks} stocks, "
        f"{money.executions:,} executions that no client ordered"
    )


def _server(server: ServerView) -> str:
    build = f"build {server.build} at {server.build_at}" if server.build else "build not looked up"
    fills = f", filled {server.fills / 10:g} times its targets" if server.fills else ""
    waiting = f", {server.waiting:,} orders wait" if server.waiting else ""
    task = f", {visible(server.task)}" if server.task else ""
    if server.console is Console.AS_WAS:
        return (
            f"{server.name} {server.state}, {server.sent:,} children sent, "
            f"{server.received:,} parents received, {server.parents:,} in work, "
            f"{server.full:,} completed, {server.rejects:,} rejects, {build}{fills}{waiting}{task}"
        )
    return (
        f"{server.name} {server.state}, {server.children:,} children a second, "
        f"load {server.cpu} %, {server.parents:,} parents, "
        f"{server.children_per_parent / 10:g} children a parent, "
        f"{server.rejects:,} rejects, {build}{fills}{waiting}{task}"
    )


def _week(week: WeekView) -> Iterator[str]:
    """The evenings before a day: what is left of them, what is believed of the servers."""
    hours, minutes = divmod(week.left, 60)
    yield f"{visible(week.now)}, {hours} h {minutes} min left; bell lets the day begin"
    for site in week.sites:
        seen = f"{site.seen} was seen on {visible(site.seen_at)}" if site.seen else "not looked at"
        reviewed = ", reviewed" if site.reviewed else ""
        yield f"{site.name}: ticket {site.ticket or 'none'}, {seen}{reviewed}"
    yield "a procedure is written" if week.procedure else "there is no written procedure"
    dead = "is out of the release" if week.removed else "is in the release, its flag used again"
    yield f"dead code {dead}; tested: {', '.join(week.tested) or 'nothing'}"


def _coach(coach: CoachView) -> Iterator[str]:
    """The lesson of the moment, and what of it is done."""
    place = f"lesson {coach.number} of {coach.count}, {visible(coach.title)}"
    yield f"coach: {place if coach.title else 'all lessons are over'}"
    for said in coach.says:
        yield f"  {visible(said)}"
    for text, done in coach.does:
        yield f"  {visible(text)}: {'done' if done else 'to do'}"
    if coach.title:
        yield "  skip passes over it, again says it once more"


def _usd(amount: int) -> str:
    return f"{'-' if amount < 0 else ''}${abs(amount):,}"
