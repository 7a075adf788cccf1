"""Runbook follower: declare, find the server that fills more than its orders ask for, stop it.

The runbook that the firm did not have (SEC paragraphs 27 and 42): contain first, one server needs
nobody's leave, busy is not the same as wrong, verify, tell people, then get flat.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from controlroom.runs.policies.aftermath import aftermath
from controlroom.runs.policies.player import Script, do, look, pause
from controlroom.runs.policies.signs import LARGE, until_it_burns
from controlroom.sim.views import ServerView

BEYOND: Final = 2
"""Times its target that a server has filled when it counts as wrong."""

_FILLS: Final = re.compile(r"target ([\d,]+) shares, filled ([\d,]+) shares")


def runbook_follower() -> Script[None]:
    """Wait for a sign, follow the runbook, get flat."""
    if (yield from until_it_burns(LARGE)):
        yield from follow_the_runbook()
    yield from aftermath()


def follow_the_runbook() -> Script[None]:
    """Declare; look into the busiest servers first; kill each that fills beyond its targets."""
    yield from do("declare")
    yield from do("account 33")
    for server in _busiest_first((yield from look()).servers):
        reply = yield from do(f"look {server}")
        if not _fills_beyond_targets(reply.text):
            continue
        yield from do(f"suspect {server} fills beyond its targets sure")
        yield from do(f"kill {server}")
        if (yield from _has_stopped()):
            return
    # Nobody was found, or it goes on all the same: then everything stops.
    yield from do("kill all")


def _busiest_first(servers: Sequence[ServerView]) -> list[str]:
    """Running servers, those with the most child orders a parent order first."""
    running = [server for server in servers if server.state == "running"]
    running.sort(key=lambda server: -server.children_per_parent)
    return [server.name for server in running]


def _fills_beyond_targets(answer: str) -> bool:
    found = _FILLS.search(answer)
    if found is None:
        return False
    target, filled = (int(number.replace(",", "")) for number in found.groups())
    return filled > BEYOND * target


def _has_stopped() -> Script[bool]:
    """Whether no execution is added within fifteen seconds."""
    before = (yield from look()).money.executions
    yield from pause(15)
    return (yield from look()).money.executions == before
