"""What a world has besides where the seed draws the fault: settings, an intake, strays.

In every other world servers have what their masters have, take in what they are dealt, and work
for clients only; there is none of this there. All of it is invented: no source says how SMARS was
configured.
"""

from __future__ import annotations

import attrs

from controlroom.sim.arrays import Mask
from controlroom.sim.riddle.intake import Intake
from controlroom.sim.riddle.settings import Settings
from controlroom.sim.riddle.strays import Strays
from controlroom.sim.start import Drawn
from controlroom.sim.state import GIVEN


@attrs.define
class Riddle:
    """What the draw comes to.

    Attributes:
        drawn: which fault, where, and where clients' lines lead.
        pilot: which stocks have new round lots today.
        settings: what servers run with besides their builds.
        strays: executions that no client stands for.
        intake: orders that wait before servers.
    """

    drawn: Drawn = attrs.field(eq=False, metadata=GIVEN)
    pilot: Mask = attrs.field(eq=False, metadata=GIVEN)
    settings: Settings
    strays: Strays
    intake: Intake
