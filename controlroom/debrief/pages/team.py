"""The after-action report of a drill: for the team, and for a seat by itself."""

from __future__ import annotations

from typing import Final

from controlroom import __version__
from controlroom.debrief.fairness import forked_from
from controlroom.debrief.pages.blocks import (
    Blank,
    Block,
    Cell,
    Page,
    Points,
    Section,
    Table,
    Text,
    Tone,
    moment,
)
from controlroom.debrief.pages.cost import phases_section, times_section
from controlroom.debrief.pages.seen import cues_section
from controlroom.debrief.pages.story import story_section
from controlroom.debrief.team import Goal, Heard, Team, own_of, parts_of, team_of
from controlroom.debrief.team_moments import Key
from controlroom.debrief.whole import Debrief
from controlroom.debrief.words import span
from controlroom.runs.improvements import COLUMNS
from controlroom.scenario import visible
from controlroom.sim.clock import Day
from controlroom.sim.drill import Carried
from controlroom.sim.tasks import counted

_STATES: Final = {"met": Tone.GOOD, "missed": Tone.BAD, "open": Tone.QUIET}


def team_page(found: Debrief) -> Page:
    """The report of the team.

    Raises:
        NoDrillError: when the run is no drill.
    """
    team = team_of(found)
    _, first, _ = parts_of(found)
    day = found.scenario.day
    return Page(
        title=f"After-action report: {found.scenario.title}",
        subtitle=f"{_which(found)}; seats: {', '.join(team.taken)}",
        warnings=found.notes,
        sections=(
            _moments(team.keys, day),
            _goals(team.goals, day),
            *_carried(team.carried, day),
            _talk(team.heard, day),
            story_section(found, first),
            times_section(found, first),
            phases_section(found, first),
            cues_section(found, first),
            _improvements(),
        ),
        under=(
            f"Control Room {__version__}. Computed from the journal. Whoever was in the room knew "
            "less than this page. What a seat wrote and answered is in its own report only."
        ),
    )


def _which(found: Debrief) -> str:
    """Which run it is, and from where the team went back for it."""
    said = f"{visible(found.name)}, seed {found.header.seed}"
    before = forked_from(found.header, found.scenario)
    return f"{said}, begun anew from {before}" if before else said


def _moments(keys: tuple[Key, ...], day: Day) -> Section:
    blocks: list[Block] = [
        Text(
            "Show each in the replay, ask, and let those answer first who were at the desk. Write "
            "the answers down before you read on.",
            quiet=True,
        )
    ]
    for number, key in enumerate(keys, 1):
        cell = moment(day, key.step)
        head = ("no.", "time", "moment", "what happened")
        row = (Cell(str(number), number=True), cell, Cell(key.label), Cell(key.text))
        blocks += [Table(head, (row,)), Blank(key.question, 3)]
    return Section("moments", "Moments to talk about", tuple(blocks))


def _goals(goals: tuple[Goal, ...], day: Day) -> Section:
    rows = tuple(
        (Cell(goal.text), Cell(goal.state, _STATES[goal.state]), moment(day, goal.step))
        for goal in goals
    )
    met = sum(goal.state == "met" for goal in goals)
    text = Text(f"{met} of {counted(len(goals), 'objective')} met.")
    return Section("objectives", "Objectives", (text, Table(("objective", "", "time"), rows)))


def _carried(carried: tuple[Carried, ...], day: Day) -> tuple[Section, ...]:
    """What was decided after an earlier drill; there need not be any."""
    if not carried:
        return ()
    rows = tuple(
        (
            Cell(visible(one.what)),
            Cell(visible(one.owner)),
            Cell(visible(one.date)),
            Cell(*_SHOWED[one.showed]),
            moment(day, one.step if one.step >= 0 else None),
        )
        for one in carried
    )
    head = ("improvement", "owner", "date", "did it show?", "time")
    blocks: tuple[Block, ...] = (
        Text("Decided after an earlier drill. What did not show yet is in improvements.csv again."),
        Table(head, rows),
        Blank("What made it show, or kept it from showing?", 2),
    )
    return (Section("carried", "From the drill before", blocks),)


