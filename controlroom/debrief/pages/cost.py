"""The times and the money of the run."""

from __future__ import annotations

from typing import Final

from controlroom.debrief.money import Phase
from controlroom.debrief.pages.blocks import (
    Bars,
    Block,
    Cell,
    Section,
    Table,
    Text,
    Tone,
    moment,
)
from controlroom.debrief.whole import Debrief, First
from controlroom.debrief.words import span, usd
from controlroom.scenario import visible
from controlroom.sim.tasks import counted

_ROLES: Final = {
    Phase.NOBODY_KNEW: "unknown",
    Phase.KNOWN: "known",
    Phase.WRONG: "wrong",
    Phase.RIGHT: "right",
    Phase.DISPOSAL: "disposal",
}


def role_of(phase: Phase) -> str:
    """How a phase is coloured, and what it is called where there is little room."""
    return _ROLES[phase]


def times_section(found: Debrief, first: First) -> Section:
    """When the first cue was there, when people knew, acted, were told."""
    rows = tuple(
        (
            Cell(item.label),
            moment(found.scenario.day, item.step),
            Cell(visible(item.note), Tone.QUIET),
        )
        for item in first.times.moments
    )
    return Section(
        "times",
        "The times of this run",
        (
            Text("Of this one run; there are no averages, and nobody is ranked.", quiet=True),
            Table(("", "time", ""), rows, first.fairness.line()),
        ),
    )


def phases_section(found: Debrief, first: First) -> Section:
    """What each phase cost."""
    money, day = first.money, found.scenario.day
    if not money.stretches:
        told = Text("The flow never ran, so no phase cost anything.")
        return Section("phases", "The money by phase", (told,))
    bars = Bars(
        title="Loss by phase",
        rows=tuple((phase.value, loss, role_of(phase)) for phase, loss in money.phases),
        against=None,
        under=first.fairness.line(),
    )
    rows = tuple(
        (
            Cell(stretch.phase.value),
            moment(day, stretch.begin),
            moment(day, stretch.end),
            Cell(span(stretch.end - stretch.begin), number=True),
            Cell(usd(stretch.loss), number=True),
        )
        for stretch in money.stretches
    )
    blocks: list[Block] = [bars, Table(("phase", "from", "to", "length", "loss"), rows)]
    blocks.append(
        Text(
            "What counts as known is what somebody had looked at, written down or declared. Right "
            "and wrong are hindsight: right is what stops a server on which unwanted orders ran, "
            "or what a right hypothesis of the scenario leads to.",
            quiet=True,
        )
    )
    return Section("phases", "The money by phase", tuple(blocks))


def money_section(found: Debrief, first: First) -> Section:
    """Where the money stood at each moment, and what a minute cost at each decision."""
    money, day = first.money, found.scenario.day
    blocks: list[Block] = []
    if money.milestones:
        moments = tuple(
            (moment(day, item.step), Cell(item.label), Cell(usd(item.loss), number=True))
            for item in money.milestones
        )
        blocks.append(Table(("time", "moment", "loss to get flat"), moments))
    if money.decisions:
        rows = tuple(
            (
                moment(day, item.step),
                Cell(visible(item.label)),
                Cell(usd(item.loss), number=True),
                Cell(usd(item.minute), Tone.BAD if item.minute > 0 else Tone.PLAIN, number=True),
            )
            for item in money.decisions
        )
        head = ("time", "decision", "loss by then", "the next minute cost")
        blocks.append(Table(head, rows, first.fairness.line()))
    if money.lost_orders:
        gone = counted(money.lost_orders, "client order")
        blocks.append(
            Text(
                f"Beside the loss, {gone} went elsewhere; filled, they would have earned "
                f"{usd(money.commission)}."
            )
        )
    else:
        blocks.append(Text("No client order went elsewhere."))
    return Section("money", "Where the money stood, and what a minute cost", tuple(blocks))
