"""What help says over a replay: its keys and words, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from controlroom.tui.glossary import GLOSSARY
from controlroom.tui.keys import display
from controlroom.tui.replay_keys import KIND_KEYS, REPLAY_KEYS, REPLAY_WORDS
from controlroom.tui.screens.help_text import ANYWHERE, PANES, Chapter, Entry, Pane

if TYPE_CHECKING:
    from textual.binding import Binding

_ABOUT: Final = (
    "A recorded run. Nothing here changes it: what was given was given, and each pane shows what "
    "it showed then. Space plays it, the timeline at the foot can be clicked and dragged. Where "
    "you would have done otherwise, `f` takes over: a new run begins there with all that was "
    "given before, and this one stays as it is."
)

_PANES: Final = {
    "timeline": Pane(
        "THE TIMELINE",
        "The loss by each moment, and below it on the same axis the messages (bars are mails, "
        "signs are calls and alarms), the commands (a number is so many in one place, an arrow "
        "is where it was taken over from another run), the cues "
        "(hollow when shown, filled when the seat opened it) and the phases of the day. Grey lies "
        "ahead. `w` changes how much of the run it shows.",
    ),
    "truth": Pane(
        "THE TRUTH",
        "What no instrument showed: what is installed on each server and what the flag does "
        "there, which orders run on the Power Peg path, what the firm really holds, how far PMON "
        "is from it, and which cues were there and not opened. It is off at first, since whoever "
        "knows how it ended finds everything plain.",
    ),
}

_KEYS: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    (("clock.pause",), "play, or let it stand"),
    (("replay.reverse",), "play the other way"),
    (("clock.faster", "clock.slower"), "how fast it plays, 1/4x to 60x"),
    (("replay.step", "replay.step_back"), "a quarter second on, back"),
    (("replay.minute", "replay.minute_back"), "a minute on, back"),
    (("replay.next", "replay.previous"), "the next moment of any kind, the one before"),
    *(
        ((f"replay.{kind}", f"replay.{kind}_back"), f"the next {kind}, the one before")
        for kind in KIND_KEYS
    ),
    (("replay.time",), "go to a time; typed at the prompt, HH:MM:SS does it as well"),
    (("replay.home", "replay.end"), "where somebody took over, where it ends"),
    (("replay.window",), "how much of the run the timeline shows"),
    (("replay.truth",), "lay what was true beside what the seat saw, or take it away"),
    (("replay.seat",), "the screen of the next seat"),
    (("replay.takeover",), "take over from here, in a new run"),
    (("replay.debrief",), "the debrief of this run"),
    (("replay.leave",), "leave the replay"),
    (("go.prompt",), "to the prompt"),
    (("go.zoom",), "give the pane with the focus the whole room, or take it back"),
    (("go.next_pane", "go.previous_pane"), "the next pane, the one before"),
    (("text.copy",), "copy what is selected, or else the pane"),
)

_ON_TIMELINE: Final[tuple[Entry, ...]] = (
    ("left right", "on the timeline: a second back, on"),
    ("up down", "on the timeline: a minute back, on; the wheel does the same"),
    ("1 to 9", "select a server; again gives it the room"),
)


def _shown(binding: Binding) -> str:
    return binding.key_display or display(binding.key.partition(",")[0])


def replay_chapters(topic: str) -> tuple[Chapter, ...]:
    """All of help for a replay, with the pane that has the focus first.

    Args:
        topic: a pane, or anything else for none.
    """
    keys = {binding.id: binding for binding in REPLAY_KEYS}
    entries = tuple(("  ".join(_shown(keys[id_]) for id_ in ids), text) for ids, text in _KEYS)
    panes = {**PANES, **_PANES}
    first = [Chapter(panes[topic].title, (("", panes[topic].text),))] if topic in panes else []
    truth = _PANES["truth"]
    return (
        Chapter("A REPLAY", (("", _ABOUT),)),
        *first,
        Chapter("KEYS", (*entries, *_ON_TIMELINE, *ANYWHERE)),
        Chapter("WORDS AT THE PROMPT", tuple((w.usage, w.summary) for w in REPLAY_WORDS), 32),
        *([] if topic == "truth" else [Chapter(truth.title, (("", truth.text),))]),
        Chapter("WORDS", GLOSSARY),
    )
