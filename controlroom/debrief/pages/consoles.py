"""Two consoles on the same events: what a modern one would have said, and when somebody acted."""

from __future__ import annotations

from controlroom.debrief.consoles import Beside
from controlroom.debrief.pages.blocks import Block, Cell, Table, Text, Tone, moment
from controlroom.debrief.whole import Debrief, First
from controlroom.debrief.words import span
from controlroom.scenario import visible
from controlroom.sim.clock import Day
from controlroom.sim.start import Console
from controlroom.sim.tasks import counted

_TONES = {1: Tone.BAD, 2: Tone.PLAIN, 3: Tone.QUIET}
_PRIORITY = {1: "high", 2: "medium", 3: "low"}


def consoles_blocks(found: Debrief, first: First) -> tuple[Block, ...]:
    """The modern console's alarms beside the firm's own screens and what was done.

    They stand under the messages, which are the alarm system that there was.
    """
    consoles, day = first.consoles, found.scenario.day
    if consoles is None:
        return ()
    if not consoles.items:
        return (Text("A modern console would have raised no alarm in this run."),)
    rows = tuple(
        (
            moment(day, item.step),
            Cell(_PRIORITY[item.priority], _TONES[item.priority]),
            Cell(visible(item.text)),
            Cell(visible(item.as_was), Tone.QUIET),
            Cell(visible(_done(item, day))),
        )
        for item in consoles.items
    )
    head = ("alarm at", "priority", "the modern console", "the firm's own screens", "in this run")
    return (
        Text(_said(consoles.items, consoles.played, day)),
        Table(head, rows),
        Text(
            "The alarms are computed from the same counters by limits of this program "
            "(reconstructed), whichever console was shown. That the firm's screens raised no alert "
            "and showed no limit is documented (P ¶19, ¶25); how they looked is reconstructed.",
            quiet=True,
        ),
    )


def _said(items: tuple[Beside, ...], played: str, day: Day) -> str:
    """The first alarms and what became of them, in sentences."""
    on = f"This run was played on the {played} console."
    verb = "raised" if played == Console.MODERN else "would have raised"
    said = f"{on} A modern one {verb} {counted(len(items), 'alarm')}; the first at "
    said += f"{day.text(items[0].step)}: {visible(items[0].text)}."
    high = next((item for item in items if item.priority == 1 and item.act), None)
    if high is not None and high.acted is not None:
        said += (
            f" The first of high priority that was answered came at {day.text(high.step)}: "
            f"{visible(high.text)}; the answer, {visible(high.act)}, was given at "
            f"{day.text(high.acted)}, {span(high.acted - high.step)} later."
        )
    return said


def _done(item: Beside, day: Day) -> str:
    """When somebody looked and when somebody acted."""
    looked = f"looked at {day.text(item.looked)}" if item.looked is not None else "never looked at"
    if item.acted is None:
        return f"{looked}; nothing was done about it"
    later = span(item.acted - item.step)
    return f"{looked}; {item.act} at {day.text(item.acted)}, {later} after the alarm"
