"""The first page of a recorded run, before it has been folded: what its journal alone says.

That is who played what, what was given when, and how it ended in the journal's own word. What came
of it is the world's to tell, and follows as soon as that has been made again.
"""

from __future__ import annotations

from controlroom.debrief.actions import collapsed
from controlroom.debrief.fairness import fairness_of, hints_in
from controlroom.debrief.pages.blocks import (
    Block,
    Cell,
    Figures,
    Ladder,
    Rung,
    Section,
    Text,
    Tone,
    moment,
)
from controlroom.debrief.whole import Debrief
from controlroom.debrief.words import usd
from controlroom.scenario import visible
from controlroom.sim.commands import CommandError, Group, parse
from controlroom.sim.start import Scenario

JOURNAL = "journal"
"""Id of this section; it gives way to the others."""


def journal_section(found: Debrief) -> Section:
    """What stands in the journal."""
    blocks: list[Block] = [
        _figures(found),
        Text(
            "This is the journal's own word. The run is being folded: its world is made again "
            "from these commands and compared with every digest. The rest follows.",
            quiet=True,
        ),
        _ladder(found),
    ]
    return Section(JOURNAL, "What the journal says", tuple(blocks))


def _figures(found: Debrief) -> Figures:
    day, commands, end = found.scenario.day, found.commands, found.end
    acts = [given.step for given in commands if _acts(given.command, found.scenario)]
    loss = Cell("–", Tone.QUIET)
    if end is not None:
        loss = Cell(usd(abs(end.loss_usd)), Tone.BAD if end.loss_usd > 0 else Tone.GOOD)
    state = f"the run is over: {visible(end.ended)}" if end else "the run is not over"
    last = day.text(min(found.reached, day.end_step))
    return Figures(
        (
            ("loss" if end is None or end.loss_usd >= 0 else "gain", loss, state),
            ("played until", Cell(last), f"from {day.text(found.header.step)}"),
            ("first action given", moment(day, min(acts, default=None)), ""),
            ("commands", Cell(f"{len(commands):,}", number=True), ""),
        )
    )


def _acts(text: str, scenario: Scenario) -> bool:
    """Whether a command does something to servers, sessions or the flow of orders."""
    try:
        return parse(text, scenario).group is Group.ACT
    except CommandError:
        return False


def _ladder(found: Debrief) -> Ladder:
    """What was given beside what is on record."""
    day, header = found.scenario.day, found.header
    given = [(item.step, item.command) for item in found.commands]
    own = [
        Rung(day.text(step), "you", "this run", visible(text), None, "", step)
        for step, text in collapsed(given)
    ]
    record = [
        Rung(
            day.text(fact.step),
            "history",
            "history",
            visible(fact.text),
            fact.evidence,
            visible(fact.source),
            fact.step,
        )
        for fact in found.scenario.facts
        if fact.step is not None
    ]
    rungs = sorted([*own, *record], key=lambda rung: rung.step)
    fairness = fairness_of(header, found.scenario, found.noted, hints_in(found.commands))
    lanes = (("you", "this run"), ("history", "history" if record else "nothing on record"))
    return Ladder(lanes, tuple(rungs), fairness.line())
