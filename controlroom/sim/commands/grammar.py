"""The words of a command: declared once on its class, read and written by everything else.

A command is a frozen attrs class whose fields are its words in the order in which they are typed.
`words(Slot(...))` declares a field; parsing, completion, usage lines and the canonical text all
follow from that.
"""

from __future__ import annotations

import difflib
import enum
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

import attrs

from controlroom.sim.seats import PARTICIPANTS

if TYPE_CHECKING:
    from controlroom.sim.start import Scenario
    from controlroom.sim.world import World

MAX_TEXT: Final = 400
"""Most characters after the verb of a typed command; more is refused rather than cut."""

QUOTES: Final = '"“”'
"""May stand around a TEXT, and keep its last word from being read as the next slot's."""


class CommandError(ValueError):
    """A typed command that cannot be read; it names what is wrong and the nearest that is right."""


class Kind(enum.Enum):
    """What a word of a command stands for."""

    SERVER = "server"
    SERVERS = "servers"
    BUILD = "build"
    VENUE = "venue"
    STOCK = "stock"
    PERSON = "person"
    ALERT = "alert"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    SEAT = "seat"
    INJECT = "inject"
    PROBE = "probe"


class Group(enum.StrEnum):
    """The families of verbs, in the order in which help shows them."""

    LOOK = "look"
    ACT = "act"
    PEOPLE = "people"
    ALERTS = "alerts"
    POSITIONS = "positions"
    NOTES = "notes"
    ROOM = "room"
    DRILL = "drill"


@attrs.frozen
class Slot:
    """One word, or a run of words, of a command.

    Attributes:
        kind: what it stands for.
        label: its name in the usage line.
        choices: the allowed words of a CHOICE; for other kinds, words allowed besides.
        optional: may be left out.
        low: smallest value of a NUMBER.
        high: largest value of a NUMBER.
    """

    kind: Kind
    label: str
    choices: tuple[str, ...] = ()
    optional: bool = False
    low: int = 0
    high: int = 10**12

    @property
    def usage(self) -> str:
        """The slot as a usage line shows it."""
        name = "|".join(self.choices) if self.kind is Kind.CHOICE else self.label
        if self.kind is Kind.SERVERS:
            name = f"{name}…|all"
        elif self.choices and self.kind is not Kind.CHOICE:
            name = f"{name}|{'|'.join(self.choices)}"
        return f"[{name}]" if self.optional else name


def words(slot: Slot) -> Any:
    """Declare a field of a command that is read from its words."""
    if slot.optional:
        return attrs.field(default=None, metadata={"slot": slot})
    return attrs.field(metadata={"slot": slot})


@attrs.frozen
class Command:
    """Something that a seat does; the only input of the world besides scenario and seed.

    A subclass declares its words as fields and says what it needs (`obstacle`), how long it takes
    (`stages`) and what it does (`begin` at once, `finish` at the end of each stage).
    """

    verb: ClassVar[str]
    """The word that is typed first."""
    summary: ClassVar[str]
    """One line for help, palette and completion."""
    group: ClassVar[Group]
    """The family it is listed under."""
    key: ClassVar[str | None] = None
    """The key that gives it for the selected thing, in Textual's names."""
    aliases: ClassVar[tuple[str, ...]] = ()
    """Other words for the same verb."""
    asks: ClassVar[bool] = False
    """Whether a screen asks once before it is given."""
    phone: ClassVar[bool] = False
    """Whether it occupies the telephone; one call at a time."""

    @classmethod
    def slots(cls) -> tuple[Slot, ...]:
        """Its words after the verb."""
        return tuple(
            field.metadata["slot"] for field in attrs.fields(cls) if "slot" in field.metadata
        )

    @classmethod
    def usage(cls) -> str:
        """For example `deploy BUILD SERVER…|all`."""
        return " ".join([cls.verb, *(slot.usage for slot in cls.slots())])

    def text(self) -> str:
        """The command as it is typed, in its one canonical form."""
        said = [self.verb]
        slots = self.slots()
        names = [field.name for field in attrs.fields(type(self)) if "slot" in field.metadata]
        for place, name in enumerate(names):
            value = getattr(self, name)
            if value is None:
                continue
            word = " ".join(value) if isinstance(value, tuple) else str(value)
            nothing_more = all(getattr(self, other) is None for other in names[place + 1 :])
            if nothing_more and place + 1 < len(slots) and slots[place].kind is Kind.TEXT:
                # A last word that could be the next slot's would be read as that.
                *before, last = word.split()
                if before and last.casefold() in slots[place + 1].choices:
                    word = f'"{word}"'
            said.append(word)
        return " ".join(said)

    def dangerous(self, world: World) -> bool:
        """Whether this very command should be asked about before it is given."""
        return self.asks

    def obstacle(self, world: World) -> str | None:
        """Why it cannot be done now and what would help, or None."""
        return None

    def stages(self, world: World) -> tuple[int, ...]:
        """Steps that each stage of the work takes; empty when it is done at once."""
        return ()

    def stopping(self, world: World) -> frozenset[int]:
        """Servers that it takes out of service while it is in progress."""
        return frozenset()

    def restarting(self, world: World, stage: int) -> frozenset[int]:
        """Servers that it has yet to restart, one after the other."""
        return frozenset()

    def begin(self, world: World, seat: str) -> None:
        """What happens at the step at which the command is given."""

    def finish(self, world: World, seat: str, stage: int) -> None:
        """What happens at the end of each stage."""


def nearest(word: str, options: Iterable[str]) -> str | None:
    """The option that looks most like `word`, or None when nothing does."""
    folded = {option.casefold(): option for option in options}
    close = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.5)
    return folded[close[0]] if close else None


