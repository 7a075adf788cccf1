"""What hypotheses, cues, hints and people say, once a seed has drawn: names of servers filled in.

A scenario's text may hold `{server}` (which has the fault, or the basket where none has), `{guest}`
(whose sessions it holds), `{newest}` (the newest build), `{old_path}` (as the firm calls it),
`{basket}`, `{loop}` and `{tests}` (to which the lines of clients lead:
who takes a basket, whose credit is asked for, whose orders are refused). Cues and hints that name
other faults than the drawn one are left out; a hypothesis that names it is right.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from controlroom.sim.start import Drawn, Scenario


def names(scenario: Scenario, drawn: Drawn) -> dict[str, str]:
    """What each word in braces stands for."""
    servers = [server.name for server in scenario.servers]
    filled = {
        "{server}": servers[drawn.server],
        "{guest}": servers[drawn.guest],
        "{newest}": scenario.builds[0].name,
        "{old_path}": scenario.names.old_path,
    }
    for client, home in zip(scenario.clients, drawn.homes, strict=True):
        word = "{tests}" if client.refused else "{loop}" if client.credit else "{basket}"
        filled.setdefault(word, servers[home])
    return filled


def filled(text: str, words: Mapping[str, str]) -> str:
    """A text with every word in braces replaced."""
    for word, name in words.items():
        text = text.replace(word, name)
    return text


def fill_in(scenario: Scenario, drawn: Drawn) -> Scenario:
    """The scenario with what follows from the draw."""
    words = names(scenario, drawn)

    def all_of(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(filled(text, words) for text in texts)

    return attrs.evolve(
        scenario,
        hypotheses=tuple(
            attrs.evolve(
                belief,
                right=belief.right or drawn.kind in belief.faults,
                words=all_of(belief.words),
                acts=all_of(belief.acts),
            )
            for belief in scenario.hypotheses
        ),
        cues=tuple(
            attrs.evolve(
                cue,
                text=filled(cue.text, words),
                opens=all_of(cue.opens),
                answers=all_of(cue.answers),
            )
            for cue in scenario.cues
            if not cue.faults or drawn.kind in cue.faults
        ),
        hints=tuple(
            attrs.evolve(
                hint,
                texts=(
                    filled(hint.texts[0], words),
                    filled(hint.texts[1], words),
                    filled(hint.texts[2], words),
                ),
            )
            for hint in scenario.hints
            if not hint.faults or drawn.kind in hint.faults
        ),
        people=tuple(
            attrs.evolve(
                person,
                lines=tuple(
                    attrs.evolve(line, text=filled(line.text, words)) for line in person.lines
                ),
            )
            for person in scenario.people
        ),
    )
