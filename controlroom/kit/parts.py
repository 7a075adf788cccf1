"""What a sheet is made of: the blocks of a debrief's page, and a few that only paper has."""

from __future__ import annotations

import attrs

from controlroom.debrief.pages.blocks import Block
from controlroom.kit.lookups import Answers
from controlroom.kit.losses import Losses
from controlroom.kit.words import Words
from controlroom.scenario.kit_schema import KitFile
from controlroom.sim.start import Plan, Scenario


@attrs.frozen(eq=False)
class Material:
    """What every sheet is made from.

    Attributes:
        scenario: the incident.
        plan: its drill.
        kit: what its folder says for the kit only.
        words: everything else that is said.
        people: who take part, beside the facilitator.
        losses: what runs of the model say.
        answers: what look-ups say.
        version: of the program.
    """

    scenario: Scenario
    plan: Plan
    kit: KitFile
    words: Words
    people: int
    losses: Losses
    answers: tuple[Answers, ...]
    version: str

    def clock(self, step: int) -> str:
        """The time of day of a step, without seconds where there are none."""
        return self.scenario.day.text(step).removesuffix(":00")


@attrs.frozen
class Head:
    """A heading.

    Attributes:
        text: of it.
        page: whether a page begins with it.
    """

    text: str
    page: bool = False


@attrs.frozen
class Small:
    """A heading below a heading.

    Attributes:
        text: of it.
    """

    text: str


@attrs.frozen
class Boxes:
    """Sentences to tick off.

    Attributes:
        items: the sentences.
    """

    items: tuple[str, ...]


@attrs.frozen
class Form:
    """A table to be written into.

    Attributes:
        head: a label a column, with its share of the width in percent.
        first: what stands in the first column of each row.
    """

    head: tuple[tuple[str, int], ...]
    first: tuple[str, ...]


@attrs.frozen
class Phase:
    """A stretch of the drill.

    Attributes:
        title: with its times.
        columns: label and sentences; those without any are left out.
    """

    title: str
    columns: tuple[tuple[str, tuple[str, ...]], ...]


@attrs.frozen
class Card:
    """A card of a page, to be cut out.

    Attributes:
        over: the line above the title.
        title: whose.
        note: what else to know about the seat, or empty.
        name: label of the line for a name.
        lists: label and sentences.
        quote: label and what is said with it, or empty.
        commands: label and rows of what is typed and what it does.
        cut: the words at the edge.
    """

    over: str
    title: str
    note: str
    name: str
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    quote: tuple[str, str]
    commands: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    cut: str


@attrs.frozen
class Slip:
    """A message on paper.

    Attributes:
        head: when, how, from whom, to whom.
        subject: one line.
        text: what is said.
        foot: what it waits for, for the facilitator.
    """

    head: str
    subject: str
    text: str
    foot: str


@attrs.frozen
class Slips:
    """Messages, to be cut apart.

    Attributes:
        items: in order.
    """

    items: tuple[Slip, ...]


@attrs.frozen
class Said:
    """Answers of the machine, as it prints them.

    Attributes:
        items: what was asked, who may ask and how long it takes, the lines.
    """

    items: tuple[tuple[str, str, tuple[str, ...]], ...]


Part = Block | Head | Small | Boxes | Form | Phase | Card | Slips | Said


@attrs.frozen
class Sheet:
    """A file of the kit.

    Attributes:
        id: its name without an ending.
        title: of it.
        parts: in order.
        landscape: whether the paper lies on its side.
        plain: whether title and lead are left out: a card is a page by itself.
    """

    id: str
    title: str
    parts: tuple[Part, ...]
    landscape: bool = False
    plain: bool = False