def unknown(what: str, word: str, options: Sequence[str]) -> CommandError:
    """The error for a word that is none of `options`."""
    close = nearest(word, options)
    if close is not None:
        return CommandError(f"no {what} {quoted(word)}; did you mean {close}?")
    listed = ", ".join(options[:8]) + (" …" if len(options) > 8 else "")
    return CommandError(f"no {what} {quoted(word)}; there are {listed}")


def quoted(word: str) -> str:
    """A word as an error shows it: cut short, with its control characters spelt out."""
    return repr(word if len(word) <= 40 else word[:39] + "…")


def options(slot: Slot, scenario: Scenario) -> tuple[str, ...]:
    """The words that may stand in `slot`, as far as the scenario knows them."""
    named: dict[Kind, tuple[str, ...]] = {
        Kind.SERVER: tuple(server.name for server in scenario.servers),
        Kind.SERVERS: (*(server.name for server in scenario.servers), "all"),
        Kind.BUILD: tuple(build.name for build in scenario.builds),
        Kind.VENUE: tuple(venue.name for venue in scenario.venues),
        Kind.STOCK: tuple(stock.symbol for stock in scenario.market.stocks),
        Kind.PERSON: tuple(person.id for person in scenario.people),
        Kind.SEAT: PARTICIPANTS,
        Kind.INJECT: tuple(scenario.drill_injects),
        Kind.PROBE: tuple(probe.id for probe in scenario.plan.probes) if scenario.plan else (),
    }
    return named.get(slot.kind, ()) + slot.choices


def _one(verb: str, slot: Slot, word: str, scenario: Scenario) -> str:
    allowed = options(slot, scenario)
    for option in allowed:
        if option.casefold() == word.casefold():
            return option
    if slot.kind in (Kind.SERVER, Kind.SERVERS) and word.isdecimal():
        for option in allowed:
            if option.endswith(f"-{int(word)}"):
                return option
    if slot.kind is Kind.CHOICE:
        raise _no_choice(verb, word, allowed)
    if slot.kind is Kind.PERSON:
        # People are known by what they do as well as by the word that is typed for them.
        for who in scenario.people:
            if word.casefold() in who.title.casefold().split():
                raise CommandError(f"no person {quoted(word)}; did you mean {who.id}?")
    raise unknown(slot.kind.value.rstrip("s"), word, allowed)


def _no_choice(verb: str, word: str, choices: Sequence[str]) -> CommandError:
    """The error for a word that is none of a few that are listed."""
    *most, last = choices
    listed = f"{', '.join(most)} or {last}" if most else last
    close = nearest(word, choices) if most else None
    also = f"; did you mean {close}?" if close else ""
    return CommandError(f"{verb} takes {listed}, not {quoted(word)}{also}")


def _number(slot: Slot, word: str) -> int:
    match = re.fullmatch(r"\$?([\d,_]{1,18}(?:\.\d{1,3})?)\s*([kmb%]?|bn)", word.casefold())
    if match is None:
        raise CommandError(f"{slot.label} should be a number, not {word[:40]!r}")
    scale = {"": 1, "%": 1, "k": 10**3, "m": 10**6, "b": 10**9, "bn": 10**9}[match[2]]
    whole, _, part = match[1].replace(",", "").replace("_", "").partition(".")
    value = int(whole or 0) * scale + int(part.ljust(3, "0") or 0) * scale // 1000
    if not slot.low <= value <= slot.high:
        raise CommandError(
            f"{slot.label} should be from {slot.low:,} to {slot.high:,}, not {value:,}"
        )
    return value


def _read(verb: str, slot: Slot, word: str, scenario: Scenario) -> Any:
    if slot.kind is Kind.NUMBER:
        return _number(slot, word)
    if slot.kind is Kind.ALERT:
        bare = word.removeprefix("#")
        if word.casefold() in slot.choices:
            return word.casefold()
        if not (bare.isascii() and bare.isdecimal() and len(bare) <= 9):
            raise CommandError(f"{slot.label} should be the number of a message, not {word[:40]!r}")
        return str(int(bare))
    return _one(verb, slot, word, scenario)


def read_words(command: type[Command], rest: str, scenario: Scenario) -> Command:
    """Read the words after the verb.

    Raises:
        CommandError: naming the word that does not fit and the nearest that does.
    """
    slots = command.slots()
    values: list[Any] = []
    left = rest.split()
    for place, slot in enumerate(slots):
        after = slots[place + 1 :]
        if not left:
            if not slot.optional:
                raise CommandError(f"{command.verb} needs {slot.usage}: {command.usage()}")
            values.append(None)
        elif slot.kind is Kind.SERVERS:
            names = list(dict.fromkeys(_one(command.verb, slot, word, scenario) for word in left))
            every = tuple(server.name for server in scenario.servers)
            picked = "all" in names or len(names) == len(every)
            values.append(("all",) if picked else tuple(sorted(names, key=every.index)))
            left = []
        elif slot.kind is Kind.TEXT:
            tail = after[0] if after else None
            trailing = tail is not None and len(left) > 1 and left[-1].casefold() in tail.choices
            text, left = (left[:-1], left[-1:]) if trailing else (left, [])
            values.append(" ".join(text).strip(QUOTES + " ") or None)
            if values[-1] is None and not slot.optional:
                raise CommandError(f"{command.verb} needs {slot.usage}: {command.usage()}")
        else:
            values.append(_read(command.verb, slot, left.pop(0), scenario))
    if left:
        raise CommandError(f"{' '.join(left)[:40]!r} is one word too many: {command.usage()}")
    return command(*values)
