"""Scripted players that look and decide: par for every scenario, without other players.

A policy is a generator that reads like the orders somebody follows. Once a second it is given what
its seat sees and hears, and says which commands it gives; it never gets the world. `player` drives
one, each of the other files is one, and `aftermath` is what all of them do once the flow has
stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from controlroom.runs.policies.diagnostician import diagnostician
from controlroom.runs.policies.from_memory import from_memory
from controlroom.runs.policies.mail_reader import mail_reader
from controlroom.runs.policies.panic_stop import panic_stop
from controlroom.runs.policies.player import Script
from controlroom.runs.policies.rollback_first import rollback_first
from controlroom.runs.policies.runbook_follower import runbook_follower

PLAYERS: Final[Mapping[str, Callable[[], Script[None]]]] = {
    "mail-reader": mail_reader,
    "runbook-follower": runbook_follower,
    "panic-stop": panic_stop,
    "rollback-first": rollback_first,
    "diagnostician": diagnostician,
    "from-memory": from_memory,
}
"""Every player by name: for the morning as it was the most far-sighted first, then for riddles."""

MORNING: Final = ("mail-reader", "runbook-follower", "panic-stop", "rollback-first")
"""Those who stand beside a run of the morning as it was."""

RIDDLERS: Final = ("diagnostician", "panic-stop", "from-memory")
"""Those who stand beside a run in which the seed decides what is wrong."""
