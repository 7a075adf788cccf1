"""What a seat's instruments show: frozen pictures without the world behind them.

A widget gets these and nothing else. Each part is compared by value, so a widget redraws only when
its own part has changed. Money is in whole dollars here, time in steps and in written clock times,
so that nothing on a screen has to know the units of the simulation.
"""

from __future__ import annotations

import attrs

from controlroom.sim.clock import Phase
from controlroom.sim.events import Tone
from controlroom.sim.start import Channel, Console, Mode


@attrs.frozen
class HeaderView:
    """The line at the top.

    Attributes:
        clock: `HH:MM:SS`.
        hundredths: of the second, two digits.
        phase: of the day.
        from_open: seconds since the open; negative before it.
        title: of the scenario.
        firm: the firm's name.
        seat: whose screen this is.
        seed: of the run.
        mode: of the run.
        servers_running: how many.
        servers_down: stopped, draining or starting.
        unread: messages not opened.
        calls_waiting: telephones ringing.
        flood: messages in the last ten minutes.
        declared: an incident is declared.
        authority: the seat may stop everything.
        ended: why the run is over, or empty.
        zone: what the clock is called.
        console: which picture of the events this is.
        switched: safeguards and stressors that are on, by id.
    """

    clock: str
    hundredths: str
    phase: Phase
    from_open: int
    title: str
    firm: str
    seat: str
    seed: int
    mode: Mode
    servers_running: int
    servers_down: int
    unread: int
    calls_waiting: int
    flood: int
    declared: bool
    authority: bool
    ended: str
    zone: str = "ET"
    console: Console = Console.TRAINER
    switched: tuple[str, ...] = ()


@attrs.frozen
class ServerView:
    """One server's pane: what its instruments measure.

    Attributes:
        name: for example `smars-8`.
        number: place in the fleet, from 1; the digit that selects it.
        state: running, draining, stopped or starting.
        children: child orders a second, over the last second.
        history: child orders a second over the last 60 seconds, oldest first.
        cpu: load, percent.
        parents: parent orders being worked.
        received: parent orders since the day began.
        full: parent orders completed since the day began.
        children_per_parent: children sent per parent received since the day began, in tenths.
        rejects: flagged orders refused since the day began.
        waiting: client orders that wait because the server is down.
        build: installed build as last looked up, or empty.
        build_at: clock time of that look, or empty.
        fills: executed shares against targets as last looked up, tenths, or None.
        venues: names of connected venues.
        venues_down: names of disconnected venues.
        task: work in progress on this server, or empty.
        sent: child orders since the day began.
        alarm: the highest priority of the alarms that stand on it, 1 to 3, or 0.
        console: which picture this is; `as-was` knows no rates, no ratios and no load.
    """

    name: str
    number: int
    state: str
    children: int
    history: tuple[int, ...]
    cpu: int
    parents: int
    received: int
    full: int
    children_per_parent: int
    rejects: int
    waiting: int
    build: str
    build_at: str
    fills: int | None
    venues: tuple[str, ...]
    venues_down: tuple[str, ...]
    task: str
    sent: int = 0
    alarm: int = 0
    console: Console = Console.TRAINER


@attrs.frozen
class AlertView:
    """One row of the feed, or a group of equal ones.

    Attributes:
        id: its number, of the newest one in a group.
        clock: `HH:MM:SS` of the newest.
        channel: mail, call or alarm.
        state: new, seen, acknowledged, shelved or cleared; ringing for a waiting call.
        sender: plain text.
        subject: plain text.
        count: how many equal ones this row stands for.
        unread: how many of them nobody opened.
    """

    id: int
    clock: str
    channel: Channel
    state: str
    sender: str
    subject: str
    count: int
    unread: int


@attrs.frozen
class AlarmView:
    """One alarm of the modern console.

    Attributes:
        number: how it is called.
        clock: `HH:MM:SS` at which it was raised.
        priority: 1 is high, 2 medium, 3 low.
        state: new, accepted, or over while nobody has accepted it.
        text: one line with its value.
        cause: what usually brings it.
        consequence: what happens if nobody acts.
        response: what to do first.
        server: name of the server that it is about, or empty.
    """

    number: int
    clock: str
    priority: int
    state: str
    text: str
    cause: str
    consequence: str
    response: str
    server: str


@attrs.frozen
class AlertsView:
    """The feed.

    Attributes:
        rows: newest first.
        total: messages of the day so far.
        unread: not opened.
        shelved: put away for a time.
        grouped: equal ones share a row.
        search: text that the rows are limited to, or empty.
        per_ten_minutes: messages in the last ten minutes.
        alarm_texts: texts that raise an alarm when a mail holds them.
        alarms: the modern console's list, what to act on first; None where there is none.
    """

    rows: tuple[AlertView, ...]
    total: int
    unread: int
    shelved: int
    grouped: bool
    search: str
    per_ten_minutes: int
    alarm_texts: tuple[str, ...]
    alarms: tuple[AlarmView, ...] | None = None


