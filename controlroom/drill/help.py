"""What help says in a drill: to each seat what it sees and may do, to the facilitator the verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from controlroom.sim.commands import Group, commands_of
from controlroom.tui.glossary import GLOSSARY
from controlroom.tui.screens.help_text import (
    GROUPS,
    VERB_KEYS_SAID,
    Chapter,
    Entry,
    of_topic,
    verb_entry,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from controlroom.sim.seats import Seat
    from controlroom.tui.words import ScreenWord

_GROUPS: Final = {Group.ROOM: "BETWEEN SEATS", Group.DRILL: "THE DRILL", **GROUPS}

_OWN_PANES: Final = ("page", "board", "said")

SEAT: Final = (
    "You have the instruments of one seat, and nobody has them all: tell the others what you see, "
    "with its number and its time. The clock is the facilitator's and goes on while you read."
)

FACILITATOR: Final = (
    "The page has what the drill has come to: the loss, the seats and how long each is quiet, the "
    "objectives, what comes next, what is expected, and what nobody has opened yet. Participants "
    "see none of it. The clock goes on while you read; space first, where that matters."
)

BOARD: Final = (
    "What the whole room may see. A number takes the keyboard: a cover says whose screen comes, "
    "enter shows it once the others have looked away, and F2 covers it again. 0 is the "
    "facilitator's page. What is typed at the prompt here everybody reads."
)

SEAT_KEYS: Final[tuple[Entry, ...]] = (
    ("@", "tell another seat something, or all of them"),
    ("b", "what was said"),
    ("m", "to the messages of your desk"),
    (":", "to the prompt; tab completes, up and down go through what was typed"),
    VERB_KEYS_SAID,
    ("tab", "the next pane; z gives it the room, esc takes it back"),
    ("^q", "leave; the seat is kept"),
)

PAGE_KEYS: Final[tuple[Entry, ...]] = (
    ("space", "begin; stop time for everybody, with a reason; let it go on"),
    ("+ -", "how fast the clock goes"),
    ("g", "the page, or the room with every instrument"),
    ("↑ ↓", "choose an inject: f fires it now, h holds it, e releases it, k skips it"),
    ("w", "other words for it"),
    ("p c v", "a probe; a hint (`coach`); the voice of a person"),
    ("m", "a malfunction: a server that does not answer, a pane or a monitor that lies"),
    ("n @", "a note for the report; tell a seat something"),
    ("r", "go back to an earlier moment, in a run of its own"),
    ("^q", "twice: end the hosting; `drill --resume` goes on"),
)

BOARD_KEYS: Final[tuple[Entry, ...]] = (
    ("1 to 8", "the seats, in the order of the list"),
    ("0", "the facilitator's page"),
    ("F2", "cover the screen of a seat, whatever is being typed there"),
    *(PAGE_KEYS[0:2]),
    (":", "to the prompt, for the facilitator's verbs"),
    PAGE_KEYS[-1],
)


def drill_chapters(
    topic: str,
    about: str,
    keys: Sequence[Entry],
    desk: Seat | None,
    words: Sequence[ScreenWord],
) -> tuple[Chapter, ...]:
    """All of help for one screen of a drill.

    Args:
        topic: a verb or a pane, explained first; or empty.
        about: what the screen is for.
        keys: its keys.
        desk: the seat, whose verbs are listed.
        words: what the screen answers itself.
    """
    # The panes that only a drill has are what `about` speaks of.
    asked = of_topic(topic) if topic not in _OWN_PANES else None
    mine = commands_of(desk) if desk is not None else ()
    verbs = (
        Chapter(title, tuple(verb_entry(one) for one in mine if one.group is group), 34)
        for group, title in _GROUPS.items()
    )
    said = Chapter("THE SCREEN", tuple((word.usage, word.summary) for word in words), 32)
    return (
        *((asked,) if asked is not None else ()),
        Chapter("THIS SCREEN", (("", about),)),
        Chapter("KEYS", tuple(keys)),
        *(chapter for chapter in verbs if chapter.entries),
        said,
        Chapter("WORDS", GLOSSARY),
    )
