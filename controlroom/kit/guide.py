"""The facilitator's guide: what to do before, during and after, and what to look for meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

from controlroom.debrief.pages.blocks import Cell, Figures, Points, Table, Text, Tone
from controlroom.debrief.words import JOINED, span, usd
from controlroom.kit.coming import Coming, coming_of, measures_text
from controlroom.kit.parts import Boxes, Head, Material, Part, Phase, Sheet, Small
from controlroom.sim.clock import STEPS_PER_MINUTE, seconds
from controlroom.sim.commands import verb_of
from controlroom.sim.seats import FACILITATOR, SEATS, seats_for
from controlroom.sim.start import Objective


def guide(material: Material, title: str) -> Sheet:
    """The sheet."""
    return Sheet(
        "guide",
        title,
        (
            *_short(material),
            *_before(material),
            *_script(material),
            *_phases(material),
            *_objectives(material),
            *_verbs(material),
            *_probes(material),
            *_hints(material),
            *_after(material),
        ),
    )


def _short(material: Material) -> Iterator[Part]:
    words, plan, minutes = material.words, material.plan, material.losses.minutes
    labels, under = words.many("guide.figures"), words.many("guide.figures_under")
    last = minutes[-1] if minutes else None
    values = (
        Cell(str(material.people)),
        Cell(material.scenario.day.text(plan.starts)[:5]),
        Cell(str(material.losses.seed)),
        Cell(usd(last.loss) if last else "–", Tone.BAD),
    )
    given = {
        "start": material.clock(plan.starts),
        "minutes": plan.minutes,
        "clock": material.clock(last.step) if last else "",
    }
    notes = [text.format(**given) for text in under]
    yield Head(words("guide.short"))
    yield Text(material.scenario.summary)
    yield Figures(tuple(zip(labels, values, notes, strict=True)))
    yield Small(words("guide.goals"))
    yield Points(material.scenario.goals)


def _before(material: Material) -> Iterator[Part]:
    words, scenario = material.words, material.scenario
    steps = words.many("guide.before_steps", scenario=scenario.id, people=material.people)
    yield Head(words("guide.before"))
    yield Boxes(steps)


def _script(material: Material) -> Iterator[Part]:
    words, begins, rows = material.words, 0, []
    for part in words.tables("script"):
        length = int(part["minutes"])
        cells = (f"{begins // 60}:{begins % 60:02d}", f"{length}{JOINED}min")
        rows.append((*map(Cell, cells), Cell(part["what"]), Cell(part["how"])))
        begins += length
    yield Head(words("guide.script"))
    yield Table(words.many("guide.script_head"), tuple(rows))


def _phases(material: Material) -> Iterator[Part]:
    words, coming = material.words, coming_of(material)
    yield Head(words("guide.run"), page=True)
    yield Text(words("guide.run_note"), quiet=True)
    if not material.kit.phase:
        yield Points(tuple(_comes(material, one) for one in coming if one.step is not None))
    for phase in material.kit.phase:
        there = [
            one for one in coming if one.step is not None and phase.begins <= one.step < phase.until
        ]
        yield Phase(
            f"{material.clock(phase.begins)}–{material.clock(phase.until)}  {phase.title}",
            (
                (words("guide.good"), phase.good),
                (words("guide.traps"), phase.traps),
                (words("guide.ask"), phase.ask),
                (words("guide.comes"), tuple(_comes(material, one) for one in there)),
            ),
        )


def _comes(material: Material, one: Coming) -> str:
    clock = material.clock(one.step or 0)
    return f"{clock} → {one.to}: {one.inject.subject}"


def _objectives(material: Material) -> Iterator[Part]:
    words = material.words
    rows = tuple(
        (Cell(goal.text), Cell(_how(material, goal)), Cell(_by_when(material, goal)))
        for goal in material.plan.objectives
    )
    yield Head(words("guide.objectives"))
    yield Text(words("guide.objectives_note"), quiet=True)
    yield Table(words.many("guide.objectives_head"), rows)


def _how(material: Material, goal: Objective) -> str:
    words = material.words
    parts = []
    if goal.did:
        who = goal.seat or words("words.anybody")
        commands = words("words.or").join(goal.did)
        parts.append(words("guide.any_command", seat=who, commands=commands))
    if goal.reaches:
        parts.append(words("guide.reaches", measures=measures_text(words, goal.reaches)))
    if goal.keeps:
        parts.append(words("guide.keeps", measures=measures_text(words, goal.keeps)))
    return words("words.and").join(parts)


def _by_when(material: Material, goal: Objective) -> str:
    words = material.words
    if goal.by is not None:
        return words("guide.by", clock=material.clock(goal.by))
    if goal.within is not None:
        length = span(seconds(goal.within))
        return words("guide.within", span=length, inject=goal.after or words("words.start"))
    return words("guide.to_the_end")


def _verbs(material: Material) -> Iterator[Part]:
    words, seats = material.words, seats_for(material.people).values()
    others = {verb for seat in seats if seat.id != FACILITATOR for verb in seat.verbs}
    found = [verb_of(verb) for verb in sorted(SEATS[FACILITATOR].verbs)]
    found.sort(key=lambda command: command is not None and command.verb in others)
    rows = tuple(
        (Cell(command.usage()), Cell(command.summary)) for command in found if command is not None
    )
    yield Head(words("guide.verbs"))
    yield Text(words("guide.verbs_note"), quiet=True)
    yield Table(words.many("guide.verbs_head"), rows)


def _probes(material: Material) -> Iterator[Part]:
    words, probes = material.words, material.plan.probes
    if not probes:
        return
    hold = max(probe.hold for probe in probes)
    yield Head(words("guide.probes"))
    yield Text(words("guide.probes_note", hold=hold), quiet=True)
    for probe in probes:
        at = material.clock(probe.at) if probe.at is not None else words("words.when_fired")
        rows = zip(probe.questions, probe.good, strict=True)
        yield Small(words("guide.probe_at", id=probe.id, clock=at))
        yield Table(
            words.many("guide.probes_head"), tuple((Cell(ask), Cell(good)) for ask, good in rows)
        )


def _hints(material: Material) -> Iterator[Part]:
    words, plan = material.words, material.plan
    end = plan.starts + plan.minutes * STEPS_PER_MINUTE
    rows = tuple(
        (Cell(material.clock(max(hint.after, plan.starts))), *map(Cell, hint.texts))
        for hint in material.scenario.hints
        if hint.until > plan.starts and hint.after < end
    )
    if rows:
        yield Head(words("guide.hints"))
        yield Text(words("guide.hints_note"), quiet=True)
        yield Table(words.many("guide.hints_head"), rows)


def _after(material: Material) -> Iterator[Part]:
    words = material.words
    if material.kit.questions:
        yield Head(words("guide.questions"))
        yield Text(words("guide.questions_note"), quiet=True)
        yield Points(material.kit.questions)
    yield Head(words("guide.wrong"))
    yield Points(words.many("guide.wrong_points"))
