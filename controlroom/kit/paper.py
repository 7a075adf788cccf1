"""The drill without a machine: what is lost by the minute, what look-ups say, slips to hand out."""

from __future__ import annotations

from collections.abc import Iterator

from controlroom.debrief.pages.blocks import Cell, Points, Table, Text
from controlroom.debrief.words import span, usd
from controlroom.kit.coming import coming_of, sender
from controlroom.kit.lookups import Found
from controlroom.kit.parts import Head, Material, Part, Said, Sheet, Slip, Slips
from controlroom.sim.clock import seconds


def paper(material: Material, title: str) -> Sheet:
    """The sheet."""
    return Sheet(
        "paper",
        title,
        (
            *_how(material),
            *_losses(material),
            *_players(material),
            *_answers(material),
            *_slips(material),
        ),
    )


def _how(material: Material) -> Iterator[Part]:
    words, losses = material.words, material.losses
    points = words.many("paper.how_points", stop=losses.stop or "…")
    yield Text(words("paper.note", seed=losses.seed))
    yield Head(words("paper.how"))
    yield Points(points)


def _losses(material: Material) -> Iterator[Part]:
    words, losses = material.words, material.losses
    head = words.many("paper.table_head", stop=losses.stop)
    rows = []
    for minute in losses.minutes:
        cells = [
            Cell(material.clock(minute.step)),
            Cell(usd(minute.loss), number=True),
            Cell(usd(minute.next), number=True),
            Cell(usd(minute.gross), number=True),
            Cell(f"{minute.executions:,}", number=True),
        ]
        if losses.stop:
            stopped = "–" if minute.stopped is None else usd(minute.stopped)
            cells.append(Cell(stopped, number=True))
        rows.append(tuple(cells))
    yield Head(words("paper.table"), page=True)
    yield Table(head if losses.stop else head[:-1], tuple(rows), words("paper.table_under"))
    if not losses.stop:
        yield Text(words("paper.no_stop"), quiet=True)


def _players(material: Material) -> Iterator[Part]:
    words, losses = material.words, material.losses
    rows = tuple(
        (
            Cell(material.clock(minute.step)),
            *(Cell(usd(loss), number=True) for loss in minute.players),
        )
        for minute in losses.minutes
    )
    yield Head(words("paper.players"), page=True)
    yield Table((words("words.time"), *losses.players), rows, words("paper.players_under"))


def _answers(material: Material) -> Iterator[Part]:
    words = material.words
    for number, asked in enumerate(material.answers):
        if number == 0:
            yield Head(words("paper.answers"), page=True)
            yield Text(words("paper.answers_note"), quiet=True)
        yield Head(words("paper.answers_at", clock=material.clock(asked.step)))
        yield Said(
            tuple((found.command, _who(material, found), found.lines) for found in asked.found)
        )


def _who(material: Material, found: Found) -> str:
    words = material.words
    who = words("words.or").join(found.seats) or words("words.anybody")
    if not found.seconds:
        return words("paper.at_once", seat=who)
    return words("paper.takes", seat=who, span=span(seconds(found.seconds)))


def _slips(material: Material) -> Iterator[Part]:
    words, scenario = material.words, material.scenario
    slips = []
    for one in coming_of(material):
        inject = one.inject
        clock = "–" if one.step is None else material.clock(one.step)
        head = words(
            "paper.slip",
            clock=clock if inject.at is not None else words("words.about", clock=clock),
            how=words(f"msel.{inject.channel.value}"),
            sender=sender(scenario, inject),
            to=one.to,
        )
        slips.append(Slip(head, inject.subject, " ".join(inject.body.split()), ""))
    yield Head(words("paper.slips"), page=True)
    yield Text(words("paper.slips_note"), quiet=True)
    yield Slips(tuple(slips))
