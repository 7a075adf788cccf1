"""How tests draw at random: the same examples each time, unless others are asked for.

    pytest --hypothesis-profile=searching tests/sim

draws new examples and keeps those that failed. Hypothesis's last phase, which explains a failure by
tracing every line, takes minutes on a world and is left out.
"""

from __future__ import annotations

import os

from hypothesis import Phase, settings

# What somebody has installed or put into a folder of scenarios is no part of what is tested.
os.environ["CONTROLROOM_SCENARIOS"] = os.devnull

_PHASES = [phase for phase in Phase if phase is not Phase.explain]

settings.register_profile(
    "the-same", derandomize=True, database=None, deadline=None, phases=_PHASES
)
settings.register_profile("searching", deadline=None, phases=_PHASES, print_blob=True)
settings.load_profile("the-same")
