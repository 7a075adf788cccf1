"""Mail reader: finds the stale server before the bell, with nothing but the mail and two looks.

Which mail? The one that keeps coming. It opens it, reads which machine it names, waits for more of
them, and when all name one machine it looks into that and into another one. Two builds in one
fleet, minutes before the open: the odd one is stopped, given the build of the others and started.
"""

from __future__ import annotations

import re
from typing import Final

from controlroom.runs.policies.aftermath import aftermath
from controlroom.runs.policies.player import Script, do, look, pause
from controlroom.runs.policies.runbook_follower import follow_the_runbook
from controlroom.runs.policies.signs import LARGE, until_it_burns
from controlroom.sim.start import Channel
from controlroom.sim.views import AlertView, View

OFTEN: Final = 5
"""Equal mails that make somebody curious."""

READINGS: Final = 3
"""Mails that must name the same machine."""

_BUILD: Final = re.compile(r"build (\S+), version \S+, checksum (\S+)")


def mail_reader() -> Script[None]:
    """Read, compare, repair; then watch the open like everybody else."""
    server = yield from _server_that_the_mails_name()
    if server:
        yield from _repair(server)
    if (yield from until_it_burns(LARGE)):
        yield from follow_the_runbook()
    yield from aftermath()


def _server_that_the_mails_name() -> Script[str]:
    """The one server that all the repeated mails name, or nothing by the time that it is late."""
    named: dict[str, int] = {}
    seen: dict[tuple[str, str], int] = {}
    yield from do("group on")
    while True:
        view = yield from look()
        row = _worth_reading(view, seen)
        if row is not None:
            reply = yield from do(f"mail {row.id}")
            for server in view.servers:
                if server.name in reply.text:
                    named[server.name] = named.get(server.name, 0) + 1
        if len(named) == 1 and max(named.values()) >= READINGS:
            return next(iter(named))
        if view.header.from_open > 0:
            return ""
        yield from pause(60)


def _worth_reading(view: View, seen: dict[tuple[str, str], int]) -> AlertView | None:
    """The mail with the most equal ones, if some have come since it was last opened."""
    rows = [
        row
        for row in view.alerts.rows
        if row.channel is Channel.MAIL
        and row.count >= OFTEN
        and row.count > seen.get((row.sender, row.subject), 0)
    ]
    if not rows:
        return None
    most = max(rows, key=lambda row: row.count)
    seen[most.sender, most.subject] = most.count
    return most


def _repair(server: str) -> Script[None]:
    """Compare the server with another one; give it the other's build if they differ."""
    view = yield from look()
    other = next(item.name for item in view.servers if item.name != server)
    mine = _BUILD.search((yield from do(f"look {server}")).text)
    theirs = _BUILD.search((yield from do(f"look {other}")).text)
    if not mine or not theirs or mine.groups() == theirs.groups():
        return
    yield from do(f"suspect {server} still runs the old build {mine[1]} sure")
    if (yield from look()).header.from_open >= 0:
        yield from do(f"kill {server}")
        return
    yield from do(f"stop {server}")
    yield from do(f"deploy {theirs[1]} {server}")
    yield from do(f"start {server}")
    yield from do(f"look {server}")
    yield from do("notify trading")
