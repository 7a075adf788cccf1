"""What other runs tell about this one. Everything here is the model's estimate, and says so."""

from __future__ import annotations

from typing import Final

import attrs

from controlroom.debrief.actions import Verdict
from controlroom.debrief.pages.blocks import (
    Bars,
    Block,
    Cell,
    Section,
    Spread,
    Steps,
    Table,
    Text,
    Tone,
    moment,
)
from controlroom.debrief.par import HISTORY, Par
from controlroom.debrief.whole import Debrief, First
from controlroom.debrief.words import change, percent, span, usd
from controlroom.debrief.worth import Worth
from controlroom.scenario import visible
from controlroom.sim.clock import STEPS_PER_MINUTE
from controlroom.sim.tasks import counted

ESTIMATE: Final = "Model estimate: "

MOST_BARS: Final = 14


def worth_section(found: Debrief, first: First) -> Section:
    """What each action was worth."""
    worths, text = found.worths, found.scenario.day.text
    title = "What each action was worth"
    if worths is None or not worths.items:
        return Section("worth", title, (Text("Nothing was done that could be left out."),))
    told = [item for item in worths.items if not item.note]
    rows = tuple(
        (
            f"{text(item.action.begin)[:5]} {visible(item.action.label)}",
            item.worth,
            _worth_tone(item),
        )
        for item in told[:MOST_BARS]
    )
    table = Table(
        ("time", "action", "loss with it", "loss without it", "worth", ""),
        tuple(
            (
                moment(found.scenario.day, item.action.begin),
                Cell(visible(item.action.label)),
                Cell(usd(item.with_it), number=True),
                Cell(usd(item.without), number=True),
                Cell(change(item.worth), _worth_tone(item), number=True),
                Cell(item.note or _judged(item), Tone.QUIET),
            )
            for item in worths.items
        ),
    )
    blocks: list[Block] = [
        Text(
            f"{ESTIMATE}the run again without the action, everything else as it was, compared by "
            f"the loss to get flat at {text(worths.horizon)}; what was done about positions, at "
            "the end of the run. Above zero it saved money, below it cost some; less than 2 % of "
            "the loss is hardly any difference."
        )
    ]
    if rows:
        under = first.fairness.line(len(told) + 1)
        blocks.append(Bars("What leaving it out would have cost", rows, None, under))
    blocks.append(table)
    if worths.everything:
        blocks.append(
            Text(
                "With nothing done at all by then the loss would be "
                f"{usd(worths.everything.without)}; all actions together were worth "
                f"{usd(worths.everything.worth)}. Two that do the same thing each look worthless "
                "alone, since the other remains."
            )
        )
    if worths.left:
        left = counted(worths.left, "later action")
        blocks.append(Text(f"{left} were not looked at.", quiet=True))
    return Section("worth", title, tuple(blocks))


def _tone(worth: int) -> Tone:
    return Tone.GOOD if worth > 0 else Tone.BAD if worth < 0 else Tone.QUIET


def _worth_tone(worth: Worth) -> Tone:
    return Tone.QUIET if worth.slight else _tone(worth.worth)


def _judged(worth: Worth) -> str:
    """What hindsight says of an action, and whether it mattered."""
    judged = {
        Verdict.NEITHER: "",
        Verdict.RIGHT: "stops what burns",
        Verdict.WRONG: "follows from a wrong hypothesis",
    }[worth.action.verdict]
    slight = "hardly any difference" if worth.slight else ""
    chance = ""
    if worth.by_chance:
        chance = f"{worth.more:,} more unwanted executions, whose buys and sells evened out"
    return "; ".join(filter(None, (judged, slight, chance)))


def earlier_section(found: Debrief, first: First) -> Section:
    """What acting earlier would have been worth."""
    earlier, text = found.earlier, found.scenario.day.text
    title = "Minutes earlier"
    if earlier is None:
        return Section("earlier", title, ())
    if len(earlier.shifts) < 2 or earlier.shown is None:
        return Section("earlier", title, (Text(earlier.note),))
    own = earlier.shifts[0].loss
    points = tuple(
        (shift.steps / STEPS_PER_MINUTE, _minutes(shift.steps), shift.loss)
        for shift in earlier.done
    )
    rows = tuple(
        (
            Cell(span(shift.steps) if shift.steps else "as it was", number=True),
            moment(found.scenario.day, earlier.taken - shift.steps),
            Cell("refused" if shift.refused else usd(shift.loss), number=True),
            Cell(usd(own - shift.loss) if shift.steps and not shift.refused else "", number=True),
        )
        for shift in earlier.shifts
    )
    refused = " Where it says refused, leave for it was not to be had yet." * (
        len(earlier.done) < len(earlier.shifts)
    )
    with_it = f", with “{visible(earlier.together)}” before it," if earlier.together else ""
    edge = "leave" if refused else f"cue shown {text(earlier.shown)[:5]}"
    drawn = Steps(
        f"Loss to get flat at {text(earlier.horizon)}, by minutes earlier",
        points,
        edge,
        first.fairness.line(len(points)),
    )
    return Section(
        "earlier",
        title,
        (
            Text(
                f"{ESTIMATE}“{visible(earlier.action)}”{with_it} moved forward from "
                f"{text(earlier.taken)}, everything else as it was. It is not moved before "
                f"{text(earlier.shown)}, when the cue that justifies it had been shown: "
                f"{earlier.cue}{refused}"
            ),
            *((drawn,) if len(points) > 1 else ()),
            Table(("earlier by", "taken at", "loss", "saved"), rows),
        ),
    )


