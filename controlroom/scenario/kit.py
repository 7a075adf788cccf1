"""Reading `kit.toml` beside a scenario that is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controlroom.scenario.convert import structure
from controlroom.scenario.errors import Problem, ScenarioError
from controlroom.scenario.files import KIT, parse_toml
from controlroom.scenario.find import home_of
from controlroom.scenario.kit_schema import KitFile
from controlroom.scenario.parts import read_kit

if TYPE_CHECKING:
    import os

    from controlroom.scenario.homes import Home
    from controlroom.sim.clock import Day


def load_kit(name_or_path: str | os.PathLike[str], day: Day) -> KitFile:
    """What the scenario's kit says; nothing where its folder has no `kit.toml`.

    Raises:
        ScenarioError: naming everything that is wrong with the file.
    """
    problems: list[Problem] = []
    found = kit_in(home_of(name_or_path), day, problems)
    if problems or found is None:
        raise ScenarioError(problems)
    return found


def kit_in(home: Home, day: Day, problems: list[Problem]) -> KitFile | None:
    """The kit of a scenario, or None; everything that is wrong goes to `problems`."""
    text = read_kit(home, problems)
    if text is None:
        return None if problems else KitFile()
    raw = parse_toml(KIT, text, problems)
    found = None if raw is None else structure(KitFile, raw, KIT, day, problems)
    if found is not None:
        problems.extend(_out_of_order(found))
    return found


def _out_of_order(kit: KitFile) -> list[Problem]:
    """Phases that end before they begin, or begin before the last one is over."""
    problems, over = [], 0
    for phase in kit.phase:
        if phase.until <= phase.begins or phase.begins < over:
            key = f"phase[{phase.title}]"
            problems.append(Problem(KIT, key, "is out of order", "phases one after the other"))
        over = phase.until
    return problems