_SHOWED: Final = {
    "yes": ("yes", Tone.GOOD),
    "no": ("no", Tone.BAD),
    "": ("nobody said", Tone.QUIET),
}


def _talk(heard: tuple[Heard, ...], day: Day) -> Section:
    open_ = [one for one in heard if one.missing]
    blocks: list[Block] = [
        Text(f"{counted(len(heard), 'message')} between seats; {len(open_)} not acknowledged.")
    ]
    if open_:
        rows = tuple(
            (
                moment(day, one.message.step),
                Cell(f"{one.message.seat} → {one.message.to}"),
                Cell(visible(one.message.text)),
                Cell(", ".join(one.missing)),
            )
            for one in open_
        )
        blocks.append(Table(("time", "who to whom", "what", "no word from"), rows))
    return Section("talk", "What was said, and heard", tuple(blocks))


def _improvements() -> Section:
    text = "Three, for your own systems. The same columns are in improvements.csv."
    blanks = tuple(Blank(f"Improvement {number}: what, who, by when", 2) for number in (1, 2, 3))
    return Section("improvements", "Improvements", (Text(text), *blanks))


def improvements(team: Team, day: Day) -> list[list[str]]:
    """The rows of `improvements.csv`: what the run has shown, and room for what to do about it."""
    evidence = [
        f"{day.text(key.step)} {key.label.lower()}: {key.text}"
        for key in team.keys
        if key.step is not None and key.id not in ("first-cue", "contained")
    ]
    evidence += [f"objective missed: {goal.text}" for goal in team.goals if goal.state == "missed"]
    again = [
        [one.what, one.owner, one.date, "from an earlier drill; it has not shown in this one"]
        for one in team.carried
        if one.showed != "yes"
    ]
    rows = [*again, *(["", "", "", text] for text in evidence)]
    while len(rows) < 3:
        rows.append([""] * len(COLUMNS))
    return [list(COLUMNS), *rows]


def seat_page(found: Debrief, seat: str) -> Page:
    """The report of one seat, for whoever sat there.

    Raises:
        NoDrillError: when the run is no drill, or has no such seat.
    """
    own, day = own_of(found, seat), found.scenario.day
    deeds = tuple(
        (
            moment(day, deed.step),
            Cell(visible(deed.text)),
            Cell(visible(deed.refused or (deed.lines[0] if deed.lines else "")), Tone.QUIET),
        )
        for deed in own.deeds
    )
    told = tuple(
        (
            moment(day, one.message.step),
            Cell(one.message.seat),
            Cell(visible(one.message.text)),
            Cell("no" if seat in one.missing else "yes"),
        )
        for one in own.told
    )
    written = tuple(
        (moment(day, step), Cell(kind), Cell(visible(text))) for step, kind, text in own.written
    )
    refused = sum(bool(deed.refused) for deed in own.deeds)
    points = [f"{counted(len(own.deeds), 'command')}, {refused} refused."]
    if own.quiet:
        begin, end = own.quiet
        points.append(f"Longest without a command: {span(end - begin)}, from {day.text(begin)}.")
    sections = [
        Section("own", "In short", (Points(tuple(points)),)),
        Section("done", "What you did", (Table(("time", "what", "answer"), deeds),)),
        Section(
            "told",
            "What you were told",
            (Table(("time", "by", "what", "acknowledged"), told),),
        ),
        Section("written", "What you wrote", (Table(("time", "", "what"), written),)),
        Section(
            "keep",
            "For yourself",
            (Blank("What would you do again?", 2), Blank("What would you do otherwise?", 2)),
        ),
    ]
    return Page(
        title=f"Your own report: {seat}",
        subtitle=f"{visible(found.name)}, {found.scenario.title}",
        warnings=found.notes,
        sections=tuple(sections),
        under=f"Control Room {__version__}. For whoever sat here; nobody else needs it.",
    )