@attrs.frozen
class TapeView:
    """One stock on the tape.

    Attributes:
        symbol: ticker.
        last: mid price, dollars.
        change: against the open, in tenths of a percent.
        paused: in a trading pause.
    """

    symbol: str
    last: float
    change: int
    paused: bool


@attrs.frozen
class MoneyView:
    """The P&L panel. Dollars; a loss is negative.

    Attributes:
        flat: P&L if everything were sold now.
        per_minute: its change over the last minute.
        fair: P&L at fair value.
        marked: P&L at the last mid.
        pmon: P&L as PMON last showed it.
        pmon_age: seconds by which PMON is behind.
        gross: gross position.
        long: long positions.
        short: short positions, positive.
        stocks: stocks with a position.
        capital: the firm's cash and equivalents.
        executions: executions that no client ordered, so far.
        mixed: whether some of them may be a client's who has yet to take them.
        hedge: index hedge, dollars, negative when short.
        history: (seconds from the open, P&L to get flat) every ten seconds, oldest first.
        tape: the stocks that moved most.
        monitor: what the risk screen is called.
        console: which picture this is; in `as-was` only what PMON shows is filled in.
        limit: gross limit of the 33 Account where the console shows it, or 0.
        account: what the firm calls that account, where it is shown.
    """

    flat: int
    per_minute: int
    fair: int
    marked: int
    pmon: int
    pmon_age: int
    gross: int
    long: int
    short: int
    stocks: int
    capital: int
    executions: int
    hedge: int
    history: tuple[tuple[int, int], ...]
    tape: tuple[TapeView, ...]
    monitor: str = "PMON"
    console: Console = Console.TRAINER
    limit: int = 0
    account: str = ""
    mixed: bool = False


@attrs.frozen
class LineView:
    """One line of the answers.

    Attributes:
        clock: `HH:MM:SS`, or empty for a further line of the same answer.
        who: `you`, another seat, or empty for an answer.
        text: plain text.
        tone: how it should be read.
    """

    clock: str
    who: str
    text: str
    tone: Tone


@attrs.frozen
class WorkView:
    """Work in progress.

    Attributes:
        id: its number.
        text: the command.
        doing: the current stage in words, or empty.
        left: seconds until it is done.
        done: per mille.
    """

    id: int
    text: str
    doing: str
    left: int
    done: int


@attrs.frozen
class AccountView:
    """The 33 Account against its limit. Dollars.

    Attributes:
        gross: position as PMON has booked it, late under load.
        limit: gross limit, which nothing is wired to.
        times: gross in tenths of the limit.
        name: of the account.
        monitor: of the risk screen.
    """

    gross: int
    limit: int
    times: int
    name: str = "33 Account"
    monitor: str = "PMON"


@attrs.frozen
class MessageView:
    """Something that was said between seats.

    Attributes:
        number: of the message.
        clock: `HH:MM:SS`.
        seat: who said it.
        to: to whom, a seat or `all`.
        text: plain text.
        copied: seats that acknowledged it.
    """

    number: int
    clock: str
    seat: str
    to: str
    text: str
    copied: tuple[str, ...]


@attrs.frozen
class CoachView:
    """What the coach of a first shift says.

    Attributes:
        number: of the lesson, from 1; one more than `count` when all are over.
        count: how many lessons there are.
        title: two or three words.
        says: what to do, in lines.
        does: what to give, each with whether it is done.
        said: the last remark, or empty.
        tone: how that should be read.
    """

    number: int
    count: int
    title: str
    says: tuple[str, ...]
    does: tuple[tuple[str, bool], ...]
    said: str
    tone: Tone


@attrs.frozen
class EveningView:
    """An evening before the day.

    Attributes:
        name: for example `Friday 27 July`.
        used: minutes of it that are used.
        minutes: its length.
        entries: what was done in it: `HH:MM` and what.
        now: whether it is this one.
    """

    name: str
    used: int
    minutes: int
    entries: tuple[tuple[str, str], ...]
    now: bool


@attrs.frozen
class SiteView:
    """A server in the evenings before.

    Attributes:
        name: of the server.
        ticket: the build that its ticket says, or empty.
        seen: the build that somebody saw there since it was last touched, or empty.
        seen_at: when that was, or empty.
        reviewed: whether a second technician reviewed it since.
    """

    name: str
    ticket: str
    seen: str
    seen_at: str
    reviewed: bool


@attrs.frozen
class WeekView:
    """The evenings before the day, while they last.

    Attributes:
        now: evening and time.
        left: minutes that are left in all.
        evenings: in order.
        sites: the servers.
        procedure: whether there is a written one.
        removed: whether the dead code is out of the release.
        tested: builds that were tested.
    """

    now: str
    left: int
    evenings: tuple[EveningView, ...]
    sites: tuple[SiteView, ...]
    procedure: bool
    removed: bool
    tested: tuple[str, ...]


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
