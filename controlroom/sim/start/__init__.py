"""What a start consists of: the frozen classes that a scenario fills.

`controlroom.scenario` reads these from a folder of text; `world.start` turns them and a seed into
the first state. Nothing here changes during a run. Prices are in hundredths of a cent (10,000 to
the dollar), sizes in shares, times in steps, unless a field says otherwise.
"""

from controlroom.sim.start.console import Console
from controlroom.sim.start.fleet import Build, PegCount, ServerSetup, Venue
from controlroom.sim.start.lessons import (
    REJECT,
    SAMPLED,
    Control,
    Cue,
    Fact,
    Hint,
    Hypothesis,
    Instrument,
    Mended,
)
from controlroom.sim.start.market import MarketSetup, Stock
from controlroom.sim.start.messages import (
    MEASURES,
    Channel,
    Inject,
    Line,
    Measure,
    Person,
    RejectMail,
)
from controlroom.sim.start.orders import FlaggedOrder, OrderFlow
from controlroom.sim.start.plan import LONGEST_PROBE, Objective, Plan, Probe, Role
from controlroom.sim.start.riddle import (
    Acts,
    Client,
    Difficulty,
    Drawn,
    FaultChoice,
    FaultKind,
    Stressor,
)
from controlroom.sim.start.scenario import Firm, Held, Mark, Names, Scenario, TimedCommand
from controlroom.sim.start.training import Counts, Lesson, Slip, Training
from controlroom.sim.start.units import LOT, PRICE_UNIT, Evidence, Mode
from controlroom.sim.start.week import WeekPlan

__all__ = [
    "LONGEST_PROBE",
    "LOT",
    "MEASURES",
    "PRICE_UNIT",
    "REJECT",
    "SAMPLED",
    "Acts",
    "Build",
    "Channel",
    "Client",
    "Console",
    "Control",
    "Counts",
    "Cue",
    "Difficulty",
    "Drawn",
    "Evidence",
    "Fact",
    "FaultChoice",
    "FaultKind",
    "Firm",
    "FlaggedOrder",
    "Held",
    "Hint",
    "Hypothesis",
    "Inject",
    "Instrument",
    "Lesson",
    "Line",
    "Mark",
    "MarketSetup",
    "Measure",
    "Mended",
    "Mode",
    "Names",
    "Objective",
    "OrderFlow",
    "PegCount",
    "Person",
    "Plan",
    "Probe",
    "RejectMail",
    "Role",
    "Scenario",
    "ServerSetup",
    "Slip",
    "Stock",
    "Stressor",
    "TimedCommand",
    "Training",
    "Venue",
    "WeekPlan",
]
