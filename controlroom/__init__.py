"""Control Room: play an operations incident in the terminal, as the engineer on call.

The public names are loaded at their first use, so that `import controlroom` costs nothing:

    from controlroom import Simulation, load_scenario

    simulation = Simulation(load_scenario("knight-2012"))
    simulation.run_until("08:30")
    simulation.submit("stop smars-8")
    for event in simulation.run_until("09:31:00"):
        print(simulation.clock_of(event), event.text)
    print(simulation.result().loss_usd)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from controlroom.runs.errors import RunError
    from controlroom.runs.simulation import Simulation
    from controlroom.scenario import ScenarioError, find_scenarios, load_scenario
    from controlroom.sim.commands import CommandError

__version__ = "0.1.0"

__all__ = [
    "CommandError",
    "RunError",
    "ScenarioError",
    "Simulation",
    "__version__",
    "find_scenarios",
    "load_scenario",
]

_HOMES: Final = {
    "CommandError": "controlroom.sim.commands",
    "RunError": "controlroom.runs.errors",
    "ScenarioError": "controlroom.scenario",
    "Simulation": "controlroom.runs.simulation",
    "find_scenarios": "controlroom.scenario",
    "load_scenario": "controlroom.scenario",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
