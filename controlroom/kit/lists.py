"""The list of injects on one page, and the sources: what is on record and what is not, apart."""

from __future__ import annotations

from collections.abc import Mapping

from controlroom.debrief.pages.blocks import Cell, Points, Table, Text
from controlroom.debrief.words import JOINED
from controlroom.kit.coming import Coming, coming_of, due, sender
from controlroom.kit.parts import Head, Material, Part, Sheet
from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.start import Evidence, Fact, Probe


def msel(material: Material, title: str) -> Sheet:
    """Everything that comes, on one page; rows name each other by number, to be short."""
    words, last = material.words, material.scenario.day.end_step
    rows: list[Coming | Probe] = [*coming_of(material)]
    rows += [probe for probe in material.plan.probes if probe.at is not None]
    rows.sort(key=lambda one: last if (at := _step(one)) is None else at)
    numbers = {
        one.inject.id: str(place) for place, one in enumerate(rows, 1) if isinstance(one, Coming)
    }
    cells = tuple(
        (
            Cell(str(place), number=True),
            *(
                _row(material, one, numbers)
                if isinstance(one, Coming)
                else _probe_row(material, one)
            ),
        )
        for place, one in enumerate(rows, 1)
    )
    return Sheet(
        "msel",
        title,
        (
            Text(words("msel.note", seed=material.losses.seed), quiet=True),
            Table(words.many("msel.head"), cells),
        ),
        landscape=True,
    )


def _step(one: Coming | Probe) -> int | None:
    return one.step if isinstance(one, Coming) else one.at


def _row(material: Material, one: Coming, numbers: Mapping[str, str]) -> tuple[Cell, ...]:
    words, inject = material.words, one.inject
    if inject.at is not None:
        because = ""
    elif one.before:
        earlier = [numbers[name] for name in one.before if name in numbers]
        because = words("words.if_unanswered", injects=words("words.or").join(earlier))
    else:
        because = one.because
    texts = (
        _clock(material, one),
        because,
        words(f"msel.{inject.channel.value}"),
        sender(material.scenario, inject),
        one.to,
        inject.subject,
        inject.id,
        ", ".join(inject.expects),
        f"{due(inject) // STEPS_PER_SECOND}{JOINED}s" if inject.expects else "",
        f"→{JOINED}{numbers[inject.otherwise]}" if inject.otherwise else "",
        inject.objective,
    )
    return tuple(map(Cell, texts))


def _clock(material: Material, one: Coming) -> str:
    if one.step is None:
        return "–"
    exact = one.inject.at is not None
    clock = material.clock(one.step) if exact else material.scenario.day.text(one.step)[:5]
    # Without a break, so that rows stay one line high.
    return clock if exact else material.words("words.about", clock=clock).replace(" ", JOINED)


def _probe_row(material: Material, probe: Probe) -> tuple[Cell, ...]:
    words = material.words
    texts = (
        material.clock(probe.at or 0),
        "",
        words("msel.probe"),
        "",
        words("words.all"),
        probe.questions[0],
        probe.id,
        "reply",
        f"{probe.hold}{JOINED}s",
        "",
        "",
    )
    return tuple(map(Cell, texts))


def sources(material: Material, title: str) -> Sheet:
    """What is on record, what the record makes likely, what only the drill needs."""
    words, scenario, plan = material.words, material.scenario, material.plan
    known = [fact for fact in scenario.facts if fact.evidence is Evidence.DOCUMENTED]
    other = [fact for fact in scenario.facts if fact.evidence is not Evidence.DOCUMENTED]
    count = {
        "injects": len(plan.injects),
        "probes": len(plan.probes),
        "roles": len(plan.roles),
        "standing": len(plan.standing),
    }
    parts: list[Part] = [
        Text(words("sources.note")),
        Head(words("sources.documented")),
        Text(words("sources.documented_note"), quiet=True),
        _facts(material, known, Evidence.DOCUMENTED),
        Head(words("sources.reconstructed")),
        Text(words("sources.reconstructed_note"), quiet=True),
        _facts(material, other, Evidence.RECONSTRUCTED),
        Text(words("sources.model"), quiet=True),
        Head(words("sources.invented")),
        Text(words("sources.invented_note"), quiet=True),
        Points(
            (
                words("sources.invented_plan", **count),
                *material.kit.invented,
                words("sources.invented_figures", seed=material.losses.seed),
            )
        ),
        Head(words("sources.list")),
        Points(scenario.sources),
    ]
    return Sheet("sources", title, tuple(parts))


def _facts(material: Material, facts: list[Fact], origin: Evidence) -> Table:
    """Facts, and those pages of the runbook of which the same can be said."""
    words, rows = material.words, []
    for fact in facts:
        clock = f"{material.clock(fact.step)} " if fact.step is not None else ""
        rows.append((Cell(f"{clock}{fact.text}"), Cell(fact.source)))
    for page in material.kit.page:
        if (page.origin is Evidence.DOCUMENTED) == (origin is Evidence.DOCUMENTED):
            title = words("sources.runbook_page", title=page.title)
            rows.append((Cell(f"{title}: {page.note}" if page.note else title), Cell(page.source)))
    return Table(words.many("sources.fact_head"), tuple(rows))
