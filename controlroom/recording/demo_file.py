"""Reading a demo: a text file of settings and, below them, of what is done.

    title: The storm
    size: 120x38
    start: 09:30

    caption Seven servers behave. One does not.
    wait 3
    give look smars-8
    until 09:31:30

`demos/README.md` describes every word. What cannot be followed is said with the file, the line,
what is wrong and what would be right, before anything is recorded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from controlroom.recording.demo import (
    MOST_SECONDS,
    USUAL_SECONDS,
    Demo,
    Scene,
    Step,
    Verb,
    bundled_demos,
)
from controlroom.recording.demo_lines import Lines, StepReader, decimal
from controlroom.recording.errors import DemoError
from controlroom.runs.errors import RunError, os_reason
from controlroom.scenario import ScenarioError, load_scenario, visible
from controlroom.scenario.text import quoted
from controlroom.sim.commands.grammar import nearest
from controlroom.sim.seats import FACILITATOR, FEWEST, MOST, Seat, seats_for
from controlroom.sim.start import Mode

if TYPE_CHECKING:
    from controlroom.sim.start import Scenario

SUFFIX: Final = ".demo"
CAPTION_ROWS: Final = 3
"""As in `stage`, which is not imported to read a file."""

_MOST_BYTES: Final = 256 * 1024
_MOST_COLUMNS: Final = 300
_MOST_ROWS: Final = 120
_LONGEST_CAPTION: Final = 200

_SETTING = re.compile(r"([a-z]+):(?:\s+(.*))?")
_SIZE = re.compile(r"(\d{1,4})x(\d{1,4})")

THEMES: Final = {
    "dark": "control-room",
    "light": "control-room-light",
    "high-contrast": "control-room-high-contrast",
    "colour-blind": "control-room-colour-blind",
    "ansi": "control-room-ansi",
}
"""Themes by the names that demos give them."""

SETTINGS: Final = (
    *("title", "size", "theme", "plain", "scenario", "seed", "mode", "start", "opens", "speed"),
    *("player", "people", "seat", "frames", "limit"),
)


def find_demo(name: str) -> Path:
    """The file that is meant: the name of a demo that comes along, or a path.

    Raises:
        DemoError: when there is none; it names the nearest.
    """
    known = {path.stem: path for path in sorted(bundled_demos().glob(f"*{SUFFIX}"))}
    if name in known:
        return known[name]
    path = Path(name)
    try:
        if path.is_file():
            return path
    except (OSError, ValueError):
        pass
    close = nearest(name, tuple(known))
    hint = f"did you mean {close}? " if close else ""
    raise DemoError(
        f"no demo {quoted(visible(name), 200)}; {hint}It is {', '.join(known) or 'a name'}, or the "
        f"path of a {SUFFIX} file or of a journal"
    )


def read_demo(path: Path) -> Demo:
    """The demo in a file.

    Raises:
        DemoError: when it cannot be read or followed.
    """
    shown = visible(path.name)
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DemoError(f"{shown} is not UTF-8 at byte {error.start:,}") from None
    except (OSError, ValueError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else str(error)
        raise DemoError(f"{shown} cannot be read: {reason}") from None
    if len(content) > _MOST_BYTES:
        raise DemoError(f"{shown} is larger than {_MOST_BYTES // 1024:,} KB")
    return parse_demo(text, shown, path.parent)


def parse_demo(text: str, name: str, folder: Path | None = None) -> Demo:
    """The demo in a text.

    Args:
        text: of the file.
        name: as errors call it.
        folder: where a policy's file is looked for.

    Raises:
        DemoError: when it cannot be followed, with the line.
    """
    return _Reader(text, name, folder or Path()).demo()


class _Reader(Lines):
    """One reading: settings first, then steps."""

    def __init__(self, text: str, name: str, folder: Path) -> None:
        super().__init__(name)
        self.lines = text.replace("\r\n", "\n").split("\n")
        self.folder = folder
        self.settings: dict[str, tuple[int, str]] = {}
        self.steps: list[Step] = []
        self.scenario: Scenario

    def demo(self) -> Demo:
        """Read everything."""
        began = self._read_settings()
        self.scenario = self._scenario()
        people = self._people()
        seats = seats_for(people) if people else {}
        steps = StepReader(self.name, self.scenario, seats, self._seat(seats))
        for number, line in self._meant(began):
            if _SETTING.fullmatch(line) and line.split(":")[0] in SETTINGS:
                self.refuse(number, "settings stand above the first step")
            self.steps.append(steps.step(number, line))
        if not self.steps:
            raise DemoError(f"{self.name} has no step; say what is done, for example: wait 5")
        demo = Demo(
            name=self.name,
            title=self._text("title") or self.scenario.title,
            scenario=self._text("scenario") or "knight-2012",
            steps=tuple(self.steps),
            theme=THEMES[self._one_of("theme", THEMES, "dark")],
            plain=self._one_of("plain", ("no", "yes"), "no") == "yes",
            seed=self._seed(),
            mode=self._one_of("mode", [mode.value for mode in Mode], "explore"),
            start=self._one_of("start", [mark.id for mark in self.scenario.marks], ""),
            opens=Scene(self._one_of("opens", list(Scene), "room")),
            speed=self._number("speed", 1.0, 0.25, 60),
            player=self._player(),
            people=people,
            seat=steps.seat,
            frames=round(self._number("frames", 10, 1, 30)),
            limit=self._number("limit", USUAL_SECONDS, 1, MOST_SECONDS),
        )
        return self._sized(self._within_limit(demo))

    # --- settings ---------------------------------------------------------------------------------

    def _meant(self, first: int = 0) -> Iterable[tuple[int, str]]:
        """Lines with their numbers, without comments and empty ones."""
        for number, line in enumerate(self.lines[first:], first + 1):
            stripped = line.strip()
            if stripped and not stripped.startswith("#"):
                if not stripped.isprintable():
                    self.refuse(number, "holds a control character")
                yield number, stripped

    def _read_settings(self) -> int:
        """Read lines like `title: ...`; the index of the first that is none."""
        for number, line in self._meant():
            match = _SETTING.fullmatch(line)
            if match is None:
                return number - 1
            key, value = match[1], (match[2] or "").strip()
            if key not in SETTINGS:
                self.unknown(number, "setting", key, SETTINGS)
            if key in self.settings:
                self.refuse(number, f"{key} is set in line {self.settings[key][0]:,} already")
            if not value:
                self.refuse(number, f"{key} is set to nothing; write {key}: and a value")
            self.settings[key] = number, value
        return len(self.lines)

    def _text(self, key: str) -> str:
        return self.settings[key][1] if key in self.settings else ""

    def _line(self, key: str) -> int:
        return self.settings[key][0] if key in self.settings else 1

    def _scenario(self) -> Scenario:
        name = self._text("scenario") or "knight-2012"
        try:
            return load_scenario(name)
        except ScenarioError as error:
            self.refuse(self._line("scenario"), str(error))

    def _one_of(self, key: str, known: Iterable[str], usual: str) -> str:
        value = self._text(key)
        if not value:
            return usual
        names = tuple(known)
        if value not in names:
            self.unknown(self._line(key), key, value, names)
        return value

    def _number(self, key: str, usual: float, least: float, most: float) -> float:
        value = self._text(key)
        if not value:
            return usual
        number = decimal(value)
        if number is None or not least <= number <= most:
            self.refuse(
                self._line(key), f"{key} {quoted(value)} is no number from {least:g} to {most:g}"
            )
        return number

    def _seed(self) -> int | None:
        from controlroom.runs.simulation import checked_seed

        value = self._text("seed")
        if not value:
            return None
        try:
            return checked_seed(int(value))
        except (ValueError, RunError):
            self.refuse(self._line("seed"), f"seed {quoted(value)} is no whole number from 0 on")

    def _player(self) -> str:
        """`reference`, or the path of a file of commands."""
        from controlroom.runs.policy import REFERENCE, load_policy

        value = self._text("player")
        if not value:
            return ""
        path = value if value == REFERENCE else str(self.folder / value)
        try:
            policy = load_policy(value if value == REFERENCE else path, self.scenario)
        except RunError as error:
            self.refuse(self._line("player"), str(error))
        if policy.script:
            self.refuse(self._line("player"), "a player here is reference or a file of commands")
        return path

    def _people(self) -> int:
        value, line = self._text("people"), self._line("people")
        if not value:
            return 0
        if not value.isdecimal() or not FEWEST <= int(value) <= MOST:
            self.refuse(line, f"people {quoted(value)} is no number from {FEWEST} to {MOST}")
        if self._text("opens") not in ("", Scene.ROOM):
            self.refuse(line, "people is for a drill, which opens: room")
        if self.scenario.plan is None:
            self.refuse(line, f"{self.scenario.id} has no plan for a drill")
        return int(value)

    def _seat(self, seats: Mapping[str, Seat]) -> str:
        if seats:
            return self._one_of("seat", seats, FACILITATOR)
        if self._text("seat"):
            self.refuse(self._line("seat"), "seat is for a drill; say how many people: there are")
        return ""

    def _sized(self, demo: Demo) -> Demo:
        """The demo with its size, if everything fits on it."""
        import attrs

        from controlroom.tui.terminal import COLUMNS, LINES

        value, line = self._text("size") or "120x35", self._line("size")
        match = _SIZE.fullmatch(value)
        if match is None:
            self.refuse(line, f"size {quoted(value)} is none; write COLUMNSxROWS, such as 120x35")
        columns, rows = int(match[1]), int(match[2])
        least = LINES + (CAPTION_ROWS if demo.captions else 0)
        if columns < COLUMNS or rows < least:
            below = f", {CAPTION_ROWS} of them for captions" if demo.captions else ""
            self.refuse(
                line, f"size {value} is too small; the screen needs {COLUMNS}x{least}{below}"
            )
        if columns > _MOST_COLUMNS or rows > _MOST_ROWS:
            self.refuse(line, f"size {value} is larger than {_MOST_COLUMNS}x{_MOST_ROWS}")
        for step in demo.steps:
            if step.verb is Verb.CAPTION and len(step.text) > columns - 4:
                self.refuse(
                    step.line, f"the caption has {len(step.text)} signs, {columns - 4} fit on it"
                )
        return attrs.evolve(demo, columns=columns, rows=rows)

    def _within_limit(self, demo: Demo) -> Demo:
        seconds = 0.0
        for step in demo.steps:
            seconds += step.lasts
            if seconds > demo.limit:
                self.refuse(
                    step.line,
                    f"the film is longer than {demo.limit:g} s here; shorten it, or set limit: to "
                    f"{MOST_SECONDS} at most",
                )
        return demo
