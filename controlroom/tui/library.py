"""What the screens ask of scenarios and runs, imported when it is first asked for.

The title screen stands before the world, its arrays and its converters are loaded; tests put their
own shelf of scenarios and runs in its place.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from controlroom.runs.catalogue import PastRun
    from controlroom.runs.run import Run
    from controlroom.scenario import Found
    from controlroom.sim.start import Scenario


class Choice(NamedTuple):
    """What a person has chosen to play.

    Attributes:
        scenario: id of the scenario.
        start: id of the mark, or empty for the beginning of the day.
        mode: explore, coach or assess.
        seed: None for the scenario's own.
    """

    scenario: str = ""
    start: str = ""
    mode: str = "explore"
    seed: int | None = None


class Library:
    """Scenarios that can be played and runs that were."""

    def scenarios(self) -> tuple[Found, ...]:
        """What the picker lists."""
        from controlroom.scenario import find_scenarios

        return find_scenarios()

    def load(self, name_or_path: str | Path) -> Scenario:
        """A scenario in full.

        Raises:
            ScenarioError: saying in one line what is wrong with it.
        """
        from controlroom.scenario import load_scenario

        return load_scenario(name_or_path)

    def past_runs(self) -> tuple[PastRun, ...]:
        """Runs on this machine, newest first."""
        from controlroom.runs.catalogue import past_runs

        return past_runs()

    def begin(self, scenario: Scenario, choice: Choice) -> Run:
        """A new run with its journal, stepped to where it starts.

        Raises:
            RunError: saying in one line why it cannot begin.
        """
        from controlroom.runs.run import Run
        from controlroom.sim.start import Mode

        return Run.begin(
            scenario, seed=choice.seed, mode=Mode(choice.mode), start=choice.start or None
        )

    def resume(self, path: Path) -> Run:
        """The run of a journal, at the step that it had reached.

        Raises:
            RunError: saying in one line why it cannot be continued.
        """
        from controlroom.runs.run import Run

        return Run.resume(path)

    def warm(self) -> None:
        """Load what beginning a run needs, while nobody waits for it."""
        import controlroom.runs.run
        import controlroom.sim.world  # noqa: F401
