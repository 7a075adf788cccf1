"""The first page: what happened, in a few figures, a few sentences and one drawing."""

from __future__ import annotations

from typing import Final

from controlroom.debrief.cues import Cues
from controlroom.debrief.curve import Curve
from controlroom.debrief.pages.blocks import (
    Band,
    Block,
    Cell,
    Figures,
    Ladder,
    Line,
    Lines,
    Mark,
    Points,
    Rung,
    Section,
    Table,
    Text,
    Tone,
    moment,
)
from controlroom.debrief.pages.cost import role_of
from controlroom.debrief.par import HISTORY, YOU, Par
from controlroom.debrief.whole import Debrief, First
from controlroom.debrief.words import percent, span, usd
from controlroom.runs.results import truth_of, why_quiet
from controlroom.scenario import visible
from controlroom.sim.clock import STEPS_PER_MINUTE, Day
from controlroom.sim.start import Evidence
from controlroom.sim.tasks import counted

MOST_MARKS: Final = 9
"""Actions that are marked on the chart."""


def story_section(found: Debrief, first: First) -> Section:
    """What happened."""
    chart, numbered = _chart(found, first)
    blocks: list[Block] = [_figures(found, first), Points(tuple(_sentences(found, first)))]
    if chart:
        blocks.append(chart)
    if numbered:
        blocks.append(numbered)
    return Section("story", "What happened", tuple(blocks))


def _figures(found: Debrief, first: First) -> Figures:
    money, times, text = first.money, first.times, found.scenario.day.text
    flow, stopped = times.step("flow"), times.step("contained")
    action = times.step("action")
    share = f"{percent(money.loss / money.capital)} of the firm's cash" if money.loss > 0 else ""
    loss = "gain" if money.loss < 0 else "loss"
    loss += "" if money.flat else ", if everything were sold now"
    flowed = "never" if flow is None else "still" if stopped is None else span(stopped - flow)
    until = f"until {text(stopped)}" if stopped is not None else ""
    gross = first.result.gross_peak_usd
    return Figures(
        (
            (loss, Cell(usd(abs(money.loss)), Tone.BAD if money.loss > 0 else Tone.GOOD), share),
            ("the flow ran", Cell(flowed), until),
            ("first action", Cell(text(action) if action is not None else "none"), ""),
            ("largest position", Cell(usd(gross)), f"{first.result.stocks:,} stocks"),
        )
    )


def _sentences(found: Debrief, first: First) -> list[str]:
    """What the sections say, in a sentence each, as far as they are there."""
    text, times, cues = found.scenario.day.text, first.times, first.cues
    told = [visible(sentence) for sentence in truth_of(found.scenario)]
    told += [visible(sentence) for sentence in why_quiet(first.result, found.scenario)]
    shown, opened = times.step("cue-shown"), times.step("cue-opened")
    if shown is not None:
        looked = "none was ever looked at"
        if opened is not None:
            looked = f"the first look at one came at {text(opened)}"
        told.append(
            f"The first cue was put before the seat at {text(shown)}; {looked}. "
            f"{_used(cues)} used in time."
        )
    worst = max(first.money.phases, key=lambda pair: pair[1], default=None)
    if worst and worst[1] > 0:
        told.append(f"The dearest phase was “{worst[0].value}”: {usd(worst[1])}.")
    decisive = found.worths.decisive if found.worths else None
    if decisive:
        told.append(
            f"The decisive action was “{visible(decisive.action.label)}” at "
            f"{text(decisive.action.begin)}; by {text(decisive.horizon)} it had saved "
            f"{usd(decisive.worth)}, as the model has it."
        )
    if found.earlier and len(found.earlier.done) > 1:
        own, *others = found.earlier.done
        five = min(others, key=lambda shift: abs(shift.steps - 5 * STEPS_PER_MINUTE))
        told.append(
            f"Taken {span(five.steps)} earlier it would have saved another "
            f"{usd(own.loss - five.loss)}."
        )
    if found.safeguards:
        best = next((item for item in found.safeguards.items if item.loss is not None), None)
        if best and best.loss is not None and best.loss < found.safeguards.loss:
            told.append(
                f"The same commands with the safeguard “{best.title}” ({best.source}) come to "
                f"{usd(best.loss)} instead of {usd(found.safeguards.loss)}."
            )
    if found.par:
        best_player, record = found.par.player(found.par.best), found.par.record
        history = found.par.player(record)
        told.append(
            f"From the same start, {record} comes to {usd(history.loss)} in this model and the "
            f"best policy known, {best_player.name}, to {usd(best_player.loss)}."
        )
    return told