def _minutes(steps: int) -> str:
    return f"{steps / STEPS_PER_MINUTE:.0f}"


def safeguards_section(found: Debrief, first: First) -> Section:
    """The run's own commands with each safeguard switched on."""
    guards, text = found.safeguards, found.scenario.day.text
    title = "With that control"
    if guards is None or not guards.items:
        return Section("safeguards", title, (Text("The scenario has no safeguards."),))
    acting = [item for item in guards.items if item.loss is not None]
    bars = Bars(
        f"Loss to get flat at {text(guards.horizon)}, with one safeguard more",
        tuple((item.id, item.loss or 0, Tone.PLAIN) for item in acting),
        (guards.loss, "this run"),
        first.fairness.line(len(acting) + 1),
    )
    rows = tuple(
        (
            Cell(item.title),
            Cell(item.source, Tone.QUIET),
            Cell(usd(item.loss), number=True) if item.loss is not None else Cell("–", Tone.QUIET),
            Cell(
                change(guards.loss - item.loss) if item.loss is not None else "",
                _tone(guards.loss - item.loss) if item.loss is not None else Tone.QUIET,
                number=True,
            ),
            Cell(item.note, Tone.QUIET),
        )
        for item in guards.items
    )
    head = ("safeguard that was missing", "found missing in", "loss", "worth", "")
    return Section(
        "safeguards",
        title,
        (
            Text(
                f"{ESTIMATE}the same commands at the same steps, with each safeguard of the "
                "scenario switched on by itself. Some act; the others only inform, and the same "
                "commands make no use of it: for those it is told what they would have shown."
            ),
            bars,
            Table(head, rows),
        ),
    )


def par_section(found: Debrief, first: First) -> Section:
    """History and the scripted players beside this run."""
    par, day = found.par, found.scenario.day
    if par is None:
        return Section("par", "Par", ())

    own = (
        Cell("this run"),
        Cell(usd(first.money.loss), number=True),
        moment(day, first.times.step("action")),
        moment(day, first.times.step("contained")),
        Cell(f"{first.money.lost_orders:,}", number=True),
        Cell(usd(first.money.commission), number=True),
    )
    others = tuple(
        (
            Cell(f"{player.name} (best known)" if player.name == par.best else player.name),
            Cell(usd(player.loss), number=True),
            attrs.evolve(moment(day, player.first_action), step=None),
            attrs.evolve(moment(day, player.contained), step=None),
            Cell(f"{player.lost_orders:,}", number=True),
            Cell(usd(player.commission), number=True),
        )
        for player in par.players
    )
    recorded = next((fact for fact in found.scenario.facts if fact.id == "loss_usd"), None)
    note = (
        f" On record for history: {recorded.text} [{recorded.evidence.value} {recorded.source}]."
        if recorded
        else ""
    )
    head = ("who", "loss", "first action", "contained", "client orders lost", "commission on them")
    return Section(
        "par",
        "Beside others",
        (
            Text(
                f"{ESTIMATE}the same start and seed, played {_by(par)} and by scripted players "
                "who know what a screen shows." + note
            ),
            Table(head, (own, *others), first.fairness.line(len(others) + 1)),
        ),
    )


def _by(par: Par) -> str:
    """By whom the run that others are compared with was played."""
    if par.record == HISTORY:
        return f"to the end by history's commands (“{HISTORY}”)"
    return f"for an hour after the bell without a command (“{par.record}”)"


def luck_section(found: Debrief, first: First) -> Section:
    """The same commands under other seeds."""
    luck, text = found.luck, found.scenario.day.text
    title = "Luck or judgement"
    if luck is None or len(luck.losses) < 2:
        told = Text(
            "Not computed. With --seeds 200 the same commands are played under 200 other seeds, "
            "which takes some minutes.",
            quiet=True,
        )
        return Section("luck", title, (told,))
    low, high = luck.quantile(0.05), luck.quantile(0.95)
    less = percent(luck.place)
    played = f"{len(luck.losses):,} of {luck.asked:,}" if luck.waiting else f"{luck.asked:,}"
    blocks: list[Block] = [
        Text(
            f"{ESTIMATE}the same commands at the same steps under {played} other seeds, compared "
            f"by the loss to get flat at {text(luck.horizon)}. Nine in ten come to between "
            f"{usd(low)} and {usd(high)}; {less} of them lost less than this run."
        ),
        Spread(
            "Losses of the same commands under other seeds",
            luck.losses,
            luck.own,
            low,
            high,
            first.fairness.line(len(luck.losses) + 1),
        ),
        Text(_luck_or_judgement(found, low, high)),
    ]
    return Section("luck", title, tuple(blocks))


def _luck_or_judgement(found: Debrief, low: int, high: int) -> str:
    """What chance could do, beside what the decisive action did."""
    width = high - low
    decisive = found.worths.decisive if found.worths else None
    said = f"Chance alone moves the outcome by {usd(width)} from the 5th to the 95th in a hundred."
    if decisive is None:
        return said
    if decisive.worth > width:
        return (
            f"{said} “{visible(decisive.action.label)}” moved it by {usd(decisive.worth)}: what "
            "was done mattered more than luck."
        )
    return (
        f"{said} “{visible(decisive.action.label)}” moved it by {usd(decisive.worth)}: luck can do "
        "as much."
    )
