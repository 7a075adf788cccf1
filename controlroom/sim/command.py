"""What a command is: the words that are typed, what they need, how long it takes, what it does.

A command is a frozen attrs class whose fields are its words in the order in which they are typed.
`words(Slot(...))` declares a field; parsing, completion, usage lines and the canonical text all
follow from that. The commands themselves, and how typed ones are read, are in `commands`.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

if TYPE_CHECKING:
    from controlroom.sim.world import World


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
    evenings: ClassVar[bool] = False
    """Whether it can be given in the evenings before a day too."""

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

    def on_an_evening(self, world: World, seat: str) -> str | None:
        """Do it in the evenings before a day, where nothing is in progress, or say why not."""
        obstacle = self.obstacle(world)
        if obstacle is None:
            self.begin(world, seat)
        return obstacle

    def begin(self, world: World, seat: str) -> None:
        """What happens at the step at which the command is given."""

    def finish(self, world: World, seat: str, stage: int) -> None:
        """What happens at the end of each stage."""
