"""`controlroom play --plain`: the game as lines of text, for screen readers and pipes.

Nothing is drawn, coloured or written over. From a terminal the clock runs as on the screen; from a
pipe it stands still between `wait` and `next`, so the same lines give the same run every time.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import click

from controlroom.cli import plain_words
from controlroom.cli.interrupts import Interrupts
from controlroom.cli.lines import Lines, Typed
from controlroom.cli.table import learnt_lines, spoken_lines
from controlroom.cli.types import Speed
from controlroom.runs.errors import JournalError
from controlroom.runs.learnt import learnt
from controlroom.runs.run import Run
from controlroom.scenario import visible
from controlroom.sim.clock import STEPS_PER_MINUTE, STEPS_PER_SECOND
from controlroom.sim.commands import CommandError, parse
from controlroom.sim.events import Answer, Event, Said
from controlroom.sim.start import Mode
from controlroom.sim.views.answers import NO_CLOCK
from controlroom.sim.week import begun

TICK: Final = 0.1
"""Seconds between two looks at the clock on the wall."""

LONGEST_TICK: Final = 1.0
"""After a longer pause between two looks the program was suspended: that time is not played."""


def play_plain(run: Run, *, speed: float) -> None:
    """Play a run on standard input and output, and close it."""
    with run, Interrupts() as interrupts:
        game = Plain(run, Typed(sys.stdin.fileno()), live=sys.stdin.isatty(), speed=speed)
        game.play(interrupts)


class Plain:
    """One game.

    Attributes:
        run: what is played.
        live: whether the clock runs by itself.
        speed: simulated seconds in a second.
        paused: whether it is stopped for now.
    """

    def __init__(
        self,
        run: Run,
        lines: Lines,
        *,
        live: bool,
        speed: float,
        say: Callable[[str], None] = click.echo,
        wall: Callable[[], float] = time.monotonic,
    ) -> None:
        self.run = run
        self.live = live
        self.speed = speed
        self.paused = False
        self._lines = lines
        self._say = say
        self._wall = wall
        self._left = False
        self._asked = ""
        self._stop = Interrupts()
        self._verbs: dict[str, Callable[[str], None]] = {
            "help": self.help,
            "status": self.status,
            "briefing": self.briefing,
            "wait": self.wait,
            "next": self.next,
            "pause": self.pause,
            "go": self.go,
            "speed": self.change_speed,
            "result": self.result,
            "quit": self.quit,
        }
        if run.scenario.training:
            self._verbs |= {
                "skip": lambda _: self._give("lesson skip"),
                "again": lambda _: self._give("lesson again"),
            }

    def play(self, interrupts: Interrupts) -> None:
        """From the briefing to the result."""
        self._stop = interrupts
        self.briefing("")
        how = "The clock is running." if self.live else "The clock stands still until wait or next."
        now = self.run.clock
        if (week := self.run.view().week) is not None:
            now, how = week.now, "The week has no clock; bell lets the day begin."
        self._say(f"It is {now}. {how} Type help for the commands, quit to leave.")
        with contextlib.suppress(EOFError):
            self._keep_time() if self.live else self._obey_all()
        self.result("")
        if self.run.journal:
            state = "" if self.run.ended else " It can be resumed."
            self._say(f"The journal is {visible(str(self.run.journal))}.{state}")

    # --- time -------------------------------------------------------------------------------------

    def _over(self) -> bool:
        return self._left or bool(self.run.ended) or self._stop.wanted

    def _keep_time(self) -> None:
        """Let the clock run, and obey what is typed meanwhile."""
        owed, before = 0.0, self._wall()
        while not self._over():
            line = self._lines.next(TICK)
            now = self._wall()
            if not self.paused:
                owed += min(now - before, LONGEST_TICK) * self.speed * STEPS_PER_SECOND
            before = now
            steps = int(owed)
            owed -= steps
            self._tell(self.run.advance(steps))
            if line is not None:
                self.obey(line)
                before = self._wall()

    def _obey_all(self) -> None:
        """Obey line after line."""
        while not self._over():
            line = self._lines.next(TICK)
            if line is not None:
                self._say(f"> {visible(line)}")
                self.obey(line)

    def obey(self, line: str) -> None:
        """Do what one line says."""
        line = visible(line).strip().lstrip(":").strip()
        if self._asked:
            asked, self._asked = self._asked, ""
            if line.casefold() in {"y", "yes"}:
                self._give(asked)
            else:
                self._say(f"{asked}: not done")
            return
        first, _, rest = line.partition(" ")
        own = self._verbs.get(first.casefold())
        if own is not None:
            own(rest.strip())
        elif line and not line.startswith("#"):
            self._command(line)

    def _command(self, line: str) -> None:
        try:
            command = parse(line, self.run.scenario, tuple(self._verbs))
        except CommandError as error:
            self._say(str(error))
            return
        world = self.run.world
        if self.live and command.dangerous(world) and command.obstacle(world) is None:
            self._asked = command.text()
            self._say(f"{self._asked}: are you sure? Type yes to do it")
            return
        self._give(line)

    def _give(self, line: str) -> None:
        before = self.run.view()
        try:
            self.run.give(line)
        except (CommandError, JournalError) as error:
            self._say(str(error))
            return
        self._tell(self.run.advance(1))
        self._say_all(plain_words.begun_lines(before, self.run.view()))

    def _tell(self, events: Iterable[Event]) -> bool:
        """Say what happened; whether something of it needs the player."""
        needed, day = False, begun(self.run.world) is None
        for event in events:
            needed |= event.needs_you
            if isinstance(event, Said):
                continue
            clock = self.run.scenario.day.text(event.step) if day else NO_CLOCK
            self._say(f"{clock}  {visible(event.text)}")
            for more in event.lines if isinstance(event, Answer) else ():
                self._say(f"          {visible(more)}")
        return needed

    # --- verbs ------------------------------------------------------------------------------------

    def wait(self, how_long: str) -> None:
        """`wait 30s`, `wait 5m`, `wait 09:31`: let time pass."""
        now = self.run.simulation.now
        try:
            step = plain_words.step_after(how_long, now, self.run.scenario.day)
        except ValueError as error:
            self._say(str(error))
            return
        while self.run.simulation.now < step and not self._over():
            if self.run.simulation.still:
                on = "bell" if begun(self.run.world) is not None else "go"
                self._say(f"time stands still: {self.run.simulation.still}; {on} lets it go on")
                return
            left = step - self.run.simulation.now
            self._tell(self.run.advance(min(left, STEPS_PER_MINUTE)))
        self._say_time()

    def next(self, _: str) -> None:
        """Let time pass until something needs the player."""
        while not self._over() and not self.run.simulation.still:
            if self._tell(self.run.advance_to_next(STEPS_PER_MINUTE)):
                break
        self._say_time()

    def pause(self, _: str) -> None:
        """Stop the clock."""
        if not self.live:
            self._say("the clock stands still already; wait and next let time pass")
        elif self.run.mode is Mode.ASSESS:
            self._say("no pause in the mode assess")
        else:
            self.paused = True
            self._say(f"paused at {self.run.clock}; go lets the clock run again")

    def go(self, _: str) -> None:
        """Let the clock run again, or the time of a drill that stands still."""
        if self.run.simulation.still:
            self._give("go")
        self.paused = False
        self._say(f"it is {self.run.clock}, speed {self.speed:g}")

    def change_speed(self, factor: str) -> None:
        """`speed 4`: simulated seconds in a second."""
        if factor:
            try:
                self.speed = Speed().convert(factor, None, None)
            except click.BadParameter as error:
                self._say(error.message)
                return
        self._say(f"speed {self.speed:g}")

    def status(self, _: str) -> None:
        """What the instruments show."""
        self._say_all(plain_words.status_lines(self.run.view()))

    def briefing(self, _: str) -> None:
        """What the player is told at the beginning."""
        scenario = self.run.scenario
        self._say_all((visible(scenario.title), "", *visible(scenario.briefing, lines=True)
                       .strip().split("\n"), ""))  # fmt: skip

    def help(self, topic: str) -> None:
        """The commands, or one of them."""
        if topic:
            own = plain_words.usage_of_own(topic)
            lines = [own] if own else plain_words.usage_lines(topic, self.run.scenario)
            self._say_all(lines or [f"no command {topic[:40]!r}; help lists them"])
            return
        self._say_all(plain_words.help_lines(self.run.scenario))

    def result(self, _: str) -> None:
        """What the run has come to."""
        state = self.run.ended or "not over yet"
        self._say("")
        self._say(f"{self.run.clock}  {visible(state)}")
        taught = learnt(self.run.world)
        if taught is not None:
            self._say_all(learnt_lines(taught))
        else:
            self._say_all(spoken_lines(self.run.result(), self.run.scenario))

    def quit(self, _: str) -> None:
        """Leave; the run can be resumed."""
        self._left = True

    def _say_time(self) -> None:
        if not self.run.ended:
            self._say(f"it is {self.run.clock}")

    def _say_all(self, lines: Iterable[str] | Iterator[str]) -> None:
        for line in lines:
            self._say(line)
