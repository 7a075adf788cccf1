"""What the screens tell the app. The app owns screens and the end of the program.

A screen posts one of these and goes on; it never pushes another screen or exits by itself, so the
same control room can be played, replayed and shown to several people.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual.message import Message

# Dataclasses rather than attrs: textual's Message finishes itself in __post_init__. And with a
# namespace, because a plain `Leave` would reach every widget as the mouse that leaves it.


@dataclass
class Leave(Message, namespace="run"):
    """The person wants to leave the run; its journal is complete up to now.

    In a namespace of its own, or it would be taken for the mouse leaving a widget.
    """


@dataclass
class HelpWanted(Message, namespace="room"):
    """Help is asked for.

    Attributes:
        topic: a verb, or the pane that has the focus: `server`, `alerts`, `money`, `answers`,
            `work` or `prompt`.
    """

    topic: str


@dataclass
class RunEnded(Message, namespace="room"):
    """The run is over: flat, or the day is. Posted once.

    Attributes:
        reason: what the world says about it.
    """

    reason: str


@dataclass
class Bell(Message, namespace="room"):
    """Something needs the person. The app rings only where the settings ask for it.

    Attributes:
        text: what it is.
    """

    text: str


@dataclass
class DebriefWanted(Message, namespace="runs"):
    """The debrief of a recorded run is asked for.

    Attributes:
        path: its journal.
    """

    path: Path


@dataclass
class FollowingWanted(Message, namespace="runs"):
    """After a first shift, the scenario that comes next is to be played.

    Attributes:
        scenario: its id.
    """

    scenario: str


@dataclass
class ReplayWanted(Message, namespace="runs"):
    """A recorded run is to be seen again.

    Attributes:
        path: its journal.
        step: the moment to begin with, or None for the one at which somebody took over.
    """

    path: Path
    step: int | None = None


@dataclass
class TakeOverWanted(Message, namespace="runs"):
    """A new run is to begin at a moment of the one that is shown, which stays as it is.

    Attributes:
        step: the moment.
        command: to be given there at once, or empty.
    """

    step: int
    command: str = ""


@dataclass
class OriginalWanted(Message, namespace="runs"):
    """The run that this one was taken over from is to be seen again."""


@dataclass
class ReplayLeft(Message, namespace="runs"):
    """The person has seen enough of a replay, or it cannot be shown.

    Attributes:
        why: it cannot, or empty.
    """

    why: str = ""
