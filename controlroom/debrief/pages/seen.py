"""What was to be seen: cues, and the messages among which they came."""

from __future__ import annotations

from controlroom.debrief.cues import Seen, Use
from controlroom.debrief.pages.blocks import (
    Block,
    Cell,
    Columns,
    Points,
    Section,
    Table,
    Text,
    Tone,
    moment,
)
from controlroom.debrief.pages.consoles import consoles_blocks
from controlroom.debrief.whole import Debrief, First
from controlroom.debrief.words import percent
from controlroom.scenario import visible
from controlroom.sim.alerts import FLOOD_WINDOW
from controlroom.sim.tasks import counted

_TONES = {
    Use.NEVER_SHOWN: Tone.QUIET,
    Use.NOT_OPENED: Tone.BAD,
    Use.NOT_USED: Tone.BAD,
    Use.LATE: Tone.BAD,
    Use.USED: Tone.GOOD,
}


def cues_section(found: Debrief, first: First) -> Section:
    """What could not have been known, then what became of each cue."""
    cues, day = first.cues, found.scenario.day
    text = day.text
    blocks: list[Block] = []
    unknowable = [*cues.unknowable]
    unknowable += [_absent(item, text) for item in cues.absent]
    if unknowable:
        blocks += [Text("What could not have been known:"), Points(tuple(unknowable))]
    if not cues.seen:
        blocks.append(Text("The scenario names no cue that was there in this run."))
        return Section("cues", "What could have been known", tuple(blocks))

    rows = tuple(
        (
            Cell(item.cue.text),
            Cell(item.cue.instrument.value, Tone.QUIET),
            moment(day, item.available),
            moment(day, item.shown),
            moment(day, item.opened),
            Cell(f"{text(item.used)} {visible(item.answer)}", step=item.used)
            if item.used is not None
            else moment(day, None),
            Cell(item.use.value if item.use else "", _TONES[item.use] if item.use else Tone.QUIET),
        )
        for item in cues.seen
    )
    head = ("cue", "where", "there", "shown", "opened", "answered", "what became of it")
    recall = percent(cues.recall) if cues.recall is not None else "–"
    precision = percent(cues.precision) if cues.precision is not None else "–"
    blocks += [
        Table(head, rows, first.fairness.line()),
        Text(
            f"Recall {recall}: {cues.used} of {counted(len(cues.seen), 'cue')} used in time. "
            f"Precision {precision}: {cues.fruitful} of {counted(cues.looks, 'look')} held a cue. "
            "Cues that came when it was over do not count."
        ),
    ]
    return Section("cues", "What could have been known", tuple(blocks))


def _absent(item: Seen, text: object) -> str:
    """A cue that was of no use, because it never came or came too late."""
    if item.available is None or not callable(text):
        return f"In this run it never came to this: {item.cue.text}"
    return f"Only when it was over, at {text(item.available)}: {item.cue.text}"


def alarms_section(found: Debrief, first: First) -> Section:
    """The messages against the reference values of alarm management."""
    alarms, text = first.alarms, found.scenario.day.text
    every = max(len(alarms.windows) // 6, 1)
    ticks = tuple(
        (place, text(min(alarms.begin + place * FLOOD_WINDOW, found.scenario.day.end_step))[:5])
        for place in range(0, len(alarms.windows), every)
    )
    chart = Columns(
        title="Messages in each ten minutes",
        counts=alarms.windows,
        ticks=ticks,
        limit=(10, "above 10: a flood (ISA-18.2)"),
        under=first.fairness.line(),
    )
    rows = tuple(
        (
            Cell(gauge.label),
            Cell(
                gauge.shown,
                Tone.PLAIN if gauge.within is None else Tone.GOOD if gauge.within else Tone.BAD,
                number=True,
            ),
            Cell({None: "–", True: "within", False: "beyond"}[gauge.within]),
            Cell(gauge.reference, Tone.QUIET),
            Cell(gauge.source, Tone.QUIET),
        )
        for gauge in alarms.gauges
    )
    head = ("measure", "this run", "", "reference value", "source of that")
    return Section(
        "alarms",
        "The messages, as an alarm system",
        (
            Text(
                f"{alarms.count:,} messages from {text(alarms.begin)} to {text(alarms.end)}: mail, "
                "calls and alarms, which one person had to tell apart. The reference values are "
                "meant for one operator's alarms in a plant; a mailbox that carries alarms is held "
                "to them, and they are given as open sources quote the standards.",
                quiet=True,
            ),
            chart,
            Table(head, rows),
            *consoles_blocks(found, first),
        ),
    )
