"""A run of which only the clock runs: canned views that move with it, stormy or quiet.

The numbers are made up, so that pictures of the screen do not change when the model is calibrated.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import attrs

from controlroom.scenario import load_scenario
from controlroom.sim.clock import Day, clock_text, parse_clock
from controlroom.sim.commands import Command, parse
from controlroom.sim.events import Answer, Arrived, Event, Tone
from controlroom.sim.start import Channel, Console, Mode, Scenario
from controlroom.sim.views import (
    AlertsView,
    AlertView,
    HeaderView,
    LineView,
    MoneyView,
    ServerView,
    TapeView,
    View,
    WorkView,
)  # fmt: skip
from controlroom.sim.world import start

if TYPE_CHECKING:
    from fractions import Fraction

DAY = Day(
    begins=parse_clock("08:00"), opens=parse_clock("09:30"), closes=parse_clock("16:00"),
    ends=parse_clock("20:00"), pauses_from=parse_clock("09:45"),
)  # fmt: skip

_TAPE = (
    ("EXC", 39.31, -4), ("NOK", 2.52, 41), ("WZE", 4.61, 317), ("HOG", 41.80, -33),
    ("GT", 11.94, 43), ("ANF", 35.02, 36), ("TRN", 29.92, 69), ("CO", 2.66, 77),
    ("KRO", 17.80, 52), ("CLGX", 22.31, 0),
)  # fmt: skip

_MAILS = (
    ("09:33:25", "mail", "new", "Head of trading", "what are we long here?", 1),
    ("09:31:02", "mail", "seen", "Risk desk", "33 Account larger than usual", 1),
    ("09:29:10", "mail", "new", "BNET", "BNET reject", 97),
    ("09:15:00", "mail", "acknowledged", "Batch control", "End-of-day reconciliation complete", 1),
    ("09:02:00", "alarm", "new", "Market data", "ARCA book feed 40 ms late", 1),
    ("08:55:00", "mail", "seen", "Facilities", "Garage closes at 19:00", 1),
    ("08:47:00", "mail", "seen", "Change board", "RLP goes live today", 1),
    ("08:30:00", "mail", "cleared", "Risk", "Daily limits refreshed", 1),
    ("08:12:00", "mail", "seen", "Backup service", "smars-2 snapshot ok", 1),
)


@functools.cache
def scenario() -> Scenario:
    """The real one: the screen and the parser read names from it, nothing else."""
    return load_scenario("knight-2012")


def _wobble(*parts: int) -> int:
    """A number from 0 to 99 that looks like chance and is none."""
    mixed = 7
    for part in parts:
        mixed = (mixed * 1_000_003 + part * 2_654_435_761 + 97) % 4_294_967_291
    return mixed % 100


class FakeRun:
    """What the control room asks of a run, with canned answers.

    Attributes:
        storm: whether server 8 runs away.
        given: commands in the order in which they were given.
        happens: events by step, for tests to fill.
    """

    def __init__(
        self, clock: str = "09:34:12", *, storm: bool = True, mode: str = "explore"
    ) -> None:
        self.scenario = scenario()
        self.seed = 7
        self.mode = Mode(mode)
        self.storm = storm
        self.journal = None
        self.ended = ""
        self.given: list[tuple[int, str]] = []
        self.happens: dict[int, Event] = {}
        self.lines: list[LineView] = _lines(storm=storm)
        self.work: tuple[WorkView, ...] = (
            (WorkView(1, "compare", "part 3 of 8", 124, 480),) if storm else ()
        )
        self.extra_alerts: list[AlertView] = []
        self.search = ""
        self.servers: dict[int, dict[str, Any]] = {}
        # Commands are asked whether they are dangerous by a world in which all servers run.
        self.world = start(self.scenario, self.seed, self.mode)
        self.world.now = DAY.parse(clock)

    @property
    def now(self) -> int:
        """The next step to be taken."""
        return self.world.now

    # --- what a run does --------------------------------------------------------------------------

    def give(self, command: Command | str, seat: str = "on-call") -> str:
        """Note it, and answer at the next step."""
        text = command if isinstance(command, str) else command.text()
        parse(text, self.scenario)
        self.given.append((self.world.now, text))
        self.happens.setdefault(
            self.world.now + 1, Answer(self.world.now + 1, f"{text}: done", seat)
        )
        return text

    def advance(self, steps: int) -> tuple[Event, ...]:
        """Let time pass; what happens is written into the answers."""
        happened = []
        for _ in range(steps):
            self.world.now += 1
            event = self.happens.get(self.world.now)
            if event is not None:
                happened.append(event)
                self.lines.append(LineView(DAY.text(event.step), "", event.text, event.tone))
        return tuple(happened)

    def advance_to_next(self, most: int) -> tuple[Event, ...]:
        """Let time pass until something needs the player."""
        happened: list[Event] = []
        for _ in range(most):
            happened += self.advance(1)
            if any(event.needs_you for event in happened):
                break
        return tuple(happened)

    def close(self) -> None:
        """Nothing to close."""

    def ring(self, after: int) -> None:
        """Let a telephone ring some steps from now."""
        step = self.world.now + after
        self.happens[step] = Arrived(step, "NYSE operations: is this you?", 99, urgent=True)

    # --- what its instruments show ----------------------------------------------------------------

    def view(self, seat: str = "on-call", console: Console | None = None) -> View:
        """The picture of this moment."""
        step = self.world.now
        alerts = self._alerts(step)
        return View(
            step=step,
            header=self._header(step, seat, alerts),
            servers=tuple(self._server(number, step // 4) for number in range(1, 9)),
            alerts=alerts,
            money=self._money(step),
            answers=tuple(self.lines),
            work=self.work,
            ringing=("exchange",) if self.storm else (),
            hints=0,
            suspicions=(),
        )

    def _header(self, step: int, seat: str, alerts: AlertsView) -> HeaderView:
        clock = clock_text(DAY.clock_at(step), fraction=True)
        states = [changed.get("state", "running") for changed in self.servers.values()]
        down = sum(state != "running" for state in states)
        return HeaderView(
            clock=clock[:8], hundredths=clock[9:], phase=DAY.phase(step),
            from_open=(step - DAY.open_step) // 4, title="Knight Capital, 1 August 2012",
            firm="Knight Capital", seat=seat, seed=self.seed, mode=self.mode,
            servers_running=8 - down, servers_down=down, unread=alerts.unread,
            calls_waiting=int(self.storm), flood=alerts.per_ten_minutes, declared=False,
            authority=False, ended=self.ended,
        )  # fmt: skip

    def _server(self, number: int, second: int) -> ServerView:
        history = tuple(self._rate(number, second - 60 + at) for at in range(60))
        hot = self.storm and number == 8
        view = ServerView(
            name=f"smars-{number}", number=number, state="running", children=history[-1],
            history=history, cpu=93 if hot else 5 + history[-1] // 8,
            parents=41 if hot else 8 + number,
            received=1_400 + 31 * number, full=1_390 + 31 * number,
            children_per_parent=462 if hot else 10, rejects=97 if number == 8 else 0, waiting=0,
            build="rlp" if number == 3 else "", build_at="09:33:25" if number == 3 else "",
            fills=10 if number == 3 else None, venues=("NYSE", "ARCA"), venues_down=(), task="",
        )  # fmt: skip
        return attrs.evolve(view, **self.servers.get(number, {}))

    def _rate(self, number: int, second: int) -> int:
        since = second - DAY.open_step // 4
        if self.storm and number == 8 and since >= 0:
            return min(1_900, 300 + since * 6) + _wobble(number, second)
        return (30 if self.storm else 4) + _wobble(number, second) // 6

    def _alerts(self, step: int) -> AlertsView:
        rows = [
            AlertView(id_, clock, Channel(channel), state, sender, subject, count,
                      count if state in {"new", "ringing"} else 0)
            for id_, (clock, channel, state, sender, subject, count) in enumerate(reversed(_MAILS))
        ][::-1]  # fmt: skip
        if self.storm:
            rows.insert(0, AlertView(50, "09:34:02", Channel.CALL, "ringing", "NYSE operations",
                                     "volume is twice normal, is this you?", 1, 1))  # fmt: skip
        else:
            rows = rows[4:]
        rows = [*reversed(self.extra_alerts), *rows]
        return AlertsView(
            rows=tuple(rows), total=sum(row.count for row in rows),
            unread=sum(row.unread for row in rows), shelved=0, grouped=True, search=self.search,
            per_ten_minutes=14 if self.storm else 2, alarm_texts=(),
        )  # fmt: skip

    def _money(self, step: int) -> MoneyView:
        since = max(0, (step - DAY.open_step) // 4) if self.storm else 0
        flat = -24_662 * since
        tape = tuple(
            TapeView(symbol, last + step % 8 / 100, change, paused=symbol == "CLGX")
            for symbol, last, change in _TAPE
        )
        return MoneyView(
            flat=flat, per_minute=-24_662 * 60 if since else 0, fair=flat // 2,
            marked=since * 3_628,
            pmon=-since * 1_595, pmon_age=11 if since else 0, gross=since * 1_635_000,
            long=since * 877_000, short=since * 758_000, stocks=96 if since else 0,
            capital=365_000_000, executions=since * 1_480, hedge=0,
            history=tuple((at, -24_662 * at * at // max(1, since))
                          for at in range(10, since + 1, 10)),
            tape=tape,
        )  # fmt: skip


def _lines(*, storm: bool) -> list[LineView]:
    quiet = [
        LineView("08:00:00", "", "the shift begins; eight servers run", Tone.PLAIN),
        LineView("08:02:10", "you", "look smars-3", Tone.PLAIN),
        LineView("08:02:30", "", "smars-3  build rlp 2012.07.27  flag on", Tone.GOOD),
    ]
    if not storm:
        return quiet
    return [
        LineView("09:30:00", "", "opening bell", Tone.PLAIN),
        LineView("09:33:05", "you", "look smars-3", Tone.PLAIN),
        LineView("09:33:25", "", "smars-3  build rlp 2012.07.27  sum 9f31c2  parents 11, full 11",
                 Tone.GOOD),
        LineView("09:33:58", "you", "log smars-8", Tone.PLAIN),
        LineView("09:34:08", "", "smars-8  log, 1,893 child orders in the last second",
                 Tone.NOTICE),
        LineView("", "", "child 1,281,774 EXC BUY 100 @ 39.33  parent P0417 filled 46,200 of 1,000",
                 Tone.NOTICE),
    ]  # fmt: skip


class HandClock:
    """A clock on the wall that moves when it is told to."""

    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> int:
        return self.now

    def pass_(self, seconds: float | Fraction) -> None:
        """Let time pass."""
        self.now += int(seconds * 1_000_000_000)
