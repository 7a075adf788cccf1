"""What stands on the page of a debrief, and in which order."""

from __future__ import annotations

from typing import Final

from controlroom import __version__
from controlroom.debrief.fairness import player_of
from controlroom.debrief.pages.blocks import Block, Page, Section, Text
from controlroom.debrief.pages.cost import money_section, phases_section, times_section
from controlroom.debrief.pages.journal import journal_section
from controlroom.debrief.pages.others import (
    earlier_section,
    luck_section,
    par_section,
    safeguards_section,
    worth_section,
)
from controlroom.debrief.pages.seen import alarms_section, cues_section
from controlroom.debrief.pages.story import ladder_section, story_section
from controlroom.debrief.whole import Debrief, First
from controlroom.scenario import visible

OUTLINE: Final = {
    "story": "What happened",
    "times": "The times of this run",
    "phases": "The money by phase",
    "money": "Where the money stood, and what a minute cost",
    "cues": "What could have been known",
    "alarms": "The messages, as an alarm system",
    "worth": "What each action was worth",
    "earlier": "Minutes earlier",
    "safeguards": "With that control",
    "par": "Beside others",
    "ladder": "What happened when",
    "luck": "Luck or judgement",
}
"""The sections of a whole debrief by their ids, in order; what is not there yet is coming."""


def page_of(found: Debrief) -> Page:
    """A debrief as a page, as far as it has come."""
    header = found.header
    return Page(
        title=f"Debrief: {found.scenario.title}",
        subtitle=(
            f"{visible(found.name)}, played by {player_of(header)}, seed {header.seed}, "
            f"mode {header.mode}"
        ),
        warnings=found.notes,
        sections=tuple(_sections(found)),
        under=(
            f"Control Room {__version__}. Computed from the journal and from forks of it; nothing "
            "else is stored. What was not played is the model's estimate, and the model is a "
            "model: docs/model.md says what is in it and what is not. Whoever was in the room knew "
            "less than this page."
        ),
    )


def _sections(found: Debrief) -> list[Section]:
    first = found.first
    if first is None:
        return [journal_section(found)]
    sections = [
        story_section(found, first),
        times_section(found, first),
        phases_section(found, first),
        money_section(found, first),
        cues_section(found, first),
        alarms_section(found, first),
    ]
    sections += [
        section(found, first)
        for section, there in (
            (worth_section, found.worths),
            (earlier_section, found.earlier),
            (safeguards_section, found.safeguards),
            (par_section, found.par),
            (ladder_section, found.par),
        )
        if there is not None
    ]
    sections.append(luck_section(found, first))
    if not found.complete:
        sections.append(_more_to_come(first))
    return sections


def _more_to_come(first: First) -> Section:
    del first  # nothing of it is told here
    blocks: tuple[Block, ...] = (
        Text("This debrief was left before everything in it had been computed."),
    )
    return Section("unfinished", "Not finished", blocks)
