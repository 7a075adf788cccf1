"""The keys and words of a replay, as data: what moves in time, and what looks elsewhere.

In a replay no command can be given, so its letters are free for moving: a small letter goes to the
next moment of a kind, the capital to the one before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.binding import Binding

from controlroom.runs.moments import Kind
from controlroom.sim.start import Console
from controlroom.tui.keys import SCREEN_KEYS
from controlroom.tui.words import SPEED, ScreenWord, own_completions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from controlroom.sim.commands import Completion

KIND_KEYS: Final = {
    Kind.MAIL: "m", Kind.CALL: "l", Kind.ALARM: "a", Kind.COMMAND: "c", Kind.MILESTONE: "b",
}  # fmt: skip
"""The letters of the kinds: b is for the bell."""

STOPS: Final = tuple(KIND_KEYS)
"""What `n` stops at; a paused stock is no stop."""

_PLAYED_ONLY: Final = {
    "clock.next",
    "go.feed",
    "go.answers",
    "clock.pause",
    "run.takeover",
    "alarm.accept",
}
"""Keys of a run being played that mean something else here."""

_MOVES: Final = (
    Binding("space", "pause", "play, stop", id="clock.pause"),
    Binding("r", "reverse", "backwards", id="replay.reverse"),
    Binding("full_stop", "steps(1)", "step on", id="replay.step", key_display="."),
    Binding("comma", "steps(-1)", "step back", id="replay.step_back", key_display=","),
    Binding("right_square_bracket", "minute(1)", "minute", id="replay.minute", key_display="]"),
    Binding(
        "left_square_bracket", "minute(-1)", "minute back", id="replay.minute_back",
        key_display="[",
    ),
    Binding("n", "moment(1, '')", "next", id="replay.next"),
    Binding("N", "moment(-1, '')", "before", id="replay.previous"),
    *(
        Binding(key, f"moment(1, '{kind}')", f"next {kind}", id=f"replay.{kind}")
        for kind, key in KIND_KEYS.items()
    ),
    *(
        Binding(key.upper(), f"moment(-1, '{kind}')", f"{kind} before", id=f"replay.{kind}_back")
        for kind, key in KIND_KEYS.items()
    ),
    Binding("home", "edge(-1)", "beginning", id="replay.home"),
    Binding("end", "edge(1)", "end", id="replay.end"),
    Binding("g", "ask_time", "go to a time", id="replay.time"),
    Binding("w", "window", "stretch", id="replay.window"),
    Binding("t", "truth", "truth", id="replay.truth"),
    Binding("v", "seat", "seat", id="replay.seat"),
    Binding("o", "console", "console", id="replay.console"),
    Binding("f", "take_over", "take over", id="replay.takeover"),
    Binding("d", "debrief", "debrief", id="replay.debrief"),
    Binding("q", "leave", "leave", id="replay.leave"),
)  # fmt: skip

REPLAY_KEYS: Final = (
    *_MOVES,
    *(binding for binding in SCREEN_KEYS if binding.id not in _PLAYED_ONLY),
)

_KINDS: Final = tuple(kind.value for kind in STOPS)

REPLAY_WORDS: Final = (
    ScreenWord("at", "at HH:MM:SS", "go to a time of day; the time alone does it as well"),
    ScreenWord("next", "next [KIND]", "the next mail, call, alarm, command or milestone",
               choices=_KINDS),
    ScreenWord("previous", "previous [KIND]", "the one before", ("prev", "last"), _KINDS),
    ScreenWord("minute", "minute [N]", "so many minutes on, or back with a minus"),
    ScreenWord("step", "step [N]", "so many steps of a quarter second on, or back with a minus"),
    ScreenWord("begin", "begin", "where somebody took over", ("home", "start")),
    ScreenWord("end", "end", "where the recording ends"),
    ScreenWord("play", "play", "let it run on from here", ("go", "resume")),
    ScreenWord("backwards", "backwards", "let it run the other way", ("reverse", "rewind")),
    ScreenWord("pause", "pause", "let it stand"),
    SPEED,
    ScreenWord("truth", "truth [on|off]", "lay what was true beside what the seat saw",
               choices=("on", "off")),
    ScreenWord("seat", "seat [NAME]", "the screen of another seat"),
    ScreenWord("console", "console [NAME]", "the same events on another console: trainer, as-was, "
               "modern", choices=tuple(Console)),
    ScreenWord("window", "window", "how much of the run the timeline shows"),
    ScreenWord("takeover", "takeover", "begin a new run here and play it; this one stays",
               ("fork", "take")),
    ScreenWord("debrief", "debrief", "what happened, what it cost, what would have helped"),
    ScreenWord("zoom", "zoom", "give the pane with the focus the whole room, or take it back"),
    ScreenWord("help", "help", "what the keys and the words do", ("?",)),
    ScreenWord("leave", "leave", "back to where you came from", ("back", "quit", "exit", "q")),
)  # fmt: skip
"""In the order in which help shows them."""

REPLAY_CONTEXTS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "timeline": (
        ("replay.step", "step"), ("replay.minute", "minute"), ("replay.mail", "mail"),
        ("replay.call", "call"), ("replay.alarm", "alarm"), ("replay.command", "command"),
        ("replay.milestone", "bell"), ("replay.time", "time"), ("replay.window", "stretch"),
    ),
    "server": (("server.1", "server"), ("replay.step", "step"), ("replay.minute", "minute")),
    "alerts": (("alert.open", "go to when it came"), ("replay.mail", "next mail")),
    "money": (("replay.minute", "minute"),),
    "answers": (("replay.command", "next command"), ("text.copy", "copy")),
    "work": (("replay.command", "next command"),),
}  # fmt: skip

REPLAY_MORE: Final = (
    ("clock.faster", "speed"), ("replay.seat", "seat"), ("replay.console", "console"),
    ("replay.debrief", "debrief"),
    ("replay.leave", "leave"), ("ctrl+p", "palette"),
)  # fmt: skip

REPLAY_ALWAYS: Final = (
    ("clock.pause", "play"), ("replay.reverse", "backwards"), ("replay.next", "next"),
    ("replay.truth", "truth"), ("replay.takeover", "take over"), ("app.help", "help"),
)  # fmt: skip


def replay_completions(text: str, seats: Sequence[str]) -> tuple[Completion, ...]:
    """Ways to go on typing in a replay."""
    from controlroom.sim.commands import Completion

    first, space, rest = text.partition(" ")
    if space and first.casefold() == "seat":
        return tuple(
            Completion(f"seat {seat}", seat, "") for seat in seats if seat.startswith(rest)
        )
    return own_completions(text, REPLAY_WORDS)
