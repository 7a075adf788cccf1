"""A result in words and figures, beside what history says."""

from __future__ import annotations

from typing import Final

import attrs

from controlroom.sim.faults import fault_of
from controlroom.sim.faults.filling import filled, names
from controlroom.sim.result import Result
from controlroom.sim.start import Scenario

LABELS: Final = {
    "loss_usd": "loss when flat",
    "contained_at": "contained at",
    "executions": "unwanted executions",
    "shares": "shares",
    "stocks": "stocks",
    "stocks_long": "stocks net long",
    "stocks_short": "stocks net short",
    "net_long_usd": "net long",
    "net_short_usd": "net short",
    "gross_peak_usd": "largest gross position",
    "stocks_over_20pct_5pct": "stocks over 20 % of volume and 5 % move",
    "stocks_over_50pct_10pct": "of those over 50 % and 10 %",
    "reject_mails_before_open": "reject mails before the open",
    "power_peg_parents": "parents handled by Power Peg",
    "child_orders": "child orders",
    "loss_fair_usd": "loss at fair value",
    "loss_marked_usd": "loss at the last mid",
    "delayed_orders": "client orders that waited",
    "lost_orders": "client orders that went elsewhere",
    "commission_lost_usd": "commission lost on them",
    "hints": "hints taken",
    "first_command_at": "first command that did more than look",
    "declared_at": "incident declared at",
}
"""The figures that people are shown, in order, with their words."""


_WITH_BASKET: Final = frozenset(
    {
        "stocks",
        "stocks_long",
        "stocks_short",
        "net_long_usd",
        "net_short_usd",
        "stocks_over_20pct_5pct",
        "stocks_over_50pct_10pct",
    }
)
"""Figures that a client's basket goes into as well, and that say nothing of a riddle."""


@attrs.frozen
class Row:
    """A line of a result.

    Attributes:
        id: field of the result.
        label: what it is.
        value: as people read it.
        history: what is on record, or empty.
        tag: whether that is documented, and where.
    """

    id: str
    label: str
    value: str
    history: str
    tag: str


def result_values(result: Result) -> dict[str, object]:
    """Every figure of a result by its name, ready for JSON."""
    values = attrs.asdict(result)
    values["stale_parents"] = dict(result.stale_parents)
    values["safeguards"] = [attrs.asdict(deed) for deed in result.safeguards]
    return values


def result_rows(result: Result, scenario: Scenario) -> tuple[Row, ...]:
    """The figures that people are shown, with what history says about each."""
    facts = {fact.id: fact for fact in scenario.facts}
    rows = []
    for name, label in LABELS.items():
        if scenario.drawn is not None and name in _WITH_BASKET:
            continue
        fact = facts.get(name)
        at = scenario.day.text(fact.step) if fact and fact.step is not None else ""
        rows.append(
            Row(
                id=name,
                label=_named(_label(name, result) or label, scenario),
                value=_value(name, result),
                history=f"{at} {fact.text}".strip() if fact else "",
                tag=f"{fact.evidence.value} {fact.source}" if fact else "",
            )
        )
    return tuple(rows)


def _named(label: str, scenario: Scenario) -> str:
    """A label in the words of the firm."""
    return label.replace("Power Peg", scenario.names.old_path)


def _label(name: str, result: Result) -> str:
    """What a figure is where its usual words would say too much; empty where they do not."""
    if name == "loss_usd" and not result.flat:
        return "loss if everything were sold now"
    if name == "executions" and result.executions and not result.ran_away:
        return "executions by Power Peg, all ordered"
    return ""


def _value(name: str, result: Result) -> str:
    """A figure as people read it; a run that never ran away was not contained either."""
    if name == "contained_at" and not result.ran_away:
        return "never ran away"
    value = getattr(result, name)
    return "not yet" if value is None and not result.ended else shown(name, value)


def why_quiet(result: Result, scenario: Scenario) -> tuple[str, ...]:
    """What the switched-on safeguards did in a run, a sentence each; nothing where none was on.

    The first says it where one of them kept the run from running away.
    """
    on = [control.id for control in scenario.controls if control.on]
    said: list[str] = []
    kept = [deed for deed in result.safeguards if deed.stopped and not result.ran_away]
    for deed in (*kept, *(deed for deed in result.safeguards if deed not in kept)):
        at = "" if deed in kept or deed.step is None else f"at {scenario.day.text(deed.step)}, "
        begin = "It never ran away: " if deed in kept and not said else ""
        text = f"{at}{deed.text} ({deed.control})."
        said.append(begin + (text if begin else text[:1].upper() + text[1:]))
    idle = [name for name in on if name not in {deed.control for deed in result.safeguards}]
    if idle:
        were = "was" if len(idle) == 1 else "were"
        said.append(f"{', '.join(idle)} {were} on, and stopped nothing.")
    return tuple(said)


def shown(name: str, value: object) -> str:
    """A figure as people read it: `$457,600,000`, `4,003,049`, `10:15:00`, `never`."""
    if value is None:
        return "never"
    if isinstance(value, int):
        dollars = "$" if name.endswith("_usd") else ""
        return f"{'-' if value < 0 else ''}{dollars}{abs(value):,}"
    return str(value)


def truth_of(scenario: Scenario) -> tuple[str, ...]:
    """What the seed had drawn, in sentences; none where nothing was left to it.

    For when a run is over: before that it is what the player looks for.
    """
    fault, drawn = fault_of(scenario), scenario.drawn
    if fault is None or drawn is None:
        return ()
    words = names(scenario, drawn)
    told = [filled(fault.truth, words), filled(fault.shows, words)]
    if fault.cure:
        cure = ", ".join(filled(command, words) for command in fault.cure)
        proof = " or ".join(filled(command, words) for command in fault.found)
        told.append(f"Proof: {proof}. Cure: {cure}.")
    told += [
        f"{client.id}, {client.title}, came over {scenario.servers[home].name}."
        for client, home in zip(scenario.clients, drawn.homes, strict=True)
        if client.allocates is not None or client.credit
    ]
    for client in scenario.clients:
        if client.allocates is not None:
            at = scenario.day.text(client.allocates)
            told.append(f"Until {at} every loss to get flat holds that basket too.")
    if drawn.odd >= 0:
        odd = scenario.servers[drawn.odd].name
        told.append(f"{odd} had a patched build and a redelivered file, which meant nothing.")
    told.append("The fault and everything about it is invented: this run is not history's.")
    return tuple(told)
