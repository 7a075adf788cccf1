"""A demo: a run, and what somebody does with it before a camera, with the words beneath.

Everything that a film needs is in here, so the same demo makes the same film. Times of the film are
seconds, times of the day are steps of the world.
"""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Final

import attrs

from controlroom.sim.seats import PARTICIPANTS

MOST_SECONDS: Final = 900
"""The longest film there is."""

USUAL_SECONDS: Final = 300
"""How long a film may be that does not say."""

KEY_SECONDS: Final = 0.35
"""Between two keys of a `press`: as fast as one can watch."""

TYPING_SECONDS: Final = 0.07
"""Between two letters of what is typed."""


class Scene(enum.StrEnum):
    """What the film opens with."""

    TITLE = "title"
    BRIEFING = "briefing"
    ROOM = "room"
    REPLAY = "replay"
    DEBRIEF = "debrief"

    @property
    def past(self) -> bool:
        """Whether it is about a run that has been; `player` has played it."""
        return self in {Scene.REPLAY, Scene.DEBRIEF}


class Verb(enum.StrEnum):
    """What a line of a demo asks for."""

    CAPTION = "caption"
    CHAPTER = "chapter"
    WAIT = "wait"
    PRESS = "press"
    TYPE = "type"
    GIVE = "give"
    AS = "as"
    UNTIL = "until"
    JUMP = "jump"
    SPEED = "speed"
    PICTURE = "picture"


@attrs.frozen
class Step:
    """One line of a demo.

    Attributes:
        line: its number, for errors.
        verb: what is done.
        text: what it is done with: the caption, the keys, the command, the time.
        seat: for `as`, whose command it is.
        seconds: for `wait`, how long.
        step: for `until` and `jump`, the step of the world.
    """

    line: int
    verb: Verb
    text: str = ""
    seconds: float = 0.0
    step: int = 0
    seat: str = ""

    @property
    def lasts(self) -> float:
        """Seconds of the film that it takes; those of `until` only the world can tell."""
        match self.verb:
            case Verb.WAIT:
                return self.seconds
            case Verb.PRESS:
                return KEY_SECONDS * len(self.text.split())
            case Verb.TYPE:
                return TYPING_SECONDS * len(self.text)
            case Verb.GIVE:
                return TYPING_SECONDS * len(self.text) + 2 * KEY_SECONDS
            case _:
                return 0.0


@attrs.frozen
class Demo:
    """A film that has not been made yet.

    Attributes:
        name: of its file, as errors say it.
        title: of the film.
        scenario: id or folder.
        steps: what is done, in order.
        columns: width of the terminal.
        rows: its height, with the rows for captions.
        theme: name of the app's theme.
        plain: draw with ASCII signs only.
        seed: None for the scenario's own.
        mode: explore, coach or assess.
        start: id of the mark, empty for the beginning of the day.
        opens: what the film opens with.
        speed: of the world's clock, to begin with.
        player: who gives commands besides: `reference`, a policy's file, or empty.
        people: who take part in a drill beside the facilitator; 0 for somebody who plays alone.
        seat: whose screen it is, empty for that of somebody who plays alone.
        frames: pictures of the control room in a second.
        limit: seconds after which the film has failed.
    """

    name: str
    title: str
    scenario: str
    steps: tuple[Step, ...]
    columns: int = 120
    rows: int = 35
    theme: str = "control-room"
    plain: bool = False
    seed: int | None = None
    mode: str = "explore"
    start: str = ""
    opens: Scene = Scene.ROOM
    speed: float = 1.0
    player: str = ""
    people: int = 0
    seat: str = ""
    frames: int = 10
    limit: float = USUAL_SECONDS

    @property
    def captions(self) -> bool:
        """Whether anything is said, for which rows are kept."""
        return any(step.verb is Verb.CAPTION for step in self.steps)

    @property
    def seats(self) -> tuple[str, ...]:
        """Seats of a drill that somebody takes: whose screen it is, and those that do something."""
        doing = {step.seat for step in self.steps if step.verb is Verb.AS} | {self.seat}
        return tuple(seat for seat in PARTICIPANTS if seat in doing)

    def place(self, step: Step) -> str:
        """Where a step stands, as errors say it."""
        return f"{self.name}: line {step.line:,}"


def bundled_demos() -> Path:
    """The folder of the demos that come along: in the wheel, or of the checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_demos"
    return installed if installed.is_dir() else package.parent / "demos"
