"""What participants get, and the observer: cards, runbook, ground rules, a sheet to write on."""

from __future__ import annotations

from collections.abc import Iterator

from controlroom.debrief.pages.blocks import Cell, Points, Table, Text
from controlroom.kit.parts import Card, Form, Head, Material, Part, Sheet, Small
from controlroom.kit.words import Words
from controlroom.scenario.kit_schema import RunbookPage
from controlroom.sim.commands import verb_of
from controlroom.sim.seats import FACILITATOR, OBSERVER, SETS, Seat, seats_for
from controlroom.sim.start import Evidence


def cards(material: Material, title: str) -> Sheet:
    """A card for each participant."""
    return Sheet("cards", title, tuple(_cards(material)), plain=True)


def _cards(material: Material) -> Iterator[Card]:
    seats = [seat for seat in seats_for(material.people).values() if seat.id != FACILITATOR]
    everyone = frozenset.intersection(*(one.verbs for one in seats if one.id != OBSERVER))
    for seat in seats:
        count = SETS[material.people][seat.id]
        for number in range(1, count + 1):
            yield _card(material, seat, number, count, everyone)


def _card(
    material: Material, seat: Seat, number: int, count: int, everyone: frozenset[str]
) -> Card:
    words = material.words
    roles = [role for role in material.plan.roles if seat.is_called(role.seat)]
    notes = [words("card.also")] if len(roles) > 1 else []
    notes += [words("card.shared", number=number, count=count)] if count > 1 else []
    own, shared = seat.verbs - everyone, seat.verbs & everyone
    return Card(
        over=f"{words('card.you_are')} · {seat.id}",
        title=" · ".join(role.title for role in roles) or seat.title,
        note=" ".join(notes),
        name=words("card.your_name"),
        lists=(
            (words("card.sees"), tuple(line for role in roles for line in role.sees)),
            (words("card.may"), tuple(line for role in roles for line in role.may)),
            (words("card.phrases"), tuple(line for role in roles for line in role.phrases)),
        ),
        quote=(
            words("card.handover"),
            " ".join(role.handover for role in roles if role.handover),
        ),
        commands=(
            (words("card.type"), _typed(own)),
            (words("card.everyone"), _typed(shared)),
        ),
        cut=words("card.cut"),
    )


def _typed(verbs: frozenset[str]) -> tuple[tuple[str, str], ...]:
    found = [verb_of(verb) for verb in sorted(verbs)]
    return tuple((command.usage(), command.summary) for command in found if command is not None)


def observer(material: Material, title: str) -> Sheet:
    """A sheet to write on."""
    words = material.words
    head = tuple(zip(words.many("observer.head"), (13, 20, 67), strict=True))
    phases = tuple(zip(words.many("observer.phases_head"), (40, 15, 45), strict=True))
    return Sheet(
        "observer",
        title,
        (
            Text(words("observer.note")),
            Small(words("observer.watch")),
            Points(words.many("observer.points")),
            Small(words("observer.phases")),
            Form(phases, words.many("observer.phase_names")),
            Head(words("observer.head_title"), page=True),
            Form(head, ("",) * int(words("observer.lines"))),
            Small(words("observer.after")),
            Form((("", 100),), ("", "")),
        ),
    )


def runbook(material: Material, title: str) -> Sheet:
    """All that the firm has written down."""
    words, parts = material.words, []
    for page in material.kit.page:
        parts += _page(page, words)
    people = tuple(
        (Cell(person.id), Cell(person.title), Cell(person.about))
        for person in material.scenario.people
    )
    tag = words("words.reconstructed")
    return Sheet(
        "runbook",
        title,
        (
            Text(words("runbook.lead")),
            *parts,
            Head(f"{words('runbook.telephone')}  [{tag}]"),
            Table(words.many("runbook.telephone_head"), people),
            Text(
                words(
                    "runbook.tags",
                    documented=f"[{words('words.documented')}]",
                    reconstructed=f"[{tag}]",
                ),
                quiet=True,
            ),
        ),
    )


def _page(page: RunbookPage, words: Words) -> list[Part]:
    known = page.origin is Evidence.DOCUMENTED
    tag = words("words.documented" if known else "words.reconstructed")
    source = f" {page.source}" if page.source else ""
    lines: Part = Points(page.lines) if page.lines else Text(words("runbook.blank"), quiet=True)
    return [Head(page.title), lines, Text(f"[{tag}{source}]", quiet=True)]


def rules(material: Material, title: str) -> Sheet:
    """How we play, how we speak."""
    words = material.words
    rows = tuple(tuple(map(Cell, row)) for row in words.rows("rules.speak_rows"))
    return Sheet(
        "ground-rules",
        title,
        (
            Head(words("rules.ground")),
            Points(words.many("rules.ground_points")),
            Head(words("rules.speak")),
            Table(words.many("rules.speak_head"), rows),
            Head(words("rules.typing")),
            Points(words.many("rules.typing_points")),
        ),
    )