def _used(cues: Cues) -> str:
    """`1 of 14 cues was`."""
    return f"{cues.used} of {counted(len(cues.seen), 'cue')} {'was' if cues.used == 1 else 'were'}"


def _chart(found: Debrief, first: First) -> tuple[Lines | None, Table | None]:
    """The losses of this run, of history and of the best policy known."""
    day, par = found.scenario.day, found.par
    own = par.own if par else None
    ends = [first.times.step("contained")]
    if par:
        shown = (par.record, par.best)
        ends += [player.contained for player in par.players if player.name in shown]
    known = [step for step in ends if step is not None]
    if own is None or par is None or not known:
        return None, None
    begin, end = day.open_step - 5 * STEPS_PER_MINUTE, max(known) + 15 * STEPS_PER_MINUTE
    best, history = par.player(par.best), par.player(par.record)
    lines = [_line(f"best known: {best.name}", "best", best.curve, begin, end)]
    if found.header.policy != "reference":
        lines.append(_line(par.record, "history", history.curve, begin, end))
    lines.append(_line("this run", "you", own, begin, end))
    decisions = [item for item in first.money.decisions if begin <= item.step <= end]
    marks = tuple(
        Mark(item.step, item.loss, str(number))
        for number, item in enumerate(decisions[:MOST_MARKS], 1)
    )
    bands = tuple(
        Band(max(item.begin, begin), min(item.end, end), item.phase.value, role_of(item.phase))
        for item in first.money.stretches
        if item.begin < end
    )
    chart = Lines(
        title="Loss to get flat",
        lines=tuple(lines),
        marks=marks,
        bands=bands,
        ticks=_ticks(day, begin, end),
        under=first.fairness.line(len(lines)),
    )
    rows = tuple(
        (
            Cell(str(number), number=True),
            moment(day, item.step),
            Cell(visible(item.label)),
            Cell(usd(item.loss), number=True),
            Cell(usd(item.minute), number=True),
        )
        for number, item in enumerate(decisions[:MOST_MARKS], 1)
    )
    head = ("no.", "time", "decision", "loss by then", "the next minute cost")
    return chart, Table(head, rows) if rows else None


def _line(name: str, role: str, curve: Curve, begin: int, end: int) -> Line:
    """A curve between two steps, with its last word."""
    points = [(float(begin), 0.0)]
    points += [
        (float(point.step), float(point.loss))
        for point in curve.points
        if begin <= point.step <= end
    ]
    until = min(end, max(curve.end, begin))
    if points[-1][0] < until:
        points.append((float(until), float(curve.at(until))))
    last = usd(int(points[-1][1]))
    if curve.end > end and curve.final != int(points[-1][1]):
        last += f", in the end {usd(curve.final)}"
    return Line(name, role, tuple(points), last)


def _ticks(day: Day, begin: int, end: int) -> tuple[tuple[float, str], ...]:
    minutes = (end - begin) // STEPS_PER_MINUTE
    every = next((size for size in (5, 10, 15, 30, 60) if minutes / size <= 8), 120)
    first = begin + -begin % (every * STEPS_PER_MINUTE)
    return tuple(
        (float(step), day.text(step)[:5])
        for step in range(first, end + 1, every * STEPS_PER_MINUTE)
    )


def ladder_section(found: Debrief, first: First) -> Section:
    """What happened when: this run, history and the best policy known beside each other."""
    par = found.par
    if par is None:
        return Section("ladder", "What happened when", ())
    lanes = (("you", "this run"), ("history", par.record), ("best", par.best))
    documented = sum(rung.evidence is Evidence.DOCUMENTED for rung in par.ladder)
    note = (
        "What was played here has a square ▪."
        if par.record != HISTORY
        else (
            f"A full mark ● is documented ({documented} moments), a hollow one ○ is reconstructed: "
            "the act or its minute is a choice. What was played here has a square ▪."
        )
    )
    return Section(
        "ladder",
        "What happened when",
        (Text(note, quiet=True), _ladder(par, found.scenario.day, lanes, first)),
    )


def _ladder(par: Par, day: Day, lanes: tuple[tuple[str, str], ...], first: First) -> Ladder:
    lane = {YOU: "you", par.record: "history", par.best: "best"}
    names = dict(lanes)
    rungs = tuple(
        Rung(
            clock=day.text(item.step),
            lane=lane[item.whose],
            whose=names[lane[item.whose]],
            text=visible(item.text),
            evidence=item.evidence,
            source=visible(item.source),
            step=item.step,
        )
        for item in par.ladder
    )
    return Ladder(lanes, rungs, first.fairness.line(3))
