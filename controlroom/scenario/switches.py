"""The switches of a start: safeguards that the firm did not have, stressors that make it harder.

They are no part of a scenario's checksum. A journal's header names every one that was on.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from controlroom.scenario.errors import Problem, ScenarioError, one_of
from controlroom.scenario.files import SETUP
from controlroom.scenario.text import quoted
from controlroom.sim.controls import renamed
from controlroom.sim.start import Console, Scenario


def switch_on(
    scenario: Scenario, controls: Iterable[str], stressors: Iterable[str] = ()
) -> Scenario:
    """The scenario with further safeguards and stressors on.

    Raises:
        ScenarioError: when it has none of that id.
    """
    wanted, stressed = set(map(renamed, controls)), set(stressors)
    if not wanted and not stressed:
        return scenario
    return switched(
        scenario,
        wanted | {control.id for control in scenario.controls if control.on},
        stressed | {stressor.id for stressor in scenario.stressors if stressor.on},
    )


def switch_off(scenario: Scenario, controls: Iterable[str]) -> Scenario:
    """The scenario without these safeguards, as if they had not acted before the day either."""
    off = set(map(renamed, controls))
    return switched(
        scenario.written or scenario,
        {control.id for control in scenario.controls if control.on} - off,
        {stressor.id for stressor in scenario.stressors if stressor.on},
    )


def switched(
    scenario: Scenario, controls: Iterable[str], stressors: Iterable[str], console: str = ""
) -> Scenario:
    """The scenario with exactly these safeguards and stressors on, the others off.

    Args:
        scenario: which.
        controls: ids of its safeguards.
        stressors: ids of its stressors.
        console: which picture the screens give; as before where it is empty.

    Raises:
        ScenarioError: when it has none of that id, or there is no such console.
    """
    wanted, stressed = set(map(renamed, controls)), set(stressors)
    unknown = [
        Problem(SETUP, table, f"has none called {quoted(name)}", one_of(known, name))
        for table, names, known in (
            ("control", wanted, [control.id for control in scenario.controls]),
            ("stressor", stressed, [stressor.id for stressor in scenario.stressors]),
        )
        for name in sorted(names)
        if name not in known
    ]
    consoles = [one.value for one in Console]
    if console and console not in consoles:
        unknown.append(
            Problem(SETUP, "", f"knows no console {quoted(console)}", one_of(consoles, console))
        )
    if unknown:
        raise ScenarioError(unknown)
    return attrs.evolve(
        scenario,
        controls=tuple(
            attrs.evolve(control, on=control.id in wanted) for control in scenario.controls
        ),
        stressors=tuple(
            attrs.evolve(stressor, on=stressor.id in stressed) for stressor in scenario.stressors
        ),
        console=Console(console) if console else scenario.console,
    )
