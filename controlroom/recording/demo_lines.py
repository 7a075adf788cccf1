"""The lines of a demo that say what is done, each read and checked by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, NoReturn

from controlroom.recording.demo import MOST_SECONDS, Step, Verb
from controlroom.recording.errors import DemoError
from controlroom.recording.keys import KEYS, sent_by
from controlroom.scenario import visible
from controlroom.scenario.text import quoted
from controlroom.sim.commands import CommandError, parse
from controlroom.sim.commands.grammar import nearest

if TYPE_CHECKING:
    from controlroom.sim.seats import Seat
    from controlroom.sim.start import Scenario


class Lines:
    """Says what is wrong with a line of a file."""

    def __init__(self, name: str) -> None:
        self.name = name
        """As errors call the file."""

    def unknown(self, number: int, what: str, word: str, known: Iterable[str]) -> NoReturn:
        """A word that there is not."""
        names = tuple(known)
        close = nearest(word, names)
        hint = f"did you mean {close}?" if close else f"there are {', '.join(names)}"
        self.refuse(number, f"no {what} {quoted(word)}; {hint}")

    def refuse(self, number: int, reason: str) -> NoReturn:
        """Stop at a line.

        Raises:
            DemoError: always.
        """
        raise DemoError(f"{self.name}: line {number:,}: {reason}")


class StepReader(Lines):
    """Makes steps of lines."""

    def __init__(
        self, name: str, scenario: Scenario, seats: Mapping[str, Seat], seat: str = ""
    ) -> None:
        super().__init__(name)
        self.scenario = scenario
        """What is played: it says which commands and times there are."""
        self.seats = seats
        """Of the drill, where it is one."""
        self.seat = seat
        """Whose screen it is, or empty for that of somebody who plays alone."""

    def step(self, number: int, line: str) -> Step:
        """What a line asks for.

        Raises:
            DemoError: when it cannot be followed.
        """
        word, _, rest = line.partition(" ")
        verbs = [verb.value for verb in Verb]
        if word not in verbs:
            self.unknown(number, "verb", word, verbs)
        verb, text = Verb(word), rest.strip()
        if not text and verb is not Verb.CAPTION:
            self.refuse(number, f"{word} what? See demos/README.md")
        readers: dict[Verb, Callable[[int, Verb, str], Step]] = {
            Verb.WAIT: self._wait,
            Verb.SPEED: self._speed,
            Verb.PRESS: self._press,
            Verb.GIVE: self._give,
            Verb.AS: self._as,
            Verb.UNTIL: self._time,
            Verb.JUMP: self._time,
        }
        read = readers.get(verb)
        return read(number, verb, text) if read else Step(number, verb, text)

    def _wait(self, number: int, verb: Verb, text: str) -> Step:
        seconds = decimal(text)
        if seconds is None or not 0 < seconds <= MOST_SECONDS:
            self.refuse(number, f"wait {quoted(text)} is no number of seconds, such as 2.5")
        return Step(number, verb, text, seconds)

    def _speed(self, number: int, verb: Verb, text: str) -> Step:
        from controlroom.tui.pacing import read_speed

        if read_speed(text) is None:
            self.refuse(number, f"speed {quoted(text)} is none; it is 1/4, 1/2, 1 ... 60")
        return Step(number, verb, text)

    def _press(self, number: int, verb: Verb, text: str) -> Step:
        for key in text.split():
            if sent_by(key) is None:
                self.unknown(number, "key", key, tuple(KEYS))
        return Step(number, verb, text)

    def _give(self, number: int, verb: Verb, text: str) -> Step:
        from controlroom.tui.words import screen_word

        if screen_word(text) is None:
            self._check(number, text, self.seat)
        return Step(number, verb, text)

    def _as(self, number: int, verb: Verb, text: str) -> Step:
        seat, _, command = text.partition(" ")
        if not self.seats:
            self.refuse(number, "as is for a drill; say above how many people: there are")
        if seat not in self.seats:
            self.unknown(number, "seat", seat, self.seats)
        if not command:
            self.refuse(number, f"as {seat} what? Write a command after it")
        self._check(number, command, seat)
        return Step(number, verb, command, seat=seat)

    def _check(self, number: int, text: str, seat: str) -> None:
        """Refuse a command that there is not, or that is not for this seat of the drill."""
        try:
            command = parse(text, self.scenario)
        except CommandError as error:
            self.refuse(number, str(error))
        if seat and command.verb not in self.seats[seat].verbs:
            self.refuse(number, f"{command.verb} is not for the {seat} seat")

    def _time(self, number: int, verb: Verb, text: str) -> Step:
        try:
            step = self.scenario.day.parse(text)
        except ValueError as error:
            self.refuse(number, visible(str(error)))
        return Step(number, verb, text, step=step)


def decimal(text: str) -> float | None:
    """A plain decimal number, or None: no infinity, no nan, no exponent."""
    return float(text) if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", text) else None
