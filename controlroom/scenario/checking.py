"""Everything that is wrong with a scenario folder, for those who write one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controlroom.scenario.errors import Problem, ScenarioError
from controlroom.scenario.find import home_of
from controlroom.scenario.kit import kit_in
from controlroom.scenario.load import read_scenario

if TYPE_CHECKING:
    import os


def check(folder: str | os.PathLike[str]) -> tuple[Problem, ...]:
    """All problems of the scenario in `folder`, by file; none means that it can be loaded."""
    problems: list[Problem] = []
    try:
        home = home_of(folder)
        scenario = read_scenario(home, problems)
        if scenario is not None:
            kit_in(home, scenario.day, problems)
    except ScenarioError as error:
        problems.extend(error.problems)
    return tuple(dict.fromkeys(problems))
