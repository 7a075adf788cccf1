"""The replay: the control room on a recorded run, with a timeline at its foot.

The journal is folded while the screen stands: a part of each frame's time goes into reading on, the
timeline fills, and whatever has been read can be looked at. Each seat's panes show what they showed
then; the truth is laid beside them when it is asked for, since hindsight distorts.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, ClassVar, Final

from controlroom.runs.errors import JournalError
from controlroom.sim.commands import Command
from controlroom.sim.events import Tone
from controlroom.sim.start import Console
from controlroom.sim.views.truth import TruthView, truth
from controlroom.tui import words
from controlroom.tui.course import Course, course_of
from controlroom.tui.messages import DebriefWanted, HelpWanted, ReplayLeft, TakeOverWanted
from controlroom.tui.palette import ReplayProvider
from controlroom.tui.replay_keys import (
    REPLAY_ALWAYS,
    REPLAY_CONTEXTS,
    REPLAY_KEYS,
    REPLAY_MORE,
    REPLAY_WORDS,
    replay_completions,
)
from controlroom.tui.screens.replay_moves import ReplayMoves
from controlroom.tui.screens.room_floor import GROUPS
from controlroom.tui.widgets.prompt import Prompt
from controlroom.tui.widgets.timeline import Timeline
from controlroom.tui.widgets.timeline_view import TimelineView
from controlroom.tui.widgets.truth import TruthPane, TruthPicture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.widget import Widget

    from controlroom.runs.replay import Replay
    from controlroom.sim.commands import Completion
    from controlroom.sim.views import AlertView, View
    from controlroom.tui.screens.room_pictures import State
    from controlroom.tui.widgets.server import ServerPane

READ_TIME: Final = 35_000_000
"""Nanoseconds of a frame that reading on may take; keys wait no longer than that."""

COURSE_EVERY: Final = 8
"""Frames between two looks at what has been read, while the timeline fills."""


class ReplayScreen(ReplayMoves):
    """A recorded run, as the seats saw it."""

    COMMANDS: ClassVar[set[Any]] = {ReplayProvider}
    CSS_PATH = ["room.tcss", "replay.tcss"]
    AUTO_FOCUS = "#timeline"
    BINDINGS = [*REPLAY_KEYS]

    home = "timeline"
    groups = (*GROUPS[:-1], "timeline", "prompt")
    always_shown = frozenset({"timeline", "prompt"})
    context_keys = REPLAY_CONTEXTS
    more_keys = REPLAY_MORE
    always_keys = REPLAY_ALWAYS
    words = REPLAY_WORDS
    invitation = "and type a time or a word"

    def __init__(
        self,
        replay: Replay,
        *,
        at: int | None = None,
        seat: str = "",
        speed: float = 1,
        clock: Callable[[], int] = time.monotonic_ns,
        ticking: bool = True,
    ) -> None:
        """Prepare the room; see `RoomScreen`.

        Args:
            replay: what is shown; it need not have been read.
            at: the step to begin with, or None for the one at which somebody took over.
            seat: whose instruments these are, or empty for the first that the journal names.
            speed: to begin with; the nearest there is.
            clock: nanoseconds that never go back.
            ticking: whether frames come by themselves; a test asks for each.
        """
        seat = seat or replay.seats[0]
        super().__init__(replay, speed=speed, paused=True, seat=seat, clock=clock, ticking=ticking)
        self.replay = replay
        self.add_class("-recorded")
        self.truth_shown = False
        self.console = replay.scenario.console
        self.course = self.read_course()
        self.target = replay.first if at is None else at
        self._told = 0

    def panes_beside(self) -> Iterator[Widget]:
        yield TruthPane()

    def panes_below(self) -> Iterator[Widget]:
        yield Timeline()

    def completions(self, text: str) -> tuple[Completion, ...]:
        return replay_completions(text, self.replay.seats)

    def usage(self, text: str) -> str:
        return words.usage(text, self.words)

    def greeting(self) -> str:
        return "space plays, n goes to the next moment, t lays the truth beside it, ? helps"

    # --- the frame --------------------------------------------------------------------------------

    def pass_time(self) -> None:
        if self.replay.reading:
            self._read_on()
        if self.target is not None:
            self._approach(self.target)
        if self.target is None:
            self.play_on()
        else:
            # It is being read; the time of waiting is not played afterwards.
            self.pacing.due()

    def read_course(self) -> Course:
        """The course of the run, as far as it has been read."""
        return course_of(self.replay)

    def read_truth(self) -> TruthView:
        """What is true at the step that is shown."""
        return truth(self.replay.world)

    def _read_on(self) -> None:
        """Read for a part of the frame; the timeline fills now and then, and at the end."""
        until = self._wall() + READ_TIME
        try:
            while self.replay.read_on() and self._wall() < until:
                pass
        except JournalError as error:
            self.post_message(ReplayLeft(str(error)))
            return
        if not self.replay.reading or self.counters.frames % COURSE_EVERY == 0:
            self.course = self.read_course()
            self._stale = True
        if not self.replay.reading:
            self._say_notes()

    def _say_notes(self) -> None:
        """What is wrong with the journal, where it can be read in full."""
        for note in self.replay.notes:
            self.notify(note, title="About this journal", severity="warning", timeout=20,
                        markup=False)  # fmt: skip
        if self.replay.notes:
            self.say(self.replay.notes[-1], Tone.NOTICE)

    def _approach(self, step: int) -> None:
        """Go to where somebody wants to be, as far as it is known by now."""
        if not self.replay.reading or step <= self.replay.known:
            self.target = None
        self.replay.seek(step)

    def _show_picture(self, fleet: Sequence[ServerPane]) -> None:
        super()._show_picture(fleet)
        begin, end, window = self.stretch
        shown = TimelineView(
            self.course, self.replay.now, begin, end, truth=self.truth_shown, window=window
        )
        self.query_one(Timeline).show(shown)
        if self.truth_shown:
            self.query_one(TruthPane).show(self._truth())

    def _truth(self) -> TruthPicture:
        now = self.replay.now
        there = [cue for cue in self.course.cues if cue.available <= now]
        unopened = [cue.text for cue in there if cue.opened is None or cue.opened > now]
        return TruthPicture(self.read_truth(), self.seat, len(there), tuple(reversed(unopened)))

    def state(self) -> State:
        import attrs

        return attrs.evolve(
            super().state(),
            recorded=True,
            backwards=self.backwards,
            truth=self.truth_shown and super().tabbed,
        )

    # --- what is looked at ------------------------------------------------------------------------

    @property
    def tabbed(self) -> bool:
        """Beside the truth a middling terminal has room for one pane of the seat's at a time."""
        return super().tabbed or (self.truth_shown and self.has_class("-middle"))

    @property
    def topic(self) -> str:
        return "timeline" if self.group_of(self.focused) == "timeline" else super().topic

    def action_truth(self) -> None:
        hidden = super().tabbed and self.tab != "truth"
        self.show_truth(not self.truth_shown or hidden)

    def show_truth(self, shown: bool) -> None:
        """Lay the truth beside the seat's panes, or take it away."""
        self.truth_shown = shown
        self.set_class(shown, "-truth")
        self.set_tab("truth" if shown and super().tabbed else "servers")
        self.refresh_picture()
        self.say(
            f"what was true, beside what {self.seat} saw; t takes it away"
            if shown
            else f"what {self.seat} saw, and no more"
        )

    def look(self) -> View:
        """What the seat's instruments showed, on the console that is looked at."""
        return self.replay.view(self.seat, self.console)

    def action_console(self) -> None:
        consoles = tuple(Console)
        self.show_console(consoles[(consoles.index(self.console) + 1) % len(consoles)])

    def show_console(self, name: str) -> bool:
        """Show the same events on another console; False where there is none of that name."""
        if name not in tuple(Console):
            said = f"no console {name[:40]!r}; there are {', '.join(Console)}"
            self.say(said, Tone.NOTICE)
            return False
        self.console = Console(name)
        self.refresh_picture()
        played = self.replay.scenario.console
        kind = "which it was played on" if self.console is played else f"played on the {played} one"
        self.say(f"the {self.console} console, {kind}")
        return True

    def action_seat(self) -> None:
        seats = self.replay.seats
        if len(seats) < 2:
            self.say(f"this run had one seat, {self.seat}")
            return
        at = seats.index(self.seat) if self.seat in seats else -1
        self.show_seat(seats[(at + 1) % len(seats)])

    def show_seat(self, seat: str) -> bool:
        """Show the screen of a seat; False when the run had none of that name."""
        if seat not in self.replay.seats:
            there = ", ".join(self.replay.seats)
            self.say(f"no seat {seat[:40]!r} in this run; there is {there}", Tone.NOTICE)
            return False
        self.seat = seat
        self.refresh_picture()
        self.say(f"the screen of {seat}")
        return True

    def open_alert(self, alert: AlertView) -> None:
        """Enter on a message: go to when it came. What was read is what was read then."""
        self.go_to(self.replay.world.alerts[alert.id].step + 1)
        self.say(f"{self.clock} when it came; c goes to the next command")

    # --- what is asked for ------------------------------------------------------------------------

    def consider(self, command: Command) -> bool:
        """No command can be given to the past, but from here on everything can be otherwise."""
        text = command.text()
        question = f"{text}: this has been. Take over at {self.clock} in a new run, and give it?"
        self.ask(question, lambda: self._take_over(text), f"{text}: not given; f takes over here")
        return True

    def action_take_over(self) -> None:
        self.ask(
            f"Take over at {self.clock}? A new run begins there, and this one stays as it is.",
            lambda: self._take_over(""),
            "not taken over",
        )

    def _take_over(self, command: str) -> None:
        self.pacing.pause(True)
        self.post_message(TakeOverWanted(self.replay.now, command))

    def action_debrief(self) -> None:
        self.pacing.pause(True)
        self.post_message(DebriefWanted(self.replay.journal.path))

    def action_leave(self) -> None:
        self.post_message(ReplayLeft())

    def submit(self, text: str) -> bool:
        if text[:1].isdecimal():
            return self.go_to_time(text)
        return super().submit(text)

    def after_word(self) -> None:
        """Back to the timeline, where keys move: nobody types two times in a row."""
        if not self.query_one(Prompt).question:
            self.go("timeline")

    def ask(self, question: str, then: Callable[[], object], otherwise: str) -> None:
        super().ask(question, then, otherwise)
        self._came_from = self._came_from or self.query_one(Timeline)

    def carry_word(self, word: str, rest: str) -> bool:
        moved = self.move_word(word, rest)
        if moved is not None:
            return moved
        if word == "truth":
            self.show_truth(rest.casefold() != "off" if rest else not self.truth_shown)
        elif word == "seat" and rest:
            return self.show_seat(rest)
        elif word == "console" and rest:
            return self.show_console(rest)
        elif word in {"seat", "console", "window", "takeover", "debrief", "leave"}:
            actions = {"seat": self.action_seat, "console": self.action_console,
                       "window": self.action_window, "takeover": self.action_take_over,
                       "debrief": self.action_debrief, "leave": self.action_leave}  # fmt: skip
            actions[word]()
        elif word == "help":
            self.post_message(HelpWanted("replay"))
        else:
            return super().carry_word(word, rest)
        return True
