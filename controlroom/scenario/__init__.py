"""Scenarios: folders of text read into the frozen classes that a start consists of.

`load_scenario` reads one, `find_scenarios` lists those that come with Control Room, `check` names
everything that is wrong with a folder. Nothing in a scenario is code. The names below are imported
when they are first asked for: a list of scenarios needs no converter.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from controlroom.scenario.checking import check
    from controlroom.scenario.commands import parse_commands
    from controlroom.scenario.errors import Problem, ScenarioError
    from controlroom.scenario.find import Found, find_scenarios
    from controlroom.scenario.load import load_scenario
    from controlroom.scenario.text import visible

__all__ = [
    "Found",
    "Problem",
    "ScenarioError",
    "check",
    "find_scenarios",
    "load_scenario",
    "parse_commands",
    "visible",
]

_HOMES = {
    "Found": "find",
    "Problem": "errors",
    "ScenarioError": "errors",
    "check": "checking",
    "find_scenarios": "find",
    "load_scenario": "load",
    "parse_commands": "commands",
    "visible": "text",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
