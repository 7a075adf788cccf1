"""Which commands a scenario means: a pattern is a verb and some of its words.

`stop smars-8` fits `stop smars-7 smars-8` and `stop all`; `uninstall` fits every uninstall.
"""

from __future__ import annotations

from collections.abc import Iterable

from controlroom.sim.command import Command
from controlroom.sim.start import Scenario


def fits(pattern: str, command: Command, scenario: Scenario) -> bool:
    """Whether a command is one that the pattern means."""
    verb, *wanted = pattern.split()
    if command.verb != verb:
        return False
    words = command.text().split()[1:]
    listed = {server.name for server in scenario.servers}
    listed |= {venue.name for venue in scenario.venues}
    return all(word in words or (word in listed and "all" in words) for word in wanted)


def fits_any(patterns: Iterable[str], command: Command, scenario: Scenario) -> bool:
    """Whether a command is one that any of the patterns means."""
    return any(fits(pattern, command, scenario) for pattern in patterns)
