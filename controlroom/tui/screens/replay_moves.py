"""Moving in time: playing in both directions, by steps, minutes and moments, to any time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from textual import on

from controlroom.runs.moments import Kind, Moment
from controlroom.sim.clock import STEPS_PER_MINUTE, STEPS_PER_SECOND
from controlroom.sim.events import Tone
from controlroom.tui.replay_keys import STOPS
from controlroom.tui.screens.room import MOST_STEPS, RoomScreen
from controlroom.tui.widgets.prompt import Prompt
from controlroom.tui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from controlroom.runs.replay import Replay

_NUMBER: Final = re.compile(r"[+-]?\d{1,6}")

WINDOWS: Final = ((0, "whole run"), (120, "two hours"), (30, "30 minutes"), (5, "5 minutes"))
"""How much of the run the timeline shows: minutes, and in words."""


class ReplayMoves(RoomScreen):
    """A room in which time can go anywhere."""

    replay: Replay
    """What is shown."""
    backwards = False
    """Which way it plays."""
    window = 0
    """Place in `WINDOWS`."""
    target: int | None = None
    """Where to go in the next frame, or as soon as the journal has been read that far."""

    # --- playing ----------------------------------------------------------------------------------

    def play_on(self) -> None:
        """Go as far as the time of a frame says, in the direction that it plays."""
        due = self.pacing.due(MOST_STEPS)
        if not due:
            return
        self.counters.steps += due
        before, replay = self.replay.now, self.replay
        after = replay.seek(
            max(before - due, min(before, replay.first)) if self.backwards else before + due
        )
        if after == before and not (replay.reading and not self.backwards):
            self.pacing.pause(True)
            self.say(f"the recording {'begins' if self.backwards else 'ends'} here")
            self.refresh_picture()

    def go_to(self, step: int) -> None:
        """Look at a step; where the journal has not been read that far yet, as soon as it has."""
        step = min(max(0, step), self.replay.last)
        self.target = step if self.replay.reading and step > self.replay.known else None
        self.replay.seek(step)
        self.refresh_picture()

    def show_moment(self, step: int) -> None:
        """Stand at a step that somebody has pointed at elsewhere."""
        self.pacing.pause(True)
        self._was_running = False
        self.go_to(step)
        self.say(f"{self.replay.scenario.day.text(step)}, as asked for")

    @property
    def clock(self) -> str:
        """The time of day that is shown."""
        return self.replay.clock

    def hold(self, *, still: bool) -> None:
        replay = self.replay
        here = replay.now if self.target is None else self.target
        at_end = here <= replay.first if self.backwards else here >= replay.last
        self.pacing.pause(still)
        if not still and at_end:
            # Playing on from an end can only mean playing it again.
            self.go_to(replay.last if self.backwards else replay.first)
        way = " backwards" if self.backwards else ""
        self.say(f"{self.clock}, it stands" if still else f"it plays{way}, {self.speed}")
        self.refresh_picture()

    def action_reverse(self) -> None:
        self.backwards = not self.backwards
        way = "backwards" if self.backwards else "forwards"
        still = "; space lets it go" if self.pacing.paused else ""
        self.say(f"it plays {way}{still}")
        self.refresh_picture()

    # --- moving -----------------------------------------------------------------------------------

    @property
    def opening(self) -> bool:
        """Whether the journal has not been read up to where somebody took over; says so."""
        if self.replay.known >= self.replay.first:
            return False
        self.say("one moment: the journal is being read")
        return True

    def action_steps(self, count: int) -> None:
        if self.opening:
            return
        self.go_to(self.replay.now + count)
        self.say(f"{self.replay.scenario.day.text(self.replay.now, fraction=True)}")

    def action_seconds(self, count: int) -> None:
        if self.opening:
            return
        self.go_to(self.replay.now + count * STEPS_PER_SECOND)
        self.say(self.clock)

    def action_minute(self, count: int) -> None:
        if self.opening:
            return
        self.target = None
        before = self.replay.now
        self.replay.minute(count)
        if count < 0:
            self.replay.seek(max(self.replay.now, min(before, self.replay.first)))
        self.refresh_picture()
        self.say(self.clock if self.replay.now != before else self._nothing_further(count))

    def action_edge(self, way: int) -> None:
        self.go_to(self.replay.first if way < 0 else self.replay.last)
        self.say(f"{self.clock}, where {'somebody took over' if way < 0 else 'it ends'}")

    def action_moment(self, way: int, kind: str) -> None:
        if self.opening:
            return
        self.target = None
        kinds = (Kind(kind),) if kind else STOPS
        found = self.replay.next(*kinds) if way > 0 else self._before(kinds)
        if found is None:
            what = kind or "moment"
            where = "after" if way > 0 else "before"
            unread = ", as far as the journal has been read" if self._unread(way) else ""
            self.say(f"no {what} {where} {self.clock}{unread}")
            return
        self.pacing.pause(True)
        self.refresh_picture()
        self.say(f"{self.clock} {found.kind}: {found.text}", Tone.NOTICE)

    def _before(self, kinds: tuple[Kind, ...]) -> Moment | None:
        """The moment before this one, if somebody was there by then."""
        here = self.replay.now
        found = self.replay.previous(*kinds)
        if found is not None and found.step < self.replay.first:
            self.replay.seek(here)
            return None
        return found

    def _unread(self, way: int) -> bool:
        return way > 0 and self.replay.reading

    def _nothing_further(self, way: int) -> str:
        return f"{self.clock}, nothing {'after' if way > 0 else 'before'} it"

    def go_to_time(self, text: str) -> bool:
        """Go to a written time of day; False when it is none of this day."""
        day = self.replay.scenario.day
        try:
            step = day.parse(text)
        except ValueError as error:
            self.say(str(error), Tone.NOTICE)
            return False
        self.go_to(step)
        if step > self.replay.last:
            self.say(f"the recording ends at {day.text(self.replay.last)}", Tone.NOTICE)
        elif step < self.replay.first:
            self.say(f"{self.clock}; somebody took over at {day.text(self.replay.first)} only")
        elif self.target is not None:
            self.say(f"going to {day.text(step)} as soon as the journal has been read that far")
        else:
            self.say(self.clock)
        return True

    def action_ask_time(self) -> None:
        prompt = self.query_one(Prompt)
        prompt.focus()
        prompt.put("at ")
        self.say("a time of day, HH:MM:SS")

    @on(Timeline.Sought)
    def _sought(self, event: Timeline.Sought) -> None:
        if event.dragging:
            # One picture a frame, however fast the mouse is.
            self.target = event.step
            return
        self.go_to(event.step)
        here = [moment for moment in self.replay.moments if moment.step == self.replay.now]
        note = next((moment for moment in here if moment.kind in STOPS), None)
        self.say(f"{self.clock}{f' {note.kind}: {note.text}' if note else ''}")

    # --- how much of it is shown ------------------------------------------------------------------

    @property
    def stretch(self) -> tuple[int, int, str]:
        """The part of the run on the timeline: its first and last step, and what that is."""
        replay = self.replay
        minutes, name = WINDOWS[self.window]
        last = max(replay.last, replay.first + STEPS_PER_MINUTE)
        length = minutes * STEPS_PER_MINUTE
        if not length or length >= last - replay.first:
            return replay.first, last, WINDOWS[0][1]
        # It turns by halves, so that the cursor moves and the picture stands.
        half = length // 2
        begin = (replay.now - replay.first - half // 2) // half * half + replay.first
        begin = min(max(begin, replay.first), last - length)
        return begin, begin + length, name

    def action_window(self) -> None:
        length = self.replay.last - self.replay.first
        fits = [
            place
            for place, (minutes, _) in enumerate(WINDOWS)
            if not minutes or minutes * STEPS_PER_MINUTE < length
        ]
        at = fits.index(self.window) if self.window in fits else 0
        self.window = fits[(at + 1) % len(fits)]
        self.refresh_picture()
        self.say(f"the timeline shows {self.stretch[2]}")

    # --- words ------------------------------------------------------------------------------------

    def move_word(self, word: str, rest: str) -> bool | None:
        """Do a word that moves in time; None when it does something else."""
        if word in {"next", "previous"}:
            return self._moment_word(1 if word == "next" else -1, rest)
        if word in {"minute", "step"}:
            return self._count_word(word, rest)
        if word == "at":
            return self.go_to_time(rest)
        if word in {"begin", "end"}:
            self.action_edge(-1 if word == "begin" else 1)
        elif word in {"play", "pause"}:
            self.hold(still=word == "pause")
        elif word == "backwards":
            self.backwards = True
            self.hold(still=False)
        else:
            return None
        return True

    def _moment_word(self, way: int, rest: str) -> bool:
        names = [kind.value for kind in STOPS]
        if rest and rest.casefold() not in names:
            self.say(f"next what? {', '.join(names)}, not {rest[:40]!r}", Tone.NOTICE)
            return False
        self.action_moment(way, rest.casefold())
        return True

    def _count_word(self, word: str, rest: str) -> bool:
        if rest and not _NUMBER.fullmatch(rest):
            self.say(f"{word}: how many? A whole number, not {rest[:40]!r}", Tone.NOTICE)
            return False
        count = int(rest or 1)
        if word == "minute" and count:
            self.action_minute(count)
        else:
            self.action_steps(count)
        return True
